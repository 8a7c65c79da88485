// Every state a page can be seen in, in one table: the tests walk through it, axe judges it, the gallery takes its pictures.
// `table.test.mjs` compares it with what the backend can say: a card, a health or an error code without a picture fails there.

import * as f from "./fixtures.mjs";
import { settled } from "./harness.mjs";

/** A pause counted from when it is seen, and not from when this file was read. @param {number} seconds @param {object} of */
const inSeconds = (seconds, of) => ({
  ...of,
  get until() {
    return Date.now() + seconds * 1_000;
  },
});
const ov = (accounts, changes) => ({ overview: f.ok(f.overview(accounts, changes)) });
const problem = {
  problems: [{ field: "broker_url", message: "Type the broker's address." }],
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
  await page.focus("[data-testid=composer]");
  await page.keyboard.sendCharacter(text); // at once: a busy machine takes long over single keys
  await page.keyboard.press("Enter");
  await settled(120);
}

const submit = async (page) => {
  await page.click("[data-testid=connect-submit]");
  await settled(400);
};

/** @typedef {"popup" | "panel" | "options" | "dashboard"} PageName */
/** @typedef {{ name: string, page: PageName, setting: import("./harness.mjs").Setting, act?: (page: any) => Promise<any> }} State */

/** The widths in which each page is seen; the first is its usual one. */
export const WIDTHS = {
  popup: [360, 320],
  panel: [360, 320, 800],
  options: [1280, 800, 320],
  dashboard: [1280, 800, 320],
};
export const PAGES = /** @type {PageName[]} */ (Object.keys(WIDTHS));

/** @type {State[]} */
export const states = [];
/** @param {string} name @param {PageName} page @param {import("./harness.mjs").Setting} setting @param {State["act"]} [act] */
function add(name, page, setting, act) {
  if (states.some((state) => state.name === name)) throw new Error(`two states are called ${name}`);
  states.push({ name, page, setting, act });
}

// What happens to every page: not yet answered, not answered at all, and the extension updated under it.
for (const page of PAGES) {
  add(`${page}-loading`, page, { oneShot: { overview: "never" } });
  add(`${page}-unreachable`, page, { oneShot: { overview: null } });
  add(`${page}-updated`, page, { oneShot: { overview: null }, gone: true });
  add(`${page}-other-build`, page, { oneShot: { overview: { ok: false, error: f.OTHER_BUILD } } });
  add(`${page}-no-module`, page, { oneShot: { overview: { ok: false, error: f.NO_MODULE } } });
}

add("popup-empty", "popup", { oneShot: ov([]) });
for (const [health, account] of Object.entries(f.HEALTHS))
  add(`popup-health-${health}`, "popup", { oneShot: ov([account]) });
add("popup-five", "popup", { oneShot: ov(f.FIVE) });
add("popup-providers", "popup", {
  oneShot: ov(
    ["jira_cloud", "jira_data_center", "microsoft_entra", "other"].map((provider, index) =>
      f.account({ id: `p${index}`, provider, name: `Person ${index + 1}` }),
    ),
  ),
});
add("popup-two-sites", "popup", { oneShot: ov([f.FIVE[1]]) });
for (const tab of ["statistics", "history", "token"]) {
  add(
    `popup-tab-${tab}`,
    "popup",
    { oneShot: { ...ov([f.account()]), account_details: f.ok(f.details()) } },
    async (page) => {
      await page.click(`[data-testid=tab-${tab}]`);
      await settled(300);
    },
  );
}
add("popup-reading-facts", "popup", { oneShot: { ...ov([f.account()]), account_details: "never" } }, async (page) => {
  await page.click("[data-testid=tab-history]");
  await settled(200);
});
add("popup-unlocked", "popup", { oneShot: ov([f.account()], { lock: "unlocked" }) });
const MANY = Array.from({ length: 1_000 }, (_, index) => f.account({ id: `a${index}`, name: `Person ${index + 1}` }));
add("popup-many", "popup", { oneShot: ov(MANY) });
add("popup-many-none-found", "popup", { oneShot: ov(MANY) }, (page) =>
  page.type("[data-testid=account-search]", "nobody at all"),
);
for (const code of ["rate_limited", "server_failed"]) {
  add(
    `popup-${code}`,
    "popup",
    { oneShot: { ...ov([f.account()]), refresh: { ok: false, error: f.ERRORS[code] } } },
    async (page) => {
      await page.click("[data-testid=refresh]");
      await settled(200);
    },
  );
}
for (const page of /** @type {const} */ (["popup", "dashboard", "options"])) {
  add(`${page}-offline`, page, { oneShot: checks([f.account()], problem) }, async (shown) => {
    await shown.setOfflineMode(true);
    await settled(120);
  });
}
add("popup-sign-out", "popup", { oneShot: ov([f.account()]) }, (page) => page.click("[data-testid=sign-out]"));
add("popup-refreshing-now", "popup", { oneShot: { ...ov([f.account()]), refresh: "never" } }, (page) =>
  page.click("[data-testid=refresh]"),
);
const test = (ok, steps) => ({ ...ov([f.account()]), test_connection: f.ok({ ok, steps }) });
const testIt = async (page) => {
  await page.click("[data-testid=test]");
  await settled(300);
};
const step = (name, took_ms, found = "", problem = null, items = []) => ({
  step: name,
  took_ms,
  found,
  problem,
  items,
});
const good = [
  step("token", 0),
  step("site", 84, "Northwind"),
  step("person", 1210, "Maria Lindqvist"),
  step("projects", 190, "34", null, ["MOB Mobile app", "WEB Web shop", f.HOSTILE]),
  step("issues", 240, "", null, [
    "MOB-128 Checkout button does nothing after the session was renewed",
    "WEB-7 Dark mode",
  ]),
];
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
add("popup-vault", "popup", {
  oneShot: ov([], {
    problem: {
      code: "vault_unreadable",
      message:
        "A stored sign-in cannot be read: the browser's key for it is gone, or the file was changed. It was put aside, unchanged. Connect again; nothing in Jira is lost.",
      action: { kind: "none" },
    },
  }),
});
add("popup-german", "popup", { oneShot: ov([f.HEALTHS.retrying]), language: "de" });

