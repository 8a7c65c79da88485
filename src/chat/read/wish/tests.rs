//! Sentences with the whole wish that each comes to, on a small site of bakers; and sentences that are none.

use crate::chat::intent::{Assignee, Change, Context, FieldChange, How, Intent, Place, Sprint, Target, Wish};
use crate::chat::read::Reader;
use crate::jql::fields::Type;
use crate::vocabulary::{Entry, Facts, Kind, Part, State, Vocabulary};
use std::rc::Rc;

fn entry(id: &str, name: &str, also: &[&str], of: &str, state: State) -> Entry {
    let also = also.iter().map(|also| (*also).to_owned()).collect();
    Entry { id: id.to_owned(), name: name.to_owned(), also, of: of.to_owned(), state, facts: None }
}

fn named(names: &[(&str, State)]) -> Vec<Entry> {
    (1..).zip(names).map(|(id, (name, state))| entry(&id.to_string(), name, &[], "", *state)).collect()
}

fn field(id: &str, name: &str, query: &str, kind: Type, options: &[&str]) -> Entry {
    let options =
        (!options.is_empty()).then(|| named(&options.iter().map(|name| (*name, State::None)).collect::<Vec<_>>()));
    let facts = Facts { kind, searchable: true, sortable: true, options, ..Facts::default() };
    Entry { facts: Some(Box::new(facts)), ..entry(id, name, &[query], "", State::None) }
}

fn site() -> Vocabulary {
    let none = State::None;
    let mut site = Vocabulary::default();
    let mut put = |kind: Kind, entries: Vec<Entry>| site.put(kind, Part { fetched_at: 0, whole: true, entries });
    put(
        Kind::Project,
        vec![entry("1", "Bread Ovens", &["OVEN"], "", none), entry("2", "Corner Shop", &["SHOP"], "", none)],
    );
    let people = [("me", "Nora Lind"), ("pia", "Pia Voss"), ("o1", "Omar Haddad"), ("o2", "Omar Reyes")];
    put(Kind::Person, people.iter().map(|(id, name)| entry(id, name, &[], "", none)).collect());
    let statuses = [
        ("To Do", State::ToDo),
        ("In Progress", State::InProgress),
        ("Tasting", State::InProgress),
        ("In Review", State::InProgress),
        ("Done", State::Done),
    ];
    put(Kind::Status, named(&statuses));
    put(
        Kind::IssueType,
        named(&[("Bug", none), ("Task", none), ("Story", none), ("Epic", none), ("Sub-task", State::Subtask)]),
    );
    put(Kind::Priority, named(&[("Highest", none), ("High", none), ("Medium", none), ("Low", none)]));
    put(Kind::Resolution, named(&[("Done", none), ("Won't Do", none), ("Duplicate", none)]));
    put(Kind::Label, ["hot", "gluten-free"].iter().map(|name| entry("", name, &[], "", none)).collect());
    put(Kind::Component, vec![entry("1", "Crust", &[], "1", none), entry("2", "Filling", &[], "1", none)]);
    put(Kind::Version, vec![entry("1", "1.0", &[], "1", State::Released), entry("2", "2.0", &[], "1", none)]);
    put(Kind::Board, vec![entry("9", "Ovens", &[], "OVEN", none)]);
    put(
        Kind::Sprint,
        vec![entry("71", "Dough 7", &[], "9", State::Active), entry("72", "Dough 8", &[], "9", State::Future)],
    );
    let links = [
        ("Blocks", "blocks", "is blocked by"),
        ("Relates", "relates to", "relates to"),
        ("Duplicate", "duplicates", "is duplicated by"),
        ("Baked", "is baked with", "bakes"),
    ];
    put(Kind::LinkType, links.iter().map(|(name, out, back)| entry("", name, &[out, back], "", none)).collect());
    put(
        Kind::Field,
        vec![
            field("duedate", "Due date", "due", Type::Day, &[]),
            field("fixVersions", "Fix versions", "fixVersion", Type::Version, &[]),
            field("components", "Components", "component", Type::Component, &[]),
            field("customfield_1", "Story Points", "Story Points", Type::Number, &[]),
            field("customfield_2", "Heat", "Heat", Type::Option, &["Gentle", "Fierce"]),
            field("customfield_3", "Flagged", "Flagged", Type::Option, &["Impediment"]),
            field("customfield_4", "Customer", "Customer", Type::Text, &[]),
        ],
    );
    site
}

/// 2026-11-18, a Wednesday.
const TODAY: i64 = 20_775;

fn context() -> Context {
    Context { today: TODAY, me: "me".to_owned(), ..Context::default() }
}

/// With three issues shown, and none open.
fn shown() -> Context {
    Context { shown: ["SHOP-1", "SHOP-2", "SHOP-3"].map(str::to_owned).into(), ..context() }
}

/// With an issue open in the browser.
fn open() -> Context {
    Context { open: Some("OVEN-9".to_owned()), ..shown() }
}

