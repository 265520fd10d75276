// What Trusted Types want named: markup that is parsed but never inserted, so that scripts in it do not run, and
// the one script of ours that is asked for by its address.

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("standpoint-demo", {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: (/** @type {string} */ url) => url,
});

/**
 * @param {string} html
 * @returns {Document}
 */
export function parse(html) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
}

/** @param {"offline.js"} name A script beside the page. */
export const scriptUrl = (name) => (policy ? policy.createScriptURL(name) : name);
