// Screenshots as reviewed baselines: compared by the mean colour of small blocks, so that another machine's
// smoothing of letters is no difference, and a line, a colour or a word out of place is.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { root } from "./server.js";

const BASELINES = path.join(root, "tests/browser/screenshots");
const SEEN = path.join(root, "target/screenshots");

/**
 * Pixels a side of a block, how far a channel's mean may be off (0 … 255), and the share of blocks that may be.
 * A pixel up or down is no difference: half a pixel of scrolling is rounded either way.
 */
const BLOCK = 4;
const OFF = 24;
const SHARE = 0.002;

/** What is emulated for each series of pictures. */
export const SCHEMES = /** @type {const} */ ({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "light", forcedColors: "active" },
});

/**
 * Compares a screenshot with its baseline; with UPDATE_EXPECT=1 makes it the baseline where it differs.
 * @param {import("playwright-core").Page} page Does the decoding, on a canvas.
 * @param {string} name
 * @param {Buffer} png
 * @returns {Promise<string>} What is wrong; empty if nothing is.
 */
export async function compare(page, name, png) {
  const file = path.join(BASELINES, `${name}.png`);
  const known = await readFile(file).catch(() => null);
  const now = await decode(page, png);
  const wrong = known ? difference(await decode(page, known), now) : "has no baseline";
  if (!wrong) return "";
  const to = process.env["UPDATE_EXPECT"] ? file : path.join(SEEN, `${name}.png`);
  await mkdir(path.dirname(to), { recursive: true });
  await writeFile(to, encode(now));
  return process.env["UPDATE_EXPECT"] ? "" : `${name}: ${wrong}; see ${path.relative(root, to)}`;
}

/** @typedef {{ width: number, height: number, pixels: Uint8Array }} Picture RGBA, row by row. */

/** @param {import("playwright-core").Page} page @param {Buffer} png @returns {Promise<Picture>} */
async function decode(page, png) {
  const { width, height, data } = await page.evaluate(async (/** @type {string} */ base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }), { colorSpaceConversion: "none" });
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d"));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = "";
    for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
    return { width: bitmap.width, height: bitmap.height, data: btoa(text) };
  }, png.toString("base64"));
  return { width, height, pixels: Buffer.from(data, "base64") };
}

/** @param {Picture} before @param {Picture} now @returns {string} */
function difference(before, now) {
  if (before.width !== now.width || before.height !== now.height) {
    return `is ${now.width} × ${now.height} pixels, was ${before.width} × ${before.height}`;
  }
  let off = 0;
  let blocks = 0;
  for (let y = 0; y < now.height; y += BLOCK) {
    for (let x = 0; x < now.width; x += BLOCK, blocks++) {
      const [a, ...near] = [mean(now, x, y), ...[0, -1, 1].map((step) => mean(before, x, Math.max(0, y + step)))];
      if (near.every((b) => a.some((value, c) => Math.abs(value - /** @type {number} */ (b[c])) > OFF))) off++;
    }
  }
  return off > SHARE * blocks ? `${off} of ${blocks} blocks look different` : "";
}

/** @param {Picture} picture @param {number} left @param {number} top */
function mean({ width, height, pixels }, left, top) {
  const sum = [0, 0, 0];
  let n = 0;
  for (let y = top; y < Math.min(top + BLOCK, height); y++) {
    for (let x = left; x < Math.min(left + BLOCK, width); x++, n++) {
      for (let c = 0; c < 3; c++) sum[c] = /** @type {number} */ (sum[c]) + /** @type {number} */ (pixels[4 * (y * width + x) + c]);
    }
  }
  return sum.map((value) => value / n);
}

/**
 * As a PNG with a palette, a third of the size: the commonest shades as they are, each of the rest (the edges of
 * letters) as the nearest of those.
 * @param {Picture} picture
 * @returns {Buffer}
 */
function encode({ width, height, pixels }) {
  const colors = new Uint32Array(width * height);
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let i = 0; i < colors.length; i++) {
    const [r = 0, g = 0, b = 0] = pixels.subarray(4 * i, 4 * i + 3);
    const color = (r << 16) | (g << 8) | b;
    colors[i] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([color]) => color);
  const index = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  const rows = Buffer.alloc(height * (width + 1));
  for (let i = 0; i < colors.length; i++) {
    rows[i + Math.floor(i / width) + 1] = /** @type {number} */ (index.get(/** @type {number} */ (colors[i])));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits a pixel, through a palette
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const table = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", table), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

/** @param {number[]} palette @param {number} color */
function nearest(palette, color) {
  let best = 0;
  let least = Infinity;
  palette.forEach((other, i) => {
    let distance = 0;
    for (const shift of [16, 8, 0]) distance += (((color >> shift) & 255) - ((other >> shift) & 255)) ** 2;
    if (distance < least) [least, best] = [distance, i];
  });
  return best;
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

/** @param {Buffer} bytes */
function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
