/** One key answers a question: Y, N, S for later, U to take the last answer back. Only while the focus is in the list. */

import { press } from "./buttons.js";

const ANSWERS = Object.freeze({ y: 0, n: 1 }); // which of a question's two buttons

/** Listens for the keys and for the button that puts the focus on the first question. */
export function startKeys() {
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-first]")) aim(document.querySelector("#questions > li"));
  });
  document.addEventListener("keydown", (event) => {
    const question = event.target.closest?.("#questions > li");
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.repeat);
    if (question && isPlain && event.isTrusted && answer(question, event.key.toLowerCase())) event.preventDefault();
  });
}

function answer(question, key) {
  if (key in ANSWERS) press(question.querySelectorAll('[data-post="correct"]')[ANSWERS[key]]);
  else if (key === "s") aim(question.nextElementSibling ?? question.parentElement.firstElementChild);
  else if (key === "u") takeBack(question);
  else return false;
  return true;
}

/** Presses the button beside what was said last; the focus stays where one was reading. */
function takeBack(question) {
  const button = document.querySelector("#notice:not([hidden]) button:not([hidden])");
  if (!button) return;
  const stay = () => setTimeout(() => document.activeElement?.id === "main" && aim(question));
  document.addEventListener("refreshed", stay, { once: true });
  button.click();
}

function aim(question) {
  question?.querySelector("[tabindex]")?.focus();
}
