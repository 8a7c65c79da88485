/* The first sign-in, at every kind of server. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { call, connect, consent, fill, overview, submit, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

scenario("installing opens the options page with the address to register", {}, async ({ browser }) => {
  await until("the options page is open", async () =>
    (await browser.addresses()).some((url) => url.includes(PAGES.options)),
  );
  const options = await browser.page(PAGES.options);
  await options.waitForFunction(() => document.body.dataset.state === "ready");
  const redirect = await options.$eval(
    testid("redirect-uri"),
    (input) => /** @type {HTMLInputElement} */ (input).value,
  );
  assert.match(redirect, /^https:\/\/[a-p]{32}\.chromiumapp\.org\/oauth$/);
  assert.deepEqual((await overview(options)).accounts, []);
});

scenario("Jira Cloud with an own app: the popup shows who, where and how long", {}, async ({ simulator, browser }) => {
  await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const me = await simulator.control("GET", "me");
  const popup = await browser.page(PAGES.popup);
  const card = await popup.waitForSelector(testid("account-card"), { visible: true });
  const text = (await card?.evaluate((element) => /** @type {HTMLElement} */ (element).innerText)) ?? "";
  assert.ok(text.includes(me.displayName), text);
  const [account] = (await overview(popup)).accounts;
  assert.equal(account?.health, "fresh");
  assert.equal(account.email, me.emailAddress);
  assert.equal(account.sites.length, 1);
  assert.ok(account.site && text.includes(account.site.name), text);
  assert.ok(account.can_refresh && account.can_chat);
  assert.ok((account.expires_at ?? 0) > Date.now() && (account.next_refresh_at ?? 0) > Date.now());
  await popup.waitForFunction(() => /\d/.test(document.querySelector("[data-testid=countdown]")?.textContent ?? ""));

  const [authorize] = await simulator.requests("/auth/authorize");
  assert.ok(authorize?.has_challenge && !authorize.has_secret && !authorize.has_verifier);
  assert.equal(authorize.parameters.code_challenge_method, "S256");
  assert.equal(authorize.parameters.audience, "api.atlassian.com");
  assert.ok(String(authorize.parameters.scope).split(" ").includes("offline_access"));
  const exchanges = await simulator.requests("/auth/oauth/token");
  assert.equal(exchanges.length, 1);
  assert.ok(exchanges[0]?.has_verifier && exchanges[0].has_secret && !exchanges[0].has_cookie);
});

scenario("Jira Cloud with two sites: the person chooses, and the choice stays", {}, async ({ simulator, browser }) => {
  await simulator.settings({ sites: 2, confluence_beside: true });
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [account] = (await overview(options)).accounts;
  assert.equal(account?.sites.length, 2, "Jira sites only");
  const other = account.sites.find((site) => site.id !== account.site?.id);
  await call(options, "choose_site", { account: account.id, site: other?.id ?? "" });
  await browser.killWorker();
  const [again] = (await overview(options)).accounts;
  assert.equal(again?.site?.id, other?.id);
});

scenario(
  "Jira Cloud through a broker: no secret is asked for, and none is sent",
  {},
  async ({ simulator, browser }) => {
    const fields = { provider: "jira_cloud", client: "broker", broker_url: `${simulator.base}/broker` };
    const options = await connect(browser, simulator, { ...fields, simulator: simulator.base });
    const [account] = (await overview(options)).accounts;
    assert.equal(account?.health, "fresh");
    const log = await simulator.log();
    assert.ok(log.some((entry) => entry.path === "/broker/.well-known/chat-for-jira"));
    const fromUs = log.filter((entry) => entry.path.startsWith("/broker") && entry.method === "POST");
    assert.ok(fromUs.length > 0 && fromUs.every((entry) => !entry.has_secret && entry.has_verifier));
  },
);

scenario("Jira Data Center", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.dataCenter, base_url: `${simulator.base}/dc` });
  const [account] = (await overview(options)).accounts;
  assert.equal(account?.provider, "jira_data_center");
  assert.equal(account.health, "fresh");
  assert.ok(account.can_chat);
});

scenario("another server, found by its issuer: a public client", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.generic, issuer: `${simulator.base}/generic` });
  const [account] = (await overview(options)).accounts;
  assert.equal(account?.provider, "other");
  assert.ok(!account.can_chat);
  assert.ok((await simulator.log()).every((entry) => !entry.has_secret));
});

scenario("signing in goes on when the page that asked is closed", {}, async ({ simulator, browser }) => {
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.cloud, simulator: simulator.base });
  await submit(options);
  await browser.consentWindow(simulator.base);
  await options.close();
  await consent(browser, simulator.base);
  const popup = await browser.page(PAGES.popup);
  await until("the account is there", async () => (await overview(popup)).accounts[0]?.health === "fresh");
});
