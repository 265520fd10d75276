// Firefox through puppeteer-core, which speaks WebDriver BiDi to it: no geckodriver needed.

import puppeteer from "puppeteer-core";

/** @param {string} executable @returns {Promise<import("./browser.js").Driver>} */
export async function launchFirefox(executable) {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: executable, headless: true });
  const page = await browser.newPage();
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
    close: () => browser.close(),
  };
}
