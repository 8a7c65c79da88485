/* The worker dies, the module traps: nobody notices but for a moment (CHECKLISTS D44 and CHECKLISTS D51). */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { answer, ask, connect, overview, send, testid, type } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";

/** @param {import("./lib/simulator.mjs").Simulator} simulator @param {number} delay milliseconds before the next search is answered */
const slowSearch = (simulator, delay) => simulator.fault({ path: "/api/ex/jira/", delay_ms: delay, times: 3 });

/** @param {string[]} keys */
const once = (keys) => assert.equal(new Set(keys).size, keys.length, "each row once");

scenario("after a trap the next request is answered right", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const before = await overview(options);
  for (let round = 0; round < 3; round += 1) {
    const trapped = await send(options, "debug_trap");
    assert.equal(trapped.ok, false);
    assert.equal(!trapped.ok && trapped.error.code, "internal");
    const after = await overview(options);
    assert.deepEqual(after.accounts, before.accounts);
  }
});

scenario(
  "a trap in the middle of an answer: the answer still comes, each row once",
  {},
  async ({ simulator, browser }) => {
    await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    const panel = await browser.page(PAGES.panel);
    const whole = await ask(panel, "my open issues");
    await slowSearch(simulator, 800);
    await type(panel, "my open issues");
    await panel.waitForSelector(testid("working"));
    await send(panel, "debug_trap");
    const again = await answer(panel);
    assert.deepEqual(again.keys, whole.keys);
    once(again.keys);
  },
);

scenario(
  "the worker is killed in the middle of an answer: the page takes it up again",
  {},
  async ({ simulator, browser }) => {
    await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
    const panel = await browser.page(PAGES.panel);
    const whole = await ask(panel, "my open issues");
    assert.ok(whole.keys.length > 1);
    for (const delay of [0, 300, 900]) {
      await slowSearch(simulator, 700);
      await type(panel, "my open issues");
      await panel.waitForSelector(testid("working"));
      await new Promise((resolve) => setTimeout(resolve, delay));
      await browser.killWorker();
      const again = await answer(panel);
      assert.deepEqual(again.keys, whole.keys, `killed after ${delay} ms: ${again.text}`);
      once(again.keys);
      await simulator.control("DELETE", "faults");
    }
  },
);

scenario("the worker is killed during a refresh: the token is not lost", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const [account] = (await overview(options)).accounts;
  for (const delay of [50, 250, 450]) {
    await simulator.fault({ path: "/auth/oauth/token", delay_ms: 300 });
    const asked = send(options, "refresh", { account: account?.id }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await browser.killWorker();
    await asked;
    await simulator.control("DELETE", "faults");
    const answer = await send(options, "refresh", { account: account?.id });
    assert.ok(answer.ok && answer.value.health === "fresh", `killed after ${delay} ms: ${JSON.stringify(answer)}`);
  }
});

scenario("an open page hears of changes also after the worker was killed", {}, async ({ simulator, browser }) => {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const popup = await browser.page(PAGES.popup);
  await popup.waitForSelector(testid("account-card"), { visible: true });
  await browser.killWorker();
  const [account] = (await overview(options)).accounts;
  await send(options, "sign_out", { account: account?.id });
  await popup.waitForSelector(testid("empty-state"), { visible: true, timeout: 10_000 });
});
