/* The questions people ask most, one after the other in one panel. Every query is judged a second time when a scenario ends. */
import assert from "node:assert/strict";
import { ask, testid } from "./lib/person.mjs";
import { checkQueries } from "./lib/queries.mjs";
import { scenario } from "./lib/scenario.mjs";
import { begin, idOf, issueOf, press } from "./lib/stories.mjs";

/** @typedef {import("./lib/person.mjs").Answer} Answer */
/** @typedef {import("./lib/evaluate.mjs").Evaluator} Evaluator */

/**
 * The answer's query finds what this one finds, and the rows shown are among it.
 * @param {Evaluator} evaluator @param {Answer} found @param {string} jql
 */
function same(evaluator, found, jql) {
  const expected = evaluator.evaluate(jql).keys;
  assert.ok(expected.length > 0, `the sample has something for: ${jql}`);
  assert.ok(found.jql, `no query in: ${found.text}`);
  assert.deepEqual([...evaluator.evaluate(found.jql).keys].sort(), [...expected].sort(), `${found.jql} is not ${jql}`);
  assert.ok(found.keys.length > 0 && found.keys.every((key) => expected.includes(key)), found.text);
}

const MINE = "assignee = currentUser() AND statusCategory != Done";

scenario("a search, narrowed, widened, sorted and read on", {}, async (stage) => {
  const { panel, evaluator, data } = await begin(stage);
  same(evaluator, await ask(panel, "my open issues"), MINE);
  same(evaluator, await ask(panel, "only the bugs"), `${MINE} AND issuetype = Bug`);
  const priya = `assignee = "${idOf(data, "Priya Nair")}" AND statusCategory != Done AND issuetype = Bug`;
  same(evaluator, await ask(panel, "and Priya's?"), priya);

  const all = await ask(panel, "issues in MOB");
  same(evaluator, all, "project = MOB");
  const sorted = await ask(panel, "sort by priority");
  same(evaluator, sorted, "project = MOB");
  assert.match(sorted.jql ?? "", /ORDER BY priority/);
  assert.ok(evaluator.evaluate(sorted.jql ?? "").inOrder(sorted.keys));
  const next = await ask(panel, "next page");
  assert.ok(
    next.keys.length > 0 && next.keys.every((key) => !sorted.keys.includes(key)),
    "the next page has other issues",
  );
  assert.ok(evaluator.evaluate(sorted.jql ?? "").inOrder([...sorted.keys, ...next.keys]));
});

scenario("people by their first names; a name that two share is asked about", {}, async (stage) => {
  const { panel, evaluator, data } = await begin(stage);
  same(
    evaluator,
    await ask(panel, "Kwame's open issues"),
    `assignee = "${idOf(data, "Kwame Boateng")}" AND statusCategory != Done`,
  );
  await stage.simulator.control("DELETE", "log");
  const asked = await ask(panel, "open issues assigned to Maria");
  assert.ok(asked.cards.includes("card-question"), asked.text);
  assert.match(asked.text, /Maria Rossi/);
  assert.match(asked.text, /Maria Lindqvist/);
  assert.ok(
    (await stage.simulator.log()).every((entry) => !entry.path.includes("/search")),
    "nothing is searched in doubt",
  );
  const chosen = await press(panel, "choice", "Maria Rossi");
  same(evaluator, chosen, `assignee = "${idOf(data, "Maria Rossi")}" AND statusCategory != Done`);
});

scenario("an epic by its title", {}, async (stage) => {
  const { panel, evaluator, data } = await begin(stage);
  const titleOf = (/** @type {string} */ key) => issueOf(data, key)?.summary ?? "";
  const isFilled = (/** @type {string} */ key) => evaluator.evaluate(`parent = ${key}`).keys.length > 0;
  const epics = evaluator.evaluate("issuetype = Epic ORDER BY key").keys.filter(isFilled);
  const epic = epics.find((key) => /^[a-z]+ [a-z]+( [a-z]+)?$/iu.test(titleOf(key)));
  assert.ok(epic, `the sample has an epic of few words with something below it: ${epics.map(titleOf)}`);
  const found = await ask(panel, `tickets in the ${titleOf(epic)} epic`);
  same(evaluator, found, `parent = ${epic}`);
  assert.match(found.text, new RegExp(`${epic}: `), "which epic it was taken for is told");
  const none = await ask(panel, "tickets in the flying carpets epic");
  assert.match(none.text, /No epic is called “flying carpets”/);
});

