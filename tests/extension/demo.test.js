import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test from "node:test";
import { JSDOM } from "jsdom";
import { fixture, settle, until } from "./gmail-page.js";
import { EXTENSION, SCRIPTS, text } from "./shipped.js";
import { REJECTION } from "./fake-server.js";

const DEMO = new URL("../../server/web/static/demo/", import.meta.url);

/** A server that serves the catalogue and answers /demo/api, and a page of it without any chrome.* API. */
async function demo(t, { language = "en", html = fixture("one") } = {}) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    if (request.url.startsWith("/extension/")) {
      return response.end(readFileSync(new URL(request.url.replace("/extension/", ""), EXTENSION)));
    }
    seen.push({
      url: request.url,
      method: request.method,
      headers: request.headers,
      payload: JSON.parse(Buffer.concat(parts)),
    });
    const known = request.url === "/demo/api/message";
    response.writeHead(known ? 200 : 409, { "Content-Type": "application/json" });
    return response.end(
      JSON.stringify(
        known ? { ...REJECTION, message_id: "18f3c2d4e5f60001" } : { error: "No.", hint: "Why.", code: "refused" },
      ),
    );
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${server.address().port}/demo`;
  const page = html
    .replace('lang="en"', `lang="${language}"`)
    .replace("<head>", '<head><meta name="csrf-token" content="t-1">');
  const { window } = new JSDOM(page, { url, runScripts: "outside-only", pretendToBeVisual: true });
  t.after(() => {
    window.close();
    server.close();
    server.closeAllConnections();
  });
  window.fetch = (path, options) => fetch(new URL(path, url), options);
  window.CSSStyleSheet = class {
    replaceSync() {}
  };
  for (const file of ["texts.js", "transport.js"]) window.eval(readFileSync(new URL(file, DEMO), "utf8"));
  return { window, seen };
}

test("the demo's texts are the extension's own", async (t) => {
  const { window } = await demo(t);
  await window.ClassActTexts.ready;
  assert.equal(window.ClassActTexts.get("sending_in", 8), text("sending_in", 8));
});

test("the demo speaks German on a German page", async (t) => {
  const { window } = await demo(t, { language: "de" });
  await window.ClassActTexts.ready;
  assert.equal(window.ClassActTexts.get("yes"), "Ja");
});

test("a value with dollar signs stays as it is", async (t) => {
  const { window } = await demo(t);
  await window.ClassActTexts.ready;
  assert.equal(window.ClassActTexts.get("kept_draft", "$TITLE$ $1"), "$TITLE$ $1: saved as a draft.");
});

test("the demo asks its own server, with the page's token", async (t) => {
  const { window, seen } = await demo(t);
  const reply = await window.ClassActTransport.ask("message", { message_id: "18f3c2d4e5f60001" });
  assert.equal(reply.value.company, REJECTION.company);
  const [{ url, method, headers, payload }] = seen;
  assert.deepEqual(
    [url, method, headers["x-csrf-token"], headers["content-type"]],
    ["/demo/api/message", "POST", "t-1", "application/json"],
  );
  assert.deepEqual(payload, { message_id: "18f3c2d4e5f60001" });
});

test("an error of the demo's server keeps its words", async (t) => {
  const { window } = await demo(t);
  const reply = await window.ClassActTransport.ask("send", { draft_id: "x", revision: "y" });
  assert.deepEqual({ ...reply }, { ok: false, code: "refused", error: "No.", hint: "Why.", status: 409 });
});

test("the extension's content scripts run in the demo as they are", async (t) => {
  const { window } = await demo(t);
  for (const file of SCRIPTS) window.eval(readFileSync(new URL(file, EXTENSION), "utf8"));
  await window.ClassActMain.started;
  await settle();
  const card = await until(() => window.document.querySelector("classact-card"));
  assert.ok(card.shadowRoot.textContent.includes(text("verdict_passed")));
});
