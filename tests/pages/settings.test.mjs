// The options page below its accounts: settings, passphrase, what was kept, what is managed, what is damaged.

import assert from "node:assert/strict";
import { test } from "node:test";
import { account, failed, formChecks, OPTIONS, ok, overview, policy, provider, STORED, settings } from "./fixtures.mjs";
import { all, answer, focus, hidden, inBrowser, sent, settled, skip, text } from "./visit.mjs";

const visit = inBrowser();
const options = (oneShot = {}, view = {}, setting = {}) =>
  visit("options", {
    width: 1000,
    height: 900,
    oneShot: { ...OPTIONS, check_form: formChecks(), overview: ok(overview([account()], view)), ...oneShot },
    ...setting,
  });
const set = (page, id, value) =>
  page.$eval(
    `[data-testid=${id}]`,
    (input, given) => {
      input.value = given;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    value,
  );

test("a setting is stored as soon as it is changed, alone", { skip }, async () => {
  const changed = settings();
  changed.settings.check_interval_minutes = 15;
  const { page, calls, close } = await options({ change_settings: ok(changed) });
  await settled();
  await set(page, "setting-check_interval_minutes", "15");
  await page.click("[data-testid=setting-notifications]");
  await settled();
  assert.deepEqual(
    (await sent(calls, "change_settings")).map(({ change }) => change),
    [{ check_interval_minutes: 15 }, { notifications: false }],
  );
  assert.equal(await text(page, "toast"), "Saved");
  await close();
});

test("what is wrong with a setting is said at it, by the backend, and what was typed stays", { skip }, async () => {
  const { page, calls, close } = await options({
    change_settings: failed("invalid_configuration", "“99” is out of bounds."),
  });
  await settled();
  await set(page, "setting-retries", "99");
  await settled();
  assert.match(await text(page, "problem-setting-retries"), /out of bounds/u);
  assert.deepEqual(await page.$eval("[data-testid=setting-retries]", (input) => [input.value, input.ariaInvalid]), [
    "99",
    "true",
  ]);
  for (const nonsense of ["soon", "", "1.5", "-2"]) {
    await set(page, "setting-retries", nonsense);
    await settled();
    assert.match(await text(page, "problem-setting-retries"), /whole number/u);
  }
  assert.equal((await sent(calls, "change_settings")).length, 1);
  await close();
});

test("what the administrator has set is shown, and cannot be changed", { skip }, async () => {
  const { page, close } = await options({
    settings: ok(settings({ managed: ["retries", "notifications"] })),
    policy: ok(
      policy({
        managed: ["retries"],
        allowed_sites: ["*.northwind.example"],
        require_passphrase: true,
        problems: ["Bad line."],
      }),
    ),
  });
  await settled();
  for (const name of ["retries", "notifications"]) {
    assert.ok(await page.$eval(`[data-testid=setting-${name}]`, (input) => input.disabled));
    assert.match(await text(page, `managed-${name}`), /Set by your administrator/u);
  }
  assert.ok(!(await page.$eval("[data-testid=setting-threshold_minutes]", (input) => input.disabled)));
  assert.ok(await hidden(page, "managed-threshold_minutes"));
  assert.match(await text(page, "policy"), /\*\.northwind\.example[\s\S]*Bad line\./u);
  assert.match(await text(page, "passphrase-section"), /A passphrase has to be set/u);
  await close();
});

test("where only the administrator's ways are allowed there is no form, and theirs connect in one click", {
  skip,
}, async () => {
  const managed = provider({
    managed: true,
    origins: ["https://jira.example.com/*"],
    permissions: ["declarativeNetRequestWithHostAccess"],
  });
  const { page, calls, close } = await options(
    {
      overview: ok(overview([])),
      policy: ok(policy({ managed: ["providers"], allow_other_providers: false })),
      providers: ok({ providers: [managed] }),
    },
    {},
    { streams: { connect: [{ progress: { step: "consent" } }, { done: account() }] } },
  );
  await settled();
  assert.ok(await hidden(page, "connect-submit"));
  assert.equal(await page.$("[data-testid=saved-remove]"), null);
  await page.click("[data-testid=saved-connect]");
  await page.waitForSelector("[data-testid=connected]:not([hidden])");
  assert.deepEqual(
    (await calls()).find(([name]) => name === "permissions.request"),
    ["permissions.request", { origins: managed.origins, permissions: managed.permissions }],
  );
  assert.deepEqual(await sent(calls, "connect"), [{ provider: "p1" }]);
  await close();
});

test("a kept way asks only for what is each person's own, and shows there what went wrong", { skip }, async () => {
  const kept = provider({ client: "api_token", asks_for: ["email", "token", "expires_on"] });
  const { page, calls, close } = await options(
    { overview: ok(overview([])), providers: ok({ providers: [kept] }) },
    {},
    {
      streams: {
        connect: [{ error: { code: "refused", message: "This token is not accepted.", action: { kind: "none" } } }],
      },
    },
  );
  await settled();
  await page.type("[data-testid=saved-provider] [name=email]", "maria@northwind.example");
  await page.type("[data-testid=saved-provider] [name=token]", "ATATT-1");
  await page.click("[data-testid=saved-connect]");
  await settled();
  const [{ provider: id, form }] = await sent(calls, "connect");
  assert.deepEqual(
    [id, form.client, form.email, form.token, form.client_id],
    ["p1", "api_token", "maria@northwind.example", "ATATT-1", ""],
  );
  assert.match(await page.$eval("[data-testid=saved-provider]", (item) => item.innerText), /not accepted/u);
  await close();
});

test("settings of the form are kept under a name, and a kept way can be removed", { skip }, async () => {
  const { page, calls, close } = await options({
    overview: ok(overview([])),
    add_provider: failed("invalid_configuration", "Give it a name."),
    remove_provider: ok({}),
  });
  await settled();
  await page.type("[name=broker_url]", "https://broker.example.com");
  await page.click("[data-testid=keep] summary");
  await page.click("[data-testid=keep-save]");
  await settled();
  assert.match(await text(page, "keep-problem"), /Give it a name/u);
  await answer(page, "add_provider", ok(provider()));
  await answer(page, "providers", ok({ providers: [provider()] }));
  await page.type("[data-testid=keep-name]", "Northwind");
  await page.click("[data-testid=keep-save]");
  await settled();
  const { name, form } = (await sent(calls, "add_provider")).at(-1);
  assert.deepEqual([name, form.broker_url], ["Northwind", "https://broker.example.com"]);
  assert.equal((await all(page, "saved-provider")).length, 1);
  assert.equal(await text(page, "keep-problem"), "");
  await answer(page, "providers", ok({ providers: [] }));
  await page.click("[data-testid=saved-remove]");
  await settled();
  assert.deepEqual(await sent(calls, "remove_provider"), [{ provider: "p1" }]);
  assert.equal(await page.$("[data-testid=saved-provider]"), null);
  await close();
});

test("permissions beside hosts are asked for in the click", { skip }, async () => {
  const wanted = { origins: ["https://x.example.com/*"], permissions: ["declarativeNetRequestWithHostAccess"] };
  const { page, calls, close } = await options(
    { overview: ok(overview([])), check_form: formChecks(wanted) },
    {},
    { streams: { connect: [{ done: account() }] } },
  );
  await settled();
  await page.click("[data-testid=connect-submit]");
  await settled();
  assert.deepEqual(
    (await calls()).find(([name]) => name === "permissions.request"),
    ["permissions.request", wanted],
  );
  await close();
});

test("a passphrase is typed twice, set, changed and removed, and never left in the page", { skip }, async () => {
  const { page, calls, close } = await options({
    set_passphrase: failed("invalid_configuration", "At least 8 characters."),
  });
  await settled();
  assert.equal(await text(page, "passphrase-state"), "No passphrase is set.");
  assert.ok(await hidden(page, "lock-now"));
  await page.click("[data-testid=passphrase-set]");
  assert.equal(await focus(page), "passphrase-new");
  await page.keyboard.type("one");
  await page.type("[data-testid=passphrase-repeat]", "two");
  await page.keyboard.press("Enter");
  assert.match(await text(page, "passphrase-problem"), /not the same/u);
  assert.deepEqual(await sent(calls, "set_passphrase"), []);
  await page.$eval("[data-testid=passphrase-repeat]", (input) => {
    input.value = "one";
  });
  await page.click("[data-testid=passphrase-save]");
  await settled();
  assert.match(await text(page, "passphrase-problem"), /At least 8/u);
  await answer(page, "set_passphrase", ok(overview([account()], { lock: "unlocked" })));
  await page.click("[data-testid=passphrase-save]");
  await settled();
  assert.deepEqual((await sent(calls, "set_passphrase")).at(-1), { old: null, new: "one" });
  assert.match(await text(page, "passphrase-state"), /^Set, and unlocked/u);
  assert.ok(await hidden(page, "passphrase-task"));
  assert.equal(await focus(page), "passphrase-change");
  await answer(page, "remove_passphrase", failed("wrong_passphrase", "This is not the passphrase."));
  await page.click("[data-testid=passphrase-remove]");
  await page.keyboard.type("guess");
  await page.keyboard.press("Enter");
  await settled();
  assert.match(await text(page, "passphrase-problem"), /not the passphrase/u);
  assert.equal(await focus(page), "passphrase-old");
  await answer(page, "remove_passphrase", ok(overview([account()])));
  await page.keyboard.press("Enter");
  await settled();
  assert.equal(await text(page, "passphrase-state"), "No passphrase is set.");
  await close();
});

test("Lock now locks, and the page asks for the passphrase", { skip }, async () => {
  const { page, calls, close } = await options(
    { lock: ok(overview([account({ health: "locked" })], { lock: "locked" })) },
    { lock: "unlocked" },
  );
  await settled();
  await page.click("[data-testid=lock-now]");
  await page.waitForSelector("[data-testid=unlock-form]");
  assert.equal((await sent(calls, "lock")).length, 1);
  assert.match(await text(page, "passphrase-state"), /^Locked/u);
  assert.ok(await hidden(page, "connect"), "it could store nothing");
  await close();
});

test("records that cannot be read are removed only after a question", { skip }, async () => {
  const problem = { code: "vault_unreadable", message: "Some accounts cannot be read.", action: { kind: "none" } };
  const { page, calls, close } = await options({ forget_damaged: ok(overview([account()])) }, { problem });
  await settled();
  await page.click("[data-testid=forget]");
  assert.deepEqual(await sent(calls, "forget_damaged"), []);
  await page.click("[data-testid=forget-confirm]");
  await settled();
  assert.equal((await sent(calls, "forget_damaged")).length, 1);
  assert.ok(await hidden(page, "damaged"));
  await close();
});

test("settings that cannot be read say so and can be tried again", { skip }, async () => {
  const { page, close } = await options({
    settings: failed("storage_failed", "The settings could not be read.", { kind: "retry", at: null }),
  });
  await settled();
  assert.match(await page.$eval("#settings-error", (place) => place.innerText), /could not be read/u);
  await answer(page, "settings", OPTIONS.settings);
  await page.click("#settings-error button");
  await settled();
  assert.equal(await page.$eval("[data-testid=setting-retries]", (input) => input.value), "3");
  await close();
});

test("what is stored is told by kind, and deleted after a second press", { skip }, async () => {
  const left = STORED.map((each) => (each.kind === "names" ? { ...each, records: 0, bytes: 0 } : each));
  const { page, calls, close } = await options({ delete_stored: ok(left) });
  await settled();
  const sizes = async () => (await all(page, "stored-size")).join(" | ");
  assert.equal(await sizes(), "5.8 kB | 940 byte | 48.2 kB | 2.3 MB | None | 1.2 kB");
  assert.match(await text(page, "stored-all"), /^2\.4 MB/u);
  const button = (kind) => `[data-kind=${kind}] [data-testid=delete-stored]`;
  for (const kind of ["accounts", "settings", "conversations", "changes"])
    assert.ok(await page.$eval(button(kind), (each) => each.hidden), kind);
  await page.click(button("names"));
  assert.deepEqual(await sent(calls, "delete_stored"), [], "the first press only asks");
  assert.equal(await page.$eval(button("names"), (each) => each.innerText), "Really delete?");
  await page.click(button("history"));
  assert.equal(await page.$eval(button("names"), (each) => each.innerText), "Delete", "whoever goes on meant it not");
  await page.click(button("names"));
  await page.click(button("names"));
  await settled();
  assert.deepEqual(await sent(calls, "delete_stored"), [{ kind: "names" }]);
  assert.match(await sizes(), /48\.2 kB \| None/u);
  assert.equal(await text(page, "toast"), "Deleted");
  await close();
});

test("the language of the pages can be chosen, and is kept", { skip }, async () => {
  const { page, complaints, close } = await options();
  await settled();
  assert.equal(await page.$eval("#data-title", (title) => title.textContent), "Data in this browser");
  await Promise.all([page.waitForNavigation(), page.select("[data-testid=language]", "de")]);
  await page.waitForFunction(() => document.body.dataset.state === "ready");
  assert.equal(await page.$eval("#data-title", (title) => title.textContent), "Daten in diesem Browser");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
  assert.equal(await page.$eval("[data-testid=language]", (choice) => choice.value), "de");
  assert.match(await text(page, "account-row"), /Aktuell|Frisch/u);
  await Promise.all([page.waitForNavigation(), page.select("[data-testid=language]", "")]);
  await page.waitForFunction(() => document.body.dataset.state === "ready");
  assert.equal(await page.$eval("#data-title", (title) => title.textContent), "Data in this browser");
  assert.deepEqual(complaints, []);
  await close();
});

test("who is new is led from the choice to the first question, which is handed over and asked", { skip }, async () => {
  const { page, close } = await options(
    { overview: ok(overview([])) },
    {},
    { streams: { connect: [{ progress: { step: "consent" } }] } },
  );
  await settled();
  const at = () => page.$eval("[data-testid=journey] [aria-current=step]", (step) => step.textContent);
  assert.equal(await at(), "Choose how to connect");
  assert.ok(await hidden(page, "accounts-more"));
  await page.click("[data-testid=connect-submit]");
  await settled(200);
  assert.equal(await at(), "Sign in at your Jira");
  await page.click("[data-testid=connect-cancel]");
  await settled();
  assert.equal(await at(), "Choose how to connect");
  await close();
  const done = await options(
    { overview: ok(overview([])), change_settings: ok(settings()) },
    {},
    { streams: { connect: [{ done: account() }] } },
  );
  await settled();
  await done.page.click("[data-testid=connect-submit]");
  await done.page.waitForSelector("[data-testid=success-test]", { visible: true });
  assert.match(await text(done.page, "success-test"), /Everything works[\s\S]*MOB Mobile app/u);
  assert.deepEqual(await sent(done.calls, "test_connection"), [{ account: "a1" }]);
  assert.match(await text(done.page, "connected"), /Read only[\s\S]*refuses to change/u);
  await done.page.click("[data-testid=success-read-only]");
  await done.page.click("[data-testid=example]");
  await settled();
  const made = await done.calls();
  const [, { handed_over: handed }] = made.find(([name]) => name === "storage.session.set");
  assert.deepEqual(
    [handed.text, handed.ask, handed.account, handed.window, handed.tab],
    ["my open issues", true, "a1", 7, null],
  );
  assert.ok(made.some(([name]) => name === "sidePanel.open"));
  assert.deepEqual(await sent(done.calls, "change_settings"), [{ change: { read_only: true } }]);
  assert.equal(await done.page.evaluate(() => localStorage.getItem("chat.account")), "a1");
  await done.close();
});
