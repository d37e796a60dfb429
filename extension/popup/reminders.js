/** What the seeker wanted to be reminded of, in the popup: a quiet line each, and no number anywhere. */
import { byId, el } from "../shared/page.js";

/** Shows what is due; each line leads to the dashboard. @param {DueReminder[]} reminders @param {number} port */
export function showReminders(reminders, port) {
  const href = `http://127.0.0.1:${port}/reminders`;
  const lines = reminders.map(({ text }) => el("li", {}, el("a", { href, target: "_blank", rel: "noopener" }, text)));
  byId("due", HTMLUListElement).replaceChildren(...lines);
  byId("reminders", HTMLElement).hidden = lines.length === 0;
}
