// What the pages do when a person uses them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  account,
  CARDS,
  ERRORS,
  FIVE,
  failed,
  formChecks,
  HEALTHS,
  HOSTILE,
  ISSUES,
  OPTIONS,
  ok,
  overview,
  play,
  UNDERSTOOD,
} from "./fixtures.mjs";
import { browserPath, launch, open, serve, settled } from "./harness.mjs";
import { ask } from "./states.mjs";

const skip = browserPath() ? false : "no Chromium here; set BROWSER to its path";
/** @type {{ server: Awaited<ReturnType<typeof serve>>, browser: import("puppeteer-core").Browser }} */
let world;
before(async () => {
  if (!skip) world = { server: await serve(), browser: await launch() };
});
after(async () => {
  await world?.browser.close();
  await world?.server.close();
});

/** @param {"popup" | "panel" | "options" | "dashboard"} name @param {import("./harness.mjs").Setting} setting */
const visit = (name, setting) => open(world.browser, world.server.origin, name, setting);
const text = (page, id) => page.$eval(`[data-testid=${id}]`, (element) => element.innerText);
const all = (page, id) =>
  page.$$eval(`[data-testid=${id}]`, (elements) => elements.map((element) => element.innerText));
const hidden = (page, id) => page.$eval(`[data-testid=${id}]`, (element) => !element.checkVisibility());
const one = { overview: ok(overview([account()])) };
const sent = async (calls, command) =>
  (await calls()).filter(([, message]) => message?.command === command).map(([, message]) => message.args);

test("the popup says health, countdown, last and next refresh in words", { skip }, async () => {
  const { page, close } = await visit("popup", { oneShot: one });
  assert.equal(await text(page, "health"), "Fresh");
  assert.match(await text(page, "countdown"), /^Expires in 48 min$/u);
  assert.match(await text(page, "last-refresh"), /12 minutes ago/u);
  assert.match(await text(page, "next-refresh"), /in 43 minutes/u);
  await close();
});

test("the countdown runs, and is read aloud at thresholds only", { skip }, async () => {
  const soon = account({ health: "expiring", expires_at: Date.now() + 62_500 });
  const { page, close } = await visit("popup", { oneShot: { overview: ok(overview([soon])) } });
  const spoken = () => page.$eval("toast-region [role=status]", (element) => element.textContent);
  assert.equal(await spoken(), "");
  await page.waitForFunction(() => document.querySelector("[data-testid=countdown]")?.textContent?.includes("sec"), {
    timeout: 6_000,
  });
  assert.match(await spoken(), /Maria Lindqvist: Expires in (1 minute|59 seconds|60 seconds)/u);
  await close();
});

test("refresh shows that it works, then what came of it", { skip }, async () => {
  const fresh = account({ expires_at: Date.now() + 60 * 60_000 + 55_000, last_refresh_at: Date.now() });
  const { page, calls, close } = await visit("popup", { oneShot: { ...one, refresh: "never" } });
  await page.click("[data-testid=refresh]");
  assert.equal(await text(page, "health"), "Refreshing");
  await page.click("[data-testid=refresh]");
  assert.deepEqual(await sent(calls, "refresh"), [{ account: "a1" }], "a second click must not ask twice");
  await close();
  const second = await visit("popup", { oneShot: { ...one, refresh: ok(fresh) } });
  await second.page.click("[data-testid=refresh]");
  await settled();
  assert.match(await text(second.page, "countdown"), /1 hr|60 min/u);
  assert.equal(await text(second.page, "toast"), "Token refreshed");
  await second.close();
});

