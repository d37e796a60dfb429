/** The letters on their way, in the popup: each counts down, and can be taken back until the moment it goes. */
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
  if (!letter.undo_until) return letter.words;
  const seconds = secondsLeft(letter);
  return seconds > 0 ? get("sending_in", seconds) : get("sending");
}

/** @param {WaitingLetter} letter */
function line(letter) {
  const name = [letter.title, letter.company].filter(Boolean).join(" · ");
  /** @type {HTMLElement[]} */
  const parts = [el("p", { class: "who" }, name), el("p", { class: "about" }, words(letter))];
  if (letter.can_undo) {
    const button = el("button", { type: "button", "data-undo": letter.outbox_id }, get("undo"));
    button.append(el("span", { class: "unseen" }, ` · ${name}`));
    button.addEventListener("click", () => takeBack(letter.outbox_id));
    parts.push(button);
  }
  return el("li", {}, ...parts);
}

/** Shows the letters, and looks again while one of them moves. @param {WaitingLetter[]} letters */
export function showLetters(letters) {
  clearTimeout(timer);
  const list = byId("letters", HTMLUListElement);
  const focused = document.activeElement?.getAttribute("data-undo");
  list.replaceChildren(...letters.map(line));
  byId("waiting", HTMLElement).hidden = letters.length === 0;
  const again = focused ? list.querySelector(`[data-undo="${CSS.escape(focused)}"]`) : null;
  if (again instanceof HTMLElement) again.focus();
  if (letters.some(({ undo_until: until }) => until)) timer = setTimeout(look, PACE);
}

async function look() {
  const log = await ask("log", {});
  if (log.ok) showLetters(log.value.letters ?? []);
  else timer = setTimeout(look, PACE * 5); // it goes or stays without us; only the news is late
}

/** @param {string} outboxId */
async function takeBack(outboxId) {
  const undone = await ask("undo", { outbox_id: outboxId });
  const told = byId("taken", HTMLParagraphElement);
  if (!undone.ok) told.textContent = sentence(undone);
  else told.textContent = get(undone.value.state === "undone" ? "taken_back" : "too_late");
  await look();
}
