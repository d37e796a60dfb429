/**
 * The only file that speaks HTTP: POST and JSON, to the Class Act on this computer and to nobody else.
 *
 * A bearer token is worth stealing, and any program may sit on a port. So before the token is shown, the server proves
 * that it knows the key it gave at pairing: HMAC-SHA256(server_key, "classact-server:" + a random challenge).
 */
import { Trouble } from "./trouble.js";

// Chrome stops a worker whose fetch takes 30 s; saving a draft may take Gmail some seconds
const PATIENCE = 25_000; // ms

/** What this worker's life has proved: "port pairing" -> the proof under way or done. @type {Map<string, Promise<void>>} */
const proofs = new Map();

/**
 * Asks a paired server that has proved itself.
 * @param {Connection} connection
 * @param {string} path the part after /api/v1/
 * @param {object} payload
 * @returns {Promise<any>} the answer's JSON
 * @throws {Trouble}
 */
export async function call({ port, pairing }, path, payload) {
  if (!pairing) throw new Trouble("not_paired");
  await prove(port, pairing);
  try {
    return await post(port, path, payload, pairing.token);
  } catch (trouble) {
    // Whoever comes back on that port may be somebody else
    if (trouble instanceof Trouble && trouble.status === 0) proofs.clear();
    throw trouble;
  }
}

/**
 * Trades the code for a pairing, and lets the server prove at once that it holds the key.
 * @param {number} port
 * @param {string} code 8 digits
 * @returns {Promise<Pairing>}
 * @throws {Trouble}
 */
export async function pair(port, code) {
  const { token, pairing, server_key } = await post(port, "pair", { code });
  const whole = [token, pairing, server_key].every((part) => typeof part === "string" && part !== "");
  if (!whole) throw new Trouble("other_program");
  const fresh = { token, pairing, server_key };
  await prove(port, fresh);
  return fresh;
}

/**
 * Resolves when the server on that port has shown that it is the one we paired with; asked once in a worker's life.
 * @param {number} port
 * @param {Pairing} pairing
 */
function prove(port, pairing) {
  const name = `${port} ${pairing.pairing}`;
  const known = proofs.get(name);
  if (known) return known;
  const proof = challenge(port, pairing);
  proofs.set(name, proof);
  proof.catch(() => proofs.delete(name));
  return proof;
}

/** @param {number} port @param {Pairing} pairing */
async function challenge(port, { pairing, server_key }) {
  const question = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
  let proof;
  try {
    ({ proof } = await post(port, "hello", { pairing, challenge: question }));
  } catch (trouble) {
    if (trouble instanceof Trouble && trouble.status >= 400 && trouble.status < 500) {
      throw new Trouble("not_paired", { status: trouble.status });
    }
    throw trouble;
  }
  const bytes = fromBase64url(proof);
  const message = new TextEncoder().encode(`classact-server:${question}`);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromBase64url(server_key), algorithm, false, ["verify"]);
  // subtle.verify compares in constant time
  if (!(await crypto.subtle.verify("HMAC", key, bytes, message))) throw new Trouble("other_program");
}

/**
 * @param {number} port
 * @param {string} path
 * @param {object} payload
 * @param {string} [token]
 */
async function post(port, path, payload, token = "") {
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  let value;
  try {
    response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(payload),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    });
    value = await response.json();
  } catch (error) {
    throw new Trouble(nameOf(error));
  }
  if (typeof value !== "object" || value === null) throw new Trouble("other_program");
  if (response.ok) return value;
  const code = response.status === 401 ? "not_paired" : String(value.code ?? "fault");
  throw new Trouble(code, { error: value.error, hint: value.hint, status: response.status });
}

/** @param {unknown} error */
function nameOf(error) {
  if (error instanceof SyntaxError) return "other_program"; // it answers, but not in JSON
  return error instanceof DOMException && error.name === "TimeoutError" ? "no_answer" : "not_running";
}

/** @param {Uint8Array} bytes */
function toBase64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** @param {unknown} text @returns {Uint8Array<ArrayBuffer>} @throws {Trouble} when it is not base64url */
function fromBase64url(text) {
  if (typeof text !== "string" || !/^[\w-]+=*$/.test(text)) throw new Trouble("other_program");
  const plain = text.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  if (plain.length % 4 === 1) throw new Trouble("other_program");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
}
