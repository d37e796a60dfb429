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

const ADA = {
  name: "Ada Lovell",
  title: "Head of Coffee",
  part: "interviewer",
  part_name: "interviewer",
  reason: "",
  last_contact: "",
  answerable: true,
  why_not: "",
};

test("the letter that would go can be read before it goes", async () => {
  const { root } = show();
  await settle();
  const reading = root.querySelector("details");
  assert.equal(reading.open, false);
  assert.ok(reading.textContent.includes(SUGGESTION.to) && reading.textContent.includes(SUGGESTION.body));
});

test("no letter is offered before it is known whom one could write to", async () => {
  let answer;
  const suggest = new Promise((done) => {
    answer = done;
  });
  const { root, named, words } = show({}, { suggest });
  await settle();
  assert.deepEqual(
    [...root.querySelectorAll("button")].map((button) => button.textContent),
    [text("not_a_rejection")],
  );
  assert.ok(words().includes(text("looking_whom")));
  answer({ kind: "thank_you", ...SUGGESTION });
  await until(() => named("send_thanks"));
  assert.ok(!words().includes(text("looking_whom")));
});

test("who would be thanked stands above the buttons, by name where one is known", async () => {
  const alone = show();
  await settle();
  assert.equal(alone.root.querySelector(".whom").textContent, text("whom", SUGGESTION.to));
  const known = show({}, { suggest: { ...SUGGESTION, people: [{ ...ADA, address: SUGGESTION.to }] } });
  await settle();
  assert.equal(known.root.querySelector(".whom").textContent, text("whom", `Ada Lovell (${SUGGESTION.to})`));
});

test("what was pressed meanwhile stays when the letter comes", async () => {
  let answer;
  const suggest = new Promise((done) => {
    answer = done;
  });
  const { push, words, named } = show({}, { suggest });
  await push("not_a_rejection");
  answer({ kind: "thank_you", ...SUGGESTION });
  await settle();
  assert.ok(words().includes(text("thanks_for_correcting")));
  assert.equal(named("send_thanks"), undefined);
});

test("advice against a letter is said before anything is pressed", async () => {
  const { words } = show({}, { suggest: { ...SUGGESTION, one_click: false, advice: "A form mail needs no answer." } });
  await settle();
  assert.ok(words().includes("A form mail needs no answer."));
  assert.ok(!words().includes(text("no_hurry")));
});

test("a mail that was answered by hand offers letters, and none that goes at once", async () => {
  const { words, named } = show({ state: "answered" });
  await settle();
  assert.ok(words().includes(text("answered")));
  assert.ok(named("ask_for_feedback"));
  assert.equal(named("send_thanks"), undefined);
});

test("one press sends the letter that was shown, with a countdown and Undo under the focus", async () => {
  const { push, asked, root, named, field, status, words } = show();
  await settle();
  await push("send_thanks");
  const { to, subject, body } = SUGGESTION;
  const { message_id } = REJECTION;
  const pressed = asked.find(([op]) => op === "send_suggested");
  assert.deepEqual(pressed[1], { message_id, kind: "thank_you", to, subject, body });
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
  for (const key of ["send_thanks", "thank_them", "ask_for_feedback", "remind_tomorrow"])
    assert.equal(named(key), undefined, key);
  assert.ok(named("not_a_rejection"));
  assert.ok(words().includes("Nobody reads it."));
});

test("a letter that could not be had is asked for again when somebody presses", async () => {
  const down = { ok: false, code: "not_running", error: "Down.", hint: "", status: 0 };
  const answers = [down, { kind: "thank_you", ...SUGGESTION }];
  const { push, ops, status } = show({}, { suggest: () => answers.shift() });
  await settle();
  assert.equal(status(), "");
  await push("send_thanks");
  const presses = ops().filter((op) => op !== "outbox"); // the letter on its way is looked at meanwhile
  assert.deepEqual(presses, ["suggest", "suggest", "send_suggested"]);
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
