/** The seeker's own line in a letter: one field, kept by the server, and the letter written anew when it changes. */
(() => {
  "use strict";
  const { el, button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;
  const LONGEST = 300; // characters, as much as the server takes

  const oneLine = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean).join(" ");

  /**
   * The text with one line in place of another; its paragraph goes when the new line is empty. "" where it is not found.
   * @param {string} text
   * @param {string} before
   * @param {string} after
   */
  function swapped(text, before, after) {
    if (!before || !text.includes(before)) return "";
    if (after) return text.replace(before, () => after);
    return text
      .split("\n\n")
      .map((paragraph) => paragraph.replace(before, () => "").trimEnd())
      .filter((paragraph) => paragraph.trim())
      .join("\n\n");
  }

  /** The field and what stands under it. @param {HTMLElement} anew @param {string} lang */
  function layout(anew, lang) {
    const input = el("input", { type: "text", id: "letter-line", autocomplete: "off", maxlength: String(LONGEST) });
    input.lang = lang;
    input.setAttribute("aria-describedby", "letter-line-how");
    const how = el("p", { class: "address", id: "letter-line-how" }, get("own_line_how"));
    const offer = el("div", { class: "anew", hidden: "" }, anew);
    const label = el("label", { for: input.id }, get("own_line"));
    return { element: el("div", { class: "field" }, label, input, how, offer), input, offer };
  }

  /**
   * The text of an edited letter and the one that the server would write now: a press of `anew` swaps them, and back.
   * @param {HTMLTextAreaElement} body
   * @param {(isAnew: boolean) => void} turned
   */
  function versions(body, turned) {
    let other = "";
    let isAnew = false;
    const anew = button(get("write_anew"), "plain", () => {
      const mine = body.value;
      body.value = other;
      other = mine;
      isAnew = !isAnew;
      name();
      turned(isAnew);
    });
    const name = () => {
      anew.textContent = get(isAnew ? "my_words_back" : "write_anew");
    };
    return {
      anew,
      /** @param {string} text */
      begin: (text) => {
        other = text;
        isAnew = false;
        name();
      },
    };
  }

  /**
   * @param {{body: HTMLTextAreaElement, suggested: string, kept: string, change: () => void, edited: () => void}} parts
   *   suggested: the text as the server wrote it, "" for a draft; kept: the line so far; change: the seeker wants
   *   another line; edited: the text was changed here
   * @returns {OwnLine}
   */
  function create({ body, suggested, kept, change, edited }) {
    const both = versions(body, (isAnew) => {
      if (isAnew) suggested = body.value;
      edited();
    });
    const { element, input, offer } = layout(both.anew, body.lang);
    input.value = kept;
    input.addEventListener("change", change);

    /** @param {string} text */
    const put = (text) => {
      body.value = text;
      body.setSelectionRange(0, 0);
      edited();
    };
    const value = () => oneLine(input.value);
    return {
      element,
      value,
      isNew: () => value() !== kept,
      set: (line) => {
        kept = line;
        input.value = line;
      },
      take: (line, text) => {
        const before = kept;
        kept = line;
        offer.hidden = true;
        if (text && suggested && body.value === suggested) {
          suggested = text;
          put(text);
          return get(line ? "line_in" : "line_out");
        }
        const mended = swapped(body.value, before, line);
        if (mended) {
          put(mended);
          return get("line_swapped");
        }
        if (text && line) {
          both.begin(text);
          offer.hidden = false;
        }
        return get("line_kept");
      },
    };
  }

  globalThis.ClassActOwnLine = Object.freeze({ create, swapped });
})();
