/* What is depended on, held against deny.toml: licences, unwanted crates, two versions of one, where they come from (CHECKLISTS D49).
   And npm: only tools, each in one exact version. Advisories need the network and are for `cargo deny`. node tools/dependencies.mjs */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./tree.mjs";

/** @typedef {{ name: string, version: string, license: string | null, source: string | null }} Crate */
/** @typedef {{ allow: string[], deny: string[], skip: string[], registries: string[] }} Policy */

/**
 * Reads the lists of deny.toml that are followed here.
 * @param {string} toml
 * @returns {Policy}
 */
export function policy(toml) {
  const bare = toml.replace(/^\s*#.*$/gm, "");
  const list = (/** @type {string} */ name) => {
    const found = new RegExp(`^${name} = \\[([\\s\\S]*?)\\]$`, "m").exec(bare);
    if (!found) throw new Error(`deny.toml has no list ${name}`);
    return found[1] ?? "";
  };
  const texts = (/** @type {string} */ name) => [...list(name).matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "");
  const names = (/** @type {string} */ name) =>
    [...list(name).matchAll(/name = "([^"]*)"/g)].map((match) => match[1] ?? "");
  return { allow: texts("allow"), deny: names("deny"), skip: names("skip"), registries: texts("allow-registry") };
}

/**
 * Whether a licence can be met with these (SPDX expressions: OR, AND, parentheses, WITH; the old “/” means OR).
 * @param {string} expression
 * @param {string[]} allowed
 */
export function isMet(expression, allowed) {
  const tokens = expression.replaceAll("/", " OR ").replace(/[()]/g, " $& ").trim().split(/\s+/);
  let isWhole = true;
  const either = () => {
    let met = both();
    while (tokens[0] === "OR") {
      tokens.shift();
      met = both() || met;
    }
    return met;
  };
  const both = () => {
    let met = single();
    while (tokens[0] === "AND") {
      tokens.shift();
      met = single() && met;
    }
    return met;
  };
  /** @returns {boolean} */
  const single = () => {
    let name = tokens.shift();
    if (name === undefined) {
      isWhole = false;
      return false;
    }
    if (name === "(") {
      const met = either();
      return tokens.shift() === ")" && met;
    }
    if (tokens[0] === "WITH") name = `${name} ${tokens.shift()} ${tokens.shift()}`;
    return allowed.includes(name);
  };
  return either() && tokens.length === 0 && isWhole;
}

/**
 * @param {Crate[]} crates
 * @param {Policy} rules
 * @returns {string[]} what is wrong, in sentences
 */
export function crateProblems(crates, rules) {
  const problems = [];
  /** @type {Map<string, string[]>} */
  const versions = new Map();
  for (const { name, version, license, source } of crates) {
    versions.set(name, [...(versions.get(name) ?? []), version]);
    if (!license) problems.push(`${name} ${version} names no licence`);
    else if (!isMet(license, rules.allow))
      problems.push(`${name} ${version} is under ${license}, which deny.toml does not allow`);
    if (rules.deny.includes(name)) problems.push(`${name} ${version} is not wanted: deny.toml says why`);
    // Our own have no source.
    const registry = source?.replace(/^registry\+/, "");
    if (registry && !rules.registries.includes(registry)) problems.push(`${name} ${version} comes from ${source}`);
  }
  for (const [name, found] of versions) {
    if (found.length > 1 && !rules.skip.includes(name))
      problems.push(`${name} is there more than once: ${found.join(", ")}`);
  }
  const unused = rules.skip.filter((name) => (versions.get(name) ?? []).length < 2);
  return [...problems, ...unused.map((name) => `deny.toml skips ${name}, of which there is one version`)];
}

/** What may be under other licences too: it runs here and ships nowhere. */
const TOOLS = [
  "ISC",
  "BSD-2-Clause",
  "0BSD",
  "CC0-1.0",
  "CC-BY-4.0",
  "CC-BY-SA-4.0",
  "MPL-2.0",
  "Python-2.0",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "WTFPL",
];

/**
 * @param {Record<string, any>} json package.json
 * @param {Record<string, any>} lock package-lock.json
 * @param {string[]} allow
 * @returns {string[]}
 */
export function npmProblems(json, lock, allow) {
  const problems = [];
  for (const key of ["dependencies", "optionalDependencies", "peerDependencies", "bundledDependencies"]) {
    if (key in json) problems.push(`package.json has ${key}: nothing of npm ships`);
  }
  for (const [name, version] of Object.entries(json.devDependencies ?? {})) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`${name} is not pinned: ${version}`);
  }
  for (const [path, each] of Object.entries(lock.packages ?? {})) {
    if (path === "" || each.link) continue;
    if (!each.integrity) problems.push(`${path} has no checksum in package-lock.json`);
    if (each.license && !isMet(each.license, [...allow, ...TOOLS])) problems.push(`${path} is under ${each.license}`);
  }
  return problems;
}

if (process.argv[1]?.endsWith("dependencies.mjs")) {
  const rules = policy(readFileSync(join(ROOT, "deny.toml"), "utf8"));
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features"], {
    cwd: ROOT,
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(ROOT, "tests", name), "utf8"));
  const problems = [
    ...crateProblems(JSON.parse(metadata.toString()).packages, rules),
    ...npmProblems(read("package.json"), read("package-lock.json"), rules.allow),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
