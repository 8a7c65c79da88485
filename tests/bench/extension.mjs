/* The extension that the benches run in: it has the product's id, and so the product's storage and key. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { manifest, ROOT } from "../tools/tree.mjs";

const FOLDER = join(ROOT, "target", "bench-extension");

/** What others publish for a page, by the name it has here. */
const PEERS = {
  "oidc-client-ts.js": "oidc-client-ts/dist/browser/oidc-client-ts.min.js",
  "msal-browser.js": "@azure/msal-browser/lib/msal-browser.min.js",
  "oauth4webapi.js": "oauth4webapi/build/index.js",
};

/** What Atlassian's parser takes from Node, for a page: as little work as it can be. @type {Record<string, string>} */
const FROM_NODE = {
  assert: "module.exports = (holds) => { if (!holds) throw new Error('an assertion failed'); };",
  util: "module.exports = { inspect: { custom: Symbol('inspect') } };",
};

/** Atlassian's own JQL package as a page would get it: one file, small, without the checks of a developer's build. */
async function bundleAtlassian() {
  await build({
    absWorkingDir: join(ROOT, "tests"),
    stdin: { contents: 'export { JastBuilder } from "@atlaskit/jql-ast";', resolveDir: join(ROOT, "tests") },
    outfile: join(FOLDER, "peers", "jql-ast.js"),
    bundle: true,
    format: "esm",
    target: "chrome120",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
    plugins: [
      {
        name: "from-node",
        setup(build) {
          build.onResolve({ filter: /^(?:assert|util)$/ }, ({ path }) => ({ path, namespace: "from-node" }));
          build.onLoad({ filter: /.*/, namespace: "from-node" }, ({ path }) => ({ contents: FROM_NODE[path] ?? "" }));
        },
      },
    ],
  });
}

/** The page in which everything is measured. */
export const PAGE = "bench.html";

/** @returns {Promise<string>} the folder to load */
export async function assembleBench() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "peers"), { recursive: true });
  cpSync(join(ROOT, "target", "browser-contract", "pkg"), join(FOLDER, "pkg"), { recursive: true });
  cpSync(join(ROOT, "tests", "browser", "extension"), FOLDER, { recursive: true });
  cpSync(join(ROOT, "tests", "bench", "extension"), FOLDER, { recursive: true });
  for (const [name, path] of Object.entries(PEERS))
    cpSync(join(ROOT, "tests", "node_modules", path), join(FOLDER, "peers", name));
  await bundleAtlassian();
  const file = join(FOLDER, "manifest.json");
  const { key, permissions } = manifest("demo");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), key, permissions }));
  return FOLDER;
}