test("a failed refresh is said in one sentence with its way out", { skip }, async () => {
  const { page, close } = await visit("popup", { oneShot: { ...one, refresh: { ok: false, error: ERRORS.offline } } });
  await page.click("[data-testid=refresh]");
  await settled();
  assert.equal(await page.$eval("[data-testid=error]", (element) => element.dataset.code), "offline");
  assert.match(await text(page, "error"), /No connection to Jira/u);
  await page.evaluate((answer) => /** @type {any} */ (window).__answer("refresh", answer), ok(account()));
  await page.click("[data-testid=error-action]");
  await settled();
  assert.equal(await page.$("[data-testid=error]"), null);
  await close();
});

test("signing out asks once, says what happens, and tells what is left to do", { skip }, async () => {
  const { page, calls, close } = await visit("popup", {
    oneShot: { ...one, sign_out: ok({ revoked: false, manage_url: "https://id.example.com/apps" }) },
  });
  await page.click("[data-testid=sign-out]");
  assert.deepEqual(await sent(calls, "sign_out"), []);
  assert.match(await page.$eval("#sign-out-ask", (element) => element.innerText), /deleted from this browser/u);
  await page.click("[data-testid=sign-out-cancel]");
  assert.ok(await hidden(page, "sign-out-confirm"));
  await page.click("[data-testid=sign-out]");
  await page.evaluate((answer) => /** @type {any} */ (window).__answer("overview", answer), ok(overview([])));
  await page.keyboard.press("Enter");
  await settled();
  assert.deepEqual(await sent(calls, "sign_out"), [{ account: "a1" }]);
  assert.ok(await hidden(page, "account-card"));
  assert.match(await text(page, "signed-out"), /did not confirm/u);
  assert.equal(await page.$eval("[data-testid=signed-out] a", (link) => link.href), "https://id.example.com/apps");
  await close();
});

test("signing out does not wait for a refresh that goes on, and neither is done twice", { skip }, async () => {
  const { page, calls, close } = await visit("popup", {
    oneShot: { ...one, refresh: "never", sign_out: ok({ revoked: true, manage_url: null }) },
  });
  await page.click("[data-testid=refresh]");
  await page.click("[data-testid=refresh]");
  await page.click("[data-testid=sign-out]");
  await page.evaluate((answer) => /** @type {any} */ (window).__answer("overview", answer), ok(overview([])));
  await page.click("[data-testid=sign-out-confirm]");
  await settled();
  assert.equal((await sent(calls, "refresh")).length, 1);
  assert.deepEqual(await sent(calls, "sign_out"), [{ account: "a1" }]);
  assert.match(await text(page, "signed-out"), /is signed out/u);
  await close();
});

test("the chat opens inside the click, for the account it was asked from, and the popup closes", { skip }, async () => {
  const { page, calls, close } = await visit("popup", { oneShot: one });
  const gesture = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = chrome.sidePanel.open;
        chrome.sidePanel.open = (options) => {
          resolve(navigator.userActivation.isActive && new Error().stack?.includes("click") !== undefined);
          return open(options);
        };
        setTimeout(() => /** @type {HTMLElement} */ (document.querySelector("[data-testid=open-chat]")).click());
      }),
  );
  assert.notEqual(gesture, undefined);
  await settled();
  const made = await calls();
  assert.deepEqual(
    made.find(([name]) => name === "sidePanel.open"),
    ["sidePanel.open", { windowId: 7 }],
  );
  assert.ok(made.some(([name]) => name === "close"));
  assert.equal(await page.evaluate(() => localStorage.getItem("chat.account")), "a1");
  await close();
});

test("a pushed overview is shown without losing what the person is doing", { skip }, async () => {
  const { page, close } = await visit("popup", { oneShot: one });
  await page.click("[data-testid=sign-out]");
  await page.evaluate(
    (view) => /** @type {any} */ (window).__push(view),
    overview([account({ name: "Maria L." }), account({ id: "a2" })]),
  );
  await settled();
  assert.equal((await page.$$("[data-testid=account-row]")).length, 2);
  assert.equal(await page.$eval("#account-name", (element) => element.textContent), "Maria L.");
  assert.equal(
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).dataset.testid),
    "sign-out-confirm",
  );
  await close();
});

