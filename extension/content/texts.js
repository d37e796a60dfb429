/** The catalogue of texts, as content scripts see it: chrome.i18n, or what the page of the demo inbox brought along. */
(() => {
  "use strict";
  if (globalThis.ClassActTexts) return; // the demo inbox has no chrome.i18n and defines its own first

  // After an update of the extension this script is cut off and getMessage throws (measured, Chromium 156); the card
  // stays on the page and still has to say that the tab needs a reload
  const kept = new Map(["updated", "updated_hint"].map((key) => [key, chrome.i18n.getMessage(key)]));

  globalThis.ClassActTexts = Object.freeze({
    ready: Promise.resolve(),
    get: (key, ...values) => {
      if (!chrome.runtime?.id) return kept.get(key) ?? "";
      const text = chrome.i18n.getMessage(key, values.map(String)) || key;
      kept.set(key, text);
      return text;
    },
  });
})();
