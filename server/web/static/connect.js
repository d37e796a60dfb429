/** The Connect page: hands over the client file, opens Google's page in a new tab, and follows how things stand. */

import { ask } from "./pages/ask.js";
import { refresh } from "./pages/follow.js";
import { complain, say } from "./pages/notice.js";
import { startReaching } from "./pages/reach.js";
import { startTidying } from "./pages/tidy.js";

const WAITING = 1500; // ms between looks while Google's page is open
const QUIET = 15_000;
const main = document.querySelector("#main");
let timer = 0;
let busy = false;

/** One step at a time; a refusal is said in the server's words, and the page shows how things stand after it. */
async function step(work) {
  if (busy) return;
  busy = true;
  try {
    await work();
  } catch (error) {
    complain(error);
  } finally {
    busy = false;
    look();
  }
}

/** The tab is opened in the click itself, or the browser would take it for an unasked one. */
function begin({ begin: more, hint = "" }) {
  const tab = window.open("", "_blank");
  return step(async () => {
    try {
      const { url } = await ask("connect-begin", { more, hint });
      if (tab) {
        tab.opener = null;
        tab.location.replace(url);
      }
    } catch (error) {
      tab?.close();
      throw error;
    }
    await refresh();
  });
}

function end({ end: address, done, partly }) {
  return step(async () => {
    const { revoked } = await ask("connect-end", { address });
    await refresh();
    say(revoked ? done : partly, { problem: !revoked });
  });
}

function handOver(input) {
  const [file] = input.files;
  const { done } = input.dataset;
  if (!file) return;
  step(async () => {
    const content = await file.slice(0, 100_000).text(); // a right one has about 400 bytes
    input.value = "";
    await ask("connect-client", { name: file.name, content });
    await refresh();
    say(done);
  });
}

async function look() {
  clearTimeout(timer);
  let wait = QUIET;
  try {
    const now = await ask("connect-status", {});
    if (now.waiting) wait = WAITING;
    if (now.stamp !== main.dataset.stamp) await refresh();
  } catch (error) {
    complain(error);
  }
  timer = setTimeout(look, wait);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-begin], [data-end], [data-cancel]");
  if (!button || !event.isTrusted) return;
  if ("begin" in button.dataset) begin(button.dataset);
  else if ("end" in button.dataset) end(button.dataset);
  else step(() => ask("connect-cancel", {}));
});
document.addEventListener("change", (event) => {
  if (event.target.id === "client") handOver(event.target);
});
startTidying(step);
startReaching(step);
look();
