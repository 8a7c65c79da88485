/* The browser around the pages: the events of address bar, menu and shortcuts are given to the real worker, as the browser gives them.
   What only a person's hand can do (typing there, the side panel, which opens after a gesture only) is tried in hand.mjs: where the
   side panel cannot be opened, the panel opens in a tab, and that is what is seen here. */
import assert from "node:assert/strict";
import { ask, call, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { begin, issueOf } from "./lib/stories.mjs";
import { until } from "./lib/until.mjs";

/** @typedef {import("./lib/browser.mjs").Browser} Browser */

/**
 * Gives the worker an event.
 * @param {Browser} browser
 * @param {"omnibox.onInputStarted" | "omnibox.onInputEntered" | "contextMenus.onClicked" | "commands.onCommand"} event
 * @param {...unknown} values
 */
const give = (browser, event, ...values) =>
  browser.inWorker(
    (name, given) => {
      const [area, which] = name.split(".");
      /** @type {any} */ (chrome)[area][which].dispatch(...given);
    },
    event,
    values,
  );

/** The key of some issue. @param {import("./lib/evaluate.mjs").Data} data */
function keyIn({ issues }) {
  assert.ok(issues[0]);
  return issues[0].key;
}

/** What the address bar offers for a text. @param {Browser} browser @param {string} text */
const suggestions = (browser, text) =>
  browser.inWorker(
    (typed) =>
      new Promise((resolve) => {
        setTimeout(resolve, 5_000, null);
        /** @type {any} */ (chrome.omnibox.onInputChanged).dispatch(typed, resolve);
      }),
    text,
  );

/** The panel that opened in a tab, with what its composer and its last question say. @param {Browser} browser */
async function panelIn(browser) {
  const target = await browser.puppeteer.waitForTarget(
    (each) => each.url().endsWith("/panel.html") && each.type() === "page",
  );
  return target.asPage();
}

scenario("a key in the address bar opens its issue, in small letters too", {}, async (stage) => {
  const { data } = await begin(stage);
  const key = keyIn(data);
  const page = await stage.browser.puppeteer.newPage();
  await page.bringToFront();
  await give(stage.browser, "omnibox.onInputEntered", key.toLowerCase(), "newForegroundTab");
  await until("the issue's page is open", async () =>
    (await stage.browser.addresses()).some((address) => address.endsWith(`/browse/${key}`)),
  );
});

scenario("the address bar offers issues that were seen, by key and by title, and projects", {}, async (stage) => {
  const { panel, data } = await begin(stage);
  assert.deepEqual(await suggestions(stage.browser, "mob"), [], "nothing was seen yet, and no name is known");
  const { keys } = await ask(panel, "issues in MOB");
  const offered = /** @type {chrome.omnibox.SuggestResult[]} */ (await suggestions(stage.browser, "mob-"));
  assert.ok(offered.length > 0 && offered.every(({ content }) => keys.includes(content)), JSON.stringify(offered));
  const shown = issueOf(data, offered[0]?.content ?? "");
  const [word] = shown.summary.toLowerCase().match(/\p{L}{5,}/u) ?? [];
  const byTitle = /** @type {chrome.omnibox.SuggestResult[]} */ (await suggestions(stage.browser, word));
  assert.ok(
    byTitle.some(({ content }) => content === shown.key),
    `${word}: ${JSON.stringify(byTitle)}`,
  );
  const projects = /** @type {chrome.omnibox.SuggestResult[]} */ (await suggestions(stage.browser, "mob"));
  assert.ok(
    projects.some(({ content }) => content === "open issues in MOB"),
    JSON.stringify(projects),
  );
});

scenario("words in the address bar are asked in the panel, and a change waits there for Enter", {}, async (stage) => {
  const { panel, data } = await begin(stage);
  await panel.close();
  await give(stage.browser, "omnibox.onInputEntered", "my open issues", "currentTab");
  const opened = await panelIn(stage.browser);
  await opened.waitForSelector(testid("card-count"), { visible: true });
  assert.equal(await opened.$eval(testid("question"), (text) => text.textContent), "my open issues");
  const key = keyIn(data);
  await give(stage.browser, "omnibox.onInputEntered", `delete ${key}`, "currentTab");
  await opened.waitForFunction(
    (text) => /** @type {HTMLTextAreaElement} */ (document.querySelector("#question")).value === text,
    {},
    `delete ${key}`,
  );
  assert.equal((await opened.$$(testid("question"))).length, 1, "it was not asked");
});

scenario("a selected text is searched for, and becomes an issue only by the person's Enter", {}, async (stage) => {
  const { panel } = await begin(stage);
  await panel.close();
  const info = { selectionText: "login", pageUrl: "https://example.com/", editable: false };
  await give(stage.browser, "contextMenus.onClicked", { ...info, menuItemId: "search" }, undefined);
  const opened = await panelIn(stage.browser);
  await opened.waitForSelector(testid("jql"), { visible: true });
  assert.match(await opened.$eval(testid("jql"), (jql) => jql.textContent ?? ""), /text ~ .*login/);
  await give(stage.browser, "contextMenus.onClicked", { ...info, menuItemId: "create" }, undefined);
  await opened.waitForFunction(
    () => /** @type {HTMLTextAreaElement} */ (document.querySelector("#question")).value === "create a task: login",
  );
  assert.equal((await opened.$$(testid("question"))).length, 1);
});

scenario("“this” is the issue in the tab, where the browser tells its address", {}, async (stage) => {
  const { panel, data } = await begin(stage);
  const key = keyIn(data);
  const { accounts } = await call(panel, "overview", { all: false });
  const site = accounts[0]?.site?.url;
  const found = await call(panel, "open_issue", { account: accounts[0]?.id ?? null, url: `${site}/browse/${key}` });
  assert.deepEqual(found, { key, account: accounts[0]?.id });
  assert.equal(await call(panel, "open_issue", { account: null, url: `https://example.com/browse/${key}` }), null);
  await panel.close();
  const tab = { windowId: undefined, url: `${site}/browse/${key}` };
  await give(stage.browser, "commands.onCommand", "ask_about_this", tab);
  const opened = await panelIn(stage.browser);
  await opened.waitForFunction(
    (text) => document.querySelector("[data-testid=answer]")?.textContent?.includes(text),
    {},
    key,
  );
});

scenario("the shortcut refreshes every account", {}, async (stage) => {
  await begin(stage);
  const before = (await stage.simulator.refreshes()).length;
  await give(stage.browser, "commands.onCommand", "refresh_all", undefined);
  await until("the token was renewed", async () => (await stage.simulator.refreshes()).length > before);
});
