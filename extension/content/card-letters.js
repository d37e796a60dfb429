/** The card's letters: each kind opened, edited and saved; closed ones keep the seeker's words until the mail is left. */
(() => {
  "use strict";
  const { get } = globalThis.ClassActTexts;

  /** The letters of one card. Use `ClassActLetters.create`. */
  class Letters {
    #parts;
    #what;
    #line;
    /** @type {LetterView | null} the letter on show */
    #open = null;
    /** @type {Map<string, LetterView>} letters by kind, closed ones with their edits too */
    #kept = new Map();

    /** @param {LettersParts} parts */
    constructor(parts) {
      this.#parts = parts;
      this.#what = Object.freeze({ message_id: parts.message.message_id });
      this.#line = parts.message.specific ?? "";
    }

    get open() {
      return this.#open;
    }

    get isTouched() {
      return [...this.#kept.values()].some((letter) => letter.isTouched());
    }

    /** @param {string} kind */
    of(kind) {
      return this.#kept.get(kind);
    }

    /** @param {string} kind */
    drop(kind) {
      this.#kept.delete(kind);
    }

    clear() {
      this.#kept.clear();
    }

    /** Something else is on show now. */
    leave() {
      this.#open = null;
    }

    /** Another person gets a letter of their own; edited words stay. @param {string} kind @param {string} [to] */
    openKind(kind, to = "") {
      const { steps, thanks, refuse } = this.#parts;
      const open = this.#kept.get(kind);
      if (open && (!to || open.isTouched())) return to ? open.address(to) : this.show(open);
      return steps.run(async () => {
        const asked = { ...this.#what, kind, ...(to && { to }) };
        const isThanks = kind === "thank_you" && !to;
        const offer = steps.told(await (isThanks ? thanks.letter() : this.#parts.ask("suggest", asked)));
        if (!offer) return;
        if (to) this.#kept.delete(kind);
        if (offer.allowed) this.openLetter(kind, { ...offer, chosen: to }, offer.advice);
        else refuse(kind, offer);
      });
    }

    /** @param {string} kind @param {Letterlike} letter @param {string} advice */
    openLetter(kind, letter, advice) {
      const { draft_id = "", revision = "" } = letter;
      const saved = draft_id ? { draft_id, revision } : null;
      const on = {
        save: () => this.save(),
        send: () => this.send(),
        close: () => this.#parts.close(),
        choose: (/** @type {string} */ to) => this.openKind(kind, to),
        line: () => this.#takeLine(),
      };
      const offer = { ...letter, kind, advice, specific: this.#line };
      const view = this.#kept.get(kind) ?? globalThis.ClassActLetter.create(offer, saved, on);
      this.#kept.set(kind, view);
      this.show(view);
    }

    /** @param {LetterView} letter */
    show(letter) {
      this.#parts.show(letter);
      this.#open = letter;
      letter.focus();
    }

    save() {
      const letter = this.#open;
      if (letter?.line.isNew()) return this.#takeLine(); // seen in the letter before it is saved
      if (!letter || (letter.saved() && !letter.isDirty())) return;
      const { steps, frame, remember, isElsewhere } = this.#parts;
      const problem = letter.problem();
      if (problem) return frame.say(problem, true);
      const values = letter.values();
      const { draft_id } = letter.saved() ?? {};
      steps.run(async () => {
        const payload = { ...this.#what, kind: letter.kind, ...values, ...(draft_id && { draft_id }) };
        const draft = await steps.ask("draft", payload);
        if (!draft) return;
        remember({ state: "drafted", kind: letter.kind, ...values, ...draft });
        if (draft.state && draft.state !== "drafted") return isElsewhere(); // another tab has sent it
        letter.keep(draft, values);
        frame.say(get("saved_note"));
      });
    }

    send() {
      const saved = this.#open?.saved();
      if (this.#open && saved && !this.#open.isDirty()) this.#parts.send(saved);
    }

    /** The seeker's own line was changed: it is kept, and the letter follows. */
    #takeLine() {
      const letter = this.#open;
      if (!letter?.line.isNew()) return;
      const { steps, frame, thanks } = this.#parts;
      steps.run(async () => {
        const specific = letter.line.value();
        const asked = { ...this.#what, kind: letter.kind, specific, ...(letter.chosen && { to: letter.chosen }) };
        const offer = await steps.ask("suggest", asked);
        if (!offer) return;
        this.#line = specific;
        thanks.forget();
        for (const [kind, other] of this.#kept) {
          if (other === letter) continue;
          if (other.isTouched() || other.saved()) other.line.set(specific);
          else this.#kept.delete(kind); // the server writes it anew, with the line
        }
        frame.say(letter.rewrite(specific, offer.allowed ? offer.body : ""));
      });
    }
  }

  globalThis.ClassActLetters = Object.freeze({ create: (parts) => new Letters(parts) });
})();
