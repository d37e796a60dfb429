/** The card's look: one accent colour, system fonts, room to breathe; light and dark follow the page behind it. */
(() => {
  "use strict";
  const CSS = `
:host { all: initial; display: block; margin: 4px 0 20px; max-width: 680px;
  --surface: light-dark(#f7f8f6, #20262a); --raised: light-dark(#ffffff, #171c1f);
  --line: light-dark(#dde2de, #38424a); --edge: light-dark(#7c8782, #84918f);
  --text: light-dark(#1d2523, #e7ecea); --muted: light-dark(#55605c, #a9b5b1);
  --accent: light-dark(#1d655c, #86d3c5); --on-accent: light-dark(#ffffff, #10211e);
  --accent-hover: light-dark(#164f48, #a3e0d5); --tint: light-dark(#e9efec, #2b3439);
  --problem: light-dark(#8f3324, #f2aa9a); }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.card { background: var(--surface); color: var(--text); border: 1px solid var(--line); border-radius: 14px;
  padding: 20px 24px 18px; font: 14px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere; }
p, h2, h3, blockquote { margin: 0; }
.top { display: flex; align-items: center; gap: 10px; margin-bottom: 12px; }
.mark { flex: none; width: 16px; height: 16px; fill: none; stroke: var(--accent); stroke-width: 3.2; stroke-linecap: round; }
.mark circle { fill: var(--accent); stroke: none; }
.place { color: var(--muted); font-size: 13px; }
h2 { font-size: 19px; line-height: 1.35; font-weight: 600; letter-spacing: -0.005em; outline: none; }
h3 { font-size: 14px; font-weight: 600; }
.rests { margin-top: 12px; color: var(--muted); font-size: 12.5px; }
blockquote { margin-top: 3px; font: italic 15.5px/1.5 ui-serif, Georgia, "Times New Roman", serif; }
blockquote::before { content: open-quote; } blockquote::after { content: close-quote; }
.note { margin-top: 16px; }
.hint { margin-top: 16px; color: var(--muted); }
.note:not([hidden]) + .hint { margin-top: 4px; }
.body:not(:empty) { margin-top: 16px; }
.hint:not([hidden]) + .body, .note:not([hidden]) + .hint + .body { margin-top: 12px; }
.actions { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; }
button { font: inherit; font-weight: 550; min-height: 38px; padding: 7px 18px; border-radius: 10px; cursor: pointer;
  border: 1px solid transparent; transition: background-color 120ms, border-color 120ms; }
.primary { background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-hover); }
.plain { background: transparent; border-color: var(--edge); color: var(--text); }
.plain:hover, .quiet:hover { background: var(--tint); }
.quiet { background: transparent; color: var(--muted); padding-inline: 10px; font-weight: 400; }
.quiet:hover { color: var(--text); }
button[aria-disabled="true"] { cursor: default; background: var(--tint); border-color: transparent; color: var(--muted); }
.quiet[aria-disabled="true"] { background: transparent; }
:is(button, input, textarea, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.footer:not(:empty) { margin-top: 12px; padding-top: 8px; border-top: 1px solid var(--line); }
.footer .quiet { margin-inline-start: -10px; min-height: 32px; padding-block: 4px; font-size: 13px; }
code { font: 0.93em ui-monospace, Menlo, Consolas, monospace; background: var(--tint); border-radius: 5px; padding: 2px 6px; }
.advice { color: var(--text); background: var(--tint); border-radius: 10px; padding: 10px 14px; margin-top: 10px; }
.reading { margin-top: 14px; }
summary { cursor: pointer; color: var(--muted); font-size: 13px; min-height: 24px; width: fit-content; border-radius: 6px; }
.whom + .actions { margin-top: 12px; }
.address { color: var(--muted); font-size: 13px; margin-top: 4px; }
.text { margin-top: 10px; padding: 12px 14px; background: var(--raised); border-radius: 10px; white-space: pre-wrap; }
.looking { color: var(--muted); min-height: 38px; display: flex; align-items: center; }
.later { display: flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; flex-basis: 100%; }
.actions .later:not(.set) .quiet { margin-inline-start: -10px; min-height: 32px; padding-block: 4px; text-align: start; }
.letter .later:not(.set) { flex-basis: auto; }
.letter .actions .later:not(.set) .quiet { margin-inline-start: 0; min-height: 38px; padding-block: 7px; }
.anew { margin-top: 8px; }
.field { margin-top: 12px; }
.people { margin-top: 8px; }
.people ul { margin: 4px 0 0; padding: 0; list-style: none; }
.people li { display: flex; flex-wrap: wrap; gap: 2px 10px; align-items: center; margin-top: 4px; overflow-wrap: anywhere; }
label { display: block; margin-bottom: 4px; color: var(--muted); font-size: 12.5px; }
input, textarea { display: block; width: 100%; font: inherit; color: var(--text); background: var(--raised);
  border: 1px solid var(--edge); border-radius: 10px; padding: 8px 12px; }
textarea { min-height: 236px; padding: 12px; line-height: 1.6; resize: vertical; field-sizing: content; max-height: 60vh; }
.letter .actions { margin-top: 16px; }
.sending { display: flex; flex-wrap: wrap; gap: 10px 16px; align-items: center; }
.count { outline: none; font-size: 16px; font-weight: 550; font-variant-numeric: tabular-nums; min-width: 9em; }
.status:not(:empty) { margin-top: 12px; color: var(--muted); }
.status.problem { color: var(--problem); }
.body:empty + .status:empty { display: none; }
@media (max-width: 420px) { .card { padding: 16px; border-radius: 12px; } .actions > :is(.primary, .plain) { flex: 1 1 auto; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { button, .card { border-color: CanvasText; } .mark { stroke: CanvasText; } }
`;

  /** @type {CSSStyleSheet | undefined} */
  let shared;

  globalThis.ClassActStyle = Object.freeze({
    CSS,
    /** One constructed sheet for all cards; it applies even where the page's policy forbids inline styles. */
    sheet: () => {
      if (!shared) {
        shared = new CSSStyleSheet();
        shared.replaceSync(CSS);
      }
      return shared;
    },
  });
})();
