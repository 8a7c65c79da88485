/* An administrator's policy, from a real file: what it sets holds, and nobody can change it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./lib/browser.mjs";
import { call, consent, EMPTY_FORM, overview, send, stream, testid } from "./lib/person.mjs";
import { managed, POLICY_PATIENCE } from "./lib/policy.mjs";
import { play } from "./lib/scenario.mjs";
import { CLIENTS, Simulator } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/** @param {string} base where the simulator is */
const policy = (base) => ({
  providers: [
    { name: "Harborline Jira", ...CLIENTS.dataCenter, base_url: `${base}/dc` },
    { name: "Harborline login", ...CLIENTS.generic, issuer: `${base}/generic`, scopes: "openid offline_access" },
    { name: "Through the team", provider: "jira_cloud", client: "broker", broker_url: `${base}/broker` },
    { name: "Broken", provider: "jira_cloud", client: "own_app" },
  ],
  allow_other_providers: false,
  threshold_minutes: 17,
  check_interval_minutes: 3,
  retries: 2,
  notifications: false,
});

/**
 * A browser with a policy, once it has arrived at the extension.
 * @param {string} name
 * @param {(stage: import("./lib/scenario.mjs").Stage & { page: Page, set: (values: Record<string, unknown>) => void }) =>
 *   Promise<void>} act
 */
function withPolicy(name, act) {
  test(name, { timeout: 120_000 }, async (context) => {
    const simulator = await Simulator.start();
    const given = managed(policy(simulator.base));
    if (!given) {
      await simulator.stop();
      context.skip(
        "no policy can be given to a browser here: neither a mount namespace nor the policy folder can be had",
      );
      return;
    }
    try {
      const { program, args, set } = given;
      await play(name, simulator, { program, args }, async (stage) => {
        const page = await stage.browser.page(PAGES.options);
        await until(
          "the policy is there",
          async () => (await call(page, "policy", {})).managed.length > 0,
          POLICY_PATIENCE,
        );
        await act({ ...stage, page, set });
      });
    } finally {
      given.remove();
      await simulator.stop();
    }
  });
}

withPolicy("what the administrator sets is in force and cannot be changed", async ({ page, set }) => {
  const found = await call(page, "policy", {});
  assert.deepEqual([...found.managed].sort(), [
    "allow_other_providers",
    "check_interval_minutes",
    "notifications",
    "providers",
    "retries",
    "threshold_minutes",
  ]);
  assert.equal(found.allow_other_providers, false);
  assert.ok(
    found.problems.some((problem) => problem.includes("Broken")),
    `the mistake is told: ${found.problems.join(" ")}`,
  );
  const view = await until("the settings follow", async () => {
    const view = await call(page, "settings", {});
    return view.settings.threshold_minutes === 17 ? view : null;
  });
  assert.deepEqual(
    [view.settings.check_interval_minutes, view.settings.retries, view.settings.notifications],
    [3, 2, false],
  );
  await page.reload();
  const section = await page.waitForSelector(testid("policy"), { visible: true });
  assert.match(
    (await section?.evaluate((element) => element.textContent)) ?? "",
    /Broken/,
    "the page tells the mistake",
  );
  await page.waitForSelector(testid("managed-threshold_minutes"), { visible: true });
  assert.deepEqual(
    await page.$eval(testid("setting-threshold_minutes"), (input) => {
      const { value, disabled } = /** @type {HTMLInputElement} */ (input);
      return { value, disabled };
    }),
    { value: "17", disabled: true },
  );
  const changed = await send(page, "change_settings", { change: { threshold_minutes: 5 } });
  assert.equal(changed.ok ? changed.value.settings.threshold_minutes : 17, 17, "people cannot change it");
  const own = { ...EMPTY_FORM, ...CLIENTS.generic, issuer: "https://elsewhere.example" };
  const added = await send(page, "add_provider", { name: "Mine", form: own });
  assert.ok(!added.ok, "no way of one's own");
  assert.ok((await stream(page, "connect", { form: own })).error, "also not by connecting at once");

  set({ threshold_minutes: 23 });
  await until(
    "a change reaches an extension that runs",
    async () => (await call(page, "settings", {})).settings.threshold_minutes === 23,
    POLICY_PATIENCE,
  );
  assert.deepEqual((await call(page, "policy", {})).managed, ["threshold_minutes"]);
  assert.deepEqual((await call(page, "providers", {})).providers, []);
});

withPolicy("signing in with what the administrator has set up", async ({ simulator, browser, page }) => {
  const { providers } = await call(page, "providers", {});
  assert.deepEqual(
    providers.map(({ name, managed }) => ({ name, managed })),
    ["Harborline Jira", "Harborline login", "Through the team"].map((name) => ({ name, managed: true })),
  );
  const id = (/** @type {string} */ name) => providers.find((provider) => provider.name === name)?.id ?? "";
  assert.ok(!JSON.stringify(providers).includes(CLIENTS.dataCenter.client_secret), "a secret is used, never shown");

  await page.reload();
  const offered = `${testid("saved-provider")}[data-provider="${id("Harborline Jira")}"]`;
  const button = await page.waitForSelector(`${offered} ${testid("saved-connect")}`, { visible: true });
  assert.equal(await page.$(`${offered} ${testid("saved-remove")}`), null, "nobody can remove it");
  await button?.evaluate((element) => /** @type {HTMLElement} */ (element).click());
  await consent(browser, simulator.base);
  await page.waitForSelector(testid("connected"), { visible: true });
  const [jira] = (await overview(page)).accounts;
  assert.equal(jira?.health, "fresh");
  assert.equal((await call(page, "refresh", { account: jira.id })).health, "fresh");
  assert.ok((await simulator.refreshes()).every((entry) => entry.has_secret && entry.status === 200));

  await simulator.settings({ consent: "accept" });
  const login = await stream(page, "connect", { provider: id("Harborline login") });
  assert.equal(login.done?.health, "fresh", JSON.stringify(login.error));
  const asked = (await simulator.requests("/generic/authorize"))[0]?.parameters.scope;
  assert.deepEqual(asked.split(" ").sort(), ["offline_access", "openid"], "the scopes of the policy");

  // The broker of the policy is asked. It leads to the simulator, which without a form that says so is not Jira Cloud.
  const team = await stream(page, "connect", { provider: id("Through the team") });
  assert.equal(team.error?.code, "invalid_configuration");
  assert.equal((await simulator.requests("/broker/.well-known/chat-for-jira")).length, 1);
  assert.deepEqual(await simulator.requests("/broker/token"), []);
});
