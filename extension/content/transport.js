/** How content scripts ask for something: by a message to the service worker, the only part that speaks HTTP. */
(() => {
  "use strict";
  if (globalThis.ClassActTransport) return; // the demo inbox talks to the server that served it

  /**
   * After an update of the extension this script is cut off, and `sendMessage` throws at once (measured, Chromium 156).
   * @returns {Failure}
   */
  function cutOff() {
    const { get } = globalThis.ClassActTexts;
    return { ok: false, code: "updated", error: get("updated"), hint: get("updated_hint") };
  }

  globalThis.ClassActTransport = Object.freeze({
    ask: async (op, payload) => {
      try {
        // `id` is gone in a script that was cut off, also where sendMessage itself would not throw
        if (!chrome.runtime?.id) return cutOff();
        const reply = await chrome.runtime.sendMessage({ op, payload });
        return reply ?? cutOff();
      } catch (error) {
        console.debug("Class Act: the extension's worker is out of reach:", String(error));
        return cutOff();
      }
    },
    onAsk: (op, answer) => {
      chrome.runtime.onMessage.addListener((message, sender, reply) => {
        if (sender.id === chrome.runtime.id && message?.op === op) reply(answer());
      });
    },
  });
})();
