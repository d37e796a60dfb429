import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";
import { fakeChrome, GMAIL, OURS } from "./fake-chrome.js";
import { REJECTION, startServer } from "./fake-server.js";
import { text } from "./shipped.js";

const ID = REJECTION.message_id;
const LETTER = { message_id: ID, kind: "thank_you", to: "dana@harbour.example", subject: "Re: x", body: "Dear Dana" };
const atStart = fakeChrome();
globalThis.chrome = atStart;
const { handle } = await import("../../extension/worker/router.js");

/** The worker in a fresh profile, set to that port. @param {number} [port] */
async function worker(port) {
  globalThis.chrome = fakeChrome();
  if (port) await handle({ op: "port", payload: { port } }, OURS);
  return (op, payload = {}, sender = GMAIL) => handle({ op, payload }, sender);
}

/** A paired worker with its server. */
async function paired(t, options) {
  const server = await startServer(options);
  t.after(server.stop);
  const ask = await worker(server.port);
  const reply = await ask("pair", { code: "1234 5678" }, OURS);
  return { server, ask, reply };
}

const shown = (server) => server.seen.filter(({ headers }) => headers.authorization);

test("pairing takes the code, and the server proves itself at once", async (t) => {
  const { server, reply } = await paired(t);
  assert.equal(reply.ok, true);
  assert.deepEqual(
    server.seen.map(({ path }) => path),
    ["pair", "hello"],
  );
  assert.deepEqual(server.seen[0].payload, { code: "12345678" });
});

test("the pairing is kept where content scripts cannot read it", async (t) => {
  await paired(t);
  const { pairing } = await chrome.storage.local.get("pairing");
  assert.ok(pairing.token && pairing.server_key);
  assert.ok(chrome.storage.local.levels.length > 0);
  assert.ok(chrome.storage.local.levels.every((level) => level === "TRUSTED_CONTEXTS"));
});

test("a wrong code is told in the server's words, and nothing is kept", async (t) => {
  const server = await startServer();
  t.after(server.stop);
  const ask = await worker(server.port);
  const reply = await ask("pair", { code: "00000000" }, OURS);
  assert.equal(reply.error, "That code is not the one.");
  assert.deepEqual(await chrome.storage.local.get("pairing"), {});
});

test("a question carries the token, as POST and JSON", async (t) => {
  const { server, ask } = await paired(t);
  const reply = await ask("message", { message_id: ID });
  assert.deepEqual(reply.value, REJECTION);
  const { method, path, headers } = server.seen.at(-1);
  assert.deepEqual([method, path, headers["content-type"]], ["POST", "message", "application/json"]);
  assert.match(headers.authorization, /^Bearer .{40,}/);
});

test("the server proves itself once in a worker's life", async (t) => {
  const { server, ask } = await paired(t);
  await Promise.all([ask("message", { message_id: ID }), ask("message", { message_id: ID })]);
  assert.equal(server.seen.filter(({ path }) => path === "hello").length, 1);
});

test("challenges are random and 32 bytes long", async (t) => {
  const { server, ask } = await paired(t);
  await ask("message", { message_id: ID });
  await ask("pair", { code: "12345678" }, OURS);
  const challenges = server.seen.filter(({ path }) => path === "hello").map(({ payload }) => payload.challenge);
  for (const challenge of challenges) assert.equal(Buffer.from(challenge, "base64url").length, 32);
  assert.equal(new Set(challenges).size, challenges.length);
});

for (const [what, prove] of [
  ["a wrong proof", () => Buffer.alloc(32, 7).toString("base64url")],
  ["an empty proof", () => ""],
  ["no proof", () => undefined],
  ["the challenge thrown back", (proof) => `${proof.slice(1)}A`],
  ["a proof that is no base64url", () => "?!"],
  ["a proof that is too short", (proof) => proof.slice(0, 20)],
]) {
  test(`${what} keeps the token back`, async (t) => {
    const honest = await paired(t);
    const { pairing } = await chrome.storage.local.get("pairing");
    const rogue = await startServer({ prove });
    t.after(rogue.stop);
    const ask = await worker(rogue.port);
    await chrome.storage.local.set({ pairing });
    const reply = await ask("message", { message_id: ID });
    assert.equal(reply.code, "other_program");
    assert.equal(reply.error, text("trouble_other_program"));
    assert.deepEqual(shown(rogue), []);
    assert.equal(honest.reply.ok, true);
  });
}

