/** Watches Gmail's page and keeps one card above each opened message that says no; never two. */
(() => {
  "use strict";
  const DEBOUNCE = 50; // ms; Gmail paints in bursts
  const PACE = 1000; // ms between questions about a letter on its way
  const LOST_AFTER = 3000; // ms a thread may take to load before its missing ids mean that Gmail has changed
  const AGAIN_AFTER = 15_000; // ms until an unreachable server is asked again about an open mail
  const { openMessages, ownAddress, health } = globalThis.ClassActDom;
  const { ask, onAsk } = globalThis.ClassActTransport;

  /** @typedef {{card: CardHandle | null}} Entry */
  /** @type {Map<string, Entry>} what is known of each open message, by id; also "no card" */
  const entries = new Map();
  /** @type {MutationObserver | null} */
  let observer = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let lostTimer;
  let reported = "";

  /** Puts the card above the body, where Gmail has it now. @param {{host: HTMLElement}} card @param {FoundMessage} found */
  function place({ host }, { anchor, inside }) {
    const parent = inside ? anchor : anchor.parentElement;
    if (host.parentElement !== parent) anchor[inside ? "prepend" : "before"](host);
    host.style.colorScheme = globalThis.ClassActBackdrop.schemeBehind(anchor);
  }

  /** @param {FoundMessage} found */
  async function meet(found) {
    /** @type {Entry} */
    const entry = { card: null };
    entries.set(found.id, entry);
    const reply = await ask("message", { message_id: found.id, ...(found.sender && { sender: found.sender }) });
    if (entries.get(found.id) !== entry) return; // closed meanwhile
    if (!reply.ok) {
      if (reply.code === "updated") stop(found, reply);
      else if (reply.code === "model") explain(found, entry, reply);
      else if (!reply.status) setTimeout(() => forget(found.id, entry), AGAIN_AFTER);
      return;
    }
    if (!reply.value.is_rejection && !reply.value.needs_review) return;
    entry.card = globalThis.ClassActCard.create({ message: reply.value, ask, pace: PACE });
    pass();
  }

  /**
   * No mail can be judged: say so once, above the mail that is open, for as long as it is.
   * @param {FoundMessage} found
   * @param {Entry} entry
   * @param {Failure} failure
   */
  function explain(found, entry, failure) {
    if ([...entries.values()].some(({ card }) => card)) return;
    const frame = globalThis.ClassActFrame.create(found.id);
    frame.clear(failure.error);
    frame.show({ note: failure.hint, body: [] });
    entry.card = { host: frame.host, isNeeded: false, isGone: false, dispose: () => frame.host.remove() };
    pass();
  }

  /** Lets an open mail be asked about again. @param {string} id @param {Entry} entry */
  function forget(id, entry) {
    if (entries.get(id) !== entry) return;
    entries.delete(id);
    if (document.visibilityState === "visible") pass();
  }

  /**
   * This script was cut off by an update: say so once, above the mail that is open.
   * @param {FoundMessage} found
   * @param {Failure} failure
   */
  function stop(found, failure) {
    observer?.disconnect();
    observer = null;
    if ([...entries.values()].some(({ card }) => card?.host.isConnected)) return; // a card will say it when used
    const frame = globalThis.ClassActFrame.create(found.id);
    frame.clear(failure.error);
    frame.show({ note: failure.hint, body: [] });
    place(frame, found);
  }

  function pass() {
    const open = openMessages(document, ownAddress(document));
    const ids = new Set(open.map(({ id }) => id));
    for (const [id, { card }] of entries) {
      if (ids.has(id) || card?.isNeeded) continue;
      card?.dispose();
      entries.delete(id);
    }
    for (const found of open) {
      const entry = entries.get(found.id);
      if (!entry) meet(found);
      else if (entry.card && !entry.card.isGone) place(entry.card, found);
    }
    checkHealth();
  }

  function checkHealth() {
    const state = health(document, location.hash);
    if (state !== "lost") {
      clearTimeout(lostTimer);
      lostTimer = undefined;
      if (state === "well") report("well");
    } else {
      lostTimer ??= setTimeout(() => {
        lostTimer = undefined;
        if (health(document, location.hash) === "lost") report("lost");
      }, LOST_AFTER);
    }
  }

  /** @param {"well" | "lost"} state */
  function report(state) {
    if (state === reported) return;
    reported = state;
    ask("health", { state });
  }

  async function start() {
    await globalThis.ClassActTexts.ready;
    for (const stale of document.querySelectorAll("classact-card")) stale.remove(); // of a script that was cut off
    observer = new MutationObserver(() => {
      soon ??= setTimeout(() => {
        soon = undefined;
        pass();
      }, DEBOUNCE);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    onAsk?.("outline", () => globalThis.ClassActOutline.outline(document));
    pass();
  }

  globalThis.ClassActMain = Object.freeze({ started: start() });
})();