test("signing in again goes through the worker", { skip }, async () => {
  const { page, calls, close } = await visit("popup", {
    oneShot: { overview: ok(overview([HEALTHS.reauth_required])) },
    streams: { reconnect: [{ progress: { step: "consent" } }, { done: account() }] },
  });
  assert.ok(await hidden(page, "open-chat"));
  await page.click("[data-testid=sign-in]");
  await settled();
  assert.deepEqual(await sent(calls, "reconnect"), [{ account: "a1" }]);
  assert.equal(await text(page, "health"), "Fresh");
  await close();
});

test("with the worker unreachable the popup says so, and tries again on a click", { skip }, async () => {
  const { page, close } = await visit("popup", { oneShot: { overview: null } });
  assert.match(await text(page, "error"), /not answering/u);
  await page.evaluate((answer) => /** @type {any} */ (window).__answer("overview", answer), one.overview);
  await page.click("[data-testid=error-action]");
  await settled();
  assert.equal(await text(page, "health"), "Fresh");
  assert.equal(await page.$("[data-testid=error]"), null);
  await close();
});

test("a backend that cannot run says why in the popup", { skip }, async () => {
  const { page, close } = await visit("popup", {
    oneShot: { overview: failed("internal", "This browser does not run WebAssembly.") },
  });
  assert.match(await text(page, "error"), /WebAssembly/u);
  await close();
});