test("a server that holds another key gets no token", async (t) => {
  await paired(t);
  const { pairing } = await chrome.storage.local.get("pairing");
  const other = await startServer();
  t.after(other.stop);
  const ask = await worker(other.port);
  await chrome.storage.local.set({ pairing });
  assert.equal((await ask("message", { message_id: ID })).code, "other_program");
  assert.deepEqual(shown(other), []);
});

test("a program that does not speak JSON is named for what it is", async (t) => {
  const server = createServer((_, response) => response.end("<h1>Hello</h1>"));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const ask = await worker(server.address().port);
  assert.equal((await ask("pair", { code: "12345678" }, OURS)).code, "other_program");
});

test("a redirect is not followed", async (t) => {
  const { server, ask } = await paired(t);
  const lure = createServer((_, response) =>
    response.writeHead(307, { Location: `http://127.0.0.1:${server.port}/api/v1/pair` }).end(),
  );
  await new Promise((done) => lure.listen(0, "127.0.0.1", done));
  t.after(() => lure.close());
  await ask("port", { port: lure.address().port }, OURS);
  const before = server.seen.length;
  assert.equal((await ask("message", { message_id: ID })).ok, false);
  assert.equal(server.seen.length, before);
});

test("a server that is gone is named so, and must prove itself when it is back", async (t) => {
  const { server, ask } = await paired(t);
  await ask("message", { message_id: ID });
  await server.stop();
  const reply = await ask("message", { message_id: ID });
  assert.equal(reply.code, "not_running");
  assert.equal(reply.hint, text("trouble_not_running_hint"));
  assert.equal(reply.status, 0);
  const rogue = createServer((request, response) => {
    assert.equal(request.headers.authorization, undefined);
    response.end("{}");
  });
  await new Promise((done) => rogue.listen(server.port, "127.0.0.1", done));
  t.after(() => rogue.close());
  assert.equal((await ask("message", { message_id: ID })).code, "other_program");
});

test("a pairing that the server no longer knows asks for a new one", async (t) => {
  const { server, ask } = await paired(t);
  server.answers.message = () => [401, { error: "This pairing has ended.", hint: "Pair again.", code: "forbidden" }];
  const reply = await ask("message", { message_id: ID });
  assert.deepEqual([reply.code, reply.error, reply.hint], ["not_paired", "This pairing has ended.", "Pair again."]);
});

test("without a pairing nothing is asked of any server", async (t) => {
  const server = await startServer();
  t.after(server.stop);
  const ask = await worker(server.port);
  assert.equal((await ask("message", { message_id: ID })).code, "not_paired");
  assert.deepEqual(server.seen, []);
});

test("a forgotten pairing is gone", async (t) => {
  const { ask } = await paired(t);
  await ask("forget", {}, OURS);
  assert.deepEqual(await chrome.storage.local.get("pairing"), {});
  assert.equal((await ask("settings", {}, OURS)).value.paired, false);
});

test("an error of the server's keeps its words, code and status", async (t) => {
  const { server, ask } = await paired(t);
  server.answers.send = () => [409, { error: "The draft was changed.", hint: "Look there.", code: "refused" }];
  const reply = await ask("send", { draft_id: "r-1", revision: "v1" });
  assert.deepEqual(reply, {
    ok: false,
    code: "refused",
    error: "The draft was changed.",
    hint: "Look there.",
    status: 409,
  });
});

