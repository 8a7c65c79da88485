// Views of every state a page can be in.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** @param {string} name @param {string} [host] */
const site = (name, host = name.toLowerCase()) => ({ id: `site-${host}`, name, url: `https://${host}.atlassian.net` });

/**
 * @import {AccountDetails, AccountView, Card, DayView, ErrorView, EventView, FormCheck, Hints, IssueDetail, IssueRow, Overview} from "../../www/lib/contract.d.ts"
 * @import {Document, JobView, PlanView, PolicyView, ProviderView, SettingsView, Status} from "../../www/lib/contract.d.ts"
 */

/** A healthy account; change one thing from here. @param {Partial<AccountView>} [changes] @returns {AccountView} */
export function account(changes = {}) {
  const now = Date.now();
  return {
    id: "a1",
    provider: "jira_cloud",
    name: "Maria Lindqvist",
    label: null,
    email: "maria@northwind.example",
    avatar: null,
    site: site("Northwind"),
    sites: [site("Northwind")],
    health: "fresh",
    problem: null,
    issued_at: now - 12 * MINUTE,
    expires_at: now + 48 * MINUTE + 30_000,
    last_refresh_at: now - 12 * MINUTE,
    next_refresh_at: now + 43 * MINUTE,
    scopes: ["read:jira-work"],
    can_refresh: true,
    session_ends_at: now + 90 * DAY - 12 * MINUTE,
    can_chat: true,
    ...changes,
  };
}

/** @param {unknown} value */
export const ok = (value) => ({ ok: true, value });

/** @param {Partial<Status>} [changes] @returns {Status} */
export function status(changes = {}) {
  const now = Date.now();
  return {
    running: true,
    last_check_at: now - 2 * MINUTE,
    next_check_at: now + 3 * MINUTE,
    alarm_set: true,
    ...changes,
  };
}

/** @param {AccountView[]} accounts @param {Partial<Overview>} [changes] @returns {Overview} */
export function overview(accounts, changes = {}) {
  return {
    version: "0.1.0",
    loopback: false,
    redirect_uri: "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth",
    accounts,
    more: 0,
    pictures: [],
    problem: null,
    lock: "none",
    status: status(),
    ...changes,
  };
}

/** @param {ErrorView["code"]} code @param {string} message @param {ErrorView["action"]} [action] */
export const failed = (code, message, action = { kind: "none" }) => ({ ok: false, error: { code, message, action } });

/** @param {ErrorView["code"]} code @param {string} message @param {ErrorView["action"]} action @returns {ErrorView} */
const trouble = (code, message, action) => ({ code, message, action });
const now = Date.now();

/** Nothing to renew with. */
const endless = { can_refresh: false, next_refresh_at: null, session_ends_at: null };

/** @type {Record<AccountView["health"], AccountView>} */
export const HEALTHS = {
  fresh: account(),
  expiring: account({
    health: "expiring",
    ...endless,
    issued_at: now - 56 * MINUTE,
    expires_at: now + 4 * MINUTE,
  }),
  refreshing: account({ health: "refreshing" }),
  retrying: account({
    health: "retrying",
    expires_at: now + 50_000,
    problem: trouble("offline", "No connection to Jira Cloud. Check the network; it is tried again by itself.", {
      kind: "retry",
      at: now + 61_000,
    }),
  }),
  expired: account({ health: "expired", expires_at: now - 5 * MINUTE, ...endless }),
  reauth_required: account({
    health: "reauth_required",
    expires_at: now - 5 * MINUTE,
    next_refresh_at: null,
    problem: trouble(
      "reauth_required",
      "Jira Cloud ended this sign-in (invalid_grant). Sign in again; nothing else is lost.",
      {
        kind: "sign_in",
        scopes: [],
        account: "a1",
      },
    ),
  }),
  misconfigured: account({
    health: "misconfigured",
    next_refresh_at: null,
    problem: trouble(
      "invalid_configuration",
      "Jira Cloud does not accept this app (invalid_client). Check the client id and the client secret.",
      { kind: "fix_settings", field: "client_secret" },
    ),
  }),
  locked: account({ health: "locked", next_refresh_at: null }),
  no_expiry: account({
    health: "no_expiry",
    expires_at: null,
    issued_at: null,
    last_refresh_at: null,
    ...endless,
  }),
  signed_out: account({ health: "signed_out", expires_at: null, ...endless }),
};

/** @type {[EventView["kind"], EventView["level"], string][]} */
const LINES = [
  ["refreshed", "info", ""],
  ["rotated", "info", ""],
  ["expiring", "warning", ""],
  ["retry_scheduled", "warning", "No connection to Jira Cloud. Check the network; it is tried again by itself."],
  ["refresh_failed", "warning", "Jira Cloud is busy or has a fault (status 503). It is tried again by itself."],
  ["skew_corrected", "warning", "the machine's clock was set"],
  ["token_refused", "warning", "the service refused the token"],
  ["reauth_required", "error", "Jira Cloud ended this sign-in (invalid_grant). Sign in again; nothing else is lost."],
  ["expired", "error", ""],
  ["acquired", "info", ""],
];