test("an unconnected popup leads to the connect form", { skip }, async () => {
  const { page, calls, close } = await visit("popup", { oneShot: { overview: ok(overview([])) } });
  await page.click("[data-testid=connect]");
  await settled();
  assert.match((await calls()).find(([name]) => name === "tabs.create")[1].url, /options\.html#connect$/u);
  await close();
});

test("the panel streams issues into one list, shows the JQL and asks for more", { skip }, async () => {
  const { page, calls, close } = await visit("panel", {
    oneShot: one,
    streams: {
      ask: play(CARDS.issues, "page-2"),
      more: [{ seq: 1, item: { kind: "issues", issues: [ISSUES[0]] } }, { done: { more: null } }],
    },
  });
  await ask(page);
  assert.equal(await text(page, "jql"), UNDERSTOOD.jql);
  assert.equal((await page.$$("[data-testid=card-issues]")).length, 1);
  assert.equal((await page.$$("[data-testid=issue-row]")).length, 4);
  assert.deepEqual(await page.$eval("[data-testid=issue-row] a", (link) => [link.href, link.target, link.rel]), [
    ISSUES[0].url,
    "_blank",
    "noopener noreferrer",
  ]);
  await page.click("[data-testid=show-more]");
  await settled();
  assert.equal((await page.$$("[data-testid=issue-row]")).length, 5);
  assert.equal(await page.$("[data-testid=show-more]"), null);
  assert.deepEqual(await sent(calls, "more"), [{ account: "a1", more: "page-2" }]);
  await close();
});

test("all that follows is shown page by page, and what was stopped can be gone on with", { skip }, async () => {
  const row = (/** @type {number} */ seq) => ({ seq, item: { kind: "issues", issues: [ISSUES[0]] } });
  const { page, calls, close } = await visit("panel", {
    oneShot: one,
    streams: {
      ask: play(CARDS.issues, "page-2"),
      more: [
        row(1),
        { progress: { kind: "reached", more: "page-3" } },
        row(2),
        { progress: { kind: "reached", more: "page-4" } },
      ],
    },
  });
  await ask(page);
  await page.click("[data-testid=show-rest]");
  await settled();
  assert.deepEqual(await sent(calls, "more"), [{ account: "a1", more: "page-2", all: true }]);
  assert.equal((await page.$$("[data-testid=issue-row]")).length, 6, "each page shows as it comes");
  assert.equal(await text(page, "working"), "Asking Jira…");
  await page.click("#stop");
  await settled();
  assert.equal(await text(page, "stopped"), "Stopped");
  await page.click("[data-testid=show-more]");
  await settled();
  assert.deepEqual((await sent(calls, "more")).at(-1), { account: "a1", more: "page-4" });
  await close();
});

test("a list that broke off goes on where it broke off", { skip }, async () => {
  const refused = { code: "offline", message: "No connection to Jira.", action: { kind: "retry", at: null } };
  const { page, calls, close } = await visit("panel", {
    oneShot: one,
    streams: {
      ask: play(CARDS.issues, "page-2"),
      more: [
        { seq: 1, item: { kind: "issues", issues: [ISSUES[0]] } },
        { progress: { kind: "reached", more: "page-3" } },
        { error: refused },
      ],
    },
  });
  await ask(page);
  await page.click("[data-testid=show-rest]");
  await settled();
  await page.click("[data-testid=error-action]");
  await settled();
  assert.deepEqual((await sent(calls, "more")).at(-1), { account: "a1", more: "page-3", all: true });
  await close();
});

/** What the backend keeps ready for the first paint. @param {any} value @param {{ until?: number, page?: string }} [terms] */
const prepared =
  (value, { until = Date.now() + 60_000, page = "popup" } = {}) =>
  (/** @type {string} */ origin) => ({
    prepared: JSON.stringify({ until, pages: [`${origin}/www/${page}/${page}.html`], answer: ok(value) }),
  });

test("what was prepared is shown while the worker starts, and replaced by what it answers", { skip }, async () => {
  const session = prepared(overview([account({ name: "Ana" })]));
  const waiting = await visit("popup", { oneShot: { ...one, overview: "never" }, session });
  await waiting.page.waitForSelector("[data-testid=account-card]", { visible: true });
  assert.match(await text(waiting.page, "account-card"), /Ana/u);
  assert.equal((await sent(waiting.calls, "overview")).length, 1);
  await waiting.close();
  const answered = await visit("popup", {
    oneShot: { ...one, overview: ok(overview([account({ name: "Bo" })])) },
    session,
  });
  await settled();
  assert.match(await text(answered.page, "account-card"), /Bo/u);
  assert.doesNotMatch(await text(answered.page, "account-card"), /Ana/u);
  await answered.close();
});

test("nothing prepared is shown that may not hold, is another page's, or is locked", { skip }, async () => {
  const view = overview([account({ name: "Ana" })]);
  for (const session of [
    prepared(view, { until: Date.now() - 1 }),
    prepared(view, { page: "options" }),
    prepared({ ...view, lock: "locked" }),
  ]) {
    const { page, close } = await visit("popup", { oneShot: { ...one, overview: "never" }, session });
    await settled();
    assert.equal(await page.evaluate(() => document.body.dataset.state), "loading");
    await close();
  }
});

test("a pause that Jira asks for is counted down", { skip }, async () => {
  const { page, close } = await visit("panel", {
    oneShot: one,
    streams: { ask: [{ progress: { kind: "paused", until: Date.now() + 49_500 } }] },
  });
  await ask(page);
  assert.match(await text(page, "working"), /^Jira asks for a pause\. Going on in (?:[1-4]\d|50) sec…$/u);
  await close();
});

test("only the conversation scrolls: who is signed in and the composer stay in sight", { skip }, async () => {
  const { page, close } = await visit("panel", {
    width: 320,
    height: 640,
    oneShot: one,
    streams: { ask: play(CARDS.issue) },
  });
  for (let turn = 0; turn < 3; turn += 1) await ask(page);
  await settled();
  assert.deepEqual(
    await page.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.scrollTop]),
    [640, 0],
  );
  await close();
});

test("words that were not understood are shown", { skip }, async () => {
  const { page, close } = await visit("panel", { oneShot: one, streams: { ask: play(CARDS.ignored) } });
  await ask(page);
  assert.match(await text(page, "ignored"), /sparkly.*yesterdayish/su);
  await close();
});

