// Every state a page can be seen in: what the tests walk through, and what `look.mjs` takes pictures of.

import * as f from "./fixtures.mjs";

const settled = (ms = 120) => new Promise((resolve) => setTimeout(resolve, ms));
const ov = (accounts, changes) => ({ overview: f.ok(f.overview(accounts, changes)) });
const problem = {
  problems: [{ field: "broker_url", message: "Enter the broker's address, for example https://broker.example.com." }],
  origins: [],
};
const checks = (accounts, check, changes) => ({
  ...f.OPTIONS,
  ...ov(accounts, changes),
  check_form: f.formChecks(check),
});
const pick =
  (...values) =>
  async (page) => {
    for (const value of values) {
      await page.click(`[value=${value}]`);
      await settled(80);
    }
  };

/** @param {import("puppeteer-core").Page} page */
export async function ask(page, text = "my open issues") {
  await page.type("[data-testid=composer]", text);
  await page.keyboard.press("Enter");
  await settled();
}

const submit = async (page) => {
  await page.click("[data-testid=connect-submit]");
  await settled(400);
};

/** @type {{ name: string, page: "popup" | "panel" | "options" | "dashboard", setting: import("./harness.mjs").Setting, act?: (page: any) => Promise<any> }[]} */
export const states = [];
const add = (name, page, setting, act) => states.push({ name, page, setting, act });

add("popup-empty", "popup", { oneShot: ov([]) });
for (const [health, account] of Object.entries(f.HEALTHS)) add(`popup-${health}`, "popup", { oneShot: ov([account]) });
add("popup-five", "popup", { oneShot: ov(f.FIVE) });
add("popup-two-sites", "popup", { oneShot: ov([f.FIVE[1]]) });
add("popup-sign-out", "popup", { oneShot: ov([f.account()]) }, (page) => page.click("[data-testid=sign-out]"));
add("popup-refreshing-now", "popup", { oneShot: { ...ov([f.account()]), refresh: "never" } }, (page) =>
  page.click("[data-testid=refresh]"),
);
const test = (ok, steps) => ({ ...ov([f.account()]), test_connection: f.ok({ ok, steps }) });
const testIt = async (page) => {
  await page.click("[data-testid=test]");
  await settled(300);
};
const step = (name, took_ms, found = "", problem = null) => ({ step: name, took_ms, found, problem });
const good = [step("token", 0), step("site", 84, "Northwind"), step("person", 1210, "Maria Lindqvist")];
add("popup-test-ok", "popup", { oneShot: test(true, good) }, testIt);
const bad = [step("token", 12), step("site", 25_000, "", f.ERRORS.reauth_required)];
add("popup-test-failed", "popup", { oneShot: test(false, bad) }, testIt);
add("popup-testing", "popup", { oneShot: { ...ov([f.account()]), test_connection: "never" } }, testIt);
add(
  "popup-rename",
  "popup",
  { oneShot: ov([f.account({ label: "Work", session_ends_at: Date.now() + 3 * 86_400_000 })]) },
  async (page) => {
    await page.click("[data-testid=rename]");
    await settled(300);
  },
);
add("popup-unreachable", "popup", { oneShot: { overview: null } });
add("popup-vault", "popup", {
  oneShot: ov([], {
    problem: {
      code: "vault_unreadable",
      message: "The stored accounts cannot be read any more. Connect them again.",
      action: { kind: "none" },
    },
  }),
});
add("popup-german", "popup", { oneShot: ov([f.HEALTHS.retrying]), language: "de" });

for (const width of [320, 800]) {
  add(`panel-welcome-${width}`, "panel", { oneShot: ov([f.account()]), width, height: 760 });
  for (const [name, cards] of Object.entries(f.CARDS)) {
    add(
      `panel-${name}-${width}`,
      "panel",
      {
        oneShot: ov([f.account()]),
        width,
        height: 1000,
        streams: { ask: f.play(cards, name === "issues" ? "next" : null) },
      },
      ask,
    );
  }
}
add(
  "panel-german",
  "panel",
  {
    oneShot: ov([f.account()]),
    width: 320,
    height: 1000,
    language: "de",
    streams: { ask: f.play(f.CARDS.issues, "next") },
  },
  ask,
);
add("panel-five", "panel", { oneShot: ov(f.FIVE), width: 360, height: 700 });
add("panel-none", "panel", { oneShot: ov([]), width: 360, height: 700 });
add(
  "panel-running",
  "panel",
  { oneShot: ov([f.account()]), width: 360, height: 700, streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }] } },
  ask,
);
add(
  "panel-paused",
  "panel",
  {
    oneShot: ov([f.account()]),
    width: 360,
    height: 700,
    streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }, { progress: { kind: "paused", until: Date.now() + 12_000 } }] },
  },
  ask,
);
add(
  "panel-stopped",
  "panel",
  { oneShot: ov([f.account()]), width: 360, height: 700, streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }] } },
  async (page) => {
    await ask(page);
    await page.click("[data-testid=stop]");
  },
);
for (const [code, error] of Object.entries(f.ERRORS)) {
  add(
    `panel-error-${code}`,
    "panel",
    { oneShot: ov([f.account()]), width: 360, height: 400, streams: { ask: [{ error }] } },
    ask,
  );
}