/** Each kind of line a history can have. @type {EventView[]} */
export const EVENTS = /** @type {[EventView["kind"], EventView["level"]][]} */ ([
  ["acquired", "info"],
  ["refreshed", "info"],
  ["rotated", "info"],
  ["refresh_failed", "warning"],
  ["retry_scheduled", "warning"],
  ["expiring", "warning"],
  ["expired", "error"],
  ["reauth_required", "error"],
  ["misconfigured", "error"],
  ["silent_sign_in", "info"],
  ["token_refused", "warning"],
  ["revoked", "info"],
  ["cleared", "info"],
  ["skew_corrected", "warning"],
  ["inactivity_near", "warning"],
  ["vault_recovered", "error"],
  ["locked", "info"],
  ["unlocked", "info"],
  ["monitor_started", "info"],
  ["monitor_stopped", "warning"],
]).map(([kind, level], index) => ({ at: now - index * 17 * MINUTE, kind, level, account: "a1", cause: "" }));

/** @param {number} count @param {string} id @returns {EventView[]} newest first */
export function history(count, id = "a1") {
  return Array.from({ length: count }, (_, index) => {
    const [kind, level, cause] = /** @type {(typeof LINES)[0]} */ (LINES[index % LINES.length]);
    return { at: Date.now() - index * 47 * MINUTE, kind, level, account: id, cause };
  });
}

/** @returns {DayView[]} */
function month() {
  const today = Math.floor(Date.now() / DAY) * DAY;
  return Array.from({ length: 30 }, (_, index) => ({
    day: today - (29 - index) * DAY,
    refreshes: index < 6 ? 0 : 18 + ((index * 7) % 9),
    failures: index === 14 ? 9 : index % 8 === 3 ? 2 : 0,
    valid_share: index < 6 ? null : index === 14 ? 0.82 : index % 8 === 3 ? 0.996 : 1,
  }));
}

/** Everything there is to know of an account. @param {AccountView} [of] @param {Partial<AccountDetails>} [changes] @returns {AccountDetails} */
export function details(of = account(), changes = {}) {
  const left = of.expires_at === null ? null : Math.max(0, of.expires_at - Date.now());
  return {
    account: of,
    token: {
      account: of.id,
      health: of.health,
      token_type: "Bearer",
      scopes: ["read:jira-work", "read:jira-user", "read:me", "offline_access"],
      issued_at: of.issued_at ?? Date.now() - 12 * MINUTE,
      expires_at: of.expires_at,
      remaining_ms: left,
      generation: 312,
      refreshes: 511,
      refresh_failures: 17,
      last_attempt_at: of.last_refresh_at,
      next_refresh_at: of.next_refresh_at,
      has_refresh_token: of.can_refresh,
      session_ends_at: of.session_ends_at,
      clock_skew_ms: -4_200,
    },
    statistics: {
      since: Date.now() - 24 * DAY,
      refreshes: 511,
      failures: [
        { kind: "network", count: 11 },
        { kind: "server", count: 5 },
        { kind: "busy", count: 1 },
      ],
      success_rate: 511 / 528,
      latency_median_ms: 212,
      latency_p95_ms: 1_430,
      latencies_ms: Array.from({ length: 60 }, (_, at) => (at === 41 ? 1_430 : 160 + ((at * 37) % 120))),
      valid_share: 0.99931,
      longest_gap_ms: 14 * MINUTE,
      days: month(),
    },
    history: history(24, of.id),
    threshold_minutes: null,
    ...changes,
  };
}

/** An account to which everything has happened. @returns {AccountDetails} */
export function eventfulDetails(of = account()) {
  const made = details(of, { history: EVENTS });
  made.statistics.failures = /** @type {const} */ ([
    "network",
    "timeout",
    "busy",
    "server",
    "unreadable",
    "dead_grant",
    "misconfigured",
    "nothing_to_renew_with",
  ]).map((kind, index) => ({ kind, count: 9 - index }));
  return made;
}

/** An account nothing has happened to yet. @returns {AccountDetails} */
export function newDetails(of = account()) {
  const made = details(of, { history: [] });
  const days = made.statistics.days.map(({ day }) => ({ day, refreshes: 0, failures: 0, valid_share: null }));
  made.statistics = {
    ...made.statistics,
    refreshes: 0,
    failures: [],
    success_rate: null,
    latency_median_ms: null,
    days,
  };
  Object.assign(made.statistics, {
    latencies_ms: [],
    latency_p95_ms: null,
    valid_share: null,
    longest_gap_ms: 0,
    since: Date.now(),
  });
  return made;
}

