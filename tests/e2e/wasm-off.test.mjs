/* A browser in which WebAssembly is switched off, as Edge's enhanced security and policies do (CHECKLISTS D43): every page says so,
   and soon. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { EXTENSION_ID } from "../tools/tree.mjs";
import { Browser, PAGES } from "./lib/browser.mjs";
import { send, testid } from "./lib/person.mjs";

const LIMIT = 1000;

/** Notes in the page when the error first stands there, in milliseconds from the beginning of the page's life. */
function watchForError() {
  const look = () => {
    const error = document.querySelector("[data-testid=error]");
    if (!error?.checkVisibility()) return;
    watcher.disconnect();
    Object.assign(window, { __saidAt: performance.now() });
  };
  // Not with each picture: of a tab behind another none is made.
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, attributes: true });
}

test("without WebAssembly each page says so within a second, and what to do", { timeout: 120_000 }, async (t) => {
  const browser = await Browser.launch({ args: ["--js-flags=--jitless"] });
  try {
    for (const path of [PAGES.popup, PAGES.panel, PAGES.options, "www/dashboard/dashboard.html"]) {
      const times = [];
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await browser.killWorker();
        const page = await browser.puppeteer.newPage();
        await page.evaluateOnNewDocument(watchForError);
        await page.goto(`chrome-extension://${EXTENSION_ID}/${path}`);
        assert.equal(await page.evaluate(() => typeof WebAssembly), "undefined", "it is switched off");
        await page.waitForFunction(() => "__saidAt" in window, { timeout: 30_000, polling: 100 });
        times.push(await page.evaluate(() => /** @type {any} */ (window).__saidAt));
        assert.match(
          await page.$eval(testid("error"), (error) => /** @type {HTMLElement} */ (error).innerText),
          /WebAssembly/,
        );
        assert.equal(await page.$(`${testid("error")} button`), null, "trying again would not help");
        await page.close();
      }
      const soonest = Math.min(...times);
      t.diagnostic(`${path}: ${times.map(Math.round).join(", ")} ms`);
      // What else the machine does at the moment is no part of it.
      assert.ok(soonest <= LIMIT, `${path}: ${Math.round(soonest)} ms`);
    }
    const page = await browser.page(PAGES.popup);
    const answer = await send(page, "overview", {});
    assert.ok(!answer.ok && /WebAssembly/.test(answer.error.message), "whoever asks is told, and does not wait");
  } finally {
    await browser.close();
  }
});
