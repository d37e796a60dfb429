import assert from "node:assert/strict";
import test from "node:test";
import { fixture, gmailPage } from "./gmail-page.js";

test("the outline of a page holds tags, classes and attribute names, and no word of text", () => {
  const { document, ClassActOutline } = gmailPage(fixture("changed"));
  const outline = ClassActOutline.outline(document);
  assert.match(outline, /div\.Zz1\[data-m\]/);
  for (const secret of ["Secret", "Dana", "77", "robin@"]) assert.ok(!outline.includes(secret), secret);
});

test("the outline stops at the body of a mail, whose class names are its writer's words", () => {
  const html = fixture("one").replace("<p>Dear", '<p class="salary-60000">Dear');
  const { document, ClassActOutline } = gmailPage(html);
  assert.ok(!ClassActOutline.outline(document).includes("salary"));
});

test("Gmail's dark theme behind the mail makes the card dark", () => {
  const { document, ClassActBackdrop } = gmailPage(fixture("dark"));
  assert.equal(ClassActBackdrop.schemeBehind(document.querySelector(".a3s")), "dark");
});

test("a page that paints nothing makes the card light", () => {
  const { document, ClassActBackdrop } = gmailPage(fixture("one"));
  assert.equal(ClassActBackdrop.schemeBehind(document.querySelector(".a3s")), "light");
});

test("a colour that lets the ground shine through says nothing", () => {
  const { ClassActBackdrop } = gmailPage(fixture("one"));
  assert.equal(ClassActBackdrop.luminance("rgba(0, 0, 0, 0.1)"), null);
  assert.ok(ClassActBackdrop.luminance("rgb(255, 255, 255)") > 254);
});
