/** Looks now and then whether the page would show something else, counts letters down, and moves the progress bar. */

import { ask } from "./ask.js";
import { refresh } from "./follow.js";
import { complain, say } from "./notice.js";

const BUSY = 1500; // ms between looks while mail is being read or a letter is on its way
const QUIET = 20_000; // ms otherwise; the server itself looks for new mail every 60 s
const bar = document.querySelector("#progress");
let stamp = document.querySelector("#main").dataset.stamp;
let lost = false;

/** Begins to look, at once when something is going on. */
export function startWatch() {
  setInterval(countDown, 250);
  document.addEventListener("refreshed", countDown);
  countDown();
  look();
}

async function look() {
  let busy = true;
  try {
    const now = await ask("status", {});
    busy = now.busy;
    showProgress(now);
    if (now.stamp !== stamp) await refresh();
    stamp = now.stamp;
    if (lost) say("");
    lost = false;
  } catch (error) {
    if (!lost) complain(error); // once, not every time
    lost = true;
    busy = false;
  }
  const soon = busy || document.querySelector("[data-moving]");
  setTimeout(look, soon ? BUSY : QUIET);
}

function showProgress({ busy, words, seen, total }) {
  if (!bar?.isConnected) return;
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
