/** What ships, for tests to look at: the manifest, the order of the content scripts, the catalogues of texts. */
import { readFileSync } from "node:fs";

export const EXTENSION = new URL("../../extension/", import.meta.url);
export const manifest = JSON.parse(readFileSync(new URL("manifest.json", EXTENSION), "utf8"));
export const SCRIPTS = manifest.content_scripts.flatMap(({ js }) => js);

/** @param {string} language */
export function catalogue(language) {
  return JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, EXTENSION), "utf8"));
}

const english = catalogue("en");

/** What chrome.i18n.getMessage gives. @param {string} key @param {(string | number)[]} values */
export function text(key, ...values) {
  const { message = "", placeholders = {} } = english[key] ?? {};
  return message.replaceAll(/\$(\w+)\$/g, (_, name) => {
    const at = Number(placeholders[name.toLowerCase()].content.slice(1));
    return String(values[at - 1]);
  });
}
