/**
 * Finds the opened messages in Gmail's page, by attributes that have held since 2018 rather than by class names.
 *
 * Every fact has a frozen list of ways, best first; an answer says which way found it, so that a health check can tell
 * when Gmail has changed. All functions are pure: they take a root and read it.
 */
(() => {
  "use strict";

  const ID = /^[0-9a-f]{10,20}$/;
  const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
  const UNSYNCED = '[data-message-id^="#msg-a:"]';

  /** @param {string | null | undefined} decimal */
  function toHex(decimal) {
    return decimal && /^\d{10,25}$/.test(decimal) ? BigInt(decimal).toString(16) : "";
  }

  /**
   * Gmail's jslog attribute carries "1:" + base64 of a JSON list that names the message in slot 4 as "#msg-f:DECIMAL".
   * @param {string | null} jslog
   */
  function fromJslog(jslog) {
    for (const part of (jslog ?? "").split(";")) {
      const coded = /^\s*4:([\w+/=-]+)/.exec(part)?.[1];
      if (!coded) continue;
      try {
        const plain = atob(
          coded
            .replaceAll("-", "+")
            .replaceAll("_", "/")
            .replace(/[=.]+$/, ""),
        );
        return toHex(/#?msg-f:(\d+)/.exec(plain)?.[1]);
      } catch {
        return ""; // not base64: this way finds nothing, the next one is tried
      }
    }
    return "";
  }

  /** @type {(name: string) => (element: Element) => string} */
  const attribute = (name) => (element) => element.getAttribute(name) ?? "";

  // Seen in pages of 2018 to 2026 (public repositories and live notes; last look 2026-09).
  const WAYS = Object.freeze({
    messageId: Object.freeze([
      { way: "legacy", selector: "[data-legacy-message-id]", read: attribute("data-legacy-message-id") },
      {
        way: "permanent",
        selector: '[data-message-id^="#msg-f:"]',
        read: (/** @type {Element} */ element) => toHex(attribute("data-message-id")(element).slice(7)),
      },
      {
        way: "jslog",
        selector: ".ii[jslog]",
        read: (/** @type {Element} */ element) => fromJslog(element.getAttribute("jslog")),
      },
    ]),
    sender: Object.freeze([
      { way: "gD", selector: ".gD[email]", read: attribute("email") },
      { way: "heading", selector: "h3 [email]", read: attribute("email") },
      { way: "hovercard", selector: '[data-hovercard-id*="@"]', read: attribute("data-hovercard-id") },
      { way: "email", selector: "[email]", read: attribute("email") },
    ]),
    body: Object.freeze([
      { way: "a3s", selector: ".a3s" },
      { way: "ii", selector: ".ii.gt" },
      // Both classes renamed: the element that carries the id and still shows something below a sender
      { way: "message", selector: "[data-legacy-message-id]:has([email]), [data-message-id]:has([email])" },
    ]),
    own: Object.freeze([
      { way: "title", read: (/** @type {Document} */ page) => /(\S+@\S+)\s+-[^-@]*$/.exec(page.title)?.[1] ?? "" },
      {
        way: "account",
        read: (/** @type {Document} */ page) =>
          /[^\s()<>]+@[^\s()<>]+/.exec(
            page.querySelector('a[href*="SignOutOptions"][aria-label*="@"]')?.getAttribute("aria-label") ?? "",
          )?.[0] ?? "",
      },
    ]),
  });

  /** Gmail keeps earlier views in the page, hidden. @param {Element} element */
  function isShown(element) {
    return typeof element.checkVisibility !== "function" || element.checkVisibility();
  }

  /** @param {ParentNode} root */
  function bodies(root) {
    for (const { way, selector } of WAYS.body) {
      const found = [...root.querySelectorAll(selector)].filter((element) => isShown(element));
      const outermost = found.filter((element) => !element.parentElement?.closest(selector));
      if (outermost.length > 0) return { way, anchors: outermost };
    }
    return { way: "", anchors: [] };
  }

  /** @param {Element} anchor */
  function identify(anchor) {
    for (const { way, selector, read } of WAYS.messageId) {
      const holder = anchor.closest(selector);
      const id = holder ? read(holder).toLowerCase() : "";
      if (holder && ID.test(id)) return { id, way, holder };
    }
    return null;
  }

  /**
   * The sender stands in the header beside the body, so look in ever wider circles around it.
   * @param {Element} anchor
   */
  function senderOf(anchor) {
    for (let circle = anchor.parentElement; circle; circle = circle.parentElement) {
      for (const { way, selector, read } of WAYS.sender) {
        // Names inside a mail's own text are somebody else's words
        const element = [...circle.querySelectorAll(selector)].find((found) => !anchor.contains(found));
        const address = element ? read(element).trim().toLowerCase() : "";
        if (ADDRESS.test(address)) return { address, way };
      }
      if (circle.matches('[role="main"], [role="listitem"], [data-legacy-message-id]')) break;
    }
    return { address: "", way: "" };
  }

  /**
   * @param {ParentNode} root
   * @param {string} own the seeker's address; a message from there is the seeker's own
   * @returns {FoundMessage[]}
   */
  function openMessages(root, own = "") {
    const { way: bodyWay, anchors } = bodies(root);
    /** @type {Map<string, FoundMessage>} */
    const found = new Map();
    for (const anchor of anchors) {
      // A reply just sent has no id of its own yet, and Gmail has put a wrong legacy id on it (InboxSDK#515)
      if (anchor.closest(UNSYNCED)) continue;
      const identity = identify(anchor);
      if (!identity || found.has(identity.id)) continue;
      const sender = bodyWay === "message" ? senderWithin(anchor) : senderOf(anchor);
      if (own && sender.address === own.toLowerCase()) continue;
      const ways = { id: identity.way, sender: sender.way, body: bodyWay };
      found.set(identity.id, { id: identity.id, sender: sender.address, anchor, inside: bodyWay === "message", ways });
    }
    return [...found.values()];
  }

  /** @param {Element} message */
  function senderWithin(message) {
    for (const { way, selector, read } of WAYS.sender) {
      const element = message.querySelector(selector);
      const address = element ? read(element).trim().toLowerCase() : "";
      if (ADDRESS.test(address)) return { address, way };
    }
    return { address: "", way: "" };
  }

  /** @param {Document} page */
  function ownAddress(page) {
    for (const { read } of WAYS.own) {
      const address = read(page).toLowerCase();
      if (ADDRESS.test(address)) return address;
    }
    return "";
  }

  /** Whether the part after # names one thread: "#inbox/FMfcg...", "#label/Jobs/FMfcg...". @param {string} hash */
  function isThreadRoute(hash) {
    const parts = (hash.replace(/^#/, "").split("?")[0] ?? "").split("/");
    const last = parts.at(-1) ?? "";
    const named = ["label", "search", "advanced-search", "category"].includes(parts[0] ?? "");
    return parts.length >= (named ? 3 : 2) && (/^[A-Za-z]{20,}$/.test(last) || /^[0-9a-f]{14,20}$/.test(last));
  }

  /**
   * "elsewhere": no thread is open. "well": ids can be read. "lost": a thread is open and no id can be read.
   * @param {ParentNode} root
   * @param {string} hash
   * @returns {"elsewhere" | "well" | "lost"}
   */
  function health(root, hash) {
    const known = WAYS.messageId.some(({ selector, read }) =>
      [...root.querySelectorAll(selector)].some((element) => ID.test(read(element))),
    );
    const onThread = isThreadRoute(hash);
    if (!onThread) return "elsewhere";
    return known || root.querySelector(UNSYNCED) ? "well" : "lost";
  }

  globalThis.ClassActDom = Object.freeze({ WAYS, openMessages, ownAddress, isThreadRoute, health, fromJslog, toHex });
})();