/** @param {Partial<SettingsView>} [changes] @returns {SettingsView} */
export const settings = (changes = {}) => ({
  settings: {
    check_interval_minutes: 5,
    threshold_minutes: 10,
    retries: 3,
    notifications: true,
    auto_lock_minutes: 0,
    read_only: false,
  },
  managed: [],
  ...changes,
});

/** @type {Record<string, Record<string, string>>} */
const LAYOUTS = {
  jira_cloud: {
    broker: "broker_url simulator",
    own_app: "client_id client_secret simulator",
    api_token: "site email token expires_on simulator",
  },
  jira_data_center: {
    own_app: "client_id client_secret base_url",
    public: "client_id base_url",
    broker: "broker_url base_url",
    personal_access_token: "base_url token expires_on",
  },
  microsoft_entra: {
    single_page: "client_id tenant scopes authorize_parameters token_parameters simulator",
    public: "client_id tenant scopes authorize_parameters token_parameters simulator",
    own_app: "client_id client_secret tenant scopes authorize_parameters token_parameters simulator",
    client_credentials: "client_id client_secret tenant scopes token_parameters simulator",
  },
  other: {
    public:
      "client_id issuer authorization_endpoint token_endpoint scopes authorize_parameters token_parameters simulator",
    own_app:
      "client_id client_secret issuer authorization_endpoint token_endpoint scopes authorize_parameters token_parameters simulator",
    client_credentials: "client_id client_secret issuer token_endpoint scopes token_parameters simulator",
  },
};

/** What `check_form` answers for each choice. @param {Partial<FormCheck>} [changes] */
export function formChecks(changes = {}) {
  const cases = Object.entries(LAYOUTS).flatMap(([provider, clients]) => {
    const known = Object.keys(clients);
    return [...known, "any"].map((client) => {
      const fields = clients[client]?.split(" ") ?? [];
      const check = { problems: [], clients: known, fields, origins: [], permissions: [], ...changes };
      return [{ form: client === "any" ? { provider } : { provider, client } }, ok(check)];
    });
  });
  return { cases };
}

/** @param {Partial<ProviderView>} [changes] @returns {ProviderView} */
export const provider = (changes = {}) => ({
  id: "p1",
  name: "Northwind",
  provider: "jira_cloud",
  client: "own_app",
  place: "",
  has_secret: true,
  managed: false,
  asks_for: [],
  origins: [],
  permissions: [],
  ...changes,
});

/** @param {Partial<PolicyView>} [changes] @returns {PolicyView} */
export const policy = (changes = {}) => ({
  managed: [],
  allow_other_providers: true,
  allowed_sites: null,
  require_passphrase: false,
  read_only: false,
  problems: [],
  ...changes,
});

/** @type {import("../../www/lib/contract.d.ts").Stored[]} */
export const STORED = [
  { kind: "accounts", records: 2, bytes: 5_812, can_delete: false },
  { kind: "settings", records: 3, bytes: 940, can_delete: false },
  { kind: "history", records: 3, bytes: 48_210, can_delete: true },
  { kind: "names", records: 14, bytes: 2_310_400, can_delete: true },
  { kind: "conversations", records: 0, bytes: 0, can_delete: true },
  { kind: "changes", records: 1, bytes: 1_204, can_delete: false },
];
export const TESTED = ok({
  ok: true,
  steps: [
    { step: "token", took_ms: 1, found: "", problem: null, items: [] },
    { step: "site", took_ms: 84, found: "Northwind", problem: null, items: [] },
    { step: "person", took_ms: 210, found: "Maria Lindqvist", problem: null, items: [] },
    { step: "projects", took_ms: 190, found: "34", problem: null, items: ["MOB Mobile app", "WEB Web shop"] },
    { step: "issues", took_ms: 240, found: "", problem: null, items: ["MOB-128 Checkout button does nothing"] },
  ],
});

/** What the options page asks for beside the accounts. */
export const OPTIONS = {
  stored: ok(STORED),
  test_connection: TESTED,
  settings: ok(settings()),
  policy: ok(policy()),
  providers: ok({ providers: [] }),
};

export const HOSTILE = `<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>"'&lt;b&gt;\u202E{{x}}`;
const LONG = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley von und zu Hohenlohe-Langenburg";

export const FIVE = [
  account(),
  account({
    id: "a2",
    name: LONG,
    email: `${"very.long.address.".repeat(5)}@example.com`,
    sites: [site("Northwind"), site("Contoso Engineering and Research International", "contoso")],
    health: "expiring",
  }),
  account({
    id: "a3",
    name: "أحمد بن عبد الله",
    site: site("مشروع", "rtl"),
    sites: [site("مشروع", "rtl")],
    health: "retrying",
  }),
  account({
    id: "a4",
    name: HOSTILE,
    email: HOSTILE,
    site: { id: "s", name: HOSTILE, url: "javascript:alert(1)" },
    sites: [{ id: "s", name: HOSTILE, url: "javascript:alert(1)" }],
    health: "reauth_required",
  }),
  account({ id: "a5", name: "李小龙", provider: "other", site: null, sites: [], can_chat: false }),
];

