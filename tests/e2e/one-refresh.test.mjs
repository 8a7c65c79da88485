/* Whoever asks at the same moment, popup, side panel, options page or the worker's own alarm: one token request. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { connect, overview, send, stream } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("./lib/simulator.mjs").Simulator} Simulator */
/** @typedef {import("./lib/browser.mjs").Browser} Browser */
/** @typedef {import("puppeteer-core").Page} Page */

/** Seconds: long enough for a slow computer to ask everything within a third of it. */
const LIFETIME = 6;

/** How many ask at once. */
const ASKS = 24;

/**
 * The three pages, and one account.
 * @param {Simulator} simulator
 * @param {Browser} browser
 */
async function three(simulator, browser) {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [account] = (await overview(options)).accounts;
  const [popup, panel] = [await browser.page(PAGES.popup), await browser.page(PAGES.panel)];
  return { options, popup, panel, account: account?.id ?? "" };
}

/** No alarm comes before the pages ask. @param {Page} page */
const silenceAlarm = (page) => page.evaluate(() => chrome.alarms.clearAll());

/** The alarm comes now. @param {Page} page */
const ringAlarm = (page) => page.evaluate(() => chrome.alarms.create("wake", { when: Date.now() }));

/**
 * Everybody asks at once: a promise for each, of `true` or of what went wrong.
 * @param {Awaited<ReturnType<typeof three>>} pages
 */
function everybody({ options, popup, panel, account }) {
  return Array.from({ length: ASKS }, async (_, at) => {
    if (at % 3 === 2) {
      const { items, error } = await stream(panel, "ask", { account, text: "my open issues" });
      return error ? JSON.stringify(error) : items.some((card) => card.kind === "issues") || "no card with issues";
    }
    const answer = await send(at % 3 === 1 ? popup : options, "refresh", { account });
    return answer.ok ? answer.value.health === "fresh" || answer.value.health : JSON.stringify(answer.error);
  });
}

scenario(
  "three pages and the alarm ask for an expired account: one refresh, in every round",
  {},
  async ({ simulator, browser }) => {
    await simulator.settings({ access_token_lifetime: LIFETIME });
    const pages = await three(simulator, browser);
    await simulator.fault({ path: "/auth/oauth/token", delay_ms: 500, times: 1000 });
    for (let round = 0; round < 5; round += 1) {
      await until("the token has expired", async () => {
        await silenceAlarm(pages.options);
        return (await overview(pages.options)).accounts[0]?.health === "expired";
      });
      const before = (await simulator.refreshes()).length;
      // In odd rounds the worker starts while they ask.
      if (round % 2 === 1) await browser.killWorker();
      const answers = everybody(pages);
      await ringAlarm(pages.options);
      assert.deepEqual(
        (await Promise.all(answers)).filter((answer) => answer !== true),
        [],
        `round ${round}`,
      );
      assert.equal((await simulator.refreshes()).length - before, 1, `round ${round}: token requests`);
    }
  },
);

scenario("the server takes the token away: eight questions, one refresh", {}, async ({ simulator, browser }) => {
  const { panel, account } = await three(simulator, browser);
  for (let round = 0; round < 4; round += 1) {
    await simulator.control("POST", "expire_access_tokens");
    await simulator.fault({ path: "/auth/oauth/token", delay_ms: 300 });
    const before = (await simulator.refreshes()).length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => stream(panel, "ask", { account, text: "my open issues" })),
    );
    assert.deepEqual(
      answers.filter(({ error }) => error),
      [],
      `round ${round}`,
    );
    assert.equal((await simulator.refreshes()).length - before, 1, `round ${round}: token requests`);
  }
});
