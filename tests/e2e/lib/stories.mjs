/* What the stories of the chat are told with: a signed-in panel, its buttons, and what Jira holds afterwards. */
import assert from "node:assert/strict";
import { PAGES } from "./browser.mjs";
import { Evaluator } from "./evaluate.mjs";
import { answer, ask, connect, consent, testid } from "./person.mjs";
import { CLIENTS } from "./simulator.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("./evaluate.mjs").Data} Data */
/** @typedef {import("./scenario.mjs").Stage} Stage */

/**
 * @param {Stage} stage
 * @returns {Promise<{ panel: Page, options: Page, data: Data, evaluator: Evaluator, jira: () => Promise<Data> }>} `jira` tells what
 *   the site holds by now
 */
export async function begin({ simulator, browser }) {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const jira = () => simulator.control("GET", "issues");
  const data = await jira();
  const panel = await browser.page(PAGES.panel);
  return { panel, options, data, evaluator: new Evaluator(data), jira };
}

/**
 * The first change asks for the permission to write: the person signs in again from the card, and the plan comes by itself.
 * @param {Stage} stage
 */
export async function beginWriting(stage) {
  const story = await begin(stage);
  const { panel, data } = story;
  const refused = await ask(panel, `comment on ${data.issues[0]?.key}: hello`);
  assert.match(refused.text, /scope/, "writing was not allowed at sign-in");
  await click(panel, "error-action");
  await consent(stage.browser, stage.simulator.base);
  await panel.waitForSelector(`#conversation > :last-child ${testid("confirm")}`, { visible: true, timeout: 15_000 });
  await click(panel, "plan-drop");
  assert.deepEqual((await story.jira()).issues, data.issues, "a plan changes nothing");
  return story;
}

/** @param {Data} data @param {string} key @returns {any} the issue */
export const issueOf = (data, key) => data.issues.find((each) => each.key === key);

/** @param {Data} data @param {string} name @returns {string} the account id of whoever has this name */
export function idOf(data, name) {
  const found = data.site.users.filter((/** @type {any} */ user) => user.displayName === name);
  assert.equal(found.length, 1, name);
  return found[0].accountId;
}

/**
 * Presses the last button of this name in the newest turn, and waits for the whole answer.
 * @param {Page} panel
 * @param {string} name
 * @param {string} [label] what stands on it, where there are several
 */
export async function press(panel, name, label = "") {
  await click(panel, name, label);
  return answer(panel);
}

/** @param {Page} panel @param {string} name @param {string} [label] */
export async function click(panel, name, label = "") {
  const pressed = await panel.evaluate(
    (selector, text) => {
      const all = /** @type {HTMLElement[]} */ ([
        ...document.querySelectorAll(`#conversation > :last-child ${selector}`),
      ]);
      const found = all.filter((button) => button.textContent?.includes(text)).at(-1);
      found?.click();
      return found !== undefined;
    },
    testid(name),
    label,
  );
  if (!pressed) assert.fail(`no button ${name} ${label} in: ${(await answer(panel)).text}`);
}

/** @typedef {{ rows: { text: string, leftOut: boolean }[], title: string }} Plan */

/**
 * The newest plan, as it stands.
 * @param {Page} panel
 * @returns {Promise<Plan>}
 */
export async function planIn(panel) {
  const plan = await panel.evaluate(() => {
    const card = [...document.querySelectorAll("#conversation > :last-child [data-testid=card-plan]")].at(-1);
    const rows = /** @type {HTMLElement[]} */ ([...(card?.querySelectorAll("[data-testid=plan-row]") ?? [])]);
    return {
      title: card?.querySelector("h2")?.textContent ?? "",
      rows: rows.map((row) => ({ text: row.innerText, leftOut: row.dataset.leftOut === "true" })),
    };
  });
  if (plan.title === "") assert.fail(`no plan in: ${(await answer(panel)).text}`);
  return plan;
}

/**
 * What came of the newest change, item by item.
 * @param {Page} panel
 * @returns {Promise<{ message: string, states: string[] }>}
 */
export async function outcomeIn(panel) {
  const outcome = await panel.evaluate(() => {
    const card = [...document.querySelectorAll("#conversation > :last-child [data-testid=card-outcome]")].at(-1);
    const rows = /** @type {HTMLElement[]} */ ([...(card?.querySelectorAll("[data-testid=job-row]") ?? [])]);
    return {
      message: card?.querySelector("[data-testid=outcome-message]")?.textContent ?? "",
      states: rows.map((row) => row.dataset.state ?? ""),
    };
  });
  if (outcome.message === "") assert.fail(`no outcome in: ${(await answer(panel)).text}`);
  return outcome;
}

/**
 * Asks for a change, looks at the plan, confirms it, and sees that all of it is done.
 * @param {Page} panel
 * @param {string} words
 * @param {(plan: Plan) => void} [look]
 */
export async function change(panel, words, look = () => {}) {
  await ask(panel, words);
  look(await planIn(panel));
  await confirm(panel, words);
}

/** Confirms the newest plan. @param {Page} panel @param {string} words for whoever reads that it failed */
export async function confirm(panel, words) {
  await press(panel, "confirm");
  const { message, states } = await outcomeIn(panel);
  assert.ok(states.length > 0 && states.every((state) => state === "done"), `${words}: ${message} ${states}`);
}

/** Takes the newest change back: by its button, and the plan that comes of it. @param {Page} panel @param {string} words */
export async function takeBack(panel, words) {
  await press(panel, "undo");
  await planIn(panel);
  await confirm(panel, `undo: ${words}`);
}
