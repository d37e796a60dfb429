/** The letters on their way, in the popup: counted down, taken back until they go, or said to have gone or not. */
import { ask, byId, el, get, sentence } from "../shared/page.js";

const PACE = 1000; // ms between looks while a letter counts down
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {WaitingLetter} letter */
function secondsLeft({ undo_until: until }) {
  return until ? Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000)) : 0;
}

/** What is said of it: the count-down, or the server's sentence. @param {WaitingLetter} letter */
function words(letter) {
  if (!letter.undo_until) return letter.can_undo ? get("waits_for_word") : letter.words;
  const seconds = secondsLeft(letter);
  return seconds > 0 ? get("sending_in", seconds) : get("sending");
}

/** @param {WaitingLetter} letter */
function line(letter) {
  const name = [letter.title, letter.company].filter(Boolean).join(" · ");
  /** @type {HTMLElement[]} */
  const parts = [el("p", { class: "who" }, name), el("p", { class: "about" }, words(letter))];
  const { outbox_id: id } = letter;
  /** @type {HTMLElement[]} */
  const buttons = [];
  const isOpen = Boolean(letter.undo_until); // else a restart closed its window, and it waits
  if (letter.can_undo) buttons.push(button("undo", id, get(isOpen ? "undo" : "keep_draft"), name, () => takeBack(id)));
  if (letter.can_settle) {
    buttons.push(button("went", id, get("it_went"), name, () => settle(id, "went")));
    buttons.push(button("did_not_go", id, get("it_did_not"), name, () => settle(id, "did_not_go")));
  }
  if (buttons.length > 0) parts.push(el("div", { class: "row" }, ...buttons));
  return el("li", {}, ...parts);
}

/**
 * A button whose words make sense alone; the name is there for those who hear it.
 * @param {string} what
 * @param {string} id
 * @param {string} label
 * @param {string} name
 * @param {() => void} press
 */
function button(what, id, label, name, press) {
  const made = el("button", { type: "button", "data-press": `${what} ${id}` }, label);
  if (name) made.append(el("span", { class: "unseen" }, ` · ${name}`));
  made.addEventListener("click", press);
  return made;
}

/** Shows the letters, and looks again while one of them moves. @param {WaitingLetter[]} letters */
export function showLetters(letters) {
  clearTimeout(timer);
  const list = byId("letters", HTMLUListElement);
  const focused = document.activeElement?.getAttribute("data-press");
  list.replaceChildren(...letters.map(line));
  byId("waiting", HTMLElement).hidden = letters.length === 0;
  const again = focused ? list.querySelector(`[data-press="${CSS.escape(focused)}"]`) : null;
  if (again instanceof HTMLElement) again.focus();
  if (letters.some(({ undo_until: until }) => until)) timer = setTimeout(look, PACE);
  else if (letters.some(({ moving }) => moving)) timer = setTimeout(look, PACE * 5); // looked for as often
}

async function look() {
  const log = await ask("log", {});
  if (log.ok) showLetters(log.value.letters ?? []);
  else timer = setTimeout(look, PACE * 5); // it goes or stays without us; only the news is late
}

/** @param {string} outboxId */
async function takeBack(outboxId) {
  const undone = await ask("undo", { outbox_id: outboxId });
  say(undone.ok ? get(undone.value.state === "undone" ? "taken_back" : "too_late") : sentence(undone));
  await look();
}

/** The seeker says how a letter in doubt ended; nothing is sent by it. @param {string} outboxId @param {Word} said */
async function settle(outboxId, said) {
  const settled = await ask("settle", { outbox_id: outboxId, said });
  if (!settled.ok) say(sentence(settled));
  else if (said === "take_back") say("");
  else offerBack(settled.value);
  await look();
}

/** How it stands now, with the way back where that is the seeker's word alone. @param {OutboxItem} item */
function offerBack(item) {
  const went = item.state === "sent";
  say(item.told && went ? get("noted_went") : went ? get("sent") : item.problem || get("failed"));
  if (!item.told) return;
  const back = button("take_back", item.outbox_id, get("undo"), "", () => settle(item.outbox_id, "take_back"));
  byId("taken", HTMLParagraphElement).append(" ", back);
  back.focus(); // the button that was pressed goes with its letter
}

/** @param {string} words */
function say(words) {
  byId("taken", HTMLParagraphElement).textContent = words;
}
