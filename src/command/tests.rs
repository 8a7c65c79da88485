//! The declarations that the pages are type-checked against, made from the Rust types.

use super::*;
use crate::app::connection::{ConnectionStep, ConnectionTest, StepResult};
use crate::app::details::{AccountDetails, TokenInfo};
use crate::app::overview::{AccountView, Overview, Status};
use crate::chat::answer::{Card, Clause};
use crate::error::{Action, Code, Error};
use crate::jira::issue::{CommentView, IssueDetail, IssueRow, Person, StatusCategory};
use crate::oauth::provider::ProviderKind;
use crate::settings::{Settings, SettingsChange, SettingsView};
use crate::sign_in::ConnectForm;
use crate::sign_in::flow::Step;
use crate::sign_in::form::{ClientChoice, FormProblem};
use crate::sign_in::saved::ProviderView;
use crate::tokens::account::Site;
use crate::tokens::health::Health;
use crate::tokens::journal::{EventKind, EventView, Level};
use crate::tokens::statistics::{DayView, FailureCount, FailureKind, StatisticsView};
use crate::tokens::vault::LockState;
use serde_json::json;
use std::fmt::Write as _;
use ts_rs::{Config, TS};

const HEAD: &str = "\
/* What pages send and get. Made from the Rust types by `UPDATE_CONTRACT=1 cargo test contract`; do not edit.

   One-shot: {command, args} → {ok: true, value} | {ok: false, error}.
   Port, page → worker: {id, command, args} | {id, cancel: true} | {id, resume: <seq of the last item seen, 0 if none>}.
   Port, worker → page: {id, seq, item} | {id, progress} | {id, done} | {id, error} | {event}.
   An id is a text that no other request of any page has. After a cancel the worker answers {id, done: null}. */
";

/// Where the committed declarations are, seen from the crate.
const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/lib/contract.d.ts");

fn declare<T: TS>(config: &Config, out: &mut String) {
    writeln!(out, "export {}", T::decl(config)).unwrap();
}

fn declarations() -> String {
    let config = &Config::default().with_large_int("number");
    let mut out = String::from(HEAD);
    out.push_str("\n/** Milliseconds since 1970 UTC. */\nexport type Timestamp = number;\n");
    declare::<Code>(config, &mut out);
    declare::<Action>(config, &mut out);
    declare::<Error>(config, &mut out);
    declare::<Health>(config, &mut out);
    declare::<ProviderKind>(config, &mut out);
    declare::<Site>(config, &mut out);
    declare::<LockState>(config, &mut out);
    declare::<AccountView>(config, &mut out);
    declare::<Status>(config, &mut out);
    declare::<Overview>(config, &mut out);
    declare::<Level>(config, &mut out);
    declare::<EventKind>(config, &mut out);
    declare::<EventView>(config, &mut out);
    declare::<FailureKind>(config, &mut out);
    declare::<FailureCount>(config, &mut out);
    declare::<DayView>(config, &mut out);
    declare::<StatisticsView>(config, &mut out);
    declare::<TokenInfo>(config, &mut out);
    declare::<AccountDetails>(config, &mut out);
    declare::<ConnectionStep>(config, &mut out);
    declare::<StepResult>(config, &mut out);
    declare::<ConnectionTest>(config, &mut out);
    declare::<Settings>(config, &mut out);
    declare::<SettingsChange>(config, &mut out);
    declare::<SettingsView>(config, &mut out);
    declare::<ClientChoice>(config, &mut out);
    declare::<ConnectForm>(config, &mut out);
    declare::<FormProblem>(config, &mut out);
    declare::<check_form::FormCheck>(config, &mut out);
    declare::<ProviderView>(config, &mut out);
    declare::<providers::Providers>(config, &mut out);
    declare::<policy::PolicyView>(config, &mut out);
    declare::<Step>(config, &mut out);
    declare::<connect::ConnectProgress>(config, &mut out);
    declare::<ask::Answering>(config, &mut out);
    declare::<sign_out::SignedOut>(config, &mut out);
    declare::<Clause>(config, &mut out);
    declare::<StatusCategory>(config, &mut out);
    declare::<Person>(config, &mut out);
    declare::<IssueRow>(config, &mut out);
    declare::<CommentView>(config, &mut out);
    declare::<IssueDetail>(config, &mut out);
    declare::<Card>(config, &mut out);
    declare::<ask::Asked>(config, &mut out);
    out.push_str(&once(config));
    out.push_str(&stream(config));
    out.push_str("\n/** Pushed to every open page at any time. */\n");
    out.push_str("export type BackendEvent = { kind: \"overview\", overview: Overview }\n  | { kind: \"account\", account: AccountView, status: Status }\n  | { kind: \"token_event\", event: EventView };\n");
    out
}

/// The names written in a table below, in order; compared with the commands there are.
fn listed(table: &str) -> Vec<&str> {
    table.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": ")).map(|(name, _)| name).collect()
}

