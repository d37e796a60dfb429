/** The parts of Chrome's API that the worker uses, kept in memory; texts come from the real catalogue. */
import { text } from "./shipped.js";

/** The extension's id; it follows from the public key in the manifest. */
export const ID = "alilibilpemggpgapgelgkildhcanoda";
export const GMAIL = Object.freeze({ id: ID, origin: "https://mail.google.com", tab: { id: 7 } });
export const OURS = Object.freeze({ id: ID, origin: `chrome-extension://${ID}` });

function area() {
  let kept = {};
  return {
    levels: [],
    get: async (keys) =>
      Object.fromEntries(
        [keys]
          .flat()
          .filter((key) => key in kept)
          .map((key) => [key, kept[key]]),
      ),
    set: async (values) => {
      kept = { ...kept, ...values };
    },
    remove: async (key) => {
      delete kept[key];
    },
    async setAccessLevel({ accessLevel }) {
      this.levels.push(accessLevel);
    },
  };
}

/** A fresh browser profile. */
export function fakeChrome() {
  const listeners = [];
  const badges = [];
  return {
    listeners,
    badges,
    runtime: { id: ID, onMessage: { addListener: (listener) => listeners.push(listener) } },
    i18n: { getMessage: (key, values = []) => text(key, ...values) },
    storage: { local: area(), session: area() },
    action: {
      setBadgeText: async (badge) => badges.push(badge),
      setBadgeBackgroundColor: async () => {},
    },
  };
}
