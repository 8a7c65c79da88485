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
field: string | null, } | { "kind": "unlock" } | { "kind": "reload" } | { "kind": "grant_hosts", 
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
 * The last of these durations themselves, oldest first.
 */
latencies_ms: Array<number>, 
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
export type ConnectionStep = "token" | "person" | "site" | "projects" | "issues";
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
found: string, 
/**
 * The first of what was found, where it is many.
 */
items: Array<string>, };
export type ConnectionTest = { 
/**
 * Whether every step went well.
 */
ok: boolean, 
/**
 * The steps that were tried; after one that failed there are no more.
 */
steps: Array<StepResult>, };
export type StoredKind = "accounts" | "settings" | "history" | "names" | "conversations" | "changes";
export type Stored = { 
/**
 * What it is about.
 */
kind: StoredKind, 
/**
 * How many records.
 */
records: number, 
/**
 * Their keys and values together, in bytes.
 */
bytes: number, 
/**
 * Whether it can be deleted by itself: accounts go by signing out, and a change under way needs its record.
 */
can_delete: boolean, };
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
auto_lock_minutes: number, 
/**
 * Whether nothing in Jira may be changed from here.
 */
read_only: boolean, };
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
auto_lock_minutes?: number, 
/**
 * See [`Settings`].
 */
read_only?: boolean, };
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
until: Timestamp, } | { "kind": "planning", 
/**
 * So many so far.
 */
issues: number, } | { "kind": "reached", 
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
export type Choice = { 
/**
 * As shown.
 */
label: string, 
/**
 * What is asked in place of the text before, when this is chosen.
 */
text: string, };
export type Question = { 
/**
 * One sentence.
 */
message: string, 
/**
 * The answers there are; none where the person has to find words of their own.
 */
choices: Array<Choice>, };
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
meaning: string, 
/**
 * How the words were read, where another reading is thinkable; empty where there is none.
 */
reading: string, };
export type Holds = "text" | "number" | "moment" | "day" | "seconds";
export type Column = { 
/**
 * What the field is called.
 */
name: string, 
/**
 * What its texts are.
 */
holds: Holds, };
export type Group = { 
/**
 * The value as people read it; empty for those without one.
 */
name: string, 
/**
 * The query that finds these.
 */
jql: string, 
/**
 * How many there are.
 */
count: number, };
export type Series = { 
/**
 * What is counted.
 */
name: string, 
/**
 * The query behind it.
 */
jql: string, 
/**
 * In all.
 */
total: number, 
/**
 * Whether the numbers are Jira's estimates.
 */
approximate: boolean, };
export type Span = { 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
to: string, 
/**
 * For each series.
 */
counts: Array<number>, };
export type Figure = { 
/**
 * What it tells.
 */
name: string, 
/**
 * The figure, as it is to be read: `12`, `8.5`, `4 days`.
 */
value: string, 
/**
 * The query behind it; empty where there is none.
 */
jql: string, };
export type Panel = "info" | "note" | "tip" | "success" | "warning" | "error";
export type Marks = { 
/**
 * A sum of [`Marks::STRONG`] and the others.
 */
flags: number, 
/**
 * The colour of the letters, as `#rrggbb`.
 */
color: string | null, 
/**
 * The colour behind them, as `#rrggbb`.
 */
background: string | null, 
/**
 * Where it leads: an address of `http`, `https` or `mailto`.
 */
link: string | null, };
export type Source = { "url": string } | { "file": { 
/**
 * Its id there.
 */
id: string, 
/**
 * The collection it is in; may be empty.
 */
collection: string, } } | { "attachment": string };
export type Media = { 
/**
 * What it shows, in words; may be empty.
 */
alt: string, 
/**
 * Where it is.
 */
source: Source, };
export type Inline = { "kind": "text", "of": [string, Marks] } | { "kind": "break" } | { "kind": "mention", "of": { 
/**
 * The person's account id (Cloud) or name (Data Center).
 */
id: string, 
/**
 * How the text names the person, such as `@Maria`.
 */
name: string, } } | { "kind": "date", "of": number } | { "kind": "status", "of": { 
/**
 * The word; not empty.
 */
text: string, 
/**
 * `neutral`, `purple`, `blue`, `red`, `yellow`, `green` or `#rrggbb`.
 */
color: string, } } | { "kind": "emoji", "of": { 
/**
 * Its name between colons; not empty.
 */
name: string, 
/**
 * Jira's number for it; may be empty.
 */
id: string, 
/**
 * The characters that stand for it; may be empty.
 */
text: string, } } | { "kind": "card", "of": string } | { "kind": "media", "of": Media };
export type Cell = { 
/**
 * Whether it is a heading of its column or row.
 */
header: boolean, 
/**
 * What it says; may be nothing.
 */
blocks: Array<Block>, };
export type Item = { 
/**
 * Whether the task is done; false in all other lists.
 */
done: boolean, 
/**
 * What it says; may be nothing.
 */
blocks: Array<Block>, };
export type ListKind = "bullets" | { "numbers": number } | "tasks" | "decisions";
export type List = { 
/**
 * What stands before its items.
 */
kind: ListKind, 
/**
 * Its items; there is at least one.
 */
items: Array<Item>, };
export type Block = { "kind": "paragraph", "of": Array<Inline> } | { "kind": "heading", "of": [number, Array<Inline>] } | { "kind": "code", "of": { 
/**
 * The name of its language; may be empty.
 */
language: string, 
/**
 * Its lines, without a line end after the last.
 */
text: string, } } | { "kind": "quote", "of": Array<Block> } | { "kind": "panel", "of": [Panel, Array<Block>] } | { "kind": "expand", "of": { 
/**
 * What stands on it while it is closed; may be empty.
 */
title: string, 
/**
 * What it shows.
 */
blocks: Array<Block>, } } | { "kind": "list", "of": List } | { "kind": "table", "of": Array<Array<Cell>> } | { "kind": "media", "of": Media } | { "kind": "card", "of": string } | { "kind": "rule" };
export type Document = { 
/**
 * Its blocks.
 */
blocks: Array<Block>, };
export type StatusCategory = "new" | "indeterminate" | "done";
export type Person = { 
/**
 * The display name.
 */
name: string, 
/**
 * Where the picture is: for the command `picture`, which pages have to ask for it.
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
due: string | null, 
/**
 * The texts of the list's own columns, in their order.
 */
cells: Array<string>, };
export type FieldView = { 
/**
 * What it is called.
 */
name: string, 
/**
 * What it holds.
 */
text: string, };
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
 * What it says.
 */
