/** A scrubbed outline of Gmail's page for a bug report: tags, class names and attribute names, never a word of text. */
(() => {
  "use strict";
  const LINES = 400;
  const DEPTH = 24;

  /** @param {Element} element */
  function describe(element) {
    const classes = [...element.classList].map((name) => `.${name}`).join("");
    const names = element.getAttributeNames().filter((name) => !["class", "style"].includes(name));
    return element.localName + classes + names.map((name) => `[${name}]`).join("");
  }

  /**
   * @param {ParentNode} root
   * @returns {string} one element a line, indented; mail bodies and our own card are left out
   */
  function outline(root) {
    /** @type {string[]} */
    const lines = [];
    /** @type {(element: Element, depth: number) => void} */
    const walk = (element, depth) => {
      if (lines.length >= LINES || depth > DEPTH || element.localName === "classact-card") return;
      lines.push("  ".repeat(depth) + describe(element));
      if (element.matches(".a3s, script, style, svg")) return; // class names inside a mail are its writer's words
      for (const child of element.children) walk(child, depth + 1);
    };
    const start = root.querySelector('[role="main"]') ?? root.querySelector("body");
    if (start) walk(start, 0);
    return lines.join("\n");
  }

  globalThis.ClassActOutline = Object.freeze({ outline });
})();
