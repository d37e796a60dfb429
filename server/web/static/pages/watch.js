/** Looks now and then whether the page would show something else, counts letters down, and moves the progress bar. */

import { ask } from "./ask.js";
import { refresh } from "./follow.js";
import { complain, say } from "./notice.js";

const BUSY = 1500; // ms between looks while mail is being read or a letter is on its way
const QUIET = 3000; // ms otherwise: a letter sent from the card must show here while it can still be taken back
const HIDDEN = 20_000; // ms where nobody sees it
const main = document.querySelector("#main");
const bar = document.querySelector("#progress");
let timer = 0;
let reading = false;
let lost = false;

/** Begins to look, at once. */
export function startWatch() {
  setInterval(countDown, 250);
  document.addEventListener("refreshed", () => {
    countDown();
    plan(); // a letter may have begun to move
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  countDown();
  look();
}

function plan() {
  clearTimeout(timer);
  const soon = reading || document.querySelector("[data-moving]");
  timer = setTimeout(look, soon ? BUSY : document.hidden ? HIDDEN : QUIET);
}

async function look() {
  clearTimeout(timer);
  try {
    const now = await ask("status", {});
    reading = now.busy;
    showProgress(now);
    if (now.stamp !== main.dataset.stamp) await refresh();
    if (lost) say("");
    lost = false;
  } catch (error) {
    if (!lost) complain(error); // once, not every time
    lost = true;
    reading = false;
  }
  plan();
}

function showProgress({ busy, words, seen, total }) {
  if (!bar) return;
  bar.hidden = !busy;
  bar.querySelector("p").textContent = words;
  const meter = bar.querySelector("progress");
  if (total > 0) Object.assign(meter, { max: total, value: seen });
  else meter.removeAttribute("value");
}

function countDown() {
  for (const line of document.querySelectorAll("[data-until]")) {
    const seconds = Math.ceil((Date.parse(line.dataset.until) - Date.now()) / 1000);
    line.textContent = seconds > 0 ? line.dataset.words.replace("{seconds}", String(seconds)) : line.dataset.going;
  }
}
