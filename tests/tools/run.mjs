/* Runs tests in a real browser: node tools/run.mjs file…

   Two browsers and what they talk to share the machine, and a busy one can let any of them wait longer than a test does. So a test
   that fails is run once more, with nothing beside it. What passes only then is told by name, and so is what its first failure was:
   it is a fault all the same, of the test or of the product. More than MOST of them fail the run without a second try. */
import { relative } from "node:path";
import process from "node:process";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { pathToFileURL } from "node:url";

/** So many may pass at their second try. */
const MOST = 2;

/** @typedef {{ file: string, name: string, why: string }} Failure */

/**
 * Runs the files, or of one of them what has this name, and shows how it goes.
 * @param {string[]} files
 * @param {{ concurrency: number, only?: string }} how
 * @returns {Promise<{ failures: Failure[], passed: number }>} tests at the top of a file; a whole file where it ended on its own
 */
async function runAll(files, { concurrency, only }) {
  /** @type {Failure[]} */
  const failures = [];
  let passed = 0;
  const stream = run({ files, concurrency, ...(only ? { testNamePatterns: only } : {}) });
  stream.on("test:fail", ({ name, nesting, details, file, todo, skip }) => {
    if (nesting > 0 || todo !== undefined || skip !== undefined) return;
    const { cause } = details.error;
    failures.push({ file: file ?? name, name, why: String(cause instanceof Error ? cause.message : cause) });
  });
  stream.on("test:pass", ({ nesting, skip, todo }) => {
    if (nesting === 0 && skip === undefined && todo === undefined) passed += 1;
  });
  for await (const part of stream.compose(new spec())) process.stdout.write(part);
  return { failures, passed };
}

/** Whether the name is that of the file: it ended before its tests could speak for themselves. @param {Failure} failure */
const isFile = ({ file, name }) => name === file || file.endsWith(name);

/** Exactly this name, as a pattern. @param {string} name */
const exactly = (name) => `/^${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$/`;

/**
 * Whether it passes with nothing beside it.
 * @param {Failure} failure
 */
async function passesAlone(failure) {
  const { file, name } = failure;
  console.log(`\n-- once more, alone: ${name}`);
  const { failures, passed } = await runAll([file], {
    concurrency: 1,
    only: isFile(failure) ? undefined : exactly(name),
  });
  return failures.length === 0 && passed > 0;
}

/**
 * @param {string[]} files
 * @returns {Promise<boolean>} whether all passed, at the first try or at the second
 */
export async function testAll(files) {
  const { failures } = await runAll(files, { concurrency: 2 });
  if (failures.length > MOST) return false;
  for (const failure of failures) if (!(await passesAlone(failure))) return false;
  for (const { file, name, why } of failures)
    console.log(`\nPASSED ONLY AT THE SECOND TRY: ${name} (${relative(process.cwd(), file)})\n  first: ${why}`);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const passed = await testAll(process.argv.slice(2));
  process.exit(passed ? 0 : 1);
}