test("Enter sends, Shift+Enter breaks the line, ArrowUp brings the question back", { skip }, async () => {
  const { page, calls, close } = await visit("panel", { oneShot: one, streams: { ask: [{ done: { more: null } }] } });
  await page.type("[data-testid=composer]", "first");
  await page.keyboard.down("Shift");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Shift");
  await page.keyboard.type("second");
  await page.keyboard.press("Enter");
  await settled();
  const [{ conversation, ...asked }] = await sent(calls, "ask");
  assert.deepEqual(asked, { account: "a1", text: "first\nsecond" });
  assert.match(conversation, /^[0-9a-f-]{36}$/u);
  await ask(page, "third");
  const value = () => page.$eval("[data-testid=composer]", (field) => field.value);
  await page.keyboard.press("ArrowUp");
  assert.equal(await value(), "third");
  await page.keyboard.press("ArrowUp");
  assert.equal(await value(), "first\nsecond");
  await close();
});

test("Stop cancels in the worker and keeps what came", { skip }, async () => {
  const { page, calls, close } = await visit("panel", {
    oneShot: one,
    streams: { ask: [{ seq: 1, item: UNDERSTOOD }] },
  });
  await ask(page);
  await page.click("[data-testid=stop]");
  await settled();
  assert.ok((await calls()).some(([name, message]) => name === "post" && message.cancel === true));
  assert.equal(await text(page, "stopped"), "Stopped");
  assert.equal(await text(page, "jql"), UNDERSTOOD.jql);
  assert.ok(!(await hidden(page, "send")));
  await close();
});

test("an example is asked when clicked", { skip }, async () => {
  const { page, calls, close } = await visit("panel", { oneShot: one, streams: { ask: play(CARDS.notice) } });
  await page.click("[data-testid=welcome] [data-testid=example]");
  await settled();
  await page.click("[data-testid=card-notice] [data-testid=example]:not(.none)");
  await settled();
  assert.deepEqual(
    (await sent(calls, "ask")).map((args) => args.text),
    ["my open issues", "my open issues"],
  );
  await close();
});

test("an error in the chat is a card whose button asks again", { skip }, async () => {
  const { page, calls, close } = await visit("panel", { oneShot: one, streams: { ask: [{ error: ERRORS.offline }] } });
  await ask(page);
  await page.click("[data-testid=error-action]");
  await settled();
  assert.equal((await sent(calls, "ask")).length, 2);
  assert.equal((await all(page, "error")).length, 1);
  await close();
});

test("missing host access is asked for in the click, then the question again", { skip }, async () => {
  const { page, calls, close } = await visit("panel", {
    oneShot: one,
    streams: { ask: [{ error: ERRORS.permission_needed }] },
  });
  await ask(page);
  await page.click("[data-testid=error-action]");
  await settled();
  assert.deepEqual(
    (await calls()).find(([name]) => name === "permissions.request"),
    ["permissions.request", { origins: ["https://jira.example.com/*"] }],
  );
  assert.equal((await sent(calls, "ask")).length, 2);
  await close();
});

test("text from Jira stays text, and its links lead only to the web", { skip }, async () => {
  const { page, close } = await visit("panel", {
    oneShot: { overview: ok(overview([FIVE[3]])) },
    streams: { ask: play(CARDS.odd) },
  });
  await ask(page, HOSTILE);
  assert.equal(await page.evaluate(() => /** @type {any} */ (window).__pwned), undefined);
  assert.equal(
    await page.evaluate(
      () => document.querySelectorAll("main script, main img:not([src*=extension]), [onerror]").length,
    ),
    0,
  );
  assert.ok(
    (await page.$$eval("a[href]", (links) => links.map((link) => new URL(link.href).protocol))).every(
      (protocol) => protocol === "https:",
    ),
  );
  assert.ok((await text(page, "card-empty")).includes("<script>"));
  await close();
});

