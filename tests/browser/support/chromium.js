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

/** @param {string} executable @returns {Promise<import("./browser.js").Driver & { page: import("playwright-core").Page }>} */
export async function launchChromium(executable) {
  const browser = await chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1024, height: 768 } });
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
    close: () => browser.close(),
  };
}
