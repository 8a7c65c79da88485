/* The main story with the keyboard alone: connected, asked, an issue opened, commented, confirmed, and taken back. No pointer, no script. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { answer, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { issueOf, outcomeIn, planIn } from "./lib/stories.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

/** More stops than any page of ours has. */
const STOPS = 90;

/** What has the focus fits the selector. @param {Page} page @param {string} selector */
const onIt = (page, selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

/**
 * Presses Tab until the focus is where it is wanted.
 * @param {Page} page
 * @param {string} selector
 * @param {"Tab" | "Shift+Tab"} [key]
 */
async function tabTo(page, selector, key = "Tab") {
  if (key === "Shift+Tab") await page.keyboard.down("Shift");
  try {
    for (let stop = 0; stop < STOPS; stop += 1) {
      await page.keyboard.press("Tab");
      if (await onIt(page, selector)) return;
    }
  } finally {
    if (key === "Shift+Tab") await page.keyboard.up("Shift");
  }
  assert.fail(`${selector} cannot be reached with ${key}`);
}

/** Moves along a group of choices with the arrow keys. @param {Page} page @param {string} selector */
async function arrowTo(page, selector) {
  for (let step = 0; step < 12 && !(await onIt(page, selector)); step += 1) await page.keyboard.press("ArrowDown");
  assert.ok(await onIt(page, selector), `${selector} cannot be reached with the arrow keys`);
}

/** The form of the options page, as one fills it in who sees no pointer. @param {Page} options @param {Record<string, string>} fields */
async function fillIn(options, { client = "", ...texts }) {
  await options.waitForSelector("#connect-form [name=client]");
  await tabTo(options, "#connect-form [name=client]");
  await arrowTo(options, `[name=client][value=${client}]`);
  for (const [name, text] of Object.entries(texts)) {
    await options.waitForSelector(`#connect-form [name=${name}]`, { visible: true });
    await tabTo(options, `#connect-form [name=${name}]`);
    await options.keyboard.type(text);
  }
}

/** Says yes in the sign-in window. @param {import("./lib/browser.mjs").Browser} browser @param {string} base */
async function agree(browser, base) {
  const window = await browser.consentWindow(base);
  await window.waitForSelector("#login, #accept");
  for (const button of ["#login", "#accept"]) {
    if (button === "#login" && !(await window.$(button))) continue;
    await window.waitForSelector(button);
    await tabTo(window, button);
    // The window goes away under this key: what it answers then does not matter.
    await window.keyboard.press("Enter").catch(() => {});
  }
  await until("the sign-in window is closed", () => !browser.hasWindow(base));
}

/** Types a question where the focus is, which has to be the composer. @param {Page} panel @param {string} words */
async function ask(panel, words) {
  assert.ok(await onIt(panel, testid("composer")), "the focus is where questions are typed");
  await panel.keyboard.type(words);
  await panel.keyboard.press("Enter");
  return answer(panel);
}

/** Goes back from the composer to the newest button of this name, and presses it. @param {Page} panel @param {string} name */
async function press(panel, name) {
  if (!(await onIt(panel, testid("composer")))) await tabTo(panel, testid("composer"));
  await tabTo(panel, testid(name), "Shift+Tab");
  await panel.keyboard.press("Enter");
}

scenario("connect, ask, open an issue, comment, confirm and undo with the keyboard alone", {}, async (stage) => {
  const { browser, simulator } = stage;
  const options = await browser.page(PAGES.options);
  const { client, client_id, client_secret } = CLIENTS.cloud;
  await fillIn(options, { client, client_id, client_secret, simulator: simulator.base });
  await tabTo(options, testid("connect-submit"));
  await options.keyboard.press("Enter");
  await agree(browser, simulator.base);
  await options.bringToFront();
  await options.waitForSelector(testid("connected"), { visible: true, timeout: 15_000 });

  const jira = () => simulator.control("GET", "issues");
  const panel = await browser.page(PAGES.panel);
  await panel.waitForSelector(testid("composer"), { visible: true });
  if (!(await onIt(panel, testid("composer")))) await tabTo(panel, testid("composer"));
  const mine = await ask(panel, "my open issues");
  const key = mine.keys[0] ?? "";
  assert.ok(mine.keys.length > 0, mine.text);
  assert.match((await ask(panel, `show ${key}`)).text, new RegExp(key));

  const refused = await ask(panel, `comment on ${key}: Seen without a mouse`);
  assert.match(refused.text, /scope/, "writing was not allowed at sign-in");
  await press(panel, "error-action");
  await agree(browser, simulator.base);
  await panel.bringToFront();
  await panel.waitForSelector(`#conversation > :last-child ${testid("confirm")}`, { visible: true, timeout: 15_000 });
  const comments = async () => issueOf(await jira(), key).comments.length;
  const before = await comments();
  await press(panel, "confirm");
  await answer(panel);
  assert.deepEqual((await outcomeIn(panel)).states, ["done"]);
  assert.equal(await comments(), before + 1);

  await press(panel, "undo");
  await answer(panel);
  await planIn(panel);
  await press(panel, "confirm");
  await answer(panel);
  if (await panel.$(testid("confirm-twice"))) {
    await press(panel, "confirm-twice");
    await answer(panel);
  }
  assert.deepEqual((await outcomeIn(panel)).states, ["done"]);
  assert.equal(await comments(), before, "the comment is gone again");
});

scenario("the popup and the dashboard are worked with the keyboard alone", {}, async (stage) => {
  const { browser, simulator } = stage;
  const options = await browser.page(PAGES.options);
  const { client, client_id, client_secret } = CLIENTS.cloud;
  await fillIn(options, { client, client_id, client_secret, simulator: simulator.base });
  await options.keyboard.press("Enter"); // in the last field this sends the form
  await agree(browser, simulator.base);
  const popup = await browser.page(PAGES.popup);
  await popup.waitForSelector(testid("account-card"), { visible: true });
  const before = (await simulator.refreshes()).length;
  await tabTo(popup, testid("refresh"));
  await popup.keyboard.press("Enter");
  await until("the token is renewed", async () => (await simulator.refreshes()).length > before);
  await tabTo(popup, testid("sign-out"));
  await popup.keyboard.press("Enter");
  await popup.waitForSelector(testid("sign-out-confirm"), { visible: true });
  if (!(await onIt(popup, testid("sign-out-confirm")))) await tabTo(popup, testid("sign-out-confirm"));
  await popup.keyboard.press("Enter");
  await popup.waitForSelector(testid("signed-out"), { visible: true });
});