body: Document, };
export type LinkView = { 
/**
 * As the site says it: `is blocked by`; `subtask` for those.
 */
phrase: string, 
/**
 * The other's key.
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
 * The name of its status.
 */
status: string, 
/**
 * Which kind of status that is.
 */
status_category: StatusCategory, };
export type ChangeView = { 
/**
 * Who changed it.
 */
author: string, 
/**
 * ISO 8601 text.
 */
at: string, 
/**
 * What the field is called.
 */
field: string, 
/**
 * What it held; empty for nothing.
 */
from: string, 
/**
 * What it holds since; empty for nothing.
 */
to: string, };
export type Transition = { 
/**
 * What it is called.
 */
name: string, 
/**
 * The name of the status it leads to.
 */
to: string, 
/**
 * Which kind of status that is.
 */
to_category: StatusCategory, };
export type IssueDetail = { 
/**
 * What a row shows.
 */
row: IssueRow, 
/**
 * The description.
 */
description: Document, 
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
 * What else is filled in.
 */
fields: Array<FieldView>, 
/**
 * The newest comments, oldest of them first.
 */
comments: Array<CommentView>, 
/**
 * How many comments there are in all.
 */
comment_total: number, 
/**
 * Its sub-tasks and the issues it is linked to.
 */
links: Array<LinkView>, 
/**
 * The newest changes, newest first.
 */
history: Array<ChangeView>, 
/**
 * The steps that the person can take with it.
 */
transitions: Array<Transition>, };
export type Before = { 
/**
 * The name of the field, or of what is done: “Status”, “Comment”.
 */
field: string, 
/**
 * The value now; empty for none.
 */
before: string, 
/**
 * The value then; empty for none.
 */
after: string, };
export type PlanRow = { 
/**
 * Its key; empty for one that is going to be made.
 */
key: string, 
/**
 * Its page in Jira; empty for one that is going to be made.
 */
url: string, 
/**
 * Its title.
 */
summary: string, 
/**
 * What changes.
 */
changes: Array<Before>, 
/**
 * Why this issue is left out; none if it is going to be changed.
 */
problem: string | null, };
export type Concern = { 
/**
 * The name, or “3 watchers”, or “and others by the site's scheme”.
 */
name: string, 
/**
 * As what: “assignee”, “reporter”, “watcher”, …; empty where the name says it.
 */
role: string, };
export type Input = "text" | "markdown" | "number" | "day" | "one" | "many";
export type ValueChoice = { 
/**
 * As shown.
 */
label: string, 
/**
 * What goes back.
 */
value: string, };
export type Missing = { 
/**
 * Which field; goes back as it is.
 */
field: string, 
/**
 * Its name.
 */
name: string, 
/**
 * A sentence: what is wanted, or what was wrong with what was said.
 */
message: string, 
/**
 * How it is filled in.
 */
input: Input, 
/**
 * The values to choose from, where they are known.
 */
choices: Array<ValueChoice>, };
export type FileWish = { 
/**
 * It may have at most so many bytes: by the site's limit, or by what can be sent from here.
 */
most_bytes: number, };
export type PlanView = { 
/**
 * Goes into `confirm`, `plan` and `plan_drop`.
 */
id: string, 
/**
 * Goes into `confirm`, to say that what was shown is meant; empty while the plan cannot be confirmed.
 */
hash: string, 
/**
 * A sentence: “Move 3 issues to In Review”.
 */
title: string, 
/**
 * The changes, at most [`SHOWN`] issues of them.
 */
rows: Array<PlanRow>, 
/**
 * How many issues are going to be changed.
 */
changes: number, 
/**
 * How many issues stay as they are, because they are so already or cannot be changed.
 */
stays: number, 
/**
 * How many issues there are beyond those in `rows`.
 */
more: number, 
/**
 * Sentences about the whole plan: words that were not understood, fields that are not on the screen, …
 */
warnings: Array<string>, 
/**
 * Whom it concerns.
 */
concerns: Array<Concern>, 
/**
 * What has to be said first.
 */
missing: Array<Missing>, 
/**
 * A file is to be chosen: it goes into `confirm`.
 */
file: FileWish | null, 
/**
 * Why it cannot be confirmed, and what to do about it: reading only, scopes that are missing, nothing to be done.
 */
trouble: ErrorView | null, 
/**
 * What the button says: “Move 3 issues”.
 */
button: string, 
/**
 * What is asked before the second click, where one is wanted: the change cannot be taken back.
 */
twice: string | null, 
/**
 * From here on it cannot be confirmed any more.
 */
until: Timestamp, };
export type JobProgress = { 
/**
 * How many issues are dealt with.
 */
done: number, 
/**
 * Of so many.
 */
total: number, 
/**
 * How many of them could not be changed.
 */
failed: number, 
/**
 * The issue it is at; empty if it is at none.
 */
key: string, 
/**
 * It waits until then, because Jira's limits are reached.
 */
until: Timestamp | null, };
export type ItemState = "left" | "sending" | "done" | "failed" | "unknown";
export type JobRow = { 
/**
 * Its key.
 */
key: string, 
/**
 * Its page in Jira; empty if there is none.
 */
url: string, 
/**
 * Its title.
 */
summary: string, 
/**
 * How it ended.
 */
state: ItemState, 
/**
 * A sentence where something is to be said: why it failed, what is unknown.
 */
message: string, };
export type JobView = { 
/**
 * The plan's id; goes into `undo` and `go_on`.
 */
id: string, 
/**
 * The plan's title.
 */
title: string, 
/**
 * When it was confirmed.
 */
at: Timestamp, 
/**
 * How many issues there are in all.
 */
total: number, 
/**
 * How many were changed.
 */
done: number, 
/**
 * How many could not be changed.
 */
failed: number, 
/**
 * Of how many nobody knows whether they were changed.
 */
unknown: number, 
/**
 * How many were not begun.
 */
left: number, 
/**
 * A sentence: “2 of 3 issues were changed, 1 was not.”
 */
message: string, 
/**
 * What came of each issue, those with problems first, at most [`SHOWN`].
 */
rows: Array<JobRow>, 
/**
 * How many issues there are beyond those in `rows`.
 */
more: number, 
/**
 * Whether something of it can be taken back.
 */
can_undo: boolean, 
/**
 * Why not, or not all; empty where nothing is to be said.
 */
undo_note: string, 
/**
 * Whether some are left, or failed in a way that may pass.
 */
can_go_on: boolean, 
/**
 * Why it stopped before its end, and what to do about it.
 */
trouble: ErrorView | null, };
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
ignored: Array<string>, } | { "kind": "sentence", 
/**
 * The text.
 */
message: string, } | { "kind": "count", 
/**
 * The number.
 */
count: number, 
/**
 * Whether it is Jira's estimate.
 */
approximate: boolean, } | { "kind": "issues", 
/**
 * What is told of each beside what every row tells: what the question is about.
 */
columns: Array<Column>, 
/**
 * The rows.
 */
issues: Array<IssueRow>, } | { "kind": "issue", 
/**
 * The issue.
 */
issue: IssueDetail, } | { "kind": "groups", 
/**
 * What the field is called.
 */
field: string, 
/**
 * The values, those that come first first.
 */
groups: Array<Group>, 
/**
 * How many have another value than these.
 */
others: number, 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Whether the numbers are Jira's estimates.
 */
approximate: boolean, 
/**
 * Whether an issue can have several of the values, so that the numbers add up to more.
 */
several: boolean, } | { "kind": "chart", 
/**
 * What is counted.
 */
series: Array<Series>, 
/**
 * The spans of time, oldest first.
 */
spans: Array<Span>, } | { "kind": "figures", 
/**
 * The figures.
 */
figures: Array<Figure>, } | { "kind": "section", 
/**
 * What it is about.
 */
title: string, 
/**
 * The query behind it; empty where there is no single one.
 */
jql: string, 
/**
 * What there is to say.
 */
cards: Array<Card>, } | { "kind": "empty", 
/**
 * A sentence or two: also why.
 */
message: string, 
/**
 * What would find something.
 */
choices: Array<Choice>, } | { "kind": "question" } & Question | { "kind": "notice", 
/**
 * A sentence or two.
 */
message: string, 
/**
 * Questions that would work.
 */
examples: Array<string>, } | { "kind": "failed", 
/**
 * Why, and what helps.
 */
error: ErrorView, } | { "kind": "plan", 
/**
 * The plan.
 */
plan: PlanView, } | { "kind": "outcome", 
/**
 * The job.
 */
job: JobView, } | { "kind": "stored", 
/**
 * When that was.
 */
at: Timestamp, };
export type Asked = { 
/**
 * Goes into `more` for the next page; none after the last.
 */
more: string | null, 
/**
 * Goes into `export`; none where there is nothing to export.
 */
export: string | null, 
/**
 * Whether the conversation could not be kept, so that it ends with the page.
 */
not_kept: boolean, };
export type Format = "csv" | "markdown";
export type Exported = { 
/**
 * What it may be called.
 */
name: string, 
/**
 * Its media type.
 */
media_type: string, 
/**
 * What is in it.
 */
text: string, 
/**
 * How many rows it has.
 */
rows: number, 
/**
 * Whether there is more than is in it.
 */
cut: boolean, };
export type HintKind = "keyword" | "operator" | "field" | "function" | "value" | "wrong" | "condition" | "words" | "unknown" | "key" | "project" | "status" | "issue_type" | "priority" | "resolution" | "person" | "sprint" | "version" | "component" | "label" | "group" | "link_type";
export type Offered = { 
/**
 * What is put in place of [`Hints::start`] to [`Hints::end`].
 */
text: string, 
/**
 * What people call it.
 */
label: string, 
/**
 * What it is.
 */
kind: HintKind, };
export type Mark = { 
/**
 * The UTF-16 unit with which it begins.
 */
start: number, 
/**
 * The unit behind it.
 */
end: number, 
/**
 * What it is.
 */
kind: HintKind, 
/**
 * What it means: a phrase or a name. Empty where the kind says all.
 */
meaning: string, };
export type Problem = { 
/**
 * The UTF-16 unit with which it begins.
 */
start: number, 
/**
 * The unit behind it; the same where something is missing.
 */
end: number, 
/**
 * One sentence.
 */
message: string, 
/**
 * What could stand there instead, the nearest first.
 */
suggestions: Array<string>, };
export type Hints = { 
/**
 * Whether it is taken for JQL.
 */
jql: boolean, 
/**
 * The UTF-16 unit with which that begins that an offered thing replaces.
 */
start: number, 
/**
 * The unit behind it.
 */
end: number, 
/**
 * What could come next, the best first.
 */
items: Array<Offered>, 
/**
 * In their order; none overlap.
 */
marks: Array<Mark>, 
/**
 * Of JQL only.
 */
problem: Problem | null, };
export type ConversationView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What was asked first.
 */
