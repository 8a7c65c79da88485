/* From the install to a first question: what a person who has never seen it goes through, and what they see on the way. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { consent, fill, overview, submit, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/** @param {Page} page @param {string} id */
const text = (page, id) => page.$eval(testid(id), (element) => /** @type {HTMLElement} */ (element).innerText);

scenario("the first page leads step by step to a first question", {}, async ({ simulator, browser }) => {
  const page = await browser.page(PAGES.options);
  const step = () =>
    page.$eval(`${testid("journey")} [aria-current=step]`, (item) =>
      [...(item.parentElement?.children ?? [])].indexOf(item),
    );
  await page.waitForSelector(testid("journey"), { visible: true });
  assert.equal(await step(), 0);
  await fill(page, { ...CLIENTS.cloud, simulator: simulator.base });
  await submit(page);
  await until("the window to sign in is opening", async () => (await step()) === 1);
  await consent(browser, simulator.base);
  await page.waitForSelector(testid("connected"), { visible: true, timeout: 15_000 });
  assert.equal(await step(), 2);
  await page.waitForSelector(testid("success-test"), { visible: true, timeout: 15_000 });
  const tried = await text(page, "success-test");
  const steps = await page.$$eval(testid("test-step"), (all) =>
    all.map((each) => [/** @type {HTMLElement} */ (each).dataset.step, /** @type {HTMLElement} */ (each).dataset.ok]),
  );
  assert.deepEqual(
    steps,
    ["token", "site", "person", "projects", "issues"].map((name) => [name, "true"]),
    tried,
  );
  assert.match(tried, /[A-Z]{2,}-\d+/u, "issues are named");
  assert.match(tried, /\d ms/u);

  const [account] = (await overview(page)).accounts;
  await page.click(testid("success-read-only"));
  await until("nothing may be changed", () =>
    page.$eval(testid("setting-read_only"), (box) => /** @type {HTMLInputElement} */ (box).checked),
  );
  await page.click(testid("example"));
  await until("the example is handed over to a panel, or already taken by it", async () => {
    const places = await page.evaluate(async () => {
      /** @type {{ handed_over?: { text: string } }} */
      const { handed_over: waits } = await chrome.storage.session.get("handed_over");
      const panels = await chrome.runtime.getContexts({});
      return {
        waits: waits?.text,
        shown: panels.some(({ documentUrl }) => documentUrl?.includes("/panel/panel.html")),
      };
    });
    return places.waits === "my open issues" || places.shown;
  });
  await page.bringToFront();
  await page.click(testid("finish"));
  assert.ok(await page.$eval(testid("journey"), (part) => /** @type {HTMLElement} */ (part).hidden));
  const [row] = await page.$$(testid("account-row"));
  assert.match((await row?.evaluate((each) => each.textContent)) ?? "", new RegExp(account?.name ?? "?", "u"));
  await until("what is stored is measured", async () => /kB/u.test(await text(page, "stored-all")));
  const kept = await page.$$eval(testid("stored"), (rows) =>
    rows.map((each) => /** @type {HTMLElement} */ (each).innerText),
  );
  assert.match(kept[0] ?? "", /kB/u, "accounts take room");

  await page.select(testid("language"), "de");
  await page.waitForFunction(() => document.documentElement.lang === "de");
  assert.equal(await page.$eval("#data-title", (title) => title.textContent), "Daten in diesem Browser");
});

scenario(
  "the popup shows the figures, and the diagnostics before they are saved",
  {},
  async ({ simulator, browser }) => {
    const options = await browser.page(PAGES.options);
    await fill(options, { ...CLIENTS.cloud, simulator: simulator.base });
    await submit(options);
    await consent(browser, simulator.base);
    await options.waitForSelector(testid("connected"), { visible: true, timeout: 15_000 });
    const popup = await browser.page(PAGES.popup);
    await popup.waitForSelector(testid("account-card"), { visible: true });
    await popup.click(testid("tab-statistics"));
    await popup.waitForSelector(testid("chart"), { visible: true });
    await popup.click(testid("tab-history"));
    await popup.waitForSelector(testid("history-line"), { visible: true });
    await popup.click(testid("tab-token"));
    const show = await popup.waitForSelector(testid("diagnostics"), { visible: true });
    await show?.evaluate((button) => /** @type {HTMLElement} */ (button).click());
    await popup.waitForSelector(testid("diagnostics-text"), { visible: true });
    const told = JSON.parse(await text(popup, "diagnostics-text"));
    assert.equal(told.accounts.length, 1);
  },
);
