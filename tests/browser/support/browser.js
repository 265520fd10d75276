// One small way to drive three browsers. A driver (chromium.js, firefox.js, webkit.js) brings the primitives;
// the rest is written once here, so that a test means the same in all three.

/**
 * @typedef {object} Driver
 * @property {string} name
 * @property {(url: string) => Promise<void>} goto Resolves after the page's `load` event.
 * @property {(source: string, args: unknown[]) => Promise<any>} call Calls a function given as source in the
 *   page, awaits it and returns its value as JSON.
 * @property {(x: number, y: number) => Promise<void>} clickAt Real mouse, CSS pixels in the viewport.
 * @property {(x: number, y: number) => Promise<void>} moveTo
 * @property {(key: string) => Promise<void>} keyDown `Tab`, `Enter`, `Shift`, `a` …: names of KeyboardEvent.key.
 * @property {(key: string) => Promise<void>} keyUp
 * @property {() => Promise<Buffer>} screenshot PNG of the viewport.
 * @property {(features: { colorScheme?: "light" | "dark" }) => Promise<void>} [emulate]
 * @property {(width: number, height: number) => Promise<void>} resize The viewport, in CSS pixels.
 * @property {() => Promise<void>} close
 */

export class Browser {
  /** @param {Driver} driver */
  constructor(driver) {
    this.driver = driver;
    /** `chromium`, `firefox` or `webkit`. */
    this.name = driver.name;
  }

  /** Opens a page and waits until it has loaded. @param {string | URL} url */
  async open(url) {
    await this.driver.goto(String(url));
  }

  /**
   * Runs a function in the page. It sees its arguments and the page's globals, nothing else; what it returns (or
   * its promise resolves to) comes back as JSON; what it throws is thrown here.
   * @template T
   * @param {(...args: any[]) => T | Promise<T>} fn
   * @param {...unknown} args
   * @returns {Promise<T>}
   */
  async evaluate(fn, ...args) {
    return this.driver.call(String(fn), args);
  }

  /**
   * Waits until a function in the page returns something true, and returns it.
   * @param {(...args: any[]) => any} fn
   * @param {...unknown} args
   */
  async waitFor(fn, ...args) {
    const patience = 60_000; // only how long a broken build may hang
    for (const start = Date.now(); ; ) {
      const value = await this.evaluate(fn, ...args);
      if (value) return value;
      if (Date.now() - start > patience) throw new Error(`${this.name}: still not true: ${fn}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /**
   * Clicks the middle of an element with the mouse. `>>>` enters an open shadow root:
   * `standpoint-article >>> button`.
   * @param {string} selector
   */
  async click(selector) {
    const { x, y } = await this.centre(selector);
    await this.driver.clickAt(x, y);
  }

  /** Moves the mouse there. @param {string} selector */
  async hover(selector) {
    const { x, y } = await this.centre(selector);
    await this.driver.moveTo(x, y);
  }

  /** Clicks a point of the viewport, in CSS pixels. @param {number} x @param {number} y */
  async clickAt(x, y) {
    await this.driver.clickAt(x, y);
  }

  /** Presses a key, with modifiers before it: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `ArrowDown`, `a`. @param {string} keys */
  async press(keys) {
    const parts = keys === "+" ? ["+"] : keys.split("+");
    for (const key of parts) await this.driver.keyDown(key);
    for (const key of parts.reverse()) await this.driver.keyUp(key);
  }

  /** Types text key by key into what has the focus. @param {string} text */
  async type(text) {
    for (const key of text) await this.press(key === "\n" ? "Enter" : key);
  }

  /** @returns {Promise<Buffer>} the viewport as PNG */
  async screenshot() {
    return this.driver.screenshot();
  }

  /** Whether {@link emulate} can do anything in this browser. */
  get canEmulate() {
    return this.driver.emulate !== undefined;
  }

  /** Pretends a preference of the reader. @param {{ colorScheme?: "light" | "dark" }} features */
  async emulate(features) {
    await this.driver.emulate?.(features);
  }

  /** Makes the viewport that wide, and as high as such a screen is. @param {number} width */
  async resize(width) {
    await this.driver.resize(width, width < 500 ? 740 : 800);
  }

  async close() {
    await this.driver.close();
  }

  /** @param {string} selector @returns {Promise<{ x: number, y: number }>} */
  async centre(selector) {
    return this.evaluate((/** @type {string} */ selector) => {
      /** @type {any} */
      let scope = document;
      /** @type {any} */
      let element = null;
      for (const part of selector.split(">>>")) {
        element = scope?.querySelector(part.trim());
        scope = element?.shadowRoot;
      }
      if (!element) throw new Error(`nothing matches ${selector}`);
      element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
  }
}
