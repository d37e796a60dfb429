/** Opens mails by the part after # in the address, as a mail page does: nodes come and go, the page stays. */

const main = document.querySelector("#main");
const hints = document.querySelector("#hints");
const { inbox, address, place } = main.dataset;
let lastThread = "";

/** @param {HTMLTemplateElement} template */
function put(template) {
  if (hints) hints.hidden = template.id !== "inbox"; // an opened mail has the page to itself
  main.replaceChildren(template.content.cloneNode(true));
}

function showInbox() {
  put(document.querySelector("#inbox"));
  document.title = `${inbox} - ${address} - ${place}`;
  if (!lastThread) return;
  const row = main.querySelector(`tr[data-thread="${lastThread}"] a`);
  lastThread = "";
  row?.focus();
}

/** @param {HTMLTemplateElement} template @param {string} id of the message asked for */
function showThread(template, id) {
  put(template);
  lastThread = template.dataset.thread;
  const heading = main.querySelector("h2");
  document.title = `${heading.textContent} - ${address} - ${place}`;
  const asked = main.querySelector(`.adf[data-legacy-message-id="${id}"]`);
  if (asked) unfold(asked);
  window.scrollTo(0, 0);
  heading.focus();
}

/** A message that was one line becomes the whole mail. @param {Element} line */
function unfold(line) {
  const mail = line.querySelector("template").content.cloneNode(true);
  const header = mail.querySelector("h3");
  const hadFocus = line.contains(document.activeElement);
  line.replaceWith(mail);
  if (!hadFocus) return;
  header.tabIndex = -1;
  header.focus();
}

function show() {
  const id = location.hash.slice(1);
  if (id === "main") return; // the skip link
  const template = /^[0-9a-f]{10,20}$/.test(id) && document.querySelector(`template[data-mails~="${id}"]`);
  if (template) showThread(template, id);
  else showInbox();
}

main.addEventListener("click", (event) => {
  const line = event.target.closest?.(".unfold")?.closest(".adf");
  if (line) unfold(line);
});
window.addEventListener("hashchange", show);
show();
