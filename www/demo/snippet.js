// The lines a newsroom pastes into its page.

/**
 * @param {{ lang?: string, view?: string, open?: boolean }} options
 * @returns {string}
 */
export function snippet({ lang, view, open }) {
  const attributes = ['for="story"', lang && `lang="${lang}"`, view && `view="${view}"`, open && "open"];
  return [
    '<script type="module" src="standpoint.js"></script>',
    `<standpoint-article ${attributes.filter(Boolean).join(" ")}></standpoint-article>`,
    '<article id="story">…</article>',
  ].join("\n");
}
