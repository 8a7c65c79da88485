// The card of an account, unfolded, as the popup shows it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, details, ERRORS, failed, HEALTHS, OPTIONS, ok, overview, status } from "./fixtures.mjs";
import { all, answer, focus, hidden, inBrowser, push, sent, settled, skip, text } from "./visit.mjs";

const visit = inBrowser();
const DAY = 86_400_000;
const one = { overview: ok(overview([account()])) };
const popup = (accounts, more = {}) => visit("popup", { oneShot: { overview: ok(overview(accounts)), ...more } });

test("one account that changed is patched where it stands: focus and other accounts stay", { skip }, async () => {
  const { page, calls, close } = await popup([account(), account({ id: "a2", name: "Ana" })]);
  await page.focus("[data-testid=refresh]");
  const health = () => page.$$eval("#account-list health-lozenge", (all) => all.map((each) => each.dataset.health));
  await push(page, { kind: "account", account: account({ name: "Maria L.", health: "expiring" }), status: status() });
  await push(page, { kind: "token_event", event: details().history[0] });
  await settled();
  assert.deepEqual(await health(), ["expiring", "fresh"]);
  assert.equal(await page.$eval("#account-name", (name) => name.textContent), "Maria L.");
  assert.equal(await focus(page), "refresh");
  assert.equal((await sent(calls, "overview")).length, 1, "a patch asks for nothing");
  await push(page, { kind: "account", account: account({ id: "a2", health: "expired" }), status: status() });
  await settled();
  assert.deepEqual(await health(), ["expiring", "expired"]);
  assert.equal(await page.$eval("#account-name", (name) => name.textContent), "Maria L.", "the same one is shown");
  await close();
});

test("an account the page has not seen comes last", { skip }, async () => {
  const { page, close } = await popup([account()]);
  assert.ok(await hidden(page, "account-list"), "of one account there is nothing to choose");
  await push(page, { kind: "account", account: account({ id: "a9", name: "New" }), status: status() });
  await settled();
  const names = await page.$$eval("#account-list .row-name", (all) => all.map((name) => name.textContent));
  assert.deepEqual(names, ["Maria Lindqvist", "New"]);
  await close();
});

test("opening the popup renews what ended meanwhile, at once, and only what can be renewed", { skip }, async () => {
  const ended = account({ health: "expired", expires_at: Date.now() - 60_000 });
  const alone = { ...HEALTHS.expired, id: "a2" };
  const { page, calls, close } = await popup([ended, alone, account({ id: "a3" })], { get_token: "never" });
  await settled();
  assert.deepEqual(await sent(calls, "get_token"), [{ account: "a1", force_refresh: false }]);
  assert.equal(await text(page, "health"), "Refreshing");
  assert.match(await text(page, "refresh"), /Refreshing/u);
  await close();
});

test("a renewal at opening that fails is said in the card", { skip }, async () => {
  const ended = account({ health: "expired", expires_at: Date.now() - 60_000 });
  const { page, close } = await popup([ended], { get_token: { ok: false, error: ERRORS.offline } });
  await settled();
  assert.match(await text(page, "error"), /No connection to Jira/u);
  await close();
});

test("of several accounts the one that needs the person is shown, or else the one they chat with", {
  skip,
}, async () => {
  const shown = (page) => page.$eval("[data-testid=account-card]", (card) => card.dataset.account);
  const { page, close } = await popup([account(), { ...HEALTHS.reauth_required, id: "a2" }]);
  assert.equal(await shown(page), "a2");
  await close();
  const chatting = await visit("popup", {
    oneShot: { overview: ok(overview([account(), account({ id: "a2" })])) },
    storage: { "chat.account": "a2" },
  });
  assert.equal(await shown(chatting.page), "a2");
  await chatting.close();
});

