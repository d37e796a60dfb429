/** What the options page and the popup share: texts from the catalogue, questions to the worker, nodes from text. */

/** Puts the catalogue's texts where the page asks for them: an element with data-text. @param {ParentNode} root */
export function fillTexts(root) {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const element of root.querySelectorAll("[data-text]")) {
    element.replaceChildren(...withCode(get(element.getAttribute("data-text") ?? "")));
  }
}

/** @param {string} key @param {...(string | number)} values */
export function get(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String)) || key;
}

/** @type {Ask} */
export async function ask(op, payload) {
  return chrome.runtime.sendMessage({ op, payload });
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A sentence with its `commands` set as code. @param {string} text @returns {(Node | string)[]} */
export function withCode(text) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text]; // a lone backtick is just a character
  return parts.map((part, at) => (at % 2 ? el("code", {}, part) : part)).filter((part) => part !== "");
}

/**
 * The element with that id, of the kind the page was written with.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`#${id} is missing from the page`);
  return element;
}

/** An error and its hint as one paragraph of text. @param {Failure} failure */
export function sentence({ error, hint }) {
  return [error, hint].filter(Boolean).join(" ");
}
