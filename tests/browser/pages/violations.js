// Hears what the page's policy objects to, and how the element fares, from the first moment on.

globalThis.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  // The browser asks for that one, not the page.
  if (!event.blockedURI.endsWith("/favicon.ico")) violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
globalThis.outcome = new Promise((resolve) => {
  addEventListener("standpoint-ready", () => resolve("ready"));
  addEventListener("standpoint-error", (event) => resolve(`error ${event.detail.error.code}`));
});
await import("/dist/standpoint.js");
