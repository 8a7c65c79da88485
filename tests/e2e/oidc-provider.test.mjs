/* Against a certified server that is not ours: npm's oidc-provider. It rotates, and a second use ends the family. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { CLIENTS, OidcProvider } from "./lib/oidc-provider.mjs";
import { call, complaint, connect, consent, fill, overview, send, submit, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("./lib/browser.mjs").Browser} Browser */
/** @typedef {import("puppeteer-core").Page} Page */

/**
 * A server, and an account at it.
 * @param {import("./lib/scenario.mjs").Stage} stage
 * @param {{ lifetime?: number }} [options]
 */
async function signedIn({ browser, cleanup }, options) {
  const server = await OidcProvider.start(options);
  cleanup(() => server.stop());
  const page = await connect(browser, server, { ...CLIENTS.public, issuer: server.base });
  const [account] = (await overview(page)).accounts;
  assert.ok(account);
  return { server, page, account };
}

/** @param {Page} page @param {string} name */
async function press(page, name) {
  const button = await page.waitForSelector(testid(name), { visible: true });
  await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
}

/** Each refresh but the first used what the one before gave. @param {OidcProvider} server */
function rotated(server) {
  const good = server.requests.filter((request) => request.gave);
  assert.deepEqual(
    good.slice(1).map((request) => request.token),
    good.slice(0, -1).map((request) => request.gave),
  );
  assert.deepEqual(
    server.requests.filter((request) => request.status !== 200),
    [],
  );
}

scenario("oidc-provider: signing in, found by its issuer", {}, async (stage) => {
  const { server, account } = await signedIn(stage);
  assert.equal(account.provider, "other");
  assert.equal(account.health, "fresh");
  assert.equal(account.name, "Astrid Holm");
  assert.equal(account.email, "astrid@example.org");
  assert.ok(account.can_refresh, "offline_access was asked for in the way that OpenID Connect wants");
  assert.deepEqual([...account.scopes].sort(), ["email", "offline_access", "openid", "profile"]);
  assert.deepEqual(server.shown, ["login", "consent"]);
  assert.deepEqual(
    server.requests.map(({ grant, status, secret }) => ({ grant, status, secret })),
    [{ grant: "authorization_code", status: 200, secret: false }],
  );
});

scenario("oidc-provider: who says no is not signed in", {}, async ({ browser, cleanup }) => {
  const server = await OidcProvider.start();
  cleanup(() => server.stop());
  const page = await browser.page(PAGES.options);
  await fill(page, { ...CLIENTS.public, issuer: server.base });
  await submit(page);
  await consent(browser, server.base, "deny");
  assert.equal((await complaint(page)).code, "consent_denied");
  assert.deepEqual((await overview(page)).accounts, []);
  assert.deepEqual(server.requests, []);
});

scenario("oidc-provider: by the alarm and by the button, each time the newest token", {}, async (stage) => {
  const { server, page, account } = await signedIn(stage, { lifetime: 8 });
  await until("two refreshes by the alarm", () => server.refreshes.length >= 2, 30_000);
  server.lifetime = 3600;
  const popup = await stage.browser.page(PAGES.popup);
  const before = server.refreshes.length;
  await press(popup, "refresh");
  await until("a refresh by the button", () => server.refreshes.length > before);
  await until(
    "it lives for an hour",
    async () => ((await overview(page)).accounts[0]?.expires_at ?? 0) > Date.now() + 1_800_000,
  );
  await stage.browser.killWorker();
  assert.equal((await call(page, "refresh", { account: account.id })).health, "fresh");
  rotated(server);
});

scenario("oidc-provider: a stolen copy of an old token ends the family, not the account", {}, async (stage) => {
  const { server, page, account } = await signedIn(stage);
  await call(page, "refresh", { account: account.id });
  const [first, second] = server.requests;
  assert.notEqual(first?.gave, second?.gave);
  assert.equal((await server.reuse(first?.gave)).error, "invalid_grant");
  const refused = await send(page, "refresh", { account: account.id });
  assert.equal(refused.ok ? refused.value.problem?.code : refused.error.code, "reauth_required");
  assert.equal((await overview(page)).accounts.length, 1);
});

scenario("oidc-provider: consent withdrawn at the server; one click keeps the account", {}, async (stage) => {
  const { server, page, account } = await signedIn(stage);
  await server.revokeGrants();
  await send(page, "refresh", { account: account.id });
  const popup = await stage.browser.page(PAGES.popup);
  const [ended] = (await overview(popup)).accounts;
  assert.equal(ended?.health, "reauth_required");
  assert.match(ended.problem?.message ?? "", /sign in again/i);
  assert.doesNotMatch(ended.problem?.message ?? "", /invalid_grant/, "a sentence, not a code");
  assert.equal(server.refreshes.length, 1, "a dead grant is not tried again");
  await press(popup, "sign-in");
  await consent(stage.browser, server.base);
  await until("the account is fresh", async () => (await overview(popup)).accounts[0]?.health === "fresh");
  const { accounts } = await overview(popup);
  assert.deepEqual(
    accounts.map(({ id }) => id),
    [account.id],
  );
  assert.equal((await call(popup, "refresh", { account: account.id })).health, "fresh");
});

scenario("oidc-provider: signing out gives the token back", {}, async (stage) => {
  const { server, page, account } = await signedIn(stage);
  const newest = server.requests.at(-1)?.gave;
  assert.ok(await server.holds(newest));
  const gone = await call(page, "sign_out", { account: account.id });
  assert.equal(gone.revoked, true);
  assert.equal(server.requests.at(-1)?.path, "/token/revocation");
  assert.ok(!(await server.holds(newest)));
  assert.deepEqual((await overview(page)).accounts, []);
});
