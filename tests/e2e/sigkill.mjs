/*
 * The browser itself is killed at random moments during refreshes, as by a power cut, and started again.
 * KILLS=<how many at each server> SEED=<of the moments>; the seed is in the name of the test.
 */
import assert from "node:assert/strict";
import { Between } from "./lib/between.mjs";
import { PAGES } from "./lib/browser.mjs";
import { dice } from "./lib/dice.mjs";
import { connect, overview, send, stream } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { pause, until } from "./lib/until.mjs";

/** @typedef {import("./lib/browser.mjs").Browser} Browser */
/** @typedef {import("./lib/scenario.mjs").Stage} Stage */
/** @typedef {import("puppeteer-core").Page} Page */

const SEED = Number(process.env.SEED ?? 1);
const KILLS = Number(process.env.KILLS ?? 5);

/** Seconds that a token lives: the short one is refreshed by the alarm too, and is due at the next start. */
const LIFETIMES = [5, 3600];
/** Milliseconds that a token request is under way to the server at most, and its answer back. */
const ON_THE_WAY = 250;
/** A kill comes within this time after the person has asked: before, during or after everything above. */
const LATEST_KILL = 2 * ON_THE_WAY + 200;
/** More token requests than this between a kill and the account's rest would be a loop. */
const MOST_TRIES = 4;

/**
 * Signs in at a server that is reached through somebody who knows which answers arrived.
 * @param {Stage} stage
 * @param {(base: string) => Record<string, string>} fields of the connect form
 */
async function begin({ simulator, browser, cleanup }, fields) {
  const between = await Between.start(simulator);
  cleanup(() => between.stop());
  const page = await connect(browser, between, fields(between.base));
  const account = (await overview(page)).accounts[0]?.id ?? "";
  return { between, page, account };
}

/**
 * One refresh, and a kill somewhere around it. Answers how many token requests there had been before.
 * @param {Stage} stage
 * @param {Awaited<ReturnType<typeof begin>>} at
 * @param {(sides: number) => number} roll
 */
async function killOnce({ simulator, browser }, { between, page, account }, roll) {
  await simulator.settings({ access_token_lifetime: LIFETIMES[roll(LIFETIMES.length)] });
  between.delay = { there: roll(ON_THE_WAY), back: roll(ON_THE_WAY) };
  const before = between.passed.length;
  const asked = send(page, "refresh", { account }).catch(() => null);
  await pause(roll(LATEST_KILL));
  await browser.crash();
  await asked;
  between.delay = { there: 0, back: 0 };
  return before;
}

/** Waits until the account is fresh, or a new sign-in is asked for. @param {Page} page @param {string} account */
const rest = (page, account) =>
  until("the account has come to rest", async () => {
    const answer = await send(page, "refresh", { account });
    const health = answer.ok ? answer.value.health : answer.error.code;
    return ["fresh", "reauth_required"].includes(health) && health;
  });

/** In words, for the report of a failure. @param {import("./lib/between.mjs").Passed[]} passed */
const story = (passed) =>
  passed.map(({ token, status, delivered }) => `${token} → ${status}${delivered ? "" : ", lost"}`).join("; ");

const patience = 60_000 + KILLS * 15_000;

scenario(
  `Jira Cloud, seed ${SEED}: the browser killed ${KILLS} times around refreshes, and signed in each time`,
  { timeout: patience },
  async (stage) => {
    const { browser } = stage;
    const roll = dice(SEED);
    const at = await begin(stage, (base) => ({ ...CLIENTS.cloud, simulator: base }));
    let lost = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await killOnce(stage, at, roll);
      at.page = await browser.page(PAGES.options);
      const { accounts, problem } = await overview(at.page);
      assert.equal(problem, null, `kill ${kill}`);
      assert.deepEqual(
        accounts.map(({ id }) => id),
        [at.account],
        `kill ${kill}`,
      );
      const tried = () => at.between.passed.slice(before);
      assert.equal(await rest(at.page, at.account), "fresh", `kill ${kill}: ${story(tried())}`);
      assert.ok(
        tried().every(({ status }) => status === undefined || status === 200),
        `kill ${kill}: ${story(tried())}`,
      );
      assert.ok(tried().length <= MOST_TRIES, `kill ${kill}: ${story(tried())}`);
      lost += tried().some(({ status, delivered }) => status === 200 && !delivered) ? 1 : 0;
    }
    console.log(`${lost} of ${KILLS} kills cost the answer to a refresh that the server had acted on`);
  },
);

scenario(
  `Jira Data Center, seed ${SEED}: ${KILLS} kills; a new sign-in is asked for only where the server's answer was lost`,
  { timeout: patience },
  async (stage) => {
    const { simulator, browser } = stage;
    const roll = dice(SEED);
    const at = await begin(stage, (base) => ({ ...CLIENTS.dataCenter, base_url: `${base}/dc` }));
    let ended = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await killOnce(stage, at, roll);
      at.page = await browser.page(PAGES.options);
      const health = await rest(at.page, at.account);
      const tried = at.between.passed.slice(before);
      assert.ok(tried.length <= MOST_TRIES, `kill ${kill}: ${story(tried)}`);
      if (health === "fresh") {
        assert.ok(
          tried.every(({ status }) => status === undefined || status === 200),
          `kill ${kill}: ${story(tried)}`,
        );
        continue;
      }
      ended += 1;
      const refused = tried.findIndex(({ status }) => status === 400);
      const acted = tried.findIndex(({ token, status }) => status === 200 && token === tried[refused]?.token);
      assert.ok(acted >= 0 && acted < refused, `kill ${kill}: ${story(tried)}`);
      const count = at.between.passed.length;
      await pause(1500);
      assert.equal(at.between.passed.length, count, `kill ${kill}: a dead grant is tried again`);
      await simulator.settings({ consent: "accept", access_token_lifetime: 3600 });
      const again = await stream(at.page, "reconnect", { account: at.account });
      assert.equal(again.done?.id, at.account, `kill ${kill}: ${JSON.stringify(again)}`);
    }
    console.log(`${ended} of ${KILLS} kills cost the answer to a refresh that the server had acted on`);
  },
);
