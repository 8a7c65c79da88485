/* All parts of a build say of which build they are (CHECKLISTS D52). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, withStamp } from "./tree.mjs";

const STAMP = "0123456789abcdef";
/** The smallest module there is: a mark and a version. */
const MODULE = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

test("a module carries the name in a section of its own, and is the same module", () => {
  const stamped = withStamp("extension/pkg/core_bg.wasm", MODULE, STAMP);
  const module = new WebAssembly.Module(Uint8Array.from(stamped));
  const [section] = WebAssembly.Module.customSections(module, "build");
  assert.equal(new TextDecoder().decode(section), STAMP);
  assert.deepEqual([...stamped.subarray(0, MODULE.length)], [...MODULE]);
});

test("scripts carry it where the source leaves room for it, in the same length", () => {
  const source = readFileSync(join(ROOT, "www", "lib", "build.js"));
  const stamped = Buffer.from(withStamp("www/popup/popup.js", source, STAMP)).toString("utf8");
  assert.match(stamped, new RegExp(`BUILD = "${STAMP}"`));
  assert.equal(stamped.length, source.toString("utf8").length);
});

test("everything else is left as it is", () => {
  const bytes = Buffer.from("not-yet-stamped!");
  for (const path of ["www/popup/popup.html", "extension/icons/16.png", "manifest.json"]) {
    assert.equal(withStamp(path, bytes, STAMP), bytes);
  }
});
