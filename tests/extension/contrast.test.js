import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EXTENSION } from "./shipped.js";

/** Relative luminance of "#rrggbb" (WCAG 2.2). */
function luminance(hex) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of a stylesheet: name -> [light, dark]. */
function colours(file) {
  const css = readFileSync(new URL(file, EXTENSION), "utf8");
  const found = [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)];
  return Object.fromEntries(found.map(([, name, light, dark]) => [name, [light, dark]]));
}

const PAIRS = [
  ["text", "surface", 4.5],
  ["text", "raised", 4.5],
  ["text", "tint", 4.5],
  ["muted", "surface", 4.5],
  ["muted", "raised", 4.5],
  ["muted", "tint", 4.5],
  ["on-accent", "accent", 4.5],
  ["on-accent", "accent-hover", 4.5],
  ["problem", "surface", 4.5],
  ["problem", "raised", 4.5],
  ["accent", "raised", 4.5],
  ["accent", "surface", 3],
  ["edge", "surface", 3],
  ["edge", "raised", 3],
];

for (const file of ["content/card-style.js", "shared/page.css"]) {
  for (const [front, back, least] of PAIRS) {
    test(`${file}: ${front} on ${back} has a contrast of ${least} in light and dark`, () => {
      const table = colours(file);
      for (const at of [0, 1])
        assert.ok(
          contrast(table[front][at], table[back][at]) >= least,
          `${contrast(table[front][at], table[back][at])}`,
        );
    });
  }
}

test("the card and our pages have the same colours", () => {
  assert.deepEqual(colours("content/card-style.js"), colours("shared/page.css"));
});
