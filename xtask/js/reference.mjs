// docs/element.md, from the manifest.

/** @param {any} manifest */
export function reference({ modules: [{ declarations: [element] }] }) {
  const cell = (/** @type {unknown} */ text) => String(text).replaceAll("|", "\\|").replaceAll("\n", " ");
  const table = (/** @type {string[]} */ head, /** @type {unknown[][]} */ rows) =>
    [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
  const code = (/** @type {string} */ text) => `\`${text}\``;
  const named = (/** @type {string} */ head, /** @type {any[]} */ list) => table([head, "what"], list.map(({ name, description }) => [code(name), description]));
  const fields = element.members.filter((/** @type {any} */ m) => m.kind === "field");
  const methods = element.members.filter((/** @type {any} */ m) => m.kind === "method");
  const signature = (/** @type {any} */ { name, parameters }) => code(`${name}(${parameters.map((/** @type {any} */ p) => p.name).join(", ")})`);
  return `# \`<${element.tagName}>\`

Made from the comments in \`www/element/element.js\`, like \`custom-elements.json\`.

${element.description}

## Attributes

${table(["attribute", "type", "what"], element.attributes.map((/** @type {any} */ a) => [code(a.name), code(a.type.text), a.description]))}

## Properties

${table(["property", "type", "what"], fields.map((/** @type {any} */ f) => [code(f.name), code(f.type.text), f.description]))}

## Methods

${table(["method", "returns", "what"], methods.map((/** @type {any} */ m) => [signature(m), code(m.return.type.text), m.description]))}

## Events

${named("event", element.events)}

## Parts

${named("part", element.cssParts)}

## Custom properties

${named("property", element.cssProperties)}

It has no slots: what is to be read stands in the article.
`;
}
