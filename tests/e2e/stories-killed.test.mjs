/* The worker dies in the middle of a change of many issues: what became of each is found out, and nothing is done twice. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { answer, ask, testid } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { beginWriting, click, outcomeIn, planIn, press } from "./lib/stories.mjs";
import { until } from "./lib/until.mjs";

const WORDS = "The lifeboats were counted";

/** How often each issue got the comment. @param {import("./lib/evaluate.mjs").Data} data @returns {Map<string, number>} */
function counted(data) {
  const of = (/** @type {any} */ issue) =>
    issue.comments.filter((/** @type {any} */ one) => one.body.includes(WORDS)).length;
  return new Map(
    data.issues.map((each) => /** @type {[string, number]} */ ([each.key, of(each)])).filter(([, times]) => times > 0),
  );
}

/** @param {import("./lib/simulator.mjs").Simulator} simulator */
const slowly = (simulator) => simulator.fault({ path: "/api/ex/jira/", method: "POST", delay_ms: 150, times: 1000 });

scenario(
  "the worker is killed twice in the middle: the page goes on, each issue gets its comment once",
  {},
  async (stage) => {
    const { panel, evaluator, jira } = await beginWriting(stage);
    const keys = evaluator.evaluate("project = PAY AND issuetype = Bug AND statusCategory != Done").keys;
    assert.ok(keys.length > 8, "many");
    await ask(panel, "open bugs in PAY");
    await ask(panel, `comment on all of them: ${WORDS}`);
    assert.ok((await planIn(panel)).rows.length > 0);
    await slowly(stage.simulator);
    await click(panel, "confirm");
    for (const reached of [2, 5]) {
      await until(`${reached} comments are there`, async () => counted(await jira()).size >= reached, 20_000);
      await stage.browser.killWorker();
    }
    await answer(panel);
    if (await panel.$(`#conversation > :last-child ${testid("go-on")}`)) await press(panel, "go-on");
    const { message, states } = await outcomeIn(panel);
    assert.ok(states.length > 0 && states.every((state) => state === "done"), `${message} ${states}`);
    const times = counted(await jira());
    assert.deepEqual([...times.keys()].sort(), [...keys].sort(), "every issue");
    assert.ok(
      [...times.values()].every((each) => each === 1),
      "each once",
    );
  },
);

scenario("the page is closed and the worker killed in the middle: the next page takes it up", {}, async (stage) => {
  const { panel, evaluator, jira } = await beginWriting(stage);
  const keys = evaluator.evaluate("project = PAY AND issuetype = Bug AND statusCategory != Done").keys;
  await ask(panel, "open bugs in PAY");
  await ask(panel, `comment on all of them: ${WORDS}`);
  await slowly(stage.simulator);
  await click(panel, "confirm");
  await until("some comments are there", async () => counted(await jira()).size >= 3, 20_000);
  await Promise.all([stage.browser.killWorker(), panel.close()]);
  const before = counted(await jira()).size;
  assert.ok(before < keys.length, "it was in the middle");
  const again = await stage.browser.page(PAGES.panel);
  await again.waitForSelector(testid("card-outcome"), { visible: true, timeout: 15_000 });
  await press(again, "go-on");
  const { message, states } = await outcomeIn(again);
  assert.ok(states.length > 0 && states.every((state) => state === "done"), `${message} ${states}`);
  const times = counted(await jira());
  assert.deepEqual([...times.keys()].sort(), [...keys].sort(), "every issue");
  assert.ok(
    [...times.values()].every((each) => each === 1),
    "each once",
  );
});
