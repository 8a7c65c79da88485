/* What pages send and get. Generated from the Rust types (see src/command.rs); do not edit. */

/** Milliseconds since 1970 UTC. */
export type Timestamp = number;

export type Code = "bad_request" | "forbidden" | "not_found" | "invalid_configuration" | "permission_needed" | "consent_closed"
  | "consent_denied" | "acquisition_failed" | "sign_in_mismatch" | "no_site" | "refresh_failed" | "reauth_required" | "offline"
  | "rate_limited" | "server_failed" | "refused" | "invalid_jql" | "vault_unreadable" | "storage_failed" | "interrupted" | "internal";
export type Action = { kind: "none" } | { kind: "retry", at: Timestamp | null } | { kind: "sign_in", account: string }
  | { kind: "fix_settings", field: string | null } | { kind: "grant_hosts", origins: string[] };
export type ErrorView = { code: Code, message: string, action: Action };

export type Health = "fresh" | "expiring" | "refreshing" | "retrying" | "expired" | "reauth_required" | "misconfigured" | "locked" | "no_expiry" | "signed_out";
export type ProviderKind = "jira_cloud" | "jira_data_center" | "other";
export type SiteView = { id: string, name: string, url: string };
export type AccountView = {
  id: string, provider: ProviderKind, name: string, email: string | null,
  /** A `data:` address, or null: show initials. */
  avatar: string | null,
  site: SiteView | null, sites: SiteView[],
  health: Health,
  /** Why it is not fresh, when something went wrong. */
  problem: ErrorView | null,
  issued_at: Timestamp | null, expires_at: Timestamp | null, last_refresh_at: Timestamp | null, next_refresh_at: Timestamp | null,
  scopes: string[],
  /** False when the server gave no refresh token: the person signs in again when the token ends. */
  can_refresh: boolean,
  /** Whether the chat works with it (Jira accounts). */
  can_chat: boolean,
};
export type Overview = { version: string, loopback: boolean, redirect_uri: string, accounts: AccountView[],
  /** The stored accounts cannot be read (key gone): said once, with what to do. */
  problem: ErrorView | null };

/** What the connect form holds; empty text = not filled in. */
export type ConnectForm = {
  provider: ProviderKind,
  /** How the client proves itself: through a team's broker, an own app, or a public client (no secret). */
  client: "broker" | "own_app" | "public",
  broker_url: string, client_id: string, client_secret: string,
  /** Data Center: the base address. */
  base_url: string,
  /** Other servers: issuer for discovery, or both endpoints. */
  issuer: string, authorization_endpoint: string, token_endpoint: string, scopes: string,
  /** Demo and test builds only: the simulator's address in place of Atlassian's. */
  simulator: string,
};
export type FormProblem = { field: keyof ConnectForm, message: string };
export type FormCheck = { problems: FormProblem[],
  /** Hosts to ask the browser for before `connect` (match patterns, only those not yet granted). */
  origins: string[] };
export type ConnectProgress = { step: "preparing" | "consent" | "exchanging" | "reading_sites" };
export type SignedOut = {
  /** Whether the server confirmed that the token is void. */
  revoked: boolean,
  /** Where the person can withdraw the grant by hand. */
  manage_url: string | null };

export type Clause = { /** the JQL of this clause */ jql: string, /** the person's words it came from */ words: string, /** plain English */ meaning: string };
export type Person = { name: string, avatar: string | null };
export type IssueRow = { key: string, url: string, summary: string, issue_type: string, status: string,
  status_category: "new" | "indeterminate" | "done", priority: string | null, assignee: Person | null, updated: string, due: string | null };
export type CommentView = { author: string, created: string, text: string };
export type IssueDetail = { row: IssueRow, description: string, reporter: string | null, created: string, labels: string[], comments: CommentView[], comment_total: number };
export type Card =
  | { kind: "understood", jql: string, clauses: Clause[], /** words that were not understood */ ignored: string[] }
  | { kind: "count", count: number, approximate: boolean }
  | { kind: "issues", issues: IssueRow[] }
  | { kind: "issue", issue: IssueDetail }
  | { kind: "empty", message: string }
  | { kind: "notice", message: string, examples: string[] };
export type Asked = { /** Hand this to `more` for the next page; null when all were shown. */ more: string | null };

/** One-shot: call(command, args). */
export interface Commands {
  overview: { args: {}, value: Overview };
  check_form: { args: { form: ConnectForm }, value: FormCheck };
  refresh: { args: { account: string }, value: AccountView };
  sign_out: { args: { account: string }, value: SignedOut };
  choose_site: { args: { account: string, site: string }, value: AccountView };
}
/** Over the port: stream(command, args, { onItem, onProgress, signal }). */
export interface Streams {
  connect: { args: { form: ConnectForm }, item: never, progress: ConnectProgress, done: AccountView };
  reconnect: { args: { account: string }, item: never, progress: ConnectProgress, done: AccountView };
  ask: { args: { account: string, text: string }, item: Card, progress: never, done: Asked };
  more: { args: { account: string, more: string }, item: Card, progress: never, done: Asked };
}
/** Pushed to every open page at any time. */
export type BackendEvent = { kind: "overview", overview: Overview };

/* The wire. One-shot: {command, args} → {ok:true, value} | {ok:false, error}.
   Port, page → worker: {id, command, args} | {id, cancel: true} | {id, resume: <seq of the last item seen, 0 if none>}
   Port, worker → page: {id, seq, item} | {id, progress} | {id, done} | {id, error} | {event}.
   After a cancel the worker answers {id, done: null}. */
