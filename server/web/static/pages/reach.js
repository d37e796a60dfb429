/** The Connect page's choice of how far back an account is looked through, and whether at all of its mail. */

import { ask } from "./ask.js";
import { refresh } from "./follow.js";
import { say } from "./notice.js";

/** `step` runs one piece of work at a time and words its failure. */
export function startReaching(step) {
  document.addEventListener("change", (event) => {
    const { reach: address } = event.target.dataset;
    if (address && event.isTrusted) step(() => choose(event.target, address, event.target.dataset.everything === "true"));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-reach-all]");
    if (!button || !event.isTrusted) return;
    const { reachAll: address, at, done } = button.dataset;
    step(() => choose(document.getElementById(at), address, true, done));
  });
}

async function choose(list, address, everything, done = list.dataset.done) {
  const { id, value } = list;
  try {
    await ask("reach", { address, days: value === "all" ? null : Number(value), everything });
    say(done);
  } finally {
    await refresh();
    document.getElementById(id)?.focus({ preventScroll: true });
  }
}
