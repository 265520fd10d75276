// The look of the box and the card. Everything hangs on custom properties that a host may set from outside.

import { PALETTE, TINT } from "./palette.js";

const variables = (/** @type {"light" | "dark"} */ theme) =>
  Object.entries(PALETTE[theme])
    .map(([name, value]) => `--${name}:var(--standpoint-${name},${value})`)
    .join(";") + `;--cue:${TINT[theme].cue}%`;

export const CSS_TEXT = `
:host{display:block;margin-block:0 1.8rem}
:host([hidden]){display:none}
*{box-sizing:border-box}
[hidden]{display:none!important}
.root{${variables("light")};--control:32px;color-scheme:light;
  font:400 14px/1.45 var(--standpoint-font,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif);
  color:var(--ink);text-align:start;letter-spacing:normal;word-spacing:normal;text-transform:none;text-indent:0;
  font-variant:normal;hyphens:manual;-webkit-text-size-adjust:100%;text-size-adjust:100%}
.root[data-theme=dark]{${variables("dark")};color-scheme:dark}
@media (pointer:coarse){.root{--control:44px}}
.visually-hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
button{font:inherit;color:inherit;background:none;border:0;padding:0;margin:0;text-align:inherit;cursor:pointer;border-radius:6px;min-block-size:var(--control)}
button:disabled{cursor:default}
:focus-visible{outline:2px solid var(--standpoint-focus,var(--ink));outline-offset:2px}
h2,h3,p,ul,ol,dl,dd,blockquote{margin:0;padding:0}
ul,ol{list-style:none}
.icon{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;flex:none;display:block}

.frame{container-type:inline-size}
.box{background:var(--panel);border:1px solid var(--line);border-radius:var(--standpoint-radius,10px)}
header{display:flex;flex-wrap:wrap;gap:.35rem 1rem;align-items:center;padding:.55rem .85rem}
h2{font:inherit;font-weight:600;flex:1 1 13rem}
.disclosure{display:flex;align-items:center;gap:.45rem;inline-size:100%;font-weight:600}
.disclosure .icon{transition:transform .15s}
.disclosure[aria-expanded=false] .icon{transform:rotate(-90deg)}
.root:dir(rtl) .disclosure[aria-expanded=false] .icon{transform:rotate(90deg)}
.segments{display:inline-flex;border:1px solid var(--edge);border-radius:7px}
.segments button{padding:0 .65rem;border-radius:0}
.segments button:first-child{border-start-start-radius:6px;border-end-start-radius:6px}
.segments button:last-child{border-start-end-radius:6px;border-end-end-radius:6px}
.segments button+button{border-inline-start:1px solid var(--line)}
.segments [aria-pressed=true]{background:var(--ink);color:var(--panel)}
.body{padding:0 .85rem}
.legend{display:flex;flex-wrap:wrap;gap:.35rem .45rem;padding:.65rem .85rem;border-block-start:1px solid var(--line)}
.chip{display:inline-flex;align-items:center;gap:.45rem;border:1px solid var(--edge);border-radius:99px;padding-block:0;padding-inline:.7rem .5rem;background:var(--paper)}
.chip b{font-weight:600;font-variant-numeric:tabular-nums;min-inline-size:2ch}
.chip:disabled{color:var(--soft);border-color:var(--line);background:none}
.chip[aria-pressed=true]{background:var(--ink);border-color:var(--ink);color:var(--paper)}
.chip[aria-pressed=true] .swatch{filter:brightness(1.5)}
.root[data-theme=dark] .chip[aria-pressed=true] .swatch{filter:brightness(.6)}
.swatch{flex:none;inline-size:22px;block-size:0;border-block-end:3px solid var(--soft)}
.swatch.support{border-color:var(--support)}
.swatch.oppose{border-color:var(--oppose);border-block-end-style:dashed}
.swatch.mixed{border-color:var(--mixed);border-block-end:4px double var(--mixed)}
.swatch.author{border-block-end-style:dotted;border-block-end-width:3px}
.swatch.t1{border-color:var(--topic-1)}
.swatch.t2{border-color:var(--topic-2);border-block-end-style:dashed}
.swatch.t3{border-color:var(--topic-3);border-block-end-style:dotted}
.swatch.t4{border-block-end:4px double var(--topic-4)}
.swatch.tother{block-size:10px;border:0;background:var(--topic-other);opacity:.35;border-radius:2px}
.word.support{color:var(--support)}
.word.oppose{color:var(--oppose)}

.who{padding-block:0}
.stage{block-size:calc(5*var(--control));position:relative}
.stage.open{block-size:auto;min-block-size:calc(5*var(--control));overflow-x:auto}
.stage .empty{color:var(--soft);position:absolute;inset:0;display:grid;place-content:center;text-align:center;padding-inline:1rem}
.flow{display:grid;grid-template-columns:minmax(0,13rem) minmax(5rem,1fr) minmax(0,13rem);gap:.5rem;block-size:100%}
.flow svg{inline-size:100%;block-size:100%;overflow:visible}
.root:dir(rtl) .flow svg{transform:scaleX(-1)}
.names{display:flex;flex-direction:column;justify-content:center}
.names button{block-size:var(--control);padding-inline:.45rem;max-inline-size:100%;display:flex;align-items:center}
.names li{display:flex}
.names.holder li{justify-content:flex-end}
.names span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.names button:hover span{text-decoration:underline}
.names [aria-pressed=true],.pairs [aria-pressed=true],.count[aria-pressed=true]{background:var(--ink);color:var(--panel)}
.pairs [aria-pressed=true] .word{color:inherit}
.line{fill:none;stroke:var(--support);pointer-events:stroke;cursor:pointer;transition:opacity .15s}
.line.oppose{stroke:var(--oppose);stroke-dasharray:9 6}
.line.faded{opacity:.18}
.pairs{display:none}
.pairs li{border-block-end:1px solid var(--line)}
.pairs li:last-child{border:0}
.pairs button{display:grid;grid-template-columns:minmax(0,1fr) auto;column-gap:.6rem;align-items:center;inline-size:100%;block-size:calc(var(--stage)/4 - 1px);line-height:1.3;padding-inline:.3rem;border-radius:4px}
.pairs .second{grid-row:2;display:flex;align-items:center;gap:.4rem;min-inline-size:0}
.pairs b{grid-row:1/3;grid-column:2;font-variant-numeric:tabular-nums}
.pairs .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-inline-size:0}
.pairs .name:first-child{align-self:end}
.pairs .second{align-self:start}
@container (max-width:27rem){
  .stage{--stage:max(208px,4*var(--control) + 32px);block-size:var(--stage)}
  .stage.open{min-block-size:var(--stage)}
  .flow,.width{display:none}.pairs{display:block}
}
.caption{color:var(--soft);font-size:12.5px;padding-block:.2rem 0;display:flex;flex-wrap:wrap;align-items:center;gap:0 .6rem}
.text-button{text-decoration:underline;text-underline-offset:.2em;padding-inline:.15rem}
.text-button:hover{text-decoration-thickness:2px}
.caption .text-button{min-block-size:var(--control)}
table{border-collapse:collapse;inline-size:100%;font-size:13.5px}
th,td{text-align:start;padding:.2rem .6rem .2rem 0;border-block-end:1px solid var(--line);font-weight:400;vertical-align:middle}
thead th{color:var(--soft);font-size:12.5px}
th:last-child,td:last-child{text-align:end;padding-inline-end:0}
.count{min-inline-size:var(--control);text-align:center;text-decoration:underline;text-underline-offset:.2em;font-variant-numeric:tabular-nums}

.strip{padding-block:.4rem .2rem}
.bands{display:flex;gap:2px;block-size:14px;background:var(--line);border-radius:3px;overflow:hidden}
.band{display:block;min-inline-size:2px;flex:1 1 0}
.band.t1{background:color-mix(in srgb,var(--topic-1) 75%,var(--panel))}
.band.t2{background:repeating-linear-gradient(135deg,color-mix(in srgb,var(--topic-2) 70%,var(--panel)) 0 4px,color-mix(in srgb,var(--topic-2) 35%,var(--panel)) 4px 8px)}
.band.t3{background:radial-gradient(circle at 2.5px 2.5px,var(--topic-3) 1.7px,transparent 2.1px) 0 0/5px 5px,color-mix(in srgb,var(--topic-3) 30%,var(--panel))}
.band.t4{background:repeating-linear-gradient(color-mix(in srgb,var(--topic-4) 80%,var(--panel)) 0 2px,color-mix(in srgb,var(--topic-4) 30%,var(--panel)) 2px 5px)}
.band.tother{background:color-mix(in srgb,var(--topic-other) 45%,var(--panel))}
.band.tnone{background:transparent}
.ticks{position:relative;block-size:11px}
.tick{position:absolute;inset-block-end:2px;inline-size:3px;margin-inline-start:-1px;block-size:8px;background:var(--support)}
.tick.oppose{background:linear-gradient(var(--oppose) 0 3px,transparent 3px 5px,var(--oppose) 5px)}
.tick.mixed{background:linear-gradient(90deg,var(--mixed) 0 1px,transparent 1px 2px,var(--mixed) 2px)}
.key{display:flex;flex-wrap:wrap;gap:.1rem .9rem;block-size:1.5rem;overflow:hidden;font-size:12.5px;color:var(--soft);padding-block-start:.3rem}
.key li{display:flex;align-items:center;gap:.35rem;max-inline-size:100%;min-inline-size:0}
.key span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.key .band{flex:none;inline-size:14px;block-size:10px;border-radius:2px}
@container (max-width:27rem){.chip{padding-inline:.55rem .35rem;gap:.35rem}.legend{gap:.35rem .3rem}.swatch{inline-size:18px}header{padding-block:.35rem .55rem}}
@container (max-width:44rem){.key{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));block-size:2.7rem;grid-auto-rows:1.2rem}}
@container (max-width:27rem){.key{grid-template-columns:minmax(0,1fr);block-size:5.5rem}}

.bar{display:flex;flex-wrap:wrap;align-items:center;gap:0 .9rem;padding:.25rem .85rem;border-block-start:1px solid var(--line);min-block-size:calc(var(--control) + .5rem + 1px)}
.status{margin-inline-end:auto}
.actions{display:inline-flex;flex-wrap:wrap;gap:0 .9rem}
@container (max-width:32rem){.bar{min-block-size:calc(var(--control) + 2.3rem);align-content:center}.status{inline-size:100%}}
.sentences{border-block-start:1px solid var(--line);max-block-size:22rem;overflow:auto;overscroll-behavior:contain;padding:.3rem .45rem}
.sentences button{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.6rem;align-items:baseline;inline-size:100%;padding:.4rem}
.sentences .swatch{align-self:start;margin-block-start:.7em}
.sentences button:hover{background:color-mix(in srgb,var(--ink) 6%,transparent)}
.sentences span{display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow:hidden}
.note{border-block-start:1px solid var(--line);color:var(--soft);font-size:12.5px}
.note summary{cursor:pointer;padding:.5rem .85rem;list-style:none;min-block-size:var(--control);border-radius:0 0 10px 10px}
.note summary::-webkit-details-marker{display:none}
.note p{padding:0 .85rem .7rem;max-inline-size:62ch}

.card{position:fixed;inset:auto;margin:0;z-index:2147483000;inline-size:min(25rem,calc(100vw - 16px));max-block-size:min(32rem,calc(100vh - 16px));overflow:auto;overscroll-behavior:contain;
  background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:var(--standpoint-radius,10px);box-shadow:0 8px 30px rgb(0 0 0/.2);padding:.55rem 1rem .6rem}
.card:focus-visible{outline-offset:-3px}
.card-head{display:flex;align-items:flex-start;gap:.5rem;margin-inline-end:-.4rem}
.topics{display:flex;flex-wrap:wrap;gap:0 .3rem;margin-inline-end:auto;padding-block:.4rem;color:var(--soft);font-size:12.5px}
.topics li+li::before{content:"·";margin-inline-end:.3rem}
.tool{display:inline-grid;place-content:center;inline-size:var(--control);block-size:var(--control);border:1px solid var(--edge);flex:none}
.card-head .tool{border-color:transparent}
.tool:hover{background:color-mix(in srgb,var(--ink) 8%,transparent)}
.tool:disabled{opacity:.4;background:none}
.sentence{font-family:Georgia,"Times New Roman",serif;font-size:15px;line-height:1.5;margin-block-end:.6rem;padding-inline-start:.7rem;border-inline-start:3px solid var(--line)}
mark{background:color-mix(in srgb,var(--support) var(--cue),transparent);color:inherit}
mark.oppose{background:color-mix(in srgb,var(--oppose) var(--cue),transparent)}
dt{font-weight:600}
dd{color:var(--soft);padding-block-start:.1rem;overflow-wrap:anywhere}
dd .cue{color:var(--ink)}
.cue,.name,bdi{unicode-bidi:isolate}
.sure{display:flex;align-items:center;gap:.5rem;padding-block-end:.6rem}
.pips{display:inline-flex;gap:3px}
.pips i{inline-size:14px;block-size:5px;border-radius:2px;background:var(--line)}
.pips .on{background:var(--soft)}
.caution{color:var(--soft);font-size:12.5px;padding-block-end:.5rem}
.card-foot{display:flex;gap:.4rem;align-items:center;border-block-start:1px solid var(--line);padding-block-start:.55rem}
.card-foot span{color:var(--soft);font-size:12.5px;margin-inline-end:auto}
.root:dir(rtl) [data-key=previous] .icon,.root:dir(rtl) [data-key=next] .icon{transform:scaleX(-1)}
@media (min-width:641px){.sentence{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);margin:0}}
@media (max-width:640px){
  .card{inset:auto 0 0 0;inline-size:100%;max-inline-size:none;max-block-size:62vh;border-radius:14px 14px 0 0;border-inline:0;border-block-end:0;box-shadow:0 -6px 24px rgb(0 0 0/.22);padding-block-end:calc(.6rem + env(safe-area-inset-bottom))}
}
@media (prefers-reduced-motion:no-preference){
  .card:popover-open{animation:rise .14s ease-out}
  @keyframes rise{from{opacity:0;translate:0 6px}}
}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){
  .swatch,.band,.pips i,.tick{forced-color-adjust:none}
  .segments [aria-pressed=true],.chip[aria-pressed=true],.names [aria-pressed=true],.pairs [aria-pressed=true],.count[aria-pressed=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}
  .swatch{border-color:CanvasText}
  .line.line{stroke:CanvasText}
  mark.support,mark.oppose{forced-color-adjust:none;background:Mark;color:MarkText}
  .note summary{color:CanvasText}
  .pips .on{background:CanvasText}
}
@media print{
  .root[data-theme=dark]{${variables("light")};color-scheme:light}
  .card,.segments,.actions,.caption .text-button,.help,.disclosure .icon,.note u{display:none!important}
  .bar.bar{min-block-size:0;padding-block:.5rem}
  .box{background:none;break-inside:avoid}
}
`;

/** @type {WeakMap<Document, CSSStyleSheet>} */
const sheets = new WeakMap();

/**
 * One sheet a document, shared by its elements.
 * @param {Document} doc
 */
export function shadowSheet(doc) {
  let sheet = sheets.get(doc);
  if (!sheet) {
    const view = doc.defaultView ?? window;
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(CSS_TEXT);
    sheets.set(doc, sheet);
  }
  return sheet;
}
