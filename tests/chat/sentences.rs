//! Sentences made from the names of a site: whatever is said in these ways, the query that comes of it is one that Jira takes.

use crate::random::{Random, cases};
use crate::score::percent;
use crate::{goals, pairs, tool};
use chat_for_jira::chat::translate::{Outcome, Translator};
use chat_for_jira::jql::{self, check};
use chat_for_jira::vocabulary::{Kind, Vocabulary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Ways to begin.
const JOINED: [&str; 5] = ["and", "or", ",", "but not", "that are also"];
const OPENERS: [&str; 16] = [
    "show me",
    "list",
    "find",
    "give me all",
    "which",
    "what are the",
    "how many",
    "I need",
    "please get me",
    "search for",
    "are there any",
    "could you pull up",
    "display",
    "count",
    "anything about",
    "",
];
/// What is looked for: small letters in brackets stand for a name of that kind.
const SUBJECTS: [&str; 10] =
    ["issues", "tickets", "[type]s", "[type]", "open [type]s", "things", "stuff", "work", "items", ""];
/// What is said of it.
const CONDITIONS: [&str; 60] = [
    "in [project]",
    "of the [project] project",
    "in [key]",
    "from [key] and [key]",
    "not in [project]",
    "except [key]",
    "assigned to [person]",
    "of [person]",
    "[person]'s",
    "reported by [person]",
    "nobody owns",
    "assigned to me",
    "mine",
    "assigned to [person] or [person]",
    "not assigned to [person]",
    "watched by me",
    "unassigned",
    "in [status]",
    "that are [status]",
    "not [status]",
    "that were [status] last week",
    "moved to [status] by [person] yesterday",
    "moved from [status] to [status] since Monday",
    "with priority [priority]",
    "[priority] or [priority]",
    "above [priority]",
    "in component [component]",
    "about [component]",
    "without a component",
    "labelled [label]",
    "with label [label] but not [label]",
    "for version [version]",
    "that affect [version]",
    "in sprint [sprint]",
    "in the current sprint",
    "from the last sprint",
    "not in any sprint",
    "created this week",
    "created yesterday",
    "created in the last [number] days",
    "updated since [date]",
    "due next week",
    "overdue",
    "due before [date]",
    "created between [date] and [date]",
    "resolved last month",
    "resolved in [month]",
    "stale",
    "blocked",
    "flagged",
    "that block [issue]",
    "linked to [issue]",
    "subtasks of [issue]",
    "with [field] [option]",
    "where [field] is [option]",
    "[field] is empty",
    "with [numeric] over [number]",
    "mentioning \"[word]\"",
    "with attachments",
    "resolved as [resolution]",
];
/// How it is to come.
const ENDS: [&str; 14] = [
    "",
    "",
    "",
    "",
    "newest first",
    "sorted by priority",
    "oldest first",
    "by due date",
    "order by updated desc",
    "top [number]",
    "by [numeric]",
    "grouped by status",
    "per assignee",
    "please?",
];
/// What is said after a search.
const FOLLOWUPS: [&str; 14] = [
    "only the [type]s",
    "and [person]'s?",
    "what about [project]",
    "without [status]",
    "sort by created",
    "in [component] too",
    "not mine",
    "instead of [person], [person]",
    "last month instead",
    "forget the project",
    "reverse the order",
    "just [priority]",
    "and overdue",
    "which of those are [status]",
];
const MONTHS: [&str; 5] = ["January", "march", "Aug", "November 2025", "Dec"];
const DATES: [&str; 6] = ["2026-01-15", "1 March", "March 3rd", "last Friday", "15 Feb 2026", "the 2nd of January"];
const WORDS: [&str; 6] = ["power supply", "login", "50%", "it's \\ odd", "naïve (test)", "AND OR NOT"];

struct Maker<'v> {
    names: &'v Vocabulary,
    random: Random,
}