test("the panel speaks for the chosen account, and changes account and site in its header", { skip }, async () => {
  const { page, calls, close } = await visit("panel", {
    oneShot: { overview: ok(overview(FIVE)), choose_site: ok(FIVE[1]) },
    streams: { ask: [{ done: { more: null } }] },
  });
  assert.equal(
    await page.$$eval("[data-testid=account] option", (options) => options.length),
    5,
    "four that can chat, one of them with two sites",
  );
  await page.select("[data-testid=account]", JSON.stringify(["a2", "site-contoso"]));
  await settled();
  assert.deepEqual(await sent(calls, "choose_site"), [{ account: "a2", site: "site-contoso" }]);
  await ask(page, "x");
  assert.equal((await sent(calls, "ask"))[0].account, "a2");
  await close();
});

const good = { problems: [], origins: ["https://broker.example.com/*"] };
const first = (check) => ({ ...OPTIONS, overview: ok(overview([])), check_form: formChecks(check) });

test("a field complains while it is filled in, at the field, and not before", { skip }, async () => {
  const problem = { field: "broker_url", message: "That is no address." };
  const { page, calls, close } = await visit("options", {
    width: 1000,
    oneShot: first({ problems: [problem, { field: "client_id", message: "Missing." }], origins: [] }),
  });
  assert.deepEqual((await all(page, "field-problem")).filter(Boolean), []);
  await page.type("[name=broker_url]", "nonsense");
  await page.keyboard.press("Tab");
  await settled(500);
  assert.deepEqual((await all(page, "field-problem")).filter(Boolean), ["That is no address."]);
  const described = await page.$eval("[name=broker_url]", (input) => [
    input.getAttribute("aria-invalid"),
    (input.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
  ]);
  assert.equal(described[0], "true");
  assert.ok(described[1].includes("That is no address."));
  assert.ok((await sent(calls, "check_form")).length <= 3, "checks are not sent for every key");
  await close();
});

test("Connect asks for the hosts of the last check, shows each step, and ends with the site and the chat", {
  skip,
}, async () => {
  const done = FIVE[1];
  const { page, calls, close } = await visit("options", {
    width: 1000,
    height: 900,
    oneShot: { ...first(good), choose_site: ok({ ...done, site: done.sites[1] }) },
    streams: { connect: [{ progress: { step: "preparing" } }, { progress: { step: "consent" } }, { done }] },
  });
  await page.type("[name=broker_url]", "https://broker.example.com");
  await settled(400);
  await page.evaluate((answer) => /** @type {any} */ (window).__answer("overview", answer), ok(overview([done])));
  await page.click("[data-testid=connect-submit]");
  await page.waitForSelector("[data-testid=connected]:not([hidden])");
  const made = await calls();
  assert.deepEqual(
    made.find(([name]) => name === "permissions.request"),
    ["permissions.request", { origins: good.origins }],
  );
  const [{ form }] = await sent(calls, "connect");
  assert.deepEqual(
    [form.provider, form.client, form.broker_url, form.client_id, form.simulator],
    ["jira_cloud", "broker", "https://broker.example.com", "", ""],
  );
  await page.click("[data-testid=sites] [value=site-contoso]");
  await settled();
  assert.deepEqual(await sent(calls, "choose_site"), [{ account: "a2", site: "site-contoso" }]);
  await page.click("[data-testid=connected] [data-testid=open-chat]");
  await settled();
  assert.ok((await calls()).some(([name]) => name === "sidePanel.open"));
  await close();
});

test("hosts the person refuses end in a sentence, not in a sign-in", { skip }, async () => {
  const { page, calls, close } = await visit("options", { width: 1000, oneShot: first(good) });
  await page.evaluate(() => {
    chrome.permissions.request = async () => false;
  });
  await page.type("[name=broker_url]", "https://broker.example.com");
  await page.keyboard.press("Enter");
  await settled(300);
  assert.equal(await page.$eval("[data-testid=error]", (element) => element.dataset.code), "permission_needed");
  assert.deepEqual(await sent(calls, "connect"), []);
  await close();
});

test("Connect with problems goes to the first wrong field", { skip }, async () => {
  const { page, calls, close } = await visit("options", {
    width: 1000,
    oneShot: first({ problems: [{ field: "broker_url", message: "Missing." }], origins: [] }),
  });
  await page.click("[data-testid=connect-submit]");
  await settled();
  assert.equal(await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).name), "broker_url");
  assert.deepEqual(await sent(calls, "connect"), []);
  await close();
});

