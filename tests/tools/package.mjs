/*
 * Makes the zip for the store: node tools/package.mjs [--quiet] <file>
 * The same sources give the same bytes: names sorted, one fixed time, no owner, no mode of the machine.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { zipSync } from "fflate";
import { contents } from "./tree.mjs";

/** The zip format stores local time: this one is built from local parts, so every time zone writes the same bytes. */
const TIME = new Date(2020, 0, 1);

/** @returns {{ zip: Uint8Array, files: Map<string, Uint8Array> }} the package and what is in it */
export function pack() {
  const packed = contents("store");
  /** @type {import("fflate").Zippable} */
  const entries = {};
  for (const [path, bytes] of packed) entries[path] = [bytes, { mtime: TIME, level: 9, os: 3, attrs: 0o644 << 16 }];
  return { zip: zipSync(entries), files: packed };
}

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

if (process.argv[1]?.endsWith("package.mjs")) {
  const quiet = process.argv.includes("--quiet");
  const target = process.argv.at(-1) ?? "";
  const { zip, files } = pack();
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, zip);
  if (!quiet) {
    for (const [path, bytes] of files) console.log(`${String(bytes.length).padStart(9)}  ${path}`);
    console.log(`${String(zip.length).padStart(9)}  ${target}`);
    console.log(`sha256     ${sha256(zip)}`);
  }
}