/** @param {string} name */
const person = (name) => ({ name, avatar: null });
/** @param {number} minutes */
const ago = (minutes) => new Date(now - minutes * MINUTE).toISOString().replace("Z", "+0000");
/** @param {Partial<IssueRow>} [changes] @returns {IssueRow} */
export function issue(changes = {}) {
  return {
    key: "MOB-128",
    url: "https://northwind.atlassian.net/browse/MOB-128",
    summary: "Checkout button does nothing after the session was renewed in another tab",
    issue_type: "Bug",
    status: "In Progress",
    status_category: "indeterminate",
    priority: "High",
    assignee: person("Maria Lindqvist"),
    updated: ago(35),
    due: null,
    cells: [],
    ...changes,
  };
}

export const ISSUES = [
  issue(),
  issue({
    key: "MOB-97",
    summary: "Offer dark mode on tablets",
    issue_type: "Story",
    status: "To Do",
    status_category: "new",
    priority: "Medium",
    assignee: null,
    updated: ago(3 * 1440),
    due: "2026-01-15",
  }),
  issue({
    key: "WEB-1204",
    summary: "Move image pipeline to the new object store",
    issue_type: "Task",
    status: "Done",
    status_category: "done",
    priority: "Lowest",
    assignee: person("Tomás Ó Briain"),
    updated: ago(40 * 1440),
    due: "2026-12-24",
  }),
  issue({
    key: "DATA-3",
    summary: "Quarterly usage report",
    issue_type: "Epic",
    status: "Waiting for approval from customer",
    status_category: "indeterminate",
    priority: null,
    assignee: person(LONG),
    updated: "soon",
  }),
];
export const ODD_ISSUES = [
  issue({
    key: "BAD-1",
    summary: HOSTILE,
    issue_type: HOSTILE,
    status: HOSTILE,
    priority: HOSTILE,
    assignee: person(HOSTILE),
    url: "javascript:alert(1)",
  }),
  issue({
    key: "RTL-1",
    summary: "خطأ عند تسجيل الدخول من الهاتف المحمول",
    status: "قيد التنفيذ",
    assignee: person("أحمد بن عبد الله"),
  }),
  issue({ key: "LONGPROJECTKEY-123456", summary: "x".repeat(255) }),
];

/** @type {Extract<Card, { kind: "understood" }>} */
export const UNDERSTOOD = {
  kind: "understood",
  jql: "assignee = currentUser() AND statusCategory != Done ORDER BY updated DESC",
  clauses: [
    { jql: "assignee = currentUser()", words: "my", meaning: "assigned to you", reading: "" },
    { jql: "statusCategory != Done", words: "open", meaning: "not done yet", reading: "“open”: not done" },
    { jql: "ORDER BY updated DESC", words: "", meaning: "most recently updated first", reading: "" },
  ],
  ignored: [],
};

const MARKS = { flags: 0, color: null, background: null, link: null };
/** @param {string} words @param {object} [marks] */
const word = (words, marks = {}) => /** @type {any} */ ({ kind: "text", of: [words, { ...MARKS, ...marks }] });
/** @param {...string} lines @returns {Document} */
export const text = (...lines) => ({ blocks: lines.map((line) => ({ kind: "paragraph", of: [word(line)] })) });
const cell = (/** @type {string} */ words, header = false) => ({ header, blocks: text(words).blocks });

const PANELS = /** @type {const} */ (["info", "note", "tip", "success", "warning", "error"]);

/** Nearly every kind of block and inline. @type {Document} */
const RICH = {
  blocks: [
    { kind: "heading", of: [2, [word("Steps")]] },
    {
      kind: "list",
      of: {
        kind: { numbers: 1 },
        items: [
          { done: false, blocks: text("Sign in in two tabs.").blocks },
          { done: false, blocks: text("Press Checkout in the second.").blocks },
        ],
      },
    },
    {
      kind: "paragraph",
      of: [
        word("Nothing happens", { flags: 3 }),
        { kind: "break" },
        word("the log", { link: "https://logs.example.com/1" }),
        word("bad", { link: "javascript:alert(1)" }),
        { kind: "mention", of: { id: "1", name: "@Maria" } },
        { kind: "date", of: 20_700 },
        { kind: "status", of: { text: "BLOCKED", color: "red" } },
        { kind: "emoji", of: { name: ":smile:", id: "", text: "😄" } },
        { kind: "card", of: "https://example.com/x" },
      ],
    },
    { kind: "code", of: { language: "js", text: "<b>not bold</b>" } },
    { kind: "quote", of: text("As said before.").blocks },
    { kind: "panel", of: ["warning", text("Careful.").blocks] },
    { kind: "expand", of: { title: "More", blocks: text("Hidden at first.").blocks } },
    {
      kind: "list",
      of: { kind: "tasks", items: [{ done: true, blocks: text("Done thing").blocks }] },
    },
    {
      kind: "table",
      of: [
        [cell("A", true), cell("B", true)],
        [cell("1"), cell("2")],
      ],
    },
    { kind: "media", of: { alt: "A screenshot", source: { attachment: "a.png" } } },
    { kind: "card", of: "https://example.com/y" },
    { kind: "rule" },
    ...text("The basket stays as it was. ".repeat(40)).blocks,
  ],
};

