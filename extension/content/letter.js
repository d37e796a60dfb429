/** The letter inside the card: To, Subject, text, and the two steps "save as a draft" and "send". */
(() => {
  "use strict";
  const { el, button, setOff } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;
  const ONE_ADDRESS = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/;

  const KINDS = Object.freeze([
    Object.freeze({ kind: "thank_you", label: "thank_them" }),
    Object.freeze({ kind: "feedback", label: "ask_for_feedback" }),
  ]);

  /**
   * One button for each letter that may still be written.
   * @param {string} except the kind that is already under way, or ""
   * @param {(kind: string) => void} press
   */
  function offer(except, press) {
    const offered = KINDS.filter(({ kind }) => kind !== except);
    return offered.map(({ kind, label }) => button(get(label), "plain", () => press(kind)));
  }

  /** @param {string} kind */
  function title(kind) {
    if (kind === "thank_you") return get("letter_thank_you");
    if (kind === "feedback") return get("letter_feedback");
    return get("letter_other");
  }

  /**
   * @param {string} id
   * @param {string} label
   * @param {HTMLInputElement | HTMLTextAreaElement} control
   */
  function field(id, label, control) {
    control.id = id;
    return el("div", { class: "field" }, el("label", { for: id }, label), control);
  }

  /** @param {Offer} offer */
  function controls(offer) {
    const to = el("input", { type: "email", autocomplete: "off", spellcheck: "false" });
    const subject = el("input", { type: "text", autocomplete: "off" });
    const body = el("textarea", { rows: "9" });
    // The spelling checker and hyphenation follow the letter's language, not the page's
    for (const control of [subject, body]) control.lang = offer.language ?? "";
    to.value = offer.to;
    subject.value = offer.subject;
    body.value = offer.body;
    body.setSelectionRange(0, 0); // the caret at the start, where reading begins
    return { to, subject, body };
  }

  /** Who else took part, the most fitting first, each with the reason. @type {Choice} */
  function choice(people, current, choose) {
    const about = (/** @type {Person} */ one) =>
      [one.title || one.part_name, one.answerable ? one.reason : one.why_not].filter(Boolean).join(" · ");
    const lines = people.map((one) => {
      const name = one.name || one.address;
      const isOpen = one.answerable && one.address !== current;
      const who = isOpen ? button(name, "plain", () => choose(one.address)) : el("strong", {}, name);
      return el("li", {}, who, " ", el("span", { class: "address" }, about(one)));
    });
    const details = el("details", { class: "people" }, el("summary", {}, get("who_took_part")));
    details.append(el("ul", {}, ...lines));
    details.hidden = people.length === 0;
    return details;
  }

  /**
   * @param {Offer} offer
   * @param {ReturnType<typeof controls>} fields
   * @param {HTMLElement} line the seeker's own line
   * @param {HTMLElement[]} buttons
   * @param {(to: string) => void} choose
   */
  function layout(offer, { to, subject, body }, line, buttons, choose) {
    const advice = el("p", { class: "advice", id: "letter-advice" }, offer.advice);
    const warnings = (offer.warnings ?? []).filter((one) => !offer.advice.includes(one));
    for (const one of warnings) advice.append(...(advice.childNodes.length ? [el("br")] : []), one);
    advice.hidden = !advice.textContent;
    if (advice.textContent) body.setAttribute("aria-describedby", advice.id); // heard when the focus arrives in the text
    return el(
      "div",
      { class: "letter", role: "group", "aria-labelledby": "letter-title" },
      el("h3", { id: "letter-title" }, title(offer.kind)),
      advice,
      field("letter-to", get("to"), to),
      choice(offer.people ?? [], offer.to, choose),
      field("letter-subject", get("subject"), subject),
      line,
      field("letter-body", get("body"), body),
      el("div", { class: "actions" }, ...buttons),
    );
  }

  /**
   * What stands in the fields, beside what the draft holds and what was offered.
   * @param {ReturnType<typeof controls>} fields
   * @param {Saved | null} saved
   */
  function writing(fields, saved) {
    const values = () => ({
      to: fields.to.value.trim(),
      subject: fields.subject.value.trim(),
      body: fields.body.value,
    });
    const asText = () => JSON.stringify(values());
    let kept = saved;
    let untouched = asText();
    let keptText = saved ? untouched : "";
    return {
      values,
      saved: () => kept,
      isDirty: () => asText() !== keptText,
      isTouched: () => asText() !== (keptText || untouched),
      /** @param {Saved} draft @param {LetterText} text */
      keep: (draft, text) => {
        kept = draft;
        keptText = JSON.stringify(text);
      },
      /** A change that is not the seeker's own leaves an untouched letter untouched. @param {() => string} change */
      rewrite: (change) => {
        const wasUntouched = asText() === untouched;
        const said = change();
        if (wasUntouched) untouched = asText();
        return said;
      },
    };
  }

  /**
   * @param {Offer} offer
   * @param {Saved | null} saved the draft that already holds this text, if there is one
   * @param {{save(): void, send(): void, close(): void, choose(to: string): void, line(): void}} on
   * @returns {LetterView}
   */
  function create(offer, saved, on) {
    const fields = controls(offer);
    const save = button("", "primary", on.save);
    const send = button(get("send"), "primary", on.send);
    const close = button(get("close_letter"), "quiet", on.close);
    const line = globalThis.ClassActOwnLine.create({
      body: fields.body,
      suggested: saved ? "" : offer.body, // a draft may hold words of the seeker's
      kept: offer.specific ?? "",
      change: on.line,
      edited: () => refresh(),
    });
    const element = layout(offer, fields, line.element, [save, send, close], on.choose);
    const text = writing(fields, saved);

    /** "Send" is a button of its own, beside "Create draft": a double click on one never reaches the other. */
    const refresh = () => {
      const kept = text.saved() !== null;
      const done = kept && !text.isDirty();
      save.textContent = done ? get("draft_saved") : kept ? get("update_draft") : get("create_draft");
      save.className = done ? "plain" : "primary";
      send.hidden = !done;
      setOff(save, done);
    };
    for (const control of Object.values(fields)) control.addEventListener("input", refresh);
    refresh();

    return {
      ...text,
      element,
      kind: offer.kind,
      line,
      chosen: offer.chosen ?? (saved ? offer.to : ""),
      refresh,
      keep: (draft, values) => {
        text.keep(draft, values);
        refresh();
      },
      rewrite: (words, body) => text.rewrite(() => line.take(words, body)),
      address: (to) => {
        fields.to.value = to;
        refresh();
      },
      focus: () => fields.body.focus(),
      focusSend: () => send.focus(),
      /** "" or the sentence that says what is missing. */
      problem: () => {
        const { to, body } = text.values();
        if (!ONE_ADDRESS.test(to)) return get("problem_to");
        return body.trim() ? "" : get("problem_body");
      },
    };
  }

  globalThis.ClassActLetter = Object.freeze({ create, offer, title, choice });
})();
