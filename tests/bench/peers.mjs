/* The product's own code beside what others do for the same, in one page of one browser. */
import { Browser } from "../e2e/lib/browser.mjs";
import { assembleBench, PAGE } from "./extension.mjs";
import { median, NO_GOAL } from "./figures.mjs";
import { reading } from "./reading.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */

/** How often each is measured, in turns, and how many rounds one measurement has. */
const TURNS = 7;
const RACES = {
  cached: { rounds: 10_000, what: "cached token, inside wasm", goal: 5 },
  oidcCached: { rounds: 2_000, what: "the same, oidc-client-ts getUser", goal: NO_GOAL },
  msalCached: { rounds: 300, what: "the same, MSAL acquireTokenSilent", goal: NO_GOAL },
  authorize: { rounds: 2_000, what: "PKCE pair and authorize URL", goal: NO_GOAL },
  oauthAuthorize: { rounds: 2_000, what: "the same, oauth4webapi", goal: NO_GOAL },
  parse: { rounds: 5_000, what: "JQL of ten conditions to a tree, inside wasm", goal: NO_GOAL },
  atlassianParse: { rounds: 100, what: "the same, Atlassian's jql-ast", goal: NO_GOAL },
};

/**
 * Copies the one account of a profile until there are `count`, through the product's own vault, and measures what can be
 * measured beside others.
 * @param {string} profile
 * @param {number} count
 * @returns {Promise<{ figures: Figure[], tokenBytes: number }>} the bytes of one account's tokens
 */
export async function multiplyAndRace(profile, count) {
  const browser = await Browser.launch({ profile, folders: [await assembleBench()] });
  try {
    const page = await browser.page(PAGE);
    await page.waitForFunction(() => "bench" in globalThis);
    const run = (/** @type {string} */ name, /** @type {number} */ number = 0) =>
      page.evaluate((name, number) => /** @type {any} */ (globalThis).bench[name](number), name, number);
    const there = await run("multiply", count);
    if (there !== count) throw new Error(`${there} accounts instead of ${count}`);
    /** @type {Map<string, number[]>} */
    const times = new Map(Object.keys(RACES).map((name) => [name, []]));
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const [name, { rounds }] of Object.entries(RACES)) times.get(name)?.push(await run(name, rounds));
    }
    const time = (/** @type {string} */ name) => median(times.get(name) ?? []);
    /** @type {Figure[]} */
    const figures = Object.entries(RACES).map(([name, { what, goal }]) => ({
      what,
      value: time(name),
      unit: "µs",
      goal,
    }));
    const faster = time("atlassianParse") / time("parse");
    figures.push({ what: "how much faster that is", value: faster, unit: "×", goal: 20, atLeast: true });
    figures.push(...(await reading(page)));
    return { figures, tokenBytes: await run("tokenBytes") };
  } finally {
    await browser.close();
  }
}
