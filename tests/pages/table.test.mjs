// The table of states against what the backend can say: whatever it can show has a picture, and nothing in the table is made up.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PAGES as SHIPPED } from "../tools/markup.mjs";
import { root } from "./harness.mjs";
import { everyCase, lookAt } from "./shapes.mjs";
import { PAGES, states } from "./states.mjs";

test("every card, health, error code, event, step and other case that the backend can answer is in a state", () => {
  const cases = everyCase();
  assert.ok(cases.size > 150 && cases.has("Card.issues") && cases.has("Code.offline"), "the types were not read");
  const seen = new Set(states.flatMap(({ setting }) => [...lookAt(setting).seen]));
  assert.deepEqual(
    [...cases].filter((each) => !seen.has(each)),
    [],
    "these have no picture: add a state",
  );
});

test("what the states are told is what the backend would say", () => {
  for (const { name, setting } of states) assert.deepEqual(lookAt(setting).problems, [], name);
});

test("a view that lacks a field, has a wrong one or an unknown case is found", () => {
  const told = (/** @type {any} */ value) => lookAt({ oneShot: { overview: { ok: true, value } } }).problems.length;
  const good = /** @type {any} */ (states.find(({ name }) => name === "popup-health-fresh")).setting.oneShot.overview
    .value;
  assert.equal(told(good), 0);
  assert.equal(told({ ...good, lock: "ajar" }), 1);
  assert.equal(told({ ...good, more: "3" }), 1);
  assert.equal(told({ ...good, accounts: [{ ...good.accounts[0], health: "unwell" }] }), 1);
  assert.equal(told({ ...good, status: undefined }), 1);
  assert.equal(lookAt({ oneShot: { overvieew: { ok: true, value: {} } } }).problems.length, 1);
});

test("every page is in the table, each in the states that can happen to any of them", async () => {
  const folders = await readdir(join(root, "www"), { withFileTypes: true });
  const pages = folders.filter((each) => each.isDirectory() && !["lib", "elements"].includes(each.name));
  // the popup is written down in the dashboard's file
  assert.deepEqual([...pages.map(({ name }) => name), "popup"].sort(), [...PAGES].sort());
  assert.deepEqual([...SHIPPED].sort(), [...PAGES].sort());
  const names = states.map(({ name }) => name);
  for (const page of PAGES) {
    for (const state of ["loading", "unreachable", "updated", "other-build", "no-module", "locked"])
      assert.ok(names.includes(`${page}-${state}`), `${page}-${state}`);
  }
});
