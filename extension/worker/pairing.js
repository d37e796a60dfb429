/** Keeps the pairing and the port in Chrome's storage, where content scripts cannot read them. */
import * as api from "./api.js";
import { Trouble } from "./trouble.js";

/** CLASS on a phone's keys. */
export const DEFAULT_PORT = 25277;

/** Shuts content scripts out of the storage; without it, a script in Gmail's page could read the token. */
function lock() {
  return chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

/** @returns {Promise<Connection>} */
export async function connection() {
  const kept = /** @type {{port?: number, pairing?: Pairing}} */ (await chrome.storage.local.get(["port", "pairing"]));
  return { port: kept.port ?? DEFAULT_PORT, pairing: kept.pairing ?? null };
}

/**
 * Pairs with the code that `classact pair` prints.
 * @param {string} code 8 digits; blanks and dashes are let through
 * @throws {Trouble}
 */
export async function pair(code) {
  const { port } = await connection();
  const pairing = await api.pair(port, code.replaceAll(/[\s-]/g, ""));
  await lock();
  await chrome.storage.local.set({ pairing });
  return { port };
}

/** Forgets the token. The server forgets its half when `classact pair` makes the next one. */
export async function forget() {
  await chrome.storage.local.remove("pairing");
  return null;
}

/** @param {number} port */
export async function setPort(port) {
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) throw new Trouble("refused");
  await lock();
  await chrome.storage.local.set({ port });
  return { port };
}
