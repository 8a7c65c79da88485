//! The same site under other names: every project, person, sprint, board, component, version and option is called otherwise, in the
//! site, in the issues and in the pairs alike. A reader that knows its words from the site understands as much as before.
//!
//! Words are renamed, not whole names, so that names that share a word, or lie within each other, still do.

use crate::dice::Dice;
use crate::pairs::Pair;
use chat_for_jira::jql::ast::{Clause, Operand, Query, Value as Text};
use chat_for_jira::jql::fields::Type;
use chat_for_jira::jql::{parse, printer};
use chat_for_jira::vocabulary::{Kind as Names, Vocabulary, file, folded};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Words of names that belong to no name.
const SMALL: [&str; 13] =
    ["and", "of", "the", "for", "van", "der", "el", "team", "board", "queue", "sprint", "release", "cycle"];
const BEGINNINGS: [&str; 16] = ["b", "d", "g", "k", "l", "m", "n", "p", "r", "t", "v", "z", "dr", "kr", "pl", "tr"];
const MIDDLES: [&str; 8] = ["a", "e", "i", "o", "u", "ou", "ea", "io"];
const ENDS: [&str; 10] = ["x", "rv", "ldo", "mba", "nk", "zz", "lth", "vek", "rgo", "ptu"];

/// Which words become which: by the small letters.
pub(crate) struct Renaming {
    words: HashMap<String, String>,
    /// Added to the first number of versions and sprints.
    ahead: u32,
    old: Vocabulary,
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_renamed(word: &str) -> bool {
    !SMALL.contains(&word.to_lowercase().as_str())
        && !word.chars().any(|c| c.is_ascii_digit())
        && word.chars().count() > 1
}

/// Like the old word: its capitals, and letters beyond English if it had some.
fn dressed(old: &str, new: &str) -> String {
    let accented = if old.is_ascii() {
        new.to_owned()
    } else {
        new.replacen('a', "å", 1).replacen('e', "é", 1).replacen('o', "ö", 1).replacen('u', "ü", 1)
    };
    let mut letters = old.chars();
    match (letters.next().is_some_and(char::is_uppercase), letters.next().is_some_and(char::is_uppercase)) {
        (true, true) => accented.to_uppercase(),
        (true, false) => {
            accented.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }).collect()
        }
        _ => accented,
    }
}

/// How many letters differ, roughly: insertions, deletions, replacements and swaps.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]));
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

