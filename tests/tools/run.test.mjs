// What runs the browser's tests: a second try for few, none for many, and nothing is kept quiet.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const RUN = fileURLToPath(new URL("run.mjs", import.meta.url));
/** Fails as often as it is told to, counted in a file beside it. @param {string} name @param {number} times */
const failing = (name, times) => `
  test(${JSON.stringify(name)}, () => {
    const tries = join(import.meta.dirname ?? process.cwd(), ${JSON.stringify(`${name}.tries`)});
    const before = existsSync(tries) ? Number(readFileSync(tries, "utf8")) : 0;
    writeFileSync(tries, String(before + 1));
    if (before < ${times}) throw new Error("it is busy");
  });`;
const HEAD = `
  import { existsSync, readFileSync, writeFileSync } from "node:fs";
  import { join } from "node:path";
  import { test } from "node:test";`;

/** @param {string} body @param {string} [helper] a file beside it @returns {{ status: number | null, said: string }} */
function runs(body, helper = "") {
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  try {
    const file = join(folder, "one.test.mjs");
    writeFileSync(file, `${HEAD}\n${body}\n`);
    writeFileSync(join(folder, "helper.mjs"), `${HEAD}\n${helper}\n`);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env; // or the tests within are taken for a part of this one
    const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, "one.test.mjs"], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("what passes needs no second try", () => {
  const { status, said } = runs('test("it holds", () => {});');
  assert.equal(status, 0, said);
  assert.doesNotMatch(said, /once more|SECOND TRY/u);
});

test("what fails once is run again, alone, and told by name with its first failure", () => {
  const { status, said } = runs(`${failing("a (busy) one", 1)}\ntest("another", () => {});`);
  assert.equal(status, 0, said);
  assert.match(
    said,
    /1 passed, 1 failed, 0 skipped, in 1 files\n.*PASSED ONLY AT THE SECOND TRY: a \(busy\) one \(one\.test\.mjs\)\n {2}first: it is busy/su,
  );
  assert.match(said, /another.*does not match/u, "only what failed is run again");
});

test("what fails twice fails", () => {
  const { status, said } = runs(failing("a broken one", 9));
  assert.equal(status, 1, said);
  assert.doesNotMatch(said, /SECOND TRY/u);
});

test("a test that a helper declares is run again where it was run, and fails again", () => {
  const helper = `export const declare = () => {${failing("a broken one", 9)}};`;
  const { status, said } = runs('import { declare } from "./helper.mjs"; declare();', helper);
  assert.equal(status, 1, said);
  assert.match(said, /once more, alone: a broken one/u);
});

test("where nothing ran nothing passed", () => {
  const { status, said } = runs('test("left out", { skip: "today" }, () => {});');
  assert.equal(status, 1, said);
  assert.match(said, /0 passed, 0 failed, 1 skipped/u);
});

test("a file without tests fails", () => {
  const { status, said } = runs("");
  assert.equal(status, 1, said);
});

test("a file that cannot be read fails", () => {
  const { status, said } = runs('throw new Error("no start");');
  assert.equal(status, 1, said);
});

test("more than two have no second try", () => {
  const { status, said } = runs(["one", "two", "three"].map((name) => failing(name, 1)).join("\n"));
  assert.equal(status, 1, said);
  assert.doesNotMatch(said, /once more/u);
});
