/* The simulator's answers have the shape of real ones: the same members, of the same types. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Contract, SHARED } from "./openapi.mjs";
import { Tape } from "./tape.mjs";

const folder = join(SHARED, "jira-samples");
const contract = Contract.load();
const there = contract !== null && existsSync(folder);
const skip = there ? false : "the samples of real answers are not beside the repository";

/** @param {string} name */
const sample = (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

/**
 * The types at every path of a value; members of lists share one. Fields of the site's own choice and rich text are left out:
 * the first differ from site to site, the second has a schema of its own.
 * @param {any} value
 * @param {string} [at]
 * @param {Map<string, Set<string>>} [found]
 */
function shape(value, at = "", found = new Map()) {
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  found.set(at, (found.get(at) ?? new Set()).add(type));
  if (type === "object" && value.type === "doc") return found;
  const inside = type === "array" ? value.map((/** @type {any} */ one) => ["[]", one]) : Object.entries(value ?? {});
  if (type !== "object" && type !== "array") return found;
  for (const [name, one] of inside) {
    if (!/customfield_|avatarUrls/.test(name)) shape(one, `${at}/${name}`, found);
  }
  return found;
}

/**
 * Where two shapes differ: what ours lacks, and what has another type.
 * @param {Map<string, Set<string>>} real
 * @param {Map<string, Set<string>>} ours
 */
function differences(real, ours) {
  const told = [];
  for (const [path, types] of real) {
    const parent = ours.get(path.slice(0, path.lastIndexOf("/")));
    // Below what is empty or null on every issue here nothing can be compared.
    if (!ours.has(path) && (!parent || ![...parent].some((type) => type === "object"))) continue;
    const mine = ours.get(path);
    if (!mine) told.push(`${path} is missing`);
    else if (![...types].some((type) => type === "null" || mine.has(type) || mine.has("null"))) {
      told.push(`${path} is ${[...mine]} instead of ${[...types]}`);
    }
  }
  return told;
}

/** What real answers have because of the site or the moment, with the reason. @type {[RegExp, string][]} */
const OF_THEIR_SITE = [
  [/\/development is missing/, "a field of a development tool that is linked with that site"],
  [/\/components\/\[\]\/description is missing/, "left out of a component that has none, as all have none here"],
];

test("searches and comments look like those of a real site", { skip }, async () => {
  const tape = await Tape.start(/** @type {Contract} */ (contract));
  try {
    const body = { jql: "project in (MOB, WEB, SUP) order by created", fields: ["*all"], maxResults: 100 };
    const found = (await tape.ask("POST", "search/jql", { body })).body;
    const talked = found.issues.find((/** @type {any} */ issue) => issue.fields.comment.total > 0);
    const comments = (await tape.ask("GET", `issue/${talked.key}/comment`)).body;
    const left = [
      ...differences(shape(sample("cloud-v3-search-issues")), shape(found)),
      ...differences(shape(sample("cloud-v3-issue-comments")), shape(comments)),
    ].filter((line) => !OF_THEIR_SITE.some(([pattern]) => pattern.test(line)));
    assert.deepEqual(left, []);
  } finally {
    await tape.stop();
  }
});
