//! Epics that a text names by their titles. No list of a site holds its epics, so one is looked for when it is named.

use crate::app::App;
use crate::chat::intent::{Choice, Intent, Question, Search, Source, Target};
use crate::error::Result;
use crate::jira::Jira;
use crate::jql::ast::{Clause, Operand, Query, Terminal};
use crate::jql::build::{and, field, or};
use crate::jql::check::is_key;
use crate::json::text;
use crate::platform::Platform;
use crate::tokens::account::Account;
use crate::vocabulary::{Kind, Vocabulary, folded, same};
use serde_json::Value;

/// What types of epics are called. Sites may rename them; where none of these is there, issues of every type are looked at.
const TYPES: [&str; 5] = ["Epic", "Initiative", "Feature", "Theme", "Capability"];
/// Whose issues Data Center has in a field of its own.
const EPIC_LINK: &str = "Epic Link";
/// So many are looked at, the last changed first.
const LOOKED_AT: u32 = 30;
/// So many are offered where several could be meant.
const MOST: usize = 6;
/// So many titles of one text are looked for.
const TITLES: usize = 4;

/// An issue that could be meant.
struct Epic {
    key: String,
    title: String,
    open: bool,
}

/// The title that stands where the key of an epic has to, if one does: `parent = "tablet support"`.
pub fn title(clause: &Clause) -> Option<&str> {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().find_map(title),
        Clause::Not(inner, _) => title(inner),
        Clause::Terminal(terminal) => titled(terminal),
    }
}

/// Whether a title has to make way for a key before the query can run.
pub fn is_named(query: &Query) -> bool {
    query.where_clause.as_ref().and_then(title).is_some()
}

fn titled(terminal: &Terminal) -> Option<&str> {
    let Some(Operand::Value(value)) = &terminal.operand else { return None };
    let is_title = !value.number && !is_key(&plain(&value.text)) && !value.text.bytes().all(|b| b.is_ascii_digit());
    (is_title && terminal.field.name.eq_ignore_ascii_case("parent")).then_some(value.text.as_str())
}

fn first(clause: &mut Clause) -> Option<&mut Terminal> {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter_mut().find_map(first),
        Clause::Not(inner, _) => first(inner),
        Clause::Terminal(terminal) => titled(terminal).is_some().then_some(terminal),
    }
}

/// The same with the keys of the epics that `text` names by their titles; where no epic or more than one is called so, the question
/// which is meant. Asks Jira only where a title stands. Errors: those of a search.
pub async fn looked_up<P: Platform>(
    (app, account): (&App<P>, &Account),
    mut intent: Intent,
    said: &str,
) -> Result<Intent> {
    for _ in 0..TITLES {
        let Some(title) = place(&mut intent).and_then(|clause| title(clause)).map(str::to_owned) else { break };
        let jira = Jira::new(app.tokens(), app.platform(), account)?;
        let names = app.known_names(account).await?;
        let (epics, all) = matching(&jira, &names, &title).await?;
        let below =
            if jira.edition().is_cloud() || names.find(Kind::Field, EPIC_LINK).is_none() { "" } else { EPIC_LINK };
        let Some(epic) = meant(&epics, all, &title) else {
            return Ok(Intent::Ask(Box::new(question(&mut intent, (&plain(&title), below), &epics, said))));
        };
        put(&mut intent, epic, below);
    }
    Ok(intent)
}

/// The conditions in which a title can stand.
fn place(intent: &mut Intent) -> Option<&mut Clause> {
    match intent {
        Intent::Search(search) => search.query.where_clause.as_mut(),
        Intent::Report(report) => report.within.as_mut(),
        Intent::Change(wish) => match &mut wish.target {
            Target::Matching(search) => search.query.where_clause.as_mut(),
            _ => None,
        },
        _ => None,
    }
}

/// The epics with these words in their titles, and whether that is all of them.
async fn matching<P: Platform>(jira: &Jira<'_, P>, names: &Vocabulary, title: &str) -> Result<(Vec<Epic>, bool)> {
    let known = TYPES.into_iter().filter(|of| names.find(Kind::IssueType, of).is_some());
    let of_type = or(known.map(|of| field("issuetype").eq(of)).collect());
    let parts = of_type.into_iter().chain([field("summary").like(title)]).collect();
    let Some(clause) = and(parts) else { return Ok((Vec::new(), true)) };
    let jql = Query::matching(clause).ordered_by(vec![field("updated").descending()]).to_string();
    let page = jira.search_raw(&jql, &["summary", "status"], None, LOOKED_AT).await?;
    Ok((page.issues.iter().map(epic).collect(), page.next.is_none()))
}

