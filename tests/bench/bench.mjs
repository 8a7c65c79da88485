/* Sizes and times against their goals: a table here, figures in target/bench.json. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Browser, PAGES } from "../e2e/lib/browser.mjs";
import { connect } from "../e2e/lib/person.mjs";
import { CLIENTS, Simulator } from "../e2e/lib/simulator.mjs";
import { PLACES, ROOT } from "../tools/tree.mjs";
import { NO_GOAL, report } from "./figures.mjs";
import { longList } from "./long-list.mjs";
import { completion, longestTask, weight } from "./pages.mjs";
import { multiplyAndRace } from "./peers.mjs";
import { coldStarts, emptyPage, firstAnswer, firstRow, popup, quietPage } from "./start.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */

const ROUNDS = Number(process.env.ROUNDS ?? 21);
const PAGE_ROUNDS = Math.min(ROUNDS, 15);
const MANY = 1000;
const ROWS = 10_000;
const EMPTY = join(ROOT, "tests", "bench", "empty-extension");

/** The module that the worker starts with, and the one that somebody who chats waits for. @returns {Figure[]} */
function sizes() {
  const of = (/** @type {string} */ name, /** @type {number} */ raw, /** @type {number} */ gzip) => {
    const wasm = readFileSync(join(PLACES.demo, "extension", "pkg", `${name}_bg.wasm`));
    return [
      { what: `wasm (${name}), raw`, value: wasm.length / 1000, unit: "kB", goal: raw },
      { what: `wasm (${name}), gzip`, value: gzipSync(wasm, { level: 9 }).length / 1000, unit: "kB", goal: gzip },
    ];
  };
  return [...of("core", 450, 180), ...of("whole", NO_GOAL, NO_GOAL)];
}

/** The bytes of all records at rest, as the browser counts them. @param {Browser} browser */
async function storedBytes(browser) {
  const page = await browser.page(PAGES.options);
  const bytes = await page.evaluate(() => chrome.storage.local.getBytesInUse(null));
  await page.close();
  return bytes;
}

/** Sign-in in the usual way, once. @param {Simulator} simulator @param {string} profile */
async function signIn(simulator, profile) {
  const browser = await Browser.launch({ profile, folders: [PLACES.demo] });
  try {
    await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  } finally {
    await browser.close();
  }
}

const home = mkdtempSync(join(tmpdir(), "chat-for-jira-bench-"));
const [one, many] = [join(home, "one"), join(home, "many")];
const simulator = await Simulator.start({ lifetime: 4 * 3600 });
/** @type {Browser[]} */
const browsers = [];
try {
  await signIn(simulator, one);
  cpSync(one, many, { recursive: true });
  const { figures: races, tokenBytes } = await multiplyAndRace(many, MANY);
  for (const profile of [one, many]) browsers.push(await Browser.launch({ profile, folders: [PLACES.demo, EMPTY] }));
  const [few, full] = /** @type {[Browser, Browser]} */ (browsers);
  const perAccount = ((await storedBytes(full)) - (await storedBytes(few))) / (MANY - 1);
  const start = await coldStarts(
    {
      empty: { browser: few, page: await emptyPage(few), accounts: 0 },
      one: { browser: few, page: await quietPage(few), accounts: 1 },
      many: { browser: full, page: await quietPage(full), accounts: MANY },
    },
    ROUNDS,
  );
  const list = await longList(few, simulator, ROWS);
  const [page, key] = [weight(), await completion(few, PAGE_ROUNDS)];
  const [opened, openedFull] = [await popup(few, PAGE_ROUNDS), await popup(full, PAGE_ROUNDS)];
  /** @type {Figure[]} */
  const figures = [
    ...sizes(),
    { what: "worker killed → overview answered", value: start.one, unit: "ms", goal: NO_GOAL },
    { what: "the same, an empty worker", value: start.empty, unit: "ms", goal: NO_GOAL },
    { what: "ratio of the two", value: start.one / start.empty, unit: "×", goal: 1.5 },
    { what: `the same with ${MANY} accounts`, value: start.many, unit: "ms", goal: NO_GOAL },
    { what: `ratio of ${MANY} accounts to one`, value: start.many / start.one, unit: "×", goal: 1.5 },
    { what: "popup opened → first content, cold worker", value: opened.ours, unit: "ms", goal: 100 },
    { what: "the same, a page of an extension with nothing in it", value: opened.empty, unit: "ms", goal: NO_GOAL },
    { what: `the popup with ${MANY} accounts`, value: openedFull.ours, unit: "ms", goal: 150 },
    { what: "key → completion, 95 of 100", value: key.warm, unit: "ms", goal: 16 },
    { what: "the same, cold worker", value: key.cold, unit: "ms", goal: 100 },
    { what: "Enter → first row, server at 0 ms", value: await firstRow(few, PAGE_ROUNDS), unit: "ms", goal: 100 },
    {
      what: "panel opened → first row, cold worker",
      value: await firstAnswer(few, PAGE_ROUNDS),
      unit: "ms",
      goal: NO_GOAL,
    },
    { what: `longest task while ${ROWS} rows scroll`, value: await longestTask(ROWS), unit: "ms", goal: 50 },
    { what: "scripts + styles of all pages", value: page.all / 1000, unit: "kB", goal: 120 },
    { what: "of the page that loads most", value: page.largest / 1000, unit: "kB", goal: 120 },
    { what: `worker heap + wasm while ${ROWS} rows stream`, value: list.peak / 1e6, unit: "MB", goal: 32 },
    { what: "their first page", value: list.first, unit: "ms", goal: NO_GOAL },
    { what: "all of them", value: list.all, unit: "ms", goal: NO_GOAL },
    ...races,
    { what: "stored for an account beyond its tokens", value: perAccount - tokenBytes, unit: "B", goal: 1000 },
    { what: "its tokens themselves", value: tokenBytes, unit: "B", goal: NO_GOAL },
  ];
  report(figures, { browser: await few.puppeteer.version(), rounds: ROUNDS });
} finally {
  for (const browser of browsers) await browser.close();
  await simulator.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