title: string, 
/**
 * When it began.
 */
began: Timestamp, 
/**
 * When something was last said.
 */
at: Timestamp, 
/**
 * How many questions there were.
 */
turns: number, };
export type TurnView = { 
/**
 * When it was asked.
 */
at: Timestamp, 
/**
 * As the person typed it.
 */
text: string, 
/**
 * What was told.
 */
cards: Array<Card>, 
/**
 * How it ended, where not well.
 */
error: ErrorView | null, 
/**
 * Goes into `export`, where there is something to export.
 */
export: string | null, };
export type Hit = { 
/**
 * In which conversation.
 */
conversation: ConversationView, 
/**
 * What was asked there.
 */
text: string, 
/**
 * The words with what stands around them.
 */
excerpt: string, };
export type Suggestion = { 
/**
 * What is entered by choosing it: an issue's key, or a question.
 */
text: string, 
/**
 * What is said of it: the issue's title, the project's name. Text from Jira.
 */
title: string, };

/** One-shot commands. */
export interface Commands {
  overview: { args: { 
/**
 * Whether all accounts are wanted, and not only those of the first screen.
 */
all: boolean, }, value: Overview };
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
  monitor: { args: { 
/**
 * Whether it is to run from now on.
 */
running: boolean, }, value: Overview };
  unlock: { args: { 
/**
 * As the person typed it.
 */
passphrase: string, }, value: Overview };
  lock: { args: Record<symbol, never>, value: Overview };
  remind_later: { args: { 
/**
 * Its id.
 */
account: string, }, value: object };
  debug_trap: { args: Record<symbol, never>, value: never };
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
  forget_passphrase: { args: Record<symbol, never>, value: Overview };
  forget_damaged: { args: Record<symbol, never>, value: Overview };
  stored: { args: Record<symbol, never>, value: Array<Stored> };
  delete_stored: { args: { 
/**
 * The kind.
 */
kind: StoredKind, }, value: Array<Stored> };
  picture: { args: { 
/**
 * As Jira told it.
 */
url: string, }, value: string | null };
  open_issue: { args: { 
/**
 * At whose site it has to be; anybody's where none is named.
 */
account: string | null, 
/**
 * As the browser shows it.
 */
url: string, }, value: { 
/**
 * The issue's key.
 */
key: string, 
/**
 * The account at whose site it is.
 */
account: string, } | null };
  complete: { args: { 
/**
 * Whose Jira would be asked.
 */
account: string, 
/**
 * As typed.
 */
text: string, 
/**
 * Behind so many UTF-16 units the cursor stands.
 */
cursor: number, 
/**
 * Whether it is JQL, whatever it looks like.
 */
jql: boolean, }, value: Hints };
  examples: { args: { 
/**
 * The account.
 */
account: string, }, value: Array<string> };
  conversations: { args: { 
/**
 * Whose.
 */
account: string, }, value: Array<ConversationView> };
  conversation: { args: { 
/**
 * Whose.
 */
account: string, 
/**
 * Which.
 */
id: string, }, value: Array<TurnView> };
  search_conversations: { args: { 
/**
 * Whose.
 */
account: string, 
/**
 * What was said.
 */
words: string, }, value: Array<Hit> };
  forget_conversation: { args: { 
/**
 * Whose.
 */
account: string, 
/**
 * Which.
 */
id: string, }, value: Array<ConversationView> };
  forget_conversations: { args: { 
/**
 * Whose.
 */
account: string, }, value: Array<ConversationView> };
  jobs: { args: { 
/**
 * The account.
 */
account: string, }, value: { 
/**
 * Those that stopped before their end, the oldest first. What was unknown of them was looked for.
 */
unfinished: Array<JobView>, 
/**
 * The last one that can be taken back.
 */
last: JobView | null, } };
  plan_drop: { args: { 
/**
 * Whose.
 */
account: string, 
/**
 * Its id.
 */
plan: string, }, value: object };
  suggest: { args: { 
/**
 * As typed, without the keyword.
 */
text: string, }, value: Array<Suggestion> };
  issue_address: { args: { 
/**
 * The key, in small letters too.
 */
text: string, }, value: string | null };
  is_question: { args: { 
/**
 * Whose Jira would be asked.
 */
account: string, 
/**
 * As typed.
 */
text: string, }, value: boolean };
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
text: string, 
/**
 * The conversation it belongs to, by a name of the page's own: letters, digits and hyphens. Without one it leans on nothing
 * and is not kept.
 */
conversation?: string, 
/**
 * The key of the issue in the browser's current tab, which “this” means.
 */
open?: string, }, item: Card, progress: Answering, done: Asked };
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
  export: { args: { 
/**
 * Whose Jira is asked.
 */
account: string, 
/**
 * From the end of an answer.
 */
what: string, 
/**
 * How the file is written.
 */
format: Format, }, item: never, progress: Answering, done: Exported };
  plan: { args: { 
/**
 * Whose Jira it is about.
 */
account: string, 
/**
 * What is to be changed: `{change, keys | jql, …}`.
 */
wish?: object, 
/**
 * The id of a plan.
 */
plan?: string, 
/**
 * What was missing: `{field, values}` for each, the field as the plan calls it.
 */
answers?: Array<{ field: string, values: Array<string> }>, }, item: Card, progress: Answering, done: null };
  confirm: { args: { 
/**
 * Whose plan.
 */
account: string, 
/**
 * Its id.
 */
plan: string, 
/**
 * Its hash, as it was shown.
 */
hash: string, 
/**
 * Whether it was confirmed twice, where that is asked for.
 */
twice?: boolean, 
/**
 * The file, where one is asked for.
 */
file?: FileContent, }, item: Card, progress: JobProgress, done: null };
  go_on: { args: { 
/**
 * Whose plan.
 */
account: string, 
/**
 * Its id.
 */
plan: string, 
/**
 * Whether what failed is tried again.
 */
retry?: boolean, }, item: Card, progress: JobProgress, done: null };
  undo: { args: { 
/**
 * Whose.
 */
account: string, 
/**
 * The id of its plan; none for the last one.
 */
plan?: string, }, item: Card, progress: Answering, done: null };
}

/** Pushed to every open page at any time. */
export type BackendEvent = { kind: "overview", overview: Overview }
  | { kind: "account", account: AccountView, status: Status }
  | { kind: "token_event", event: EventView };
