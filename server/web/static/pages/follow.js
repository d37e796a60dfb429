/** Brings the page to what the server shows now and leaves in place what has not changed: focus and open letters stay. */

import { pageNow } from "./ask.js";

/** Fetches the page again and follows it in every `data-live` part; "refreshed" is sent to the document afterwards. */
export async function refresh() {
  const page = await pageNow();
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) follow(old, fresh);
  }
  document.querySelector("#main").dataset.stamp = page.querySelector("#main").dataset.stamp;
  document.dispatchEvent(new Event("refreshed"));
}

function follow(old, fresh) {
  carryOver(old, fresh);
  if (old.isEqualNode(fresh)) return;
  if (old.matches("[data-keyed]")) return followByKey(old, fresh);
  const sameShape = old.children.length === fresh.children.length;
  if (!fresh.querySelector("[data-keyed]") || !sameShape) return replace(old, fresh);
  old.hidden = fresh.hidden;
  const pairs = [...fresh.children].map((child, at) => [old.children[at], child]);
  for (const [mine, theirs] of pairs) follow(mine, theirs);
}

/** What only this window knows: an opened letter, an entry the filter has hidden. */
function carryOver(old, fresh) {
  if (old.matches("[data-entry]")) fresh.hidden = old.hidden;
  const opened = [...old.querySelectorAll(":scope > details")].map((details) => details.open);
  fresh.querySelectorAll(":scope > details").forEach((details, at) => (details.open = opened[at] ?? false));
}

function followByKey(old, fresh) {
  const wanted = new Set([...fresh.children].map(({ id }) => id));
  for (const child of [...old.children]) if (!wanted.has(child.id)) remove(child);
  [...fresh.children].forEach((child, at) => {
    const mine = [...old.children].find(({ id }) => id === child.id);
    if (mine) follow(mine, child);
    else old.insertBefore(document.adoptNode(child), old.children[at] ?? null);
  });
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const key = focused?.dataset.post;
  const node = document.adoptNode(fresh);
  old.replaceWith(node);
  if (!focused) return;
  const again = (key && node.querySelector(`[data-post="${key}"]`)) || node.querySelector("[tabindex]") || node;
  (node.hidden ? document.querySelector("#main") : again).focus({ preventScroll: true });
}

/** The focus goes to the entry that takes the place of the one that goes, and never to nowhere. */
function remove(child) {
  const focused = child.contains(document.activeElement);
  const heir = child.nextElementSibling ?? child.previousElementSibling;
  child.remove();
  if (focused) (heir?.querySelector("[tabindex]") ?? document.querySelector("#main")).focus({ preventScroll: true });
}
