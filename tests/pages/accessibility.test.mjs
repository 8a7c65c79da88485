// Every state of every page, as it ships: no axe violation in light and dark, nothing outside the window or cut off at any width, also where words
// are longer and go from right to left, nothing too small to hit, nothing a keyboard cannot reach, no complaint of the browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { after, before, describe, test } from "node:test";
import { launch, open, paint, serve } from "./harness.mjs";
import { focused, layoutProblems, operable } from "./judge.mjs";
import { states, WIDTHS } from "./states.mjs";
import { skip } from "./visit.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const NARROW = 320;

const AT_ONCE = Math.max(2, availableParallelism());
/** A browser for each that runs at once: pages of one take turns at being painted. @type {import("puppeteer-core").Browser[]} */
const idle = [];
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  if (skip) return;
  server = await serve(true);
  idle.push(...(await Promise.all(Array.from({ length: AT_ONCE }, launch))));
});
after(async () => {
  await Promise.all(idle.map((browser) => browser.close()));
  await server?.close();
});

/** @param {import("puppeteer-core").Page} page @param {object | string[]} runOnly */
async function violations(page, runOnly) {
  const found = await page.evaluate(
    (given) => /** @type {any} */ (window).axe.run(document, { runOnly: given, resultTypes: ["violations"] }),
    runOnly,
  );
  return found.violations.map((each) => [each.id, ...each.nodes.map((node) => `${node.html}\n${node.failureSummary}`)]);
}

/** Goes through the page with Tab. @param {import("puppeteer-core").Page} page */
async function walk(page) {
  await page.evaluate(() => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  const expected = await page.evaluate(operable);
  const visited = new Set();
  // a date has a stop for each of its parts
  for (let i = 0; i < expected + 15 && visited.size < expected; i += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(focused);
    if (!focus) continue;
    visited.add(focus.mark);
    assert.ok(focus.ringed, `no visible focus on ${focus.what}`);
    assert.ok(focus.seen, `focus is hidden on ${focus.what}`);
  }
  assert.equal(visited.size, expected, "something cannot be reached with the keyboard");
}

/** @param {import("puppeteer-core").Page} page @param {import("./states.mjs").State} state */
async function judge(page, { page: which, setting }) {
  const at = async (/** @type {number} */ width) => {
    await page.setViewport({ width, height: setting.height ?? 600 });
    assert.deepEqual(await page.evaluate(layoutProblems), [], `at ${width} px`);
  };
  const pwned = await page.evaluate(() => /** @type {any} */ (window).__pwned);
  assert.equal(pwned, undefined, "text was taken for markup");
  const [usual = NARROW, ...others] = WIDTHS[which];
  for (const width of others.filter((each) => each !== NARROW)) await at(width);
  await at(usual);
  await page.evaluate(axe);
  await paint(page, "dark");
  assert.deepEqual(await violations(page, COLOURS), [], `in dark at ${usual} px`);
  await paint(page, "light");
  await at(NARROW);
  assert.deepEqual(await violations(page, RULES), [], `at ${NARROW} px`);
  await walk(page);
}

/** The same page with longer words, from right to left. @param {import("puppeteer-core").Browser} browser @param {import("./states.mjs").State} state */
async function judgeOtherWay(browser, { page: which, setting, act }) {
  const { page, close } = await open(browser, server.origin, which, { ...setting, width: NARROW, language: "pseudo" });
  await act?.(page);
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  assert.deepEqual(await page.evaluate(layoutProblems), [], "from right to left, with longer words");
  await close();
}

describe("every state is accessible, fits every width, and can be walked with the keyboard", {
  concurrency: AT_ONCE,
}, () => {
  for (const state of states) {
    test(state.name, { skip }, async () => {
      const browser = /** @type {import("puppeteer-core").Browser} */ (idle.pop());
      try {
        const { page, complaints, close } = await open(browser, server.origin, state.page, {
          ...state.setting,
          width: WIDTHS[state.page][0],
        });
        await state.act?.(page);
        assert.deepEqual(complaints, [], "the browser complained");
        await judge(page, state);
        await close();
        if (state.setting.language === undefined) await judgeOtherWay(browser, state);
      } finally {
        idle.push(browser);
      }
    });
  }
});

test("a page that breaks one rule is found out", { skip }, async () => {
  const browser = /** @type {import("puppeteer-core").Browser} */ (idle[0]);
  const { page, close } = await open(browser, server.origin, "panel", { oneShot: { overview: null }, width: NARROW });
  assert.deepEqual(await page.evaluate(layoutProblems), []);
  /** @type {[string, string, string][]} */
  const bad = [
    ["div", "width: 400px; height: 10px", "the page is"],
    ["div", "position: absolute; left: -30px; width: 90px; height: 9px", "outside the window"],
    ["p", "width: 30px; overflow: hidden; white-space: nowrap", "its text does not fit"],
    ["p", "height: 9px; overflow: hidden", "its lines are cut off"],
    ["button", "width: 20px; height: 20px; overflow: hidden; font-size: 4px; padding: 0", "only 20 × 20 px"],
    ["button", "order: 2", "stands elsewhere"],
    ["p", "animation: spin 1s infinite", "moves for ever"],
  ];
  for (const [tag, style, problem] of bad) {
    const found = await page
      .evaluate(
        (name, look) => {
          const element = document.body.appendChild(document.createElement(name));
          element.textContent = "some words";
          element.style.cssText = look;
        },
        tag,
        style,
      )
      .then(() => page.evaluate(layoutProblems));
    assert.ok(found[0]?.startsWith(problem), `${problem}: ${found}`);
    await page.evaluate(() => document.body.lastElementChild?.remove());
  }
  await close();
});
