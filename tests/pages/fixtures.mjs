// Views of every state a page can be in.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** @param {string} name @param {string} [host] */
const site = (name, host = name.toLowerCase()) => ({ id: `site-${host}`, name, url: `https://${host}.atlassian.net` });

/**
 * @import {AccountDetails, AccountView, Card, DayView, ErrorView, EventView, FormCheck, IssueDetail, IssueRow, Overview} from "../../www/lib/contract.d.ts"
 * @import {PolicyView, ProviderView, SettingsView, Status} from "../../www/lib/contract.d.ts"
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
    problem: trouble("offline", "Atlassian could not be reached. The next try is in one minute.", {
      kind: "retry",
      at: now + 61_000,
    }),
  }),
  expired: account({ health: "expired", expires_at: now - 5 * MINUTE, ...endless }),
  reauth_required: account({
    health: "reauth_required",
    expires_at: now - 5 * MINUTE,
    next_refresh_at: null,
    problem: trouble("reauth_required", "Atlassian has ended this sign-in. Sign in again to go on.", {
      kind: "sign_in",
      scopes: [],
      account: "a1",
    }),
  }),
  misconfigured: account({
    health: "misconfigured",
    next_refresh_at: null,
    problem: trouble(
      "invalid_configuration",
      "Atlassian does not accept the client secret. Check it in the settings.",
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
  ["retry_scheduled", "warning", "in 38 seconds, attempt 2 of 3"],
  ["refresh_failed", "warning", "auth.atlassian.com answered 503"],
  ["skew_corrected", "warning", "this clock is 4 seconds behind"],
  ["token_refused", "warning", "401 from api.atlassian.com"],
  ["reauth_required", "error", "the server has ended the sign-in (invalid_grant)"],
  ["expired", "error", ""],
  ["acquired", "info", "consent given"],
];

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
      valid_share: 0.99931,
      longest_gap_ms: 14 * MINUTE,
      days: month(),
    },
    history: history(24, of.id),
    threshold_minutes: null,
    ...changes,
  };
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
  Object.assign(made.statistics, { latency_p95_ms: null, valid_share: null, longest_gap_ms: 0, since: Date.now() });
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

/** What the options page asks for beside the accounts. */
export const OPTIONS = { settings: ok(settings()), policy: ok(policy()), providers: ok({ providers: [] }) };

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
    { jql: "assignee = currentUser()", words: "my", meaning: "assigned to you" },
    { jql: "statusCategory != Done", words: "open", meaning: "not done yet" },
    { jql: "ORDER BY updated DESC", words: "", meaning: "newest change first" },
  ],
  ignored: [],
};

/** @type {IssueDetail} */
const DETAIL = {
  row: issue({ due: "2026-01-15" }),
  description:
    "Steps:\n1. Sign in in two tabs.\n2. Wait until the first renews the session.\n3. Press Checkout in the second.\n\nNothing happens; the console shows a 401.\n\n" +
    "The basket stays as it was. ".repeat(40),
  reporter: "Tomás Ó Briain",
  created: ago(9 * 1440),
  labels: ["checkout", "session", "regression"],
  comment_total: 7,
  comments: [
    {
      author: "Maria Lindqvist",
      created: ago(300),
      text: "Reproduced on staging.\nLooks like the second tab keeps the old token.",
    },
    { author: "Ana Petrović", created: ago(60), text: "Fix is in review." },
  ],
};

/** @type {Record<string, Card[]>} */
export const CARDS = {
  issues: [
    UNDERSTOOD,
    { kind: "count", count: 1284, approximate: true },
    { kind: "issues", issues: ISSUES.slice(0, 2) },
    { kind: "issues", issues: ISSUES.slice(2) },
  ],
  ignored: [
    { ...UNDERSTOOD, ignored: ["sparkly", "yesterdayish"] },
    { kind: "count", count: 1, approximate: false },
    { kind: "issues", issues: [issue()] },
  ],
  issue: [{ kind: "issue", issue: DETAIL }],
  plain_issue: [
    {
      kind: "issue",
      issue: { ...DETAIL, description: "", comments: [], comment_total: 0, labels: [], reporter: null },
    },
  ],
  empty: [
    UNDERSTOOD,
    { kind: "empty", message: "No issue matches. Jira knows 12 issues assigned to you; all are done." },
  ],
  notice: [
    {
      kind: "notice",
      message: "I did not understand “sing me a song”. I can look for issues and show one:",
      examples: ["my open issues", "bugs in MOB", "show MOB-128"],
    },
  ],
  odd: [
    {
      ...UNDERSTOOD,
      jql: `summary ~ "${HOSTILE}"`,
      clauses: [{ jql: HOSTILE, words: HOSTILE, meaning: HOSTILE }],
      ignored: [HOSTILE],
    },
    { kind: "issues", issues: ODD_ISSUES },
    {
      kind: "issue",
      issue: {
        ...DETAIL,
        row: /** @type {IssueRow} */ (ODD_ISSUES[0]),
        description: HOSTILE,
        reporter: HOSTILE,
        labels: [HOSTILE],
        comments: [{ author: HOSTILE, created: HOSTILE, text: HOSTILE }],
      },
    },
    { kind: "empty", message: HOSTILE },
    { kind: "notice", message: HOSTILE, examples: [HOSTILE] },
  ],
};

export const ERRORS = {
  offline: trouble("offline", "Jira could not be reached. Check the connection and try again.", {
    kind: "retry",
    at: null,
  }),
  rate_limited: trouble("rate_limited", "Jira asks to wait a little before the next request.", {
    kind: "retry",
    at: now + 90_000,
  }),
  reauth_required: trouble("reauth_required", "Atlassian has ended this sign-in. Sign in again to go on.", {
    kind: "sign_in",
    scopes: [],
    account: "a1",
  }),
  permission_needed: trouble("permission_needed", "The browser may not reach jira.example.com yet.", {
    kind: "grant_hosts",
    origins: ["https://jira.example.com/*"],
    permissions: [],
  }),
  invalid_configuration: trouble("invalid_configuration", "The broker's address is wrong.", {
    kind: "fix_settings",
    field: "broker_url",
  }),
  invalid_jql: trouble("invalid_jql", "The value 'foo' does not exist for the field 'project'.", { kind: "none" }),
};

/** @param {Card[]} cards @param {string | null} [more] */
export const play = (cards, more = null) => [
  ...cards.map((item, index) => ({ seq: index + 1, item })),
  { done: { more } },
];
