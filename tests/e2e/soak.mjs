/*
 * The worker is killed at random moments while tokens are renewed and questions are asked; nothing may be lost.
 * SEEDS=<how many> SEED=<the first>; each seed is printed, and runs the same again.
 */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { dice } from "./lib/dice.mjs";
import { answer, ask, connect, overview, send, type } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { pause, until } from "./lib/until.mjs";

const FIRST = Number(process.env.SEED ?? 1);
const COUNT = Number(process.env.SEEDS ?? 3);
const ROUNDS = 8;

/** What may go wrong at the token endpoint while the worker is killed. */
const FAULTS = [{}, { delay_ms: 200 }, { drop: "before" }, { drop: "after" }, { status: 503 }, { truncate: true }];

for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
  scenario(
    `seed ${seed}: ${ROUNDS} kills in the middle of refreshes and answers`,
    {},
    async ({ simulator, browser }) => {
      console.log(`seed ${seed}`);
      const roll = dice(seed);
      const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
      const [account] = (await overview(options)).accounts;
      const panel = await browser.page(PAGES.panel);
      const whole = await ask(panel, "my open issues");
      for (let round = 0; round < ROUNDS; round += 1) {
        const fault = FAULTS[roll(FAULTS.length)];
        await simulator.fault({ path: "/auth/oauth/token", ...fault });
        await simulator.fault({ path: "/api/ex/jira/", delay_ms: roll(300), times: 2 });
        const refresh = send(options, "refresh", { account: account?.id }).catch(() => null);
        const asking = roll(2) === 0;
        if (asking) await type(panel, "my open issues");
        await pause(roll(400));
        await browser.killWorker();
        await refresh;
        if (asking) {
          const again = await answer(panel);
          assert.equal(new Set(again.keys).size, again.keys.length, `round ${round}: each row once`);
          if (again.keys.length > 0) assert.deepEqual(again.keys, whole.keys, `round ${round}`);
        }
        await simulator.control("DELETE", "faults");
      }
      const fresh = await until("the account is fresh", async () => {
        const refreshed = await send(options, "refresh", { account: account?.id });
        return refreshed.ok && refreshed.value.health === "fresh" ? refreshed.value : null;
      });
      assert.equal(fresh.id, account?.id);
      const refused = (await simulator.refreshes()).filter((entry) => entry.status === 403);
      assert.deepEqual(refused, [], "no token was used that the server had already thrown away");
      assert.deepEqual((await ask(panel, "my open issues")).keys, whole.keys);
    },
  );
}
