/** The service worker: takes messages from our content scripts and pages, and lets nothing else through. */
import * as api from "./api.js";
import * as pairing from "./pairing.js";
import { Trouble } from "./trouble.js";

const GMAIL = "https://mail.google.com";
const ID = /^[0-9a-f]{10,20}$/;
const KINDS = new Set(["thank_you", "feedback"]);
const WORDS = new Set(["went", "did_not_go", "take_back"]);

/** @typedef {Record<string, unknown>} Shape */
/** @type {(value: unknown, longest?: number) => boolean} */
const isText = (value, longest = 200) => typeof value === "string" && value.length > 0 && value.length <= longest;
/** @type {(payload: Shape) => boolean} */
const hasId = ({ message_id: id }) => typeof id === "string" && ID.test(id);
/** @type {(payload: Shape) => boolean} */
const hasKind = ({ kind }) => typeof kind === "string" && KINDS.has(kind);
const anything = () => true;

/** @type {(payload: Shape) => boolean} */
function isLetter(payload) {
  const { to, subject, body, draft_id } = payload;
  const parts = isText(to, 320) && typeof subject === "string" && subject.length < 1000 && isText(body, 50_000);
  return hasId(payload) && hasKind(payload) && parts && (draft_id === undefined || isText(draft_id));
}

/** A letter to be suggested: for whom, and with which line of the seeker's own. @type {(payload: Shape) => boolean} */
function isWish(payload) {
  const { to, specific } = payload;
  const isLine = specific === undefined || specific === "" || isText(specific, 300);
  return hasId(payload) && hasKind(payload) && (to === undefined || isText(to, 320)) && isLine;
}

/** How a letter in doubt ended. @type {(payload: Shape) => boolean} */
const isWord = ({ outbox_id, said }) => isText(outbox_id) && typeof said === "string" && WORDS.has(said);

/** A verdict, or a better name, or all of them. @type {(payload: Shape) => boolean} */
function isCorrection(payload) {
  const { is_rejection, company, role } = payload;
  const names = [company, role].filter((name) => name !== undefined);
  const verdict = is_rejection === undefined ? names.length > 0 : typeof is_rejection === "boolean";
  return hasId(payload) && verdict && names.every((name) => isText(name));
}

/** Carried to the server as it is. @param {string} path */
function relay(path) {
  return async (/** @type {Shape} */ payload) => api.call(await pairing.connection(), path, payload);
}

/** @param {Shape} payload @param {chrome.runtime.MessageSender} sender */
async function noteHealth({ state }, sender) {
  const lost = state === "lost";
  await chrome.storage.session.set({ lost });
  if (sender.tab?.id !== undefined) {
    await chrome.action.setBadgeBackgroundColor({ tabId: sender.tab.id, color: "#8f3324" });
    await chrome.action.setBadgeText({ tabId: sender.tab.id, text: lost ? "!" : "" });
  }
  return null;
}

async function settings() {
  const { port, pairing: paired } = await pairing.connection();
  const { lost = false } = await chrome.storage.session.get("lost");
  return { port, paired: paired !== null, lost };
}

/** @typedef {{check: (payload: Shape) => boolean, run: (payload: any, sender: any) => Promise<unknown>}} Route */
/** What a script in Gmail's page may ask for. @type {Readonly<Record<string, Route>>} */
const FROM_GMAIL = Object.freeze({
  message: {
    check: (payload) => hasId(payload) && (payload.sender === undefined || isText(payload.sender, 320)),
    run: relay("message"),
  },
  suggest: { check: isWish, run: relay("suggest") },
  draft: { check: isLetter, run: relay("draft") },
  send_suggested: { check: isLetter, run: relay("send_suggested") },
  send: { check: ({ draft_id, revision }) => isText(draft_id) && isText(revision), run: relay("send") },
  undo: { check: ({ outbox_id }) => isText(outbox_id), run: relay("undo") },
  outbox: { check: ({ outbox_id }) => isText(outbox_id), run: relay("outbox") },
  settle: { check: isWord, run: relay("settle") },
  remind: { check: hasId, run: relay("remind") },
  remind_undo: { check: hasId, run: relay("remind_undo") },
  correct: {
    check: isCorrection,
    run: relay("correct"),
  },
  health: { check: ({ state }) => state === "well" || state === "lost", run: noteHealth },
});

/** What our options page and popup may ask for. @type {Readonly<Record<string, Route>>} */
const FROM_OURS = Object.freeze({
  status: { check: anything, run: relay("status") },
  log: { check: anything, run: relay("log") },
  undo: { check: ({ outbox_id }) => isText(outbox_id), run: relay("undo") },
  settle: { check: isWord, run: relay("settle") },
  settings: { check: anything, run: settings },
  port: { check: ({ port }) => typeof port === "number", run: ({ port }) => pairing.setPort(port) },
  pair: { check: ({ code }) => isText(code, 20), run: ({ code }) => pairing.pair(code) },
  forget: { check: anything, run: pairing.forget },
});

/** @param {chrome.runtime.MessageSender} sender */
function routesFor(sender) {
  if (sender.id !== chrome.runtime.id) return {};
  if (sender.origin === GMAIL) return FROM_GMAIL;
  return sender.origin === `chrome-extension://${chrome.runtime.id}` ? FROM_OURS : {};
}

/**
 * Answers one message; never rejects.
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Answer<unknown>>}
 */
export async function handle(message, sender) {
  try {
    const { op, payload } = message ?? {};
    const routes = routesFor(sender);
    const route = Object.hasOwn(routes, op) ? routes[op] : undefined;
    const isShape = typeof payload === "object" && payload !== null;
    if (!route || !isShape || !route.check(payload)) throw new Trouble("refused");
    return { ok: true, value: await route.run(payload, sender) };
  } catch (error) {
    if (error instanceof Trouble) return error.answer();
    console.error("Class Act:", error); // ours to mend; the seeker sees a plain sentence
    return new Trouble("fault").answer();
  }
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  handle(message, sender).then(reply);
  return true; // the answer comes later
});
