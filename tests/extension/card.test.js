import assert from "node:assert/strict";
import test from "node:test";
import { DRAFT, show } from "./card-page.js";
import { REJECTION, SUGGESTION } from "./fake-server.js";
import { press, settle, until } from "./gmail-page.js";
import { text } from "./shipped.js";

const BEN = Object.freeze({
  name: "Ben Osei",
  address: "ben@harbour.example",
  title: "",
  part: "interviewer",
  part_name: "interviewer",
  reason: "interviewed you on 3 May",
  last_contact: "2026-05-03T13:00:00Z",
  answerable: true,
  why_not: "",
});

test("the card says the verdict, the sentence it rests on, company and role", () => {
  const { words } = show();
  for (const part of [text("verdict_passed"), REJECTION.evidence[0].text, "Harbour Analytics · Data Analyst"]) {
    assert.ok(words().includes(part), part);
  }
});

for (const [change, key] of [
  [{ reason: "filled" }, "verdict_filled"],
  [{ reason: "cancelled" }, "verdict_cancelled"],
  [{ reason: null }, "verdict_unsaid"],
  [{ reason: "passed", hold: true }, "verdict_hold"],
  [{ reason: "a reason of a later version" }, "verdict_unsaid"],
]) {
  test(`the heading for ${JSON.stringify(change)} is "${text(key)}"`, () => {
    assert.equal(show(change).root.querySelector("h2").textContent, text(key));
  });
}

test("a mail's words are shown as text, never as markup", () => {
  const { root } = show({
    evidence: [{ text: "<img src=x onerror=alert(1)>", start: 0, end: 1 }],
    company: "<b>Bold</b>",
  });
  assert.equal(root.querySelector("img, b"), null);
  assert.equal(root.querySelector("blockquote").textContent, "<img src=x onerror=alert(1)>");
});

test("the card is a region named by its heading, with a live region", () => {
  const { root } = show();
  assert.equal(root.querySelector("[role=region]").getAttribute("aria-labelledby"), root.querySelector("h2").id);
  assert.ok(root.querySelector("[role=status]"));
});

test("the card takes no focus when it appears", () => {
  const { document } = show();
  assert.equal(document.activeElement, document.body);
});

test("pressing a letter's button shows the letter and puts the focus in its text", async () => {
  const { push, field, root } = show();
  await push("thank_them");
  assert.equal(field("to").value, SUGGESTION.to);
  assert.equal(field("body").value, SUGGESTION.body);
  assert.equal(root.activeElement, field("body"));
});

test("every field of the letter has a label", async () => {
  const { push, root } = show();
  await push("thank_them");
  for (const control of root.querySelectorAll("input, textarea"))
    assert.ok(root.querySelector(`label[for="${control.id}"]`));
});

test("a click that the page makes does nothing", async () => {
  const { named, asked } = show();
  await settle();
  const before = asked.length;
  for (const key of ["thank_them", "send_thanks", "ask_for_feedback"]) named(key).click();
  await settle();
  assert.equal(asked.length, before);
});

test("all buttons are off at once while the server is asked", async () => {
  const { named, root, asked } = show();
  await settle();
  press(named("ask_for_feedback"));
  assert.ok([...root.querySelectorAll("button")].every((button) => button.getAttribute("aria-disabled") === "true"));
  press(named("remind_tomorrow"));
  await settle();
  assert.equal(asked.length, 2); // the letter that the card asked for when it appeared, and this one
});

test("nobody who wrote the mail can be answered, but somebody who took part can", async () => {
  const nobody = { kind: "thank_you", ...SUGGESTION, allowed: false, why: "No replies here.", to: "", people: [BEN] };
  const { words, root, field, asked } = show(
    {},
    { suggest: ({ to }) => (to ? { ...SUGGESTION, kind: "thank_you", to } : nobody) },
  );
  await settle();
  assert.ok(words().includes("No replies here."));
  press([...root.querySelectorAll("button")].find((button) => button.textContent === BEN.name));
  await settle();
  assert.equal(asked.at(-1)[1].to, BEN.address);
  assert.equal(field("to").value, BEN.address);
});