scenario("overdue bugs, counts, groups, and what finds nothing", {}, async (stage) => {
  const { panel, evaluator } = await begin(stage);
  same(
    evaluator,
    await ask(panel, "overdue bugs in MOB"),
    "project = MOB AND issuetype = Bug AND due < startOfDay() AND statusCategory != Done",
  );
  const open = evaluator.evaluate("project = WEB AND issuetype = Bug AND statusCategory != Done").keys.length;
  const counted = await ask(panel, "how many open bugs in WEB?");
  assert.equal(counted.count, open, counted.text);

  const grouped = await ask(panel, "count open bugs in WEB per assignee");
  assert.ok(grouped.cards.includes("card-groups"), grouped.text);
  const sum = await panel.$$eval(`#conversation > :last-child ${testid("group")} td.number`, (cells) =>
    cells.reduce((total, cell) => total + Number(cell.textContent?.replace(/\D/g, "")), 0),
  );
  assert.equal(sum, open, "each bug is somebody's or nobody's");

  const none = await ask(panel, "bugs in WEB with label vip");
  assert.ok(none.cards.includes("card-empty"), none.text);
  assert.equal(none.keys.length, 0);
  const nearest = await press(panel, "choice");
  assert.ok(nearest.keys.length > 0, `the variant that was offered finds something: ${nearest.text}`);
});

scenario("an issue by its key, JQL, broken JQL, and what is no question about Jira", {}, async (stage) => {
  const { panel, evaluator, data } = await begin(stage);
  const [issue] = data.issues.filter((each) => each.project === "PAY" && each.comments.length > 0);
  const shown = await ask(panel, issue?.key.toLowerCase());
  assert.ok(shown.cards.includes("card-issue") && shown.text.includes(issue?.summary), shown.text);

  const raw = "project = PAY AND issuetype = Bug AND statusCategory != Done";
  same(evaluator, await ask(panel, raw), raw);
  await stage.simulator.control("DELETE", "log");
  const broken = await ask(panel, "project = PAY AND status in (");
  assert.equal(broken.keys.length, 0);
  assert.ok(broken.text.length > 20, broken.text);
  const lost = await ask(panel, "what will the weather be like tomorrow?");
  assert.ok((await panel.$$(`#conversation > :last-child ${testid("example")}`)).length >= 3, lost.text);
  assert.ok((await stage.simulator.log()).every((entry) => !entry.path.includes("/search/jql")));
});

scenario("reports: my day, a standup, the workload", {}, async (stage) => {
  const { panel, evaluator } = await begin(stage);
  const day = await ask(panel, "my day");
  assert.ok(day.cards.filter((card) => card === "card-section").length >= 3, day.text);
  const mine = evaluator.evaluate("assignee = currentUser() AND statusCategory = 'In Progress'").keys;
  assert.ok(
    mine.slice(0, 1).every((key) => day.text.includes(key)),
    day.text,
  );

  const workload = await ask(panel, "workload by person in WEB");
  assert.ok(workload.cards.includes("card-groups"), workload.text);
  assert.match(workload.text, /Kwame Boateng/);
  assert.ok(
    (await checkQueries(stage.simulator)).length > 5,
    "judged twice, before what the second evaluator does not cover",
  );

  const standup = await ask(panel, "standup for Kwame");
  assert.match(standup.text, /Kwame Boateng/);
  assert.ok(standup.cards.includes("card-section"), standup.text);

  const pulse = await ask(panel, "pulse of MOB");
  assert.ok(pulse.cards.includes("card-chart"), pulse.text);
  const ready = await ask(panel, "release 6.11 ready?");
  assert.ok(ready.cards.includes("card-figures"), ready.text);
  assert.match(ready.text, /2026-12-12|Days left/);
  await stage.simulator.control("DELETE", "log"); // queries over the past: the simulator's own tests judge those
});
