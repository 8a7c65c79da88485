/* A sign-in that goes wrong ends in one clear sentence, keeps nothing, and asks nobody twice. */
import assert from "node:assert/strict";
import { PAGES } from "./lib/browser.mjs";
import { complaint, consent, fill, overview, submit } from "./lib/person.mjs";
import { scenario } from "./lib/scenario.mjs";
import { CLIENTS } from "./lib/simulator.mjs";
import { pause } from "./lib/until.mjs";

/** @typedef {import("./lib/person.mjs").Decision} Decision */
/** @typedef {import("./lib/simulator.mjs").Simulator} Simulator */

/**
 * @typedef {object} Refusal
 * @property {Record<string, string>} [fields] what is filled in besides the simulator's own app
 * @property {(simulator: Simulator) => unknown} [before] what is turned at the server
 * @property {Decision | "none"} [decision] what the person does in the window; "none": no window comes
 * @property {string[]} codes the codes that fit
 * @property {RegExp} says what the sentence speaks of
 */

/** @type {Record<string, Refusal>} */
const REFUSALS = {
  "the person says no": { decision: "deny", codes: ["consent_denied"], says: /.../ },
  "the person closes the window": { decision: "close", codes: ["consent_closed"], says: /closed|window/i },
  "the state comes back changed": {
    before: (simulator) => simulator.settings({ tamper_state: true }),
    codes: ["sign_in_mismatch"],
    says: /.../,
  },
  "the client id is wrong": {
    fields: { client_id: "nobody" },
    // Atlassian shows an error page of its own and never sends the person back: only closing the window ends it.
    decision: "close",
    codes: ["consent_closed"],
    says: /client id|redirect|settings/i,
  },
  "the client secret is wrong": {
    fields: { client_secret: "wrong" },
    codes: ["invalid_configuration"],
    says: /secret/i,
  },
  "the code has expired": {
    before: (simulator) => simulator.settings({ code_lifetime: 0 }),
    codes: ["acquisition_failed"],
    says: /again/i,
  },
  "the person has no Jira site": {
    before: (simulator) => simulator.settings({ sites: 0 }),
    codes: ["no_site"],
    says: /site/i,
  },
  "the token endpoint is down": {
    before: (simulator) => simulator.fault({ path: "/auth/oauth/token", status: 503, times: 20 }),
    codes: ["server_failed", "acquisition_failed"],
    says: /again/i,
  },
  "the token endpoint answers a page": {
    before: (simulator) => simulator.fault({ path: "/auth/oauth/token", malformed: true, times: 20 }),
    codes: ["server_failed", "acquisition_failed"],
    says: /.../,
  },
  "the connection breaks after the code was used": {
    before: (simulator) => simulator.fault({ path: "/auth/oauth/token", drop: "after", times: 20 }),
    codes: ["offline", "acquisition_failed"],
    says: /.../,
  },
};

for (const [what, refusal] of Object.entries(REFUSALS)) {
  scenario(`first sign-in, but ${what}`, {}, async ({ simulator, browser }) => {
    await refusal.before?.(simulator);
    const fields = { ...CLIENTS.cloud, simulator: simulator.base, ...refusal.fields };
    const options = await browser.page(PAGES.options);
    await fill(options, fields);
    await submit(options);
    if (refusal.fields?.client_id) {
      const window = await browser.consentWindow(simulator.base);
      await window.waitForFunction(() => document.readyState === "complete");
      await window.close();
    } else {
      await consent(browser, simulator.base, /** @type {Decision} */ (refusal.decision ?? "accept"));
    }
    await endsWell(options, simulator, browser, refusal);
  });
}

scenario("first sign-in, but the issuer is another", {}, async ({ simulator, browser }) => {
  await simulator.settings({ wrong_issuer: true });
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.generic, issuer: `${simulator.base}/generic` });
  await submit(options);
  await consent(browser, simulator.base);
  await endsWell(options, simulator, browser, { codes: ["sign_in_mismatch"], says: /.../ });
});

scenario("first sign-in, but the host is wrong", {}, async ({ simulator, browser }) => {
  const options = await browser.page(PAGES.options);
  // Nobody listens on port 9 of the loopback interface.
  await fill(options, { ...CLIENTS.generic, issuer: "http://127.0.0.1:9/generic" });
  await submit(options);
  await endsWell(options, simulator, browser, {
    codes: ["offline", "invalid_configuration", "acquisition_failed"],
    says: /127\.0\.0\.1|connection|reach/i,
  });
});

scenario("first sign-in, but there is no connection", {}, async ({ simulator, browser }) => {
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.cloud, simulator: simulator.base });
  await simulator.stop();
  await submit(options);
  await endsWell(options, simulator, browser, { codes: ["offline", "consent_closed"], says: /connection|reach|load/i });
});

scenario("a second try after a refusal succeeds", {}, async ({ simulator, browser }) => {
  const options = await browser.page(PAGES.options);
  await fill(options, { ...CLIENTS.cloud, client_secret: "wrong", simulator: simulator.base });
  await submit(options);
  await consent(browser, simulator.base);
  await complaint(options, "#connect-error");
  await fill(options, { client_secret: CLIENTS.cloud.client_secret });
  await submit(options);
  await consent(browser, simulator.base);
  await options.waitForSelector('[data-testid="connected"]', { visible: true });
  assert.equal((await overview(options)).accounts.length, 1);
});

/**
 * One sentence, nothing kept, no window that opens by itself.
 * @param {import("puppeteer-core").Page} options
 * @param {Simulator} simulator
 * @param {import("./lib/browser.mjs").Browser} browser
 * @param {Pick<Refusal, "codes" | "says">} expected
 */
async function endsWell(options, simulator, browser, expected) {
  const { code, text } = await complaint(options, "#connect-error");
  assert.ok(expected.codes.includes(code), `${code}: ${text}`);
  assert.match(text, expected.says);
  assert.match(text, /^\p{Lu}.{15,400}[.!?]$/su, "whole sentences");
  assert.doesNotMatch(text, /undefined|null|\[object|Error:|[{}]/);
  assert.deepEqual((await overview(options)).accounts, []);
  const kept = await options.evaluate(async () => Object.keys(await chrome.storage.local.get()));
  assert.deepEqual(
    kept.filter((key) => /account|token/.test(key)),
    [],
    "nothing half-saved",
  );
  const session = await options.evaluate(async () => JSON.stringify(await chrome.storage.session.get()));
  assert.doesNotMatch(session, /verifier|simulator-secret/, "what the attempt needed is gone");
  await pause(600);
  assert.ok(!browser.hasWindow(simulator.base), "nobody is asked again by itself");
  if (simulator.running) {
    const asked = (await simulator.log()).filter(
      (entry) => entry.path.endsWith("/authorize") && entry.method === "GET",
    );
    assert.ok(asked.length <= 1, `asked for consent ${asked.length} times`);
  }
}
