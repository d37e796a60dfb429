import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { JSDOM } from "jsdom";
import { settle, until } from "./gmail-page.js";
import { EXTENSION, text } from "./shipped.js";

const STATUS = {
  version: "0.1.0",
  mailboxes: [],
  scanning: false,
  mode: "connected",
  model: "ready",
  rejections: 1,
  review: 0,
};
const ROW = {
  message_id: "18f3c2d4e5f60001",
  mailbox: "robin@vale.example",
  company: "Harbour Analytics",
  role: "Clerk",
  received: "2026-11-20T10:00:00Z",
  state: "new",
  evidence: [{ text: "<b>We chose</b> somebody else.", start: 0, end: 1 }],
};
let turn = 0;

/** A page of ours at work, with the worker's answers by op. */
async function page(name, answers) {
  const html = readFileSync(new URL(`${name}/${name}.html`, EXTENSION), "utf8");
  const { window } = new JSDOM(html, { url: `https://example.com/${name}/${name}.html` });
  const asked = [];
  const table = {
    settings: { port: 25277, paired: true, lost: false },
    status: STATUS,
    log: { rejections: [ROW], review: [] },
    ...answers,
  };
  for (const key of [
    "document",
    "HTMLElement",
    "HTMLParagraphElement",
    "HTMLDivElement",
    "HTMLUListElement",
    "HTMLButtonElement",
    "HTMLInputElement",
    "HTMLFormElement",
  ]) {
    globalThis[key] = window[key];
  }
  globalThis.CSS = { escape: (name) => name };
  globalThis.chrome = {
    i18n: { getMessage: (key, values = []) => text(key, ...values), getUILanguage: () => "en" },
    runtime: {
      openOptionsPage: () => asked.push("options page"),
      sendMessage: async ({ op, payload }) => {
        asked.push([op, payload]);
        return table[op]?.ok === false ? table[op] : { ok: true, value: table[op] };
      },
    },
  };
  turn += 1;
  await import(`../../extension/${name}/${name}.js?turn=${turn}`);
  await settle();
  return { window, document: window.document, asked };
}

test("the popup lists recent rejections with the words they rest on, as text", async () => {
  const { document } = await page("popup");
  assert.equal(document.querySelectorAll("#rows li").length, 1);
  assert.equal(document.querySelector("#rows blockquote").textContent, ROW.evidence[0].text);
});

test("the popup names a mail as the log page does, with its day as the pages write it", async () => {
  const received = new Date(2026, 8, 24, 12).toISOString(); // the 24th where the seeker is
  const log = { rejections: [{ ...ROW, company: null, title: "Ruaridh Cairns", received }], review: [] };
  const { document } = await page("popup", { log });
  assert.equal(document.querySelector("#rows .who").textContent, "Ruaridh Cairns");
  assert.equal(document.querySelector("#rows .when").textContent, "24 September");
});

test("the popup opens the mail in the account that it came to", async () => {
  const { document } = await page("popup");
  assert.equal(
    document.querySelector("#rows a").href,
    "https://mail.google.com/mail/?authuser=robin%40vale.example#all/18f3c2d4e5f60001",
  );
});

test("a mail of the sample mailbox has no link to Gmail", async () => {
  const { document } = await page("popup", { status: { ...STATUS, mode: "demo" } });
  assert.equal(document.querySelector("#rows a"), null);
});

test("the popup says what an account needs, in the server's words", async () => {
  const needs = { address: "robin@vale.example", state: "needs_reconnect", name: "Needs a new sign-in" };
  const account = { ...needs, sentence: "Google no longer accepts it.", mend: "Run `classact connect`." };
  const { document } = await page("popup", { status: { ...STATUS, accounts: [account] } });
  assert.equal(
    document.querySelector("#state").textContent,
    "Needs a new sign-in. Google no longer accepts it. Run classact connect.",
  );
  assert.equal(document.querySelector("#state").className, "problem");
});

test("the popup says what to do when no classifier is there", async () => {
  const model = "The classifier is not built yet. Run `make model`.";
  const { document } = await page("popup", { status: { ...STATUS, mode: "demo", model } });
  assert.equal(document.querySelector("#state").textContent, "The classifier is not built yet. Run make model.");
  assert.equal(document.querySelector("#state").className, "problem");
});

test("the popup leads to the page where an account is put right", async () => {
  const account = { address: "robin@example.com", name: "Needs reconnecting", sentence: "It ended.", mend: "Sign in." };
  const { document } = await page("popup", { status: { ...STATUS, accounts: [account] } });
  assert.equal(document.querySelector("#steps a").href, "http://127.0.0.1:25277/connect");
});

test("the popup of a connected account says that all is ready", async () => {
  const account = { address: "robin@vale.example", state: "connected", name: "Connected", sentence: "Fine.", mend: "" };
  const { document } = await page("popup", { status: { ...STATUS, accounts: [account] } });
  assert.equal(document.querySelector("#state").textContent, text("state_ready"));
});

test("the popup of an unpaired browser leads to the options page", async () => {
  const { document, asked } = await page("popup", {
    status: { ok: false, code: "not_paired", error: "Not paired.", hint: "" },
  });
  document.querySelector("#steps button").click();
  assert.equal(asked.at(-1), "options page");
});

test("the popup says what to do when the server does not run, and looks again", async () => {
  const { document, asked } = await page("popup", {
    status: { ok: false, code: "not_running", error: "Down.", hint: "Start it." },
  });
  assert.equal(document.querySelector("#state").textContent, "Down. Start it.");
  const before = asked.length;
  document.querySelector("#steps button").click();
  await until(() => asked.length > before);
});

