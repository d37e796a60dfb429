/** The buttons of the lists: each posts what its attributes say, then the page follows. */

import { ask } from "./ask.js";
import { refresh } from "./follow.js";
import { complain, say } from "./notice.js";

let busy = false;

/** Listens once for all buttons, those that come later too. A click made by a script does nothing. */
export function startButtons() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-post]");
    if (button && event.isTrusted) press(button);
  });
}

/** Does what the button says; for a person's click or key only. */
export async function press(button) {
  const { post, payload, done, back, backLabel, backOp } = button.dataset;
  await step(button, async () => {
    const answer = await ask(post, JSON.parse(payload));
    await refresh();
    if (post === "undo" && answer.state !== "undone") return say(button.dataset.tooLate);
    if (post === "settle" && !answer.told) return say(answer.problem || button.dataset.found); // seen in the mailbox
    const undo = { label: backLabel, press: () => takeBack(backOp, JSON.parse(back)) };
    say(answer.words ?? done, back ? undo : {}); // the server's own sentence where it has a date to say
  });
}

async function takeBack(post, payload) {
  await step(null, async () => {
    await ask(post, payload);
    await refresh();
    say("");
    const { message_id: mail, outbox_id: letter } = payload;
    const place = document.querySelector(mail ? `#m-${mail} [tabindex]` : `#letter-${letter} [tabindex]`);
    (place ?? document.querySelector("#main")).focus();
  });
}

/** One step at a time, whoever is impatient. */
async function step(button, work) {
  if (busy) return;
  busy = true;
  button?.setAttribute("aria-disabled", "true");
  try {
    await work();
  } catch (error) {
    if (button && error.code === "answered") askTwice(button);
    complain(error);
  } finally {
    busy = false;
    button?.removeAttribute("aria-disabled");
  }
}

/** The thread has been answered meanwhile: a second press of the same button means it. */
function askTwice(button) {
  button.dataset.payload = JSON.stringify({ ...JSON.parse(button.dataset.payload), confirmed: true });
  button.textContent = button.dataset.allTheSame;
}
