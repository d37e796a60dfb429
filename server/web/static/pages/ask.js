/** Asks the server that served the page, for a step or for the page as it is now. */

const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";

/** A step that the server refused, in its own words. */
export class Refused extends Error {
  constructor({ error = "", hint = "", code = "" }) {
    super([error, hint].filter(Boolean).join(" "));
    this.code = code;
  }
}

/** The answer to POST /ui/OP. Throws Refused with the server's sentences, TypeError when nobody answers. */
export async function ask(op, payload) {
  const response = await fetch(`/ui/${op}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
    body: JSON.stringify(payload),
    credentials: "same-origin",
    redirect: "error",
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer);
  return answer;
}

/** This page as the server would give it now: parsed by the browser, with no script of it ever run. */
export function pageNow() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.pathname);
    request.responseType = "document";
    request.addEventListener("load", () => {
      if (request.status === 200 && request.response) resolve(request.response);
      else reject(new TypeError(`the page answered ${request.status}`));
    });
    request.addEventListener("error", () => reject(new TypeError("no answer")));
    request.send();
  });
}
