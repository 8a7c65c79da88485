/* Servers with manners of their own: Microsoft Entra, machine accounts, tokens made by hand. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import * as oidc from "./lib/oidc-provider.mjs";
import { ask, call, connectWith, consent, fill, overview, send, submit, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("./lib/simulator.mjs").Simulator} Simulator */
/** @typedef {import("./lib/browser.mjs").Browser} Browser */

const TENANT = "2f8c0a54-6d1b-4e7a-9c35-b70e41d8a6f2";

/** The token requests of one client. @param {Simulator} simulator @param {string} client */
const tokenRequests = async (simulator, client) =>
  (await simulator.log()).filter((entry) => entry.path.endsWith("/token") && entry.parameters.client_id === client);

/**
 * Connects through the options page; where there is a sign-in window, the person says yes.
 * @param {Browser} browser
 * @param {Record<string, string>} fields of the form, in the order they are filled in
 * @param {string} [window] where the window will be
 */
async function connectByForm(browser, fields, window) {
  const page = await browser.page(PAGES.options);
  await fill(page, fields);
  await submit(page);
  if (window) await consent(browser, window);
  await page.waitForSelector(testid("connected"), { visible: true, timeout: 15_000 });
  const account = (await overview(page)).accounts.at(-1);
  assert.ok(account);
  return { page, account };
}

/** The address of the person's Jira. @param {Simulator} simulator */
const site = (simulator) => `${simulator.base}/site/harborline`;

/** @param {string} client @param {Record<string, string>} [more] */
const entra = (client, more = {}) => ({ ...CLIENTS.entra, client, ...more });

scenario(
  "Microsoft Entra: a confidential client is asked without Origin, a single-page one with it, side by side",
  {},
  async ({ simulator, browser }) => {
    const simulatorAt = { simulator: simulator.base, tenant: TENANT };
    const web = await connectByForm(browser, { ...entra("own_app", CLIENTS.entraWeb), ...simulatorAt }, simulator.base);
    await simulator.settings({ consent: "accept" });
    const spaPage = await browser.page(PAGES.options);
    const spa = await connectWith(spaPage, { ...entra("single_page", CLIENTS.entraSpa), ...simulatorAt });
    const both = (await overview(web.page)).accounts;
    assert.deepEqual(
      both.map(({ provider, health, can_refresh, can_chat }) => ({ provider, health, can_refresh, can_chat })),
      Array(2).fill({ provider: "microsoft_entra", health: "fresh", can_refresh: true, can_chat: false }),
    );
    // Twice, and with a worker in between that has to set its rule anew.
    for (let round = 0; round < 2; round += 1) {
      for (const { id } of [web.account, spa])
        assert.equal((await call(web.page, "refresh", { account: id })).health, "fresh");
      await browser.killWorker();
    }
    const own = `chrome-extension://${new URL(web.page.url()).host}`;
    for (const [client, origin, secret] of [
      ["entra-web", null, true],
      ["entra-spa", own, false],
    ]) {
      const requests = await tokenRequests(simulator, String(client));
      assert.deepEqual(
        requests.map((entry) => [entry.parameters.grant_type, entry.status, entry.origin, entry.has_secret]),
        ["authorization_code", "refresh_token", "refresh_token"].map((grant) => [grant, 200, origin, secret]),
        String(client),
      );
    }
    const refreshed = (await tokenRequests(simulator, "entra-spa")).slice(1);
    const tokens = refreshed.map((entry) => entry.parameters.refresh_token.fingerprint);
    assert.equal(new Set(tokens).size, tokens.length, "the newest token each time");
  },
);

scenario("Microsoft Entra: a machine account has no window, and is renewed", {}, async ({ simulator, browser }) => {
  await simulator.settings({ access_token_lifetime: 8 });
  const fields = { ...entra("client_credentials", CLIENTS.entraDaemon), tenant: TENANT, simulator: simulator.base };
  const { page, account } = await connectByForm(browser, fields);
  assert.equal(account.health, "fresh");
  await page.close();
  await until(
    "the alarm has renewed it",
    async () => (await tokenRequests(simulator, "entra-daemon")).filter(({ status }) => status === 200).length >= 2,
    30_000,
  );
  const requests = await tokenRequests(simulator, "entra-daemon");
  assert.ok(requests.every((entry) => entry.parameters.grant_type === "client_credentials" && entry.origin === null));
  assert.ok((await simulator.log()).every((entry) => !entry.path.endsWith("/authorize")));
});

