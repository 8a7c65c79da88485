// Every state of every page, in light and dark: no axe violation, no overflow, no complaint of the browser, nothing a keyboard cannot reach.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { browserPath, launch, open, serve } from "./harness.mjs";
import { states } from "./states.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const skip = browserPath() ? false : "no Chromium here; set CHROMIUM to its path";
/** @type {{ server: Awaited<ReturnType<typeof serve>>, browser: import("puppeteer-core").Browser }} */
let world;
before(async () => {
  if (!skip) world = { server: await serve(), browser: await launch() };
});
after(async () => {
  await world?.browser.close();
  await world?.server.close();
});

/** @param {import("puppeteer-core").Page} page @param {object} options */
async function violations(page, options) {
  const found = await page.evaluate(
    (given) => /** @type {any} */ (window).axe.run(document, { ...given, resultTypes: ["violations"] }),
    options,
  );
  return found.violations.map((each) => [each.id, ...each.nodes.map((node) => `${node.html}\n${node.failureSummary}`)]);
}

/** Runs in the page: everything a person could operate now. */
function operable() {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0']")];
  const shown = all.filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(":disabled"),
  );
  const groups = new Set();
  return shown.filter((element) => {
    // of a group of radio buttons, Tab reaches one
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    return element.checked && !groups.has(element.name) && groups.add(element.name);
  }).length;
}

/** Runs in the page: what has the focus, and whether that can be seen and hit. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.closest(".choice, .composer-box") ?? element;
  const { width, height, top, bottom, left } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, Math.max(0, Math.min(innerHeight - 1, (top + bottom) / 2)));
  // a label round a box is pressed as well as the box
  const label = element.closest("label")?.getBoundingClientRect();
  const labelled = label !== undefined && label.width >= 24 && label.height >= 24;
  const { dataset } = /** @type {HTMLElement} */ (element);
  dataset.walked ??= String(Math.random());
  return {
    mark: dataset.walked,
    what: element.outerHTML.slice(0, 120),
    ringed: getComputedStyle(box).outlineStyle !== "none",
    seen:
      width > 0 && bottom > 0 && top < innerHeight && (hit === element || element.contains(hit) || box.contains(hit)),
    large: (width >= 24 && height >= 24) || labelled || element.matches("p a, li a"),
  };
}

/** @param {import("puppeteer-core").Page} page */
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
    assert.ok(focus.large, `target smaller than 24 px: ${focus.what}`);
  }
  assert.equal(visited.size, expected, "something cannot be reached with the keyboard");
}

for (const { name, page: which, setting, act } of states) {
  test(`${name} is accessible in light and dark, fits its width, and can be walked with the keyboard`, {
    skip,
  }, async () => {
    const { page, complaints, close } = await open(world.browser, world.server.origin, which, setting);
    await act?.(page);
    assert.deepEqual(complaints, [], "the browser complained");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
    assert.equal(
      await page.evaluate(() => /** @type {any} */ (window).__pwned),
      undefined,
      "text was taken for markup",
    );
    await page.evaluate(axe);
    assert.deepEqual(
      await violations(page, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      [],
    );
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: "dark" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    assert.deepEqual(
      await violations(page, { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }),
      [],
      "in dark",
    );
    await walk(page);
    await close();
  });
}