test("Cancel ends the connecting in the worker and gives the form back as it was", { skip }, async () => {
  const { page, calls, close } = await visit("options", {
    width: 1000,
    oneShot: first({ problems: [], origins: [] }),
    streams: { connect: [{ progress: { step: "consent" } }] },
  });
  await page.type("[name=broker_url]", "https://broker.example.com");
  await page.click("[data-testid=connect-submit]");
  await settled(200);
  assert.equal(await page.$eval("[data-step=consent]", (step) => step.dataset.stepState), "current");
  await page.click("[data-testid=connect-cancel]");
  await settled();
  assert.ok((await calls()).some(([name, message]) => name === "post" && message.cancel === true));
  assert.ok(await hidden(page, "connect-progress"));
  assert.equal(await page.$("[data-testid=error]"), null);
  assert.equal(await page.$eval("[name=broker_url]", (input) => input.value), "https://broker.example.com");
  await close();
});

test("each way of connecting has its fields and steps, and sends no field of another", { skip }, async () => {
  const { page, calls, close } = await visit("options", { width: 1000, oneShot: first({ problems: [], origins: [] }) });
  const choose = async (value) => {
    await page.click(`[value=${value}]`);
    await settled();
  };
  const shown = () =>
    page.$$eval("#fields :is(input, textarea)", (inputs) =>
      inputs.filter((input) => input.checkVisibility()).map((input) => input.name),
    );
  assert.deepEqual(await shown(), ["broker_url"]);
  await page.type("[name=broker_url]", "https://broker.example.com");
  await choose("own_app");
  assert.deepEqual(await shown(), ["client_id", "client_secret"]);
  assert.match(await text(page, "steps"), /read:jira-work[\s\S]*offline_access/u);
  await choose("jira_data_center");
  assert.deepEqual(await shown(), ["client_id", "client_secret", "base_url"]);
  assert.match(await text(page, "steps"), /External application and Incoming/u);
  await choose("public");
  assert.deepEqual(await shown(), ["client_id", "base_url"]);
  await choose("personal_access_token");
  assert.deepEqual(await shown(), ["base_url", "token", "expires_on"]);
  assert.ok(await hidden(page, "redirect-uri"), "a token made by hand needs no redirect");
  await choose("microsoft_entra");
  assert.match(await text(page, "steps"), /Single-page application[\s\S]*24 hours/u);
  await choose("client_credentials");
  assert.match(await text(page, "steps"), /machine/u);
  await choose("jira_cloud");
  await choose("api_token");
  assert.deepEqual(await shown(), ["site", "email", "token", "expires_on"]);
  await choose("other");
  assert.deepEqual(await shown(), [
    "client_id",
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "scopes",
    "authorize_parameters",
    "token_parameters",
  ]);
  await page.click("[data-testid=connect-submit]");
  await settled(300);
  assert.equal((await sent(calls, "connect"))[0].form.broker_url, "");
  await close();
});

test("the simulator's address is asked for in builds that may use it only", { skip }, async () => {
  for (const loopback of [true, false]) {
    const { page, close } = await visit("options", {
      width: 1000,
      oneShot: { ...OPTIONS, overview: ok(overview([], { loopback })), check_form: formChecks(good) },
    });
    await settled();
    assert.equal(await page.$eval("[name=simulator]", (input) => input.checkVisibility()), loopback);
    await close();
  }
});

