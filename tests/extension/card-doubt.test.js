import assert from "node:assert/strict";
import test from "node:test";
import { OUTBOX, show } from "./card-page.js";
import { settle, type, until } from "./gmail-page.js";
import { text } from "./shipped.js";

const LOST = { ...OUTBOX, state: "unknown", problem: "" };
const ASKED = { ...LOST, can_settle: true };
const doubt = (outbox, answers = {}) => show({ state: "unknown", outbox }, { outbox, ...answers });

test("a letter in doubt is looked for, with no button at all meanwhile", () => {
  const { root, words } = doubt(LOST);
  assert.ok(words().includes(text("unknown")) && words().includes(text("unknown_looking")));
  assert.equal(root.querySelector("button"), null);
});

test("when no look could tell, the card asks how it ended, and no button sends", async () => {
  const { words, named, root } = doubt(LOST, { outbox: ASKED });
  await until(() => named("it_went"));
  assert.ok(words().includes(text("unknown_hint")));
  assert.deepEqual(
    [...root.querySelectorAll("button")].map((button) => button.textContent),
    [text("it_went"), text("it_did_not")],
  );
});

test("a look that finds the letter ends the doubt by itself", async () => {
  const { words, ops } = doubt(ASKED, { outbox: { ...OUTBOX, state: "sent" } });
  await until(() => words().includes(text("sent")));
  assert.ok(!ops().includes("send") && !ops().includes("settle"));
});

test("It went is noted, can be undone, and sends nothing", async () => {
  const answers = [{ ...LOST, state: "sent", told: true }, ASKED];
  const { push, asked, words, named, ops } = doubt(ASKED, { settle: () => answers.shift() });
  await push("it_went");
  assert.ok(words().includes(text("noted_went")));
  await push("undo");
  assert.deepEqual(
    asked.filter(([op]) => op === "settle").map(([, payload]) => payload),
    [
      { outbox_id: "o-1", said: "went" },
      { outbox_id: "o-1", said: "take_back" },
    ],
  );
  assert.ok(named("it_went"));
  assert.ok(!ops().includes("send"));
});

test("It did not leaves the letter to be opened, and can be undone", async () => {
  const problem = "You said that it did not go.";
  const { push, words, named, ops } = doubt(ASKED, { settle: { ...LOST, state: "failed", told: true, problem } });
  await push("it_did_not");
  assert.ok(words().includes(problem));
  assert.ok(named("open_letter") && named("undo"));
  assert.ok(!ops().includes("send"));
});

test("what the mailbox knows better is said, with no word to undo", async () => {
  const { push, words, named } = doubt(ASKED, { settle: { ...LOST, state: "sent", told: false } });
  await push("it_did_not");
  assert.ok(words().includes(text("sent")));
  assert.equal(named("undo"), undefined);
});

test("Escape takes nothing back from a letter in doubt", async () => {
  const { named, ops } = doubt(ASKED);
  named("it_went").focus();
  type(named("it_went"), "Escape");
  await settle();
  assert.ok(!ops().includes("undo"));
});
