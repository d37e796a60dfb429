import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { catalogue, EXTENSION } from "./shipped.js";

const english = catalogue("en");
const german = catalogue("de");

/** Every file of ours that may name a text. */
function sources() {
  const folders = ["content", "worker", "options", "popup", "shared"].map((name) => new URL(`${name}/`, EXTENSION));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => new URL(name, folder)));
  return [new URL("manifest.json", EXTENSION), ...files].map((file) => readFileSync(file, "utf8")).join("\n");
}
const source = sources();

/** Keys that the code asks for by name: get("key"), data-text="key", __MSG_key__, and the tables of keys. */
function asked() {
  const patterns = [
    /(?<!\.)\bget\("(\w+)"/g,
    /data-text="(\w+)"/g,
    /__MSG_(\w+)__/g,
    /"((?:verdict|state|trouble)_\w+)"/g,
  ];
  return new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, key]) => key)));
}

test("every text that the code asks for is in the catalogue", () => {
  assert.deepEqual(
    [...asked()].filter((key) => !Object.hasOwn(english, key)),
    [],
  );
});

test("no text in the catalogue is left over", () => {
  assert.deepEqual(
    Object.keys(english).filter((key) => !source.includes(`"${key}"`) && !source.includes(`__MSG_${key}__`)),
    [],
  );
});

test("German has the same texts, in the same order, with the same placeholders", () => {
  assert.deepEqual(Object.keys(german), Object.keys(english));
  for (const [key, { message, placeholders }] of Object.entries(german)) {
    assert.ok(message.trim(), key);
    assert.deepEqual(placeholders, english[key].placeholders, key);
  }
});

test("each placeholder is used in its message, and each $NAME$ is declared", () => {
  for (const [key, { message, placeholders = {} }] of [...Object.entries(english), ...Object.entries(german)]) {
    const used = [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase());
    assert.deepEqual(used.toSorted(), Object.keys(placeholders).toSorted(), key);
  }
});

test("no text calls a person rejected, pities or cheers", () => {
  const words = /you were rejected|sorry|unfortunately|don't worry|cheer|congrat|!|abgelehnt|leider|Kopf hoch/i;
  for (const [key, { message }] of [...Object.entries(english), ...Object.entries(german)])
    assert.doesNotMatch(message, words, key);
});

test("no page carries a text of its own", () => {
  for (const page of ["options/options.html", "popup/popup.html"]) {
    const html = readFileSync(new URL(page, EXTENSION), "utf8");
    const words = html.replaceAll(/<title>.*?<\/title>|<code>.*?<\/code>|<[^>]*>/gs, "").trim();
    assert.equal(words, "", page);
  }
});
