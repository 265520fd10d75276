// Chromium through playwright-core.

import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {import("./browser.js").Driver & { page: import("playwright-core").Page }} ChromiumDriver */

/**
 * Starts the browser. `open` gives a page with a profile of its own, whose `close` leaves the browser running.
 * @param {string} executable
 */
export async function startChromium(executable) {
  const browser = await chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
  return { open: () => openPage(browser), close: () => browser.close() };
}

/** @param {import("playwright-core").Browser} browser @returns {Promise<ChromiumDriver>} */
async function openPage(browser) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  const page = await context.newPage();
  return {
    name: "chromium",
    page,
    goto: async (url) => {
      await page.goto(url);
    },
    call: (source, args) => page.evaluate(`(${source})(...${JSON.stringify(args)})`),
    clickAt: (x, y) => page.mouse.click(x, y),
    moveTo: (x, y) => page.mouse.move(x, y),
    keyDown: (key) => page.keyboard.down(key),
    keyUp: (key) => page.keyboard.up(key),
    screenshot: () => page.screenshot(),
    emulate: (features) => page.emulateMedia(features),
    resize: (width, height) => page.setViewportSize({ width, height }),
    close: () => context.close(),
  };
}
