/** The demo inbox's way to ask: straight to the server that served the page, where the extension asks its worker. */
(() => {
  "use strict";

  /** @type {Ask} */
  async function ask(op, payload) {
    if (op === "health") return { ok: true, value: /** @type {any} */ (null) }; // nothing of Gmail's to watch here
    const { get } = globalThis.ClassActTexts;
    const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
    try {
      const response = await fetch(`/demo/api/${encodeURIComponent(op)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
        body: JSON.stringify(payload),
        credentials: "same-origin",
        redirect: "error",
      });
      const value = await response.json();
      if (response.ok) return { ok: true, value };
      const { code = "fault", error = get("trouble_fault"), hint = "" } = value;
      return { ok: false, code, error, hint, status: response.status };
    } catch (error) {
      console.debug("Class Act: no usable answer:", String(error));
      const hint = get("trouble_not_running_hint");
      return { ok: false, code: "not_running", error: get("trouble_not_running"), hint, status: 0 };
    }
  }

  globalThis.ClassActTransport = Object.freeze({ ask });
})();
