/** Builds the card's nodes from text alone: no markup is ever parsed, and only a real press does anything. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag
   * @param {Record<string, string>} [attributes]
   * @param {...(Node | string)} children strings become text nodes
   * @returns {HTMLElementTagNameMap[T]}
   */
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /**
   * A button that answers to a person only: a click made by the page is not trusted and does nothing.
   *
   * It is switched off by aria-disabled: Chrome takes the focus away from a button with `disabled`, and the next key
   * would then be a shortcut of Gmail's.
   * @param {string} label
   * @param {"primary" | "plain" | "quiet"} look
   * @param {() => void} press
   */
  function button(label, look, press) {
    const element = el("button", { type: "button", class: look }, label);
    element.addEventListener("click", (event) => {
      if (event.isTrusted && !isOff(element)) press();
    });
    return element;
  }

  /** A sentence with its `commands` set as code. @param {string} text @returns {(Node | string)[]} */
  function withCode(text) {
    const parts = text.split("`");
    if (parts.length % 2 === 0) return [text]; // a lone backtick is just a character
    return parts.map((part, at) => (at % 2 ? el("code", {}, part) : part)).filter((part) => part !== "");
  }

  /** @param {Element} element @param {boolean} off */
  function setOff(element, off) {
    if (off) element.setAttribute("aria-disabled", "true");
    else element.removeAttribute("aria-disabled");
  }

  /** @param {Element} element */
  function isOff(element) {
    return element.getAttribute("aria-disabled") === "true";
  }

  /** The mark of Class Act: an open C, and a point that goes on its way. The glyph of icons/mark.svg. */
  function mark() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "6 6 20 20");
    svg.setAttribute("class", "mark");
    svg.setAttribute("aria-hidden", "true");
    const arc = document.createElementNS(SVG, "path");
    arc.setAttribute("d", "M20.2 9.2A8 8 0 1 0 20.2 22.8");
    const point = document.createElementNS(SVG, "circle");
    for (const [name, value] of [
      ["cx", "23.4"],
      ["cy", "16"],
      ["r", "2.4"],
    ]) {
      if (name && value) point.setAttribute(name, value);
    }
    svg.append(arc, point);
    return svg;
  }

  globalThis.ClassActNodes = Object.freeze({ el, button, withCode, setOff, isOff, mark });
})();
