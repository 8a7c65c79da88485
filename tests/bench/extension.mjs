/* The extension that the benches run in: it has the product's id, and so the product's storage and key. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifest, ROOT } from "../tools/tree.mjs";

const FOLDER = join(ROOT, "target", "bench-extension");

/** What others publish for a page, by the name it has here. */
const PEERS = {
  "oidc-client-ts.js": "oidc-client-ts/dist/browser/oidc-client-ts.min.js",
  "msal-browser.js": "@azure/msal-browser/lib/msal-browser.min.js",
  "oauth4webapi.js": "oauth4webapi/build/index.js",
};

/** The page in which everything is measured. */
export const PAGE = "bench.html";

/** @returns {string} the folder to load */
export function assembleBench() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "peers"), { recursive: true });
  cpSync(join(ROOT, "target", "browser-contract", "pkg"), join(FOLDER, "pkg"), { recursive: true });
  cpSync(join(ROOT, "tests", "browser", "extension"), FOLDER, { recursive: true });
  cpSync(join(ROOT, "tests", "bench", "extension"), FOLDER, { recursive: true });
  for (const [name, path] of Object.entries(PEERS))
    cpSync(join(ROOT, "tests", "node_modules", path), join(FOLDER, "peers", name));
  const file = join(FOLDER, "manifest.json");
  const { key, permissions } = manifest("demo");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), key, permissions }));
  return FOLDER;
}
