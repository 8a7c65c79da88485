//! The checker and the completion on a whole site. The site is one of the files that lie beside the project; where they are not,
//! these tests say so and pass.

use chat_for_jira::jql::ast::{Clause, Operand, Query, Span};
use chat_for_jira::jql::check::{Problem, ProblemKind, check};
use chat_for_jira::jql::complete::complete;
use chat_for_jira::jql::parse;
use chat_for_jira::vocabulary::{Entry, Kind, Part, Vocabulary, site};
use serde_json::Value;
use std::path::{Path, PathBuf};

const LISTS: [(Kind, &str); 10] = [
    (Kind::Project, "projects"),
    (Kind::Status, "statuses"),
    (Kind::IssueType, "issueTypes"),
    (Kind::Priority, "priorities"),
    (Kind::Resolution, "resolutions"),
    (Kind::Person, "users"),
    (Kind::Sprint, "sprints"),
    (Kind::Board, "boards"),
    (Kind::Label, "labels"),
    (Kind::LinkType, "issueLinkTypes"),
];

fn file(name: &str) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("SKIPPED: there is no {}", path.display());
    }
    text
}

fn whole(entries: Vec<Entry>) -> Part {
    Part { fetched_at: 1, whole: true, entries }
}

fn read(kind: Kind, list: &Value) -> Vec<Entry> {
    list.as_array().unwrap().iter().map(|data| site::entry(kind, data).unwrap()).collect()
}

/// The site's names; `None` where the file is not there.
fn vocabulary() -> Option<Vocabulary> {
    let data: Value = serde_json::from_str(&file("site.json")?).unwrap();
    let mut vocabulary = Vocabulary::default();
    for (kind, name) in LISTS {
        vocabulary.put(kind, whole(read(kind, &data[name])));
    }
    for (kind, name) in [(Kind::Component, "components"), (Kind::Version, "versions")] {
        let lists = data[name].as_object().unwrap().values();
        vocabulary.put(kind, whole(lists.flat_map(|list| read(kind, list)).collect()));
    }
    let mut fields = read(Kind::Field, &data["fields"]);
    for (id, options) in data["fieldOptions"].as_object().unwrap() {
        let field = fields.iter_mut().find(|field| field.id == *id).unwrap();
        let options = options.as_array().unwrap().iter().map(|data| site::option(data).unwrap()).collect();
        field.facts.as_mut().unwrap().options = Some(options);
    }
    vocabulary.put(Kind::Field, whole(fields));
    vocabulary.put(Kind::Function, whole(Vec::new()));
    Some(vocabulary)
}

fn gold() -> Option<Vec<String>> {
    let text = file("dev.jsonl")?;
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let queries = lines.flat_map(|line| {
        let mut all = vec![line["gold_jql"].clone(), line["previous_jql"].clone()];
        all.extend(line["alt_jql"].as_array().into_iter().flatten().cloned());
        all
    });
    Some(queries.filter_map(|query| query.as_str().map(str::to_owned)).collect())
}

fn problems(jql: &str, vocabulary: &Vocabulary) -> Vec<Problem> {
    check(&parse(jql).unwrap_or_else(|e| panic!("{jql}\n{e}")), vocabulary)
}

#[test]
fn every_query_that_was_written_for_the_site_passes() {
    let (Some(vocabulary), Some(gold)) = (vocabulary(), gold()) else { return };
    assert!(gold.len() > 100, "only {} queries", gold.len());
    for jql in gold {
        assert_eq!(problems(&jql, &vocabulary), [], "{jql}");
    }
}

#[test]
fn the_site_stays_the_same_when_it_is_stored() {
    let Some(vocabulary) = vocabulary() else { return };
    let text = serde_json::to_string(&vocabulary).unwrap();
    assert_eq!(chat_for_jira::json::from_text::<Vocabulary>(&text), Some(vocabulary));
}

/// Two letters in the middle of a name swapped; `None` where that changes nothing or makes nothing of the same look.
fn mistyped(name: &str) -> Option<String> {
    let mut letters: Vec<char> = name.chars().collect();
    let at = (1..letters.len().saturating_sub(2)).find(|at| {
        letters[*at] != letters[at + 1] && letters[at + 1].is_alphabetic() && letters[*at].is_alphabetic()
    })?;
    letters.swap(at, at + 1);
    Some(letters.into_iter().collect())
}

