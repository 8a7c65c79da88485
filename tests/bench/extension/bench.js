/* What is compared with its peers, in one page of one browser: everybody answers from what is cached, everybody begins a
 * sign-in. Each function answers microseconds per round, or what `bench.mjs` needs to know. */

import { JastBuilder } from "./peers/jql-ast.js";
import * as oauth from "./peers/oauth4webapi.js";
import init, { Bench, parseJql, Reading } from "./pkg/browser_contract.js";

/** The peers as their own builds for a page leave them. */
const { oidc, msal } = /** @type {any} */ (globalThis);

const HOUR = 3600;
/** As long as the tokens that the simulator gives. */
const TOKEN = "a".repeat(2500);

/** Ten conditions as people write them: lists, functions, history, quotes, a group, an order. */
const QUERY = `project = MOB AND issuetype in (Bug, "Service Request") AND status was not in ("In Progress", Done) by
  currentUser() after -4w AND assignee in (currentUser(), membersOf("jira-users")) AND created >= startOfMonth("-1")
  AND (priority > Medium OR labels not in (ux, 'tech debt')) AND "Story Points" >= 3 AND text ~ "\\"exact phrase\\" wild*"
  AND NOT fixVersion in unreleasedVersions(MOB) ORDER BY priority DESC, updated ASC`;

const module = init({ module_or_path: new URL("pkg/browser_contract_bg.wasm", import.meta.url) });
const ready = module.then(() => new Bench());

/** @param {number[]} times */
const middle = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;

/** Milliseconds. @param {() => unknown} work */
function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Microseconds for one reading of a sentence: as many at once as the clock can tell apart. @param {Reading} site @param {number} number */
function sentence(site, number) {
  let rounds = 1;
  while (timed(() => site.read(number, rounds)) < 5 && rounds < 4096) rounds *= 2;
  return middle([1, 2, 3, 4, 5].map(() => (timed(() => site.read(number, rounds)) * 1000) / rounds));
}

/** Plain words on a large site. */
async function reading() {
  const { memory } = await module;
  const site = new Reading(200, 2000, 500);
  const starts = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => {
    site.forget();
    return timed(() => site.ready());
  });
  const copies = 16;
  const before = memory.buffer.byteLength;
  const index = middle(Array.from({ length: copies }, () => timed(() => site.again())));
  const bytes = (memory.buffer.byteLength - before) / copies;
  const numbers = Array.from({ length: site.sentences() }, (_, number) => number);
  const all = numbers.map((number) => ({ time: sentence(site, number), text: site.sentence(number) }));
  const worst = all.reduce((one, other) => (other.time > one.time ? other : one));
  return { ready: middle(starts), index, bytes, median: middle(all.map(({ time }) => time)), worst, count: all.length };
}

/**
 * @param {number} rounds
 * @param {() => Promise<unknown>} run all the rounds
 */
async function each(rounds, run) {
  const start = performance.now();
  await run();
  return ((performance.now() - start) * 1000) / rounds;
}

/** @param {number} rounds @param {(round: number) => unknown} once */
const loop = (rounds, once) =>
  each(rounds, async () => {
    for (let round = 0; round < rounds; round += 1) await once(round);
  });

/** A user of oidc-client-ts with an hour to live, in its store for tests and for pages that keep nothing. */
async function oidcClient() {
  const store = new oidc.WebStorageStateStore({ store: new oidc.InMemoryWebStorage() });
  const settings = { authority: "https://server.example", client_id: "app", redirect_uri: "https://app.example/" };
  const manager = new oidc.UserManager({ ...settings, userStore: store, automaticSilentRenew: false });
  const expires_at = Math.round(Date.now() / 1000) + HOUR;
  const user = { access_token: TOKEN, token_type: "Bearer", profile: { sub: "a", iss: "b", aud: "c", exp: 1, iat: 1 } };
  await manager.storeUser(new oidc.User({ ...user, expires_at, refresh_token: "b".repeat(1500), scope: "openid" }));
  return manager;
}

/** @param {object} part of a token without a signature */
const encoded = (part) => btoa(JSON.stringify(part)).replaceAll("=", "");

