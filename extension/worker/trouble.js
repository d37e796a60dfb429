/** Failures on the way to the server, each with a sentence for people and a hint on what to do next. */

/** Our own failures, by code, with the text and the hint of each; every other code comes from the server. */
const TEXTS = Object.freeze({
  not_running: ["trouble_not_running", "trouble_not_running_hint"],
  no_answer: ["trouble_no_answer", "trouble_no_answer_hint"],
  not_paired: ["trouble_not_paired", "trouble_not_paired_hint"],
  other_program: ["trouble_other_program", "trouble_other_program_hint"],
  refused: ["trouble_refused", "trouble_refused_hint"],
  fault: ["trouble_fault", "trouble_fault_hint"],
});

/** A failure that the router turns into an answer. `error` and `hint` are the server's own words, if it had any. */
export class Trouble extends Error {
  /**
   * @param {string} code stable, for programs
   * @param {{error?: string, hint?: string, status?: number}} [told]
   */
  constructor(code, { error = "", hint = "", status = 0 } = {}) {
    super(code);
    this.code = code;
    this.told = { error, hint };
    this.status = status;
  }

  /** @returns {Failure} */
  answer() {
    const [error, hint] = TEXTS[/** @type {keyof typeof TEXTS} */ (this.code)] ?? TEXTS.fault;
    const text = (/** @type {string | undefined} */ key) => (key ? chrome.i18n.getMessage(key) : "");
    return {
      ok: false,
      code: this.code,
      error: this.told.error || text(error),
      hint: this.told.hint || (this.told.error ? "" : text(hint)),
      status: this.status,
    };
  }
}