/** What the text above lacks: each kind of panel, list and picture. @type {Document} */
const RICHER = {
  blocks: [
    ...PANELS.map((kind) => /** @type {any} */ ({ kind: "panel", of: [kind, text(`A panel: ${kind}.`).blocks] })),
    { kind: "list", of: { kind: "bullets", items: [{ done: false, blocks: text("A point.").blocks }] } },
    { kind: "list", of: { kind: "decisions", items: [{ done: false, blocks: text("Keep the basket.").blocks }] } },
    { kind: "media", of: { alt: "", source: { url: "https://example.com/a.png" } } },
    { kind: "media", of: { alt: "The log of the second tab", source: { file: { id: "f1", collection: "c" } } } },
    {
      kind: "paragraph",
      of: [word("See "), { kind: "media", of: { alt: "the drawing", source: { attachment: "b.png" } } }, word(".")],
    },
  ],
};

/** @type {IssueDetail} */
const DETAIL = {
  row: issue({ due: "2026-01-15" }),
  description: RICH,
  reporter: "Tomás Ó Briain",
  created: ago(9 * 1440),
  labels: ["checkout", "session", "regression"],
  fields: [
    { name: "Sprint", text: "Sprint 12" },
    { name: "Story points", text: "5" },
  ],
  comment_total: 7,
  comments: [
    {
      author: "Maria Lindqvist",
      created: ago(300),
      body: text("Reproduced on staging.", "Looks like the second tab keeps the old token."),
    },
    { author: "Ana Petrović", created: ago(60), body: text("Fix is in review.") },
  ],
  links: [
    {
      phrase: "is blocked by",
      key: "WEB-7",
      url: "https://northwind.atlassian.net/browse/WEB-7",
      summary: "New session service",
      status: "To Do",
      status_category: "new",
    },
  ],
  history: [{ author: "Ana Petrović", at: ago(90), field: "status", from: "To Do", to: "In Progress" }],
  transitions: [
    { name: "Send to review", to: "In Review", to_category: "indeterminate" },
    { name: "Close", to: "Done", to_category: "done" },
  ],
};

/** What is said of a question while it is typed: nothing. @param {Partial<Hints>} [changes] @returns {Hints} */
export const hints = (changes = {}) => ({
  jql: false,
  start: 0,
  end: 0,
  items: [],
  marks: [],
  problem: null,
  ...changes,
});

/** @param {Partial<PlanView>} [changes] @returns {PlanView} */
export const plan = (changes = {}) => ({
  id: "plan-1",
  hash: "h1",
  title: "Move 2 issues to In Review",
  rows: [
    {
      key: "MOB-128",
      url: "https://northwind.atlassian.net/browse/MOB-128",
      summary: "Checkout button does nothing",
      changes: [{ field: "Status", before: "To Do", after: "In Review" }],
      problem: null,
    },
    {
      key: "MOB-97",
      url: "https://northwind.atlassian.net/browse/MOB-97",
      summary: "Offer dark mode",
      changes: [],
      problem: "It is in In Review already.",
    },
  ],
  changes: 1,
  stays: 1,
  more: 3,
  warnings: ["Not understood: please."],
  concerns: [{ name: "Maria Lindqvist", role: "assignee" }],
  missing: [],
  file: null,
  trouble: null,
  button: "Move 2 issues to In Review",
  twice: null,
  until: now + 600_000,
  ...changes,
});

/** @param {Partial<JobView>} [changes] @returns {JobView} */
export const job = (changes = {}) => ({
  id: "plan-1",
  title: "Move 2 issues to In Review",
  at: now - MINUTE,
  total: 2,
  done: 1,
  failed: 1,
  unknown: 0,
  left: 0,
  message: "1 of 2 changes are made, 1 could not be made.",
  rows: [
    {
      key: "MOB-97",
      url: "https://northwind.atlassian.net/browse/MOB-97",
      summary: "Offer dark mode",
      state: "failed",
      message: "Jira says: not allowed.",
    },
    {
      key: "MOB-128",
      url: "https://northwind.atlassian.net/browse/MOB-128",
      summary: "Checkout",
      state: "done",
      message: "",
    },
  ],
  more: 0,
  can_undo: true,
  undo_note: "",
  can_go_on: true,
  trouble: null,
  ...changes,
});

/** @type {Extract<Card, { kind: "groups" }>} */
const GROUPS = {
  kind: "groups",
  field: "Assignee",
  groups: [
    { name: "Maria Lindqvist", jql: "project = MOB AND assignee = 1", count: 12 },
    { name: "", jql: "project = MOB AND assignee IS EMPTY", count: 3 },
  ],
  others: 4,
  total: 19,
  approximate: true,
  several: false,
};