test("the popup says so when Gmail's page has changed", async () => {
  const { document } = await page("popup", { settings: { port: 25277, paired: true, lost: true } });
  assert.equal(document.querySelector("#lost").hidden, false);
});

const HELD = {
  outbox_id: "o-1",
  title: "Thank-you letter",
  company: "Harbour Analytics",
  words: "",
  undo_until: new Date(Date.now() + 600_000).toISOString(),
  can_undo: true,
};

test("the popup counts a letter down, and takes it back", async () => {
  const log = { rejections: [ROW], review: [], letters: [HELD] };
  const { document, asked } = await page("popup", { log, undo: { state: "undone" } });
  assert.match(document.querySelector("#letters .about").textContent, /^Sending in \d+ s$/);
  log.letters = [];
  document.querySelector("#letters button").click();
  await until(() => document.querySelector("#waiting").hidden);
  assert.deepEqual(asked.find(([op]) => op === "undo")[1], { outbox_id: "o-1" });
  assert.equal(document.querySelector("#taken").textContent, text("taken_back"));
});

test("the popup says when it is too late to take a letter back", async () => {
  const log = { rejections: [], review: [], letters: [{ ...HELD, undo_until: null }] };
  const { document } = await page("popup", { log, undo: { state: "sent" } });
  document.querySelector("#letters button").click();
  await until(() => document.querySelector("#taken").textContent);
  assert.equal(document.querySelector("#taken").textContent, text("too_late"));
});

const DOUBTED = { ...HELD, undo_until: null, can_undo: false, can_settle: true, words: "Nobody knows." };

test("the popup asks how a letter in doubt ended, and an answer can be taken back", async () => {
  const log = { rejections: [], review: [], letters: [DOUBTED] };
  const settled = { outbox_id: "o-1", state: "sent", told: true, problem: "" };
  const { document, asked } = await page("popup", { log, settle: settled });
  const [went, didNot] = document.querySelectorAll("#letters button");
  assert.ok(went.textContent.startsWith(text("it_went")) && didNot.textContent.startsWith(text("it_did_not")));
  assert.equal(document.querySelector("#letters .about").textContent, "Nobody knows.");
  log.letters = [];
  went.click();
  await until(() => document.querySelector("#taken button"));
  assert.deepEqual(asked.find(([op]) => op === "settle")[1], { outbox_id: "o-1", said: "went" });
  assert.ok(document.querySelector("#taken").textContent.startsWith(text("noted_went")));
  document.querySelector("#taken button").click();
  await until(() => asked.some(([, payload]) => payload?.said === "take_back"));
  await until(() => document.querySelector("#taken").textContent === "");
});

test("the popup says what the mailbox told instead, with nothing to take back", async () => {
  const log = { rejections: [], review: [], letters: [DOUBTED] };
  const { document } = await page("popup", {
    log,
    settle: { outbox_id: "o-1", state: "sent", told: false, problem: "" },
  });
  document.querySelectorAll("#letters button")[1].click();
  await until(() => document.querySelector("#taken").textContent === text("sent"));
  assert.equal(document.querySelector("#taken button"), null);
});

test("a letter that a restart held back may be kept as a draft in the popup", async () => {
  const log = { rejections: [], review: [], letters: [{ ...HELD, undo_until: null, words: "It was waiting." }] };
  const { document } = await page("popup", { log });
  assert.ok(document.querySelector("#letters button").textContent.startsWith(text("keep_draft")));
  assert.equal(document.querySelector("#letters .about").textContent, text("waits_for_word"));
});

test("the dashboard's link goes to the port that is set", async () => {
  const { document } = await page("popup", { settings: { port: 31000, paired: true, lost: false } });
  assert.equal(document.querySelector("#dashboard a").href, "http://127.0.0.1:31000/");
});

test("the options page says that it is connected", async () => {
  const { document } = await page("options");
  assert.equal(document.querySelector("#state").textContent, text("connected", "0.1.0"));
});

test("the options page pairs with the code that is typed in", async () => {
  const { document, window, asked } = await page("options", { pair: { port: 25277 } });
  document.querySelector("#code").value = "1234 5678";
  const submitter = document.querySelector("#pair button");
  document.querySelector("#pair").dispatchEvent(new window.SubmitEvent("submit", { submitter, cancelable: true }));
  await until(() => asked.some(([op]) => op === "pair"));
  assert.deepEqual(asked.find(([op]) => op === "pair")[1], { code: "1234 5678" });
  await until(() => document.querySelector("#code").value === "");
});

test("the options page can forget the pairing only when there is one", async () => {
  const { document } = await page("options", { settings: { port: 25277, paired: false, lost: false } });
  assert.equal(document.querySelector("#forget").hidden, true);
  assert.equal(document.querySelector("#state").textContent, text("not_paired_yet"));
});

test("the popup shows what is due as lines that lead to the dashboard, and hides the list when nothing is", async () => {
  const due = { id: "0123456789abcdef", text: "The letter to <b>Harbour</b> that you put off" };
  const log = { rejections: [], review: [], reminders: [due] };
  const { document } = await page("popup", { log });
  const link = document.querySelector("#due a");
  assert.equal(link.textContent, due.text);
  assert.equal(link.href, "http://127.0.0.1:25277/reminders");
  assert.equal(document.querySelector("#reminders").hidden, false);
  const none = await page("popup", {});
  assert.equal(none.document.querySelector("#reminders").hidden, true);
});
