/* The changes people make most: planned, confirmed by a click, looked up in Jira, and taken back. */
import assert from "node:assert/strict";
import { ask, call, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { beginWriting, change, idOf, issueOf, outcomeIn, planIn, press, takeBack } from "./lib/stories.mjs";

/** @typedef {import("./lib/evaluate.mjs").Data} Data */

/** An issue to change. @param {Data} data @param {(issue: any) => boolean} fits @returns {any} */
function bug(data, fits) {
  const found = data.issues.find((each) => each.project === "MOB" && each.type === "Bug" && fits(each));
  assert.ok(found, "the sample has such an issue");
  return found;
}

/** Nora leads no project, and only leads may delete. @param {import("./lib/scenario.mjs").Stage} stage */
const mayDelete = ({ simulator }) => simulator.settings({ granted_permissions: ["DELETE_ISSUES"] });

scenario("an issue is created, and that is taken back", {}, async (stage) => {
  const { panel, data, jira } = await beginWriting(stage);
  await mayDelete(stage);
  await ask(panel, 'create a bug in MOB: "The gangway closes too early"');
  const { rows } = await planIn(panel);
  assert.match(rows.map((row) => row.text).join(), /The gangway closes too early/);
  assert.equal((await jira()).issues.length, data.issues.length, "nothing is made before the click");
  await press(panel, "confirm");
  assert.deepEqual((await outcomeIn(panel)).states, ["done"]);
  const made = (await jira()).issues.filter((each) => each.summary === "The gangway closes too early");
  assert.deepEqual(
    made.map(({ project, type }) => [project, type]),
    [["MOB", "Bug"]],
  );
  await press(panel, "undo");
  await planIn(panel);
  await press(panel, "confirm");
  if (await panel.$(testid("confirm-twice"))) await press(panel, "confirm-twice");
  assert.deepEqual((await outcomeIn(panel)).states, ["done"]);
  assert.equal((await jira()).issues.length, data.issues.length);
});

scenario(
  "one issue: a comment, a status, an assignee, a due date, work, and undo of one of them",
  {},
  async (stage) => {
    const { panel, data, jira } = await beginWriting(stage);
    const { key, comments, worklogs, status } = bug(
      data,
      ({ status: at, assignee }) => at === "In Review" && assignee !== data.site.currentUser,
    );
    const now = async () => issueOf(await jira(), key);

    await change(panel, `comment on ${key}: Seen on **two** ferries`);
    const said = (await now()).comments;
    assert.equal(said.length, comments.length + 1);
    assert.match(said.at(-1).body, /Seen on .*two.* ferries/);

    await change(panel, `move ${key} to In Progress`, ({ rows }) => assert.match(rows[0]?.text ?? "", /In Progress/));
    assert.equal((await now()).status, "In Progress");
    await takeBack(panel, "the move");
    assert.equal((await now()).status, status, "back where it was");

    await change(panel, `assign ${key} to me`);
    assert.equal((await now()).assignee, data.site.currentUser);
    await change(panel, `assign ${key} to Aino`);
    assert.equal((await now()).assignee, idOf(data, "Aino Laine"));

    await change(panel, `set due date of ${key} to 2026-12-24`);
    assert.equal((await now()).due, "2026-12-24");
    await change(panel, `log 2h on ${key}`);
    const worked = (await now()).worklogs;
    assert.equal(worked.length, worklogs.length + 1);
    assert.equal(worked.at(-1).timeSpentSeconds, 7200);

    await ask(panel, "undo that");
    await planIn(panel);
    await press(panel, "confirm");
    assert.equal((await now()).worklogs.length, worklogs.length, "what was done last is taken back");
    assert.equal((await now()).due, "2026-12-24", "and nothing else");
  },
);

scenario("a label on all that a search found, and all of it taken back", {}, async (stage) => {
  const { panel, evaluator, jira } = await beginWriting(stage);
  const jql = "project = MOB AND issuetype = Bug AND statusCategory != Done";
  const keys = evaluator.evaluate(jql).keys;
  assert.ok(keys.length > 10, "many");
  const labelled = async () => (await jira()).issues.filter((each) => each.labels.includes("before-winter"));
  await ask(panel, "open bugs in MOB");
  await change(panel, "add label before-winter to all of them");
  assert.deepEqual((await labelled()).map((each) => each.key).sort(), [...keys].sort());
  await takeBack(panel, "the labels");
  assert.deepEqual(await labelled(), []);
});

scenario("what is deleted is asked about twice", {}, async (stage) => {
  const { panel, data, jira } = await beginWriting(stage);
  const { key } = bug(data, (each) => each.status === "Backlog");
  await mayDelete(stage);
  await ask(panel, `delete ${key}`);
  await planIn(panel);
  await press(panel, "confirm");
  assert.ok(issueOf(await jira(), key), "one click deletes nothing");
  await press(panel, "confirm-twice");
  assert.deepEqual((await outcomeIn(panel)).states, ["done"]);
  assert.equal(issueOf(await jira(), key), undefined);
});

scenario("read only: changes are refused, questions are answered", {}, async (stage) => {
  const { panel, options, data } = await beginWriting(stage);
  const { key } = bug(data, (each) => each.status === "Backlog");
  await call(options, "change_settings", { change: { read_only: true } });
  await stage.simulator.control("DELETE", "log");
  const refused = await ask(panel, `comment on ${key}: hello`);
  assert.equal(await panel.$(`#conversation > :last-child ${testid("confirm")}`), null, refused.text);
  assert.match(refused.text, /reading only/i);
  const found = await ask(panel, "my open issues");
  assert.ok(found.keys.length > 0, found.text);
  const log = await stage.simulator.log();
  assert.ok(
    log.every((entry) => !/\/(comment|assignee|transitions|worklog)$/.test(entry.path) || entry.method === "GET"),
  );
});
