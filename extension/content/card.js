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
    #later;
    #letters;
    #what;
    #gone = false;
    /** @type {{stop: () => void} | null} */
    #watch = null;

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
        onDone: () => this.#letters.open?.refresh(),
      });
      this.#later = globalThis.ClassActLater.create({ steps: this.#steps, frame: this.#frame, message: parts.message });
      this.#letters = globalThis.ClassActLetters.create({
        ...parts,
        steps: this.#steps,
        thanks: this.#thanks,
        frame: this.#frame,
        show: (letter) => {
          letter.element.querySelector(".actions")?.append(this.#later.element);
          this.#show({ body: [letter.element] });
        },
        refuse: (kind, offer) => this.#showNobody(offer, this.#offered(kind)),
        remember: (change) => this.#remember(change),
        isElsewhere: () => this.#showState(),
        send: (saved) => this.#send(saved),
        close: () => this.#closeLetter(),
      });
      this.#frame.fill(parts.message);
      this.#showState();
    }

    /** Whether closing the card would lose a letter that somebody has edited. */
    get isNeeded() {
      return this.#letters.isTouched;
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
        return this.#show(views.waiting(outbox, { ...on, later: this.#later.element }));
      }
      const take = () => this.#settle("take_back");
      if (state === "unknown") return this.#showDoubt(outbox);
      if (state === "sent") {
        this.#letters.drop(outbox?.kind ?? "");
        return this.#show(views.sent(outbox, this.#offered(outbox?.kind ?? ""), take));
      }
      if (outbox && (outbox.draft_id || state === "failed")) {
        const open = () => this.#letters.openLetter(outbox.kind, outbox, "");
        const on = { open, take, wrong: this.#wrongButton(), later: this.#later.element };
        return this.#show(views.kept({ ...outbox, state }, this.#offered(outbox.kind), on));
      }
      return this.#showFresh(state === "answered" ? get("answered") : "");
    }

    /** Which letters there are to offer is asked first: where nobody can be written to, there are none. @param {string} note */
    async #showFresh(note) {
      const wrong = this.#wrongButton();
      const view = views.looking(note, wrong);
      this.#show(view);
      const reply = await this.#thanks.letter();
      if (this.#gone || !view.body[0]?.parentNode) return; // something else was pressed meanwhile
      const offer = reply.ok ? reply.value : null;
      if (offer && !offer.allowed) return this.#showNobody(offer, []);
      const on = { send: () => this.#sendThanks(), wrong, later: this.#later.element };
      this.#show(views.fresh(offer, note, this.#offered(""), on));
    }

    /** @param {SuggestReply} offer @param {HTMLElement[]} offered letters of another kind */
    #showNobody(offer, offered) {
      const choose = (/** @type {string} */ to) => this.#letters.openKind(offer.kind, to);
      this.#show(views.nobody(offer, offered, this.#wrongButton(), choose));
    }

    /** @param {OutboxItem | null} outbox */
    #showDoubt(outbox) {
      const say = (/** @type {Word} */ said) => this.#settle(said);
      const { view, watch } = views.doubt(outbox, this.#parts, { say, ended: this.#ended.bind(this) });
      this.#show(view);
      if (outbox) this.#watch = watch();
    }

    /** The seeker says how a letter in doubt ended, or takes that back. Nothing is sent by it. @param {Word} said */
    #settle(said) {
      const { outbox } = this.#message;
      this.#steps.run(async () => {
        const item = outbox && (await this.#steps.ask("settle", { outbox_id: outbox.outbox_id, said }));
        if (!item) return;
        this.#remember(item);
        this.#showState();
      });
    }

    /** Buttons for the letters one may still write. @param {string} except the kind under way, or "" */
    #offered(except) {
      return globalThis.ClassActLetter.offer(except, (kind) => this.#letters.openKind(kind));
    }

    /** One click: the letter that was shown is held at once; else it opens, with the reason. */
    #sendThanks() {
      const written = this.#letters.of("thank_you");
      if (written?.isTouched()) {
        this.#letters.show(written); // the seeker's own words are not passed over for the suggestion
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
      this.#letters.drop("thank_you");
      const warnings = offer?.warnings?.filter((each) => !why.includes(each)) ?? [];
      this.#letters.openLetter("thank_you", { ...letter, warnings }, why);
      this.#frame.say(get("read_first"));
    }

    #wrongButton() {
      return button(get("not_a_rejection"), "quiet", () => this.#correct(false));
    }

    #closeLetter() {
      this.#frame.say("");
      this.#showState();
      this.#frame.focusHeading();
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
        if (!reply.ok && reply.code === "draft_gone" && !this.#gone && !this.#letters.open) {
          this.#remember({ state: "failed", problem: [reply.error, reply.hint].filter(Boolean).join(" ") });
          return this.#showState(); // the words are read before they become another draft
        }
        const item = this.#steps.told(reply);
        if (!item) return;
        this.#remember(item);
        if (item.draft_id && item.draft_id !== draft_id) this.#letters.drop(this.#message.outbox?.kind ?? "");
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
      const letter = item.state === "undone" ? this.#letters.of(this.#message.outbox?.kind ?? "") : undefined;
      if (letter) this.#letters.show(letter);
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
      this.#letters.leave();
      this.#frame.show(view);
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
      if (event.isComposing || event.repeat) return;
      const { open: letter } = this.#letters;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && letter) {
        event.preventDefault();
        // Sending takes a press of its own: here the keys save, then lead to the Send button
        if (letter.saved() && !letter.isDirty() && !letter.line.isNew()) letter.focusSend();
        else this.#letters.save();
      } else if (event.key === "Escape" && !this.#steps.isBusy()) {
        event.preventDefault();
        const { outbox } = this.#message;
        if (this.#watch && outbox?.state === "held") this.#undo(outbox.outbox_id);
        else if (letter) this.#closeLetter();
      }
    }
  }

  globalThis.ClassActCard = Object.freeze({ create: (parts) => new Card(parts) });
})();
