//! A small site, to hold queries against.

use chat_for_jira::chat::translate::{Outcome, Translator};
use chat_for_jira::jql::check::check;
use chat_for_jira::jql::complete::complete;
use chat_for_jira::jql::parse;
use chat_for_jira::vocabulary::{Entry, Kind, Part, Vocabulary, site};
use serde_json::{Value, json};
use std::rc::Rc;

/// Lists as Jira answers them, with names that want quotes and names that are like others.
fn lists() -> [(Kind, Value); 10] {
    let field = |id: &str, name: &str, kind: &str| {
        json!({"id": id, "key": id, "name": name, "custom": id.starts_with('c'), "searchable": true, "orderable": true,
            "clauseNames": [id, name], "schema": {"type": kind, "items": "string", "system": id}})
    };
    [
        (
            Kind::Project,
            json!([{"id": "1", "key": "MOB", "name": "Mobile App"}, {"id": "2", "key": "MOP", "name": "and \"so\" on\\"}]),
        ),
        (
            Kind::Status,
            json!([{"id": "1", "name": "In Progress", "statusCategory": {"id": 4, "key": "indeterminate", "name": "In Progress"}}]),
        ),
        (
            Kind::IssueType,
            json!([{"id": "1", "name": "Bug", "subtask": false}, {"id": "2", "name": "Sub-task", "subtask": true}]),
        ),
        (Kind::Priority, json!([{"id": "1", "name": "High"}, {"id": "2", "name": "Highest"}])),
        (Kind::Resolution, json!([{"id": "1", "name": "Won't Do"}])),
        (
            Kind::Person,
            json!([{"accountId": "712020:a", "displayName": "Mia Öst", "active": true, "accountType": "atlassian"},
            {"accountId": "712020:b", "displayName": "Mia Öst", "active": false, "accountType": "atlassian"}]),
        ),
        (Kind::Sprint, json!([{"id": 7, "name": "Sprint 7", "state": "active"}])),
        (Kind::Label, json!(["ux", "empty", "\u{202e}odd"])),
        (
            Kind::Field,
            json!([field("status", "Status", "status"), field("created", "Created", "datetime"),
            field("assignee", "Assignee", "user"), field("summary", "Summary", "string"), field("labels", "Labels", "array"),
            field("project", "Project", "project"), field("votes", "Votes", "votes"),
            {"id": "customfield_10016", "name": "Story Points", "custom": true, "searchable": true, "orderable": true,
                "clauseNames": ["cf[10016]", "Story Points"], "schema": {"type": "number", "customId": 10016,
                    "custom": "com.atlassian.jira.plugin.system.customfieldtypes:float"}}]),
        ),
        (Kind::Function, json!([])),
    ]
}

/// Whether a name that the site does not have is a fault: not yet.
const STRICT: bool = false;

thread_local! {
    static SITE: Vocabulary = vocabulary();
    static READER: Translator = Translator::new(Rc::new(vocabulary()), "712020:a", 20_524);
}

fn vocabulary() -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (kind, list) in lists() {
        let entries: Vec<Entry> =
            list.as_array().into_iter().flatten().filter_map(|data| site::entry(kind, data)).collect();
        assert!(!entries.is_empty() || kind == Kind::Function, "{kind:?} is read from nothing");
        vocabulary.put(kind, Part { fetched_at: 1, whole: true, entries });
    }
    vocabulary
}

/// The query held against the site, and completed at the place that its first byte says. What is found wrong stands in the
/// text; what is offered fits in its place.
pub(crate) fn judged(input: &[u8]) -> String {
    let (first, rest) = input.split_first().unwrap_or((&0, &[]));
    let source = String::from_utf8_lossy(rest);
    let part = |start: usize, end: usize| source.get(start..end);
    SITE.with(|site| {
        let mut trace = String::new();
        if let Ok(query) = parse(&source) {
            for problem in check(&query, site) {
                assert!(part(problem.start, problem.end).is_some() && !problem.message.is_empty(), "{problem:?}");
                trace.push_str(&format!("{:?} ", problem.kind).to_uppercase());
            }
        }
        let cursor = usize::from(*first) * source.len() / 255;
        let offered = complete(&source, cursor, site, 20);
        assert!(part(offered.start, offered.end).is_some() && offered.items.len() <= 20, "{offered:?}");
        for item in &offered.items {
            assert!(!item.text.is_empty() && !item.label.is_empty(), "{item:?}");
            trace.push_str(&format!("{:?} {} ", item.kind, item.label).to_uppercase());
        }
        trace
    })
}

/// The words behind the first line, said after the search that is the first line. A query that comes of them is one that Jira takes:
/// it prints and parses, restricts the search, and names nothing that the site does not have, unless the person wrote JQL.
pub(crate) fn understood(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let (previous, words) = text.split_once('\n').map_or((None, &*text), |(previous, words)| (Some(previous), words));
    READER.with(|reader| {
        let outcome = reader.outcome(words, previous);
        let (word, jql) = outcome.parts();
        let mut trace = word.to_uppercase();
        if let Some(jql) = jql {
            let query = parse(jql).unwrap_or_else(|error| panic!("{words:?} became {jql:?}: {error}"));
            assert!(
                query.where_clause.is_some() || !query.order_by.is_empty(),
                "{words:?} became a search for everything"
            );
            if previous.is_none() && parse(words).is_err() {
                let problems = if STRICT { check(&query, reader.names()) } else { Vec::new() };
                assert_eq!(problems, [], "{words:?} became {jql:?}");
            }
            trace += &jql.to_uppercase();
        }
        if let Outcome::Clarify(message) | Outcome::Decline(message) = &outcome {
            trace += &message.to_uppercase();
        }
        trace
    })
}