add("panel-welcome", "panel", { oneShot: ov([f.account()]) });
for (const [name, cards] of Object.entries(f.CARDS)) {
  add(
    `panel-${name}`,
    "panel",
    { oneShot: ov([f.account()]), height: 1000, streams: { ask: f.play(cards, name === "issues" ? "next" : null) } },
    ask,
  );
}
for (const [name, cards] of Object.entries({
  telling: [...f.CARDS.empty, ...f.CARDS.question, ...f.CARDS.report],
  doing: [...f.CARDS.plan, ...f.CARDS.plan_inputs, ...f.CARDS.plan_trouble, ...f.CARDS.outcome_stopped],
})) {
  add(
    `panel-german-${name}`,
    "panel",
    { oneShot: ov([f.account()]), height: 1000, language: "de", streams: { ask: f.play(cards, null) } },
    ask,
  );
}
/** @param {string} name @param {string} words What is typed, and not sent. @param {Partial<import("../../www/lib/contract.d.ts").Hints>} hints */
const typing = (name, words, hints) =>
  add(
    `panel-typing-${name}`,
    "panel",
    { oneShot: { ...ov([f.account()]), complete: f.ok(f.hints(hints)), examples: f.ok(["my overdue bugs in MOB"]) } },
    async (page) => {
      await page.type("[data-testid=composer]", words);
      await settled(200);
    },
  );
