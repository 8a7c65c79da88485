/* Puts the loadable flavours of the extension together: node tools/assemble.mjs [development] [demo] */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { contents, files, PLACES } from "./tree.mjs";

/**
 * Writes only what changed and removes what no longer belongs, so that a browser that has the folder open is disturbed
 * as little as possible.
 * @param {"development" | "demo"} flavour
 */
function assemble(flavour) {
  const place = PLACES[flavour];
  const wanted = contents(flavour);
  for (const [path, bytes] of wanted) {
    const file = join(place, path);
    if (existsSync(file) && readFileSync(file).equals(bytes)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  for (const file of files(place)) {
    if (!wanted.has(relative(place, file).split(sep).join("/"))) rmSync(file);
  }
}

for (const flavour of process.argv.slice(2)) {
  if (flavour !== "development" && flavour !== "demo") throw new Error(`no flavour is called ${flavour}`);
  assemble(flavour);
}
