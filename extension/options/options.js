/** The options page: pairs with the server, sets its port, and says whether the two can talk. */
import { ask, byId, fillTexts, get, sentence, withCode } from "../shared/page.js";

const state = byId("state", HTMLParagraphElement);
const forget = byId("forget", HTMLButtonElement);
const check = byId("check", HTMLButtonElement);
const code = byId("code", HTMLInputElement);
const port = byId("port", HTMLInputElement);

/** @param {string} text @param {boolean} [isProblem] */
function say(text, isProblem = false) {
  state.replaceChildren(...withCode(text));
  state.classList.toggle("problem", isProblem);
}

/** Asks the server how it is and says so. */
async function showState() {
  say(get("checking"));
  const known = await ask("settings", {});
  if (!known.ok) return say(sentence(known), true);
  port.value = String(known.value.port);
  forget.hidden = !known.value.paired;
  if (!known.value.paired) return say(get("not_paired_yet"));
  const status = await ask("status", {});
  if (!status.ok) return say(sentence(status), true);
  return say(get(status.value.mode === "demo" ? "connected_demo" : "connected", status.value.version));
}

/**
 * Runs one step with its button off, so that a second press does nothing.
 * @param {Element | null} button
 * @param {() => Promise<void>} step
 */
async function once(button, step) {
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await step();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

byId("pair", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.submitter, async () => {
    const reply = await ask("pair", { code: code.value });
    if (!reply.ok) return say(sentence(reply), true);
    code.value = "";
    await showState();
  });
});

byId("port-form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.submitter, async () => {
    const reply = await ask("port", { port: port.valueAsNumber });
    if (!reply.ok) return say(sentence(reply), true);
    await showState();
  });
});

check.addEventListener("click", () => once(check, showState));
forget.addEventListener("click", () =>
  once(forget, async () => {
    await ask("forget", {});
    await showState();
  }),
);

fillTexts(document);
document.title = get("options_title");
showState();
