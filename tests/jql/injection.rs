//! What people type never leaves its quotes: queries made by [`build`] from awkward texts, taken apart by Atlassian's own
//! parser. It has to find exactly the parts that were put in, each text whole and in its place, and nothing else.

use crate::atlassian;
use crate::random::{Random, cases};
use crate::trees;
use chat_for_jira::jql::ast::{Clause, Function, Operand, Query};
use chat_for_jira::jql::build::{self, field, function};

/// What a query consists of, in the order written: kind and text.
type Parts = Vec<(String, String)>;

/// Characters that end lines, join, hide or turn round what stands beside them, or are none at all.
const SPECIAL: [char; 28] = [
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200f}',
    '\u{2018}',
    '\u{201c}',
    '\u{201d}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{2066}',
    '\u{3000}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{fdd0}',
    '\u{fdef}',
    '\u{feff}',
    '\u{ff02}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{ffff}',
    '\u{1f600}',
    '\u{10ffff}',
];

/// Each of them alone, beside a backslash, beside a quote, and inside a word that wants to go on as a query.
fn systematic() -> Vec<String> {
    let characters = ('\0'..='\u{17f}').chain(SPECIAL);
    characters
        .flat_map(|c| {
            [format!("{c}"), format!("\\{c}"), format!("{c}\\"), format!("{c}\""), format!("a{c} or b = \"{c}")]
        })
        .collect()
}

/// The words that Atlassian's own editor puts in quotes.
fn reserved(package: &std::path::Path) -> Vec<String> {
    let file = package.join("../jql-ast/dist/cjs/constants/reserved-words.js");
    let text = std::fs::read_to_string(file).expect("the package has a list of them");
    let (_, list) = text.split_once("new Set([").expect("it is a list");
    let words = list.split(['\'', '"']).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    assert!(words.len() > 150 && words.iter().any(|word| word == "whenever"), "{words:?}");
    words
}

/// A query under construction, with what it should be found to consist of.
#[derive(Default)]
struct Expected(Parts);

impl Expected {
    fn part(&mut self, kind: &str, text: &str) {
        self.0.push((kind.to_owned(), text.to_owned()));
    }

    fn value(&mut self, text: String) -> Operand {
        self.part("value", &text);
        text.into()
    }

    fn call(&mut self, name: String, argument: String) -> Function {
        self.part("function", &name);
        self.part("argument", &argument);
        function(name).with(argument)
    }

    /// One test of one field, every text in it from `text`.
    fn clause(&mut self, shape: usize, mut text: impl FnMut() -> String) -> Clause {
        let name = text();
        self.part("field", &name);
        let subject = field(name);
        let operator = ["=", "!=", "~", "in", "not in", "was", "changed", ">="].get(shape).expect("one of eight");
        self.part("operator", operator);
        match shape {
            0 => subject.eq(self.value(text())),
            1 => subject.not_eq(self.call(text(), text())),
            2 => subject.like(self.value(text())),
            3 => {
                self.part("list", "");
                let list = vec![self.value(text()), self.call(text(), text()).into(), build::empty()];
                self.part("empty", "");
                self.part("end", "");
                subject.one_of(list).expect("three values")
            }
            4 => subject.outside(self.call(text(), text())),
            5 => {
                let history = subject.was(self.value(text()));
                self.part("predicate", "by");
                let history = history.by(self.value(text()));
                self.part("predicate", "before");
                history.before(self.value(text())).into()
            }
            6 => {
                self.part("predicate", "from");
                let from = self.value(text());
                self.part("predicate", "to");
                let to = self.value(text());
                subject.changed(Some(from), Some(to)).into()
            }
            _ => subject.at_least(self.value(text())),
        }
    }
}

const SHAPES: usize = 8;

/// Random conditions joined, refused and sorted by, with random texts.
fn random_query(random: &mut Random) -> (String, Parts) {
    let mut expected = Expected::default();
    let count = 1 + random.below(3);
    if count > 1 {
        expected.part("and", "");
    }
    let mut clauses = Vec::new();
    for _ in 0..count {
        let negated = random.once_in(4);
        if negated {
            expected.part("not", "");
        }
        let clause = expected.clause(random.below(SHAPES), || trees::text(random));
        clauses.push(if negated { build::not(clause) } else { clause });
    }
    if count > 1 {
        expected.part("end", "");
    }
    let mut query = Query::matching(build::and(clauses).expect("at least one"));
    if random.once_in(2) {
        let name = trees::text(random);
        expected.part("order", &name);
        expected.part("direction", "DESC");
        query = query.ordered_by(vec![field(name).descending()]);
    }
    (query.to_string(), expected.0)
}

