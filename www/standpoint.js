// The package's entry: the API, and the element under its usual name.

export * from "./api/annotator.js";
export { anchor } from "./api/anchor.js";
export { StandpointArticle } from "./element/define.js";
