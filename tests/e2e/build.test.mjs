/* Pages, worker and module of different builds, as an update under an open page leaves them (CHECKLISTS D52). */
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PLACES, STAMP } from "../tools/tree.mjs";
import { Browser, PAGES } from "./lib/browser.mjs";
import { send, testid } from "./lib/person.mjs";
import { until } from "./lib/until.mjs";

const OTHER = "0123456789abcdef";

/** A copy of the extension that a test may change. */
class Copy {
  folder = mkdtempSync(join(tmpdir(), "chat-for-jira-build-"));
  stamp = readFileSync(join(PLACES.demo, STAMP), "utf8");

  constructor() {
    cpSync(PLACES.demo, this.folder, { recursive: true });
  }

  /** Puts files of another build in the place of those that `chosen` names. @param {(path: string) => boolean} chosen */
  update(chosen) {
    let changed = 0;
    for (const entry of readdirSync(this.folder, { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:js|wasm|txt)$/.test(entry) || !chosen(entry.replaceAll("\\", "/"))) continue;
      const path = join(this.folder, entry);
      const before = readFileSync(path).toString("latin1");
      const after = before.replaceAll(this.stamp, OTHER);
      if (after !== before) changed += 1;
      writeFileSync(path, Buffer.from(after, "latin1"));
    }
    assert.ok(changed > 0, "the build writes its name into these files");
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @param {string} name @param {(browser: Browser, copy: Copy) => Promise<void>} act */
function updating(name, act) {
  test(name, { timeout: 120_000 }, async () => {
    const copy = new Copy();
    const profile = mkdtempSync(join(tmpdir(), "chat-for-jira-profile-"));
    // Who loads folders has this switched on; without it the browser does not load one a second time.
    mkdirSync(join(profile, "Default"));
    writeFileSync(join(profile, "Default", "Preferences"), '{"extensions":{"ui":{"developer_mode":true}}}');
    const browser = await Browser.launch({ folders: [copy.folder], profile });
    try {
      await act(browser, copy);
    } finally {
      await browser.close();
      copy.remove();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
}

const said = (/** @type {import("puppeteer-core").Page} */ page) =>
  page.$eval(testid("error"), (error) => /** @type {HTMLElement} */ (error).innerText);

updating("a page of the same build is answered", async (browser) => {
  const page = await browser.page(PAGES.popup);
  await page.waitForSelector(testid("empty-state"), { visible: true });
});

updating(
  "a page that is newer than the worker says so, and its button starts the extension anew",
  async (browser, copy) => {
    await browser.page(PAGES.popup);
    copy.update((path) => !path.endsWith(".wasm"));
    const page = await browser.page(PAGES.panel);
    await page.waitForSelector(testid("error"), { visible: true });
    assert.match(await said(page), /updated/);
    assert.match(await said(page), /Reload/);
    copy.update((path) => path.endsWith(".wasm"));
    // The page goes with the old extension, in the middle of the click.
    page.click(testid("error-action")).catch(() => {});
    await until("the old extension is gone", () => page.isClosed());
    const next = await until("the new one is there", () => browser.page(PAGES.panel), 30_000);
    await next.waitForSelector(testid("empty-state"), { visible: true });
  },
);

updating("requests over a connection are refused in the same way", async (browser) => {
  const page = await browser.page(PAGES.panel);
  const error = await page.evaluate(
    (build) =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect({ name: `page ${build}` });
        port.onMessage.addListener((message) => resolve(message.error));
        port.postMessage({ id: "1", command: "ask", args: { account: "", text: "my open issues" } });
      }),
    OTHER,
  );
  assert.deepEqual([error.code, error.action.kind], ["internal", "reload"]);
});

updating("a worker does not take a module of another build", async (browser, copy) => {
  copy.update((path) => path.endsWith(".wasm"));
  await browser.killWorker();
  const page = await browser.page(PAGES.popup);
  // What the popup shows first is prepared; all accounts only a module can tell.
  const answer = await send(page, "overview", { all: true });
  assert.ok(!answer.ok);
  assert.deepEqual([answer.error.code, answer.error.action.kind], ["internal", "reload"]);
  assert.match(answer.error.message, /updated/);
});