/** @param {string[]} kinds */
const named = (...kinds) => kinds.map((kind) => ({ kind, text: `a ${kind}`, label: `The ${kind}` }));
typing("names", "MOB bugs of maria for 1.2 sp", {
  start: 26,
  end: 28,
  items: named("person", "project", "status", "issue_type", "priority", "resolution", "key"),
  marks: [
    { start: 0, end: 3, kind: "project", meaning: "Mobile" },
    { start: 4, end: 8, kind: "issue_type", meaning: "Bug" },
    { start: 12, end: 17, kind: "person", meaning: "Maria Lindqvist" },
    { start: 18, end: 21, kind: "condition", meaning: "to be fixed in 2.0" },
    { start: 22, end: 25, kind: "unknown", meaning: "" },
  ],
});
typing("words", "my open iss", {
  start: 8,
  end: 11,
  items: [
    { kind: "words", text: "issues", label: "issues" },
    { kind: "field", text: "Issue Type", label: "Issue Type" },
  ],
});
typing("more-names", "s", { end: 1, items: named("sprint", "version", "component", "label", "group", "link_type") });
typing("jql", "project = MOB AND foo = currentUser()", {
  jql: true,
  start: 18,
  end: 21,
  items: ["field", "keyword", "operator", "function", "value"].map((kind) => ({ kind, text: kind, label: kind })),
  marks: [
    { start: 0, end: 7, kind: "field", meaning: "" },
    { start: 8, end: 9, kind: "operator", meaning: "" },
    { start: 10, end: 13, kind: "value", meaning: "Mobile" },
    { start: 14, end: 17, kind: "keyword", meaning: "" },
    { start: 18, end: 21, kind: "wrong", meaning: "" },
    { start: 24, end: 37, kind: "function", meaning: "" },
  ],
  problem: { start: 18, end: 21, message: "There is no field “foo”.", suggestions: ["fixVersion"] },
});
typing("hostile", "x", {
  end: 1,
  items: [{ kind: "person", text: f.HOSTILE, label: f.HOSTILE }],
  marks: [{ start: 0, end: 1, kind: "project", meaning: f.HOSTILE }],
  problem: { start: 0, end: 1, message: f.HOSTILE, suggestions: [f.HOSTILE] },
});
typing("commands", "/", {});
add("panel-shortcuts", "panel", { oneShot: ov([f.account()]), height: 800 }, async (page) => {
  await page.focus("[data-testid=composer]");
  await page.keyboard.press("?");
  await settled(120);
});
add(
  "panel-edit-jql",
  "panel",
  {
    oneShot: {
      ...ov([f.account()]),
      complete: f.ok(
        f.hints({
          jql: true,
          start: 30,
          end: 44,
          items: [{ kind: "field", text: "status", label: "status" }],
          marks: [
            { start: 0, end: 8, kind: "field", meaning: "assigned to you" },
            { start: 9, end: 10, kind: "operator", meaning: "assigned to you" },
            { start: 11, end: 22, kind: "function", meaning: "assigned to you" },
            { start: 25, end: 28, kind: "keyword", meaning: "" },
          ],
        }),
      ),
    },
    height: 800,
    streams: { ask: f.play(f.CARDS.issues, "next", "what") },
  },
  async (page) => {
    await ask(page);
    await page.click("[data-testid=edit-jql]");
    await page.keyboard.type(" ");
    await settled(200);
  },
);
add(
  "panel-german",
  "panel",
  {
    oneShot: ov([f.account()]),
    height: 1000,
    language: "de",
    streams: { ask: f.play(f.CARDS.issues, "next") },
  },
  ask,
);
add(
  "panel-history",
  "panel",
  {
    oneShot: {
      ...ov([f.account()]),
      conversations: f.ok([
        { id: "t1", title: "my open issues", began: Date.now() - 9_000_000, at: Date.now() - 8_000_000, turns: 3 },
        { id: "t2", title: f.HOSTILE, began: Date.now() - 99_000_000, at: Date.now() - 98_000_000, turns: 1 },
      ]),
    },
    height: 700,
  },
  async (page) => {
    await page.click("[data-testid=history]");
    await settled(200);
  },
);
add("panel-five", "panel", { oneShot: ov(f.FIVE), height: 700 });
add("panel-none", "panel", { oneShot: ov([]), height: 700 });
add(
  "panel-running",
  "panel",
  { oneShot: ov([f.account()]), height: 700, streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }] } },
  ask,
);
add(
  "panel-planning",
  "panel",
  { oneShot: ov([f.account()]), streams: { ask: [{ progress: { kind: "planning", issues: 1_200 } }] } },
  ask,
);
add(
  "panel-not-kept",
  "panel",
  {
    oneShot: ov([f.account()]),
    streams: {
      ask: [
        { seq: 1, item: f.CARDS.issues[2] },
        { progress: { kind: "reached", more: "m" } },
        { done: { more: null, export: "x", not_kept: true } },
      ],
    },
  },
  ask,
);
const moved = (/** @type {string} */ key, /** @type {string} */ summary, /** @type {string} */ before) => ({
  key,
  url: `https://northwind.atlassian.net/browse/${key}`,
  summary,
  changes: [{ field: "Status", before, after: "In Review" }],
  problem: null,
});
const twoMoved = {
  rows: [
    moved("MOB-128", "Checkout button does nothing after the session was renewed", "In Progress"),
    moved("MOB-97", "Offer dark mode on tablets", "To Do"),
  ],
  warnings: [],
  changes: 2,
  stays: 0,
  more: 0,
  button: "Move 2 issues to In Review",
};
add(
  "panel-plan-of-two",
  "panel",
  { oneShot: ov([f.account()]), streams: { ask: f.play([{ kind: "plan", plan: f.plan(twoMoved) }]) } },
  (page) => ask(page, "move MOB-128 and MOB-97 to In Review"),
);
/** @param {string} name @param {any[]} answers */
const confirming = (name, answers) =>
  add(
    `panel-${name}`,
    "panel",
    { oneShot: ov([f.account()]), streams: { ask: f.play(f.CARDS.plan), confirm: answers } },
    async (page) => {
      await ask(page);
      await page.click("[data-testid=confirm]");
      await settled(120);
    },
  );
