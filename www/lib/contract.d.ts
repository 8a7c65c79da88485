/* What pages send and get. Made from the Rust types by `UPDATE_CONTRACT=1 cargo test contract`; do not edit.

   One-shot: {command, args} → {ok: true, value} | {ok: false, error}.
   Port, page → worker: {id, command, args} | {id, cancel: true} | {id, resume: <seq of the last item seen, 0 if none>}.
   Port, worker → page: {id, seq, item} | {id, progress} | {id, done} | {id, error} | {event}.
   An id is a text that no other request of any page has. After a cancel the worker answers {id, done: null}. */

/** Milliseconds since 1970 UTC. */
export type Timestamp = number;
export type Code = "bad_request" | "forbidden" | "not_found" | "invalid_configuration" | "permission_needed" | "consent_closed" | "consent_denied" | "acquisition_failed" | "sign_in_mismatch" | "no_site" | "refresh_failed" | "reauth_required" | "offline" | "rate_limited" | "server_failed" | "refused" | "invalid_jql" | "vault_unreadable" | "locked" | "wrong_passphrase" | "storage_failed" | "interrupted" | "internal";
export type Action = { "kind": "none" } | { "kind": "retry", 
/**
 * Not before this moment.
 */
at: Timestamp | null, } | { "kind": "sign_in", 
/**
 * The account's id.
 */
account: string, 
/**
 * Scopes to ask for beside those that it has.
 */
scopes: Array<string>, } | { "kind": "fix_settings", 
/**
 * The field's name in the connect form.
 */
field: string | null, } | { "kind": "unlock" } | { "kind": "grant_hosts", 
/**
 * Match patterns.
 */
origins: Array<string>, 
/**
 * Names of permissions, as in the manifest.
 */
permissions: Array<string>, };
export type ErrorView = { 
/**
 * Stable, for programs and tests. Never renamed.
 */
code: Code, 
/**
 * One or two sentences for the person: what happened, why, what to do. Holds no secret.
 */
message: string, 
/**
 * What the page can offer.
 */
action: Action, };
export type Health = "fresh" | "expiring" | "refreshing" | "retrying" | "expired" | "reauth_required" | "misconfigured" | "locked" | "no_expiry" | "signed_out";
export type ProviderKind = "jira_cloud" | "jira_data_center" | "microsoft_entra" | "other";
export type SiteView = { 
/**
 * Cloud: the cloudId. Data Center: the base address.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its address in the browser, without a slash at the end.
 */
url: string, };
export type LockState = "none" | "locked" | "unlocked";
export type AccountView = { 
/**
 * Our id of the account.
 */
id: string, 
/**
 * Which kind of server.
 */
provider: ProviderKind, 
/**
 * The person's name, or the server's where it does not tell.
 */
name: string, 
/**
 * The person's own name for the account.
 */
label: string | null, 
/**
 * The e-mail address, where visible.
 */
email: string | null, 
/**
 * A `data:` address, or in an overview the number of one in its `pictures`; none: initials are shown.
 */
avatar: string | null, 
/**
 * The chosen site.
 */
site: SiteView | null, 
/**
 * All sites.
 */
sites: Array<SiteView>, 
/**
 * How it is doing.
 */
health: Health, 
/**
 * Why it is not fresh, when something went wrong.
 */
problem: ErrorView | null, 
/**
 * When the access token came.
 */
issued_at: Timestamp | null, 
/**
 * When it ends.
 */
expires_at: Timestamp | null, 
/**
 * The last successful refresh.
 */
last_refresh_at: Timestamp | null, 
/**
 * The next refresh.
 */
next_refresh_at: Timestamp | null, 
/**
 * What was granted.
 */
scopes: Array<string>, 
/**
 * Whether there is something to refresh with.
 */
can_refresh: boolean, 
/**
 * When the whole sign-in ends by itself if it is not used (or whatever is done), where the provider says so.
 */
session_ends_at: Timestamp | null, 
/**
 * Whether there is a Jira to chat with.
 */
can_chat: boolean, };
export type Status = { 
/**
 * Whether it runs; the person can stop it.
 */
running: boolean, 
/**
 * When the tokens were last looked at.
 */
last_check_at: Timestamp | null, 
/**
 * When they will be; none if nothing is to come.
 */
next_check_at: Timestamp | null, 
/**
 * Whether the browser holds the alarm for it.
 */
alarm_set: boolean, };
export type Overview = { 
/**
 * The extension's version.
 */
version: string, 
/**
 * Whether this build may talk to this machine over plain http (demo and test builds).
 */
loopback: boolean, 
/**
 * The redirect address to register with an app.
 */
redirect_uri: string, 
/**
 * The accounts, oldest first: all, or where there are many, those that the first screen shows.
 */
accounts: Array<AccountView>, 
/**
 * How many are left out.
 */
more: number, 
/**
 * The accounts' pictures, each once: `data:` addresses.
 */
pictures: Array<string>, 
/**
 * Why stored accounts are missing, if they are.
 */
problem: ErrorView | null, 
/**
 * Whether there is a passphrase, and whether it was given.
 */
lock: LockState, 
/**
 * How the watch over the tokens is doing.
 */
status: Status, };
export type Level = "info" | "warning" | "error";
export type EventKind = "acquired" | "refreshed" | "rotated" | "refresh_failed" | "retry_scheduled" | "expiring" | "expired" | "reauth_required" | "misconfigured" | "silent_sign_in" | "token_refused" | "revoked" | "cleared" | "skew_corrected" | "inactivity_near" | "vault_recovered" | "locked" | "unlocked" | "monitor_started" | "monitor_stopped";
export type EventView = { 
/**
 * When, by this machine's clock.
 */
at: Timestamp, 
/**
 * What happened.
 */
kind: EventKind, 
/**
 * How much it matters.
 */
level: Level, 
/**
 * Whose; none for the watch itself.
 */
account: string | null, 
/**
 * Why, in a few words; may be empty. Holds no secret.
 */
cause: string, };
export type FailureKind = "network" | "timeout" | "busy" | "server" | "unreadable" | "dead_grant" | "misconfigured" | "nothing_to_renew_with";
export type FailureCount = { 
/**
 * Why.
 */
kind: FailureKind, 
/**
 * How many.
 */
count: number, };
export type DayView = { 
/**
 * The day's beginning (UTC).
 */
day: Timestamp, 
/**
 * Successful refreshes.
 */
refreshes: number, 
/**
 * Failed ones.
 */
failures: number, 
/**
 * The share of the day's accounted time with a valid token, 0 to 1; none if nothing was accounted for.
 */
valid_share: number | null, };
export type StatisticsView = { 
/**
 * Since when it is counted.
 */
since: Timestamp, 
/**
 * Successful refreshes.
 */
refreshes: number, 
/**
 * Failed ones, by kind; kinds that never happened are left out.
 */
failures: Array<FailureCount>, 
/**
 * Successful refreshes among all, 0 to 1; none before the first.
 */
success_rate: number | null, 
/**
 * Of the last refreshes, from question to answer, milliseconds.
 */
latency_median_ms: number | null, 
/**
 * As above: 95 of 100 were faster.
 */
latency_p95_ms: number | null, 
/**
 * The share of time with a valid token, 0 to 1.
 */
valid_share: number | null, 
/**
 * The longest time without one, milliseconds.
 */
longest_gap_ms: number, 
/**
 * The last thirty days, oldest first; days without anything are there too.
 */
days: Array<DayView>, };
export type TokenInfo = { 
/**
 * The account's id.
 */
account: string, 
/**
 * How it is doing.
 */
health: Health, 
/**
 * As it stands before the token in a request: `Bearer` or `Basic`.
 */
token_type: string, 
/**
 * What was granted.
 */
scopes: Array<string>, 
/**
 * When it came.
 */
issued_at: Timestamp, 
/**
 * When it ends, if that is known.
 */
expires_at: Timestamp | null, 
/**
 * So long it still holds, milliseconds; 0 once it has ended, none if its end is unknown.
 */
remaining_ms: number | null, 
/**
 * One more with each new token.
 */
generation: number, 
/**
 * Successful refreshes so far.
 */
refreshes: number, 
/**
 * Failed ones.
 */
refresh_failures: number, 
/**
 * When a refresh was last begun.
 */
last_attempt_at: Timestamp | null, 
/**
 * The next one.
 */
next_refresh_at: Timestamp | null, 
/**
 * Whether there is a refresh token.
 */
has_refresh_token: boolean, 
/**
 * When the whole sign-in ends by itself, where the provider says so.
 */
session_ends_at: Timestamp | null, 
/**
 * The server's clock less this machine's, milliseconds; none if the server did not tell.
 */
clock_skew_ms: number | null, };
export type AccountDetails = { 
/**
 * As in the overview.
 */
account: AccountView, 
/**
 * Its token.
 */
token: TokenInfo, 
/**
 * Its figures.
 */
statistics: StatisticsView, 
/**
 * Its history, newest first, at most 500 lines.
 */
history: Array<EventView>, 
/**
 * Minutes before its end at which its token counts as expiring; none for the general setting.
 */
threshold_minutes: number | null, };
export type ConnectionStep = "token" | "person" | "site";
export type StepResult = { 
/**
 * What was tried.
 */
step: ConnectionStep, 
/**
 * What went wrong; none if nothing did.
 */
problem: ErrorView | null, 
/**
 * So long it took, milliseconds.
 */
took_ms: number, 
/**
 * What was found, such as the person's name; may be empty.
 */
found: string, };
export type ConnectionTest = { 
/**
 * Whether every step went well.
 */
ok: boolean, 
/**
 * The steps that were tried; after one that failed there are no more.
 */
steps: Array<StepResult>, };
export type Settings = { 
/**
 * The longest time between two looks at the tokens.
 */
check_interval_minutes: number, 
/**
 * How long before its end a token counts as expiring.
 */
threshold_minutes: number, 
/**
 * How often a failed refresh is repeated before the next look.
 */
retries: number, 
/**
 * Whether the system shows a notification when an account needs the person.
 */
notifications: boolean, 
/**
 * With a passphrase: locked after so long without use; 0 for never.
 */
auto_lock_minutes: number, };
export type SettingsChange = { 
/**
 * See [`Settings`].
 */
check_interval_minutes?: number, 
/**
 * See [`Settings`].
 */
threshold_minutes?: number, 
/**
 * See [`Settings`].
 */
retries?: number, 
/**
 * See [`Settings`].
 */
notifications?: boolean, 
/**
 * See [`Settings`].
 */
auto_lock_minutes?: number, };
export type SettingsView = { 
/**
 * What holds now.
 */
settings: Settings, 
/**
 * The names of those that the administrator has fixed.
 */
managed: Array<string>, };
export type ClientChoice = "broker" | "own_app" | "public" | "single_page" | "client_credentials" | "api_token" | "personal_access_token";
export type ConnectForm = { 
/**
 * Which kind of server.
 */
provider: ProviderKind, 
/**
 * How the client proves itself.
 */
client: ClientChoice, 
/**
 * A broker's base address.
 */
broker_url: string, 
/**
 * The app's id.
 */
client_id: string, 
/**
 * The app's secret.
 */
client_secret: string, 
/**
 * Data Center: the base address.
 */
base_url: string, 
/**
 * Microsoft Entra: the tenant's id or domain, `common` or `organizations`.
 */
tenant: string, 
/**
 * Other servers: the issuer, for discovery.
 */
issuer: string, 
/**
 * Other servers: where people consent, if there is no discovery.
 */
authorization_endpoint: string, 
/**
 * Other servers: where codes are exchanged, if there is no discovery.
 */
token_endpoint: string, 
/**
 * Microsoft Entra and other servers: what to ask for, with spaces between.
 */
scopes: string, 
/**
 * Microsoft Entra and other servers: further parameters of the authorization request, one `name=value` on each line.
 */
authorize_parameters: string, 
/**
 * Microsoft Entra and other servers: further parameters of token requests, one `name=value` on each line.
 */
token_parameters: string, 
/**
 * API token: the site's address.
 */
site: string, 
/**
 * API token: the mail address of the person who made it.
 */
email: string, 
/**
 * The API token or personal access token.
 */
token: string, 
/**
 * The day on which that token ends, as `2027-01-31`; empty: it does not, or nobody knows.
 */
expires_on: string, 
/**
 * Demo and test builds: the simulator's address in place of Atlassian's or Microsoft's.
 */
simulator: string, };
export type FormProblem = { 
/**
 * The field's name.
 */
field: keyof ConnectForm, 
/**
 * What is wrong and what to do.
 */
message: string, };
export type FormCheck = { 
/**
 * Everything that is wrong, in the order of the fields.
 */
problems: Array<FormProblem>, 
/**
 * The ways to prove oneself that this kind of server knows, the usual one first.
 */
clients: Array<ClientChoice>, 
/**
 * The fields that count for this kind of server and client, in the order to show them.
 */
fields: Array<keyof ConnectForm>, 
/**
 * Match patterns of the hosts that are not yet granted.
 */
origins: Array<string>, 
/**
 * Names of the permissions that are not yet granted and needed here.
 */
permissions: Array<string>, };
export type ProviderView = { 
/**
 * Goes into `connect` and `remove_provider`.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Which kind of server.
 */
provider: ProviderKind, 
/**
 * How the client proves itself.
 */
client: ClientChoice, 
/**
 * The host, tenant or the like that tells it from others of its kind; may be empty.
 */
place: string, 
/**
 * Whether a secret is stored with it.
 */
has_secret: boolean, 
/**
 * Whether the administrator has set it up: it cannot be removed.
 */
managed: boolean, 
/**
 * The fields that each person still has to fill in: mail address and token.
 */
asks_for: Array<keyof ConnectForm>, 
/**
 * Match patterns of the hosts that are not yet granted.
 */
origins: Array<string>, 
/**
 * Names of the permissions that are not yet granted.
 */
permissions: Array<string>, };
export type Providers = { 
/**
 * The administrator's first.
 */
providers: Array<ProviderView>, };
export type PolicyView = { 
/**
 * The names of what is set, which people cannot change.
 */
managed: Array<string>, 
/**
 * Whether people may connect with settings of their own.
 */
allow_other_providers: boolean, 
/**
 * The Jira sites that may be used; `null` for all.
 */
allowed_sites: Array<string> | null, 
/**
 * Whether a passphrase has to be set.
 */
require_passphrase: boolean, 
/**
 * Whether nothing in Jira may be changed.
 */
read_only: boolean, 
/**
 * What is wrong with the policy, for whoever wrote it.
 */
problems: Array<string>, };
export type Step = "preparing" | "consent" | "exchanging" | "reading_sites";
export type ConnectProgress = { 
/**
 * The step that has begun.
 */
step: Step, };
export type Answering = { "kind": "paused", 
/**
 * At this moment.
 */
until: Timestamp, } | { "kind": "reached", 
/**
 * Goes into `more`, for whoever stops here.
 */
more: string, };
export type SignedOut = { 
/**
 * Whether the server confirmed that the tokens are void.
 */
revoked: boolean, 
/**
 * Where the person can withdraw the grant by hand.
 */
manage_url: string | null, };
export type Clause = { 
/**
 * The condition in JQL.
 */
jql: string, 
/**
 * The person's words it came from; empty for what was added by itself.
 */
words: string, 
/**
 * In plain English.
 */
meaning: string, };
export type StatusCategory = "new" | "indeterminate" | "done";
export type Person = { 
/**
 * The display name.
 */
name: string, 
/**
 * A `data:` address; none as long as pictures are not fetched for rows.
 */
avatar: string | null, };
export type IssueRow = { 
/**
 * For example `MOB-12`.
 */
key: string, 
/**
 * Its page in Jira.
 */
url: string, 
/**
 * Its title.
 */
summary: string, 
/**
 * The name of its type.
 */
issue_type: string, 
/**
 * The name of its status.
 */
status: string, 
/**
 * Which kind of status that is.
 */
status_category: StatusCategory, 
/**
 * The name of its priority.
 */
priority: string | null, 
/**
 * Who works on it.
 */
assignee: Person | null, 
/**
 * When it changed last, as ISO 8601 text.
 */
updated: string, 
/**
 * The due day, `2026-11-30`.
 */
due: string | null, };
export type CommentView = { 
/**
 * Who wrote it.
 */
author: string, 
/**
 * ISO 8601 text.
 */
created: string, 
/**
 * Plain text.
 */
text: string, };
export type IssueDetail = { 
/**
 * What a row shows.
 */
row: IssueRow, 
/**
 * Plain text.
 */
description: string, 
/**
 * Who reported it.
 */
reporter: string | null, 
/**
 * ISO 8601 text.
 */
created: string, 
/**
 * Its labels.
 */
labels: Array<string>, 
/**
 * The newest comments, oldest of them first.
 */
comments: Array<CommentView>, 
/**
 * How many comments there are in all.
 */
comment_total: number, };
export type Card = { "kind": "understood", 
/**
 * The query that runs.
 */
jql: string, 
/**
 * Its conditions, one by one.
 */
clauses: Array<Clause>, 
/**
 * Words that were not understood.
 */
ignored: Array<string>, } | { "kind": "count", 
/**
 * The number.
 */
count: number, 
/**
 * Whether it is Jira's estimate.
 */
approximate: boolean, } | { "kind": "issues", 
/**
 * The rows.
 */
issues: Array<IssueRow>, } | { "kind": "issue", 
/**
 * The issue.
 */
issue: IssueDetail, } | { "kind": "empty", 
/**
 * A sentence.
 */
message: string, } | { "kind": "notice", 
/**
 * A sentence or two.
 */
message: string, 
/**
 * Questions that would work.
 */
examples: Array<string>, };
export type Asked = { 
/**
 * Goes into `more` for the next page; none after the last.
 */
more: string | null, };

