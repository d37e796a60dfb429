/** The Connect page's switches for labels and archiving: each change is sent at once, and the focus stays where it was. */

import { ask } from "./ask.js";
import { refresh } from "./follow.js";
import { say } from "./notice.js";

/** `step` runs one piece of work at a time and words its failure. */
export function startTidying(step) {
  document.addEventListener("change", (event) => {
    const { tidy: what, address, on, off } = event.target.dataset;
    if (what && event.isTrusted) step(() => turn(event.target, { what, address, on: event.target.checked }, on, off));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-untidy]");
    if (button && event.isTrusted) step(() => takeBack(button.dataset));
  });
}

async function turn(box, asked, on, off) {
  const { id } = box;
  try {
    await ask("labels", asked);
    say(asked.on ? on : off);
  } catch (error) {
    box.checked = !asked.on; // the switch shows how it stands, not what was wished for
    throw error;
  } finally {
    await refresh();
    document.getElementById(id)?.focus({ preventScroll: true });
  }
}

async function takeBack({ untidy: what, address, done, at }) {
  await ask("labels-undo", { what, address });
  await refresh();
  document.getElementById(at)?.focus({ preventScroll: true });
  say(done);
}
