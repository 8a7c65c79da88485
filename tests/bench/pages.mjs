/* What pages weigh, how soon a key is answered while one types, and how smoothly a long list scrolls. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { PAGES } from "../e2e/lib/browser.mjs";
import { testid } from "../e2e/lib/person.mjs";
import { EXTENSION_ID, files, PLACES } from "../tools/tree.mjs";
import { median } from "./figures.mjs";
import { kill } from "./start.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("../e2e/lib/browser.mjs").Browser} Browser */

/** What a fast typist leaves between two keys, milliseconds. */
const BETWEEN_KEYS = 80;
const SENTENCES = ["my open bugs in MOB", "issues of Nora due this week", "project = MOB AND status = Done"];

/** What ships of the pages. @returns {{ all: number, largest: number }} bytes of scripts and styles: of all pages, of the one that loads most */
export function weight() {
  const www = join(PLACES.demo, "www");
  const sizes = new Map(
    files(www)
      .filter((file) => /\.(js|css)$/.test(file))
      .map((file) => [relative(PLACES.demo, file), readFileSync(file).length]),
  );
  const loaded = files(www)
    .filter((file) => file.endsWith(".html"))
    .map((file) => {
      const links = readFileSync(file, "utf8").matchAll(
        /(?:rel="(?:stylesheet|modulepreload)" href|type="module" src)="([^"]+)"/g,
      );
      const paths = [...links].map((link) => relative(PLACES.demo, join(file, "..", link[1] ?? "")));
      return paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
    });
  return { all: [...sizes.values()].reduce((sum, size) => sum + size, 0), largest: Math.max(...loaded) };
}

/** Runs in the panel: from now on each key is timed until what the worker says of the text is on the page. */
function timeKeys() {
  const state = /** @type {any} */ (globalThis);
  state.keys = [];
  /** @type {number | null} */
  let pressed = null;
  document.addEventListener("keydown", () => (pressed ??= performance.now()), true);
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  /** @type {any} */ (chrome.runtime).sendMessage = async (/** @type {any} */ message) => {
    const answer = await /** @type {any} */ (send)(message);
    // after all that waits for this answer has run
    if (message.command === "complete") {
      state.scheduler.postTask(
        () => {
          if (pressed !== null) state.keys.push(performance.now() - pressed);
          pressed = null;
        },
        { priority: "user-blocking" },
      );
    }
    return answer;
  };
}

/** @param {Page} panel @returns {Promise<number[]>} */
const timed = (panel) => panel.evaluate(() => /** @type {any} */ (globalThis).keys.splice(0));

/** @param {Page} panel */
async function empty(panel) {
  await panel.$eval(testid("composer"), (field) => {
    /** @type {HTMLTextAreaElement} */ (field).value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await timed(panel);
}

/**
 * A key pressed in the composer until what it means is shown: with a worker that runs, and with one that has to start when the
 * composer gets the focus.
 * @param {Browser} browser
 * @param {number} rounds
 * @returns {Promise<{ warm: number, cold: number }>} milliseconds: 95 of 100 were faster; the median
 */
export async function completion(browser, rounds) {
  const panel = await browser.page(PAGES.panel);
  await panel.waitForSelector(testid("composer"), { visible: true });
  await panel.evaluate(timeKeys);
  const warm = [];
  for (const sentence of [SENTENCES[0] ?? "", ...SENTENCES]) {
    await empty(panel);
    await panel.type(testid("composer"), sentence, { delay: BETWEEN_KEYS });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const times = await timed(panel);
    if (times.length < sentence.length / 2) throw new Error(`only ${times.length} keys were answered`);
    warm.push(times);
  }
  const cold = [];
  for (let round = 0; round < rounds; round += 1) {
    await empty(panel);
    await panel.$eval(testid("composer"), (field) => /** @type {HTMLElement} */ (field).blur());
    await kill(browser, EXTENSION_ID);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await panel.focus(testid("composer"));
    await panel.keyboard.press("m");
    await panel.waitForFunction(() => /** @type {any} */ (globalThis).keys.length > 0);
    cold.push(...(await timed(panel)));
  }
  await panel.close();
  const all = warm
    .slice(1)
    .flat()
    .sort((a, b) => a - b); // the first sentence only warms
  return { warm: all[Math.floor(all.length * 0.95)] ?? Number.NaN, cold: median(cold) };
}

/**
 * A list of so many rows, scrolled from its top to its end in the panel as it ships, with canned answers.
 * @param {number} rows
 * @returns {Promise<number>} milliseconds: the longest task while it scrolls, 0 where none took 50
 */
export async function longestTask(rows) {
  const load = (/** @type {string} */ name) => import(new URL(`../pages/${name}.mjs`, import.meta.url).href);
  const [{ launch, open, serve }, fixtures] = [await load("harness"), await load("fixtures")];
  const [server, browser] = [await serve(true), await launch()];
  const issues = Array.from({ length: rows }, (_, at) => fixtures.issue({ key: `MOB-${at + 1}` }));
  const cards = Array.from({ length: rows / 100 }, (_, at) => ({
    kind: "issues",
    columns: [],
    issues: issues.slice(at * 100, at * 100 + 100),
  }));
  const oneShot = { overview: fixtures.ok(fixtures.overview([fixtures.account()])) };
  const { page, close } = await open(browser, server.origin, "panel", {
    oneShot,
    streams: { ask: fixtures.play(cards) },
    width: 400,
    height: 800,
  });
  await page.type(testid("composer"), "project = MOB");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.querySelector("[data-testid=working]"), { timeout: 60_000 });
  const longest = await page.evaluate(async () => {
    const tasks = /** @type {number[]} */ ([]);
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    observer.observe({ type: "longtask" });
    const all = [...document.querySelectorAll("main, html")];
    const scroller =
      all.find((element) => element.scrollHeight > element.clientHeight + 1000) ?? document.documentElement;
    for (let at = 0; at < scroller.scrollHeight; at += 1_500) {
      scroller.scrollTop = at;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    observer.disconnect();
    return Math.max(0, ...tasks);
  });
  await close();
  await browser.close();
  await server.close();
  return longest;
}
