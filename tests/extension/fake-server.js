/** A real HTTP server that speaks the extension's API, for tests: it proves itself, pairs, and keeps one letter. */
import { createHmac, randomBytes } from "node:crypto";
import { createServer } from "node:http";

export const REJECTION = Object.freeze({
  message_id: "18f3a2b4c5d6e7f8",
  is_rejection: true,
  needs_review: false,
  hold: false,
  language: "en",
  reason: "passed",
  label: "rejection",
  band: "auto",
  score: 0.98,
  evidence: [{ text: "We have decided to move forward with other candidates.", start: 120, end: 173 }],
  company: "Harbour Analytics",
  role: "Data Analyst",
  state: "new",
  outbox: null,
});

export const SUGGESTION = Object.freeze({
  allowed: true,
  why: "",
  advice: "",
  one_click: true,
  to: "dana@harbour.example",
  subject: "Re: Your application",
  body: "Dear Dana,\n\nthank you for letting me know, and for the time you gave me.\n\nKind regards\nRobin",
  language: "en",
  tone: "warm",
});

/** @returns {Record<string, (payload: any, state: any) => unknown>} one answer per path, each replaceable by a test */
export function answers() {
  return {
    message: (_, state) => state.message,
    suggest: ({ kind }) => ({ kind, ...SUGGESTION }),
    draft: () => ({ draft_id: "r-1", revision: "v1" }),
    send: () => ({ outbox_id: "o-1", state: "held", undo_until: new Date(Date.now() + 60_000).toISOString() }),
    undo: () => ({ state: "undone" }),
    outbox: (_, state) => state.outbox,
    settle: ({ outbox_id, said }) => ({ outbox_id, state: said === "went" ? "sent" : "failed", told: true }),
    remind: () => ({ id: "0123456789abcdef", due: "2026-11-24T08:00:00Z", due_now: false }),
    remind_undo: () => ({ reminder: null }),
    correct: ({ is_rejection }) => ({ label: is_rejection ? "rejection" : "other_job", state: "new" }),
    status: () => ({ version: "0.1.0", mailboxes: [], scanning: false, mode: "demo", rejections: 1, review: 0 }),
    log: () => ({ rejections: [], review: [] }),
  };
}

/** @param {import("node:http").IncomingMessage} request */
async function json(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

/**
 * Starts on a free port. `seen` holds each request: path, headers, payload.
 * @param {{prove?: (proof: string) => string}} [options] prove: what it says when asked for a proof
 */
export async function startServer({ prove = (proof) => proof } = {}) {
  const key = randomBytes(32);
  const token = randomBytes(32).toString("base64url");
  const seen = [];
  const state = { message: REJECTION, outbox: { state: "sent", problem: "", undo_until: null } };
  const table = answers();

  const answer = (path, headers, payload) => {
    if (path === "pair") {
      if (payload.code !== "12345678")
        return [403, { error: "That code is not the one.", hint: "", code: "forbidden" }];
      return [200, { token, pairing: `p-${randomBytes(6).toString("hex")}`, server_key: key.toString("base64url") }];
    }
    if (path === "hello") {
      const proof = createHmac("sha256", key).update(`classact-server:${payload.challenge}`).digest("base64url");
      return [200, { proof: prove(proof) }];
    }
    if (headers.authorization !== `Bearer ${token}`) return [401, { error: "No token.", hint: "", code: "forbidden" }];
    const made = table[path]?.(payload, state);
    return Array.isArray(made)
      ? made
      : made === undefined
        ? [404, { error: "No such route.", code: "not_found" }]
        : [200, made];
  };

  const server = createServer(async (request, response) => {
    const path = request.url.replace("/api/v1/", "");
    const payload = await json(request);
    seen.push({ method: request.method, path, headers: request.headers, payload });
    const [status, value] = answer(path, request.headers, payload);
    response.writeHead(status, { "Content-Type": "application/json", Connection: "close" });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    seen,
    state,
    answers: table,
    stop: () => new Promise((done) => server.close(done)),
  };
}
