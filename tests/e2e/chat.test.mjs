/* What the side panel answers. Every query below is judged a second time when the scenario ends. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { Evaluator } from "./lib/evaluate.mjs";
import { answer, ask, complaint, connect, testid } from "./lib/person.mjs";
import { checkQueries } from "./lib/queries.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";

/** @typedef {import("./lib/scenario.mjs").Stage} Stage */

/**
 * @param {Stage} stage
 * @returns {Promise<{ panel: import("puppeteer-core").Page, evaluator: Evaluator, data: import("./lib/evaluate.mjs").Data }>}
 */
async function chat({ simulator, browser }) {
  await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const data = await simulator.control("GET", "issues");
  return { panel: await browser.page(PAGES.panel), evaluator: new Evaluator(data), data };
}

/**
 * Reads on until nothing more is offered.
 * @param {import("puppeteer-core").Page} panel
 */
async function readAll(panel) {
  let seen = await answer(panel);
  while (seen.more) {
    const before = seen.keys.length;
    await panel.$eval(testid("show-more"), (button) => /** @type {HTMLElement} */ (button).click());
    await panel.waitForFunction(
      (count) => document.querySelectorAll("#conversation > :last-child [data-testid=issue-row]").length > count,
      {},
      before,
    );
    seen = await answer(panel);
  }
  return seen;
}

/** Raw JQL of every kind the second evaluator covers. */
const RAW = [
  "project = {0} AND issuetype = Bug AND statusCategory != Done ORDER BY created DESC",
  'project in ({0}, {1}) AND priority in (High, Highest) AND status != "In Progress" order by priority desc, key asc',
  "assignee is EMPTY AND project = {1} AND created >= -60d ORDER BY created ASC",
  "reporter = currentUser() AND (resolution = Unresolved OR updated >= startOfMonth(-1M)) ORDER BY updated DESC",
  "sprint in openSprints() AND NOT (assignee = currentUser() OR status = Done) AND project = {0}",
  "due < now() AND statusCategory != Done AND project != {0} ORDER BY due ASC",
  "labels is not EMPTY AND project = {2} AND resolved >= -90d ORDER BY resolved DESC",
];

scenario("my open issues", {}, async (stage) => {
  const { panel, evaluator } = await chat(stage);
  const first = await ask(panel, "my open issues");
  assert.deepEqual(first.cards.slice(0, 1), ["card-understood"], "the query it ran comes first");
  const { keys, inOrder } = evaluator.evaluate(first.jql ?? "");
  assert.deepEqual(evaluator.evaluate("assignee = currentUser() AND statusCategory != Done").keys, keys);
  assert.ok(keys.length > 0);
  const all = await readAll(panel);
  assert.deepEqual([...all.keys].sort(), [...keys].sort());
  assert.ok(inOrder(all.keys));
});

scenario("bugs in a project, by key and by name", {}, async (stage) => {
  const { panel, evaluator, data } = await chat(stage);
  for (const project of data.site.projects.slice(0, 2)) {
    for (const name of [project.key, project.key.toLowerCase()]) {
      const found = await ask(panel, `bugs in ${name}`);
      const expected = evaluator.evaluate(`project = ${project.key} AND issuetype = Bug`).keys;
      assert.deepEqual(evaluator.evaluate(found.jql ?? "").keys, expected, found.jql ?? found.text);
      assert.ok(found.keys.every((key) => expected.includes(key)) && found.keys.length > 0);
    }
  }
});

scenario("show one issue: its fields and its newest comments", {}, async (stage) => {
  const { panel, data } = await chat(stage);
  const issue = data.issues.find((each) => each.comments.length > 1 && each.description && each.assignee);
  const shown = await ask(panel, `show ${issue?.key}`);
  assert.ok(shown.cards.includes("card-issue"), shown.text);
  assert.ok(shown.text.includes(issue?.summary), shown.text);
  assert.ok(shown.text.includes(issue?.key));
  assert.ok(shown.text.includes(issue?.status));
  const missing = await ask(panel, "show NOPE-999999");
  assert.match(missing.text, /NOPE-999999|exist|permission/i);
});

