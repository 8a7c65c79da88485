/* Each page's scripts as one, and the worker's: a browser takes a good millisecond for every file it has to fetch first. */
import { dirname, join, relative, sep } from "node:path";
import { buildSync } from "esbuild";

/** What the browser is told to run; everything else is imported by these. */
const WORKER = "extension/background.js";
const PAGES = ["popup", "panel", "options", "dashboard"].map((page) => `www/${page}/${page}.js`);

/** What stands in a bundle and ships nowhere else. The module's glue is made by a tool of its own and stays a file. */
export const BUNDLED = /^(?:extension|www)\/(?!pkg\/).*\.js$/;
const GLUE = "./pkg/*";

/**
 * Nothing is renamed or squeezed: what runs can be read, and a store can compare it with its source.
 * @param {string} base where the sources are
 * @param {string} entry its path below `base`
 * @returns {[string, Uint8Array][]} the script by its path; what a page imports only when it needs it is in it, and run then
 */
function bundle(base, entry) {
  const folder = dirname(entry);
  const { outputFiles } = buildSync({
    absWorkingDir: base,
    entryPoints: [entry],
    outdir: join(base, folder),
    external: [GLUE],
    bundle: true,
    format: "esm",
    target: "chrome120",
    charset: "utf8",
    legalComments: "inline",
    write: false,
    logLevel: "warning",
  });
  return outputFiles.map(({ path, contents }) => [relative(base, path).split(sep).join("/"), contents]);
}

/**
 * @param {string} base the folder that holds `extension` and `www`
 * @returns {[string, Uint8Array][]} all bundles, by their path
 */
export function bundles(base) {
  return [WORKER, ...PAGES].flatMap((entry) => bundle(base, entry));
}
