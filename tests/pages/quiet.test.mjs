// What runs by itself is not read aloud each second: only where a threshold is passed. With a clock that the test moves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as f from "./fixtures.mjs";
import { launch, open, serve } from "./harness.mjs";
import { states } from "./states.mjs";
import { settled, skip } from "./visit.mjs";

/** @type {{ server: Awaited<ReturnType<typeof serve>>, browser: import("puppeteer-core").Browser }} */
let world;
before(async () => {
  if (!skip) world = { server: await serve(), browser: await launch() };
});
after(async () => {
  await world?.browser.close();
  await world?.server.close();
});

/** Runs in the page: passes so many seconds, one by one, and tells what was read aloud meanwhile. @param {number} seconds */
function pass(seconds) {
  const spoken = "[role=alert], [role=status], [role=log], [aria-live]";
  const said = () => {
    const regions = [...document.querySelectorAll(spoken)].filter(
      (region) => region.getAttribute("aria-live") !== "off" && region.checkVisibility(),
    );
    return regions.map((region) => {
      const copy = /** @type {Element} */ (region.cloneNode(true));
      for (const silent of copy.querySelectorAll("[aria-live=off], [aria-hidden=true]")) silent.remove();
      return copy.textContent ?? "";
    });
  };
  const heard = [];
  let last = said();
  for (let second = 0; second < seconds; second += 1) {
    /** @type {any} */ (window).__tick(1_000);
    const now = said();
    now.forEach((text, index) => text !== last[index] && text !== "" && heard.push(text));
    last = now;
  }
  return heard;
}

/** @param {import("./states.mjs").State} state @param {number} seconds */
async function heardIn({ page: which, setting, act }, seconds) {
  const { page, close } = await open(world.browser, world.server.origin, which, { ...setting, clock: true });
  await act?.(page);
  await settled();
  const heard = await page.evaluate(pass, seconds);
  await close();
  return heard;
}

test("of a token's last hour, ten, five and one minute before its end are read aloud, and the end", {
  skip,
}, async () => {
  const account = f.account({ expires_at: Date.now() + 50 * 60_000, next_refresh_at: null, can_refresh: false });
  const state = {
    name: "",
    page: /** @type {const} */ ("popup"),
    setting: { oneShot: { overview: f.ok(f.overview([account])) } },
  };
  const heard = await heardIn(state, 3_600);
  assert.deepEqual(
    heard.map((each) => each.match(/\d+ minutes?|expired/u)?.[0]),
    ["10 minutes", "5 minutes", "1 minute", "expired"],
    heard.join("\n"),
  );
});

for (const state of states.filter(({ name }) =>
  /rate_limited|refresh_failed|paused|changing|retrying|five$|pushed|running/u.test(name),
)) {
  test(`${state.name} is quiet for ten minutes but for what passes a threshold`, { skip }, async () => {
    const heard = await heardIn(state, 600);
    assert.ok(heard.length <= 6, heard.slice(0, 20).join("\n"));
  });
}