scenario("a machine account at a certified server", {}, async ({ browser, cleanup }) => {
  const server = await oidc.OidcProvider.start();
  cleanup(() => server.stop());
  const { page, account } = await connectByForm(browser, { ...oidc.CLIENTS.machine, issuer: server.base });
  assert.equal(account.health, "fresh");
  assert.deepEqual(account.scopes, ["reports"]);
  assert.equal((await call(page, "refresh", { account: account.id })).health, "fresh");
  assert.deepEqual(
    server.requests.map(({ grant, status, secret }) => ({ grant, status, secret })),
    Array(2).fill({ grant: "client_credentials", status: 200, secret: true }),
  );
  assert.deepEqual(server.shown, [], "nobody was asked anything");
  const gone = await call(page, "sign_out", { account: account.id });
  assert.equal(typeof gone.revoked, "boolean");
  assert.deepEqual((await overview(page)).accounts, []);
});

/**
 * A change, sent as the client sends it with a token that was made by hand: it looks like a forged request of a web page, unless the
 * browser was told otherwise.
 * @param {string} url
 * @param {string} authorization
 */
const watch = (url, authorization) =>
  fetch(url, {
    method: "POST",
    headers: { authorization, accept: "application/json", "x-atlassian-token": "no-check" },
    credentials: "omit",
  }).then((answer) => answer.status);

/**
 * The worker's changes pass the check for forged requests, nobody else's do, and they do so because of the rule.
 * @param {import("./lib/browser.mjs").Browser} browser
 * @param {import("puppeteer-core").Page} page
 * @param {string} url
 * @param {string} authorization
 */
async function changesPassTheCheck(browser, page, url, authorization) {
  assert.equal(await browser.inWorker(watch, url, authorization), 204, "the worker's own");
  assert.equal(await page.evaluate(watch, url, authorization), 403, "a page's");
  await browser.inWorker(async () => {
    const rules = await chrome.declarativeNetRequest.getSessionRules();
    await chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map((rule) => rule.id) });
  });
  assert.equal(await browser.inWorker(watch, url, authorization), 403, "the worker's without the rule");
}

scenario(
  "a scoped API token of Jira Cloud: it answers questions and never ends by itself",
  {},
  async ({ simulator, browser }) => {
    // As the gateway does with a browser's requests that change something; searches are no such requests.
    await simulator.settings({ xsrf_check: true });
    const fields = { ...CLIENTS.apiToken, site: site(simulator), simulator: simulator.base };
    const { page, account } = await connectByForm(browser, fields);
    assert.equal(account.health, "no_expiry");
    assert.equal(account.can_refresh, false);
    const panel = await browser.page(PAGES.panel);
    assert.ok((await ask(panel, "my open issues")).keys.length > 0);
    const refused = await send(page, "refresh", { account: account.id });
    assert.ok(refused.ok ? refused.value.health === "no_expiry" : refused.error.message.length > 30);
    assert.deepEqual(await simulator.refreshes(), []);
    const api = (await simulator.log()).filter((entry) => entry.path.startsWith("/api/ex/jira/"));
    assert.ok(api.length > 0 && api.every((entry) => entry.authorization?.scheme === "Basic"));
    const { sites } = await simulator.control("GET", "");
    const url = `${simulator.base}/api/ex/jira/${sites[0].id}/rest/api/3/issue/MOB-1/watchers`;
    const { email, token } = CLIENTS.apiToken;
    await changesPassTheCheck(browser, page, url, `Basic ${btoa(`${email}:${token}`)}`);
  },
);

scenario("a wrong API token is refused in a sentence, and not stored", {}, async ({ simulator, browser }) => {
  const page = await browser.page(PAGES.options);
  const wrong = { ...CLIENTS.apiToken, token: "wrong-token-1234", site: site(simulator), simulator: simulator.base };
  await assert.rejects(connectWith(page, wrong), (/** @type {Error} */ error) => {
    assert.ok(error.message.length > 40 && !error.message.includes("wrong-token-1234"), error.message);
    return true;
  });
  assert.ok((await simulator.log()).some((entry) => entry.authorization?.scheme === "Basic" && entry.status === 401));
  assert.deepEqual((await overview(page)).accounts, []);
});

scenario("a personal access token of Jira Data Center", {}, async ({ simulator, browser }) => {
  const ends = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const fields = { ...CLIENTS.personalToken, base_url: `${simulator.base}/dc`, expires_on: ends };
  await simulator.settings({ xsrf_check: true });
  const { page, account } = await connectByForm(browser, fields);
  assert.ok(["no_expiry", "fresh", "expiring"].includes(account.health), account.health);
  assert.ok((account.expires_at ?? 0) > Date.now(), "the day that was typed is counted down to");
  const panel = await browser.page(PAGES.panel);
  assert.ok((await ask(panel, "my open issues")).keys.length > 0);
  assert.deepEqual(await simulator.refreshes(), []);
  const url = `${simulator.base}/dc/rest/api/2/issue/MOB-1/watchers`;
  await changesPassTheCheck(browser, page, url, `Bearer ${CLIENTS.personalToken.token}`);
});