/** A signed-in account of MSAL, in the store it uses unless told otherwise. Nothing is asked of the network. */
async function msalClient() {
  const authority = "https://login.microsoftonline.com/common";
  const endpoints = {
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
    jwks_uri: `${authority}/discovery/v2.0/keys`,
  };
  const host = "login.microsoftonline.com";
  const cloud = {
    tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
    metadata: [{ preferred_network: host, preferred_cache: "login.windows.net", aliases: [host, "login.windows.net"] }],
  };
  const config = {
    auth: {
      clientId: "app",
      authority,
      authorityMetadata: JSON.stringify(endpoints),
      cloudDiscoveryMetadata: JSON.stringify(cloud),
    },
  };
  const claims = {
    sub: "s",
    oid: "o",
    tid: "t",
    preferred_username: "a@example.org",
    iss: "i",
    aud: "app",
    ver: "2.0",
  };
  const now = Math.round(Date.now() / 1000);
  const id_token = `${encoded({ alg: "none" })}.${encoded({ ...claims, iat: now, exp: now + HOUR })}.`;
  const client_info = encoded({ uid: "o", utid: "t" });
  const app = new msal.PublicClientApplication(config);
  await app.initialize();
  const scopes = ["api/read"];
  const response = {
    token_type: "Bearer",
    scope: "api/read",
    expires_in: HOUR,
    access_token: TOKEN,
    id_token,
    client_info,
  };
  const refresh_token = "b".repeat(1500);
  const { account } = await msal.loadExternalTokens(
    config,
    { scopes, authority },
    { ...response, refresh_token },
    {
      expiresOn: now + HOUR,
      extendedExpiresOn: now + 2 * HOUR,
    },
  );
  return { app, request: { scopes, account } };
}

Object.assign(globalThis, {
  bench: {
    reading,
    /** @param {number} count */
    multiply: async (count) => (await ready).multiply(count),
    tokenBytes: async () => {
      const bench = await ready;
      return bench.token_bytes(await bench.newest());
    },
    /** @param {number} rounds */
    cached: async (rounds) => {
      const bench = await ready;
      const account = await bench.newest();
      if ((await bench.cached(account, 1)) < 10) throw new Error("there is no token");
      return each(rounds, () => bench.cached(account, rounds));
    },
    /** @param {number} rounds */
    oidcCached: async (rounds) => {
      const manager = await oidcClient();
      if ((await manager.getUser())?.access_token !== TOKEN) throw new Error("oidc-client-ts has no user");
      return loop(rounds, () => manager.getUser());
    },
    /** @param {number} rounds */
    msalCached: async (rounds) => {
      const { app, request } = await msalClient();
      const found = await app.acquireTokenSilent(request);
      if (found.accessToken !== TOKEN || !found.fromCache) throw new Error("MSAL has no token in its cache");
      return loop(rounds, () => app.acquireTokenSilent(request));
    },
    /** @param {number} rounds */
    authorize: async (rounds) => {
      const bench = await ready;
      const account = await bench.newest();
      return each(rounds, () => bench.authorize(account, rounds));
    },
    /** @param {number} rounds */
    parse: async (rounds) => {
      await ready;
      return each(rounds, async () => {
        if (parseJql(QUERY, rounds) === 0) throw new Error("our own parser refuses the query");
      });
    },
    /** @param {number} rounds */
    atlassianParse: (rounds) =>
      loop(rounds, () => {
        const { query, errors } = new JastBuilder().build(QUERY);
        if (errors.length > 0 || !query?.where) throw new Error("Atlassian's parser refuses the query");
      }),
    /** As its own examples do it. @param {number} rounds */
    oauthAuthorize: (rounds) =>
      loop(rounds, async () => {
        const verifier = oauth.generateRandomCodeVerifier();
        const url = new URL("https://auth.atlassian.com/authorize");
        url.searchParams.set("client_id", "simulator-app");
        url.searchParams.set("redirect_uri", "https://eddjajdlncgkhefpahlmbnajipeodcfn.chromiumapp.org/oauth");
        url.searchParams.set("response_type", "code");
        url.searchParams.set("scope", "read:jira-work read:jira-user read:me offline_access");
        url.searchParams.set("code_challenge", await oauth.calculatePKCECodeChallenge(verifier));
        url.searchParams.set("code_challenge_method", "S256");
        url.searchParams.set("state", oauth.generateRandomState());
        url.searchParams.set("audience", "api.atlassian.com");
        url.searchParams.set("prompt", "consent");
        return url.href;
      }),
  },
});