impl Maker<'_> {
    fn name(&mut self, kind: Kind) -> String {
        let entries = self.names.entries(kind);
        if entries.is_empty() {
            return "nothing".to_owned();
        }
        let entry = &entries[self.random.below(entries.len())];
        if kind == Kind::Person && self.random.once_in(2) {
            return entry.name.split(' ').next().unwrap().to_owned();
        }
        entry.name.clone()
    }

    fn key(&mut self) -> String {
        let projects = self.names.entries(Kind::Project);
        projects[self.random.below(projects.len())].also[0].clone()
    }

    /// A field with values of its own, or one that holds numbers.
    fn field(&mut self, numeric: bool) -> (String, String) {
        let fits = |held: &chat_for_jira::vocabulary::Facts| {
            if numeric { held.kind == jql::fields::Type::Number } else { held.options.is_some() }
        };
        let fields: Vec<_> =
            self.names.entries(Kind::Field).iter().filter(|field| field.facts.as_deref().is_some_and(fits)).collect();
        let field = fields[self.random.below(fields.len())];
        let options = field.facts.as_deref().and_then(|facts| facts.options.as_deref()).unwrap_or_default();
        let option =
            if options.is_empty() { String::new() } else { options[self.random.below(options.len())].name.clone() };
        (field.name.clone(), option)
    }

    fn slot(&mut self, name: &str) -> String {
        match name {
            "project" => self.name(Kind::Project),
            "key" => self.key(),
            "person" => self.name(Kind::Person),
            "type" => self.name(Kind::IssueType),
            "status" => self.name(Kind::Status),
            "priority" => self.name(Kind::Priority),
            "component" => self.name(Kind::Component),
            "label" => self.name(Kind::Label),
            "version" => self.name(Kind::Version),
            "sprint" => self.name(Kind::Sprint),
            "resolution" => self.name(Kind::Resolution),
            "issue" => format!("{}-{}", self.key(), self.random.below(300)),
            "number" => self.random.below(40).to_string(),
            "date" => (*self.random.one(&DATES)).to_owned(),
            "month" => (*self.random.one(&MONTHS)).to_owned(),
            "word" => (*self.random.one(&WORDS)).to_owned(),
            "numeric" => self.field(true).0,
            _ => String::new(),
        }
    }

    /// The phrase with names in its brackets.
    fn filled(&mut self, phrase: &str) -> String {
        let mut text = String::new();
        // A field and its value belong together.
        let (field, option) = self.field(false);
        for piece in phrase.split(']') {
            let (before, slot) = piece.split_once('[').unwrap_or((piece, ""));
            text += before;
            text += &match slot {
                "field" => field.clone(),
                "option" => option.clone(),
                other => self.slot(other),
            };
        }
        text
    }

    fn sentence(&mut self) -> String {
        let mut parts = vec![*self.random.one(&OPENERS), *self.random.one(&SUBJECTS)];
        for at in 0..=self.random.below(4) {
            if at > 0 && self.random.once_in(3) {
                parts.push(*self.random.one(&JOINED));
            }
            parts.push(*self.random.one(&CONDITIONS));
        }
        parts.push(*self.random.one(&ENDS));
        let filled: Vec<String> =
            parts.into_iter().map(|part| self.filled(part)).filter(|part| !part.is_empty()).collect();
        let text = filled.join(" ");
        self.careless(text)
    }

    fn followup(&mut self) -> String {
        let phrase = *self.random.one(&FOLLOWUPS);
        let text = self.filled(phrase);
        self.careless(text)
    }

    /// As people type: small letters, slips, no accents.
    fn careless(&mut self, text: String) -> String {
        let mut letters: Vec<char> = match self.random.below(4) {
            0 => text.to_lowercase().chars().collect(),
            1 if self.random.once_in(4) => text.to_uppercase().chars().collect(),
            _ => text.chars().collect(),
        };
        if self.random.once_in(5) && letters.len() > 4 {
            let at = self.random.below(letters.len() - 1);
            match self.random.below(3) {
                0 => letters.swap(at, at + 1),
                1 => drop(letters.remove(at)),
                _ => letters.insert(at, letters[at]),
            }
        }
        letters.into_iter().collect()
    }
}

