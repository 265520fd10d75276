// The package's entry: the API, and the element under its usual name.

export * from "./index.js";
export { StandpointArticle } from "./element/define.js";
