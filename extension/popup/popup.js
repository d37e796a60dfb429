/** The toolbar popup: how things stand, the recent rejections, and a way on when Gmail's page cannot be read. */
import { showLetters } from "./letters.js";
import { showReminders } from "./reminders.js";
import { ask, byId, el, fillTexts, get, sentence, withCode } from "../shared/page.js";

const SHOWN = 12;
const STATES = Object.freeze({
  new: "state_new",
  drafted: "state_drafted",
  held: "state_held",
  sending: "state_sending",
  sent: "state_sent",
  unknown: "state_unknown",
  failed: "state_failed",
  answered: "state_answered",
  dismissed: "state_dismissed",
  undone: "state_drafted",
});
const state = byId("state", HTMLParagraphElement);
const steps = byId("steps", HTMLDivElement);

/** @param {string} text @param {boolean} [isProblem] */
function say(text, isProblem = false) {
  state.replaceChildren(...withCode(text));
  state.className = isProblem ? "problem" : "muted";
}

/** @param {string} label @param {() => void} press */
function step(label, press) {
  const button = el("button", { type: "button", class: "primary" }, label);
  button.addEventListener("click", press);
  steps.replaceChildren(button);
}

/** What to do about a failure: pair, or start the server and look again. @param {Failure} failure */
function showFailure(failure) {
  say(sentence(failure), failure.code !== "not_paired"); // not paired yet is no fault
  if (failure.code === "not_paired") step(get("open_options"), () => chrome.runtime.openOptionsPage());
  else step(get("check_connection"), show);
}

/**
 * Gmail opens a message by its id; `authuser` picks the account it belongs to.
 * @param {LogRow} row
 * @param {boolean} isDemo
 */
function company(row, isDemo) {
  const name = row.title || row.company || get("unnamed_company");
  if (isDemo || !/^[0-9a-f]{10,20}$/.test(row.message_id) || !row.mailbox?.includes("@")) return name;
  const href = `https://mail.google.com/mail/?authuser=${encodeURIComponent(row.mailbox)}#all/${row.message_id}`;
  return el("a", { href, target: "_blank", rel: "noopener" }, name);
}

/** A day as the dashboard writes it, where the seeker is: 24 September. @param {string} received RFC 3339 */
function dayOf(received) {
  const moment = new Date(received);
  if (Number.isNaN(moment.getTime())) return "";
  return get("day_month", moment.getDate(), new Intl.DateTimeFormat(get("language"), { month: "long" }).format(moment));
}

/** @param {LogRow} row @param {boolean} isDemo */
function line(row, isDemo) {
  const about = [row.role, get(STATES[row.state] ?? STATES.new)].filter(Boolean).join(" · ");
  const quote = row.evidence[0]?.text;
  return el(
    "li",
    {},
    el("span", { class: "when" }, dayOf(row.received)),
    el("p", { class: "who" }, company(row, isDemo)),
    el("p", { class: "about" }, about),
    ...(quote ? [el("blockquote", { dir: "auto" }, quote)] : []),
  );
}

async function show() {
  steps.replaceChildren();
  say(get("checking"));
  const known = await ask("settings", {});
  if (!known.ok) return showFailure(known);
  byId("lost", HTMLElement).hidden = !known.value.lost;
  const status = await ask("status", {});
  if (!status.ok) return showFailure(status);
  const log = await ask("log", {});
  if (!log.ok) return showFailure(log);
  const { rejections, review } = log.value;
  const isDemo = status.value.mode === "demo";
  const trouble = isDemo ? undefined : status.value.accounts?.find(({ mend }) => mend);
  const { model } = status.value;
  if (!["ready", "loading"].includes(model)) say(model, true);
  else if (trouble) {
    say(`${trouble.name}. ${trouble.sentence} ${trouble.mend}`, true);
    const href = `http://127.0.0.1:${known.value.port}/connect`;
    steps.replaceChildren(el("a", { href, target: "_blank", rel: "noopener" }, get("open_connect")));
  } else say(get(status.value.scanning ? "state_scanning" : isDemo ? "state_demo" : "state_ready"));
  showLetters(log.value.letters ?? []);
  showReminders(log.value.reminders ?? [], known.value.port);
  const rows = rejections.slice(0, SHOWN).map((row) => line(row, isDemo));
  byId("rows", HTMLUListElement).replaceChildren(...rows);
  byId("recent", HTMLElement).hidden = rows.length === 0;
  const link = el("a", { href: `http://127.0.0.1:${known.value.port}/`, target: "_blank", rel: "noopener" });
  link.textContent = review.length > 0 ? get("open_dashboard_review", review.length) : get("open_dashboard");
  const dashboard = byId("dashboard", HTMLParagraphElement);
  dashboard.replaceChildren(link);
  dashboard.hidden = false;
  return undefined;
}

byId("copy", HTMLButtonElement).addEventListener("click", async () => {
  const copied = byId("copied", HTMLParagraphElement);
  try {
    const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
    await navigator.clipboard.writeText(await chrome.tabs.sendMessage(tab?.id ?? -1, { op: "outline" }));
    copied.textContent = get("outline_copied");
  } catch (error) {
    console.debug("Class Act: no Gmail page in this tab:", String(error));
    copied.textContent = get("outline_open_gmail");
  }
});

fillTexts(document);
show();
