/* Sizes and times against their goals: a table here, figures in target/bench.json. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Browser, endWorker, PAGES } from "../e2e/lib/browser.mjs";
import { connect, testid } from "../e2e/lib/person.mjs";
import { CLIENTS, Simulator } from "../e2e/lib/simulator.mjs";
import { PLACES, ROOT } from "../tools/tree.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {{ what: string, value: number, unit: string, goal: number, note?: string }} Figure */

const ROUNDS = Number(process.env.ROUNDS ?? 21);
const EMPTY = join(ROOT, "tests", "bench", "empty-extension");

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** @returns {Figure[]} */
function sizes() {
  const wasm = readFileSync(join(PLACES.demo, "extension", "pkg", "chat_for_jira_bg.wasm"));
  return [
    // The goal of a module that holds the token service, JQL and a Jira client.
    { what: "wasm, raw", value: wasm.length / 1000, unit: "kB", goal: 380 },
    { what: "wasm, gzip", value: gzipSync(wasm, { level: 9 }).length / 1000, unit: "kB", goal: 180 },
  ];
}

/** Ends one extension's worker and waits until it is gone. @param {Browser} browser @param {string} id */
async function kill(browser, id) {
  const mine = () =>
    browser.puppeteer
      .targets()
      .find((target) => target.type() === "service_worker" && target.url().startsWith(`chrome-extension://${id}/`));
  const target = mine();
  if (target) await endWorker(target, () => mine() !== target);
}

/**
 * Asks from a page, and measures there: the debugger's own way is not part of it.
 * @param {Page} page
 * @returns {Promise<{ time: number, answer: any }>}
 */
const timed = (page) =>
  page.evaluate(async () => {
    const start = performance.now();
    const answer = await chrome.runtime.sendMessage({ command: "overview", args: {} });
    return { time: performance.now() - start, answer };
  });

/**
 * Worker killed, then `overview` answered, against an empty worker; the two take turns, so that a slow moment hits both.
 * @param {Browser} browser
 * @param {Page} ours
 */
async function coldStart(browser, ours) {
  const target = await browser.puppeteer.waitForTarget((each) => each.url().endsWith("/worker.js"));
  const empty = await browser.puppeteer.newPage();
  await empty.goto(new URL("page.html", target.url()).href);
  const times = { ours: /** @type {number[]} */ ([]), empty: /** @type {number[]} */ ([]) };
  for (let round = 0; round < ROUNDS + 3; round += 1) {
    for (const [name, page] of /** @type {const} */ ([
      ["empty", empty],
      ["ours", ours],
    ])) {
      await kill(browser, new URL(page.url()).host);
      await new Promise((resolve) => setTimeout(resolve, 60));
      const { time, answer } = await timed(page);
      if (!answer.ok || (name === "ours" && answer.value.accounts.length !== 1))
        throw new Error(JSON.stringify(answer));
      if (round >= 3) times[name].push(time); // the first rounds warm the browser's caches
    }
  }
  await empty.close();
  return { ours: median(times.ours), empty: median(times.empty) };
}

/** Popup opened, with a cold worker, until it shows the account. @param {Browser} browser @param {string} id */
async function popup(browser, id) {
  const times = [];
  for (let round = 0; round < Math.min(ROUNDS, 15) + 2; round += 1) {
    await kill(browser, id);
    const page = await browser.page(PAGES.popup);
    await page.waitForSelector(testid("account-card"), { visible: true });
    const mark = await page.evaluate(() => performance.getEntriesByName("first-content")[0]?.startTime);
    if (mark === undefined) throw new Error("the popup has no mark first-content");
    if (round >= 2) times.push(mark);
    await page.close();
  }
  return median(times);
}

/** Enter pressed in the chat until the first row is there, the server answering at once. @param {Browser} browser */
async function firstRow(browser) {
  const panel = await browser.page(PAGES.panel);
  await panel.waitForSelector(testid("composer"), { visible: true });
  const times = [];
  for (let round = 0; round < Math.min(ROUNDS, 15) + 2; round += 1) {
    await panel.type(testid("composer"), "my open issues");
    await panel.evaluate(() => {
      const seen = document.querySelectorAll("[data-testid=issue-row]").length;
      const state = /** @type {any} */ (globalThis);
      document.addEventListener("keydown", () => (state.pressed = performance.now()), { once: true, capture: true });
      state.shown = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          if (document.querySelectorAll("[data-testid=issue-row]").length <= seen) return;
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(document.body, { childList: true, subtree: true });
      });
    });
    await panel.keyboard.press("Enter");
    const time = await panel.evaluate(async () => {
      const state = /** @type {any} */ (globalThis);
      return (await state.shown) - state.pressed;
    });
    await panel.waitForFunction(() => !document.querySelector("[data-testid=working]"));
    if (round >= 2) times.push(time);
  }
  await panel.close();
  return median(times);
}

/** @param {Figure[]} figures */
function table(figures) {
  const rows = figures.map(({ what, value, unit, goal, note }) => [
    what,
    `${value.toFixed(unit === "×" ? 2 : 1)} ${unit}`,
    goal === Number.POSITIVE_INFINITY ? "" : `≤ ${goal} ${unit}`,
    goal === Number.POSITIVE_INFINITY ? (note ?? "") : value <= goal ? "holds" : "MISSED",
  ]);
  const head = ["figure", "measured", "goal", ""];
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => (row[at] ?? "").length)));
  for (const row of [head, widths.map((width) => "-".repeat(width)), ...rows]) {
    console.log(
      row
        .map((cell, at) => (cell ?? "").padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

const simulator = await Simulator.start();
const browser = await Browser.launch({ folders: [PLACES.demo, EMPTY] });
try {
  await simulator.settings({ consent: "ask" });
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const id = new URL(options.url()).host;
  // A page of ours whose scripts do not run: an open port would wake the worker before the clock starts.
  const quiet = await browser.puppeteer.newPage();
  await quiet.setJavaScriptEnabled(false);
  await quiet.goto(options.url());
  await quiet.setJavaScriptEnabled(true);
  await options.close();
  const start = await coldStart(browser, quiet);
  /** @type {Figure[]} */
  const figures = [
    ...sizes(),
    { what: "worker killed → overview answered", value: start.ours, unit: "ms", goal: Number.POSITIVE_INFINITY },
    { what: "the same, an empty worker", value: start.empty, unit: "ms", goal: Number.POSITIVE_INFINITY },
    { what: "ratio of the two", value: start.ours / start.empty, unit: "×", goal: 1.5 },
    { what: "popup opened → first content, cold worker", value: await popup(browser, id), unit: "ms", goal: 100 },
    { what: "Enter → first row, server at 0 ms", value: await firstRow(browser), unit: "ms", goal: 100 },
  ];
  table(figures);
  const version = await browser.puppeteer.version();
  console.log(
    `\nmedians of ${ROUNDS} rounds (pages ${Math.min(ROUNDS, 15)}); ${version}; ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  );
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const json = {
    browser: version,
    rounds: ROUNDS,
    figures: figures.map((figure) => ({ ...figure, goal: Number.isFinite(figure.goal) ? figure.goal : null })),
  };
  writeFileSync(join(ROOT, "target", "bench.json"), `${JSON.stringify(json, null, 2)}\n`);
} finally {
  await browser.close();
  await simulator.stop();
}
