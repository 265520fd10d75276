// Registers the element under its usual name. A host that wants another name, which must begin with
// `standpoint-`, imports the class from `element.js` and defines it itself. Does nothing where there is no DOM, or where the name is taken.

import { StandpointArticle } from "./element.js";

if (typeof customElements !== "undefined" && !customElements.get("standpoint-article")) {
  customElements.define("standpoint-article", StandpointArticle);
}

export { StandpointArticle };