test("advice stands above the letter and can be overruled", async () => {
  const { push, words, named } = show({}, { suggest: { ...SUGGESTION, advice: "This looks like a form letter." } });
  await push("thank_them");
  assert.ok(words().includes("This looks like a form letter."));
  assert.ok(named("create_draft"));
});

test("a letter must be a draft before it can be sent", async () => {
  const { push, named, asked } = show();
  await push("thank_them");
  assert.equal(named("send"), undefined);
  await push("create_draft");
  assert.deepEqual(asked.at(-1), [
    "draft",
    {
      message_id: REJECTION.message_id,
      kind: "thank_you",
      to: SUGGESTION.to,
      subject: SUGGESTION.subject,
      body: SUGGESTION.body,
    },
  ]);
  assert.ok(named("send"));
});

test("an edit after the draft must be saved before the letter can be sent", async () => {
  const { push, named, write, asked } = show();
  await push("thank_them");
  await push("create_draft");
  write("body", "Dear Dana, thank you.");
  assert.equal(named("send"), undefined);
  await push("update_draft");
  assert.equal(asked.at(-1)[1].draft_id, DRAFT.draft_id);
  assert.equal(asked.at(-1)[1].body, "Dear Dana, thank you.");
  assert.ok(named("send"));
});

for (const [name, value, key] of [
  ["to", "nobody", "problem_to"],
  ["to", "a@b.example, c@d.example", "problem_to"],
  ["body", "  ", "problem_body"],
]) {
  test(`"${value}" as ${name} is named before anything is asked`, async () => {
    const { push, write, status, ops } = show();
    await push("thank_them");
    write(name, value);
    await push("create_draft");
    assert.equal(status(), text(key));
    assert.deepEqual(ops(), ["suggest"]);
  });
}

test("an unsure verdict asks before it says anything", () => {
  const { root, named } = show({ is_rejection: false, needs_review: true });
  assert.equal(root.querySelector("h2").textContent, text("review_question"));
  assert.ok(named("yes") && named("no"));
  assert.equal(named("thank_them"), undefined);
});

test("a yes is kept, and the letters come", async () => {
  const { push, named, asked } = show(
    { is_rejection: false, needs_review: true },
    { correct: { label: "rejection", state: "new" }, message: REJECTION },
  );
  await push("yes");
  assert.deepEqual(asked[0], ["correct", { message_id: REJECTION.message_id, is_rejection: true }]);
  assert.ok(named("thank_them"));
});

test("a wrong verdict is corrected with one click, and the card closes", async () => {
  const { push, asked, words, card } = show();
  await push("not_a_rejection");
  assert.deepEqual(asked.at(-1), ["correct", { message_id: REJECTION.message_id, is_rejection: false }]);
  assert.ok(words().includes(text("thanks_for_correcting")));
  await until(() => !card.host.isConnected);
  assert.ok(card.isGone);
});

const DANA = Object.freeze({ ...BEN, name: "Dana Roy", address: SUGGESTION.to, reason: "sent you this answer" });

test("who took part is listed with the reason, and another person gets a letter of their own", async () => {
  const people = [DANA, BEN, { ...BEN, name: "Nobody Reads", answerable: false, why_not: "Nobody reads this." }];
  const { push, words, field, asked, root } = show({}, { suggest: { ...SUGGESTION, people } });
  await push("thank_them");
  assert.ok(words().includes("interviewer · interviewed you on 3 May"));
  assert.ok(words().includes("Nobody reads this."));
  press([...root.querySelectorAll("button")].find((button) => button.textContent === BEN.name));
  await settle();
  const { message_id } = REJECTION;
  assert.deepEqual(asked.at(-1), ["suggest", { message_id, kind: "thank_you", to: BEN.address }]);
  assert.ok(field("body"));
});

test("warnings stand above the letter, and what the advice says is not said twice", async () => {
  const warnings = ["A machine sent this mail.", "Look twice."];
  const { push, words } = show({}, { suggest: { ...SUGGESTION, advice: "Look twice.", warnings } });
  await push("thank_them");
  assert.equal(words().split("Look twice.").length, 2);
  assert.ok(words().includes("A machine sent this mail."));
});
