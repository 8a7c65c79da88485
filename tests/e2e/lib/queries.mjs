/* Every query that reached the simulator is judged a second time. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { EXTENSION_ID } from "../../tools/tree.mjs";
import { Evaluator } from "./evaluate.mjs";
import { CLIENTS } from "./simulator.mjs";

/** @typedef {import("./simulator.mjs").Simulator} Simulator */

const SEARCH = /\/rest\/api\/[23]\/search(\/jql)?$/;

/**
 * Compares, for every query in the simulator's log that it accepted, the keys the simulator finds with those of the second
 * evaluator.
 * @param {Simulator} simulator
 * @returns {Promise<string[]>} the queries that were compared
 */
export async function checkQueries(simulator) {
  const log = await simulator.log();
  const accepted = log.filter(
    (entry) => SEARCH.test(entry.path) && entry.status === 200 && !("fault" in entry && entry.fault),
  );
  const queries = [...new Set(accepted.map((entry) => String(entry.parameters.jql)))];
  if (queries.length === 0) return [];
  const evaluator = new Evaluator(await simulator.control("GET", "issues"));
  const search = await searcher(simulator);
  for (const jql of queries) {
    const theirs = await search(jql);
    const ours = evaluator.evaluate(jql);
    assert.deepEqual([...theirs].sort(), [...ours.keys].sort(), `the two evaluators differ over: ${jql}`);
    assert.ok(ours.inOrder(theirs), `the simulator's order is not the one asked for: ${jql}`);
  }
  return queries;
}

/**
 * Signs in at the simulator as a program, without the extension.
 * @param {Simulator} simulator
 * @returns {Promise<(jql: string) => Promise<string[]>>} all keys of a query, in the order they came
 */
async function searcher(simulator) {
  const verifier = randomBytes(32).toString("base64url");
  const settings = await simulator.control("GET", "settings");
  await simulator.settings({
    consent: "accept",
    access_token_lifetime: 3600,
    sites: Math.max(1, settings.sites),
    tamper_state: false,
  });
  await simulator.control("DELETE", "faults");
  const redirect = `https://${EXTENSION_ID}.chromiumapp.org/oauth`;
  const authorize = new URL(`${simulator.base}/auth/authorize`);
  authorize.search = new URLSearchParams({
    audience: "api.atlassian.com",
    client_id: CLIENTS.cloud.client_id,
    scope: "read:jira-user read:jira-work read:me offline_access",
    redirect_uri: redirect,
    state: "second-evaluator",
    response_type: "code",
    prompt: "consent",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  const consent = await fetch(authorize, { redirect: "manual" });
  const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const tokens = await json(`${simulator.base}/auth/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: CLIENTS.cloud.client_id,
      client_secret: CLIENTS.cloud.client_secret,
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  const [site] = await json(`${simulator.base}/api/oauth/token/accessible-resources`, { headers });
  return async (jql) => {
    const keys = [];
    let next = "";
    do {
      const page = new URLSearchParams({
        jql,
        fields: "key",
        maxResults: "100",
        ...(next ? { nextPageToken: next } : {}),
      });
      const found = await json(`${simulator.base}/api/ex/jira/${site.id}/rest/api/3/search/jql?${page}`, { headers });
      keys.push(...found.issues.map((/** @type {any} */ issue) => issue.key));
      next = found.isLast ? "" : found.nextPageToken;
    } while (next);
    return keys;
  };
}

/** @param {string} url @param {RequestInit} options */
async function json(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
