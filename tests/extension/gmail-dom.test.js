import assert from "node:assert/strict";
import test from "node:test";
import { fixture, gmailPage } from "./gmail-page.js";

const OWN = "robin@vale.example";
const FIRST = "18f3c2d4e5f60001";
const NEWEST = "18f3c2d4e5f60003";
const THREAD = "#inbox/FMfcgzQcqQxQxQxQxQxQxQxQxQxQxQxQ";

function look(name, own = OWN) {
  const { document, ClassActDom } = gmailPage(fixture(name), { until: "content/gmail-dom.js" });
  return [...ClassActDom.openMessages(document, own)];
}

test("a list of threads has no opened message", () => {
  assert.equal(look("list").length, 0);
});

for (const [name, way] of [
  ["one", "legacy"],
  ["no-legacy", "permanent"],
  ["jslog-only", "jslog"],
]) {
  test(`the opened message of ${name}.html is found the ${way} way`, () => {
    const [message, ...more] = look(name);
    assert.equal(message.id, FIRST);
    assert.equal(message.ways.id, way);
    assert.equal(message.sender, "dana@harbour.example");
    assert.equal(more.length, 0);
  });
}

test("renamed classes leave the attributes to go by", () => {
  const [message] = look("renamed");
  assert.equal(message.id, FIRST);
  assert.equal(message.sender, "dana@harbour.example");
});

test("collapsed messages of a thread are not open", () => {
  assert.deepEqual(
    look("thread").map(({ id }) => id),
    [NEWEST],
  );
});

test("the seeker's own reply is left out, even with a wrong legacy id on it", () => {
  assert.deepEqual(
    look("own-reply", "").map(({ id }) => id),
    [FIRST],
  );
});

test("a synced message of the seeker's own is left out in a thread the seeker began", () => {
  assert.deepEqual(
    look("thread-a").map(({ id }) => id),
    [NEWEST],
  );
});

test("the preview pane shows an opened message beside the list", () => {
  const [message, ...more] = look("preview");
  assert.equal(message.sender, "dana@harbour.example");
  assert.equal(more.length, 0);
});

test("a sender that takes no replies is still named", () => {
  assert.equal(look("no-reply")[0].sender, "no-reply@careers.harbour.example");
});

test("an address inside the mail's own text is never taken for the sender", () => {
  const html = fixture("one").replace(/<h3.*?<\/h3>/, "");
  const { document, ClassActDom } = gmailPage(html, { until: "content/gmail-dom.js" });
  assert.equal(ClassActDom.openMessages(document, OWN)[0].sender, "");
});

test("a message that Gmail keeps hidden is not open", () => {
  const window = gmailPage(fixture("one"), { until: "content/gmail-dom.js" });
  window.Element.prototype.checkVisibility = () => false;
  assert.equal(window.ClassActDom.openMessages(window.document, OWN).length, 0);
});

test("the same message twice in the page counts once", () => {
  const window = gmailPage(fixture("one"), { until: "content/gmail-dom.js" });
  const item = window.document.querySelector('[role="listitem"]');
  item.after(item.cloneNode(true));
  assert.equal(window.ClassActDom.openMessages(window.document, OWN).length, 1);
});

for (const id of ["18F3C2D4E5F6000G", "123", '18f3c2d4e5f60001"><b', "f".repeat(21)]) {
  test(`"${id}" does not leave the page as an id`, () => {
    const window = gmailPage(fixture("one"), { until: "content/gmail-dom.js" });
    const holder = window.document.querySelector("[data-legacy-message-id]");
    holder.setAttribute("data-legacy-message-id", id);
    holder.removeAttribute("data-message-id");
    window.document.querySelector(".ii").removeAttribute("jslog");
    assert.equal(window.ClassActDom.openMessages(window.document, OWN).length, 0);
  });
}

test("a jslog that is no base64 finds nothing and breaks nothing", () => {
  const { ClassActDom } = gmailPage(fixture("list"), { until: "content/gmail-dom.js" });
  for (const jslog of [null, "", "4:", "4:A", "4:====", "20277; 4:WyJ4Il0="])
    assert.equal(ClassActDom.fromJslog(jslog), "");
});

test("the seeker's own address comes from the title, else from the account link", () => {
  const window = gmailPage(fixture("one"), { until: "content/gmail-dom.js" });
  assert.equal(window.ClassActDom.ownAddress(window.document), OWN);
  window.document.title = "Gmail";
  assert.equal(window.ClassActDom.ownAddress(window.document), OWN);
});

test("an address in the subject is not taken for the seeker's own", () => {
  const window = gmailPage(fixture("one"), { until: "content/gmail-dom.js" });
  window.document.title = `Note for ann@else.example - ${OWN} - Gmail`;
  assert.equal(window.ClassActDom.ownAddress(window.document), OWN);
});

for (const [route, is] of [
  ["#inbox", false],
  ["#inbox/p2", false],
  [THREAD, true],
  ["#inbox/18f3c2d4e5f60001", true],
  ["#label/Jobs/FMfcgzQcqQxQxQxQxQxQxQxQ?compose=new", true],
  ["#label/Averylonglabelnamewithoutblanks", false],
  ["#search/interview/FMfcgzQcqQxQxQxQxQxQxQxQ", true],
  ["", false],
]) {
  test(`"${route}" ${is ? "names" : "does not name"} a thread`, () => {
    const { ClassActDom } = gmailPage(fixture("list"), { until: "content/gmail-dom.js" });
    assert.equal(ClassActDom.isThreadRoute(route), is);
  });
}

for (const [name, route, state] of [
  ["list", "#inbox", "elsewhere"],
  ["one", THREAD, "well"],
  ["jslog-only", THREAD, "well"],
  ["own-reply", THREAD, "well"],
  ["changed", THREAD, "lost"],
  ["changed", "#inbox", "elsewhere"],
]) {
  test(`health of ${name}.html at ${route.slice(0, 12)} is "${state}"`, () => {
    const { document, ClassActDom } = gmailPage(fixture(name), { until: "content/gmail-dom.js" });
    assert.equal(ClassActDom.health(document, route), state);
  });
}

test("the table of ways cannot be changed by another script", () => {
  const { ClassActDom } = gmailPage(fixture("list"), { until: "content/gmail-dom.js" });
  assert.ok(Object.isFrozen(ClassActDom) && Object.isFrozen(ClassActDom.WAYS));
  for (const ways of Object.values(ClassActDom.WAYS)) assert.ok(Object.isFrozen(ways));
});
