/* Where things are, and what the three flavours of the extension differ in. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLED, bundles, worker } from "./bundle.mjs";

/** The folder that holds `manifest.json`. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What wasm-bindgen and wasm-opt made: laid out like the root, so that `extension/pkg` stands where `extension/` imports it. */
export const GLUE = join(ROOT, "target", "glue");

/** Where each flavour is put together. */
export const PLACES = {
  development: join(ROOT, "dist"),
  demo: join(ROOT, "target", "demo-extension"),
};

/**
 * The id that the `key` of the manifest gives the extension, wherever it is loaded from.
 * The store has a key of its own and gives another id.
 */
export const EXTENSION_ID = "eddjajdlncgkhefpahlmbnajipeodcfn";

/** @typedef {"development" | "demo" | "store"} Flavour */

/**
 * @param {Flavour} flavour
 * @returns {Record<string, any>} the manifest of this flavour: `development` is the file as it stands, `demo` may also talk
 *   to the loopback interface by plain http, `store` has no development key
 */
export function manifest(flavour) {
  const json = JSON.parse(readFileSync(join(ROOT, "manifest.json"), "utf8"));
  if (flavour === "store") delete json.key;
  if (flavour === "demo") {
    json.host_permissions.push("http://127.0.0.1/*");
    // Nobody can click on a browser's question in a test.
    json.permissions.push(...json.optional_permissions.splice(0));
    const policy = json.content_security_policy;
    policy.extension_pages = policy.extension_pages.replace(/connect-src ([^;]*)/, "connect-src $1 http://127.0.0.1:*");
  }
  return json;
}

/** Sources of types and words for developers: nothing a browser reads. */
const NOT_SHIPPED = /(\.d\.ts|\.md|\.svg\.src|\/package\.json|\/\.gitignore)$/;

/**
 * @param {string} folder an absolute path
 * @returns {string[]} the absolute paths of all files below it, sorted by name, none if it does not exist
 */
export function files(folder) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath ?? entry.path, entry.name));
  }
  return found.sort();
}

/**
 * @param {Flavour} flavour
 * @returns {Map<string, Uint8Array>} every file of the extension, by its path inside it, sorted
 */
export function contents(flavour) {
  /** @type {[string, Uint8Array][]} */
  const found = [["manifest.json", Buffer.from(`${JSON.stringify(manifest(flavour), null, 2)}\n`)]];
  const add = (/** @type {string} */ base, /** @type {string} */ folder) => {
    for (const file of files(join(base, folder))) {
      const path = relative(base, file).split(sep).join("/");
      if (NOT_SHIPPED.test(path) || BUNDLED.test(path)) continue;
      found.push([path.replace(/^extension\/_locales\//, "_locales/"), readFileSync(file)]);
    }
  };
  add(ROOT, "extension");
  add(ROOT, "www");
  add(GLUE, "extension/pkg");
  found.push(...bundles(ROOT), worker(ROOT, GLUE));
  return stamped(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What stands in `www/lib/build.js` until it is known, and in its length, what a build is called. */
const UNSTAMPED = "not-yet-stamped!";

/** Where a build says what it is called. */
export const STAMP = "build.txt";

/**
 * Writes into all parts of which build they are, so that one of another build is known as such: into the scripts in place of what
 * stands there, into the modules as a section of their own, and into a file.
 * @param {[string, Uint8Array][]} found
 * @returns {Map<string, Uint8Array>}
 */
function stamped(found) {
  const hash = createHash("sha256");
  for (const [path, bytes] of found) hash.update(`${path} ${bytes.length} `).update(bytes);
  const stamp = hash.digest("hex").slice(0, UNSTAMPED.length);
  const parts = found.map(
    ([path, bytes]) => /** @type {[string, Uint8Array]} */ ([path, withStamp(path, bytes, stamp)]),
  );
  return new Map([...parts, [STAMP, Buffer.from(stamp)]]);
}

/**
 * @param {string} path
 * @param {Uint8Array} bytes
 * @param {string} stamp
 */
export function withStamp(path, bytes, stamp) {
  if (path.endsWith(".js")) return Buffer.from(Buffer.from(bytes).toString("utf8").replaceAll(UNSTAMPED, stamp));
  if (!path.endsWith(".wasm")) return bytes;
  // A custom section (id 0): its length, the length of its name, its name, and what is in it. All lengths are below 128.
  const content = Buffer.from(`\u0005build${stamp}`, "latin1");
  return Buffer.concat([bytes, Buffer.from([0, content.length]), content]);
}
