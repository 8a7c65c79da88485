//! What a text is: a search, one that leans on the search before, a question back, or none of ours.

use crate::chat::intent::{Choice, Context, Intent, Question, Search, Source, View};
use crate::chat::read::compose::{Composer, Draft, Understood, joined};
use crate::chat::read::follow::{self, Cue};
use crate::chat::read::report;
use crate::chat::read::scan::{Act, Candidate, Scan};
use crate::chat::read::token::Kind;
use crate::chat::read::wish;
use crate::jql::Query;
use crate::jql::ast::Clause;
use crate::jql::build::{and, field};

/// What a text asks for.
pub(super) fn read(scan: &Scan<'_>, context: &Context, text: &str) -> Intent {
    let all = scan.sentence.tokens.len();
    if let [only] = scan.sentence.tokens.as_slice()
        && only.kind == Kind::Key
    {
        return Intent::Show { key: only.word.clone() };
    }
    if let Some(intent) = wish::read(scan, context, text) {
        return intent;
    }
    let pieces = scan.cover(0, all);
    let understood = Composer::compose(scan, text, &pieces);
    // “For the retro, …” leans on nothing.
    let is_aside = |piece: &&Candidate<'_>| matches!(&piece.act, Act::Phrase(meaning, _) if meaning.kind == "aside" && meaning.text == "first");
    let begin = pieces.iter().take_while(is_aside).last().map_or(0, |piece| piece.end);
    let cue = follow::cue(scan, (begin, all));
    if let Some(intent) = apart(scan, text, &understood) {
        return intent;
    }
    let leans = cue.lean.is_some()
        || understood.reverse
        || !understood.dropped.is_empty()
        || understood.drafts.is_empty() && (!understood.order.is_empty() || understood.view != View::List);
    if context.query.is_some() && !understood.restarted && (leans || follow::is_fragment(scan, &understood)) {
        return leaning(scan, context, text, &cue);
    }
    if leans
        && understood.drafts.len() < 2
        && !(understood.noun && !understood.drafts.is_empty() && cue.lean != Some(follow::Lean::Only))
        && begins_leaning(scan, &cue, &understood)
    {
        let message = "That changes a search, and there is none yet. Ask for issues first.".to_owned();
        return Intent::Ask(Box::new(Question { message, choices: Vec::new() }));
    }
    decide(scan, text, &understood)
}

fn begins_leaning(scan: &Scan<'_>, cue: &Cue, understood: &Understood) -> bool {
    cue.from > 0 || cue.to < scan.sentence.tokens.len() || understood.drafts.is_empty()
}

/// What is no search whatever else is said.
fn apart(scan: &Scan<'_>, text: &str, understood: &Understood) -> Option<Intent> {
    if let Some(report) = understood.report.and_then(|kind| report::report(scan, text, understood, kind)) {
        return Some(report);
    }
    match understood.order_of {
        Some("more")
            if understood.drafts.is_empty()
                && understood.unknown.is_empty()
                && !understood.noun
                && scan.sentence.tokens.len() < 5 =>
        {
            return Some(Intent::More);
        }
        Some("undo") if understood.drafts.is_empty() => return Some(Intent::Undo),
        _ => {}
    }
    let typed = understood.drafts.iter().any(|draft| draft.is_about("issuetype"));
    let topic = match understood.declined {
        Some("elsewhere") => understood.noun,
        // “Where do I find open bugs” asks for them, “where do I find the manual” does not.
        Some("place") => understood.noun || typed,
        _ => false,
    };
    if understood.declined.is_some() && !topic {
        return Some(declined(""));
    }
    if understood.greeting && understood.says_nothing() && asks_help(scan) {
        return Some(vague());
    }
    if understood.greeting && understood.says_nothing() {
        return Some(declined("Hello! "));
    }
    None
}

/// “Hello, I need help”
fn asks_help(scan: &Scan<'_>) -> bool {
    (0..scan.sentence.tokens.len())
        .any(|at| scan.sentence.is(at, &["help", "need", "find", "look", "question", "search"]))
}

fn leaning(scan: &Scan<'_>, context: &Context, text: &str, cue: &Cue) -> Intent {
    let (mut context, before) = (context.clone(), context.query.clone());
    let mut merged = None;
    let segments = follow::segments(scan);
    for place in &segments {
        let own = if segments.len() > 1 { &follow::cue(scan, *place) } else { cue };
        let Some((query, understood)) = follow::merge(scan, &context, text, own) else { return vague() };
        context.query = Some(query.clone());
        merged = Some((query, understood));
    }
    let Some((query, understood)) = merged else { return vague() };
    if let Some(question) = &understood.question {
        return Intent::Ask(Box::new(question.clone()));
    }
    if understood.unknown.len() > 2 * (understood.drafts.len() + understood.order.len() + 1)
        || query.where_clause.is_none()
    {
        return vague();
    }
    let sources = sources_behind(scan, text, (&query, before.as_ref()), &understood);
    let ignored = ignored(scan, text, &understood.unknown);
    if !ignored.is_empty() {
        return in_doubt(&query, &ignored);
    }
    Intent::Search(Box::new(Search { query, sources, ignored, view: understood.view, limit: understood.limit }))
}

/// From where the conditions of a query have come that leans on the one before: from the words said now, or from that one.
fn sources_behind(
    scan: &Scan<'_>,
    text: &str,
    (query, before): (&Query, Option<&Query>),
    understood: &Understood,
) -> Vec<Source> {
    let (parts, old) = (conditions(query), before.map_or(&[][..], conditions));
    let mut others =
        understood.drafts.iter().filter(|draft| !parts.contains(&draft.clause)).collect::<Vec<_>>().into_iter();
    let source = |part: &Clause| {
        let said = understood.drafts.iter().find(|draft| draft.clause == *part);
        if said.is_none() && old.contains(part) {
            return Source { reading: "from the search before".to_owned(), ..Source::default() };
        }
        // Where several became one condition, it has changed its form.
        said.or_else(|| others.next()).map_or_else(Source::default, |draft| source_of(scan, text, &[draft]))
    };
    parts.iter().map(source).collect()
}

