/* What a linter for programs does not see: the manifest, the pages and the translations. node tools/lint.mjs */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { parse } from "parse5";
import { PAGES, pagePath, pageSource } from "./markup.mjs";
import { files, manifest, ROOT } from "./tree.mjs";

/** The policy that was tried in a browser and found to close everything but our own files, wasm and https. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
  "connect-src 'self' https:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/** Everything the extension may ask for; a new line here needs one in the README's table too (a house test looks). */
const ALLOWED = {
  permissions: [
    "activeTab",
    "alarms",
    "contextMenus",
    "identity",
    "notifications",
    "sidePanel",
    "storage",
    "unlimitedStorage",
  ],
  host_permissions: ["https://api.atlassian.com/*", "https://auth.atlassian.com/*"],
  optional_host_permissions: ["https://*/*"],
  optional_permissions: ["declarativeNetRequestWithHostAccess"],
};

/** What differs in the demo: it may talk to this machine, and has what nobody can click for in a test.
 *  @type {Record<string, string[]>} */
const IN_DEMO = {
  permissions: [...ALLOWED.permissions, ...ALLOWED.optional_permissions],
  host_permissions: [...ALLOWED.host_permissions, "http://127.0.0.1/*"],
  optional_permissions: [],
};

/** Keys that would open the extension to pages or to code from elsewhere. */
const FORBIDDEN = ["content_scripts", "web_accessible_resources", "sandbox", "update_url"];

/**
 * @param {Record<string, any>} json
 * @param {import("./tree.mjs").Flavour} flavour
 * @returns {string[]} what is wrong with it, in sentences
 */
export function manifestProblems(json, flavour) {
  const problems = [];
  const loopback = flavour === "demo";
  if (json.manifest_version !== 3) problems.push("manifest_version is not 3");
  for (const [key, allowed] of Object.entries(ALLOWED)) {
    const expected = loopback ? (IN_DEMO[key] ?? allowed) : allowed;
    if (JSON.stringify([...(json[key] ?? [])].sort()) !== JSON.stringify([...expected].sort())) {
      problems.push(`${key} is ${JSON.stringify(json[key])}, expected ${JSON.stringify(expected)}`);
    }
  }
  const policy = loopback ? POLICY.replace("'self' https:", "'self' https: http://127.0.0.1:*") : POLICY;
  if (json.content_security_policy?.extension_pages !== policy)
    problems.push("the page policy is not the one expected");
  if (Object.keys(json.content_security_policy ?? {}).length !== 1) problems.push("there is more than one page policy");
  for (const key of FORBIDDEN) if (key in json) problems.push(`the manifest has ${key}`);
  if (JSON.stringify(json.externally_connectable) !== '{"ids":[]}') problems.push("externally_connectable is not shut");
  if (flavour === "store" ? "key" in json : typeof json.key !== "string") problems.push(`key: wrong for ${flavour}`);
  if (!/^\d+\.\d+\.\d+$/.test(json.version)) problems.push(`version ${json.version} is not x.y.z`);
  return problems;
}

/**
 * @param {Record<string, any>} json
 * @returns {string[]} the files the manifest names, as paths from the root
 */
export function filesNamed(json) {
  return [
    json.background?.service_worker,
    json.action?.default_popup,
    json.side_panel?.default_path,
    json.options_ui?.page,
    json.storage?.managed_schema,
    ...Object.values(json.icons ?? {}),
    ...Object.values(json.action?.default_icon ?? {}),
  ].filter((path) => typeof path === "string");
}

/**
 * @param {Uint8Array} png
 * @returns {{ width: number, height: number } | null} its size, null if it is no PNG
 */
