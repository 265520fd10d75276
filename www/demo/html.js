// Parsed, never inserted as markup: scripts in it do not run. The policy says so to pages that require
// Trusted Types, as this one does.

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("standpoint-demo", {
  createHTML: (/** @type {string} */ html) => html,
});

/**
 * @param {string} html
 * @returns {Document}
 */
export function parse(html) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
}