/** One-shot commands. */
export interface Commands {
  overview: { args: { 
/**
 * Whether all accounts are wanted, and not only those of the first screen.
 */
all: boolean, }, value: Overview };
  check_form: { args: { 
/**
 * As typed so far.
 */
form: ConnectForm, }, value: FormCheck };
  providers: { args: Record<symbol, never>, value: Providers };
  add_provider: { args: { 
/**
 * The person's own name for it.
 */
name: string, 
/**
 * Filled in; mail address and token are not kept.
 */
form: ConnectForm, }, value: ProviderView };
  remove_provider: { args: { 
/**
 * Its id.
 */
provider: string, }, value: Record<symbol, never> };
  policy: { args: Record<symbol, never>, value: PolicyView };
  refresh: { args: { 
/**
 * Its id.
 */
account: string, }, value: AccountView };
  sign_out: { args: { 
/**
 * Its id.
 */
account: string, }, value: SignedOut };
  choose_site: { args: { 
/**
 * The account's id.
 */
account: string, 
/**
 * The site's id.
 */
site: string, }, value: AccountView };
  account_details: { args: { 
/**
 * Its id.
 */
account: string, }, value: AccountDetails };
  get_token: { args: { 
/**
 * Its id.
 */
account: string, 
/**
 * Whether a new one is fetched although the present one still holds.
 */
force_refresh: boolean, }, value: TokenInfo };
  refresh_all: { args: Record<symbol, never>, value: Overview };
  clear_tokens: { args: { 
/**
 * One account's id; none for all.
 */
account: string | null, }, value: Overview };
  set_account: { args: { 
/**
 * The account's id.
 */
account: string, 
/**
 * The person's own name for it; none for the name at the server.
 */
label: string | null, 
/**
 * Minutes before its end at which this account's token counts as expiring; none for the general setting.
 */
threshold_minutes: number | null, }, value: AccountView };
  settings: { args: Record<symbol, never>, value: SettingsView };
  change_settings: { args: { 
/**
 * What is missing stays as it is.
 */
change: SettingsChange, }, value: SettingsView };
  test_connection: { args: { 
/**
 * Its id.
 */
account: string, }, value: ConnectionTest };
  diagnostics: { args: Record<symbol, never>, value: object };
  monitor: { args: { 
/**
 * Whether it is to run from now on.
 */
running: boolean, }, value: Overview };
  set_passphrase: { args: { 
/**
 * The one there is; none where there is none.
 */
old: string | null, 
/**
 * The new one.
 */
new: string, }, value: Overview };
  remove_passphrase: { args: { 
/**
 * As the person typed it.
 */
passphrase: string, }, value: Overview };
  unlock: { args: { 
/**
 * As the person typed it.
 */
passphrase: string, }, value: Overview };
  lock: { args: Record<symbol, never>, value: Overview };
  forget_passphrase: { args: Record<symbol, never>, value: Overview };
  forget_damaged: { args: Record<symbol, never>, value: Overview };
  debug_trap: { args: Record<symbol, never>, value: never };
}