scenario("raw JQL is run as it stands, to the last page", {}, async (stage) => {
  const { panel, evaluator, data } = await chat(stage);
  for (const raw of RAW) {
    const jql = raw.replace(/\{(\d)\}/g, (_, at) => data.site.projects[Number(at)].key);
    await ask(panel, jql);
    const all = await readAll(panel);
    assert.deepEqual([...all.keys].sort(), [...evaluator.evaluate(jql).keys].sort(), jql);
    assert.ok(evaluator.evaluate(jql).inOrder(all.keys), jql);
  }
  const compared = await checkQueries(stage.simulator);
  assert.ok(compared.length >= RAW.length, "each of them was judged twice");
});

scenario("JQL that Jira refuses is answered with Jira's own words", {}, async (stage) => {
  const { panel } = await chat(stage);
  const refused = await ask(panel, "project = NOSUCHPROJECT ORDER BY created");
  assert.match(refused.text, /NOSUCHPROJECT/);
  const broken = await ask(panel, "project = AND status in (");
  assert.equal(broken.keys.length, 0);
  assert.ok(broken.text.length > 20, broken.text);
});

scenario("what is not understood is said, with examples, and nothing is searched", {}, async (stage) => {
  const { panel } = await chat(stage);
  await stage.simulator.control("DELETE", "log");
  const lost = await ask(panel, "please sing me a song about the sea");
  assert.ok(lost.cards.includes("card-notice"), lost.text);
  assert.ok((await panel.$$(testid("example"))).length > 0);
  assert.ok((await stage.simulator.log()).every((entry) => !entry.path.includes("/search/jql")));
});

scenario("text from Jira is text: no issue can write into the page", {}, async (stage) => {
  const { panel } = await chat(stage);
  const hostile = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';
  await stage.simulator.fault({
    path: "/api/ex/jira/",
    body: {
      issues: [
        {
          id: "1",
          key: "EVIL-1",
          fields: {
            summary: hostile,
            status: { name: hostile, statusCategory: { key: "new" } },
            issuetype: { name: hostile },
            updated: "2026-11-18T14:30:00.000+0000",
          },
        },
      ],
      isLast: true,
    },
    times: 2,
  });
  const shown = await ask(panel, "my open issues");
  assert.ok(shown.text.includes("<img src=x"), shown.text);
  assert.equal(await panel.evaluate(() => "hurt" in window), false);
});

scenario("a search without a connection says so and offers to try again", {}, async (stage) => {
  const { panel } = await chat(stage);
  await stage.simulator.stop();
  await ask(panel, "my open issues");
  const { code, text } = await complaint(panel, "#conversation");
  assert.ok(["offline", "refresh_failed"].includes(code), `${code}: ${text}`);
});

scenario("Data Center answers too", {}, async ({ simulator, browser }) => {
  await connect(browser, simulator, { ...CLIENTS.dataCenter, base_url: `${simulator.base}/dc` });
  const panel = await browser.page(PAGES.panel);
  const evaluator = new Evaluator(await simulator.control("GET", "issues"));
  const found = await ask(panel, "my open issues");
  assert.ok(found.keys.length > 0, found.text);
  const expected = evaluator.evaluate(found.jql ?? "").keys;
  assert.ok(found.keys.every((key) => expected.includes(key)));
});

scenario("an expired access token is renewed in passing", {}, async (stage) => {
  const { panel } = await chat(stage);
  await stage.simulator.control("POST", "expire_access_tokens");
  const found = await ask(panel, "my open issues");
  assert.ok(found.keys.length > 0, found.text);
  assert.equal((await stage.simulator.refreshes()).length, 1);
});
