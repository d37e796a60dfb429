/** The demo inbox's texts: the extension's own catalogue, read and filled in the way chrome.i18n does it. */
(() => {
  "use strict";

  /** @typedef {Record<string, {message: string, placeholders?: Record<string, {content: string}>}>} Catalogue */
  /** @type {Catalogue} */
  let catalogue = {};

  /** @param {string} language */
  async function load(language) {
    const response = await fetch(`/extension/_locales/${language}/messages.json`, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`no texts for ${language}: ${response.status}`);
    catalogue = await response.json();
  }

  const language = document.documentElement.lang.startsWith("de") ? "de" : "en";

  globalThis.ClassActTexts = Object.freeze({
    ready: load(language),
    get: (key, ...values) => {
      const entry = catalogue[key];
      if (!entry) return key;
      // chrome.i18n: $NAME$ stands for a placeholder's content, and $1 to $9 in it for the values; one pass, so that a
      // value with a dollar sign stays as it is
      return entry.message.replaceAll(/\$(\w+)\$/g, (whole, name) => {
        const content = entry.placeholders?.[name.toLowerCase()]?.content;
        const at = /^\$([1-9])$/.exec(content ?? "")?.[1];
        return at ? String(values[Number(at) - 1] ?? "") : (content ?? whole);
      });
    },
  });
})();
