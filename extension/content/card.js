/** The card above a rejection: two letters, one way out of a wrong verdict. It asks the server and decides nothing. */
(() => {
  "use strict";
  const { el, button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;

  const CLOSES_AFTER = 4; // times `pace`: time to read one short sentence

  /** One card. Use `ClassActCard.create`. */
  class Card {
    #parts;
    #message;
    #frame;
    #busy = false;
    #gone = false;
    /** @type {{stop: () => void} | null} */
    #watch = null;
    /** @type {LetterView | null} the letter on show */
    #letter = null;
    /** @type {Map<string, LetterView>} letters by kind, closed ones with their edits too */
    #letters = new Map();

    /** @param {CardParts} parts */
    constructor(parts) {
      this.#parts = parts;
      this.#message = parts.message;
      this.#frame = globalThis.ClassActFrame.create(parts.message.message_id);
      this.host = this.#frame.host;
      globalThis.ClassActKeyguard.guard(this.host, (event) => this.#onKey(event));
      this.#frame.fill(parts.message);
      this.#showState();
    }

    /** Whether closing the card would lose a letter that somebody has edited. */
    get isNeeded() {
      return [...this.#letters.values()].some((letter) => letter.isTouched());
    }

    /** Closed for good: a wrong verdict was corrected, or the mail was left. */
    get isGone() {
      return this.#gone;
    }

    dispose() {
      this.#gone = true;
      this.#watch?.stop();
      this.host.remove();
    }

    /** What the server says about this mail now, as notes and buttons. */
    #showState() {
      const message = this.#message;
      const { outbox } = message;
      if (!message.is_rejection) return this.#showReview();
      const state = outbox?.state ?? message.state;
      if (outbox && (state === "sending" || (state === "held" && outbox.undo_until))) return this.#follow(outbox);
      if (outbox && state === "held") return this.#showWaiting(outbox);
      if (state === "unknown") return this.#showUnknown(outbox?.problem);
      if (state === "sent") return this.#showSent(outbox?.kind ?? "");
      if (outbox && (outbox.draft_id || state === "failed")) return this.#showKept(outbox, state);
      if (state === "answered") return this.#show({ note: get("answered"), body: [this.#offer("")] });
      return this.#show({ hint: get("no_hurry"), body: [this.#offer("")], footer: [this.#wrongButton()] });
    }

    #showReview() {
      const yes = button(get("yes"), "primary", () => this.#correct(true));
      const no = button(get("no"), "plain", () => this.#correct(false));
      this.#show({ body: [el("div", { class: "actions" }, yes, no)] });
    }

    /** @param {OutboxItem} outbox @param {string} state */
    #showKept(outbox, state) {
      const failed = state === "failed";
      const title = globalThis.ClassActLetter.title(outbox.kind);
      const open = button(get("open_letter"), "primary", () => this.#openLetter(outbox.kind, outbox, ""));
      const actions = el("div", { class: "actions" }, open, ...this.#offer(outbox.kind).children);
      const note = failed ? outbox.problem || get("failed") : get("kept_draft", title);
      this.#show({ note, body: [actions], footer: failed ? [] : [this.#wrongButton()] });
    }

    /** A restart closed the undo window: nothing goes until the seeker asks again. @param {OutboxItem} outbox */
    #showWaiting(outbox) {
      const send = button(get("send_now"), "primary", () => this.#send(outbox));
      const keep = button(get("keep_draft"), "plain", () => this.#undo(outbox.outbox_id));
      this.#show({ note: get("was_waiting"), body: [el("div", { class: "actions" }, send, keep)], focus: send });
    }

    /** No button: whether it went is for the seeker to see, and it is never sent again. @param {string} [problem] */
    #showUnknown(problem) {
      this.#show({ note: problem || get("unknown"), hint: get("unknown_hint"), body: [] });
    }

    /** @param {string} kind of the letter that went */
    #showSent(kind) {
      this.#letters.delete(kind);
      this.#show({ note: get("sent"), body: [this.#offer(kind)] });
    }

    /** Buttons for the letters one may still write. @param {string} except the kind under way, or "" */
    #offer(except) {
      return globalThis.ClassActLetter.offer(except, (kind) => this.#openKind(kind));
    }

    #wrongButton() {
      return button(get("not_a_rejection"), "quiet", () => this.#correct(false));
    }

    /** @param {string} kind */
    #openKind(kind) {
      const open = this.#letters.get(kind);
      if (open) return this.#showLetter(open);
      return this.#run(async () => {
        const offer = await this.#ask("suggest", { message_id: this.#message.message_id, kind });
        if (!offer) return;
        if (offer.allowed) this.#openLetter(kind, offer, offer.advice);
        else this.#show({ note: offer.why, body: [this.#offer(kind)], footer: [this.#wrongButton()] });
      });
    }

    /** @param {string} kind @param {Letterlike} letter @param {string} advice */
    #openLetter(kind, letter, advice) {
      const { draft_id = "", revision = "" } = letter;
      const saved = draft_id ? { draft_id, revision } : null;
      const on = { save: () => this.#save(), send: () => this.#sendLetter(), close: () => this.#closeLetter() };
      const known = this.#letters.get(kind);
      const view = known ?? globalThis.ClassActLetter.create({ ...letter, kind, advice }, saved, on);
      this.#letters.set(kind, view);
      this.#showLetter(view);
    }

    /** @param {LetterView} letter */
    #showLetter(letter) {
      this.#show({ body: [letter.element] });
      this.#letter = letter;
      letter.focus();
    }

    #closeLetter() {
      this.#frame.say("");
      this.#showState();
      this.#frame.focusHeading();
    }

    #save() {
      const letter = this.#letter;
      if (!letter || (letter.saved() && !letter.isDirty())) return;
      const problem = letter.problem();
      if (problem) return this.#frame.say(problem, true);
      const values = letter.values();
      const { message_id } = this.#message;
      const { draft_id } = letter.saved() ?? {};
      this.#run(async () => {
        const payload = { message_id, kind: letter.kind, ...values, ...(draft_id && { draft_id }) };
        const draft = await this.#ask("draft", payload);
        if (!draft) return;
        letter.keep(draft, values);
        this.#remember({ state: "drafted", kind: letter.kind, ...values, ...draft });
        this.#frame.say(get("saved_note"));
      });
    }

    #sendLetter() {
      const saved = this.#letter?.saved();
      if (this.#letter && saved && !this.#letter.isDirty()) this.#send(saved);
    }

    /** @param {Saved} draft */
    #send({ draft_id, revision }) {
      this.#run(async () => {
        const item = await this.#ask("send", { draft_id, revision });
        if (!item) return;
        this.#remember(item);
        this.#showState();
      });
    }

    /** @param {string} outboxId */
    #undo(outboxId) {
      this.#run(async () => {
        const item = await this.#ask("undo", { outbox_id: outboxId });
        if (!item) return;
        if (item.state === "held" || item.state === "sending") return this.#frame.say(get("too_late"));
        this.#ended(item);
      });
    }

    /** Counts down and shows how it ends. @param {OutboxItem} outbox */
    #follow(outbox) {
      const line = el("p", { class: "count", role: "timer", "aria-live": "off" });
      const undo = button(get("undo"), "plain", () => this.#undo(outbox.outbox_id));
      this.#show({ body: [el("div", { class: "sending" }, line, undo)], focus: undo });
      this.#watch = globalThis.ClassActOutbox.watch({
        ask: this.#parts.ask,
        outboxId: outbox.outbox_id,
        undoUntil: outbox.undo_until,
        pace: this.#parts.pace,
        onTick: (seconds) => {
          line.textContent = seconds > 0 ? get("sending_in", seconds) : get("sending");
          undo.hidden = seconds === 0;
          this.#frame.say(seconds > 0 ? get("can_undo") : "");
        },
        onEnd: (item) => this.#ended(item),
        onTrouble: (failure) => this.#frame.say(`${failure.error} ${get("never_twice")}`, true),
      });
    }

    /** @param {Partial<OutboxItem>} item */
    #ended(item) {
      this.#frame.say(item.state === "undone" ? get("taken_back") : "");
      this.#remember(item);
      const letter = item.state === "undone" ? this.#letters.get(this.#message.outbox?.kind ?? "") : undefined;
      if (letter) this.#showLetter(letter);
      else this.#showState();
    }

    /** @param {boolean} isRejection */
    #correct(isRejection) {
      this.#run(async () => {
        const { message_id } = this.#message;
        if (!(await this.#ask("correct", { message_id, is_rejection: isRejection }))) return;
        if (!isRejection) return this.#thankAndClose();
        const message = await this.#ask("message", { message_id });
        if (!message) return;
        this.#message = message;
        this.#frame.fill(message);
        this.#showState();
      });
    }

    #thankAndClose() {
      this.#letters.clear();
      this.#frame.clear(get("thanks_for_correcting"));
      this.#show({ note: get("corrected"), body: [] });
      setTimeout(() => this.dispose(), CLOSES_AFTER * this.#parts.pace);
    }

    /** @param {Partial<OutboxItem>} change */
    #remember(change) {
      const outbox = /** @type {OutboxItem} */ ({ ...this.#message.outbox, ...change });
      this.#message = { ...this.#message, outbox };
    }

    /** One step at a time, with all buttons off at once. @param {() => Promise<void>} step */
    async #run(step) {
      if (this.#busy || this.#gone) return;
      this.#busy = true;
      this.#frame.setBusy(true);
      this.#frame.say("");
      try {
        await step();
      } finally {
        this.#busy = false;
        this.#frame.setBusy(false);
        this.#letter?.refresh();
      }
    }

    /**
     * The server's answer, or null after its error was shown.
     * @template {Op} O
     * @param {O} op
     * @param {Payloads[O]} payload
     * @returns {Promise<Replies[O] | null>}
     */
    async #ask(op, payload) {
      const reply = await this.#parts.ask(op, payload);
      if (this.#gone) return null;
      if (reply.ok) return reply.value;
      this.#frame.say([reply.error, reply.hint].filter(Boolean).join(" "), true);
      return null;
    }

    /** @param {View} view */
    #show(view) {
      this.#watch?.stop();
      this.#watch = null;
      this.#letter = null;
      this.#frame.show(view);
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      if (event.isComposing || event.repeat) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.#letter) {
        event.preventDefault();
        // Sending takes a press of its own: here the keys save, then lead to the Send button
        if (this.#letter.saved() && !this.#letter.isDirty()) this.#letter.focusSend();
        else this.#save();
      } else if (event.key === "Escape" && !this.#busy) {
        event.preventDefault();
        const { outbox } = this.#message;
        if (this.#watch && outbox) this.#undo(outbox.outbox_id);
        else if (this.#letter) this.#closeLetter();
      }
    }
  }

  globalThis.ClassActCard = Object.freeze({ create: (parts) => new Card(parts) });
})();