/// The conditions that a query joins by “and”.
fn conditions(query: &Query) -> &[Clause] {
    match &query.where_clause {
        Some(Clause::And(parts, _)) => parts,
        Some(clause) => std::slice::from_ref(clause),
        None => &[],
    }
}

fn decide(scan: &Scan<'_>, text: &str, understood: &Understood) -> Intent {
    if let Some(question) = &understood.question {
        return Intent::Ask(Box::new(question.clone()));
    }
    if let Some(message) = understood.impossible {
        return Intent::Ask(Box::new(Question { message: message.to_owned(), choices: Vec::new() }));
    }
    let unknown = ignored(scan, text, &understood.unknown);
    match search(scan, text, understood) {
        Some(search) if unknown.is_empty() => Intent::Search(Box::new(search)),
        Some(search) if unknown.len() <= 2 * search.sources.len() => in_doubt(&search.query, &unknown),
        Some(_) => vague(),
        None if understood.greeting && !understood.noun => declined("Hello! "),
        None if (2..=4).contains(&unknown.len()) && unknown.len() == scan.sentence.tokens.len() => {
            look_in_text(&unknown)
        }
        None if unknown.len() < 2 || understood.noun => vague(),
        None => declined(""),
    }
}

/// Some words mean nothing here: whether to search without them, or for them as well.
fn in_doubt(query: &Query, words: &[String]) -> Intent {
    let words = words.join(" ");
    let without = Choice { label: "Search without that".to_owned(), text: query.to_string() };
    let clause = field("text").like(super::template::words(&words));
    let both = and(query.where_clause.clone().into_iter().chain([clause]).collect());
    let with = both.map(|both| Choice {
        label: format!("Issues that say “{words}” as well"),
        text: Query { where_clause: Some(both), ..query.clone() }.to_string(),
    });
    let message = format!("I understand all but “{words}”. What shall I do?");
    Intent::Ask(Box::new(Question { message, choices: [Some(without), with].into_iter().flatten().collect() }))
}

/// Nothing but words that mean nothing here: they are perhaps to be looked for.
fn look_in_text(words: &[String]) -> Intent {
    let words = words.join(" ");
    let clause = field("text").like(super::template::words(&words));
    let choice = Choice { label: format!("Issues that say “{words}”"), text: Query::matching(clause).to_string() };
    let message = format!("I do not know “{words}” here. Shall I look for it in the text of issues?");
    Intent::Ask(Box::new(Question { message, choices: vec![choice] }))
}

/// What was understood, as a search.
pub(super) fn search(scan: &Scan<'_>, text: &str, understood: &Understood) -> Option<Search> {
    let (mut clauses, mut sources) = (Vec::new(), Vec::new());
    for (clause, drafts) in joined(&understood.drafts) {
        let source = source_of(scan, text, &drafts);
        let parts = match clause {
            Clause::And(parts, _) => parts,
            clause => vec![clause],
        };
        for part in parts {
            // “On my plate” says “open” as well.
            if !clauses.contains(&part) {
                clauses.push(part);
                sources.push(source.clone());
            }
        }
    }
    let order =
        if understood.order.is_empty() { vec![field("updated").descending()] } else { understood.order.clone() };
    let query = Query::matching(and(clauses)?).ordered_by(order);
    Some(Search {
        query,
        sources,
        ignored: ignored(scan, text, &understood.unknown),
        view: understood.view.clone(),
        limit: understood.limit,
    })
}

fn source_of(scan: &Scan<'_>, text: &str, drafts: &[&Draft]) -> Source {
    let tokens = &scan.sentence.tokens;
    let start = drafts.iter().filter_map(|draft| tokens.get(draft.start)).map(|token| token.start).min().unwrap_or(0);
    let end = drafts
        .iter()
        .filter_map(|draft| tokens.get(draft.end.wrapping_sub(1)))
        .map(|token| token.end)
        .max()
        .unwrap_or(0);
    let words = text.get(start..end.max(start)).unwrap_or_default().to_owned();
    let readings: Vec<_> =
        drafts.iter().map(|draft| draft.reading.as_str()).filter(|reading| !reading.is_empty()).collect();
    Source { words, span: (start, end), reading: readings.join("; ") }
}

/// The words of tokens that mean nothing here, as they were written.
pub(super) fn ignored(scan: &Scan<'_>, text: &str, unknown: &[usize]) -> Vec<String> {
    let written = |at: &usize| {
        let token = scan.sentence.tokens.get(*at)?;
        text.get(token.start..token.end).map(str::to_owned)
    };
    // “Obviously” and its like say nothing about issues.
    let says = |word: &String| word.len() < 5 || !word.ends_with("ly") || word.starts_with(char::is_uppercase);
    unknown.iter().filter_map(written).filter(says).collect()
}

/// Says what can be asked for instead; examples follow.
fn declined(greeting: &str) -> Intent {
    let able = "I find issues in Jira, count them, report on them and change them, and nothing else. For example:";
    Intent::Decline { message: format!("{greeting}{able}") }
}

/// What is asked back where nothing to search by was said.
fn vague() -> Intent {
    let message = "Tell me more: which issues? Name a project, a person, a status, a type or a time.".to_owned();
    Intent::Ask(Box::new(Question { message, choices: Vec::new() }))
}