#[test]
fn a_mistyped_name_is_reported_where_it_stands_with_the_name_that_was_meant() {
    let Some(vocabulary) = vocabulary() else { return };
    let fields = [
        (Kind::Project, "project"),
        (Kind::Status, "status"),
        (Kind::IssueType, "issuetype"),
        (Kind::Priority, "priority"),
        (Kind::Resolution, "resolution"),
        (Kind::Person, "assignee"),
        (Kind::Label, "labels"),
        (Kind::Component, "component"),
        (Kind::LinkType, "issueLinkType"),
        (Kind::Sprint, "sprint"),
    ];
    let mut tried = 0;
    for (kind, field) in fields {
        for entry in vocabulary.entries(kind) {
            let Some(wrong) = mistyped(&entry.name).filter(|wrong| vocabulary.find(kind, wrong).is_none()) else {
                continue;
            };
            let jql =
                format!("created > -1d AND {field} in ({}) ORDER BY key", chat_for_jira::jql::printer::quote(&wrong));
            let found = problems(&jql, &vocabulary);
            assert_eq!(found.len(), 1, "{jql}: {found:?}");
            assert_eq!(found[0].kind, ProblemKind::UnknownValue, "{jql}");
            let meant = chat_for_jira::jql::printer::quote(&entry.name);
            assert!(found[0].suggestions.contains(&meant), "{jql}: {found:?}");
            let place = jql.get(found[0].start..found[0].end).unwrap();
            assert_eq!(place.trim_matches('"'), wrong, "{jql}");
            let mut mended = jql.clone();
            mended.replace_range(found[0].start..found[0].end, &meant);
            assert_eq!(problems(&mended, &vocabulary), [], "{mended}");
            tried += 1;
        }
    }
    assert!(tried > 60, "only {tried} names");
}

#[test]
fn a_mistyped_field_is_reported_with_the_field_that_was_meant() {
    let (Some(vocabulary), Some(gold)) = (vocabulary(), gold()) else { return };
    let mut tried = 0;
    for jql in gold {
        let query: Query = parse(&jql).unwrap();
        let Some(name) = first_field(&query) else { continue };
        let Some(wrong) = mistyped(&name) else { continue };
        let quoted = |name: &str| chat_for_jira::jql::printer::quote(name);
        let broken = jql.replacen(&quoted(&name), &quoted(&wrong), 1);
        let found = problems(&broken, &vocabulary);
        let first = found.first().unwrap_or_else(|| panic!("{broken} passes"));
        assert_eq!(first.kind, ProblemKind::UnknownField, "{broken}");
        let same = first.suggestions.iter().any(|suggestion| suggestion.eq_ignore_ascii_case(&quoted(&name)));
        assert!(same, "{broken}: {first:?}");
        tried += 1;
    }
    assert!(tried > 80, "only {tried} queries");
}

fn first_field(query: &Query) -> Option<String> {
    let mut clause = query.where_clause.as_ref()?;
    loop {
        match clause {
            Clause::And(parts, _) | Clause::Or(parts, _) => clause = parts.first()?,
            Clause::Not(inner, _) => clause = inner,
            Clause::Terminal(terminal) => return Some(terminal.field.name.clone()),
        }
    }
}

/// Where the fields, the operators, the values and the functions of a query stand.
fn pieces(clause: &Clause, found: &mut Vec<Span>) {
    match clause {
        Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter().for_each(|part| pieces(part, found)),
        Clause::Not(inner, _) => pieces(inner, found),
        Clause::Terminal(terminal) => {
            found.extend([terminal.field.span, terminal.operator_span]);
            let predicates = terminal.predicates.iter().map(|predicate| &predicate.operand);
            terminal.operand.iter().chain(predicates).for_each(|operand| named(operand, found));
        }
    }
}

fn named(operand: &Operand, found: &mut Vec<Span>) {
    match operand {
        Operand::Value(value) => found.push(value.span),
        Operand::Empty(span) => found.push(*span),
        Operand::Function(function) => found.push(function.name_span),
        Operand::List(items, _) => items.iter().for_each(|item| named(item, found)),
    }
}

/// Whether a piece is something that cannot be listed: a date, a number, a key, words to search for.
fn is_free(piece: &str, before: &str) -> bool {
    piece.contains(|c: char| c.is_ascii_digit()) || before.trim_end().ends_with('~')
}

#[test]
fn whoever_writes_such_a_query_is_offered_each_piece_after_its_first_two_letters() {
    let (Some(vocabulary), Some(gold)) = (vocabulary(), gold()) else { return };
    let (mut tried, mut missed) = (0, Vec::new());
    for jql in gold {
        let query = parse(&jql).unwrap();
        let mut spans = Vec::new();
        query.where_clause.iter().for_each(|clause| pieces(clause, &mut spans));
        spans.extend(query.order_by.iter().map(|order| order.field.span));
        for span in spans {
            let (before, piece) = (jql.get(..span.start).unwrap(), span.of(&jql));
            if is_free(piece, before) || piece.contains("qa-team") || piece.starts_with(['=', '!', '<', '>', '~']) {
                continue;
            }
            let bare = piece.trim_matches('"');
            let start: String = bare.chars().take(2).collect();
            let quote = if piece.starts_with('"') { "\"" } else { "" };
            let text = format!("{before}{quote}{start}");
            let offered = complete(&text, text.len(), &vocabulary, 20);
            let fits = |item: &chat_for_jira::jql::complete::Item| {
                let text = item.text.trim_matches(['"', '(', ')']);
                text.eq_ignore_ascii_case(bare)
            };
            tried += 1;
            if !offered.items.iter().any(fits) {
                missed
                    .push(format!("{text}|  {piece}: {:?}", offered.items.iter().map(|i| &i.text).collect::<Vec<_>>()));
            }
        }
    }
    assert!(tried > 400, "only {tried}");
    assert_eq!(missed, Vec::<String>::new());
}