/// Two letters in the middle swapped.
fn mistyped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if let Some(at) =
        (middle.saturating_sub(1)..letters.len() - 1).find(|at| *at > 0 && letters[*at] != letters[at + 1])
    {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

impl Renaming {
    /// Other names for the site, by the seed.
    pub(crate) fn new(site: &Value, seed: u64) -> Self {
        let old = file::read(site);
        let mut dice = Dice::new(seed);
        let mut renaming = Self { words: HashMap::new(), ahead: u32::try_from(7 + dice.below(5)).unwrap(), old };
        let mut names: BTreeSet<String> = BTreeSet::new();
        for kind in [Names::Project, Names::Person, Names::Sprint, Names::Component, Names::Version] {
            for entry in renaming.old.entries(kind) {
                names.extend(words(&entry.name).filter(|word| is_renamed(word)).map(str::to_lowercase));
                if kind == Names::Project {
                    names.insert(entry.also[0].to_lowercase());
                }
            }
        }
        for field in renaming.old.entries(Names::Field) {
            let options = field.facts.as_ref().and_then(|facts| facts.options.as_ref());
            names.extend(
                options
                    .into_iter()
                    .flatten()
                    .flat_map(|option| words(&option.name))
                    .filter(|word| is_renamed(word))
                    .map(str::to_lowercase),
            );
        }
        let mut taken = BTreeSet::new();
        for name in names {
            let new = loop {
                let new = [
                    dice.pick(&BEGINNINGS),
                    dice.pick(&MIDDLES),
                    dice.pick(&BEGINNINGS),
                    dice.pick(&MIDDLES),
                    dice.pick(&ENDS),
                ];
                let new: String = new.into_iter().copied().collect();
                // Far enough from each other that a slip of the finger still tells them apart.
                if taken.iter().all(|other: &String| distance(other, &new) > 2) {
                    break new;
                }
            };
            taken.insert(new.clone());
            renaming.words.insert(name, new);
        }
        renaming
    }

    /// The new word; none if it is not renamed.
    fn word(&self, old: &str) -> Option<String> {
        self.words.get(&old.to_lowercase()).map(|new| dressed(old, new))
    }

    /// A whole name, word by word. Of versions and sprints the first number too, unless it is a year.
    fn name(&self, old: &str, numbers: bool) -> String {
        let mut new = String::new();
        let mut numbers = numbers;
        let mut rest = old;
        while let Some(first) = rest.chars().next() {
            let is_word = first.is_alphabetic();
            let is_number = first.is_ascii_digit();
            let end = rest
                .find(|c: char| {
                    if is_number {
                        !c.is_ascii_digit()
                    } else if is_word {
                        !c.is_alphabetic()
                    } else {
                        c.is_alphanumeric()
                    }
                })
                .unwrap_or(rest.len());
            let (piece, behind) = rest.split_at(end);
            rest = behind;
            match piece.parse::<u32>() {
                Ok(number) if numbers && piece.len() < 4 => {
                    new += &(number + self.ahead).to_string();
                    numbers = false;
                }
                _ if is_word => new += &self.word(piece).unwrap_or_else(|| piece.to_owned()),
                _ => new += piece,
            }
        }
        new
    }

    /// A project's key, or the key of an issue.
    fn key(&self, old: &str) -> String {
        let (project, number) =
            old.rsplit_once('-').map_or((old, String::new()), |(project, number)| (project, format!("-{number}")));
        self.words
            .get(&project.to_lowercase())
            .map_or_else(|| old.to_owned(), |new| format!("{}{number}", new.to_uppercase()))
    }

    fn rename_in(&self, object: &mut Value, member: &str, numbers: bool) {
        if let Some(old) = object[member].as_str() {
            object[member] = self.name(old, numbers).into();
        }
    }

    /// The site under the new names.
    pub(crate) fn site(&self, site: &Value) -> Value {
        let mut new = site.clone();
        let list = |value: &mut Value| value.as_array_mut().map(std::mem::take).unwrap_or_default();
        let each = |new: &mut Value, name: &str, change: &dyn Fn(&mut Value)| {
            let mut items = list(&mut new[name]);
            items.iter_mut().for_each(change);
            new[name] = items.into();
        };
        each(&mut new, "projects", &|project| {
            self.rename_in(project, "name", false);
            project["key"] = self.key(project["key"].as_str().unwrap()).into();
            self.rename_in(&mut project["lead"], "displayName", false);
        });
        each(&mut new, "users", &|user| {
            self.rename_in(user, "displayName", false);
            if user["emailAddress"].is_string() {
                self.rename_in(user, "emailAddress", false);
            }
        });
        each(&mut new, "sprints", &|sprint| self.rename_in(sprint, "name", true));
        each(&mut new, "boards", &|board| {
            self.rename_in(board, "name", true);
            if let Some(key) = board["location"]["projectKey"].as_str() {
                board["location"]["projectKey"] = self.key(key).into();
            }
        });
        for (member, numbers) in [("components", false), ("versions", true)] {
            let old = new[member].as_object().cloned().unwrap_or_default();
            new[member] = old
                .into_iter()
                .map(|(key, mut items)| {
                    for item in items.as_array_mut().unwrap() {
                        self.rename_in(item, "name", numbers);
                        if let Some(key) = item["project"].as_str() {
                            item["project"] = self.key(key).into();
                        }
                    }
                    (self.key(&key), items)
                })
                .collect::<serde_json::Map<_, _>>()
                .into();
        }
        for (_, options) in new["fieldOptions"].as_object_mut().unwrap() {
            for option in options.as_array_mut().unwrap() {
                self.rename_in(option, "value", false);
            }
        }
        new
    }

    /// Issues as the shared examples hold them: flat records with names.
    pub(crate) fn issues(&self, issues: &mut Value) {
        let each = |value: &mut Value, change: &dyn Fn(&str) -> String| match value {
            Value::String(text) => *text = change(text),
            Value::Array(all) => all.iter_mut().for_each(|one| *one = change(one.as_str().unwrap()).into()),
            _ => {}
        };
        for issue in issues["issues"].as_array_mut().unwrap() {
            for member in ["key", "project", "parent"] {
                each(&mut issue[member], &|text| self.key(text));
            }
            for member in ["components", "team", "severity", "flagged"] {
                each(&mut issue[member], &|text| self.name(text, false));
            }
            for member in ["fixVersions", "affectedVersions"] {
                each(&mut issue[member], &|text| self.name(text, true));
            }
            for link in issue["links"].as_array_mut().into_iter().flatten() {
                each(&mut link["key"], &|text| self.key(text));
            }
            for change in
                issue["changelog"].as_array_mut().into_iter().flatten().filter(|change| change["field"] == "fixVersion")
            {
                each(&mut change["from"], &|text| self.name(text, true));
                each(&mut change["to"], &|text| self.name(text, true));
            }
        }
    }

    /// A query under the new names; the words of the names in it are added.
    fn query(&self, jql: &str, used: &mut BTreeSet<String>) -> String {
        let Ok(mut query) = parse(jql) else { return jql.to_owned() };
        if let Query { where_clause: Some(clause), .. } = &mut query {
            self.clause(clause, used);
        }
        printer::print(&query)
    }

    fn clause(&self, clause: &mut Clause, used: &mut BTreeSet<String>) {
        match clause {
            Clause::And(parts, _) | Clause::Or(parts, _) => parts.iter_mut().for_each(|part| self.clause(part, used)),
            Clause::Not(part, _) => self.clause(part, used),
            Clause::Terminal(one) => {
                let field = one.field.name.to_lowercase();
                if let Some(operand) = &mut one.operand {
                    self.operand(&field, operand, used);
                }
                for predicate in &mut one.predicates {
                    let people = predicate.kind == chat_for_jira::jql::ast::PredicateKind::By;
                    self.operand(if people { "assignee" } else { &field }, &mut predicate.operand, used);
                }
            }
        }
    }

    fn operand(&self, field: &str, operand: &mut Operand, used: &mut BTreeSet<String>) {
        match operand {
            Operand::List(all, _) => all.iter_mut().for_each(|one| self.operand(field, one, used)),
            Operand::Value(value) => self.value(field, value, used),
            Operand::Function(function) => {
                let of = match function.name.to_lowercase().as_str() {
                    "linkedissues" => "key",
                    name if name.ends_with("versions") || name.ends_with("version") => "project",
                    name if name.ends_with("byuser") => "assignee",
                    _ => return,
                };
                function.arguments.iter_mut().for_each(|value| self.value(of, value, used));
            }
            Operand::Empty(_) => {}
        }
    }

    fn value(&self, field: &str, value: &mut Text, used: &mut BTreeSet<String>) {
        let kind = match field {
            "key" | "issue" | "issuekey" | "parent" | "epic link" => {
                used.extend(words(&value.text).take(1).map(str::to_lowercase));
                value.text = self.key(&value.text);
                return;
            }
            "watcher" | "voter" | "worklogauthor" => Type::Person,
            name => self
                .old
                .fields(name)
                .next()
                .and_then(|field| field.facts.as_ref())
                .map_or(Type::Any, |facts| facts.kind),
        };
        let renamed = matches!(
            kind,
            Type::Project | Type::Person | Type::Sprint | Type::Component | Type::Version | Type::Option
        );
        if !renamed {
            return;
        }
        let entry = Names::of_type(kind).and_then(|kind| self.old.find(kind, &value.text));
        // A project goes by its key in queries and by its name in sentences.
        let called = entry.map_or(value.text.clone(), |entry| format!("{} {}", entry.name, value.text));
        used.extend(
            words(&called).filter(|word| is_renamed(word)).chain(called.split_whitespace()).map(str::to_lowercase),
        );
        let is_key =
            kind == Type::Project && entry.is_some_and(|entry| entry.also[0].eq_ignore_ascii_case(&value.text));
        value.text = if is_key {
            self.key(&value.text)
        } else {
            self.name(&value.text, matches!(kind, Type::Version | Type::Sprint))
        };
        // A number becomes another number, and stays one.
        value.number &= value.text.chars().all(|c| c.is_ascii_digit());
    }

    /// The pair under the new names.
    pub(crate) fn pair(&self, pair: &Pair) -> Pair {
        let mut new = pair.clone();
        let mut used = BTreeSet::new();
        new.gold_jql = pair.gold_jql.as_ref().map(|jql| self.query(jql, &mut used));
        new.previous_jql = pair.previous_jql.as_ref().map(|jql| self.query(jql, &mut used));
        if pair.gold_jql.is_none() {
            // Nothing says which names are meant: all that look like one.
            for entry in [Names::Project, Names::Person, Names::Sprint].iter().flat_map(|kind| self.old.entries(*kind))
            {
                let key = entry.also.first().filter(|key| !key.contains('@'));
                let all = words(&entry.name).chain(key.map(String::as_str));
                used.extend(all.filter(|word| is_renamed(word)).map(str::to_lowercase));
            }
        }
        new.alt_jql = pair.alt_jql.iter().map(|jql| self.query(jql, &mut BTreeSet::new())).collect();
        new.utterance = match pair.kind.as_str() {
            "raw" => self.query(&pair.utterance, &mut used),
            kind => self.sentence(&pair.utterance, &used, kind == "typo"),
        };
        new
    }

    /// A sentence in which the words that belong to names are replaced, misspelt ones by misspelt ones.
    fn sentence(&self, text: &str, used: &BTreeSet<String>, typos: bool) -> String {
        let (mut new, mut word) = (String::new(), String::new());
        for letter in text.chars().chain([' ']) {
            if letter.is_alphanumeric() || letter == '.' && word.ends_with(|c: char| c.is_ascii_digit()) {
                word.push(letter);
                continue;
            }
            let full = word.strip_suffix('.').unwrap_or(&word);
            new += &self.spoken(full, used, typos);
            new.extend((full.len() < word.len()).then_some('.'));
            word.clear();
            new.push(letter);
        }
        new.pop();
        new
    }

    fn spoken(&self, word: &str, used: &BTreeSet<String>, typos: bool) -> String {
        if word.contains(|c: char| c.is_ascii_digit()) {
            return if used.contains(&word.to_lowercase()) { self.name(word, true) } else { word.to_owned() };
        }
        let lower = folded(word);
        if let Some(known) = used.iter().find(|known| folded(known) == lower) {
            let new = self.words.get(known).map_or_else(|| word.to_owned(), |new| dressed(word, new));
            // Who leaves the accents out does so with the new name too.
            return new;
        }
        let plural = used.iter().find(|known| {
            self.words.contains_key(*known) && (format!("{known}s") == lower || format!("{lower}s") == **known)
        });
        if let Some(new) = plural.and_then(|known| self.words.get(known)) {
            return dressed(word, &if lower.ends_with('s') { format!("{new}s") } else { new.clone() });
        }
        if !typos || lower.chars().count() < 4 {
            return word.to_owned();
        }
        let near = used.iter().filter(|known| known.chars().count() > 4 && self.words.contains_key(*known));
        let near = near.map(|known| (distance(&folded(known), &lower), known)).filter(|(far, _)| *far <= 2).min();
        near.and_then(|(_, known)| self.words.get(known))
            .map_or_else(|| word.to_owned(), |new| dressed(word, &mistyped(new)))
    }
}
