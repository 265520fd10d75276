// The npm package's main entry: the API alone. Importing it does nothing, anywhere.

export { anchor } from "./api/anchor.js";
export { Annotator, StandpointError } from "./api/annotator.js";
export { toCSV, toJSONLD } from "./api/export.js";
