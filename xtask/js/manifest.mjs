// The element's custom elements manifest (schema 1.0.0), read from the one comment over its class and those over
// its public members: what editors, catalogues and docs/element.md show is what stands there.

import { readFile } from "node:fs/promises";

const source = new URL("../../www/element/element.js", import.meta.url);

/** @param {string} path Where the class is, in the package. */
export async function manifest(path) {
  const code = await readFile(source, "utf8");
  const [, comment = "", rest = ""] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export class StandpointArticle\b([^]*)/.exec(code) ?? [];
  const { description, tags } = readComment(comment);
  const of = (/** @type {string} */ kind) => tags.filter(({ tag }) => tag === kind).map(({ text }) => text);

  const attributes = of("attr").map((text) => {
    const [, type = "string", name = "", rest = ""] = /^\{([^}]*)\} ([\w-]+) - ([^]*)$/.exec(text) ?? [];
    const fallback = /Default:? `([^`]+)`/.exec(rest)?.[1];
    return { name, type: { text: type }, description: rest, ...(fallback && { default: fallback }) };
  });
  const fields = of("prop").map((text) => {
    const [, type = "", name = "", rest = ""] = /^\{([^}]*)\} (\w+) - ([^]*)$/.exec(text) ?? [];
    return { kind: "field", name, type: { text: type }, description: rest, ...(/read-only/.test(rest) && { readonly: true }) };
  });
  const methods = [...rest.matchAll(/\n {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}(?:async )?([a-z]\w*)\(([^)]*)\) \{/g)]
    .filter(([, , name = ""]) => !/Callback$/.test(name))
    .map(([, comment = "", name = ""]) => {
      const { description, tags } = readComment(comment);
      const told = (/** @type {string} */ kind) => tags.filter(({ tag }) => tag === kind).map(({ text }) => text);
      const parameters = told("param").map((text) => {
        const [, type = "", parameter = ""] = /^\{([^}]*)\} (\w+)/.exec(text) ?? [];
        return { name: parameter, type: { text: type } };
      });
      const [, type = "void"] = /^\{([^}]*)\}/.exec(told("returns")[0] ?? "") ?? [];
      return { kind: "method", name, parameters, return: { type: { text: type } }, description };
    });
  const named = (/** @type {string} */ kind) =>
    of(kind).map((text) => {
      const [, name = "", description = ""] = /^(\S+) - ([^]*)$/.exec(text) ?? [];
      return { name, description };
    });

  const declaration = {
    kind: "class",
    name: "StandpointArticle",
    tagName: "standpoint-article",
    customElement: true,
    superclass: { name: "HTMLElement" },
    description,
    attributes,
    members: [...fields, ...methods],
    events: named("fires").map((event) => ({ ...event, type: { text: "CustomEvent" } })),
    cssParts: named("csspart"),
    cssProperties: named("cssprop"),
  };
  const observed = /observedAttributes = \[([^\]]*)\]/.exec(rest)?.[1]?.match(/[\w-]+/g) ?? [];
  const documented = attributes.map(({ name }) => name);
  if ([...observed].sort().join() !== [...documented].sort().join()) {
    throw new Error(`attributes observed: ${observed}; documented: ${documented}`);
  }
  return {
    schemaVersion: "1.0.0",
    modules: [
      {
        kind: "javascript-module",
        path,
        declarations: [declaration],
        exports: [{ kind: "js", name: "StandpointArticle", declaration: { name: "StandpointArticle", module: path } }],
      },
      {
        kind: "javascript-module",
        path: "define.js",
        exports: [{ kind: "custom-element-definition", name: "standpoint-article", declaration: { name: "StandpointArticle", module: path } }],
      },
    ],
  };
}

/** @param {string} comment */
function readComment(comment) {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\*? ?/, ""));
  /** @type {{ tag: string, text: string }[]} */
  const tags = [];
  const description = [];
  for (const line of lines) {
    const start = /^@(\w+) (.*)$/.exec(line);
    if (start) tags.push({ tag: start[1] ?? "", text: start[2] ?? "" });
    else if (tags.length && /^\s+\S/.test(line)) /** @type {any} */ (tags.at(-1)).text += ` ${line.trim()}`;
    else description.push(line);
  }
  return { description: description.join("\n").replace(/\n{3,}/g, "\n\n").trim(), tags };
}
