/*
 * Every request that the Jira client can build is one that Atlassian's own documents know. The client writes them down as
 * JSON lines: {"name","edition","api","method","path","query","headers","body","scopes"}, the path from the site's root.
 * Data Center has no such documents (its version 2 differs in people, texts and searches), so its requests are counted only.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Simulator } from "../e2e/lib/simulator.mjs";
import { ROOT } from "../tools/tree.mjs";
import { Contract } from "./openapi.mjs";
import { leadsTo } from "./tape.mjs";

/** @typedef {import("./openapi.mjs").Asked & { name: string, edition: "cloud" | "data_center" }} Written */

/** `./build.sh` has the client write it. */
const FILE = join(ROOT, "target", "requests.jsonl");
const contract = Contract.load();
const skip = contract ? false : "Atlassian's OpenAPI documents are not beside the repository";

/** @returns {Written[]} */
function requests() {
  const lines = readFileSync(FILE, "utf8").split("\n");
  return lines.flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line)]));
}

test("every request of the client fits its operation", { skip }, () => {
  const cloud = requests().filter((one) => one.edition === "cloud");
  assert.ok(cloud.length > 0, "there are requests for Cloud");
  const told = cloud.flatMap(({ body, ...one }) => {
    const asked = body === null || body === undefined ? one : { ...one, body };
    const problems = /** @type {Contract} */ (contract).ofRequest(asked);
    return problems.length ? [`${one.name}: ${one.method} ${one.path}\n    ${problems.join("\n    ")}`] : [];
  });
  assert.equal(told.length, 0, `${told.length} of ${cloud.length} requests do not fit:\n${told.join("\n")}`);
});

test("the simulator has a route for each of them", { skip }, async () => {
  const simulator = await Simulator.start({});
  try {
    /** @type {{ path: string, methods: string[] }[]} */
    const routes = await simulator.control("GET", "routes");
    const missing = requests().filter(({ edition, method, path }) => {
      const root = edition === "cloud" ? "/api/ex/jira/site" : "/dc";
      return !routes.some((one) => one.methods.includes(method) && leadsTo(one.path, `${root}${path}`));
    });
    assert.deepEqual(
      missing.map(({ edition, method, path }) => `${edition}: ${method} ${path}`),
      [],
    );
  } finally {
    await simulator.stop();
  }
});
