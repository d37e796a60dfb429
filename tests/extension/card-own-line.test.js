import assert from "node:assert/strict";
import test from "node:test";
import { OUTBOX, show } from "./card-page.js";
import { REJECTION, SUGGESTION } from "./fake-server.js";
import { gmailPage, fixture, settle, type } from "./gmail-page.js";
import { text } from "./shipped.js";

const LINE = "I still think of the lost ferry.";
const OTHER = "I still think of the tide tables.";
const { message_id } = REJECTION;

/** The letter as the server writes it: with the line, if there is one. */
const letter = ({ kind, specific }) => ({
  ...SUGGESTION,
  kind,
  body: specific ? SUGGESTION.body.replace("\n\nKind", () => `\n\n${specific}\n\nKind`) : SUGGESTION.body,
  ...(specific && { specific }),
});

/** A card whose server keeps the line. */
function card(message = {}, kept = message.specific ?? "") {
  const suggest = (payload) => {
    kept = payload.specific ?? kept;
    return letter({ ...payload, specific: kept });
  };
  const shown = show(message, { suggest });
  const say = async (line) => {
    const field = shown.field("line");
    field.value = line;
    field.dispatchEvent(new shown.document.defaultView.Event("change"));
    await settle();
  };
  return { ...shown, say };
}

test("the line is asked for in one field that may stay empty", async () => {
  const { push, root, field } = card();
  await push("thank_them");
  assert.equal(root.querySelector(`label[for="${field("line").id}"]`).textContent, text("own_line"));
  assert.equal(field("line").required, false);
  assert.equal(field("line").value, "");
});

test("the letter is written anew with the line, which the server keeps", async () => {
  const { push, say, asked, field, status, card: made } = card();
  await push("thank_them");
  await say(`  ${LINE}\n`);
  assert.deepEqual(asked.at(-1), ["suggest", { message_id, kind: "thank_you", specific: LINE }]);
  assert.ok(field("body").value.includes(LINE));
  assert.equal(status(), text("line_in"));
  assert.equal(made.isNeeded, false); // nothing of the seeker's would be lost with the card
});

test("an empty line takes it out again", async () => {
  const { push, say, field, status } = card({ specific: LINE });
  await push("thank_them");
  assert.equal(field("line").value, LINE);
  await say("");
  assert.equal(field("body").value, SUGGESTION.body);
  assert.equal(status(), text("line_out"));
});

test("the same line asks nothing", async () => {
  const { push, say, ops } = card({ specific: LINE });
  await push("thank_them");
  const before = ops().length;
  await say(` ${LINE}`);
  assert.equal(ops().length, before);
});

test("an edited letter keeps the seeker's words: the line alone is changed in it", async () => {
  const { push, say, write, field, status } = card({ specific: LINE });
  await push("thank_them");
  write("body", `Hello!\n\n${LINE}\n\nYours`);
  await say(OTHER);
  assert.equal(field("body").value, `Hello!\n\n${OTHER}\n\nYours`);
  assert.equal(status(), text("line_swapped"));
  await say("");
  assert.equal(field("body").value, "Hello!\n\nYours");
});

test("an edited letter without a line stays, may be written anew, and comes back", async () => {
  const { push, say, write, field, status } = card();
  await push("thank_them");
  write("body", "My own words.");
  await say(LINE);
  assert.equal(field("body").value, "My own words.");
  assert.equal(status(), text("line_kept"));
  await push("write_anew");
  assert.ok(field("body").value.includes(LINE));
  await push("my_words_back");
  assert.equal(field("body").value, "My own words.");
});

test("a saved draft shows the kept line and is not written over", async () => {
  const { push, say, field, named } = card({ state: "drafted", outbox: OUTBOX, specific: LINE });
  await push("open_letter");
  assert.equal(field("line").value, LINE);
  await say(OTHER);
  assert.equal(field("body").value, OUTBOX.body);
  assert.ok(named("write_anew"));
});

test("saving waits until the line has been seen in the letter", async () => {
  const { push, field, ops } = card();
  await push("thank_them");
  field("line").value = LINE;
  type(field("line"), "Enter", { ctrlKey: true });
  await settle();
  assert.ok(field("body").value.includes(LINE));
  assert.ok(!ops().includes("draft"));
  await push("create_draft");
  assert.ok(ops().includes("draft"));
});

test("the next letter and Send thanks have the line too", async () => {
  const { push, say, field, asked } = card();
  await push("ask_for_feedback");
  await say(LINE);
  await push("close_letter");
  await push("send_thanks");
  const pressed = asked.find(([op]) => op === "send_suggested");
  assert.ok(pressed[1].body.includes(LINE));
  assert.equal(field("line"), null);
});

test("a letter to another person is written anew to that person", async () => {
  const ben = {
    name: "Ben Osei",
    address: "ben@harbour.example",
    answerable: true,
    reason: "",
    title: "",
    part_name: "",
  };
  const { root, push, asked, document } = show(
    {},
    { suggest: ({ kind, to }) => ({ ...letter({ kind }), people: [ben], ...(to && { to }) }) },
  );
  await push("thank_them");
  [...root.querySelectorAll("summary")].at(-1).parentElement.open = true;
  const { press } = await import("./gmail-page.js");
  press([...root.querySelectorAll("button")].find((button) => button.textContent === ben.name));
  await settle();
  const field = root.querySelector("#letter-line");
  field.value = LINE;
  field.dispatchEvent(new document.defaultView.Event("change"));
  await settle();
  assert.deepEqual(asked.at(-1)[1], { message_id, kind: "thank_you", specific: LINE, to: ben.address });
});

test("a line that stands twice or holds a dollar sign is changed once and to the letter", () => {
  const { ClassActOwnLine } = gmailPage(fixture("one"));
  assert.equal(ClassActOwnLine.swapped("a x b x", "x", "$& $1"), "a $& $1 b x");
  assert.equal(ClassActOwnLine.swapped("nothing of it", "x", "y"), "");
});
