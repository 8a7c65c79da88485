/* A linter that cannot fail is worth nothing: each rule is shown something it must refuse. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesNamed, localeProblems, manifestProblems, pageProblems, pngSize } from "./lint.mjs";
import { manifest } from "./tree.mjs";

const goodPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A</title><link rel="stylesheet" href="a.css">' +
  '<script type="module" src="a.js"></script></head><body><template><p>b</p></template></body></html>';
const there = () => true;

test("the manifests of all flavours are accepted", () => {
  for (const flavour of /** @type {const} */ (["development", "demo", "store"])) {
    assert.deepEqual(manifestProblems(manifest(flavour), flavour), []);
  }
});

test("a manifest that asks for more is refused", () => {
  const changes = [
    (/** @type {any} */ json) => json.permissions.push("tabs"),
    (/** @type {any} */ json) => json.optional_permissions.push("tabs"),
    (/** @type {any} */ json) => json.host_permissions.push("http://127.0.0.1/*"),
    (/** @type {any} */ json) => json.host_permissions.push("<all_urls>"),
    (/** @type {any} */ json) => json.optional_host_permissions.push("http://*/*"),
    (/** @type {any} */ json) => delete json.externally_connectable,
    (/** @type {any} */ json) => (json.externally_connectable.matches = ["https://example.com/*"]),
    (/** @type {any} */ json) => (json.content_scripts = []),
    (/** @type {any} */ json) => (json.content_security_policy.extension_pages += "; font-src 'self'"),
    (/** @type {any} */ json) => (json.content_security_policy.sandbox = "sandbox"),
    (/** @type {any} */ json) => (json.key = undefined),
    (/** @type {any} */ json) => (json.version = "1"),
    (/** @type {any} */ json) => (json.manifest_version = 2),
  ];
  for (const change of changes) {
    const json = manifest("development");
    change(json);
    assert.equal(manifestProblems(json, "development").length, 1, String(change));
  }
});

test("the store's manifest has no key and no loopback", () => {
  assert.equal(manifestProblems(manifest("development"), "store").length, 1);
  assert.equal(manifestProblems({ ...manifest("demo"), key: undefined }, "development").length, 5);
  assert.ok(!JSON.stringify(manifest("store")).includes("127.0.0.1"));
});

test("every file the manifest names is looked for", () => {
  assert.ok(filesNamed(manifest("development")).includes("www/popup/popup.html"));
  assert.ok(filesNamed(manifest("development")).includes("extension/icons/128.png"));
});

test("a plain page is accepted", () => assert.deepEqual(pageProblems(goodPage, there), []));

test("a page that breaks one rule is refused", () => {
  const bad = [
    goodPage.replace("<!doctype html>", ""),
    goodPage.replace(' lang="en"', ""),
    goodPage.replace("<title>A</title>", ""),
    goodPage.replace("<p>b</p>", "<p onclick='b()'>b</p>"),
    goodPage.replace("<p>b</p>", "<p style='color:red'>b</p>"),
    goodPage.replace("<p>b</p>", "<a href=' javascript:b()'>b</a>"),
    goodPage.replace("<p>b</p>", "<iframe></iframe>"),
    goodPage.replace("<p>b</p>", "<img src='a.png'>"),
    goodPage.replace("<p>b</p>", "<style>p{}</style>"),
    goodPage.replace(' src="a.js"></script>', ' src="a.js">b()</script>'),
    goodPage.replace('type="module" ', ""),
    goodPage.replace("a.css", "https://example.com/a.css"),
    goodPage.replace("a.js", "//example.com/a.js"),
  ];
  for (const page of bad) assert.equal(pageProblems(page, there).length, 1, page);
});

test("a page that names a missing file is refused", () => {
  assert.equal(pageProblems(goodPage, (path) => path !== "a.css").length, 1);
});

test("a translation that lacks a text, adds one or changes a placeholder is refused", () => {
  const en = { a: { message: "A" }, b: { message: "$N$", placeholders: { n: {} } } };
  assert.deepEqual(localeProblems({ en, de: en }, "en"), []);
  assert.equal(localeProblems({ en, de: { b: en.b } }, "en").length, 1);
  assert.equal(localeProblems({ en, de: { ...en, c: { message: "C" } } }, "en").length, 1);
  assert.equal(localeProblems({ en, de: { ...en, b: { message: "B" } } }, "en").length, 1);
  assert.equal(localeProblems({ de: en }, "en").length, 1);
});

test("an icon's size is read from its bytes", () => {
  const png = Buffer.alloc(24);
  png.writeUInt32BE(0x89504e47, 0);
  png.write("IHDR", 12, "latin1");
  png.writeUInt32BE(16, 16);
  png.writeUInt32BE(32, 20);
  assert.deepEqual(pngSize(png), { width: 16, height: 32 });
  assert.equal(pngSize(Buffer.from("no picture")), null);
});