/** Commands over a port. */
export interface Streams {
  connect: { args: { 
/**
 * Filled in.
 */
form?: ConnectForm, 
/**
 * The id of one that was kept; of the form, only mail address, token and its end count then.
 */
provider?: string, }, item: never, progress: ConnectProgress, done: AccountView };
  reconnect: { args: { 
/**
 * Its id.
 */
account: string, 
/**
 * Whether the server is to let the person choose another account of theirs.
 */
other?: boolean, 
/**
 * For an account with a token made by hand: the new one.
 */
token?: string, 
/**
 * Scopes that are wanted beside those that the account has been asked for: what an error's `sign_in` names.
 */
scopes?: Array<string>, 
/**
 * The day on which that token ends, as `2027-01-31`; may be empty.
 */
expires_on?: string, }, item: never, progress: ConnectProgress, done: AccountView };
  ask: { args: { 
/**
 * Whose Jira is asked.
 */
account: string, 
/**
 * As typed.
 */
text: string, }, item: Card, progress: Answering, done: Asked };
  more: { args: { 
/**
 * Whose Jira is asked.
 */
account: string, 
/**
 * From the end of the page before.
 */
more: string, 
/**
 * Whether all pages are wanted, one after the other, and not only the next.
 */
all?: boolean, }, item: Card, progress: Answering, done: Asked };
}

/** Pushed to every open page at any time. */
export type BackendEvent = { kind: "overview", overview: Overview }
  | { kind: "account", account: AccountView, status: Status }
  | { kind: "token_event", event: EventView };