test("in the popup statistics, history and the rest have tabs, and are read when they are looked at", {
  skip,
}, async () => {
  const { page, calls, close } = await popup([account()], { account_details: ok(details()) });
  await settled(300);
  assert.deepEqual(await sent(calls, "account_details"), []);
  await page.click("[data-testid=tab-statistics]");
  await page.waitForSelector("[data-testid=chart]");
  assert.equal((await page.$$("[data-testid=chart]")).length, 4);
  assert.ok(await hidden(page, "open-chat"));
  await page.keyboard.press("ArrowRight");
  await settled();
  assert.equal(await focus(page), "tab-history");
  assert.ok(!(await hidden(page, "history")));
  assert.ok(await hidden(page, "chart"));
  await page.click("[data-testid=tab-token]");
  assert.ok(!(await hidden(page, "diagnostics")));
  await page.click("[data-testid=tab-overview]");
  assert.ok(!(await hidden(page, "open-chat")));
  assert.ok(await hidden(page, "history"));
  assert.equal((await sent(calls, "account_details")).length, 1);
  await close();
});

test("what is typed for one account is gone when another is shown, and what works for one goes on", {
  skip,
}, async () => {
  const { page, calls, close } = await popup([account(), account({ id: "a2", name: "Ana" })], { refresh: "never" });
  await page.click("[data-testid=refresh]");
  await page.click("[data-testid=rename]");
  await page.click("[data-testid=account-row][data-account=a2]");
  assert.ok(await hidden(page, "rename-form"));
  assert.equal(await text(page, "health"), "Fresh");
  await page.click("[data-testid=refresh]");
  await settled();
  assert.deepEqual(
    (await sent(calls, "refresh")).map((args) => args.account),
    ["a1", "a2"],
  );
  await page.click("[data-testid=account-row][data-account=a1]");
  assert.equal(await text(page, "health"), "Refreshing");
  await close();
});

test("the end of the whole sign-in is said: of disuse, in any case, and with a warning when it is near", {
  skip,
}, async () => {
  const now = Date.now();
  for (const [session_ends_at, words, near] of [
    [now + 80 * DAY, /if unused/u, "false"],
    [now + 3 * DAY, /if unused/u, "true"],
    [now + 20 * 3_600_000, /in any case/u, "false"],
    [now + 3_600_000, /in any case/u, "true"],
  ]) {
    const last = session_ends_at - now > DAY ? now - 12 * DAY : now;
    const { page, close } = await popup([account({ session_ends_at, last_refresh_at: last, issued_at: last })]);
    assert.match(await text(page, "session-end"), /** @type {RegExp} */ (words));
    assert.equal(await page.$eval("[data-testid=session-end]", (row) => row.dataset.near), near);
    await close();
  }
  const without = await popup([account({ session_ends_at: null })]);
  assert.ok(await hidden(without.page, "session-end"));
  await without.close();
});

test("an account is named in place, its own threshold stays, and the focus comes back", { skip }, async () => {
  const { page, calls, close } = await popup([account()], {
    account_details: ok(details(account(), { threshold_minutes: 30 })),
    set_account: ok(account({ label: "Work" })),
  });
  await page.click("[data-testid=rename]");
  await page.waitForSelector("[data-testid=label]");
  await page.keyboard.type("Work");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#account-name")?.textContent === "Work");
  assert.deepEqual(await sent(calls, "set_account"), [{ account: "a1", label: "Work", threshold_minutes: 30 }]);
  assert.match(await page.$eval(".account-email", (line) => line.textContent), /^Maria Lindqvist · maria@/u);
  assert.equal(await focus(page), "rename");
  await page.click("[data-testid=rename]");
  await settled();
  await page.keyboard.press("Escape");
  assert.ok(await hidden(page, "rename-form"));
  assert.equal(await focus(page), "rename");
  await close();
});

test("the server's own name, or none, takes the label away", { skip }, async () => {
  for (const typed of ["", "Maria Lindqvist"]) {
    const labelled = account({ label: "Work" });
    const { page, calls, close } = await popup([labelled], {
      account_details: ok(details(labelled)),
      set_account: ok(account()),
    });
    await page.click("[data-testid=rename]");
    await page.waitForSelector("[data-testid=label]");
    await page.keyboard.press("Backspace");
    await page.keyboard.type(typed);
    await page.click("[data-testid=label-save]");
    await settled();
    assert.equal((await sent(calls, "set_account"))[0].label, null);
    await close();
  }
});

const step = (name, took_ms, found = "", problem = null, items = []) => ({
  step: name,
  took_ms,
  found,
  problem,
  items,
});

