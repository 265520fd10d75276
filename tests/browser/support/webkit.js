// WebKit: WebKitGTK's MiniBrowser through its own WebDriver, on a virtual display.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";

/** WebDriver's code points for keys that are no characters. @type {Record<string, string>} */
const KEYS = {
  Backspace: "\ue003",
  Tab: "\ue004",
  Enter: "\ue007",
  Shift: "\ue008",
  Control: "\ue009",
  Alt: "\ue00a",
  Escape: "\ue00c",
  Space: " ",
  PageUp: "\ue00e",
  PageDown: "\ue00f",
  End: "\ue010",
  Home: "\ue011",
  ArrowLeft: "\ue012",
  ArrowUp: "\ue013",
  ArrowRight: "\ue014",
  ArrowDown: "\ue015",
  Delete: "\ue017",
  Meta: "\ue03d",
};

/**
 * A page is a browser of its own here: WebKitGTK's driver has one session at a time.
 * @param {{ driver: string, browser: string, display: string }} programs
 */
export async function startWebKit(programs) {
  /** @type {import("./browser.js").Driver[]} */
  const pages = [];
  const open = async () => {
    const page = await launchWebKit(programs);
    pages.push(page);
    return page;
  };
  return { open, close: async () => void (await Promise.all(pages.map((page) => page.close()))) };
}

/**
 * @param {{ driver: string, browser: string, display: string }} programs
 * @returns {Promise<import("./browser.js").Driver>}
 */
async function launchWebKit(programs) {
  const screen = await virtualScreen(programs.display);
  const port = await freePort();
  const driver = spawn(programs.driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: screen.name, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" },
    stdio: "ignore",
  });
  const stop = () => {
    driver.kill();
    screen.process.kill();
  };
  process.once("exit", stop);

  /** @param {string} method @param {string} path @param {object} [body] */
  async function send(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const { value } = /** @type {any} */ (await response.json());
    if (value?.error) throw new Error(`WebKit: ${value.error}: ${value.message}`);
    return value;
  }

  await untilListening(port);
  const options = { binary: programs.browser, args: ["--automation"] };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
  const session = `/session/${(await send("POST", "/session", { capabilities })).sessionId}`;
  await send("POST", `${session}/timeouts`, { script: 120_000, pageLoad: 120_000, implicit: 0 });
  await send("POST", `${session}/window/rect`, { x: 0, y: 0, width: 1024, height: 768 });

  /** @param {object[]} actions */
  const pointer = (actions) =>
    send("POST", `${session}/actions`, {
      actions: [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }],
    });
  /** @param {"keyDown" | "keyUp"} type @param {string} key */
  const key = (type, key) =>
    send("POST", `${session}/actions`, {
      actions: [{ type: "key", id: "keyboard", actions: [{ type, value: KEYS[key] ?? key }] }],
    });
  /** @param {number} x @param {number} y */
  const move = (x, y) => ({ type: "pointerMove", duration: 0, x: Math.round(x), y: Math.round(y), origin: "viewport" });

  return {
    name: "webkit",
    goto: (url) => send("POST", `${session}/url`, { url }),
    async call(source, args) {
      const script = `const done = arguments[1];
        Promise.resolve().then(() => (${source})(...JSON.parse(arguments[0]))).then(
          (value) => done({ value: value === undefined ? null : JSON.stringify(value) }),
          (error) => done({ error: String(error) }))`;
      const outcome = await send("POST", `${session}/execute/async`, { script, args: [JSON.stringify(args)] });
      if (outcome.error) throw new Error(outcome.error);
      return outcome.value === null ? undefined : JSON.parse(outcome.value);
    },
    clickAt: (x, y) =>
      pointer([move(x, y), { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }]),
    moveTo: (x, y) => pointer([move(x, y)]),
    keyDown: (name) => key("keyDown", name),
    keyUp: (name) => key("keyUp", name),
    screenshot: async () => Buffer.from(await send("GET", `${session}/screenshot`), "base64"),
    resize: (width, height) => send("POST", `${session}/window/rect`, { width, height }),
    async close() {
      await send("DELETE", session).catch(() => {});
      process.off("exit", stop);
      stop();
    },
  };
}

/** @param {string} program */
async function virtualScreen(program) {
  const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
  const screen = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const pipe = /** @type {import("node:stream").Readable} */ (screen.stdio[3]);
  const [number] = await once(pipe, "data");
  return { process: screen, name: `:${String(number).trim()}` };
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** @param {number} port */
async function untilListening(port) {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      return;
    } catch (error) {
      if (tries > 600) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