export function pngSize(png) {
  const view = Buffer.from(png);
  if (view.length < 24 || view.readUInt32BE(0) !== 0x89504e47 || view.toString("latin1", 12, 16) !== "IHDR")
    return null;
  return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/**
 * @param {Record<string, any>} json
 * @returns {string[]}
 */
function fileProblems(json) {
  const made = new Set(PAGES.map(pagePath));
  const there = (/** @type {string} */ path) => made.has(path) || existsSync(join(ROOT, path));
  const problems = filesNamed(json).flatMap((path) => (there(path) ? [] : [`${path} does not exist`]));
  for (const [size, path] of Object.entries({ ...json.icons, ...json.action?.default_icon })) {
    if (!existsSync(join(ROOT, path))) continue;
    const found = pngSize(readFileSync(join(ROOT, path)));
    if (found?.width !== Number(size) || found.height !== Number(size))
      problems.push(`${path} is not ${size} × ${size}`);
  }
  return problems;
}

/**
 * A page may load files of its own and nothing else: the policy blocks the rest at run time, this says it beforehand.
 * @param {string} html
 * @param {(path: string) => boolean} exists whether a file named by the page is there
 * @returns {string[]}
 */
export function pageProblems(html, exists) {
  /** @type {string[]} */
  const problems = [];
  if (!/^<!doctype html>/i.test(html)) problems.push("does not begin with <!doctype html>");
  /** @type {Set<string>} */
  const seen = new Set();
  const visit = (/** @type {any} */ node) => {
    if (node.tagName) {
      seen.add(node.tagName);
      problems.push(...elementProblems(node, exists));
    }
    for (const child of node.childNodes ?? []) visit(child);
    if (node.content) visit(node.content);
  };
  visit(parse(html));
  if (!seen.has("title")) problems.push("has no <title>");
  return problems;
}

/**
 * @param {any} node
 * @param {(path: string) => boolean} exists
 * @returns {string[]}
 */
function elementProblems(node, exists) {
  const problems = [];
  /** @type {Record<string, string>} */
  const attributes = Object.fromEntries(node.attrs.map((/** @type {any} */ a) => [a.name, a.value]));
  const tag = node.tagName;
  const text = (node.childNodes ?? []).map((/** @type {any} */ child) => child.value ?? "").join("");
  if (tag === "html" && !attributes.lang) problems.push("<html> has no lang");
  if (tag === "script" && (!attributes.src || text.trim())) problems.push("has an inline script");
  if (tag === "script" && attributes.type !== "module") problems.push(`<script src=${attributes.src}> is no module`);
  if (tag === "style") problems.push("has an inline <style>");
  if (["iframe", "object", "embed", "base"].includes(tag)) problems.push(`has a <${tag}>`);
  if (tag === "img" && attributes.alt === undefined) problems.push("an <img> has no alt");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) problems.push(`<${tag}> has the handler ${name}`);
    if (name === "style") problems.push(`<${tag}> has a style attribute`);
    if (/^\s*javascript:/i.test(value)) problems.push(`<${tag} ${name}> runs a script`);
  }
  const loaded = tag === "link" ? attributes.href : ["script", "img"].includes(tag) ? attributes.src : undefined;
  if (loaded && /^[a-z]+:|^\/\//i.test(loaded)) problems.push(`<${tag}> loads ${loaded} from elsewhere`);
  else if (loaded && !exists(loaded)) problems.push(`<${tag}> loads ${loaded}, which does not exist`);
  return problems;
}

/**
 * @param {Record<string, Record<string, { message?: string, placeholders?: object }>>} locales messages by locale
 * @param {string} fallback the default locale
 * @returns {string[]} what is missing or differs between the languages
 */
export function localeProblems(locales, fallback) {
  const reference = locales[fallback];
  if (!reference) return [`the default locale ${fallback} has no messages`];
  const names = Object.keys(reference).sort();
  const placeholders = (/** @type {any} */ entry) =>
    Object.keys(entry?.placeholders ?? {})
      .sort()
      .join();
  return Object.entries(locales).flatMap(([locale, messages]) => [
    ...names.filter((name) => !messages[name]?.message).map((name) => `${locale} lacks ${name}`),
    ...Object.keys(messages)
      .filter((name) => !reference[name])
      .map((name) => `${locale} has ${name}, ${fallback} has not`),
    ...names
      .filter((name) => messages[name] && placeholders(messages[name]) !== placeholders(reference[name]))
      .map((name) => `${locale}: ${name} has other placeholders than ${fallback}`),
  ]);
}

/** @returns {string[]} */
function lintLocales() {
  const folder = join(ROOT, "extension", "_locales");
  const json = manifest("development");
  const locales = Object.fromEntries(
    files(folder)
      .filter((file) => file.endsWith("messages.json"))
      .map((file) => [relative(folder, dirname(file)), JSON.parse(readFileSync(file, "utf8"))]),
  );
  const asked = [...JSON.stringify(json).matchAll(/__MSG_(\w+)__/g)].map((match) => match[1] ?? "");
  return [
    ...localeProblems(locales, json.default_locale),
    ...asked.filter((name) => !locales[json.default_locale]?.[name]).map((name) => `the manifest asks for ${name}`),
  ];
}

/** @returns {string[]} */
function lintPages() {
  return PAGES.flatMap((page) => {
    const exists = (/** @type {string} */ path) =>
      existsSync(path.startsWith("/") ? join(ROOT, path) : normalize(join(ROOT, "www", page, path)));
    return pageProblems(pageSource(ROOT, page), exists).map((problem) => `${pagePath(page)} ${problem}`);
  });
}

if (process.argv[1]?.endsWith("lint.mjs")) {
  /** @type {import("./tree.mjs").Flavour[]} */
  const flavours = ["development", "demo", "store"];
  const problems = [
    ...flavours.flatMap((flavour) =>
      manifestProblems(manifest(flavour), flavour).map((p) => `manifest (${flavour}): ${p}`),
    ),
    ...fileProblems(manifest("development")).map((problem) => `manifest: ${problem}`),
    ...lintLocales().map((problem) => `locales: ${problem}`),
    ...lintPages(),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
}
