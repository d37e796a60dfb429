import assert from "node:assert/strict";
import test from "node:test";
import { REJECTION, SUGGESTION } from "./fake-server.js";
import { fixture, gmailPage, press, settle, until } from "./gmail-page.js";
import { text } from "./shipped.js";

const ID = "18f3c2d4e5f60001";

/** Gmail with the whole content script at work. `answers` replies to "message", by id. */
async function gmail(
  name,
  answers = () => ({ ok: true, value: { ...REJECTION, message_id: ID } }),
  route = "#inbox",
  haste = 1,
) {
  const asked = [];
  const ask = async (op, payload) => {
    asked.push([op, { ...payload }]);
    if (op === "message") return answers(payload);
    return { ok: true, value: op === "suggest" ? { kind: payload.kind, ...SUGGESTION } : null };
  };
  const window = gmailPage(fixture(name), { ask, until: "content/main.js", route, haste });
  await window.ClassActMain.started;
  await settle();
  const cards = () => [...window.document.querySelectorAll("classact-card")];
  const messages = () => asked.filter(([op]) => op === "message").map(([, payload]) => payload);
  return { window, document: window.document, asked, cards, messages };
}

test("only the id and the sender leave the page", async () => {
  const { messages } = await gmail("one");
  assert.deepEqual(messages(), [{ message_id: ID, sender: "dana@harbour.example" }]);
});

test("the card stands right above the body of the mail", async () => {
  const { cards, document } = await gmail("one");
  assert.equal(cards().length, 1);
  assert.equal(cards()[0].nextElementSibling, document.querySelector(".a3s"));
});

test("a mail that is no rejection gets no card", async () => {
  const { cards } = await gmail("one", () => ({ ok: true, value: { ...REJECTION, is_rejection: false } }));
  assert.equal(cards().length, 0);
});

for (const status of [404, 409]) {
  test(`a mail that the server answers with ${status} gets no card`, async () => {
    const { cards } = await gmail("one", () => ({ ok: false, code: "x", error: "x", hint: "", status }));
    assert.equal(cards().length, 0);
  });
}

test("a server that does not run leaves Gmail as it is", async () => {
  const { cards } = await gmail("one", () => ({ ok: false, code: "not_running", error: "x", hint: "", status: 0 }));
  assert.equal(cards().length, 0);
});

test("mail that cannot be judged for want of a classifier says so once, and what to do", async () => {
  const failure = { ok: false, code: "model", error: "Not built yet.", hint: "Run `make model`.", status: 503 };
  const { cards, document, messages } = await gmail("one", () => failure);
  const second = document.querySelector("[data-legacy-message-id]").cloneNode(true);
  second.dataset.legacyMessageId = "18f3c2d4e5f60009";
  for (const copy of second.querySelectorAll("classact-card")) copy.remove();
  document.querySelector('[role="main"]').append(second);
  await until(() => messages().length === 2);
  await settle();
  assert.equal(cards().length, 1);
  assert.equal(cards()[0].shadowRoot.querySelector("h2").textContent, "Not built yet.");
  assert.equal(cards()[0].shadowRoot.querySelector(".note").textContent, "Run make model.");
  document.querySelector('[role="main"]').remove();
  await until(() => cards().length === 0);
});

test("there are never two cards on one mail, however often Gmail paints", async () => {
  const { cards, document, messages } = await gmail("one");
  for (let turn = 0; turn < 3; turn += 1) {
    document.querySelector('[role="main"]').append(document.createElement("div"));
    await new Promise((done) => setTimeout(done, 60));
  }
  assert.equal(cards().length, 1);
  assert.equal(messages().length, 1);
});

test("a card that Gmail painted over comes back, the same one", async () => {
  const { cards, document } = await gmail("one");
  const [card] = cards();
  const body = document.querySelector(".ii");
  const fresh = body.cloneNode(true);
  for (const copy of fresh.querySelectorAll("classact-card")) copy.remove();
  body.replaceWith(fresh);
  await until(() => cards().length === 1);
  assert.equal(cards()[0], card);
});

test("leaving the mail takes the card away, and opening it again asks again", async () => {
  const { cards, document, messages } = await gmail("one");
  const view = document.querySelector('[role="main"]');
  view.remove();
  await new Promise((done) => setTimeout(done, 70));
  assert.equal(cards().length, 0);
  document.body.append(view);
  await until(() => messages().length === 2 && cards().length === 1);
});

test("a letter that was edited is still there when its mail is opened again", async () => {
  const { cards, document, window } = await gmail("one");
  const { shadowRoot: root } = cards()[0];
  press([...root.querySelectorAll("button")].find(({ textContent }) => textContent === text("thank_them")));
  await settle();
  const box = root.querySelector("textarea");
  box.value = "My own words";
  box.dispatchEvent(new window.Event("input"));
  const view = document.querySelector('[role="main"]');
  view.remove();
  await new Promise((done) => setTimeout(done, 70));
  document.body.append(view);
  await until(() => cards().length === 1);
  await new Promise((done) => setTimeout(done, 70));
  assert.equal(cards()[0].shadowRoot.querySelector("textarea").value, "My own words");
});

test("a corrected card stays away while its mail is open", async () => {
  const { cards, document, messages } = await gmail("one");
  const wrong = [...cards()[0].shadowRoot.querySelectorAll("button")].find(
    ({ textContent }) => textContent === text("not_a_rejection"),
  );
  cards()[0].remove(); // stands for the four seconds that the thanks are shown
  press(wrong);
  await settle();
  document.body.append(document.createElement("i"));
  await new Promise((done) => setTimeout(done, 60));
  assert.equal(messages().length, 1);
});

test("each opened message of a thread is asked about by itself, collapsed ones are not", async () => {
  const { messages } = await gmail("thread");
  assert.deepEqual(
    messages().map(({ message_id }) => message_id),
    ["18f3c2d4e5f60003"],
  );
});

test("after an update of the extension the mail says to reload the tab, once", async () => {
  const failure = { ok: false, code: "updated", error: text("updated"), hint: text("updated_hint") };
  const { cards } = await gmail("one", () => failure);
  assert.equal(cards().length, 1);
  assert.ok(cards()[0].shadowRoot.textContent.includes(text("updated_hint")));
  assert.equal(cards()[0].shadowRoot.querySelector("button"), null);
});

test("the card follows Gmail's theme", async () => {
  const { cards } = await gmail("dark");
  assert.equal(cards()[0].style.colorScheme, "dark");
});

test("a card left behind by an older script is cleared away", async () => {
  const stale = fixture("list").replace("<body>", "<body><classact-card></classact-card>");
  const window = gmailPage(stale, { until: "content/main.js" });
  await window.ClassActMain.started;
  assert.equal(window.document.querySelector("classact-card"), null);
});

test("a thread whose ids can be read is reported as well", async () => {
  const { asked } = await gmail("one", undefined, "#inbox/FMfcgzQcqQxQxQxQxQxQxQxQxQxQxQxQ");
  assert.ok(asked.some(([op, { state }]) => op === "health" && state === "well"));
});

test("a thread whose ids cannot be read is reported as lost, after some grace", async () => {
  const { asked } = await gmail("changed", undefined, "#inbox/FMfcgzQcqQxQxQxQxQxQxQxQxQxQxQxQ", 20);
  const lost = () => asked.some(([op, { state }]) => op === "health" && state === "lost");
  assert.equal(lost(), false);
  await until(lost);
});