for (const [op, payload] of [
  ["suggest", { message_id: ID, kind: "feedback" }],
  ["suggest", { message_id: ID, kind: "feedback", to: "dana@harbour.example", specific: "" }],
  ["settle", { outbox_id: "o-1", said: "did_not_go" }],
  ["remind", { message_id: ID }],
  ["remind_undo", { message_id: ID }],
  ["draft", LETTER],
  ["send", { draft_id: "r-1", revision: "v1" }],
  ["undo", { outbox_id: "o-1" }],
  ["outbox", { outbox_id: "o-1" }],
  ["correct", { message_id: ID, is_rejection: false }],
  ["correct", { message_id: ID, company: "Harbour Works", role: "Baker" }],
]) {
  test(`"${op}" reaches the server as it was asked`, async (t) => {
    const { server, ask } = await paired(t);
    assert.equal((await ask(op, payload)).ok, true);
    assert.deepEqual(server.seen.at(-1).payload, payload);
  });
}

for (const [what, op, payload, sender] of [
  ["an unknown op", "everything", {}, GMAIL],
  ["an inherited name as op", "constructor", {}, GMAIL],
  ["a page's op from Gmail", "log", {}, GMAIL],
  ["pairing from Gmail", "pair", { code: "12345678" }, GMAIL],
  ["forgetting from Gmail", "forget", {}, GMAIL],
  ["a question from another extension", "message", { message_id: ID }, { ...GMAIL, id: "p".repeat(32) }],
  [
    "a question from another site",
    "message",
    { message_id: ID },
    { ...GMAIL, origin: "https://mail.google.com.example" },
  ],
  ["a question from nowhere", "message", { message_id: ID }, { id: GMAIL.id }],
  ["an id in upper case", "message", { message_id: ID.toUpperCase() }, GMAIL],
  ["an id with a path", "message", { message_id: "../status" }, GMAIL],
  ["an id that is no text", "message", { message_id: 12 }, GMAIL],
  ["a kind that is not offered", "suggest", { message_id: ID, kind: "insult" }, GMAIL],
  [
    "a line longer than a letter takes",
    "suggest",
    { message_id: ID, kind: "feedback", specific: "x".repeat(301) },
    GMAIL,
  ],
  ["a word that is none", "settle", { outbox_id: "o-1", said: "send it again" }, GMAIL],
  ["a letter without a text", "draft", { ...LETTER, body: "" }, GMAIL],
  ["a send without a revision", "send", { draft_id: "r-1" }, GMAIL],
  ["a correction that says nothing", "correct", { message_id: ID }, GMAIL],
  ["a company that is no text", "correct", { message_id: ID, is_rejection: true, company: 7 }, GMAIL],
  ["no payload", "message", null, GMAIL],
]) {
  test(`${what} is refused before any server hears of it`, async (t) => {
    const { server, ask } = await paired(t);
    const before = server.seen.length;
    assert.equal((await ask(op, payload, sender)).code, "refused");
    assert.equal(server.seen.length, before);
  });
}

for (const port of [80, 0, 70_000, 25277.5, Number.NaN]) {
  test(`port ${port} is refused`, async () => {
    const ask = await worker();
    assert.equal((await ask("port", { port }, OURS)).code, "refused");
  });
}

test("the port is CLASS on a phone's keys until it is changed", async () => {
  const ask = await worker();
  assert.equal((await ask("settings", {}, OURS)).value.port, 25277);
});

test("a Gmail page that cannot be read marks the toolbar icon, and a readable one clears it", async () => {
  const ask = await worker();
  await ask("health", { state: "lost" });
  assert.equal((await ask("settings", {}, OURS)).value.lost, true);
  await ask("health", { state: "well" });
  assert.equal((await ask("settings", {}, OURS)).value.lost, false);
  assert.deepEqual(chrome.badges, [
    { tabId: 7, text: "!" },
    { tabId: 7, text: "" },
  ]);
});

test("the listener answers later, as Chrome's message channel wants it", async () => {
  await worker();
  const [listener] = atStart.listeners;
  const reply = await new Promise((done) => {
    assert.equal(listener({ op: "settings", payload: {} }, OURS, done), true);
  });
  assert.equal(reply.ok, true);
});
