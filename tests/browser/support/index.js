// What a browser test imports.
//
//   import { eachBrowser, serve, axe } from "./support/index.js";
//   eachBrowser("paints the article", async (browser, site) => {
//     await browser.open(`${site}/tests/browser/pages/story.html`);
//     await browser.click("standpoint-article >>> button");
//     assert.equal(await browser.evaluate(() => document.title), "Story");
//   });

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { Browser } from "./browser.js";
import { launchChromium } from "./chromium.js";
import { launchFirefox } from "./firefox.js";
import { launchWebKit } from "./webkit.js";
import { serve } from "./server.js";

export { axe } from "./axe.js";
export { serve } from "./server.js";

/** The first of these programs that is there; names without a slash are looked up on the PATH. @param {(string | undefined)[]} names */
function find(...names) {
  const path = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => (!name ? [] : name.includes("/") ? [name] : path.map((directory) => join(directory, name))))
    .find((file) => existsSync(file));
}

const chrome = find(
  process.env.CHROME,
  "chromium",
  "chromium-browser",
  "google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
);
const firefox = find(
  process.env.FIREFOX,
  "firefox-esr",
  "firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
);
const webkit = {
  driver: find("WebKitWebDriver"),
  display: find("Xvfb"),
  browser: find(
    process.env.MINIBROWSER,
    ...["x86_64", "aarch64"].flatMap((processor) =>
      ["4.1", "6.0", "4.0"].map((api) => `/usr/lib/${processor}-linux-gnu/webkit2gtk-${api}/MiniBrowser`),
    ),
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
  ),
};

/** How each browser is started; `undefined` where it is not installed. */
const launchers = {
  chromium: chrome && (() => launchChromium(chrome)),
  firefox: firefox && (() => launchFirefox(firefox)),
  webkit:
    webkit.driver && webkit.display && webkit.browser
      ? () => launchWebKit(/** @type {{ driver: string, display: string, browser: string }} */ (webkit))
      : undefined,
};

/** @typedef {keyof typeof launchers} BrowserName */

/** Every browser we test in. @type {BrowserName[]} */
export const browserNames = ["chromium", "firefox", "webkit"];

/** Whether that browser is installed. @param {BrowserName} name */
export function has(name) {
  return launchers[name] !== undefined;
}

/** Starts a browser with a fresh profile and one page. @param {BrowserName} [name] @returns {Promise<Browser>} */
export async function launch(name = "chromium") {
  const start = launchers[name];
  if (!start) throw new Error(`${name} is not installed: see CONTRIBUTING.md`);
  return new Browser(await start());
}

/**
 * A test in each of the browsers. One that is not installed is skipped with a word, except in CI and except
 * Chromium, where it fails.
 * @param {string} name
 * @param {(browser: Browser, site: string) => Promise<void>} body `site` serves the repository; see server.js.
 * @param {BrowserName[]} [browsers]
 */
export function eachBrowser(name, body, browsers = browserNames) {
  for (const browserName of browsers) {
    const optional = !has(browserName) && browserName !== "chromium" && !process.env.CI;
    test(`${name} (${browserName})`, { skip: optional && `${browserName} is not installed` }, async () => {
      const site = await serve();
      const browser = await launch(browserName);
      try {
        await body(browser, site.url);
      } finally {
        await browser.close();
        await site.close();
      }
    });
  }
}