/** @type {Record<string, Card[]>} */
export const CARDS = {
  issues: [
    UNDERSTOOD,
    { kind: "count", count: 1284, approximate: true },
    { kind: "issues", columns: [], issues: ISSUES.slice(0, 2) },
    { kind: "issues", columns: [], issues: ISSUES.slice(2) },
  ],
  ignored: [
    { ...UNDERSTOOD, ignored: ["sparkly", "yesterdayish"] },
    { kind: "count", count: 1, approximate: false },
    { kind: "issues", columns: [], issues: [issue()] },
  ],
  issue: [{ kind: "issue", issue: DETAIL }],
  plain_issue: [
    {
      kind: "issue",

      issue: {
        ...DETAIL,
        description: { blocks: [] },
        comments: [],
        comment_total: 0,
        labels: [],
        reporter: null,
        fields: [],
        links: [],
        history: [],
        transitions: [],
      },
    },
  ],
  richer_issue: [{ kind: "issue", issue: { ...DETAIL, description: RICHER, comments: [], comment_total: 0 } }],
  empty: [
    UNDERSTOOD,
    {
      kind: "empty",
      message: "No issue fits both conditions. Without “not done yet” there are 12.",
      choices: [{ label: "Without “not done yet” (12)", text: "assignee = currentUser()" }],
    },
  ],
  notice: [
    {
      kind: "notice",
      message: "I find issues in Jira, count them, report on them and change them, and nothing else. For example:",
      examples: ["my open issues", "bugs in MOB", "show MOB-128"],
    },
  ],
  groups: [UNDERSTOOD, GROUPS],
  stored: [
    UNDERSTOOD,
    { kind: "stored", at: now - 3 * 60 * MINUTE },
    { kind: "issues", columns: [], issues: [issue()] },
  ],
  columns: [
    UNDERSTOOD,
    {
      kind: "issues",
      columns: [
        { name: "Votes", holds: "number" },
        { name: "Created", holds: "moment" },
        { name: "Start", holds: "day" },
        { name: "Time spent", holds: "seconds" },
        { name: "Environment", holds: "text" },
      ],
      issues: [
        issue({ cells: ["3", ago(9 * 1440), "2026-01-15", "7200", "Edge on Windows"] }),
        issue({ key: "MOB-2", cells: ["", "", "", "", ""] }),
      ],
    },
  ],
  question: [
    {
      kind: "question",
      message: "“Maria” can mean several. Which one?",
      choices: [
        { label: "Maria Lindqvist", text: "open issues of Maria Lindqvist" },
        { label: "Maria Berg", text: "open issues of Maria Berg" },
      ],
    },
  ],
  report: [
    {
      kind: "section",
      title: "Sprint 12",
      jql: "sprint = 12",
      cards: [
        {
          kind: "figures",
          figures: [
            { name: "Done", value: "7", jql: "sprint = 12 AND statusCategory = Done" },
            { name: "Days left", value: "4", jql: "" },
          ],
        },
        { kind: "sentence", message: "Goal: ship the checkout." },
      ],
    },
    {
      kind: "section",
      title: "In progress",
      jql: "statusCategory = 'In Progress'",
      cards: [
        { kind: "count", count: 1, approximate: false },
        { kind: "issues", columns: [], issues: [issue()] },
      ],
    },
    {
      kind: "section",
      title: "Created and resolved",
      jql: "",
      cards: [
        {
          kind: "chart",
          series: [
            { name: "Created", jql: "created >= -14d", total: 9, approximate: false },
            { name: "Resolved", jql: "resolved >= -14d", total: 1200, approximate: true },
          ],
          spans: [
            { from: "2026-11-01", to: "2026-11-07", counts: [4, 700] },
            { from: "2026-11-08", to: "2026-11-08", counts: [5, 500] },
          ],
        },
      ],
    },
    {
      kind: "section",
      title: "Mentioned in comments this week",
      jql: "comment ~ currentUser()",
      cards: [
        {
          kind: "failed",
          error: { code: "refused", message: "Jira says: no.", action: { kind: "none" } },
        },
      ],
    },
  ],
  plan: [{ kind: "plan", plan: plan() }],
  plan_missing: [
    {
      kind: "plan",
      plan: plan({
        missing: [
          {
            field: "resolution",
            name: "Resolution",
            message: "The step “Close” wants it.",
            input: "one",
            choices: [{ label: "Fixed", value: "Fixed" }],
          },
          { field: "comment", name: "Comment", message: "The step “Close” wants it.", input: "markdown", choices: [] },
          { field: "duedate", name: "Due", message: "It has to be filled in.", input: "day", choices: [] },
        ],
      }),
    },
  ],
  plan_inputs: [
    {
      kind: "plan",
      plan: plan({
        missing: [
          { field: "summary", name: "Summary", message: "It has to be filled in.", input: "text", choices: [] },
          { field: "points", name: "Story points", message: "“many” is not a number.", input: "number", choices: [] },
          {
            field: "components",
            name: "Components",
            message: "It has to be filled in.",
            input: "many",
            choices: [
              { label: "Checkout", value: "1" },
              { label: "Search", value: "2" },
            ],
          },
        ],
      }),
    },
  ],
  plan_twice: [
    {
      kind: "plan",
      plan: plan({ twice: "Really delete MOB-128? This cannot be taken back.", button: "Delete MOB-128" }),
    },
  ],
  plan_file: [{ kind: "plan", plan: plan({ title: "Attach a file to MOB-128", file: { most_bytes: 10_000_000 } }) }],
  plan_trouble: [
    {
      kind: "plan",
      plan: plan({
        hash: "",
        trouble: {
          code: "forbidden",
          message: "Your administrator allows reading only. Change it in Jira itself.",
          action: { kind: "none" },
        },
      }),
    },
  ],
  outcome: [{ kind: "outcome", job: job() }],
  outcome_stopped: [
    {
      kind: "outcome",
      job: job({
        total: 5,
        done: 2,
        failed: 0,
        unknown: 1,
        left: 2,
        message: "2 of 5 changes are made, 1 may have been made or not, 2 not begun.",
        rows: /** @type {const} */ (["unknown", "sending", "left", "done"]).map((state, index) => ({
          key: `MOB-${index + 1}`,
          url: `https://northwind.atlassian.net/browse/MOB-${index + 1}`,
          summary: "Checkout",
          state,
          message: state === "unknown" ? "Jira did not confirm the change. Look in Jira before you repeat it." : "",
        })),
        more: 1,
        undo_note: "What was deleted cannot be brought back.",
        trouble: trouble("offline", "No connection to Jira. Check the network, then try again.", {
          kind: "retry",
          at: null,
        }),
      }),
    },
  ],
  odd: [
    { kind: "sentence", message: HOSTILE },
    { ...GROUPS, field: HOSTILE, groups: [{ name: HOSTILE, jql: HOSTILE, count: 1 }] },
    { kind: "question", message: HOSTILE, choices: [{ label: HOSTILE, text: HOSTILE }] },
    {
      kind: "section",
      title: HOSTILE,
      jql: HOSTILE,
      cards: [{ kind: "figures", figures: [{ name: HOSTILE, value: HOSTILE, jql: HOSTILE }] }],
    },
    {
      kind: "plan",
      plan: plan({
        title: HOSTILE,
        warnings: [HOSTILE],
        rows: [
          {
            key: "X-1",
            url: "javascript:alert(1)",
            summary: HOSTILE,
            changes: [{ field: HOSTILE, before: HOSTILE, after: HOSTILE }],
            problem: null,
          },
        ],
        concerns: [{ name: HOSTILE, role: HOSTILE }],
        button: HOSTILE,
        twice: HOSTILE,
      }),
    },
    {
      kind: "outcome",
      job: job({
        title: HOSTILE,
        message: HOSTILE,
        undo_note: HOSTILE,
        rows: [{ key: "X-1", url: "javascript:alert(1)", summary: HOSTILE, state: "unknown", message: HOSTILE }],
      }),
    },
    {
      ...UNDERSTOOD,
      jql: `summary ~ "${HOSTILE}"`,
      clauses: [{ jql: HOSTILE, words: HOSTILE, meaning: HOSTILE, reading: HOSTILE }],
      ignored: [HOSTILE],
    },
    { kind: "issues", columns: [], issues: ODD_ISSUES },
    {
      kind: "issue",
      issue: {
        ...DETAIL,
        row: /** @type {IssueRow} */ (ODD_ISSUES[0]),
        description: text(HOSTILE),
        reporter: HOSTILE,
        labels: [HOSTILE],
        fields: [{ name: HOSTILE, text: HOSTILE }],
        links: [
          {
            phrase: HOSTILE,
            key: HOSTILE,
            url: "javascript:alert(1)",
            summary: HOSTILE,
            status: HOSTILE,
            status_category: "done",
          },
        ],
        history: [{ author: HOSTILE, at: HOSTILE, field: HOSTILE, from: HOSTILE, to: HOSTILE }],
        transitions: [{ name: HOSTILE, to: HOSTILE, to_category: "done" }],
        comments: [{ author: HOSTILE, created: HOSTILE, body: text(HOSTILE) }],
      },
    },
    { kind: "empty", message: HOSTILE, choices: [{ label: HOSTILE, text: HOSTILE }] },
    { kind: "notice", message: HOSTILE, examples: [HOSTILE] },
  ],
};