test("the address of the options page can open the form, that of the dashboard sign an account in again", {
  skip,
}, async () => {
  const form = await visit("options", { width: 1000, hash: "#connect", oneShot: one });
  assert.ok(!(await hidden(form.page, "connect-submit")));
  await form.close();
  const again = await visit("dashboard", {
    width: 1000,
    hash: "#account=a1&action=reconnect",
    oneShot: { overview: ok(overview([HEALTHS.reauth_required])) },
    streams: { reconnect: [{ done: account() }] },
  });
  await settled();
  assert.deepEqual(await sent(again.calls, "reconnect"), [{ account: "a1" }]);
  assert.equal(await again.page.evaluate(() => location.hash), "#account=a1", "it is not done again on a reload");
  await again.close();
});

test("of a thousand accounts the popup builds only those in sight, and each is found", { skip }, async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => account({ id: `a${index}`, name: `Person ${index}` }));
  const { page, close } = await visit("popup", { oneShot: { overview: ok(overview([])) } });
  for (let time = 0; time < 2; time += 1)
    await page.evaluate((view) => /** @type {any} */ (window).__push(view), overview(many));
  const rows = (await page.$$("[data-testid=account-row]")).length;
  assert.ok(rows > 2 && rows < 20, `${rows} rows are built of a thousand`);
  await page.type("[data-testid=account-search]", "person 777");
  assert.equal(await text(page, "account-count"), "1 of 1,000 accounts");
  await close();
});

test("of many accounts the popup shows the first while the others come", { skip }, async () => {
  const picture =
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const all = Array.from({ length: 60 }, (_, index) =>
    account({ id: `a${index}`, name: `Person ${index}`, avatar: "0" }),
  );
  const first = overview(all.slice(0, 20), { more: 40, pictures: [picture] });
  const cases = (/** @type {any} */ whole) => ({ cases: [[{ all: true }, whole]], otherwise: ok(first) });
  const shown = (/** @type {import("puppeteer-core").Page} */ page) => text(page, "account-count");
  const waiting = await visit("popup", { oneShot: { overview: cases("never") } });
  assert.equal(await shown(waiting.page), "20 accounts");
  await waiting.page.evaluate((view) => /** @type {any} */ (window).__push(view), first);
  assert.equal(await shown(waiting.page), "20 accounts");
  await waiting.close();
  const whole = ok(overview(all, { pictures: [picture] }));
  const { page, calls, close } = await visit("popup", { oneShot: { overview: cases(whole) } });
  await page.waitForFunction(() => document.querySelector("#account-count")?.textContent === "60 accounts");
  assert.equal(await page.$eval("#account-list person-avatar img", (image) => image.getAttribute("src")), picture);
  assert.deepEqual(await sent(calls, "overview"), [{ all: false }, { all: true }]);
  // what is pushed of many is the first of them too: it takes none away, and has all asked for
  await page.evaluate((view) => /** @type {any} */ (window).__push(view), first);
  assert.equal(await shown(page), "60 accounts");
  await settled();
  assert.equal((await sent(calls, "overview")).length, 3);
  await close();
  const options = await visit("options", { width: 1000, oneShot: { ...OPTIONS, overview: cases(whole) } });
  await options.page.waitForSelector("[data-testid=accounts-more]", { visible: true });
  assert.equal((await options.page.$$("[data-testid=account-row]")).length, 20);
  assert.equal(await text(options.page, "accounts-more"), "All 60 accounts");
  await options.page.click("[data-testid=account-row][data-account=a3]");
  await settled();
  const made = await options.calls();
  assert.match(made.find(([name]) => name === "tabs.create")[1].url, /dashboard\.html#account=a3$/u);
  await options.close();
});
