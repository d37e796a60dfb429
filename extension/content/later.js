/** "Remind me tomorrow morning": puts the letter off, says for when, and takes it back. Nothing is sent by it. */
(() => {
  "use strict";
  const { el, button } = globalThis.ClassActNodes;
  const { get } = globalThis.ClassActTexts;

  /** The browser's own form of the language that the texts are in. */
  function language() {
    const ours = get("language");
    return navigator.languages?.find((one) => one.startsWith(ours)) ?? ours;
  }

  /** The sentence with day and hour, as the seeker's calendar has them. @param {string} due RFC 3339 */
  function told(due) {
    const moment = new Date(due);
    const name = (/** @type {Intl.DateTimeFormatOptions} */ part) =>
      new Intl.DateTimeFormat(language(), part).format(moment);
    const date = get("day_month", moment.getDate(), name({ month: "long" })); // as the dashboard and the popup write it
    const day = `${name({ weekday: "long" })}, ${date}`;
    const time = new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" }).format(moment);
    return get("reminded_on", day, time);
  }

  /**
   * One place in the card that is either the button, or the date with the way back.
   * @param {{steps: Steps, frame: Frame, message: MessageReply}} parts
   * @returns {Later}
   */
  function create({ steps, frame, message }) {
    const what = Object.freeze({ message_id: message.message_id });
    const element = el("div", { class: "later" });
    const remind = button(get("remind_tomorrow"), "quiet", () => steps.run(put));
    const words = el("p", { class: "when", id: "reminded" });
    const back = button(get("undo"), "quiet", () => steps.run(takeBack));
    back.setAttribute("aria-describedby", words.id); // the date is heard with the button that the focus goes to

    async function put() {
      const reminder = await steps.ask("remind", what);
      if (reminder) show(reminder);
    }

    async function takeBack() {
      const answer = await steps.ask("remind_undo", what);
      if (!answer) return;
      show(answer.reminder); // what was set before, if anything was
      if (!answer.reminder) frame.say(get("reminder_gone"));
    }

    /** @param {Reminder | null | undefined} reminder */
    function show(reminder) {
      const isAhead = reminder && !reminder.due_now;
      const hadFocus = element.contains(frame.root.activeElement);
      words.textContent = isAhead ? told(reminder.due) : "";
      element.classList.toggle("set", Boolean(isAhead));
      element.replaceChildren(...(isAhead ? [words, back] : [remind]));
      if (hadFocus) (isAhead ? back : remind).focus();
    }

    show(message.reminder);
    return { element };
  }

  globalThis.ClassActLater = Object.freeze({ create, told });
})();
