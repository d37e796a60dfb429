/** What the card shows at each stage of a letter, as notes and buttons; what a press does is the card's affair. */
(() => {
  "use strict";
  const { el, button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;

  const row = (/** @type {HTMLElement[]} */ ...buttons) => el("div", { class: "actions" }, ...buttons);

  /**
   * The letter to be read, folded away or open.
   * @param {Letterlike} letter
   * @param {boolean} open
   */
  function reading(letter, open) {
    const text = el("p", { class: "text", dir: "auto", lang: letter.language ?? "" }, letter.body);
    const details = el(
      "details",
      { class: "reading" },
      el("summary", {}, get("show_letter")),
      el("p", { class: "address" }, `${get("to")}: ${letter.to}`),
      el("p", { class: "address", dir: "auto" }, letter.subject),
      text,
    );
    details.open = open;
    return details;
  }

  /** @type {Views["review"]} */
  function review({ yes, no }) {
    return { body: [row(button(get("yes"), "primary", yes), button(get("no"), "plain", no))] };
  }

  /** A restart or a sleep closed the undo window: nothing goes until the seeker asks again. @type {Views["waiting"]} */
  function waiting(outbox, { send, keep }) {
    const go = button(get("send_now"), "primary", send);
    const note = [outbox.problem, get("was_waiting")].find(Boolean) ?? "";
    return { note, body: [row(go, button(get("keep_draft"), "plain", keep))], focus: go };
  }

  /** The thread has moved on since the letter was written: a second press means it. @type {Views["twice"]} */
  function twice(failure, { send, keep }) {
    const back = button(get("keep_draft"), "primary", keep);
    return {
      note: failure.error,
      hint: failure.hint,
      body: [row(back, button(get("send_all_the_same"), "plain", send))],
      focus: back,
    };
  }

  /** @type {Views["kept"]} */
  function kept(outbox, offered, { open, wrong }) {
    const failed = outbox.state === "failed";
    const title = globalThis.ClassActLetter.title(outbox.kind);
    const note = failed ? outbox.problem || get("failed") : get("kept_draft", title);
    const body = [row(button(get("open_letter"), "primary", open), ...offered)];
    return { note, body, footer: failed ? [] : [wrong] };
  }

  /** No button: whether it went is for the seeker to see, and it is never sent again. @type {Views["unknown"]} */
  function unknown(outbox) {
    return { note: outbox?.problem || get("unknown"), hint: get("unknown_hint"), body: [] };
  }

  /**
   * The count-down, with Undo and the letter that goes out.
   * @type {Views["counting"]}
   */
  function counting(outbox, { ask, pace }, frame, { undo, ended }) {
    const line = el("p", { class: "count", role: "timer", "aria-live": "off", tabindex: "-1" });
    const back = button(get("undo"), "plain", undo);
    const body = [el("div", { class: "sending" }, line, back), ...(outbox.body ? [reading(outbox, true)] : [])];
    const tick = (/** @type {number} */ seconds) => {
      line.textContent = seconds > 0 ? get("sending_in", seconds) : get("sending");
      // A button that vanishes under the focus would leave the next key to Gmail's shortcuts
      if (seconds === 0 && back.matches(":focus")) line.focus();
      back.hidden = seconds === 0;
      frame.say(seconds > 0 ? get("can_undo") : "");
    };
    return {
      view: { body, focus: back },
      watch: () =>
        globalThis.ClassActOutbox.watch({
          ask,
          outboxId: outbox.outbox_id,
          undoUntil: outbox.undo_until,
          pace,
          onTick: tick,
          onEnd: ended,
          onTrouble: (failure) => frame.say(`${failure.error} ${get("never_twice")}`, true),
        }),
    };
  }

  /**
   * The first look at a rejection: send thanks at once, or edit first. "Send thanks" waits for the letter that it
   * would send, and goes when there is nobody to write to.
   * @type {Views["fresh"]}
   */
  function fresh(offered, { send, wrong }) {
    const go = button(get("send_thanks"), "primary", send);
    globalThis.ClassActNodes.setPending(go, true);
    const place = el("div", {});
    const body = [row(go, ...offered), place];
    return {
      view: { hint: get("no_hurry"), body, footer: [wrong] },
      learn: (offer) => {
        if (offer && !offer.allowed) go.remove();
        else globalThis.ClassActNodes.setPending(go, false);
        if (offer?.allowed) place.replaceChildren(reading(offer, false));
        else if (offer) place.replaceChildren(el("p", { class: "why" }, offer.why));
      },
    };
  }

  /** Nobody is written to by itself; others who took part may be. @type {Views["nobody"]} */
  function nobody({ why, people = [] }, offered, wrong, choose) {
    return {
      note: why,
      body: [row(...offered), globalThis.ClassActLetter.choice(people, "", choose)],
      footer: [wrong],
    };
  }

  globalThis.ClassActViews = Object.freeze({ nobody, row, review, waiting, twice, kept, unknown, counting, fresh });
})();
