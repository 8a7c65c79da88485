/* Runs tests in a real browser: node tools/run.mjs file…

   Two browsers and what they talk to share the machine, and a busy one can let any of them wait longer than a test does. So a test
   that fails is run once more, with nothing beside it. What passes only then is told by name, and so is what its first failure was:
   it is a fault all the same, of the test or of the product. More than MOST of them fail the run without a second try. */
import { resolve } from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { pathToFileURL } from "node:url";

/** So many may pass at their second try. */
const MOST = 2;

/** So many files run at the same time. */
const AT_A_TIME = 2;
/** What the reporter says of each file by itself. */
const SUMS = /^\S+ (?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+\n/gmu;

/** @typedef {{ file: string, name: string, why: string }} Failure `name`: of a test at the top of the file, or what the file is called */

/**
 * Runs a file, or what in it has this name.
 * @param {string} file
 * @param {string} [only]
 * @returns {Promise<{ failures: Failure[], passed: string[], skipped: number }>} `passed`: by their names
 */
async function runFile(file, only) {
  /** @type {Failure[]} */
  const failures = [];
  /** @type {string[]} */
  const passed = [];
  let skipped = 0;
  const stream = run({ files: [resolve(file)], concurrency: 1, ...(only ? { testNamePatterns: only } : {}) });
  stream.on("test:fail", ({ name, nesting, details, todo }) => {
    if (nesting > 0 || todo !== undefined) return;
    const { cause } = details.error;
    failures.push({ file, name, why: String(cause instanceof Error ? cause.message : cause) });
  });
  stream.on("test:pass", ({ name, nesting, skip, todo }) => {
    if (nesting > 0 || isFile(file, name)) return;
    if (skip === undefined && todo === undefined) passed.push(name);
    else skipped += 1;
  });
  let said = "";
  for await (const part of stream.compose(new spec())) said += part;
  process.stdout.write(said.replaceAll(SUMS, ""));
  if (failures.length + passed.length + skipped === 0)
    failures.push({ file, name: resolve(file), why: "it has no tests" });
  return { failures, passed, skipped };
}

/** A file that ended before its tests could speak for themselves, or has none, is called by its path. @param {string} file @param {string} name */
const isFile = (file, name) => resolve(file).endsWith(name);

/** Exactly this name, as a pattern. @param {string} name */
const exactly = (name) => `/^${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$/`;

/** Whether it passes with nothing beside it. @param {Failure} failure */
async function passesAlone({ file, name }) {
  console.log(`\n-- once more, alone: ${name}`);
  const whole = isFile(file, name);
  const { failures, passed } = await runFile(file, whole ? undefined : exactly(name));
  return failures.length === 0 && (whole ? passed.length > 0 : passed.includes(name));
}

/**
 * @param {string[]} files
 * @returns {Promise<boolean>} whether all passed, at the first try or at the second
 */
export async function testAll(files) {
  /** @type {Failure[]} */
  const failures = [];
  let [passed, skipped] = [0, 0];
  const left = [...files];
  const some = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const ran = await runFile(file);
      failures.push(...ran.failures);
      passed += ran.passed.length;
      skipped += ran.skipped;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, some));
  console.log(`\n${passed} passed, ${failures.length} failed, ${skipped} skipped, in ${files.length} files`);
  if (failures.length > MOST || passed + failures.length === 0) return false;
  for (const failure of failures) if (!(await passesAlone(failure))) return false;
  for (const { file, name, why } of failures)
    console.log(`\nPASSED ONLY AT THE SECOND TRY: ${name} (${file})\n  first: ${why}`);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const passed = await testAll(process.argv.slice(2));
  process.exit(passed ? 0 : 1);
}
