/** A page like Gmail's, in jsdom, with our content scripts running in it as Chrome would run them. */
import { readFileSync } from "node:fs";
import { afterEach } from "node:test";
import { JSDOM } from "jsdom";
import { EXTENSION, SCRIPTS, text } from "./shipped.js";

const HERE = new URL("./", import.meta.url);
/** Pages of the running test; closing them stops their timers. */
const opened = [];
afterEach(() => {
  for (const window of opened.splice(0)) window.close();
});

/** @param {string} name of a file in fixtures/ */
export function fixture(name) {
  return readFileSync(new URL(`fixtures/${name}.html`, HERE), "utf8");
}

/**
 * @param {string} html
 * @param {{ask?: Function, until?: string, route?: string, haste?: number}} [options] until: the last
 *   content script to load; haste: how many times faster its timers run
 */
export function gmailPage(html, options = {}) {
  const { ask = async () => ({ ok: false }), until = "content/card.js", route = "#inbox", haste = 1 } = options;
  const url = `https://mail.google.com/mail/u/0/${route}`;
  const { window } = new JSDOM(html, { url, runScripts: "outside-only", pretendToBeVisual: true });
  opened.push(window);
  const { setTimeout: later } = window;
  window.setTimeout = (call, ms) => later(call, ms / haste);
  // jsdom has no constructed stylesheets; looks are checked by the contrast test and in a real browser
  window.CSSStyleSheet = class {
    replaceSync() {}
  };
  window.ClassActTexts = { ready: Promise.resolve(), get: text };
  window.ClassActTransport = { ask };
  for (const file of SCRIPTS.slice(0, SCRIPTS.indexOf(until) + 1)) {
    window.eval(readFileSync(new URL(file, EXTENSION), "utf8"));
  }
  return window;
}

/** jsdom's own object behind a DOM object. @param {object} wrapper */
function inner(wrapper) {
  return wrapper[Object.getOwnPropertySymbols(wrapper).find(({ description }) => description === "impl")];
}

/** Fires an event as the browser does for a person; dispatchEvent only makes untrusted ones. */
export function byHand(target, event) {
  inner(event).isTrusted = true;
  inner(target)._dispatch(inner(event));
}

/** @param {HTMLElement} button */
export function press(button) {
  button.focus();
  byHand(button, new button.ownerDocument.defaultView.MouseEvent("click", { bubbles: true, composed: true }));
}

/** @param {Element} target @param {string} key @param {object} [how] */
export function type(target, key, how = {}) {
  const { KeyboardEvent } = target.ownerDocument.defaultView;
  byHand(target, new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...how }));
}

/** Lets everything that is ready to run, run. */
export async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((done) => setImmediate(done));
}

/** Waits until the question is answered by something truthy. @param {() => unknown} question */
export async function until(question) {
  for (let turn = 0; turn < 400; turn += 1) {
    const answer = question();
    if (answer) return answer;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error(`never came true: ${question}`);
}
