/** The card's frame: its fixed places, the live region, and where the focus goes when its content changes. */
(() => {
  "use strict";
  const { el, isOff, setOff, mark, withCode } = globalThis.ClassActNodes;
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

  /** All buttons off while the card is busy, then those on again that were on before. @param {ShadowRoot} root */
  function switches(root) {
    let busy = false;
    /** @type {Set<Element>} switched off here; some of them may have left the card by the time they are on again */
    const held = new Set();
    const follow = () => {
      for (const element of busy ? root.querySelectorAll("button") : []) {
        if (isOff(element)) continue;
        held.add(element);
        setOff(element, true);
      }
    };
    return {
      follow,
      /** @param {boolean} now */
      turn: (now) => {
        busy = now;
        if (busy) return follow();
        for (const element of held) setOff(element, false);
        held.clear();
      },
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
    const buttons = switches(root);
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
        buttons.follow();
        if (inside && !root.activeElement) (view.focus ?? heading).focus();
      },
      say: (sentence, isProblem = false) => {
        status.replaceChildren(...withCode(sentence));
        status.classList.toggle("problem", isProblem);
      },
      setBusy: (busy) => {
        card.setAttribute("aria-busy", String(busy));
        buttons.turn(busy);
      },
      focusHeading: () => heading.focus(),
    };
  }

  globalThis.ClassActFrame = Object.freeze({ create });
})();
