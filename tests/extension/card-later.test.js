import assert from "node:assert/strict";
import test from "node:test";
import { OUTBOX, show } from "./card-page.js";
import { REJECTION } from "./fake-server.js";
import { settle } from "./gmail-page.js";
import { text } from "./shipped.js";

const SET = { id: "0123456789abcdef", due: "2026-11-24T09:00:00", due_now: false };
const TOLD = text("reminded_on", "Tuesday, 24 November", "9:00 AM"); // the day as the pages write it, the hour as the browser does
const { message_id } = REJECTION;

test("Remind me tomorrow morning stands beside Send thanks and says the date, with an undo under the focus", async () => {
  const { push, asked, named, words, root } = show({}, { remind: SET });
  await settle();
  assert.ok(named("remind_tomorrow").closest(".actions").contains(named("send_thanks")));
  await push("remind_tomorrow");
  assert.deepEqual(asked.at(-1), ["remind", { message_id }]);
  assert.ok(words().includes(TOLD));
  assert.equal(named("remind_tomorrow"), undefined);
  assert.equal(root.activeElement, named("undo"));
  assert.equal(root.getElementById(named("undo").getAttribute("aria-describedby")).textContent, TOLD);
});

test("undo takes the reminder back, and the button is there again", async () => {
  const { push, asked, named, words, status, root } = show({}, { remind: SET, remind_undo: { reminder: null } });
  await push("remind_tomorrow");
  await push("undo");
  assert.deepEqual(asked.at(-1), ["remind_undo", { message_id }]);
  assert.equal(status(), text("reminder_gone"));
  assert.ok(!words().includes(TOLD));
  assert.equal(root.activeElement, named("remind_tomorrow"));
  assert.equal(named("remind_tomorrow").hasAttribute("aria-disabled"), false);
});

test("a reminder that was set before is shown when the mail is opened again", async () => {
  const { words, named } = show({ reminder: SET });
  await settle();
  assert.ok(words().includes(TOLD));
  assert.ok(named("undo") && named("send_thanks"));
});

test("one that has come due can be put off again", async () => {
  const { named, words } = show({ reminder: { ...SET, due_now: true } });
  await settle();
  assert.ok(named("remind_tomorrow"));
  assert.ok(!words().includes(TOLD));
});

test("a saved letter can be put off too, open or not", async () => {
  const { push, named } = show({ state: "drafted", outbox: OUTBOX });
  await settle();
  assert.ok(named("remind_tomorrow"));
  await push("open_letter");
  assert.ok(named("remind_tomorrow"));
});

test("a letter that waits after a restart can be put off too", async () => {
  const { push, words, named } = show({ state: "held", outbox: { ...OUTBOX, state: "held" } }, { remind: SET });
  await push("remind_tomorrow");
  assert.ok(words().includes(TOLD));
  assert.ok(named("send_now") && named("keep_draft"));
});

test("a server that refuses leaves the button, and its words are shown", async () => {
  const refusal = { ok: false, code: "fault", error: "Not now.", hint: "", status: 500 };
  const { push, named, status } = show({}, { remind: refusal });
  await push("remind_tomorrow");
  assert.equal(status(), "Not now.");
  assert.ok(named("remind_tomorrow"));
});