test("a connection test shows each step with its time, and what was found", { skip }, async () => {
  const steps = [
    step("token", 0),
    step("site", 84, "Northwind"),
    step("person", 1_210, "Maria"),
    step("projects", 90, "34", null, ["MOB Mobile"]),
  ];
  const { page, calls, close } = await popup([account()], { test_connection: ok({ ok: true, steps }) });
  await page.click("[data-testid=test]");
  await page.waitForSelector("[data-testid=test-result]", { visible: true });
  assert.deepEqual(await sent(calls, "test_connection"), [{ account: "a1" }]);
  const lines = await all(page, "test-step");
  assert.equal(lines.length, 4);
  assert.match(lines[3], /Projects[\s\S]*34[\s\S]*MOB Mobile/u);
  assert.match(lines[1], /Worked:[\s\S]*Jira site[\s\S]*Northwind[\s\S]*84 ms/u);
  assert.match(lines[2], /1\.2 sec/u);
  assert.match(await text(page, "test-result"), /Everything works/u);
  await page.click("[data-testid=test-close]");
  assert.ok(await hidden(page, "test-result"));
  assert.equal(await focus(page), "test");
  await close();
});

test("a step that failed says why and offers the way out", { skip }, async () => {
  const steps = [step("token", 3), step("site", 25_000, "", ERRORS.offline)];
  const { page, calls, close } = await popup([account()], { test_connection: ok({ ok: false, steps }) });
  await page.click("[data-testid=test]");
  await page.waitForSelector("[data-testid=test-result]", { visible: true });
  assert.deepEqual(await page.$$eval("[data-testid=test-step]", (each) => each.map(({ dataset }) => dataset.ok)), [
    "true",
    "false",
  ]);
  assert.match(await text(page, "error"), /No connection to Jira/u);
  await page.click("[data-testid=error-action]");
  await settled();
  assert.equal((await sent(calls, "test_connection")).length, 2, "trying again tests again");
  await close();
});

test("a test that could not be made leaves its error and no result", { skip }, async () => {
  const { page, close } = await popup([account()], {
    test_connection: failed("not_found", "There is no such account."),
  });
  await page.click("[data-testid=test]");
  await settled(200);
  assert.ok(await hidden(page, "test-result"));
  assert.match(await text(page, "error"), /no such account/u);
  await close();
});

test("a token made by hand is asked for again, and sent with its last day", { skip }, async () => {
  const asked = {
    code: "invalid_configuration",
    message: "Paste a new token.",
    action: { kind: "fix_settings", field: "token" },
  };
  const { page, calls, close } = await visit("popup", {
    oneShot: { overview: ok(overview([HEALTHS.reauth_required])) },
    streams: { reconnect: [{ error: asked }] },
  });
  await page.click("[data-testid=sign-in]");
  await page.waitForSelector("[data-testid=token-form]", { visible: true });
  assert.equal(await focus(page), "new-token");
  await page.keyboard.type("ATATT-new");
  await page.click("[data-testid=token-save]");
  await settled();
  assert.deepEqual(await sent(calls, "reconnect"), [
    { account: "a1" },
    { account: "a1", token: "ATATT-new", expires_on: "" },
  ]);
  await close();
});

