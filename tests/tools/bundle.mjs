/*
 * The scripts and styles of the pages as they ship, and the worker's script.
 *
 * A browser takes a good millisecond for every file it has to fetch, and what two pages need should not ship twice: so each page has one
 * script and one style of its own, and all share one of each; what a page imports only when it needs it stays a file of its own; the
 * worker has one script. They are squeezed, because they are read anew each time a page is opened or the worker starts. The zip's
 * sources are the repository's, from which anybody can make the same bytes.
 */
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { buildSync, transformSync } from "esbuild";
import { PAGES, pagePath, pageSource } from "./markup.mjs";

/** What the browser is told to run; everything else is imported by these. */
const WORKER = "extension/background.js";

/** What two pages or more need. */
const SHARED = "www/shared.js";
const SHARED_STYLE = "www/shared.css";
/** Styles that every page links to, in this order. */
const STYLES = ["www/lib/theme.css", "www/elements/elements.css"];

/** What stands in a bundle and ships nowhere else. */
export const BUNDLED = /^(?:(?:extension|www)\/.*\.js|www\/.*\.(?:css|html|svg))$/;
/** How the worker's script names the modules' glue, which a tool of its own makes. */
const GLUE = "./pkg/*";

/** @type {import("esbuild").BuildOptions & { write: false }} */
const COMMON = {
  bundle: true,
  format: "esm",
  target: "chrome123",
  charset: "utf8",
  legalComments: "inline",
  write: false,
  logLevel: "warning",
};

/** @type {import("esbuild").BuildOptions & { write: false }} */
const SQUEEZED = { ...COMMON, minify: true };

const LINK = /<link rel="stylesheet" href="([^"]+)">/gu;
const SCRIPT = /<script type="module" src="([^"]+)"><\/script>/u;

/** A path as it stands in a page, from the root. @param {string} page @param {string} [href] */
const from = (page, href = "") => join("www", page, href).split(sep).join("/");
/** A path from the root, as it stands in a page. @param {string} page @param {string} file */
const link = (page, file) => relative(`www/${page}`, file).split(sep).join("/");

/**
 * The worker's script with the modules' glue in it: a worker that starts fetches one file instead of three, one after the other.
 * @param {string} base
 * @param {string} glue the folder laid out like `base` that holds `extension/pkg`
 * @returns {[string, Uint8Array]} its path, and what stands there
 */
export function worker(base, glue) {
  const ours = buildSync({
    ...COMMON,
    absWorkingDir: base,
    entryPoints: [WORKER],
    outdir: join(base, "extension"),
    external: [GLUE],
  });
  const { outputFiles } = buildSync({
    ...SQUEEZED,
    stdin: { contents: ours.outputFiles[0]?.text ?? "", resolveDir: join(glue, "extension"), sourcefile: WORKER },
    outfile: join(base, WORKER),
  });
  return [WORKER, /** @type {import("esbuild").OutputFile} */ (outputFiles[0]).contents];
}

/** Files that are imported only when they are needed. @param {string} base @param {string[]} entries @returns {string[]} */
function later(base, entries) {
  const { metafile } = buildSync({
    ...COMMON,
    absWorkingDir: base,
    entryPoints: entries,
    outdir: base,
    outbase: base,
    metafile: true,
  });
  const imports = Object.values(metafile.inputs).flatMap((file) => file.imports);
  return [...new Set(imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path))].sort();
}

/**
 * The scripts: one for each that a page names or imports later, and what they share. That is one file, because all of them import the
 * whole of `www/shared.js`; what two of them take and that does not list would make a second, and esbuild refuses to write two of one
 * name.
 * @param {string} base
 * @param {string[]} entries what pages name
 * @returns {{ files: [string, Uint8Array][], imports: Map<string, string[]> }} `imports`: what a script has to have before it can run
 */
function scripts(base, entries) {
  const { outputFiles, metafile } = buildSync({
    ...SQUEEZED,
    splitting: true,
    absWorkingDir: base,
    entryPoints: [...new Set([...entries, ...later(base, entries)])],
    outdir: base,
    outbase: base,
    chunkNames: SHARED.replace(/\.js$/u, ""),
    metafile: true,
  });
  const needed = Object.entries(metafile.outputs).map(([path, { imports }]) => {
    const atOnce = imports.filter(({ kind }) => kind === "import-statement").map((each) => each.path);
    return /** @type {[string, string[]]} */ ([path, atOnce]);
  });
  return {
    files: outputFiles.map(({ path, contents }) => [relative(base, path).split(sep).join("/"), contents]),
    imports: new Map(needed),
  };
}

