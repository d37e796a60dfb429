/** The card above a rejection: two letters, one way out of a wrong verdict. It asks the server and decides nothing. */
(() => {
  "use strict";
  const { button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;
  const views = globalThis.ClassActViews;

  const CLOSES_AFTER = 4; // times `pace`: time to read one short sentence

  /** One card. Use `ClassActCard.create`. */
  class Card {
    #parts;
    #message;
    #frame;
    #steps;
    #thanks;
    #what;
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
      this.#what = Object.freeze({ message_id: parts.message.message_id });
      this.#frame = globalThis.ClassActFrame.create(parts.message.message_id);
      this.host = this.#frame.host;
      globalThis.ClassActKeyguard.guard(this.host, (event) => this.#onKey(event));
      this.#thanks = globalThis.ClassActSteps.thanks(parts.ask, parts.message.message_id);
      this.#steps = globalThis.ClassActSteps.create({
        ask: parts.ask,
        frame: this.#frame,
        isGone: () => this.#gone,
        onDone: () => this.#letter?.refresh(),
      });
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
      const judge = { yes: () => this.#correct(true), no: () => this.#correct(false) };
      if (!message.is_rejection) return this.#show(views.review(judge));
      const state = outbox?.state ?? message.state;
      if (outbox && (state === "sending" || (state === "held" && outbox.undo_until))) return this.#follow(outbox);
      if (outbox && state === "held") {
        const on = { send: () => this.#send(outbox), keep: () => this.#undo(outbox.outbox_id) };
        return this.#show(views.waiting(outbox, on));
      }
      if (state === "unknown") return this.#show(views.unknown(outbox));
      if (state === "sent") {
        this.#letters.delete(outbox?.kind ?? "");
        return this.#show({ note: get("sent"), body: [views.row(...this.#offered(outbox?.kind ?? ""))] });
      }
      if (outbox && (outbox.draft_id || state === "failed")) {
        const on = { open: () => this.#openLetter(outbox.kind, outbox, ""), wrong: this.#wrongButton() };
        return this.#show(views.kept({ ...outbox, state }, this.#offered(outbox.kind), on));
      }
      if (state === "answered") return this.#show({ note: get("answered"), body: [views.row(...this.#offered(""))] });
      return this.#showFresh();
    }

    #showFresh() {
      const parts = { send: () => this.#sendThanks(), wrong: this.#wrongButton() };
      const { view, learn } = views.fresh(this.#offered(""), parts);
      this.#show(view);
      this.#thanks.letter().then((reply) => learn(reply.ok ? reply.value : null));
    }

    /** Buttons for the letters one may still write. @param {string} except the kind under way, or "" */
    #offered(except) {
      return globalThis.ClassActLetter.offer(except, (kind) => this.#openKind(kind));
    }

    /** One click: the letter that was shown is held at once; else it opens, with the reason. */
    #sendThanks() {
      const written = this.#letters.get("thank_you");
      if (written?.isTouched()) {
        this.#showLetter(written); // the seeker's own words are not passed over for the suggestion
        return this.#frame.say(get("read_first"));
      }
      return this.#steps.run(async () => {
        const pressed = this.#steps.told(await this.#thanks.press());
        if (!pressed) return;
        if (!pressed.held) return this.#readFirst(pressed);
        this.#remember(pressed.held);
        this.#showState();
      });
    }

    /** @param {Replies["send_suggested"]} pressed */
    #readFirst({ offer, kept, why }) {
      if (kept) this.#remember(kept);
      const letter = kept ?? offer;
      if (!letter || (!kept && !offer?.allowed))
        return this.#show({ note: why, body: [views.row(...this.#offered("thank_you"))] });
      this.#letters.delete("thank_you");
      const warnings = offer?.warnings?.filter((each) => !why.includes(each)) ?? [];
      this.#openLetter("thank_you", { ...letter, warnings }, why);
      this.#frame.say(get("read_first"));
    }

    #wrongButton() {
      return button(get("not_a_rejection"), "quiet", () => this.#correct(false));
    }

    /** Another person gets a letter of their own; edited words stay. @param {string} kind @param {string} [to] */
    #openKind(kind, to = "") {
      const open = this.#letters.get(kind);
      if (open && (!to || open.isTouched())) return to ? open.address(to) : this.#showLetter(open);
      return this.#steps.run(async () => {
        const asked = { ...this.#what, kind, ...(to && { to }) };
        const isThanks = kind === "thank_you" && !to;
        const offer = this.#steps.told(await (isThanks ? this.#thanks.letter() : this.#parts.ask("suggest", asked)));
        if (!offer) return;
        if (to) this.#letters.delete(kind);
        const choose = (/** @type {string} */ one) => this.#openKind(kind, one);
        if (offer.allowed) this.#openLetter(kind, offer, offer.advice);
        else this.#show(views.nobody(offer, this.#offered(kind), this.#wrongButton(), choose));
      });
    }

    /** @param {string} kind @param {Letterlike} letter @param {string} advice */
    #openLetter(kind, letter, advice) {
      const { draft_id = "", revision = "" } = letter;
      const saved = draft_id ? { draft_id, revision } : null;
      const on = { save: () => this.#save(), send: () => this.#sendLetter(), close: () => this.#closeLetter() };
      const choose = (/** @type {string} */ to) => this.#openKind(kind, to);
      const known = this.#letters.get(kind);
      const view = known ?? globalThis.ClassActLetter.create({ ...letter, kind, advice }, saved, { ...on, choose });
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
      const { draft_id } = letter.saved() ?? {};
      this.#steps.run(async () => {
        const payload = { ...this.#what, kind: letter.kind, ...values, ...(draft_id && { draft_id }) };
        const draft = await this.#steps.ask("draft", payload);
        if (!draft) return;
        this.#remember({ state: "drafted", kind: letter.kind, ...values, ...draft });
        if (draft.state && draft.state !== "drafted") return this.#showState(); // another tab has sent it
        letter.keep(draft, values);
        this.#frame.say(get("saved_note"));
      });
    }

    #sendLetter() {
      const saved = this.#letter?.saved();
      if (this.#letter && saved && !this.#letter.isDirty()) this.#send(saved);
    }

    /** @param {Saved} draft @param {boolean} [confirmed] although the thread has moved on */
    #send({ draft_id, revision }, confirmed = false) {
      this.#steps.run(async () => {
        const payload = { draft_id, revision, ...(confirmed && { confirmed }) };
        const reply = await this.#parts.ask("send", payload);
        if (!reply.ok && reply.code === "answered" && !this.#gone) {
          const on = { send: () => this.#send(payload, true), keep: () => this.#closeLetter() };
          return this.#show(views.twice(reply, on));
        }
        const item = this.#steps.told(reply);
        if (!item) return;
        this.#remember(item);
        this.#showState();
      });
    }

    /** @param {string} outboxId */
    #undo(outboxId) {
      this.#steps.run(async () => {
        const item = await this.#steps.ask("undo", { outbox_id: outboxId });
        if (!item) return;
        if (item.state === "held" || item.state === "sending") return this.#frame.say(get("too_late"));
        this.#ended(item);
      });
    }

    /** Counts down and shows how it ends. @param {OutboxItem} outbox */
    #follow(outbox) {
      const on = { undo: () => this.#undo(outbox.outbox_id), ended: this.#ended.bind(this) };
      const { view, watch } = views.counting(outbox, this.#parts, this.#frame, on);
      this.#show(view);
      this.#watch = watch();
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
      this.#steps.run(async () => {
        if (!(await this.#steps.ask("correct", { ...this.#what, is_rejection: isRejection }))) return;
        if (!isRejection) return this.#thankAndClose();
        const message = await this.#steps.ask("message", this.#what);
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
      } else if (event.key === "Escape" && !this.#steps.isBusy()) {
        event.preventDefault();
        const { outbox } = this.#message;
        if (this.#watch && outbox) this.#undo(outbox.outbox_id);
        else if (this.#letter) this.#closeLetter();
      }
    }
  }

  globalThis.ClassActCard = Object.freeze({ create: (parts) => new Card(parts) });
})();