fn told(change: &FieldChange) -> String {
    let how = match change.how {
        How::Set => "=",
        How::Add => "+",
        How::Remove => "-",
        How::Clear => "!",
    };
    format!("{}{how}{}", change.field, change.values.join(","))
}

fn all(changes: &[FieldChange]) -> String {
    changes.iter().map(told).collect::<Vec<_>>().join(" ")
}

fn spelled(change: &Change) -> String {
    match change {
        Change::Create(new) => {
            let parts = [
                ("in", &new.project),
                ("type", &new.issue_type),
                ("under", &new.parent),
                ("summary", &new.summary),
                ("description", &new.description),
            ];
            let parts = parts.iter().filter_map(|(name, value)| Some(format!(" {name}={}", value.as_ref()?)));
            format!(
                "create{}{}",
                parts.collect::<String>(),
                if new.fields.is_empty() { String::new() } else { format!(" {}", all(&new.fields)) }
            )
        }
        Change::Edit(changes) => format!("edit {}", all(changes)),
        Change::Transition { to, fields } if fields.is_empty() => format!("step {to}"),
        Change::Transition { to, fields } => format!("step {to} {}", all(fields)),
        Change::Assign(Assignee::Me) => "assign me".to_owned(),
        Change::Assign(Assignee::Nobody) => "assign nobody".to_owned(),
        Change::Assign(Assignee::Person { id, name }) => format!("assign {id} {name}"),
        Change::Comment(text) => format!("comment {text}"),
        Change::LogWork(work) => {
            format!("log {} {} {}", work.seconds, work.day.as_deref().unwrap_or("today"), work.comment)
                .trim()
                .to_owned()
        }
        Change::Link { kind, outward, others } => {
            format!("link {kind} {} {}", if *outward { "out" } else { "in" }, others.join(","))
        }
        Change::Unlink(others) => format!("unlink {}", others.join(",")),
        Change::Watch(on) => format!("watch {on}"),
        Change::Vote(on) => format!("vote {on}"),
        Change::Sprint(Sprint::Named { id, name }) => format!("sprint {id} {name}"),
        Change::Sprint(sprint) => format!("sprint {sprint:?}"),
        Change::Rank(Place::Before(key)) => format!("rank before {key}"),
        Change::Rank(Place::After(key)) => format!("rank after {key}"),
        Change::Rank(place) => format!("rank {place:?}"),
        Change::Clone => "clone".to_owned(),
        Change::Attach => "attach".to_owned(),
        Change::Delete => "delete".to_owned(),
    }
}

/// A whole wish in one line; what else a text is, by its first word.
fn line(intent: &Intent) -> String {
    match intent {
        Intent::Change(wish) => {
            let Wish { change, target, ignored } = &**wish;
            let target = match target {
                Target::Issues(keys) => format!(" @ {}", keys.join(",")),
                Target::Matching(search) => {
                    format!(" @ {}", search.query.where_clause.as_ref().map_or(String::new(), ToString::to_string))
                }
                Target::None => String::new(),
            };
            let ignored = if ignored.is_empty() { String::new() } else { format!(" ? {}", ignored.join(" | ")) };
            format!("{}{target}{ignored}", spelled(change))
        }
        Intent::Ask(question) => {
            let choices: Vec<_> = question.choices.iter().map(|choice| choice.text.as_str()).collect();
            format!("ask {} {}", question.message, choices.join(" / ")).trim().to_owned()
        }
        Intent::Decline { message } => format!("decline {message}"),
        Intent::Search(search) => {
            format!("search {}", search.query.where_clause.as_ref().map_or(String::new(), ToString::to_string))
        }
        Intent::Show { key } => format!("show {key}"),
        other => format!("{other:?}"),
    }
}

/// Each text with what it comes to.
fn check(rows: &[(&str, &str)], context: &Context) {
    let reader = Reader::new(Rc::new(site()));
    let wrong: Vec<_> = rows
        .iter()
        .map(|(text, wanted)| (text, line(&reader.read(text, context)), wanted))
        .filter(|(_, found, wanted)| found != *wanted)
        .map(|(text, found, wanted)| format!("{text}\n  found:  {found}\n  wanted: {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

/// None of the texts asks for a change.
fn none(texts: &[&str], context: &Context) {
    let reader = Reader::new(Rc::new(site()));
    let wrong: Vec<_> = texts.iter().filter(|text| reader.is_wish(text, context)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// After a search, with nothing open.
fn searched() -> Context {
    Context { query: crate::jql::parse("project = OVEN AND priority = Low").ok(), ..context() }
}

#[test]
fn a_long_text_is_read_in_a_bounded_number_of_steps() {
    let reader = Reader::new(Rc::new(site()));
    for text in [
        "move ".repeat(2_000),
        format!("assign {} to", "all bugs ".repeat(1_100)),
        format!("set {}", "priority to high and ".repeat(500)),
    ] {
        let from = std::time::Instant::now();
        let _ = reader.is_wish(&text, &context());
        assert!(from.elapsed().as_secs() < 5, "{}", text.len());
    }
}

mod rows;
