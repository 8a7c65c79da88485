/* One end-to-end test: a simulator and a browser of its own, and a report that helps when it fails. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../../tools/tree.mjs";
import { Browser } from "./browser.mjs";
import { checkQueries } from "./queries.mjs";
import { Simulator } from "./simulator.mjs";
import { pause } from "./until.mjs";

const REPORTS = join(ROOT, "target", "e2e");

/** @typedef {{ simulator: Simulator, browser: Browser, cleanup: (end: () => unknown) => void }} Stage */

/**
 * @param {string} name a sentence
 * @param {{ simulator?: Parameters<typeof Simulator.start>[0], browser?: import("./browser.mjs").LaunchOptions,
 *   timeout?: number, skip?: string | false }} options timeout in milliseconds; `skip`: why it is left out, if it is
 * @param {(stage: Stage) => Promise<void>} act
 */
export function scenario(name, options, act) {
  test(name, { timeout: options.timeout ?? 120_000, skip: options.skip ?? false }, async () => {
    const simulator = await Simulator.start(options.simulator);
    try {
      await play(name, simulator, options.browser, act);
    } finally {
      await simulator.stop();
    }
  });
}

/**
 * Starts a browser and acts in it.
 * @param {string} name
 * @param {Simulator} simulator
 * @param {import("./browser.mjs").LaunchOptions | undefined} options
 * @param {(stage: Stage) => Promise<void>} act
 */
export async function play(name, simulator, options, act) {
  /** @type {(() => unknown)[]} */
  const ends = [];
  try {
    const browser = await Browser.launch(options);
    ends.push(() => browser.close());
    try {
      await act({ simulator, browser, cleanup: (end) => ends.push(end) });
      if (simulator.running) await checkQueries(simulator);
    } catch (error) {
      await report(name, browser, simulator);
      throw error;
    }
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/**
 * Keeps what was on the screens and in the consoles, and what the server saw.
 * @param {string} name
 * @param {Browser} browser
 * @param {Simulator} simulator
 */
async function report(name, browser, simulator) {
  mkdirSync(REPORTS, { recursive: true });
  const stem = join(REPORTS, name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80));
  const lines = [...browser.console];
  let number = 0;
  for (const page of await browser.puppeteer.pages().catch(() => [])) {
    lines.push(`open: ${page.url()}`);
    number += 1;
    if (page.url() === "about:blank") continue;
    // A tab that the browser does not draw would keep a picture waiting for ever.
    const picture = page.bringToFront().then(() => page.screenshot({ path: `${stem}-${number}.png`, fullPage: true }));
    await Promise.race([picture.catch(() => {}), pause(3000)]);
  }
  for (const entry of simulator.running ? await simulator.log() : []) {
    lines.push(`${entry.method} ${entry.path} ${entry.status} ${JSON.stringify(entry.parameters)}`);
  }
  writeFileSync(`${stem}.txt`, `${lines.join("\n")}\n`);
  console.error(`what was seen is in ${stem}.txt and beside it`);
}
