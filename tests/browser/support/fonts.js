// The same letters on every machine, for what compares pictures.

/** Family to be replaced → files of its weights. @type {Record<string, Record<string, string>>} */
const FAMILIES = {
  Georgia: { 400: "source-serif-4", 700: "source-serif-4" },
  "Source Sans 3": { 400: "source-sans-3", 600: "source-sans-3", 700: "source-sans-3" },
  "SF Mono": { 400: "source-code-pro" },
};

/** Puts these typefaces on the page and waits until they are there. @param {import("./browser.js").Browser} browser */
export async function useFonts(browser) {
  await browser.evaluate(async (families) => {
    for (const [family, weights] of Object.entries(families)) {
      for (const [weight, name] of Object.entries(weights)) {
        const url = `url(/node_modules/@fontsource/${name}/files/${name}-latin-${weight}-normal.woff2)`;
        document.fonts.add(await new FontFace(family, url, { weight }).load());
      }
    }
    const sheet = new CSSStyleSheet();
    const sans = '"Source Sans 3"';
    sheet.replaceSync(`:root:root{--ui:${sans};--standpoint-font:${sans}} .home,.byline,.dateline,figcaption,aside{font-family:${sans}!important}`);
    document.adoptedStyleSheets.push(sheet);
    await document.fonts.ready;
  }, FAMILIES);
}