/** The names that the theme gives, with short ones in their place: they stand in nearly every rule. @param {string} base */
function themeNames(base) {
  const given = readFileSync(join(base, STYLES[0] ?? ""), "utf8").matchAll(/(--[\w-]+):/gu);
  const names = [...new Set([...given].map(([, name = ""]) => name))];
  return new Map(names.map((name, at) => [name, `--${at.toString(36)}`]));
}

/** @param {string} base @param {string[]} files */
function style(base, files) {
  const short = themeNames(base);
  const { code } = transformSync(files.map((file) => readFileSync(join(base, file), "utf8")).join("\n"), {
    loader: "css",
    minify: true,
    target: "chrome123",
    charset: "utf8",
  });
  return code.replace(/--[\w-]+/gu, (name) => short.get(name) ?? name);
}

/** The styles that a page links to, by their paths. @param {string} page @param {string} source */
const stylesOf = (page, source) => [...source.matchAll(LINK)].map((found) => from(page, found[1]));

/** The script that a page runs, by its path. @param {string} page @param {string} source */
const scriptOf = (page, source) => from(page, source.match(SCRIPT)?.[1]);

/** The drawings of the icons. */
const ICONS = "www/lib/icons.svg";

/**
 * A page with the drawings of its icons in it. A browser would make a document of its own for each icon that is taken from another file,
 * at a good millisecond each.
 * @param {string} base
 * @param {string} page as it is written
 */
export function withIcons(base, page) {
  const drawings = readFileSync(join(base, ICONS), "utf8").replace(/\n\s*/gu, "");
  return page.replace(/<body[^>]*>/u, (body) => `${body}\n  <div hidden>${drawings}</div>`);
}

/**
 * What a script imports by its address in the extension, since it needs nothing of what is shared: esbuild would make a second shared
 * script of its own helpers for it.
 */
const BY_ADDRESS = /"(www\/[\w/-]+\.js)"/gu;

/** @param {string} base @param {string} file */
const alone = (base, file) =>
  transformSync(readFileSync(join(base, file), "utf8"), {
    format: "esm",
    minify: true,
    target: "chrome123",
    charset: "utf8",
  }).code;

/**
 * The page's file with what it links to now: one style in place of those that every page has, and all scripts fetched at once.
 * @param {string} page
 * @param {string} source
 * @param {string[]} imports what its script imports
 */
function markup(page, source, imports) {
  const styles = stylesOf(page, source);
  if (STYLES.some((file, at) => styles[at] !== file))
    throw new Error(`${pagePath(page)} does not begin with ${STYLES.join(", ")}`);
  // What is shared runs as soon as it is there: it asks the page's first question while the rest still loads.
  const early = imports.map((file) => `<script async type="module" src="${link(page, file)}"></script>\n  `);
  let at = 0;
  return source
    .replace(/\s*<link rel="stylesheet" href="[^"]+">/gu, (each) => {
      at += 1;
      if (at > 1) return at <= STYLES.length ? "" : each;
      return each.replace(/href="[^"]+"/u, `href="${link(page, SHARED_STYLE)}"`);
    })
    .replace(SCRIPT, (script) => `${early.join("")}${script}`);
}

/**
 * @param {string} base the folder that holds `www`
 * @returns {[string, Uint8Array][]} every file of the pages, by its path
 */
export function bundles(base) {
  const sources = PAGES.map((page) => ({ page, source: withIcons(base, pageSource(base, page)) }));
  const { files, imports } = scripts(base, [...new Set(sources.map(({ page, source }) => scriptOf(page, source)))]);
  const byAddress = new Set(
    files.flatMap(([, bytes]) => [...Buffer.from(bytes).toString().matchAll(BY_ADDRESS)].map(([, file = ""]) => file)),
  );
  const own = new Set(sources.flatMap(({ page, source }) => stylesOf(page, source)));
  for (const shared of STYLES) own.delete(shared);
  /** @type {[string, Uint8Array | string][]} */
  const all = [
    ...files,
    ...[...byAddress].map((file) => /** @type {[string, string]} */ ([file, alone(base, file)])),
    [SHARED_STYLE, style(base, STYLES)],
    ...[...own].map((file) => /** @type {[string, string]} */ ([file, style(base, [file])])),
  ];
  for (const { page, source } of sources)
    all.push([pagePath(page), markup(page, source, imports.get(scriptOf(page, source)) ?? [])]);
  return all.map(([path, bytes]) => [path, typeof bytes === "string" ? Buffer.from(bytes) : bytes]);
}
