/* What the simulator answers is what Atlassian's own documents allow. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Contract } from "./openapi.mjs";
import { Tape } from "./tape.mjs";
import { tour, tourOfDataCenter } from "./tour.mjs";

const contract = Contract.load();
const skip = contract ? false : "Atlassian's OpenAPI documents are not beside the repository";

/** Routes that the tour cannot see answer well, each with its reason. */
const NEVER_WELL = [/^(GET|POST) .*\/rest\/api\/3\/search$/];

/** @type {Tape} */
let tape;
before(async () => {
  if (!contract) return;
  tape = await Tape.start(contract);
  await tour(tape);
  await tourOfDataCenter(tape);
});
after(() => tape?.stop());

test("every answer fits the schema of its operation, and so does every request that is meant to", { skip }, () => {
  const told = tape.misfits.map((one) => `${one.method} ${one.path} ${one.status}\n    ${one.problems.join("\n    ")}`);
  assert.equal(told.length, 0, `${told.length} calls do not fit:\n${told.join("\n")}`);
});

test("every route of the simulator is exercised and answers well once", { skip }, () => {
  const left = tape.unheard().filter((name) => !NEVER_WELL.some((one) => one.test(name)));
  assert.deepEqual(left, []);
});

test("every route of Cloud was also heard to refuse", { skip }, () => {
  const names = tape.routes.flatMap((one) => one.methods.map((method) => `${method} ${one.path}`));
  const cloud = names.filter((name) => name.includes("/api/ex/jira/"));
  const mild = cloud.filter((name) => ![...(tape.heard.get(name) ?? [])].some((status) => status >= 400));
  assert.deepEqual(mild, []);
});
