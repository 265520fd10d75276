// Firefox through puppeteer-core, which speaks WebDriver BiDi to it: no geckodriver needed.

import puppeteer from "puppeteer-core";

/**
 * Starts the browser. `open` gives a page with a profile of its own, whose `close` leaves the browser running.
 * @param {string} executable
 */
export async function startFirefox(executable) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: executable, headless: true });
  return { open: () => openPage(browser), close: () => browser.close() };
}

/** @param {import("puppeteer-core").Browser} browser @returns {Promise<import("./browser.js").Driver>} */
async function openPage(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport({ width: 1024, height: 768 });
  /** @param {string} key */
  const input = (key) => /** @type {import("puppeteer-core").KeyInput} */ (key);
  return {
    name: "firefox",
    goto: async (url) => {
      await page.goto(url, { waitUntil: "load" });
    },
    call: (source, args) => page.evaluate(`(${source})(...${JSON.stringify(args)})`),
    clickAt: (x, y) => page.mouse.click(x, y),
    moveTo: (x, y) => page.mouse.move(x, y),
    keyDown: (key) => page.keyboard.down(input(key)),
    keyUp: (key) => page.keyboard.up(input(key)),
    screenshot: async () => Buffer.from(await page.screenshot()),
    resize: (width, height) => page.setViewport({ width, height }),
    close: () => context.close(),
  };
}