/// What Atlassian's parser says of the queries; `None`, after saying so, where it or Node is not there.
fn judged(queries: &[&String]) -> Option<Vec<bool>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    if !tests.join("node_modules/@atlaskit/jql-parser").is_dir() {
        eprintln!("SKIPPED: @atlaskit/jql-parser is not installed; run `npm ci` in tests/");
        return None;
    }
    let mut node = Command::new("node");
    let Ok(mut node) = node.arg(tests.join("jql/judge.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()
    else {
        eprintln!("SKIPPED: Node is not installed");
        return None;
    };
    // The script reads all of its input before it writes.
    node.stdin.take().unwrap().write_all(&serde_json::to_vec(queries).unwrap()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the judge failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// What is wrong with a query that was made on this site.
fn complaint(jql: &str, names: &Vocabulary) -> Option<String> {
    let query = match jql::parse(jql) {
        Ok(query) => query,
        Err(error) => return Some(error.message),
    };
    if query.where_clause.is_none() {
        return Some("it searches for everything".to_owned());
    }
    check::check(&query, names).into_iter().next().map(|problem| problem.message)
}

/// Holds what was made of these sentences against the checker and Atlassian's parser.
fn hold(made: &BTreeMap<String, String>, names: &Vocabulary) {
    let complain =
        |(jql, words): (&String, &String)| Some(format!("{words}\n    {jql}\n    {}", complaint(jql, names)?));
    let wrong: Vec<String> = made.iter().filter_map(complain).collect();
    let share = percent(wrong.len(), made.len());
    let shown = wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(share <= goals::REFUSED, "the checker refuses {} of {} queries:\n{shown}", wrong.len(), made.len());
    let queries: Vec<&String> = made.keys().collect();
    for part in queries.chunks(20_000) {
        let Some(verdicts) = judged(part) else { return };
        let refused: Vec<&&String> =
            part.iter().zip(&verdicts).filter(|(_, valid)| !**valid).map(|(jql, _)| jql).collect();
        assert!(verdicts.len() == part.len() && refused.is_empty(), "Atlassian's parser refuses:\n{refused:#?}");
    }
}

/// The sites: ours, and the one that lies beside the project where it is there.
fn sites() -> Vec<Value> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/site.json");
    let beside = std::fs::read_to_string(beside).ok().and_then(|text| serde_json::from_str(&text).ok());
    [Some(pairs::site()), beside].into_iter().flatten().collect()
}

#[test]
fn every_query_made_of_a_made_sentence_is_one_that_jira_takes() {
    for (at, site) in sites().into_iter().enumerate() {
        let translator = Translator::of_site(&site).unwrap();
        let names = translator.names();
        let mut maker = Maker { names, random: Random::of_test(u64::try_from(at).unwrap() + 70) };
        let mut made = BTreeMap::new();
        let mut previous: Option<String> = None;
        let (mut searches, rounds) = (0, cases(700));
        for _ in 0..rounds {
            let leans = previous.is_some() && maker.random.once_in(3);
            let words = if leans { maker.followup() } else { maker.sentence() };
            if let Outcome::Jql(jql) = translator.outcome(&words, previous.as_deref().filter(|_| leans)) {
                searches += 1;
                made.insert(jql.clone(), words);
                previous = Some(jql).filter(|jql| jql.len() < 600);
            }
        }
        println!("{searches} of {rounds} made sentences are searches, {} different ones", made.len());
        hold(&made, names);
    }
}

#[test]
fn every_query_made_of_the_pairs_is_one_that_jira_takes() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/dev.jsonl");
    let files = [Some(tool::own("pairs.jsonl")), beside.is_file().then_some(beside)];
    for (site, file) in sites().into_iter().zip(files.into_iter().flatten()) {
        let translator = Translator::of_site(&site).unwrap();
        let mut made = BTreeMap::new();
        for pair in pairs::read(&std::fs::read_to_string(file).unwrap()) {
            if let Outcome::Jql(jql) = translator.outcome(&pair.utterance, pair.previous_jql.as_deref()) {
                made.insert(jql, pair.utterance);
            }
        }
        hold(&made, translator.names());
    }
}
