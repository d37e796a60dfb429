/** How the card asks the server: one step at a time, buttons off meanwhile, failures told; and its thank-you letter. */
(() => {
  "use strict";

  /**
   * @param {{ask: Ask, frame: Frame, isGone: () => boolean, onDone: () => void}} parts
   * @returns {Steps}
   */
  function create({ ask, frame, isGone, onDone }) {
    let busy = false;
    /** @type {Steps["told"]} */
    const told = (reply) => {
      if (isGone()) return null;
      if (reply.ok) return reply.value;
      frame.say([reply.error, reply.hint].filter(Boolean).join(" "), true);
      return null;
    };
    return {
      isBusy: () => busy,
      told,
      ask: async (op, payload) => told(await ask(op, payload)),
      run: async (step) => {
        if (busy || isGone()) return;
        busy = true;
        frame.setBusy(true);
        frame.say("");
        try {
          await step();
        } finally {
          busy = false;
          frame.setBusy(false);
          onDone();
        }
      },
    };
  }

  /**
   * The thank-you letter of a mail: asked for once, so that what is shown, opened and sent is the same.
   * @param {Ask} ask
   * @param {string} messageId
   * @returns {Thanks}
   */
  function thanks(ask, messageId) {
    const what = { message_id: messageId, kind: "thank_you" };
    /** @type {Promise<Answer<SuggestReply>> | null} */
    let asked = null;
    const letter = async () => {
      asked ??= ask("suggest", what);
      const reply = await asked;
      if (!reply.ok) asked = null; // the next press asks again
      return reply;
    };
    return {
      letter,
      forget: () => {
        asked = null;
      },
      press: async () => {
        const reply = await letter();
        if (!reply.ok) return reply;
        asked = null;
        const { to, subject, body } = reply.value;
        return ask("send_suggested", { ...what, to, subject, body });
      },
    };
  }

  globalThis.ClassActSteps = Object.freeze({ create, thanks });
})();
