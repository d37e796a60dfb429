/** What the card shows at each stage of a letter, as notes and buttons; what a press does is the card's affair. */
(() => {
  "use strict";
  const { el, button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;

  // Times `pace`: as often as the server itself looks for a letter in doubt, and later more rarely
  const OFTEN = 5;
  const RARELY = 30;

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

  /** Who is thanked, by name where there is one. @param {SuggestReply} offer */
  function whom({ to, people = [] }) {
    const name = people.find((one) => one.address === to)?.name;
    return el("p", { class: "whom", dir: "auto" }, get("whom", name ? `${name} (${to})` : to));
  }

  /** @type {Views["review"]} */
  function review({ yes, no }) {
    return { body: [row(button(get("yes"), "primary", yes), button(get("no"), "plain", no))] };
  }

  /** A restart or a sleep closed the undo window: nothing goes until the seeker asks again. @type {Views["waiting"]} */
  function waiting(outbox, { send, keep, later }) {
    const go = button(get("send_now"), "primary", send);
    const note = [outbox.problem, get("was_waiting")].find(Boolean) ?? "";
    return { note, body: [row(go, button(get("keep_draft"), "plain", keep), later)], focus: go };
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
  function kept(outbox, offered, { open, wrong, later, take }) {
    const failed = outbox.state === "failed";
    const title = globalThis.ClassActLetter.title(outbox.kind);
    const note = failed ? outbox.problem || get("failed") : get("kept_draft", title);
    const body = [row(button(get("open_letter"), "primary", open), ...offered, later)];
    const told = outbox.told ? [button(get("undo"), "quiet", take)] : [];
    return { note, body, footer: failed ? told : [wrong] };
  }

  /** Gone; by the seeker's own word where no look could tell, and that can be taken back. @type {Views["sent"]} */
  function sent(outbox, offered, take) {
    const told = Boolean(outbox?.told);
    const footer = told ? [button(get("undo"), "quiet", take)] : [];
    return { note: get(told ? "noted_went" : "sent"), body: [row(...offered)], footer };
  }

  /**
   * Nobody knows whether it went. It is looked for; when no look could tell, the seeker may say so. It is never sent
   * again by itself, and there is no button that sends.
   * @type {Views["doubt"]}
   */
  function doubt(outbox, { ask, pace }, { say, ended }) {
    const settles = Boolean(outbox?.can_settle);
    const words = [button(get("it_went"), "plain", () => say("went"))];
    words.push(button(get("it_did_not"), "plain", () => say("did_not_go")));
    const note = outbox?.problem || get("unknown");
    const hint = get(settles ? "unknown_hint" : "unknown_looking");
    const letter = outbox?.body ? [reading(outbox, false)] : []; // what to look for under Sent
    return {
      view: { note, hint, body: [...(settles ? [row(...words)] : []), ...letter] },
      watch: () =>
        globalThis.ClassActOutbox.watch({
          ask,
          outboxId: outbox?.outbox_id ?? "",
          undoUntil: null,
          pace: pace * (settles ? RARELY : OFTEN),
          isOver: (item) => item.state !== "unknown" || Boolean(item.can_settle) !== settles,
          onTick: () => {},
          onEnd: ended,
          onTrouble: () => {}, // the answer exists, and the next look may find it
        }),
    };
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

  /** Before it is known whom one could write to, no letter is offered. @type {Views["looking"]} */
  function looking(note, wrong) {
    return { note, body: [el("p", { class: "looking" }, get("looking_whom"))], footer: [wrong] };
  }

  /**
   * The first look at a rejection: send thanks at once, edit first, or later. `offer` is null when the server gave no
   * answer: then a press asks again.
   * @type {Views["fresh"]}
   */
  function fresh(offer, note, offered, { send, wrong, later }) {
    const go = note ? [] : [button(get("send_thanks"), "primary", send)]; // never at once where somebody has answered
    const hint = offer?.advice || (note ? "" : get("no_hurry"));
    const buttons = row(...go, ...offered, later);
    const body = offer ? [whom(offer), buttons, reading(offer, false)] : [buttons];
    return { note, hint, body, footer: [wrong] };
  }

  /** Nobody is written to by itself; others who took part may be. @type {Views["nobody"]} */
  function nobody({ why, people = [] }, offered, wrong, choose) {
    const others = globalThis.ClassActLetter.choice(people, "", choose);
    return { note: why, body: [...(offered.length > 0 ? [row(...offered)] : []), others], footer: [wrong] };
  }

  const views = { nobody, row, review, waiting, twice, kept, sent, doubt, counting, looking, fresh };
  globalThis.ClassActViews = Object.freeze(views);
})();
