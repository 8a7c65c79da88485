//! The declarations that the pages are type-checked against, made from the Rust types.

use super::*;
use crate::app::connection::{ConnectionStep, ConnectionTest, StepResult};
use crate::app::details::{AccountDetails, TokenInfo};
use crate::app::overview::{AccountView, Overview, Status};
use crate::app::stored::{Stored, StoredKind};
use crate::chat::answer::card::{Card, Clause, Column, Figure, Group, Holds, Series, Span};
use crate::chat::answer::doing;
use crate::chat::around::Suggestion;
use crate::chat::complete::{HintKind, Hints, Mark, Offered, Problem};
use crate::chat::conversation::{ConversationView, Hit, TurnView};
use crate::chat::export::{Exported, Format};
use crate::chat::intent::{Choice, Question};
use crate::error::{Action, Code, Error};
use crate::jira::issue::{
    ChangeView, CommentView, FieldView, IssueDetail, IssueRow, LinkView, Person, StatusCategory, Transition,
};
use crate::oauth::provider::ProviderKind;
use crate::rich::document::{Block, Cell, Document, Inline, Item, List, ListKind, Marks, Media, Panel, Source};
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

const SCRIPT_HEAD: &str = "\
/* Which one-shot commands need the whole module. Made from the table of commands by `UPDATE_CONTRACT=1 cargo test contract`; do not
   edit. */
";

/// Where the worker's script has the list of the chat's commands.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/commands.js");

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
    declare::<StoredKind>(config, &mut out);
    declare::<Stored>(config, &mut out);
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
    declare::<Choice>(config, &mut out);
    declare::<Question>(config, &mut out);
    declare::<Clause>(config, &mut out);
    declare::<Holds>(config, &mut out);
    declare::<Column>(config, &mut out);
    declare::<Group>(config, &mut out);
    declare::<Series>(config, &mut out);
    declare::<Span>(config, &mut out);
    declare::<Figure>(config, &mut out);
    declare::<Panel>(config, &mut out);
    declare::<Marks>(config, &mut out);
    declare::<Source>(config, &mut out);
    declare::<Media>(config, &mut out);
    declare::<Inline>(config, &mut out);
    declare::<Cell>(config, &mut out);
    declare::<Item>(config, &mut out);
    declare::<ListKind>(config, &mut out);
    declare::<List>(config, &mut out);
    declare::<Block>(config, &mut out);
    declare::<Document>(config, &mut out);
    declare::<StatusCategory>(config, &mut out);
    declare::<Person>(config, &mut out);
    declare::<IssueRow>(config, &mut out);
    declare::<FieldView>(config, &mut out);
    declare::<CommentView>(config, &mut out);
    declare::<LinkView>(config, &mut out);
    declare::<ChangeView>(config, &mut out);
    declare::<Transition>(config, &mut out);
    declare::<IssueDetail>(config, &mut out);
    declare::<doing::Before>(config, &mut out);
    declare::<doing::PlanRow>(config, &mut out);
    declare::<doing::Concern>(config, &mut out);
    declare::<doing::Input>(config, &mut out);
    declare::<doing::ValueChoice>(config, &mut out);
    declare::<doing::Missing>(config, &mut out);
    declare::<doing::FileWish>(config, &mut out);
    declare::<doing::PlanView>(config, &mut out);
    declare::<doing::JobProgress>(config, &mut out);
    declare::<doing::ItemState>(config, &mut out);
    declare::<doing::JobRow>(config, &mut out);
    declare::<doing::JobView>(config, &mut out);
    declare::<Card>(config, &mut out);
    declare::<ask::Asked>(config, &mut out);
    declare::<Format>(config, &mut out);
    declare::<Exported>(config, &mut out);
    declare::<HintKind>(config, &mut out);
    declare::<Offered>(config, &mut out);
    declare::<Mark>(config, &mut out);
    declare::<Problem>(config, &mut out);
    declare::<Hints>(config, &mut out);
    declare::<ConversationView>(config, &mut out);
    declare::<TurnView>(config, &mut out);
    declare::<Hit>(config, &mut out);
    declare::<Suggestion>(config, &mut out);
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

fn nullable(of: &str) -> String {
    format!("{of} | null")
}

