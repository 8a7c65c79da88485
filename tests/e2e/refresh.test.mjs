/* Tokens are renewed with nobody watching. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { call, connect, overview, send, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/** A few seconds: the alarm that renews them comes while the test looks on. */
const SHORT = { simulator: { lifetime: 6 } };

/** @param {import("./lib/simulator.mjs").Simulator} simulator @param {number} count */
const refreshed = (simulator, count) =>
  until(`${count} refreshes have come`, async () => (await simulator.refreshes()).length >= count, 30_000);

scenario("the alarm renews the token with every page closed", SHORT, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [before] = (await overview(options)).accounts;
  await options.close();
  await refreshed(simulator, 2);
  const popup = await browser.page(PAGES.popup);
  const [after] = (await overview(popup)).accounts;
  assert.equal(after?.id, before?.id);
  assert.ok((after?.last_refresh_at ?? 0) > (before?.issued_at ?? 0));
  const tokens = (await simulator.refreshes()).map((entry) => entry.parameters.refresh_token.fingerprint);
  assert.equal(new Set(tokens).size, tokens.length, "each refresh used the newest token");
});

scenario("the alarm renews the token after the worker was stopped", SHORT, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  await options.close();
  await browser.killWorker();
  await refreshed(simulator, 1);
});

scenario("the token is renewed after the browser was restarted", SHORT, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [before] = (await overview(options)).accounts;
  await browser.restart();
  const count = (await simulator.refreshes()).length;
  await refreshed(simulator, count + 1);
  const popup = await browser.page(PAGES.popup);
  const [after] = (await overview(popup)).accounts;
  assert.equal(after?.id, before?.id, "the same account, read with the key that survived");
  assert.equal(after?.name, before?.name);
});

scenario("Data Center's tokens are renewed too", SHORT, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.dataCenter, base_url: `${simulator.base}/dc` });
  await refreshed(simulator, 2);
  const [account] = (await overview(options)).accounts;
  assert.notEqual(account?.health, "reauth_required");
  assert.ok((await simulator.refreshes()).every((entry) => entry.parameters.redirect_uri && entry.status === 200));
});

scenario("Refresh now renews the token and says when", {}, async ({ simulator, browser }) => {
  await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const popup = await browser.page(PAGES.popup);
  const button = await popup.waitForSelector(testid("refresh"), { visible: true });
  await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
  await refreshed(simulator, 1);
  const [account] = await until("it is written down", async () => {
    const { accounts } = await overview(popup);
    return accounts[0]?.last_refresh_at && accounts[0].health !== "refreshing" ? accounts : null;
  });
  assert.equal(account?.health, "fresh");
});

scenario(
  "a refused refresh asks for a new sign-in, once, and signing in again mends it",
  {},
  async ({ simulator, browser }) => {
    const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    const [account] = (await overview(options)).accounts;
    await simulator.control("POST", "revoke_all");
    const refused = await send(options, "refresh", { account: account?.id });
    const shown = refused.ok ? refused.value.problem : refused.error;
    assert.equal(shown.code, "reauth_required");
    const count = (await simulator.refreshes()).length;
    assert.equal(count, 1, "a dead grant is not tried again");
    const popup = await browser.page(PAGES.popup);
    const again = await popup.waitForSelector(`${testid("sign-in")}, ${testid("error-action")}`, { visible: true });
    assert.equal((await overview(popup)).accounts[0]?.health, "reauth_required");
    await simulator.settings({ consent: "accept" });
    await again?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
    await until("the account is fresh again", async () => (await overview(popup)).accounts[0]?.health === "fresh");
    assert.equal((await overview(popup)).accounts.length, 1, "the same account, not a second one");
  },
);

scenario("a server that fails for a while loses nobody", SHORT, async ({ simulator, browser }) => {
  await simulator.settings({ access_token_lifetime: 3600 });
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [account] = (await overview(options)).accounts;
  const id = account?.id ?? "";
  for (const fault of [
    { status: 503 },
    { drop: "before" },
    { drop: "after" },
    { truncate: true },
    { malformed: true },
  ]) {
    await simulator.fault({ path: "/auth/oauth/token", times: 1, ...fault });
    await send(options, "refresh", { account: id });
    const [now] = (await overview(options)).accounts;
    assert.ok(
      now && !["reauth_required", "misconfigured"].includes(now.health),
      `${JSON.stringify(fault)}: ${now?.health}`,
    );
  }
  await until(
    "it is fresh again",
    async () => (await call(options, "refresh", { account: id })).problem === null,
    20_000,
  );
});

scenario(
  "an account that is renamed and asked for while its token is renewed keeps the name and the new token",
  {},
  async ({ simulator, browser }) => {
    const options = await connect(browser, simulator, { ...CLIENTS.dataCenter, base_url: `${simulator.base}/dc` });
    const popup = await browser.page(PAGES.popup);
    const account = (await overview(options)).accounts[0]?.id ?? "";
    for (let round = 0; round < 4; round += 1) {
      await simulator.fault({ path: "/dc/rest/oauth2/latest/token", delay_ms: 300 });
      const refresh = send(options, "refresh", { account });
      const names = ["first", "second", "third"].map((name) => `${name} name of round ${round}`);
      for (const label of names) {
        const renamed = await send(popup, "set_account", { account, label, threshold_minutes: round + 1 });
        assert.ok(renamed.ok, JSON.stringify(renamed));
      }
      const answer = await refresh;
      assert.ok(answer.ok && answer.value.health === "fresh", JSON.stringify(answer));
      if (round % 2 === 1) await browser.killWorker();
      const [now] = (await overview(options)).accounts;
      assert.ok(JSON.stringify(now).includes(names[2] ?? ""), `round ${round}: ${JSON.stringify(now)}`);
    }
    // Data Center knows no leeway: a token that came back would be refused.
    const refreshes = await simulator.refreshes();
    assert.deepEqual(
      refreshes.map((entry) => entry.status),
      [200, 200, 200, 200],
    );
    assert.ok(refreshes.every((entry) => !("reuse" in entry && entry.reuse)));
  },
);
