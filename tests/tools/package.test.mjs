/* The store's zip: the same bytes every time, and nothing in it that is not for the store. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";
import { files, GLUE, ROOT } from "./tree.mjs";

const PROGRAM = fileURLToPath(new URL("package.mjs", import.meta.url));

/** @param {string} folder @param {string} name @param {Record<string, string>} env */
function pack(folder, name, env) {
  const target = join(folder, name);
  execFileSync(process.execPath, [PROGRAM, "--quiet", target], { env: { ...process.env, ...env } });
  return readFileSync(target);
}

test("two packages of the same sources are equal byte for byte, in any time zone and language", () => {
  const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-package-"));
  const one = pack(folder, "one.zip", { TZ: "UTC", LANG: "C" });
  const other = pack(folder, "other.zip", { TZ: "Asia/Kathmandu", LANG: "de_DE.UTF-8" });
  rmSync(folder, { recursive: true });
  assert.ok(one.equals(other));
});

test("the package holds what the manifest names, without key, loopback, types or tests", () => {
  const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-package-"));
  const entries = unzipSync(pack(folder, "a.zip", {}));
  rmSync(folder, { recursive: true });
  const manifest = JSON.parse(strFromU8(entries["manifest.json"] ?? new Uint8Array()));
  assert.equal(manifest.key, undefined);
  const names = Object.keys(entries);
  for (const name of [
    manifest.background.service_worker,
    manifest.action.default_popup,
    manifest.side_panel.default_path,
  ]) {
    assert.ok(names.includes(name), name);
  }
  assert.ok(
    names.includes("extension/pkg/core_bg.wasm") &&
      names.includes("extension/pkg/whole_bg.wasm") &&
      names.includes("_locales/en/messages.json"),
  );
  assert.ok(!names.some((name) => /\.d\.ts$|\.map$|test|node_modules|^src\//.test(name)), names.join("\n"));
  assert.ok(!JSON.stringify(manifest).includes("127.0.0.1"));
});

test("no path of the machine that built it is in the package", () => {
  const home = process.env.HOME ?? "/nowhere-at-all";
  for (const file of files(GLUE)) {
    const bytes = readFileSync(file);
    assert.ok(!bytes.includes(`${home}/`) && !bytes.includes(ROOT), file);
  }
});