/** What can go wrong, each with the remedy it usually has. @type {Record<ErrorView["code"], ErrorView>} */
export const ERRORS = {
  offline: trouble("offline", "No connection to Jira. Check the network, then try again.", {
    kind: "retry",
    at: null,
  }),
  rate_limited: trouble("rate_limited", "Jira asks for a pause, too much was asked of it. Try again in a moment.", {
    kind: "retry",
    at: now + 90_000,
  }),
  reauth_required: trouble(
    "reauth_required",
    "Jira Cloud ended this sign-in (invalid_grant). Sign in again; nothing else is lost.",
    {
      kind: "sign_in",
      scopes: [],
      account: "a1",
    },
  ),
  permission_needed: trouble(
    "permission_needed",
    "The browser has to allow access to https://jira.example.com/* first. Choose “Allow” and confirm.",
    {
      kind: "grant_hosts",
      origins: ["https://jira.example.com/*"],
      permissions: [],
    },
  ),
  invalid_configuration: trouble(
    "invalid_configuration",
    "The broker's address is not a web address. It looks like https://jira.example.com.",
    {
      kind: "fix_settings",
      field: "broker_url",
    },
  ),
  invalid_jql: trouble(
    "invalid_jql",
    "Jira does not accept this. Jira says: The value 'foo' does not exist for the field 'project'. Correct that, then try again.",
    { kind: "none" },
  ),
  bad_request: trouble("bad_request", "This is not what was shown. Ask for it again.", { kind: "none" }),
  forbidden: trouble("forbidden", "Your administrator allows reading only. Change it in Jira itself.", {
    kind: "none",
  }),
  not_found: trouble("not_found", "It does not exist, or you may not see it. Check how it is written.", {
    kind: "none",
  }),
  consent_closed: trouble(
    "consent_closed",
    "The sign-in window was closed before Jira Cloud sent you back. If it showed an error, check the client id, and that the redirect address above is registered with the app. Then connect again.",
    {
      kind: "retry",
      at: null,
    },
  ),
  consent_denied: trouble(
    "consent_denied",
    "You (or your administrator) did not allow the access, so nothing was stored. Connect again to allow it.",
    {
      kind: "retry",
      at: null,
    },
  ),
  acquisition_failed: trouble(
    "acquisition_failed",
    "Jira Cloud did not accept the sign-in code (invalid_grant): it was used or ran out. Connect again.",
    {
      kind: "retry",
      at: null,
    },
  ),
  sign_in_mismatch: trouble(
    "sign_in_mismatch",
    "The answer does not belong to the question. The sign-in was stopped to protect you, and nothing was stored. Connect again.",
    {
      kind: "retry",
      at: null,
    },
  ),
  no_site: trouble(
    "no_site",
    "You signed in, but this Atlassian account has no Jira site that the app may use. Ask for access to a site, or sign in with another account.",
    {
      kind: "sign_in",
      scopes: [],
      account: "a1",
    },
  ),
  refresh_failed: trouble(
    "refresh_failed",
    "Jira Cloud is busy or has a fault (status 503). It is tried again by itself.",
    {
      kind: "retry",
      at: now + 120_000,
    },
  ),
  server_failed: trouble("server_failed", "Jira failed (status 503). Try again in a moment.", {
    kind: "retry",
    at: now + 30_000,
  }),
  refused: trouble("refused", "Jira says: you may not see this project.", { kind: "none" }),
  vault_unreadable: trouble(
    "vault_unreadable",
    "A stored sign-in cannot be read: the browser's key for it is gone, or the file was changed. It was put aside, unchanged. Connect again; nothing in Jira is lost.",
    {
      kind: "none",
    },
  ),
  locked: trouble("locked", "Chat for Jira is locked, and renews no token until you unlock it with your passphrase.", {
    kind: "unlock",
  }),
  wrong_passphrase: trouble("wrong_passphrase", "This is not the passphrase. Nothing was changed.", { kind: "none" }),
  storage_failed: trouble(
    "storage_failed",
    "The browser's storage failed (no room is left). Check that the disk has room, then try again.",
    {
      kind: "retry",
      at: null,
    },
  ),
  interrupted: trouble(
    "interrupted",
    "The browser stopped this halfway, and it cannot be taken up again. Start it anew.",
    {
      kind: "retry",
      at: null,
    },
  ),
  internal: trouble("internal", "Something went wrong inside Chat for Jira, and it has been restarted. Try again.", {
    kind: "retry",
    at: null,
  }),
};

/** What the worker says to a page of another build. */
export const OTHER_BUILD = trouble("internal", "Chat for Jira was updated. Load it anew to go on.", { kind: "reload" });

/** What the worker says where WebAssembly is switched off. */
export const NO_MODULE = trouble(
  "internal",
  "Chat for Jira needs WebAssembly, which is switched off in this browser. Ask your administrator to allow it for this extension.",
  { kind: "none" },
);

/** @param {Card[]} cards @param {string | null} [more] @param {string | null} [what] */
export const play = (cards, more = null, what = null) => [
  ...cards.map((item, index) => ({ seq: index + 1, item })),
  { done: { more, export: what, not_kept: false } },
];
