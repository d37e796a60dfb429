import assert from "node:assert/strict";
import test from "node:test";
import { OUTBOX, show } from "./card-page.js";
import { REJECTION, SUGGESTION } from "./fake-server.js";
import { press, settle, type, until } from "./gmail-page.js";
import { text } from "./shipped.js";

const HELD_BACK = {
  held: null,
  offer: { kind: "thank_you", ...SUGGESTION },
  kept: null,
  why: "This looks like a form mail.",
};

test("the letter that would go can be read before it goes", async () => {
  const { root } = show();
  await settle();
  const reading = root.querySelector("details");
  assert.equal(reading.open, false);
  assert.ok(reading.textContent.includes(SUGGESTION.to) && reading.textContent.includes(SUGGESTION.body));
});

test("Send thanks waits for the letter that it would send", async () => {
  const { named, asked } = show({}, { suggest: new Promise(() => {}) });
  press(named("send_thanks"));
  await settle();
  assert.equal(named("send_thanks").getAttribute("aria-disabled"), "true");
  assert.deepEqual(
    asked.map(([op]) => op),
    ["suggest"],
  );
});

test("one press sends the letter that was shown, with a countdown and Undo under the focus", async () => {
  const { push, asked, root, named, field, status, words } = show();
  await settle();
  await push("send_thanks");
  const { to, subject, body } = SUGGESTION;
  const { message_id } = REJECTION;
  assert.deepEqual(asked.at(-1), ["send_suggested", { message_id, kind: "thank_you", to, subject, body }]);
  assert.match(root.querySelector("[role=timer]").textContent, /^Sending in \d+ s$/);
  assert.equal(root.activeElement, named("undo"));
  assert.equal(status(), text("can_undo"));
  assert.equal(field("body"), null);
  assert.ok(root.querySelector("details").open && words().includes(OUTBOX.body));
});

test("a double click asks once", async () => {
  const { named, ops } = show();
  await settle();
  const button = named("send_thanks");
  press(button);
  press(button);
  await settle();
  assert.equal(ops().filter((op) => op === "send_suggested").length, 1);
});

test("Undo and Escape take it back, and a draft is left", async () => {
  for (const back of ["undo", "Escape"]) {
    const { push, named, asked, status } = show();
    await settle();
    await push("send_thanks");
    if (back === "undo") press(named("undo"));
    else type(named("undo"), "Escape");
    await settle();
    assert.deepEqual(asked.at(-1), ["undo", { outbox_id: "o-1" }]);
    assert.equal(status(), text("taken_back"));
    assert.ok(named("open_letter"));
  }
});

test("what speaks against it opens the letter and says why", async () => {
  const { push, field, words, status, root } = show({}, { send_suggested: HELD_BACK });
  await settle();
  await push("send_thanks");
  assert.equal(root.activeElement, field("body"));
  assert.equal(field("body").value, SUGGESTION.body);
  assert.ok(words().includes(HELD_BACK.why));
  assert.equal(root.getElementById(field("body").getAttribute("aria-describedby")).textContent, HELD_BACK.why);
  assert.equal(status(), text("read_first"));
});

test("a draft that is there already opens with its own words, ready to be sent", async () => {
  const kept = { ...OUTBOX, body: "My own words." };
  const { push, field, named } = show({}, { send_suggested: { ...HELD_BACK, kept } });
  await settle();
  await push("send_thanks");
  assert.equal(field("body").value, "My own words.");
  assert.ok(named("send"));
});

test("words that the seeker wrote and did not save are not passed over", async () => {
  const { push, write, field, ops } = show();
  await settle();
  await push("thank_them");
  write("body", "My own words.");
  type(field("body"), "Escape");
  await settle();
  await push("send_thanks");
  assert.equal(field("body").value, "My own words.");
  assert.ok(!ops().includes("send_suggested"));
});

test("where nobody reads answers there is no button that sends, and the card says why", async () => {
  const { named, words } = show({}, { suggest: { ...SUGGESTION, allowed: false, why: "Nobody reads it.", to: "" } });
  await settle();
  assert.equal(named("send_thanks"), undefined);
  assert.ok(words().includes("Nobody reads it."));
});

test("a letter that could not be had is asked for again when somebody presses", async () => {
  const down = { ok: false, code: "not_running", error: "Down.", hint: "", status: 0 };
  const answers = [down, { kind: "thank_you", ...SUGGESTION }];
  const { push, ops, status } = show({}, { suggest: () => answers.shift() });
  await settle();
  assert.equal(status(), "");
  await push("send_thanks");
  assert.deepEqual(ops(), ["suggest", "suggest", "send_suggested"]);
});

test("a thread that has been answered asks a second time, and then means it", async () => {
  const answered = { ok: false, code: "answered", error: "You have already answered.", hint: "Really?", status: 409 };
  const replies = [answered, { outbox_id: "o-1", state: "sent", undo_until: null }];
  const { push, words, asked } = show({ state: "drafted", outbox: OUTBOX }, { send: () => replies.shift() });
  await push("open_letter");
  await push("send");
  assert.ok(words().includes("You have already answered."));
  await push("send_all_the_same");
  assert.equal(asked.at(-1)[1].confirmed, true);
  assert.ok(words().includes(text("sent")));
});

test("a letter that another tab has sent is followed, not saved again", async () => {
  const { push, words } = show({}, { draft: { ...OUTBOX, state: "sent" } });
  await push("thank_them");
  await push("create_draft");
  await until(() => words().includes(text("sent")));
});