const progress = { done: 12, total: 200, failed: 1, key: "MOB-13", until: null };
confirming("changing", [{ progress }]);
confirming("changing-paused", [{ progress: inSeconds(40, progress) }]);
confirming("changed", [{ seq: 1, item: f.CARDS.outcome[0] }, { done: null }]);
confirming("change-failed", [{ error: f.ERRORS.bad_request }]);
add(
  "panel-twice",
  "panel",
  { oneShot: ov([f.account()]), streams: { ask: f.play(f.CARDS.plan_twice) } },
  async (page) => {
    await ask(page);
    await page.click("[data-testid=confirm]");
  },
);
add("panel-unfinished", "panel", {
  oneShot: { ...ov([f.account()]), jobs: f.ok({ unfinished: [f.CARDS.outcome_stopped[0].job], last: null }) },
});
add(
  "panel-paused",
  "panel",
  {
    oneShot: ov([f.account()]),
    height: 700,
    streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }, { progress: inSeconds(12, { kind: "paused" }) }] },
  },
  ask,
);
add(
  "panel-stopped",
  "panel",
  { oneShot: ov([f.account()]), height: 700, streams: { ask: [{ seq: 1, item: f.UNDERSTOOD }] } },
  async (page) => {
    await ask(page);
    await page.click("[data-testid=stop]");
  },
);
for (const [code, error] of Object.entries(f.ERRORS)) {
  add(`panel-error-${code}`, "panel", { oneShot: ov([f.account()]), height: 400, streams: { ask: [{ error }] } }, ask);
}

