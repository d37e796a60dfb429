import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { ID } from "./fake-chrome.js";
import { EXTENSION, manifest, SCRIPTS } from "./shipped.js";

test("the extension asks for storage and the local server, and for nothing else", () => {
  assert.deepEqual(manifest.permissions, ["storage"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*"]);
  for (const key of [
    "optional_permissions",
    "optional_host_permissions",
    "externally_connectable",
    "web_accessible_resources",
  ]) {
    assert.equal(manifest[key], undefined, key);
  }
});

test("content scripts run in Gmail only, in the main frame", () => {
  for (const { matches, all_frames } of manifest.content_scripts) {
    assert.deepEqual(matches, ["https://mail.google.com/*"]);
    assert.equal(all_frames, undefined);
  }
});

test("the keyguard is there before any script of Gmail's", () => {
  assert.deepEqual(manifest.content_scripts[0], {
    matches: ["https://mail.google.com/*"],
    js: ["content/keyguard.js"],
    run_at: "document_start",
  });
});

test("the public key gives the id that the server expects", () => {
  const digest = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex").slice(0, 32);
  assert.equal([...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join(""), ID);
});

test("our own pages can load from and talk to this computer only", () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'self' http:\/\/127\.0\.0\.1:\*;/);
  assert.doesNotMatch(policy, /unsafe|https:|\*(?!;)/);
});

test("every file that the manifest names exists, and every content script is named", () => {
  const { background, action, options_ui, icons } = manifest;
  const named = [...SCRIPTS, background.service_worker, action.default_popup, options_ui.page, ...Object.values(icons)];
  for (const file of named) assert.ok(existsSync(new URL(file, EXTENSION)), file);
  const present = readdirSync(new URL("content/", EXTENSION)).map((name) => `content/${name}`);
  assert.deepEqual(present.toSorted(), SCRIPTS.toSorted());
});

for (const size of [16, 32, 48, 128]) {
  test(`the icon of ${size} pixels is ${size} pixels wide and high`, () => {
    const png = readFileSync(new URL(manifest.icons[size], EXTENSION));
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
  });
}

test("only api.js speaks HTTP, and no file reaches beyond this computer", () => {
  for (const folder of ["content", "worker", "options", "popup", "shared"]) {
    for (const name of readdirSync(new URL(`${folder}/`, EXTENSION))) {
      const source = readFileSync(new URL(`${folder}/${name}`, EXTENSION), "utf8");
      if (name !== "api.js")
        assert.doesNotMatch(source, /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource/, name);
      const hosts = [...source.matchAll(/https?:\/\/([\w.]+)/g)].map(([, host]) => host);
      assert.deepEqual(
        hosts.filter((host) => !["127.0.0.1", "mail.google.com", "www.w3.org"].includes(host)),
        [],
        name,
      );
    }
  }
});

test("the content scripts together stay under 24 KB when zipped", async () => {
  const { gzipSync } = await import("node:zlib");
  const all = SCRIPTS.map((file) => readFileSync(new URL(file, EXTENSION), "utf8")).join("\n");
  assert.ok(gzipSync(all).length < 24_000, `${gzipSync(all).length} bytes`);
});
