import assert from "node:assert/strict";
import test from "node:test";
import { DRAFT, OUTBOX, show } from "./card-page.js";
import { SUGGESTION } from "./fake-server.js";
import { settle, type, until } from "./gmail-page.js";
import { text } from "./shipped.js";

test("sending counts down, with Undo under the focus", async () => {
  const { push, named, root } = show();
  await push("thank_them");
  await push("create_draft");
  await push("send");
  assert.match(root.querySelector("[role=timer]").textContent, /^Sending in \d+ s$/);
  assert.equal(root.activeElement, named("undo"));
});

test("undo brings the letter back as it was", async () => {
  const { push, field, status, named, asked } = show();
  await push("thank_them");
  await push("create_draft");
  await push("send");
  await push("undo");
  assert.deepEqual(asked.at(-1), ["undo", { outbox_id: "o-1" }]);
  assert.equal(field("body").value, SUGGESTION.body);
  assert.equal(status(), text("taken_back"));
  assert.ok(named("send"));
});

test("the countdown ends when the server says so", async () => {
  const { push, words, named } = show({}, { outbox: { state: "sent", problem: "", undo_until: null } });
  await push("thank_them");
  await push("create_draft");
  await push("send");
  await until(() => words().includes(text("sent")));
  assert.equal(named("thank_them"), undefined);
  assert.ok(named("ask_for_feedback"));
});

test("a server that stops answering is asked again, and nothing is sent a second time", async () => {
  const down = { ok: false, code: "not_running", error: "Class Act is not answering.", hint: "", status: 0 };
  const answers = [down, down, { state: "sent", problem: "", undo_until: null }];
  const { push, words, ops } = show({}, { outbox: () => answers.shift() });
  await push("thank_them");
  await push("create_draft");
  await push("send");
  await until(() => words().includes(text("sent")));
  assert.equal(ops().filter((op) => op === "send").length, 1);
});

test("a letter on its way is followed when the mail is opened again", async () => {
  const { words } = show(
    { state: "sending", outbox: { ...OUTBOX, state: "sending" } },
    { outbox: { state: "sent", problem: "", undo_until: null } },
  );
  assert.ok(words().includes(text("sending")));
  await until(() => words().includes(text("sent")));
});

test("a letter that was taken back elsewhere can be sent again at once", async () => {
  const { push, named } = show({}, { outbox: { state: "undone", problem: "", undo_until: null } });
  await push("thank_them");
  await push("create_draft");
  await push("send");
  await until(() => named("close_letter"));
  for (const key of ["send", "close_letter", "remind_tomorrow"])
    assert.equal(named(key).getAttribute("aria-disabled"), null, key);
  assert.equal(named("draft_saved").getAttribute("aria-disabled"), "true");
});

test("a restart during the countdown ends it, and the card asks", async () => {
  const { push, words } = show({}, { outbox: { state: "held", problem: "", undo_until: null } });
  await push("thank_them");
  await push("create_draft");
  await push("send");
  await until(() => words().includes(text("was_waiting")));
});

test("a letter held over a restart waits for the seeker", async () => {
  const { words, push, asked, ops } = show({ state: "held", outbox: { ...OUTBOX, state: "held" } });
  assert.ok(words().includes(text("was_waiting")));
  assert.deepEqual(ops(), []);
  await push("send_now");
  assert.deepEqual(asked[0], ["send", DRAFT]);
});

test("a letter held over a restart can stay a draft", async () => {
  const { push, asked, named } = show({ state: "held", outbox: { ...OUTBOX, state: "held" } });
  await push("keep_draft");
  assert.deepEqual(asked[0], ["undo", { outbox_id: "o-1" }]);
  assert.ok(named("open_letter"));
});

test("a saved draft opens with its text and can be sent", async () => {
  const { push, field, named, asked } = show({ state: "drafted", outbox: OUTBOX });
  await push("open_letter");
  assert.equal(field("body").value, OUTBOX.body);
  assert.deepEqual(asked, []);
  assert.ok(named("send"));
});

test("a failed letter says why and stays a draft", async () => {
  const { words, push, field } = show({
    state: "failed",
    outbox: { ...OUTBOX, state: "failed", problem: "The address is unknown." },
  });
  assert.ok(words().includes("The address is unknown."));
  await push("open_letter");
  assert.equal(field("to").value, OUTBOX.to);
});

const GONE = { ok: false, code: "draft_gone", error: "Its draft is gone.", hint: "Send it again.", status: 409 };

test("a waiting letter whose draft is gone says so, and opens to be sent again", async () => {
  const { push, words, named, asked } = show({ state: "held", outbox: { ...OUTBOX, state: "held" } }, { send: GONE });
  await push("send_now");
  assert.ok(words().includes("Its draft is gone. Send it again."));
  assert.equal(named("send_now"), undefined);
  await push("open_letter");
  await push("send");
  assert.deepEqual(asked.at(-1), ["send", DRAFT]);
});

test("a letter that got a new draft is sent by that one after an undo", async () => {
  const anew = { draft_id: "r-2", revision: "v2" };
  const held = { outbox_id: "o-1", state: "held", undo_until: "2999-01-01T00:00:00Z", ...anew };
  const answers = [GONE, held, held];
  const { push, status, asked } = show({ state: "drafted", outbox: OUTBOX }, { send: () => answers.shift() });
  await push("open_letter");
  await push("send");
  assert.equal(status(), "Its draft is gone. Send it again.");
  await push("send");
  await push("undo");
  await push("open_letter");
  await push("send");
  assert.deepEqual(asked.filter(([op]) => op === "send").at(-1), ["send", anew]);
});

test("an error is shown with its hint, and the letter stays", async () => {
  const refusal = {
    ok: false,
    code: "refused",
    error: "The draft was changed in Gmail.",
    hint: "Open it there.",
    status: 409,
  };
  const { push, status, field, named } = show({}, { send: refusal });
  await push("thank_them");
  await push("create_draft");
  await push("send");
  assert.equal(status(), "The draft was changed in Gmail. Open it there.");
  assert.equal(field("body").value, SUGGESTION.body);
  assert.ok(named("send"));
});

test("Ctrl+Enter saves, then leads to Send, and never sends", async () => {
  const { push, field, named, root, ops } = show();
  await push("thank_them");
  type(field("body"), "Enter", { ctrlKey: true });
  await settle();
  assert.deepEqual(ops(), ["suggest", "draft"]);
  type(field("body"), "Enter", { metaKey: true });
  await settle();
  assert.equal(root.activeElement, named("send"));
  assert.deepEqual(ops(), ["suggest", "draft"]);
});

test("Escape closes the letter and keeps what was written", async () => {
  const { push, field, write, card } = show();
  await push("thank_them");
  write("body", "My own words");
  type(field("body"), "Escape");
  assert.equal(field("body"), null);
  assert.ok(card.isNeeded);
  await push("thank_them");
  assert.equal(field("body").value, "My own words");
});

test("Escape during the countdown takes the letter back", async () => {
  const { push, named, asked } = show();
  await push("thank_them");
  await push("create_draft");
  await push("send");
  type(named("undo"), "Escape");
  await settle();
  assert.deepEqual(asked.at(-1), ["undo", { outbox_id: "o-1" }]);
});
