import assert from "node:assert/strict";
import test from "node:test";
import { fixture, gmailPage, type } from "./gmail-page.js";

function guarded() {
  const window = gmailPage(fixture("one"), { until: "content/keyguard.js" });
  const { document } = window;
  const host = document.body.appendChild(document.createElement("classact-card"));
  const box = host.attachShadow({ mode: "open" }).appendChild(document.createElement("textarea"));
  const seen = { gmail: [], card: [] };
  for (const target of [window, document, host]) {
    for (const name of ["keydown", "keypress", "keyup"]) {
      for (const capture of [true, false]) target.addEventListener(name, ({ key }) => seen.gmail.push(key), capture);
    }
  }
  window.ClassActKeyguard.guard(host, ({ key }) => seen.card.push(key));
  return { window, document, host, box, seen };
}

test("a key pressed inside the card reaches no listener of Gmail's", () => {
  const { box, seen } = guarded();
  type(box, "e");
  type(box, "#");
  assert.deepEqual(seen.gmail, []);
  assert.deepEqual(seen.card, ["e", "#"]);
});

test("typing still works: the guard prevents no default action", () => {
  const { window, box } = guarded();
  const event = new window.KeyboardEvent("keydown", { key: "a", bubbles: true, composed: true, cancelable: true });
  box.dispatchEvent(event);
  assert.equal(event.defaultPrevented, false);
});

test("a key that the page itself makes up does not act in the card", () => {
  const { window, box, seen } = guarded();
  box.dispatchEvent(new window.KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }));
  assert.deepEqual(seen.card, []);
});

test("keys outside the card are left to Gmail", () => {
  const { document, seen } = guarded();
  type(document.querySelector(".a3s"), "e");
  assert.equal(seen.gmail.length, 4); // window and document, each in both phases
  assert.deepEqual(seen.card, []);
});
