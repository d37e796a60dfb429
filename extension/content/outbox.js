/** Follows a letter on its way out: the server decides when it goes, this only asks and counts down. */
(() => {
  "use strict";
  const STILL_GOING = new Set(["held", "sending"]);
  const PATIENCE = 5; // a server that does not answer is asked less often

  /** @param {string | null | undefined} undoUntil RFC 3339 @param {number} now ms @returns {number} whole seconds, >= 0 */
  function secondsLeft(undoUntil, now) {
    const end = undoUntil ? Date.parse(undoUntil) : Number.NaN;
    return Number.isNaN(end) ? 0 : Math.max(0, Math.ceil((end - now) / 1000));
  }

  /** @param {Replies["outbox"]} item */
  const hasEnded = ({ state, undo_until: until }) => !STILL_GOING.has(state) || (state === "held" && !until);

  /**
   * Asks for the item's state every `pace` ms until it is over: final, or held without a window (a restart closed it).
   * A failed question is told to `onTrouble` and asked again: the answer exists, it has only not arrived yet.
   * @param {WatchParts} parts
   * @returns {{stop: () => void}}
   */
  function watch({ ask, outboxId, undoUntil, pace, isOver = hasEnded, onTick, onEnd, onTrouble }) {
    let stopped = false;
    let until = undoUntil;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;

    const look = async () => {
      const reply = await ask("outbox", { outbox_id: outboxId });
      if (stopped) return;
      if (!reply.ok) {
        onTrouble(reply);
        // A script that was cut off by an update stays so; asking again cannot help
        if (reply.code !== "updated") timer = setTimeout(look, pace * PATIENCE);
        return;
      }
      const item = reply.value;
      until = item.undo_until;
      if (isOver(item)) {
        stopped = true;
        onEnd(item);
        return;
      }
      onTick(item.state === "held" ? secondsLeft(until, Date.now()) : 0);
      timer = setTimeout(look, pace);
    };

    onTick(secondsLeft(until, Date.now()));
    timer = setTimeout(look, pace);
    return {
      stop: () => {
        stopped = true;
        clearTimeout(timer);
      },
    };
  }

  globalThis.ClassActOutbox = Object.freeze({ watch, secondsLeft });
})();
