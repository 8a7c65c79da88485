/* Tokens stay where they belong. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { files } from "../tools/tree.mjs";
import { Between } from "./lib/between.mjs";
import { PAGES } from "./lib/browser.mjs";
import { ask, call, connect, overview, send, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/**
 * The files below a folder that hold one of these texts, as one or two bytes a character.
 * @param {string} folder
 * @param {Iterable<string>} texts
 */
function holders(folder, texts) {
  const needles = [...texts].flatMap((text) => [Buffer.from(text, "latin1"), Buffer.from(text, "utf16le")]);
  return files(folder).filter((file) => {
    const bytes = readFileSync(file);
    return needles.some((needle) => bytes.includes(needle));
  });
}

test("the search for tokens finds what is there", async () => {
  const { mkdtempSync, rmSync, writeFileSync } = await import("node:fs");
  const { join } = await import("node:path");
  const { tmpdir } = await import("node:os");
  const folder = mkdtempSync(join(tmpdir(), "chat-for-jira-search-"));
  writeFileSync(join(folder, "a"), Buffer.from("xxtokenxx", "utf16le"));
  assert.equal(holders(folder, ["token"]).length, 1);
  assert.equal(holders(folder, ["other"]).length, 0);
  rmSync(folder, { recursive: true });
});

scenario(
  "no token, secret or verifier is in the profile, in a view or in a console",
  {},
  async ({ simulator, browser, cleanup }) => {
    const proxy = await Between.start(simulator);
    cleanup(() => proxy.stop());
    const options = await connect(browser, proxy, {
      ...CLIENTS.cloud,
      simulator: proxy.base,
    });
    const [account] = (await overview(options)).accounts;
    await send(options, "refresh", { account: account?.id });
    const panel = await browser.page(PAGES.panel);
    await ask(panel, "my open issues");
    const secrets = new Set([...proxy.tokens, CLIENTS.cloud.client_secret]);
    assert.ok(proxy.tokens.size >= 4, "two pairs were seen");

    const local = await options.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
    const views = JSON.stringify([
      await overview(options),
      await send(options, "refresh", { account: "nobody" }),
      await send(options, "nonsense"),
    ]);
    const pages = await Promise.all((await browser.puppeteer.pages()).map((page) => page.content()));
    for (const secret of secrets) {
      assert.ok(!local.includes(secret), "in storage.local");
      assert.ok(!views.includes(secret), "in a view");
      assert.ok(!pages.some((page) => page.includes(secret)), "in a page");
      assert.ok(!browser.console.some((line) => line.includes(secret)), "in a console");
    }
    const log = await simulator.log();
    assert.ok(
      log.every(
        (entry) => entry.method !== "GET" || (!entry.parameters.access_token && !entry.parameters.client_secret),
      ),
    );

    // Written back to disk when the browser ends; the client secret is sealed like the tokens.
    await browser.restart();
    assert.deepEqual(holders(browser.profile, secrets), []);
    assert.ok(
      holders(browser.profile, ["chat_for_jira"]).length + holders(browser.profile, ["account"]).length > 0,
      "it was searched",
    );
  },
);

scenario("signing out revokes the token, forgets everything and says so", {}, async ({ simulator, browser }) => {
  await connect(browser, simulator, { ...CLIENTS.generic, issuer: `${simulator.base}/generic` });
  const popup = await browser.page(PAGES.popup);
  for (const step of ["sign-out", "sign-out-confirm"]) {
    const button = await popup.waitForSelector(testid(step), { visible: true });
    await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
  }
  await popup.waitForSelector(testid("signed-out"), { visible: true });
  assert.deepEqual((await overview(popup)).accounts, []);
  assert.ok(
    (await simulator.log()).some((entry) => /revo/.test(entry.path) && entry.status === 200),
    "the server was told",
  );
  const kept = await popup.evaluate(async () =>
    [await chrome.storage.local.get(), await chrome.storage.session.get()].map((area) => Object.keys(area)),
  );
  assert.deepEqual(
    kept.flat().filter((key) => /account|token/.test(key)),
    [],
  );
  const alarms = await popup.evaluate(() => chrome.alarms.getAll());
  assert.deepEqual(alarms, []);
});

scenario("signing out without a connection still forgets everything", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [account] = (await overview(options)).accounts;
  await simulator.stop();
  const answer = await send(options, "sign_out", { account: account?.id });
  assert.ok(answer.ok && answer.value.revoked === false);
  await until("nothing is left", async () => (await overview(options)).accounts.length === 0);
});

scenario(
  "what is stored cannot be read with another key: a clean sign-in, nothing crashes",
  {},
  async ({ simulator, browser }) => {
    const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    await options.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) {
        await new Promise((resolve) => {
          const request = indexedDB.deleteDatabase(name ?? "");
          request.onsuccess = request.onerror = request.onblocked = () => resolve(undefined);
        });
      }
      await chrome.storage.session.clear();
    });
    await browser.killWorker();
    const view = await overview(options);
    assert.equal(view.problem?.code, "vault_unreadable");
    assert.match(view.problem?.message ?? "", /connect again|sign in/i);
    await options.close();
    await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    const popup = await browser.page(PAGES.popup);
    const again = await overview(popup);
    assert.equal(again.problem?.code, "vault_unreadable", "what cannot be read is kept until the person gives it up");
    assert.equal(again.accounts.length, 1);
    assert.equal(again.accounts[0]?.health, "fresh");
    const given = await call(await browser.page(PAGES.options), "forget_damaged", {});
    assert.equal(given.problem, null);
    assert.equal(given.accounts.length, 1);
  },
);

scenario(
  "who forgot the passphrase begins anew from the popup, and nothing of before is left",
  {},
  async ({ simulator, browser }) => {
    const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    await call(options, "set_passphrase", { old: null, new: "soon forgotten" });
    await call(options, "lock", {});
    await options.close();
    await browser.killWorker();
    const popup = await browser.page(PAGES.popup);
    for (const step of ["forgot", "forgot-confirm"]) {
      const button = await popup.waitForSelector(testid(step), { visible: true });
      await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
    }
    await popup.waitForSelector(testid("empty-state"), { visible: true });
    const view = await overview(popup);
    assert.deepEqual([view.lock, view.accounts, view.problem], ["none", [], null]);
    const kept = await popup.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));
    assert.equal(kept, "{}");
    const session = await popup.evaluate(async () => Object.keys(await chrome.storage.session.get()));
    assert.deepEqual(
      session.filter((key) => /token|data-key|pictures/u.test(key)),
      [],
    );
    await popup.close();
    const again = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    assert.equal((await overview(again)).accounts[0]?.health, "fresh");
  },
);
