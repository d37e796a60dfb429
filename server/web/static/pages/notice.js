/** The line at the foot of the window: what has just been done, and a way back. */

const bar = document.querySelector("#notice");
const words = bar.querySelector("p");
const button = bar.querySelector("button");

/** Shows a sentence and reads it out; with `label` and `press`, a button beside it. */
export function say(sentence, { problem = false, label = "", press = null } = {}) {
  bar.hidden = !sentence;
  bar.classList.toggle("problem", problem);
  words.textContent = sentence;
  button.hidden = !label;
  button.textContent = label;
  button.onclick = press;
}

/** A failure in the server's words, or that nobody answers. */
export function complain(error) {
  say(error.name === "TypeError" ? bar.dataset.gone : error.message, { problem: true });
}
