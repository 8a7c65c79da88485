/* Plain words on a large site, inside wasm. Run by itself, with a folder that `./build.sh bench` has put together before, it prints
 * its own figures only. */
import { pathToFileURL } from "node:url";
import { Browser } from "../e2e/lib/browser.mjs";
import { assembleBench, PAGE } from "./extension.mjs";
import { NO_GOAL, table } from "./figures.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */

/** @param {import("puppeteer-core").Page} page of the extension for benches @returns {Promise<Figure[]>} */
export async function reading(page) {
  const found = await page.evaluate(() => /** @type {any} */ (globalThis).bench.reading());
  console.log(`the slowest sentence: ${found.worst.text}`);
  return [
    { what: `a sentence → JQL, median of ${found.count}, inside wasm`, value: found.median, unit: "µs", goal: 200 },
    { what: "the slowest of them", value: found.worst.time, unit: "µs", goal: 2000 },
    { what: "names of 200 projects, 2000 people ready", value: found.ready, unit: "ms", goal: 15 },
    { what: "of that the index", value: found.index, unit: "ms", goal: NO_GOAL },
    { what: "memory of the index", value: found.bytes / 1e6, unit: "MB", goal: 4 },
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const browser = await Browser.launch({ folders: [await assembleBench()] });
  try {
    const page = await browser.page(PAGE);
    await page.waitForFunction(() => "bench" in globalThis);
    table(await reading(page));
  } finally {
    await browser.close();
  }
}