/// Where Atlassian's parser finds other parts; `None` without it.
fn broken(queries: &[(String, Parts)]) -> Option<Vec<String>> {
    let texts: Vec<_> = queries.iter().map(|(text, _)| text.clone()).collect();
    let found: Vec<Option<Parts>> = atlassian::judged("parts", &texts)?;
    assert_eq!(found.len(), queries.len());
    let differ = queries.iter().zip(found).filter(|((_, expected), found)| found.as_ref() != Some(expected));
    Some(
        differ
            .map(|((text, expected), found)| format!("{text:?}\n  put in {expected:?}\n  found  {found:?}"))
            .collect(),
    )
}

fn hold(queries: &[(String, Parts)]) {
    let Some(broken) = broken(queries) else { return };
    let shown: Vec<_> = broken.iter().take(5).cloned().collect();
    assert!(broken.is_empty(), "{} of {} are broken:\n{}", broken.len(), queries.len(), shown.join("\n"));
}

fn awkward() -> Option<Vec<String>> {
    let package = atlassian::package()?;
    let mut texts = systematic();
    for word in reserved(&package) {
        texts.extend([word.to_uppercase(), format!("{word} "), word]);
    }
    Some(texts)
}

#[test]
fn every_awkward_text_stays_whole_in_every_place() {
    let Some(texts) = awkward() else { return };
    let mut queries = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let mut expected = Expected::default();
        let query = expected.clause(number % SHAPES, || text.clone()).to_string();
        queries.push((query, expected.0));
        // And where a list of sort fields wants to go on.
        let query = Query::default().ordered_by(vec![field(text.as_str()).ascending()]).to_string();
        queries.push((query, vec![("order".to_owned(), text.clone()), ("direction".to_owned(), "ASC".to_owned())]));
    }
    hold(&queries);
}

#[test]
fn random_texts_stay_whole_together() {
    if atlassian::package().is_none() {
        return;
    }
    let mut random = Random::of_test(5);
    for _ in 0..cases(1) {
        hold(&(0..2_000).map(|_| random_query(&mut random)).collect::<Vec<_>>());
    }
}

#[test]
fn a_persons_words_are_one_value_without_search_syntax() {
    let Some(texts) = awkward() else { return };
    let queries: Vec<_> = texts.iter().map(|words| field("text").contains(words).to_string()).collect();
    let Some(found) = atlassian::judged::<Vec<Option<Parts>>>("parts", &queries) else { return };
    for ((words, query), parts) in texts.iter().zip(&queries).zip(found) {
        let parts = parts.unwrap_or_else(|| panic!("{words:?}: {query}"));
        let [(_, name), (_, operator), (kind, value)] = parts.as_slice() else { panic!("{words:?}: {parts:?}") };
        assert_eq!((name.as_str(), operator.as_str(), kind.as_str()), ("text", "~", "value"), "{words:?}");
        let mut plain = String::new();
        let mut characters = value.chars();
        while let Some(c) = characters.next() {
            assert!(!"+-&|!(){}[]^~*?:/\"".contains(c), "{words:?}: {value:?} has {c:?} as syntax");
            plain.push(if c == '\\' { characters.next().expect("something escaped") } else { c });
        }
        assert!(!plain.split(' ').any(|word| ["AND", "OR", "NOT"].contains(&word)), "{words:?}: {value:?}");
        let wanted = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.eq_ignore_ascii_case(&wanted), "{words:?}: {value:?}");
    }
}

/// The judge is worth something: what a careless program makes is found out.
#[test]
fn texts_put_together_carelessly_are_found_out() {
    let Some(texts) = awkward() else { return };
    type Careless = fn(&str) -> String;
    let ways: [(&str, Careless); 3] = [
        ("no quotes", |text| text.to_owned()),
        ("quotes around it", |text| format!("\"{text}\"")),
        ("only its quotes escaped", |text| format!("\"{}\"", text.replace('"', "\\\""))),
    ];
    for (way, quoted) in ways {
        let made = |text: &String| {
            let expected = [("field", "a"), ("operator", "="), ("value", text)];
            (format!("a = {}", quoted(text)), expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())).to_vec())
        };
        let queries: Vec<_> = texts.iter().step_by(7).map(made).collect();
        let Some(broken) = broken(&queries) else { return };
        assert!(broken.len() > 50, "{way}: only {} of {} are found broken", broken.len(), queries.len());
    }
}
