/* The check of the dependencies refuses what it is there to refuse. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { crateProblems, isMet, npmProblems, policy } from "./dependencies.mjs";
import { ROOT } from "./tree.mjs";

const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
const rules = policy(readFileSync(join(ROOT, "deny.toml"), "utf8"));
const good = { name: "serde", version: "1.0.0", license: "MIT OR Apache-2.0", source: CRATES_IO };
const own = { name: "chat-for-jira", version: "0.1.0", license: "MIT OR Apache-2.0", source: null };
const twice = ["2.0.0", "3.0.0"].map((version) => ({ ...good, name: "syn", version }));
/** @param {Partial<typeof good>[]} changes */
const problems = (...changes) =>
  crateProblems([own, ...twice, ...changes.map((change) => ({ ...good, ...change }))], rules);

test("what deny.toml allows is accepted", () => {
  assert.ok(rules.allow.includes("MIT") && rules.deny.includes("openssl") && rules.skip.includes("syn"));
  assert.deepEqual(problems({}), []);
});

test("a licence that is not allowed is refused, alone or beside one that is", () => {
  for (const license of [
    "GPL-3.0-only",
    "AGPL-3.0",
    "MIT AND GPL-2.0",
    "SSPL-1.0",
    "LicenseRef-own",
    "MIT OR",
    "(MIT",
    "",
    null,
  ]) {
    const found = problems({ license: /** @type {any} */ (license) });
    assert.equal(found.length, 1, String(license));
  }
  for (const license of [
    "GPL-3.0 OR MIT",
    "MIT/Apache-2.0",
    "(MIT OR GPL-2.0) AND Unicode-3.0",
    "GPL-2.0 WITH x OR Unlicense",
  ]) {
    assert.deepEqual(problems({ license }), [], license);
  }
  assert.ok(isMet("Apache-2.0 WITH LLVM-exception", rules.allow) && !isMet("GPL-3.0 WITH LLVM-exception", rules.allow));
});

test("an unwanted crate, a second version and another source are refused", () => {
  assert.match(problems({ name: "openssl" })[0] ?? "", /not wanted/);
  assert.match(problems({}, { version: "2.0.0" })[0] ?? "", /more than once: 1\.0\.0, 2\.0\.0/);
  for (const source of ["git+https://github.com/someone/serde", "registry+https://crates.example.com/index"]) {
    assert.match(problems({ source })[0] ?? "", /comes from/);
  }
  assert.match(crateProblems([own], rules)[0] ?? "", /skips syn/);
});

test("npm brings tools in exact versions, and nothing that ships", () => {
  const lock = { packages: { "": {}, "node_modules/a": { integrity: "sha512-x", license: "MIT" } } };
  const json = { devDependencies: { a: "1.2.3" } };
  assert.deepEqual(npmProblems(json, lock, rules.allow), []);
  assert.equal(npmProblems({ ...json, dependencies: { a: "1.2.3" } }, lock, rules.allow).length, 1);
  assert.equal(npmProblems({ devDependencies: { a: "^1.2.3" } }, lock, rules.allow).length, 1);
  const changed = (/** @type {object} */ change) => ({
    packages: { "node_modules/a": { integrity: "x", license: "MIT", ...change } },
  });
  assert.equal(npmProblems(json, changed({ integrity: undefined }), rules.allow).length, 1);
  assert.equal(npmProblems(json, changed({ license: "AGPL-3.0" }), rules.allow).length, 1);
});