add("options-first", "options", { oneShot: checks([], problem, { loopback: true }), height: 1000 });
add("options-problem", "options", { oneShot: checks([], problem), height: 1000 }, submit);
add("options-own-app", "options", { oneShot: checks([], problem), height: 1000 }, pick("own_app"));
add("options-data-center", "options", { oneShot: checks([], problem), height: 1000 }, pick("jira_data_center"));
add("options-other", "options", { oneShot: checks([], problem), height: 1100 }, pick("other"));
add("options-entra", "options", { oneShot: checks([], problem), height: 1100 }, pick("microsoft_entra"));
add("options-api-token", "options", { oneShot: checks([], problem), height: 1100 }, pick("api_token"));
for (const step of ["preparing", "consent", "exchanging", "reading_sites"]) {
  add(
    `options-connecting-${step}`,
    "options",
    {
      oneShot: checks([], { problems: [], origins: [] }),
      streams: { connect: [{ progress: { step } }] },
      height: 1100,
    },
    submit,
  );
}
add(
  "options-failed",
  "options",
  {
    oneShot: checks([], { problems: [], origins: [] }),
    streams: {
      connect: [
        { progress: { step: "consent" } },
        {
          error: {
            code: "consent_denied",
            message:
              "You (or your administrator) did not allow the access, so nothing was stored. Connect again to allow it.",
            action: { kind: "retry", at: null },
          },
        },
      ],
    },
    height: 1100,
  },
  submit,
);
add(
  "options-done",
  "options",
  {
    oneShot: checks([f.FIVE[1]], { problems: [], origins: [] }),
    hash: "#connect",
    streams: { connect: [{ done: f.FIVE[1] }] },
    height: 1100,
  },
  submit,
);
add(
  "options-first-done",
  "options",
  {
    oneShot: checks([], { problems: [], origins: [] }),
    streams: { connect: [{ done: f.account() }] },
    height: 1100,
  },
  submit,
);
add("options-data-sure", "options", { oneShot: checks([f.account()], problem) }, async (page) => {
  await settled(120);
  await page.click("[data-kind=names] [data-testid=delete-stored]");
});
add("options-many", "options", { oneShot: checks(MANY, problem) });
add("options-five", "options", { oneShot: checks(f.FIVE, problem), height: 1100 });
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
add("options-passphrase-set", "options", { oneShot: checks([f.account()], problem) }, (page) =>
  page.click("[data-testid=passphrase-set]"),
);
add("options-passphrase-change", "options", { oneShot: secret }, (page) =>
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
        problems: [
          "The provider “Our Jira” is left out: “broker_url”: The broker's address is not a web address. It looks like https://jira.example.com.",
        ],
      }),
    ),
    providers: f.ok({ providers: ways.slice(0, 1) }),
  },
  hash: "#connect",
});
add("options-saved", "options", {
  oneShot: { ...checks([], problem), providers: f.ok({ providers: ways }) },
});
add("options-saved-320", "options", {
  oneShot: { ...checks([], problem), providers: f.ok({ providers: ways }) },
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
  },
  async (page) => {
    await page.$eval("#setting-retries", (input) => {
      input.value = "99";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await settled(120);
  },
);
const unreadable = {
  code: "vault_unreadable",
  message:
    "A stored sign-in cannot be read: the browser's key for it is gone, or the file was changed. It was put aside, unchanged. Connect again; nothing in Jira is lost.",
  action: { kind: "none" },
};
add("options-damaged", "options", { oneShot: checks([f.account()], problem, { problem: unreadable }) }, (page) =>
  page.click("[data-testid=forget]"),
);
const shut = {
  lock: "locked",
  problem: {
    code: "locked",
    message: "Chat for Jira is locked, and renews no token until you unlock it with your passphrase.",
    action: { kind: "unlock" },
  },
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
  await settled(120);
};
const locked = {
  ...checks([f.HEALTHS.locked], problem, shut),
  unlock: wrong,
  account_details: f.ok(f.details(f.HEALTHS.locked)),
};
for (const name of /** @type {const} */ (["popup", "panel", "options", "dashboard"])) {
  add(`${name}-locked`, name, { oneShot: locked }, unlocking);
}
const forgetting = async (page) => {
  await page.waitForSelector("[data-testid=forgot]");
  await page.click("[data-testid=forgot]");
};
add("popup-forgotten", "popup", { oneShot: locked }, forgetting);
add("options-forgotten", "options", { oneShot: locked }, forgetting);
add("popup-forgotten-german", "popup", { oneShot: locked, language: "de" }, forgetting);
add("options-german", "options", { oneShot: checks([], problem), height: 1000, language: "de" });

const board = (accounts, of = accounts[0], changes = {}) => ({
  ...ov(accounts, changes.overview),
  account_details: f.ok(changes.details ?? f.details(of)),
  diagnostics: f.ok({ version: "0.1.0", accounts: [] }),
  monitor: f.ok(f.overview(accounts, { status: f.status({ running: false, next_check_at: null, alarm_set: false }) })),
});
const dash = (name, oneShot, changes = {}, act) =>
  add(`dashboard-${name}`, "dashboard", { oneShot, height: 900, ...changes }, async (page) => {
    await settled(120);
    await act?.(page);
    await settled(200);
  });
dash("five", board(f.FIVE));
for (const health of ["reauth_required", "misconfigured", "locked", "no_expiry", "signed_out"]) {
  dash(`health-${health}`, board([f.HEALTHS[health]]));
}
dash("new", board([f.account()], undefined, { details: f.newDetails() }));
dash("eventful", board([f.account()], undefined, { details: f.eventfulDetails() }));
dash("pushed", board(f.FIVE), {
  events: [
    { kind: "overview", overview: f.overview(f.FIVE) },
    { kind: "account", account: f.account({ health: "refreshing" }), status: f.status() },
    { kind: "token_event", event: f.EVENTS[1] },
  ],
});
dash("empty", board([]));
dash("table", board([f.account()]), {}, (page) => page.click("[data-testid=chart-table] summary"));
dash("stopped", board([f.account()]), {}, (page) => page.click("[data-testid=watch-toggle]"));
dash("no-alarm", board([f.account()], undefined, { overview: { status: f.status({ alarm_set: false }) } }));
dash("clear", board([f.account()]), {}, (page) => page.click("[data-testid=clear]"));
dash("clear-all", board([f.account()]), {}, (page) => page.click("[data-testid=clear-all]"));
dash("diagnostics", board([f.account()]), {}, (page) => page.click("[data-testid=diagnostics]"));
dash("nothing-found", board([f.account()]), {}, (page) => page.type("[data-testid=history-search]", "nothing at all"));
dash("errors-only", board([f.account()]), {}, async (page) => {
  await page.click("[data-testid=level-info]");
  await page.click("[data-testid=level-warning]");
});
dash("failed", { ...board([f.account()]), account_details: { ok: false, error: f.ERRORS.offline } });
dash("german", board([f.HEALTHS.retrying]), { language: "de" });
dash("hostile", board(f.FIVE), { hash: "#account=a4" });
dash(
  "many",
  board(Array.from({ length: 1_000 }, (_, index) => f.account({ id: `a${index}`, name: `Person ${index + 1}` }))),
);
