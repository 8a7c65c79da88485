/* How long it takes until something is to be seen, with a worker that has to start first. */
import { endWorker, PAGES } from "../e2e/lib/browser.mjs";
import { testid } from "../e2e/lib/person.mjs";
import { EXTENSION_ID } from "../tools/tree.mjs";
import { median } from "./figures.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("../e2e/lib/browser.mjs").Browser} Browser */

/** Of the extension whose worker and page do nothing; the key in its manifest makes it. */
const EMPTY_ID = "gkbiibdjiapeedgdcnehkflakdoonaom";
/** Rounds that only warm the browser's caches. */
const WARM = 3;

/** Ends one extension's worker and waits until it is gone. @param {Browser} browser @param {string} id */
export const kill = (browser, id) => endWorker(browser.puppeteer, id);

/**
 * Asks from a page, and measures there: the debugger's own way is not part of it.
 * @param {Page} page
 * @returns {Promise<{ time: number, ok: boolean, accounts: number }>}
 */
const timed = (page) =>
  page.evaluate(async () => {
    const start = performance.now();
    const answer = await chrome.runtime.sendMessage({ command: "overview", args: { all: false } });
    const time = performance.now() - start;
    return { time, ok: answer.ok, accounts: (answer.value?.accounts?.length ?? 0) + (answer.value?.more ?? 0) };
  });

/**
 * A page of ours whose scripts do not run: an open port would wake the worker before the clock starts.
 * @param {Browser} browser
 */
export async function quietPage(browser) {
  const page = await browser.page(PAGES.options);
  await page.setJavaScriptEnabled(false);
  await page.reload();
  await page.setJavaScriptEnabled(true);
  return page;
}

/** The page of the extension that does nothing. @param {Browser} browser */
export async function emptyPage(browser) {
  const page = await browser.puppeteer.newPage();
  await page.goto(`chrome-extension://${EMPTY_ID}/page.html`);
  return page;
}

/**
 * Worker killed, then `overview` answered. All take turns, so that a slow moment hits each of them.
 * @template {string} Name
 * @param {Record<Name, { browser: Browser, page: Page, accounts: number }>} starters
 * @param {number} rounds
 * @returns {Promise<Record<Name, number>>} milliseconds
 */
export async function coldStarts(starters, rounds) {
  const entries = /** @type {[Name, { browser: Browser, page: Page, accounts: number }][]} */ (
    Object.entries(starters)
  );
  const times = new Map(entries.map(([name]) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds + WARM; round += 1) {
    for (const [name, { browser, page, accounts }] of entries) {
      await page.bringToFront();
      await kill(browser, new URL(page.url()).host);
      await new Promise((resolve) => setTimeout(resolve, 60));
      const answer = await timed(page);
      if (!answer.ok || answer.accounts !== accounts) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      if (round >= WARM) times.get(name)?.push(answer.time);
      // What a start has to look after once it has answered is over before the next one.
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  return /** @type {Record<Name, number>} */ (
    Object.fromEntries([...times].map(([name, measured]) => [name, median(measured)]))
  );
}

/** Since it was opened, milliseconds. @param {Page} page */
async function firstContent(page) {
  const mark = await page.evaluate(() => performance.getEntriesByName("first-content")[0]?.startTime);
  if (mark === undefined) throw new Error(`${page.url()} has no mark first-content`);
  await page.close();
  return mark;
}

/**
 * Popup opened, with a cold worker, until it shows an account; and in turns with it a page of an extension with nothing but a script
 * of one line, until that runs: what the browser takes for itself.
 * @param {Browser} browser
 * @param {number} rounds
 * @returns {Promise<{ ours: number, empty: number }>} milliseconds
 */
export async function popup(browser, rounds) {
  /** @type {{ ours: number[], empty: number[] }} */
  const times = { ours: [], empty: [] };
  for (let round = 0; round < rounds + WARM; round += 1) {
    await kill(browser, EXTENSION_ID);
    const page = await browser.page(PAGES.popup);
    await page.waitForSelector(testid("account-card"), { visible: true });
    const ours = await firstContent(page);
    const empty = await firstContent(await emptyPage(browser));
    if (round < WARM) continue;
    times.ours.push(ours);
    times.empty.push(empty);
  }
  return { ours: median(times.ours), empty: median(times.empty) };
}

/**
 * Types a question into the panel and presses Enter; a script does, so it takes next to no time.
 * @param {Page} panel
 * @returns {Promise<{ pressed: number, shown: number }>} when Enter was pressed and when the first row was there, since the page opened
 */
async function question(panel) {
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
  const times = await panel.evaluate(async () => {
    const state = /** @type {any} */ (globalThis);
    return { shown: await state.shown, pressed: state.pressed };
  });
  await panel.waitForFunction(() => !document.querySelector("[data-testid=working]"));
  return times;
}

/** Enter pressed in the chat until the first row is there, the server answering at once. @param {Browser} browser @param {number} rounds */
export async function firstRow(browser, rounds) {
  const panel = await browser.page(PAGES.panel);
  await panel.waitForSelector(testid("composer"), { visible: true });
  const times = [];
  for (let round = 0; round < rounds + WARM; round += 1) {
    const { pressed, shown } = await question(panel);
    if (round >= WARM) times.push(shown - pressed);
  }
  await panel.close();
  return median(times);
}

/**
 * Panel opened, with a cold worker that has to load both modules, until the first row of an answer to a question typed at once.
 * @param {Browser} browser
 * @param {number} rounds
 */
export async function firstAnswer(browser, rounds) {
  const times = [];
  for (let round = 0; round < rounds + WARM; round += 1) {
    await kill(browser, EXTENSION_ID);
    const panel = await browser.page(PAGES.panel);
    await panel.waitForSelector(testid("composer"), { visible: true });
    const { shown } = await question(panel);
    if (round >= WARM) times.push(shown);
    await panel.close();
  }
  return median(times);
}
