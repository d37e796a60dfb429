/** A card in a page like Gmail's, for tests: what it asks, what it shows, and hands to press and write with. */
import { REJECTION, SUGGESTION } from "./fake-server.js";
import { fixture, gmailPage, press, settle } from "./gmail-page.js";
import { text } from "./shipped.js";

export const DRAFT = { draft_id: "r-1", revision: "v1" };
export const OUTBOX = {
  ...DRAFT,
  outbox_id: "o-1",
  kind: "thank_you",
  state: "drafted",
  undo_until: null,
  problem: "",
  to: "dana@harbour.example",
  subject: "Re: Your application",
  body: "Dear Dana",
};
const soon = () => new Date(Date.now() + 60_000).toISOString();

/** A card in a page, with the server's answers by op (a value, or a function of the payload). */
export function show(message = {}, answers = {}) {
  const asked = [];
  const table = {
    suggest: ({ kind }) => ({ kind, ...SUGGESTION }),
    draft: DRAFT,
    send: { outbox_id: "o-1", state: "held", undo_until: soon() },
    outbox: { state: "held", problem: "", undo_until: soon() },
    send_suggested: () => ({
      held: { ...OUTBOX, state: "held", undo_until: soon() },
      offer: null,
      kept: null,
      why: "",
    }),
    undo: { state: "undone" },
    correct: { label: "other_job", state: "dismissed" },
    ...answers,
  };
  const ask = async (op, payload) => {
    asked.push([op, { ...payload }]); // a copy, for the page's objects have the page's own Object
    const answer = await (typeof table[op] === "function" ? table[op](payload) : table[op]);
    return answer?.ok === false ? answer : { ok: true, value: answer };
  };
  const { document, ClassActCard } = gmailPage(fixture("one"));
  const card = ClassActCard.create({ message: { ...REJECTION, ...message }, ask, pace: 5 });
  document.querySelector(".a3s").before(card.host);
  const root = card.host.shadowRoot;
  const named = (key, ...values) => {
    const label = text(key, ...values);
    return [...root.querySelectorAll("button")].find((button) => button.textContent === label && !button.hidden);
  };
  const ops = () => asked.map(([op]) => op);
  const words = () => root.textContent;
  const field = (name) => root.querySelector(`#letter-${name}`);
  const push = async (key) => {
    await settle(); // what the card asks by itself has been answered
    press(named(key));
    await settle();
  };
  const write = (name, value) => {
    field(name).value = value;
    field(name).dispatchEvent(new document.defaultView.Event("input"));
  };
  const status = () => root.querySelector("[role=status]").textContent;
  return { document, card, root, asked, ops, named, words, field, push, write, status };
}