fn epic(issue: &Value) -> Epic {
    let fields = &issue["fields"];
    let open = fields["status"]["statusCategory"]["key"] != "done";
    Epic { key: text(issue, "key").to_owned(), title: text(fields, "summary").to_owned(), open }
}

/// The only one, the only one of exactly this title, or the only one that is not done.
fn meant<'e>(epics: &'e [Epic], all: bool, title: &str) -> Option<&'e Epic> {
    let title = plain(title);
    let only = |fits: &dyn Fn(&Epic) -> bool| {
        let mut all = epics.iter().filter(|epic| fits(epic));
        all.next().filter(|_| all.next().is_none())
    };
    let exact = only(&|epic| same(&epic.title, &title));
    // Of more than were looked at, none is the only one.
    exact.or_else(|| only(&|_| all)).or_else(|| only(&|epic| all && epic.open))
}

/// The words of a title without what a search for them needs.
fn plain(title: &str) -> String {
    title.replace(['\\', '"'], "")
}

/// Puts the key in the title's place, and says how the title was read.
fn put(intent: &mut Intent, epic: &Epic, below: &str) {
    if let Intent::Search(search) = &mut *intent {
        tell(search, epic);
    }
    let Some(clause) = place(intent) else { return };
    if let Some(terminal) = first(clause) {
        terminal.operand = Some(epic.key.as_str().into());
    }
    if !below.is_empty() {
        rename(clause, below);
    }
}

/// Data Center keeps what is below an epic in a field of its own; that something has no parent is said beside it.
fn rename(clause: &mut Clause, below: &str) {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter_mut().for_each(|part| rename(part, below)),
        Clause::Not(inner, _) => rename(inner, below),
        Clause::Terminal(terminal)
            if terminal.field.name.eq_ignore_ascii_case("parent") && titled(terminal).is_none() =>
        {
            below.clone_into(&mut terminal.field.name);
        }
        Clause::Terminal(_) => {}
    }
}

fn tell(search: &mut Search, epic: &Epic) {
    let at = match &search.query.where_clause {
        Some(Clause::And(parts, _)) => parts.iter().position(|part| title(part).is_some()),
        _ => Some(0),
    };
    let Some(at) = at else { return };
    if search.sources.len() <= at {
        search.sources.resize_with(at + 1, Source::default);
    }
    if let Some(source) = search.sources.get_mut(at) {
        source.reading = format!("{}: {}", epic.key, epic.title);
    }
}

fn question(intent: &mut Intent, (title, below): (&str, &str), epics: &[Epic], said: &str) -> Question {
    if epics.is_empty() {
        let message = format!("No epic is called “{title}”. A few words of its title will do, or its key.");
        return Question { message, choices: Vec::new() };
    }
    let mut choices = Vec::new();
    for epic in epics.iter().take(MOST) {
        let label = format!("{} {}", epic.key, epic.title);
        let text = with_key(said, title, &epic.key).filter(|_| below.is_empty()).or_else(|| {
            let mut chosen = intent.clone();
            put(&mut chosen, epic, below);
            if let Intent::Search(search) = chosen { Some(search.query.to_string()) } else { None }
        });
        choices.extend(text.map(|text| Choice { label, text }));
    }
    Question { message: format!("Several epics are called “{title}”. Which one?"), choices }
}

/// The text with the key in place of the title: where that stands before “epic”, or else where it stands last.
fn with_key(said: &str, title: &str, key: &str) -> Option<String> {
    let (small, title) = (folded(said), folded(title));
    let ends = |text: Option<char>| text.is_none_or(|c| !c.is_alphanumeric());
    let whole = |at: &usize| {
        let (before, behind) = (small.get(..*at), small.get(at + title.len()..));
        ends(before.and_then(|text| text.chars().last())) && ends(behind.and_then(|text| text.chars().next()))
    };
    let named = |at: &usize| {
        let behind = small.get(at + title.len()..).unwrap_or_default().trim_start_matches(['"', '”', ' ']);
        behind.starts_with("epic") || behind.starts_with("initiative")
    };
    let places: Vec<usize> = small.match_indices(&title).map(|(at, _)| at).filter(whole).collect();
    let at = *places.iter().find(|at| named(at)).or(places.last()).filter(|_| small.len() == said.len())?;
    Some(format!("{}{key}{}", said.get(..at)?, said.get(at + title.len()..)?))
}
