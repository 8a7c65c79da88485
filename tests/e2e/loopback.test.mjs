/* Plain http is for the loopback interface, in demo and test builds, and for nothing else. */
import assert from "node:assert/strict";
import { PLACES } from "../tools/tree.mjs";
import { PAGES } from "./lib/browser.mjs";
import { call, EMPTY_FORM, fill, overview, submit } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { pause } from "./lib/until.mjs";

scenario(
  "the ordinary build refuses plain http, also to the loopback interface",
  { browser: { folders: [PLACES.development] } },
  async ({ simulator, browser }) => {
    const options = await browser.page(PAGES.options);
    assert.equal((await overview(options)).loopback, false);
    const forms = [
      { ...EMPTY_FORM, client_id: "generic-app", issuer: `${simulator.base}/generic` },
      {
        ...EMPTY_FORM,
        provider: /** @type {const} */ ("jira_data_center"),
        client_id: "dc-app",
        base_url: `${simulator.base}/dc`,
      },
      {
        ...EMPTY_FORM,
        provider: /** @type {const} */ ("jira_cloud"),
        client: /** @type {const} */ ("broker"),
        broker_url: `${simulator.base}/broker`,
      },
    ];
    for (const form of forms) {
      const { problems } = await call(options, "check_form", { form });
      assert.ok(
        problems.some((problem) => /https/.test(problem.message)),
        JSON.stringify(problems),
      );
    }
    await options.waitForFunction(() => document.body.dataset.state === "ready");
    const fields = await options.$$eval(
      '#connect-form [name="simulator"]',
      (found) => found.filter((each) => each.checkVisibility()).length,
    );
    assert.equal(fields, 0, "no field for a simulator");
    await fill(options, {
      provider: "other",
      client: "public",
      client_id: "generic-app",
      issuer: `${simulator.base}/generic`,
    });
    await submit(options);
    await pause(1000);
    assert.ok(!(await simulator.log()).some((entry) => entry.path.startsWith("/generic")), "not a single request");
    const fetched = await options.evaluate(
      (base) =>
        fetch(`${base}/_control/clock`).then(
          () => "allowed",
          () => "blocked",
        ),
      simulator.base,
    );
    assert.equal(fetched, "blocked", "the page policy alone would stop it too");
  },
);

scenario("the test build accepts plain http for the loopback interface only", {}, async ({ browser }) => {
  const options = await browser.page(PAGES.options);
  assert.equal((await overview(options)).loopback, true);
  for (const issuer of [
    "http://jira.example.com/generic",
    "http://127.0.0.1.example.com/",
    "http://127.0.0.1@example.com/",
  ]) {
    const { problems } = await call(options, "check_form", {
      form: { ...EMPTY_FORM, client_id: "generic-app", issuer },
    });
    assert.ok(
      problems.some((problem) => problem.field === "issuer"),
      issuer,
    );
  }
  const local = { ...EMPTY_FORM, client_id: "generic-app", issuer: "http://127.0.0.1:1234/generic" };
  assert.deepEqual((await call(options, "check_form", { form: local })).problems, []);
});

scenario(
  "the ordinary build has no way to make the module trap",
  { browser: { folders: [PLACES.development] } },
  async ({ browser }) => {
    const options = await browser.page(PAGES.options);
    const answer = await options.evaluate(() => chrome.runtime.sendMessage({ command: "debug_trap", args: {} }));
    assert.equal(answer.ok, false);
    assert.equal(answer.error.code, "forbidden");
  },
);