fn once(config: &Config) -> String {
    let mut out = String::from("\n/** One-shot commands. */\nexport interface Commands {\n");
    let mut row = |name: &str, args: String, value: String| {
        writeln!(out, "  {name}: {{ args: {args}, value: {value} }};").unwrap();
    };
    row("overview", overview::Args::inline(config), Overview::name(config));
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
    row("monitor", monitor::Args::inline(config), Overview::name(config));
    row("unlock", unlock::Args::inline(config), Overview::name(config));
    row("lock", lock::Args::inline(config), Overview::name(config));
    row("remind_later", remind_later::Args::inline(config), "object".into());
    row("debug_trap", debug_trap::Args::inline(config), "never".into());
    row("check_form", check_form::Args::inline(config), check_form::FormCheck::name(config));
    row("providers", providers::Args::inline(config), providers::Providers::name(config));
    row("add_provider", add_provider::Args::inline(config), ProviderView::name(config));
    row("remove_provider", remove_provider::Args::inline(config), remove_provider::Removed::inline(config));
    row("change_settings", change_settings::Args::inline(config), SettingsView::name(config));
    row("test_connection", test_connection::Args::inline(config), ConnectionTest::name(config));
    row("diagnostics", diagnostics::Args::inline(config), "object".into());
    row("set_passphrase", set_passphrase::Args::inline(config), Overview::name(config));
    row("remove_passphrase", remove_passphrase::Args::inline(config), Overview::name(config));
    row("forget_passphrase", forget_passphrase::Args::inline(config), Overview::name(config));
    row("forget_damaged", forget_damaged::Args::inline(config), Overview::name(config));
    row("stored", stored::Args::inline(config), Vec::<Stored>::name(config));
    row("delete_stored", delete_stored::Args::inline(config), Vec::<Stored>::name(config));
    row("picture", picture::Args::inline(config), nullable("string"));
    row("open_issue", open_issue::Args::inline(config), nullable(&open_issue::Found::inline(config)));
    row("complete", complete::Args::inline(config), Hints::name(config));
    row("examples", examples::Args::inline(config), Vec::<String>::name(config));
    row("conversations", conversations::Args::inline(config), Vec::<ConversationView>::name(config));
    row("conversation", conversation::Args::inline(config), Vec::<TurnView>::name(config));
    row("search_conversations", search_conversations::Args::inline(config), Vec::<Hit>::name(config));
    row("forget_conversation", forget_conversation::Args::inline(config), Vec::<ConversationView>::name(config));
    row("forget_conversations", forget_conversations::Args::inline(config), Vec::<ConversationView>::name(config));
    row("jobs", jobs::Args::inline(config), jobs::Jobs::inline(config));
    row("plan_drop", plan_drop::Args::inline(config), "object".into());
    row("suggest", suggest::Args::inline(config), Vec::<Suggestion>::name(config));
    row("issue_address", issue_address::Args::inline(config), nullable("string"));
    row("is_question", is_question::Args::inline(config), "boolean".into());
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
    row("export", export::Args::inline(config), [never(), ask::Answering::name(config), Exported::name(config)]);
    let planning = || [Card::name(config), ask::Answering::name(config), "null".into()];
    let doing = || [Card::name(config), doing::JobProgress::name(config), "null".into()];
    row("plan", plan::Args::inline(config), planning());
    row("confirm", confirm::Args::inline(config), doing());
    row("go_on", go_on::Args::inline(config), doing());
    row("undo", undo::Args::inline(config), planning());
    out.push_str("}\n");
    assert_eq!(listed(&out), NAMES.1, "every streamed command is declared");
    out
}

/// What is made is what is kept.
fn compare(place: &str, made: &str) {
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(place, made).unwrap();
    }
    let kept = std::fs::read_to_string(place).unwrap();
    assert!(kept == made, "{place} is old: run `UPDATE_CONTRACT=1 cargo test contract` and look at the difference");
}

#[test]
fn the_contract_on_disk_is_the_one_of_the_types() {
    compare(PLACE, &declarations());
}

#[test]
fn the_worker_s_script_has_the_commands_of_the_contract_s_table() {
    let set = |doc: &str, name: &str, of: &[&str]| {
        let names: Vec<String> = of.iter().map(|command| format!("\"{command}\"")).collect();
        let line = names.join(", ");
        let list = if line.len() < 80 { line } else { format!("\n  {},\n", names.join(",\n  ")) };
        format!("\n/** {doc} */\nexport const {name} = new Set([{list}]);\n")
    };
    compare(SCRIPT, &format!("{SCRIPT_HEAD}{}", set("The small one does not know these.", "WHOLE", WHOLE)));
}

fn build() -> Build {
    Build { version: "1".into(), loopback: false, page_root: "chrome-extension://abc/".into() }
}

fn sender(url: &str) -> Sender {
    Sender::of_page(url.into())
}

#[test]
fn a_command_of_the_whole_module_is_told_from_one_that_is_nowhere_where_only_the_core_is() {
    assert!(WHOLE.iter().all(|name| NAMES.0.contains(name)));
    for command in WHOLE {
        let error = absent(command);
        assert!(error.code == Code::Internal && matches!(error.action, Action::Retry { at: None }), "{command}");
    }
    assert_eq!(absent("nonsense").code, Code::BadRequest);
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
fn the_places_around_the_pages_may_use_what_names_them_and_nothing_else() {
    let at = |place: &str| Sender { around: Page::around(place), ..Sender::default() };
    let read = |command: &str, place: &str| {
        let args = json!({"account": "a", "url": "u", "text": "t"});
        Request::read(command, &args, &at(place), &build()).map(drop).map_err(|error| error.code)
    };
    assert_eq!(read("refresh_all", "shortcut"), Ok(()));
    assert_eq!(read("open_issue", "menu"), Ok(()));
    for (command, place) in [
        ("refresh_all", "omnibox"),
        ("sign_out", "shortcut"),
        ("clear_tokens", "menu"),
        ("plan_drop", "omnibox"),
        ("refresh_all", "popup"),
        ("refresh_all", "Shortcut"),
        ("refresh_all", ""),
    ] {
        assert_eq!(read(command, place), Err(Code::Forbidden), "{command} from {place}");
    }
    for (command, args) in [("ask", json!({"account": "a", "text": "t"})), ("confirm", json!({"id": "a", "hash": "b"}))]
    {
        for place in ["omnibox", "menu", "shortcut", "notification"] {
            let outcome = Stream::read(command, &args, &at(place), &build());
            assert_eq!(outcome.unwrap_err().code, Code::Forbidden, "{command} from {place}");
        }
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
