//! A small site with what makes names hard: people who share a first name, statuses and labels of several words, sprints of two
//! boards, fields of its own.

use crate::chat::intent::{Context, Intent};
use crate::chat::read::Reader;
use crate::day;
use crate::jql::fields::{Operators, Type};
use crate::jql::parse;
use crate::vocabulary::{Entry, Facts, Kind, Part, State, Vocabulary};
use std::rc::Rc;

fn entry(id: &str, name: &str) -> Entry {
    Entry { id: id.to_owned(), name: name.to_owned(), ..Entry::default() }
}

fn named(names: &[&str]) -> Vec<Entry> {
    (1..).zip(names).map(|(id, name)| entry(&format!("{id}"), name)).collect()
}

fn project(id: &str, key: &str, name: &str) -> Entry {
    Entry { also: vec![key.to_owned()], ..entry(id, name) }
}

fn person(id: &str, name: &str, mail: &str) -> Entry {
    Entry { also: vec![mail.to_owned()], ..entry(id, name) }
}

fn status(name: &str, state: State) -> Entry {
    Entry { state, ..entry(name, name) }
}

fn of(of: &str, state: State, entry: Entry) -> Entry {
    Entry { of: of.to_owned(), state, ..entry }
}

fn custom(number: u32, name: &str, kind: Type, options: &[&str]) -> Entry {
    let facts = Facts {
        kind,
        operators: Operators::NONE,
        sortable: true,
        searchable: true,
        options: (!options.is_empty()).then(|| named(options)),
    };
    let also = vec![name.to_owned(), format!("cf[{number}]")];
    Entry { also, facts: Some(Box::new(facts)), ..entry(&format!("customfield_{number}"), name) }
}

fn people() -> Vec<Entry> {
    let mut people = vec![
        person("u1", "Maria Lopez", "maria.lopez@example.com"),
        person("u2", "Sam Miller", "sam.miller@example.com"),
        person("u3", "Sam Taylor", "sam.taylor@example.com"),
        person("u4", "Jürgen Weiß", "j.weiss@example.com"),
        person("u5", "Olga Petrova", "olga@example.com"),
        person("u6", "Chris Old", "chris@example.com"),
    ];
    if let Some(gone) = people.last_mut() {
        gone.state = State::Inactive;
    }
    people
}

fn statuses() -> Vec<Entry> {
    vec![
        status("Backlog", State::ToDo),
        status("To Do", State::ToDo),
        status("In Progress", State::InProgress),
        status("In Review", State::InProgress),
        status("Blocked", State::InProgress),
        status("Done", State::Done),
        status("Cancelled", State::Done),
    ]
}

fn sprints() -> Vec<Entry> {
    vec![
        of("1", State::Closed, entry("10", "Mobile Sprint 4")),
        of("1", State::Active, entry("11", "Mobile Sprint 5")),
        of("1", State::Future, entry("12", "Mobile Sprint 6")),
        of("2", State::Closed, entry("20", "Pay Sprint 4")),
    ]
}

fn versions() -> Vec<Entry> {
    vec![
        of("1", State::Released, entry("1", "1.9")),
        of("1", State::None, entry("2", "2.0")),
        of("2", State::None, entry("3", "Aurora")),
    ]
}

fn fields() -> Vec<Entry> {
    vec![
        custom(10_001, "Story Points", Type::Number, &[]),
        custom(10_002, "Team", Type::Option, &["Platform", "Checkout", "Growth"]),
        custom(10_003, "Severity", Type::Option, &["Critical", "Major", "Minor"]),
        custom(10_004, "Customer", Type::Text, &[]),
        custom(10_005, "Reviewer", Type::Person, &[]),
        custom(10_006, "Go Live", Type::Day, &[]),
    ]
}

/// The site's names.
pub(super) fn vocabulary() -> Vocabulary {
    let parts = [
        (
            Kind::Project,
            vec![project("1", "MOB", "Mobile App"), project("2", "PAY", "Payments"), project("3", "IT", "Helpdesk")],
        ),
        (Kind::Person, people()),
        (Kind::Status, statuses()),
        (Kind::IssueType, named(&["Bug", "Story", "Task", "Epic", "Sub-task", "Spike"])),
        (Kind::Priority, named(&["Highest", "High", "Medium", "Low", "Lowest"])),
        (Kind::Resolution, named(&["Fixed", "Won't Do", "Duplicate", "Cannot Reproduce"])),
        (Kind::Label, named(&["tech-debt", "flaky", "login"])),
        (Kind::LinkType, vec![Entry { also: vec!["blocks".into(), "is blocked by".into()], ..entry("1", "Blocks") }]),
        (Kind::Group, vec![entry("g1", "qa-team")]),
        (
            Kind::Board,
            vec![of("MOB", State::None, entry("1", "Mobile board")), of("PAY", State::None, entry("2", "Pay board"))],
        ),
        (Kind::Sprint, sprints()),
        (Kind::Version, versions()),
        (
            Kind::Component,
            vec![of("1", State::None, entry("1", "Backend")), of("1", State::None, entry("2", "User Interface"))],
        ),
        (Kind::Field, fields()),
    ];
    let mut vocabulary = Vocabulary::default();
    for (kind, entries) in parts {
        vocabulary.put(kind, Part { fetched_at: 0, whole: true, entries });
    }
    vocabulary
}

/// A reader of the site.
pub(in crate::chat) fn reader() -> Reader {
    Reader::new(Rc::new(vocabulary()))
}

/// What a text says on 18 November 2026, a Wednesday, after a search.
pub(super) fn read(reader: &Reader, text: &str, previous: Option<&str>) -> Intent {
    let query = previous.map(|jql| parse(jql).unwrap());
    reader.read(text, &Context { query, today: day::read("2026-11-18").unwrap(), ..Context::default() })
}

/// The intent in one line: the query without its usual order, or what else it is.
pub(super) fn told(intent: &Intent) -> String {
    match intent {
        Intent::Search(search) => {
            let jql = search.query.to_string();
            jql.strip_suffix(" ORDER BY updated DESC").map(str::to_owned).unwrap_or(jql)
        }
        Intent::Show { key } => format!("show {key}"),
        Intent::Ask(question) => {
            let labels: Vec<&str> = question.choices.iter().map(|choice| choice.label.as_str()).collect();
            if labels.is_empty() { "ask".to_owned() } else { format!("ask: {}", labels.join(" | ")) }
        }
        Intent::BrokenJql(_) => "broken".to_owned(),
        Intent::Decline { .. } => "decline".to_owned(),
        Intent::More => "more".to_owned(),
        Intent::Undo => "undo".to_owned(),
        other => format!("{other:?}"),
    }
}