test("the popup opens as a page at the account it shows, and closes", { skip }, async () => {
  const { page, calls, close } = await visit("popup", { oneShot: one });
  await page.click("[data-testid=dashboard]");
  await settled();
  const made = await calls();
  assert.match(made.find(([name]) => name === "tabs.create")[1].url, /dashboard\.html#account=a1$/u);
  assert.ok(made.some(([name]) => name === "close"));
  await close();
});

test("with a passphrase set, the popup can be locked", { skip }, async () => {
  const { page, calls, close } = await visit("popup", {
    oneShot: {
      overview: ok(overview([account()], { lock: "unlocked" })),
      lock: ok(overview([HEALTHS.locked], { lock: "locked" })),
    },
  });
  await page.click("[data-testid=lock]");
  await page.waitForSelector("[data-testid=unlock-form]");
  assert.equal((await sent(calls, "lock")).length, 1);
  assert.ok(await hidden(page, "lock"));
  await close();
});

test("without a connection the pages say so, and stop saying so", { skip }, async () => {
  for (const name of /** @type {const} */ (["popup", "dashboard", "options"])) {
    const { page, close } = await visit(name, { oneShot: { ...OPTIONS, ...one }, width: 900 });
    assert.ok(await hidden(page, "offline"));
    await page.setOfflineMode(true);
    await settled();
    assert.match(await text(page, "offline"), /no connection/u, name);
    await page.setOfflineMode(false);
    await settled();
    assert.ok(await hidden(page, "offline"), name);
    await close();
  }
});

test("while it is locked the popup asks for the passphrase, says when it is wrong, and opens with the right one", {
  skip,
}, async () => {
  const shut = overview([HEALTHS.locked], {
    lock: "locked",
    problem: { code: "locked", message: "Locked.", action: { kind: "unlock" } },
  });
  for (const name of /** @type {const} */ (["popup", "panel", "dashboard", "options"])) {
    const { page, calls, complaints, close } = await visit(name, {
      width: 900,
      oneShot: {
        ...OPTIONS,
        overview: ok(shut),
        account_details: ok(details(HEALTHS.locked)),
        unlock: failed("wrong_passphrase", "This is not the passphrase."),
      },
    });
    await page.waitForFunction(() => document.activeElement?.id === "unlock-passphrase");
    assert.equal(await page.$("[data-testid=error][data-code=locked]"), null, "the question says it already");
    await page.keyboard.type("mistyped");
    await page.keyboard.press("Enter");
    await settled();
    assert.match(await text(page, "unlock-problem"), /not the passphrase/u, name);
    assert.equal(await focus(page), "passphrase");
    await answer(page, "unlock", ok(overview([account()], { lock: "unlocked" })));
    await page.keyboard.type("the right one");
    await page.keyboard.press("Enter");
    await settled();
    assert.equal(await page.$("[data-testid=unlock-form]"), null, name);
    assert.deepEqual(
      (await sent(calls, "unlock")).map(({ passphrase }) => passphrase),
      ["mistyped", "the right one"],
    );
    assert.deepEqual(complaints, [], name);
    await close();
  }
});

test("who forgot the passphrase is told what goes and what stays, and begins anew only after confirming it", {
  skip,
}, async () => {
  const shut = overview([HEALTHS.locked], { lock: "locked" });
  for (const name of /** @type {const} */ (["popup", "options"])) {
    const { page, calls, complaints, close } = await visit(name, {
      width: 900,
      oneShot: { ...OPTIONS, overview: ok(shut), forget_passphrase: failed("storage_failed", "The disk is full.") },
    });
    await page.waitForSelector("[data-testid=forgot]");
    assert.ok(await hidden(page, "forgot-confirm"), "nothing is deleted with one click");
    await page.click("[data-testid=forgot]");
    assert.match(await text(page, "forgot-question"), /All accounts.+settings stay.+servers are not told/su, name);
    assert.equal(await focus(page), "forgot-cancel");
    await page.keyboard.press("Enter");
    assert.ok(await hidden(page, "forgot-confirm"));
    assert.equal(await focus(page), "forgot");
    assert.deepEqual(await sent(calls, "forget_passphrase"), []);
    await page.keyboard.press("Enter");
    await page.click("[data-testid=forgot-confirm]");
    await settled();
    assert.match(await text(page, "unlock-problem"), /disk is full/u, name);
    await answer(page, "forget_passphrase", ok(overview([])));
    await page.click("[data-testid=forgot-confirm]");
    await settled();
    assert.equal(await page.$("[data-testid=unlock-form]"), null, name);
    assert.equal((await page.$$("[data-testid=account-row]")).length, 0);
    if (name === "popup") assert.ok(await hidden(page, "account-card"));
    assert.equal((await sent(calls, "forget_passphrase")).length, 2);
    assert.deepEqual(complaints, [], name);
    await close();
  }
});

test("a lock that comes while the page is open is asked about at once", { skip }, async () => {
  const { page, close } = await visit("popup", { oneShot: one });
  await push(page, { kind: "overview", overview: overview([HEALTHS.locked], { lock: "locked" }) });
  await page.waitForSelector("[data-testid=unlock-form]");
  assert.ok(await hidden(page, "open-chat"));
  await push(page, { kind: "overview", overview: overview([account()], { lock: "unlocked" }) });
  await settled();
  assert.equal(await page.$("[data-testid=unlock-form]"), null);
  await close();
});
