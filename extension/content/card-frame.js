/** The card's frame: its fixed places, the live region, and where the focus goes when its content changes. */
(() => {
  "use strict";
  const { el, setOff, mark, withCode } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;

  const VERDICTS = Object.freeze({
    passed: "verdict_passed",
    filled: "verdict_filled",
    cancelled: "verdict_cancelled",
    hold: "verdict_hold",
    unsaid: "verdict_unsaid",
  });

  /** @param {MessageReply} message */
  function headingOf(message) {
    if (!message.is_rejection) return get("review_question");
    if (message.hold) return get(VERDICTS.hold);
    return get(VERDICTS[message.reason ?? "unsaid"] ?? VERDICTS.unsaid);
  }

  /** @param {HTMLElement} element @param {string} text */
  function put(element, text) {
    element.replaceChildren(...withCode(text));
    element.hidden = !text;
  }

  function slots() {
    return {
      place: el("p", { class: "place" }),
      heading: el("h2", { id: "title", tabindex: "-1" }),
      rests: el("p", { class: "rests" }, get("rests_on")),
      evidence: el("div", { class: "evidence" }),
      note: el("p", { class: "note", "aria-live": "polite" }),
      hint: el("p", { class: "hint" }),
      body: el("div", { class: "body" }),
      status: el("p", { class: "status", role: "status" }),
      footer: el("div", { class: "footer" }),
    };
  }

  /** @param {string} messageId @returns {Frame} */
  function create(messageId) {
    const host = el("classact-card", { "data-classact": messageId });
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [globalThis.ClassActStyle.sheet()];
    const { place, heading, rests, evidence, note, hint, body, status, footer } = slots();
    const top = el("div", { class: "top" }, mark(), place);
    const card = el("section", { class: "card", role: "region", "aria-labelledby": "title" });
    card.append(top, heading, rests, evidence, note, hint, body, status, footer);
    root.append(card);
    let off = false;

    const buttons = () => root.querySelectorAll("button");
    return {
      host,
      root,
      /** Verdict, company, role and the sentences it rests on. */
      fill: (message) => {
        place.textContent = [message.company, message.role].filter(Boolean).join(" · ") || get("extension_name");
        heading.textContent = headingOf(message);
        const attributes = { dir: "auto", lang: message.language ?? "" };
        evidence.replaceChildren(...message.evidence.map(({ text }) => el("blockquote", attributes, text)));
        rests.hidden = message.evidence.length === 0;
      },
      /** The heading alone: what is left of a verdict that was wrong. */
      clear: (title) => {
        heading.textContent = title;
        evidence.replaceChildren();
        rests.hidden = true;
      },
      /**
       * Replaces the changing part. Focus moves only if it was in the card: the card never takes it by itself, and
       * never drops it to the page either, where the next key would be one of Gmail's shortcuts.
       */
      show: (view) => {
        const inside = root.activeElement !== null;
        put(note, view.note ?? "");
        put(hint, view.hint ?? "");
        body.replaceChildren(...view.body);
        footer.replaceChildren(...(view.footer ?? []));
        for (const element of buttons()) if (off) setOff(element, true);
        if (inside && !root.activeElement) (view.focus ?? heading).focus();
      },
      say: (sentence, isProblem = false) => {
        status.replaceChildren(...withCode(sentence));
        status.classList.toggle("problem", isProblem);
      },
      setBusy: (busy) => {
        off = busy;
        card.setAttribute("aria-busy", String(busy));
        for (const element of buttons()) setOff(element, busy);
      },
      focusHeading: () => heading.focus(),
    };
  }

  globalThis.ClassActFrame = Object.freeze({ create });
})();