for (const width of [1280, 400]) {
  add(`options-first-${width}`, "options", { oneShot: checks([], problem, { loopback: true }), width, height: 1000 });
  add(`options-problem-${width}`, "options", { oneShot: checks([], problem), width, height: 1000 }, submit);
  add(`options-own-app-${width}`, "options", { oneShot: checks([], problem), width, height: 1000 }, pick("own_app"));
  add(
    `options-data-center-${width}`,
    "options",
    { oneShot: checks([], problem), width, height: 1000 },
    pick("jira_data_center"),
  );
  add(`options-other-${width}`, "options", { oneShot: checks([], problem), width, height: 1100 }, pick("other"));
  add(
    `options-entra-${width}`,
    "options",
    { oneShot: checks([], problem), width, height: 1100 },
    pick("microsoft_entra"),
  );
  add(
    `options-api-token-${width}`,
    "options",
    { oneShot: checks([], problem), width, height: 1100 },
    pick("api_token"),
  );
  add(
    `options-connecting-${width}`,
    "options",
    {
      oneShot: checks([], { problems: [], origins: [] }),
      streams: { connect: [{ progress: { step: "consent" } }] },
      width,
      height: 1100,
    },
    submit,
  );
  add(
    `options-failed-${width}`,
    "options",
    {
      oneShot: checks([], { problems: [], origins: [] }),
      streams: {
        connect: [
          { progress: { step: "consent" } },
          {
            error: {
              code: "consent_denied",
              message: "The sign-in was refused at Atlassian. Nothing was saved.",
              action: { kind: "retry", at: null },
            },
          },
        ],
      },
      width,
      height: 1100,
    },
    submit,
  );
  add(
    `options-done-${width}`,
    "options",
    {
      oneShot: checks([f.FIVE[1]], { problems: [], origins: [] }),
      hash: "#connect",
      streams: { connect: [{ done: f.FIVE[1] }] },
      width,
      height: 1100,
    },
    submit,
  );
  add(`options-five-${width}`, "options", { oneShot: checks(f.FIVE, problem), width, height: 1100 });
}
const secret = checks([f.account()], problem, { lock: "unlocked" });
const ways = [
  f.provider({ managed: true }),
  f.provider({
    id: "p2",
    name: "Lab",
    client: "api_token",
    place: "lab.atlassian.net",
    asks_for: ["email", "token", "expires_on"],
  }),
];
add("options-passphrase-set", "options", { oneShot: checks([f.account()], problem), width: 1280 }, (page) =>
  page.click("[data-testid=passphrase-set]"),
);
add("options-passphrase-change", "options", { oneShot: secret, width: 400 }, (page) =>
  page.click("[data-testid=passphrase-change]"),
);
add("options-managed", "options", {
  oneShot: {
    ...secret,
    settings: f.ok(f.settings({ managed: ["retries", "notifications"] })),
    policy: f.ok(
      f.policy({
        managed: ["retries", "notifications"],
        allow_other_providers: false,
        allowed_sites: ["*.northwind.example"],
        require_passphrase: true,
        read_only: true,
        problems: ["providers[2]: the broker's address is no web address."],
      }),
    ),
    providers: f.ok({ providers: ways.slice(0, 1) }),
  },
  width: 1280,
  hash: "#connect",
});
add("options-saved", "options", {
  oneShot: { ...checks([], problem), providers: f.ok({ providers: ways }) },
  width: 1280,
});
add("options-saved-320", "options", {
  oneShot: { ...checks([], problem), providers: f.ok({ providers: ways }) },
  width: 320,
});
add(
  "options-setting-wrong",
  "options",
  {
    oneShot: {
      ...secret,
      change_settings: {
        ok: false,
        error: {
          code: "invalid_configuration",
          message: "“0” is out of bounds. Choose a whole number from 1 to 60.",
          action: { kind: "none" },
        },
      },
    },
    width: 800,
  },
  async (page) => {
    await page.$eval("#setting-retries", (input) => {
      input.value = "99";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await settled();
  },
);
const unreadable = {
  code: "vault_unreadable",
  message: "Some stored accounts cannot be read any more.",
  action: { kind: "none" },
};
add(
  "options-damaged",
  "options",
  { oneShot: checks([f.account()], problem, { problem: unreadable }), width: 800 },
  (page) => page.click("[data-testid=forget]"),
);
const shut = {
  lock: "locked",
  problem: { code: "locked", message: "Chat for Jira is locked.", action: { kind: "unlock" } },
};
const wrong = {
  ok: false,
  error: {
    code: "wrong_passphrase",
    message: "This is not the passphrase. Nothing was changed.",
    action: { kind: "none" },
  },
};
const unlocking = async (page) => {
  await page.waitForSelector("[data-testid=passphrase]");
  await page.type("[data-testid=passphrase]", "mistyped");
  await page.keyboard.press("Enter");
  await settled();
};
const locked = {
  ...checks([f.HEALTHS.locked], problem, shut),
  unlock: wrong,
  account_details: f.ok(f.details(f.HEALTHS.locked)),
};
for (const name of /** @type {const} */ (["popup", "panel", "options", "dashboard"])) {
  add(`${name}-locked`, name, { oneShot: locked, width: name === "popup" || name === "panel" ? 360 : 900 }, unlocking);
}
const forgetting = async (page) => {
  await page.waitForSelector("[data-testid=forgot]");
  await page.click("[data-testid=forgot]");
};
add("popup-forgotten", "popup", { oneShot: locked, width: 360 }, forgetting);
add("options-forgotten", "options", { oneShot: locked, width: 900 }, forgetting);
add("popup-forgotten-german", "popup", { oneShot: locked, width: 360, language: "de" }, forgetting);
add("options-german", "options", { oneShot: checks([], problem), width: 1280, height: 1000, language: "de" });
add("options-unreachable", "options", { oneShot: { overview: null }, width: 800 });

const board = (accounts, of = accounts[0], changes = {}) => ({
  ...ov(accounts, changes.overview),
  account_details: f.ok(changes.details ?? f.details(of)),
  diagnostics: f.ok({ version: "0.1.0", accounts: [] }),
  monitor: f.ok(f.overview(accounts, { status: f.status({ running: false, next_check_at: null, alarm_set: false }) })),
});
const dash = (name, oneShot, changes = {}, act) =>
  add(`dashboard-${name}`, "dashboard", { oneShot, width: 1280, height: 900, ...changes }, async (page) => {
    await settled();
    await act?.(page);
    await settled(200);
  });
for (const width of [1280, 700, 360, 320]) dash(`five-${width}`, board(f.FIVE), { width });
for (const health of ["reauth_required", "misconfigured", "locked", "no_expiry", "signed_out"]) {
  dash(`health-${health}`, board([f.HEALTHS[health]]), { width: 700 });
}
dash("new", board([f.account()], undefined, { details: f.newDetails() }), { width: 700 });
dash("empty", board([]), { width: 700 });
dash("table", board([f.account()]), { width: 700 }, (page) => page.click("[data-testid=chart-table] summary"));
dash("stopped", board([f.account()]), { width: 700 }, (page) => page.click("[data-testid=watch-toggle]"));
dash("no-alarm", board([f.account()], undefined, { overview: { status: f.status({ alarm_set: false }) } }), {
  width: 700,
});
dash("clear", board([f.account()]), { width: 700 }, (page) => page.click("[data-testid=clear]"));
dash("clear-all", board([f.account()]), { width: 700 }, (page) => page.click("[data-testid=clear-all]"));
dash("errors-only", board([f.account()]), { width: 700 }, async (page) => {
  await page.click("[data-testid=level-info]");
  await page.click("[data-testid=level-warning]");
});
dash("failed", { ...board([f.account()]), account_details: { ok: false, error: f.ERRORS.offline } }, { width: 700 });
dash("german", board([f.HEALTHS.retrying]), { language: "de" });
dash("hostile", board(f.FIVE), { hash: "#account=a4" });
dash(
  "many",
  board(Array.from({ length: 1_000 }, (_, index) => f.account({ id: `a${index}`, name: `Person ${index + 1}` }))),
);