fn once(config: &Config) -> String {
    let mut out = String::from("\n/** One-shot commands. */\nexport interface Commands {\n");
    let mut row = |name: &str, args: String, value: String| {
        writeln!(out, "  {name}: {{ args: {args}, value: {value} }};").unwrap();
    };
    row("overview", overview::Args::inline(config), Overview::name(config));
    row("check_form", check_form::Args::inline(config), check_form::FormCheck::name(config));
    row("providers", providers::Args::inline(config), providers::Providers::name(config));
    row("add_provider", add_provider::Args::inline(config), ProviderView::name(config));
    row("remove_provider", remove_provider::Args::inline(config), remove_provider::Removed::inline(config));
    row("policy", policy::Args::inline(config), policy::PolicyView::name(config));
    row("refresh", refresh::Args::inline(config), AccountView::name(config));
    row("sign_out", sign_out::Args::inline(config), sign_out::SignedOut::name(config));
    row("choose_site", choose_site::Args::inline(config), AccountView::name(config));
    row("account_details", account_details::Args::inline(config), AccountDetails::name(config));
    row("get_token", get_token::Args::inline(config), TokenInfo::name(config));
    row("refresh_all", refresh_all::Args::inline(config), Overview::name(config));
    row("clear_tokens", clear_tokens::Args::inline(config), Overview::name(config));
    row("set_account", set_account::Args::inline(config), AccountView::name(config));
    row("settings", settings::Args::inline(config), SettingsView::name(config));
    row("change_settings", change_settings::Args::inline(config), SettingsView::name(config));
    row("test_connection", test_connection::Args::inline(config), ConnectionTest::name(config));
    row("diagnostics", diagnostics::Args::inline(config), "object".into());
    row("monitor", monitor::Args::inline(config), Overview::name(config));
    row("set_passphrase", set_passphrase::Args::inline(config), Overview::name(config));
    row("remove_passphrase", remove_passphrase::Args::inline(config), Overview::name(config));
    row("unlock", unlock::Args::inline(config), Overview::name(config));
    row("lock", lock::Args::inline(config), Overview::name(config));
    row("forget_passphrase", forget_passphrase::Args::inline(config), Overview::name(config));
    row("forget_damaged", forget_damaged::Args::inline(config), Overview::name(config));
    row("debug_trap", debug_trap::Args::inline(config), "never".into());
    out.push_str("}\n");
    assert_eq!(listed(&out), NAMES.0, "every one-shot command is declared");
    out
}

fn stream(config: &Config) -> String {
    let mut out = String::from("\n/** Commands over a port. */\nexport interface Streams {\n");
    let mut row = |name: &str, args: String, [item, progress, done]: [String; 3]| {
        writeln!(out, "  {name}: {{ args: {args}, item: {item}, progress: {progress}, done: {done} }};").unwrap();
    };
    let never = || "never".to_owned();
    let signing_in = || [never(), connect::ConnectProgress::name(config), AccountView::name(config)];
    let answering = || [Card::name(config), ask::Answering::name(config), ask::Asked::name(config)];
    row("connect", connect::Args::inline(config), signing_in());
    row("reconnect", reconnect::Args::inline(config), signing_in());
    row("ask", ask::Args::inline(config), answering());
    row("more", more::Args::inline(config), answering());
    out.push_str("}\n");
    assert_eq!(listed(&out), NAMES.1, "every streamed command is declared");
    out
}

#[test]
fn the_contract_on_disk_is_the_one_of_the_types() {
    let made = declarations();
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(PLACE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(PLACE).unwrap();
    assert!(kept == made, "{PLACE} is old: run `UPDATE_CONTRACT=1 cargo test contract` and look at the difference");
}

fn build() -> Build {
    Build { version: "1".into(), loopback: false, page_root: "chrome-extension://abc/".into() }
}

fn sender(url: &str) -> Sender {
    Sender { url: url.into() }
}

#[test]
fn a_command_is_for_the_pages_it_names() {
    let read = |url: &str| Request::read("sign_out", &json!({"account": "a"}), &sender(url), &build()).map(drop);
    assert!(read("chrome-extension://abc/www/popup/popup.html").is_ok());
    assert!(read("chrome-extension://abc/www/options/options.html?x#y").is_ok());
    for url in [
        "chrome-extension://abc/www/panel/panel.html",
        "chrome-extension://other/www/popup/popup.html",
        "https://evil.example.com/chrome-extension://abc/www/popup/popup.html",
        "chrome-extension://abc/www/popup/popup.html/../x",
        "",
    ] {
        assert_eq!(read(url).unwrap_err().code, Code::Forbidden, "{url}");
    }
}

#[test]
fn arguments_that_do_not_fit_are_not_quoted() {
    let popup = sender("chrome-extension://abc/www/popup/popup.html");
    let error = Request::read("refresh", &json!({"account": ["hunter2"]}), &popup, &build()).unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    assert!(!error.message.contains("hunter2"));
    assert_eq!(Request::read("nonsense", &Value::Null, &popup, &build()).unwrap_err().code, Code::BadRequest);
}

#[test]
fn codes_are_never_renamed() {
    let all = [
        (Code::BadRequest, "bad_request"),
        (Code::Forbidden, "forbidden"),
        (Code::NotFound, "not_found"),
        (Code::InvalidConfiguration, "invalid_configuration"),
        (Code::PermissionNeeded, "permission_needed"),
        (Code::ConsentClosed, "consent_closed"),
        (Code::ConsentDenied, "consent_denied"),
        (Code::AcquisitionFailed, "acquisition_failed"),
        (Code::SignInMismatch, "sign_in_mismatch"),
        (Code::NoSite, "no_site"),
        (Code::RefreshFailed, "refresh_failed"),
        (Code::ReauthRequired, "reauth_required"),
        (Code::Offline, "offline"),
        (Code::RateLimited, "rate_limited"),
        (Code::ServerFailed, "server_failed"),
        (Code::Refused, "refused"),
        (Code::InvalidJql, "invalid_jql"),
        (Code::VaultUnreadable, "vault_unreadable"),
        (Code::Locked, "locked"),
        (Code::WrongPassphrase, "wrong_passphrase"),
        (Code::StorageFailed, "storage_failed"),
        (Code::Interrupted, "interrupted"),
        (Code::Internal, "internal"),
    ];
    for (code, name) in all {
        assert_eq!(serde_json::to_value(code).unwrap(), name);
    }
}
