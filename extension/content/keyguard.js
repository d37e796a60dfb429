/**
 * Keeps keys that are pressed inside our card from reaching Gmail, where "e" archives and "#" deletes.
 *
 * A shadow root hides its text boxes from the page, so Gmail may take typing for shortcuts. Stopping the event on the
 * card is too late: Gmail may listen in the capture phase. Hence one capture listener on the window, set before any
 * script of the page (manifest: document_start). Typing, Tab and Enter on a button still work: those are default
 * actions, and nothing here prevents them.
 */
(() => {
  "use strict";

  /** @type {WeakMap<EventTarget, (event: KeyboardEvent) => void>} */
  const handlers = new WeakMap();

  /** @param {Event} event */
  function keepInside(event) {
    const host = event.composedPath().find((target) => handlers.has(target));
    if (!host) return;
    event.stopImmediatePropagation();
    if (event.type === "keydown" && event.isTrusted) {
      handlers.get(host)?.(/** @type {KeyboardEvent} */ (event));
    }
  }

  for (const type of ["keydown", "keypress", "keyup"]) globalThis.addEventListener(type, keepInside, true);

  globalThis.ClassActKeyguard = Object.freeze({
    /** From now on keys from inside `host` stay there; `onKey` sees each real keydown first. */
    guard: (host, onKey) => {
      handlers.set(host, onKey);
    },
  });
})();
