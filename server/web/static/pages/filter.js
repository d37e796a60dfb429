/** Shows the entries that have all the words typed, and how many they are. */

const form = document.querySelector("#filter");
const input = document.querySelector("#words");
const found = form?.querySelector("[role=status]");

/** Filters while one types, and again whenever the list has changed. */
export function startFilter() {
  if (!form) return;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", filter);
  document.addEventListener("refreshed", filter);
  filter();
}

function filter() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  let count = 0;
  form.hidden = !document.querySelector("#months > section");
  for (const month of document.querySelectorAll("#months > section")) {
    let shown = 0;
    for (const entry of month.querySelectorAll("[data-entry]")) {
      const text = words.length > 0 ? plain(entry.textContent) : "";
      entry.hidden = !words.every((word) => text.includes(word));
      if (!entry.hidden) shown += 1;
    }
    month.hidden = shown === 0;
    count += shown;
  }
  found.textContent = words.length > 0 ? sentence(count) : "";
}

/** Without case and accents: "cafe" finds "Café". */
function plain(text) {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase();
}

function sentence(count) {
  const { none, one, many } = found.dataset;
  if (count === 0) return none;
  return count === 1 ? one : many.replace("{count}", String(count));
}
