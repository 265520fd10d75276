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
import { after, test } from "node:test";
import { Browser } from "./browser.js";
import { startChromium } from "./chromium.js";
import { startFirefox } from "./firefox.js";
import { startWebKit } from "./webkit.js";
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
  chromium: chrome && (() => startChromium(chrome)),
  firefox: firefox && (() => startFirefox(firefox)),
  webkit:
    webkit.driver && webkit.display && webkit.browser
      ? () => startWebKit(/** @type {{ driver: string, display: string, browser: string }} */ (webkit))
      : undefined,
};

/** @typedef {keyof typeof launchers} BrowserName */

/** Every browser we test in. @type {BrowserName[]} */
export const browserNames = ["chromium", "firefox", "webkit"];

/** Whether that browser is installed. @param {BrowserName} name */
export function has(name) {
  return launchers[name] !== undefined;
}

/** @param {BrowserName} name */
async function start(name) {
  const launcher = launchers[name];
  if (!launcher) throw new Error(`${name} is not installed: see CONTRIBUTING.md`);
  return launcher();
}

/** Starts a browser of one's own, with one page. @param {BrowserName} [name] @returns {Promise<Browser>} */
export async function launch(name = "chromium") {
  const started = await start(name);
  const driver = await started.open();
  return new Browser({ ...driver, close: () => started.close() });
}

/**
 * Browsers that the tests of this file share, each test in a profile of its own.
 * @type {Map<BrowserName, ReturnType<typeof start>>}
 */
const running = new Map();

/** @param {BrowserName} name */
async function openIn(name) {
  if (!running.has(name)) running.set(name, start(name));
  return new Browser(await (await /** @type {ReturnType<typeof start>} */ (running.get(name))).open());
}

async function stopAll() {
  for (const started of running.values()) await (await started).close();
  running.clear();
}

/** Whether {@link stopAll} is to be called after this file's tests. */
let stopping = false;

/**
 * A test in each of the browsers. One that is not installed is skipped with a word, except in CI and except
 * Chromium, where it fails. In CI a test that fails is run once more, in a new profile, and says so.
 * @param {string} name
 * @param {(browser: Browser, site: string) => Promise<void>} body `site` serves the repository; see server.js.
 * @param {BrowserName[]} [browsers]
 */
export function eachBrowser(name, body, browsers = browserNames) {
  if (!stopping) after(stopAll);
  stopping = true;
  for (const browserName of browsers) {
    const optional = !has(browserName) && browserName !== "chromium" && !process.env.CI;
    const run = async () => {
      const site = await serve();
      const browser = await openIn(browserName);
      try {
        await body(browser, site.url);
      } finally {
        await browser.close();
        await site.close();
      }
    };
    test(`${name} (${browserName})`, { skip: optional && `${browserName} is not installed` }, async (t) => {
      try {
        await run();
      } catch (error) {
        if (!process.env.CI) throw error;
        // Browsers have moods. What fails twice in a row is ours.
        t.diagnostic(`failed, and is tried once more: ${error instanceof Error ? error.stack : error}`);
        await run();
      }
    });
  }
}
