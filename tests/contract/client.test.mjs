/*
 * Every request that the Jira client can build is one that Atlassian's own documents know. The client writes them down as
 * JSON lines: {"name","edition","api","method","path","query","headers","body"}, the path from the site's root.
 * Data Center has no such documents (its version 2 differs in people, texts and searches), so its requests are counted only.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Contract } from "./openapi.mjs";

const FILE = join(dirname(fileURLToPath(import.meta.url)), "requests.jsonl");
const contract = Contract.load();
const skip = contract
  ? existsSync(FILE) || process.env.REQUESTS
    ? false
    : "the client has not written its requests down"
  : "Atlassian's OpenAPI documents are not beside the repository";

test("every request of the client fits its operation", { skip }, () => {
  const text = readFileSync(process.env.REQUESTS ?? FILE, "utf8");
  /** @type {(import("./openapi.mjs").Asked & { name: string, edition: "cloud" | "data_center" })[]} */
  const all = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line)]));
  const cloud = all.filter((one) => one.edition === "cloud");
  assert.ok(cloud.length > 0, "there are requests for Cloud");
  const told = cloud.flatMap(({ body, ...one }) => {
    const asked = body === null || body === undefined ? one : { ...one, body };
    const problems = /** @type {Contract} */ (contract).ofRequest(asked);
    return problems.length ? [`${one.name}: ${one.method} ${one.path}\n    ${problems.join("\n    ")}`] : [];
  });
  assert.equal(told.length, 0, `${told.length} of ${cloud.length} requests do not fit:\n${told.join("\n")}`);
});
