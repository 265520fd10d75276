// An encoder of BERT's kind with random weights as an ONNX file, for onnxruntime-web to run: tokens in, vectors out. Written by hand,
// since a file of that kind is a few kinds of protobuf messages (https://onnx.ai/onnx/repo-docs/IR.html).

import { numbers } from "./text.mjs";

/** Sizes of the encoder. @typedef {{ layers: number, width: number, heads: number, inner: number }} Sizes */
/** The vocabulary: what a table's look-up costs does not depend on it. */
const PIECES = 1000;
const LONGEST = 128;
const [FLOAT, INT8, INT64] = [1, 3, 7];

/** @param {number} n */
function varint(n) {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n & 127) | 128);
  return Buffer.from([...out, n]);
}
/** A field that holds bytes, text or a message. @param {number} field @param {Uint8Array | string} value */
function bytes(field, value) {
  const body = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}
/** @param {number} field @param {number} value */
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
/** @param {number} field @param {number} value */
function float(field, value) {
  const body = Buffer.alloc(4);
  body.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), body]);
}
/** @param {Uint8Array[]} parts */
const message = (...parts) => Buffer.concat(parts);

/** The encoder for one sequence of any length: inputs `ids` and `places`, output `out`. `int8`: whether matrices are in 8 bits, one scale a column,
 * and activations quantised as they come, as onnxruntime's dynamic quantisation does. @param {Sizes} sizes @param {boolean} int8 */
export function encoder({ layers, width, heads, inner }, int8) {
  /** @type {Uint8Array[]} */
  const nodes = [];
  /** @type {Uint8Array[]} */
  const tensors = [];
  let names = 0;
  const next = numbers();
  const random = () => next(2 ** 24) / 2 ** 24 - 0.5;

  /** @param {number} type @param {number[]} dims @param {Float32Array | Int8Array | BigInt64Array} values */
  const tensor = (type, dims, values) => {
    const name = `t${names++}`;
    const raw = new Uint8Array(values.buffer);
    tensors.push(message(...dims.map((d) => number(1, d)), number(2, type), bytes(8, name), bytes(9, raw)));
    return name;
  };
  /** @param {number[]} dims @param {number} size */
  const weights = (dims, size) => tensor(FLOAT, dims, Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => random() * size));
  /** @param {number[]} dims @param {number} value */
  const constant = (dims, value) => tensor(FLOAT, dims, new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(value));
  /** @param {number[]} dims */
  const shape = (dims) => tensor(INT64, [dims.length], BigInt64Array.from(dims.map(BigInt)));

  /** @param {string} type @param {string[]} inputs @param {Uint8Array[]} attributes */
  const node = (type, inputs, attributes = [], outputs = [`v${names++}`]) => {
    nodes.push(message(...inputs.map((i) => bytes(1, i)), ...outputs.map((o) => bytes(2, o)), bytes(4, type), ...attributes.map((a) => bytes(5, a))));
    return outputs;
  };
  /** @param {string} name @param {number} value */
  const whole = (name, value) => message(bytes(1, name), number(3, value), number(20, 2));
  /** @param {string} name @param {number[]} values */
  const wholes = (name, values) => message(bytes(1, name), ...values.map((v) => number(8, v)), number(20, 7));
  /** @param {string} name @param {number} value */
  const real = (name, value) => message(bytes(1, name), float(2, value), number(20, 1));

  /** @param {string} x @param {number} from @param {number} to */
  const linear = (x, from, to) => {
    const bias = weights([to], 0.1);
    if (!int8) return node("Gemm", [x, weights([from, to], 0.1), bias])[0];
    const codes = tensor(INT8, [from, to], Int8Array.from({ length: from * to }, () => Math.round(random() * 254)));
    const [quantised, scale, zero] = node("DynamicQuantizeLinear", [x], [], [`v${names++}`, `v${names++}`, `v${names++}`]);
    const [product] = node("MatMulInteger", [quantised, codes, zero, tensor(INT8, [], new Int8Array(1))]);
    const [scales] = node("Mul", [scale, constant([to], 0.0005)]);
    const [scaled] = node("Mul", [node("Cast", [product], [whole("to", FLOAT)])[0], scales]);
    return node("Add", [scaled, bias])[0];
  };
  /** @param {string} x */
  const norm = (x) => node("LayerNormalization", [x, constant([width], 1), constant([width], 0)], [real("epsilon", 1e-12)])[0];
  /** @param {string} x @param {number[]} order */
  const byHeads = (x, order) => node("Transpose", [node("Reshape", [x, shape([-1, heads, width / heads])])[0]], [wholes("perm", order)])[0];

  const pieces = node("Gather", [weights([PIECES, width], 1), "ids"])[0];
  let x = norm(node("Add", [pieces, node("Gather", [weights([LONGEST, width], 1), "places"])[0]])[0]);
  for (let layer = 0; layer < layers; layer++) {
    const [query, key, value] = [0, 1, 2].map(() => linear(x, width, width));
    const [scores] = node("MatMul", [byHeads(query, [1, 0, 2]), byHeads(key, [1, 2, 0])]);
    const [shares] = node("Softmax", [node("Mul", [scores, constant([1], (width / heads) ** -0.5)])[0]], [whole("axis", 2)]);
    const [taken] = node("MatMul", [shares, byHeads(value, [1, 0, 2])]);
    const [mixed] = node("Reshape", [node("Transpose", [taken], [wholes("perm", [1, 0, 2])])[0], shape([-1, width])]);
    x = norm(node("Add", [x, linear(mixed, width, width)])[0]);
    const [wide] = node("Gelu", [linear(x, width, inner)]);
    x = norm(node("Add", [x, linear(wide, inner, width)])[0]);
  }
  node("Identity", [x], [], ["out"]);

  /** @param {string} name @param {number} type @param {Uint8Array[]} dims */
  const described = (name, type, ...dims) =>
    message(bytes(1, name), bytes(2, bytes(1, message(number(1, type), bytes(2, message(...dims.map((d) => bytes(1, d))))))));
  const length = bytes(2, "length");
  const graph = message(
    ...nodes.map((n) => bytes(1, n)),
    bytes(2, "encoder"),
    ...tensors.map((t) => bytes(5, t)),
    bytes(11, described("ids", INT64, length)),
    bytes(11, described("places", INT64, length)),
    bytes(12, described("out", FLOAT, length, number(1, width))),
  );
  return message(number(1, 9), bytes(8, message(bytes(1, ""), number(2, 20))), bytes(7, graph));
}
