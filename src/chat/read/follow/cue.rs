//! The words that say that a text leans on the question before, and how.

use super::clauses::is_on;
use crate::chat::lexicon::Slot;
use crate::chat::read::compose::Understood;
use crate::chat::read::scan::{Item, Scan};

/// How a text leans on the question before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lean {
    /// More conditions, or others in place of those on the same fields.
    And,
    /// The same, said so: “only”.
    Only,
    /// Others as well.
    Too,
    /// Others in place of those before.
    Instead,
    /// Conditions are to go.
    Drop,
}

/// What of a text says that it leans, and the tokens that say how.
#[derive(Debug)]
pub(crate) struct Cue {
    /// How it leans; none if no word says so.
    pub lean: Option<Lean>,
    /// The first token behind the cue.
    pub from: usize,
    /// The first token of the cue at the end.
    pub to: usize,
}

/// What people say before they come to the point.
const LEAD_INS: &[&str] = &[
    "ok", "okay", "hmm", "please", "pls", ",", "show", "me", "great", "thanks", "good", "and", "now", "then", "can",
    "you", "could", "list", "give", "we", "us", "let", "lets", "no", "nope", "sorry",
];

/// The words that say that a text leans on the question before.
pub(crate) fn cue(scan: &Scan<'_>, place: (usize, usize)) -> Cue {
    let (start, all) = place;
    let (mut from, mut to, mut lean) = (start, all, None);
    while from < all {
        if let Some((how, end)) = leaning(scan, from) {
            lean = lean.max(Some(how));
            from = end;
        } else if scan.sentence.is(from, LEAD_INS) {
            from += 1;
        } else {
            break;
        }
    }
    // “Show me” alone is no leaning.
    if lean.is_none() {
        from = start;
    }
    while to > from + 1 {
        let last = to - 1;
        if scan.sentence.is(last, &["please", "thanks", "though", "pls", "now", ".", "!", "then"]) {
            to = last;
        } else if let Some(at) = scan.sentence.which(last, &["instead", "too", "also", "only", "rather"]) {
            lean = ended(lean, [Lean::Instead, Lean::Too, Lean::Too, Lean::Only, Lean::Instead].get(at).copied());
            to = last;
        } else if last > from + 1 && scan.sentence.is(last, &["well"]) && scan.sentence.is(last - 1, &["as"]) {
            lean = ended(lean, Some(Lean::Too));
            to = last - 1;
        } else {
            break;
        }
    }
    if lean.is_none() && (start..all).any(|at| is_back_reference(scan, at)) {
        lean = Some(Lean::Only);
    }
    Cue { lean, from, to }
}

/// How a text leans whose last words lean as well: “what about last week, too” asks for both.
fn ended(lean: Option<Lean>, last: Option<Lean>) -> Option<Lean> {
    if lean == Some(Lean::Instead) && last == Some(Lean::Too) { last } else { lean.max(last) }
}

/// The longest phrase that leans at a token; of those that are as long the strongest.
fn leaning(scan: &Scan<'_>, at: usize) -> Option<(Lean, usize)> {
    // “No bugs” takes nothing back.
    let is_type = |item: &Item| item.slot == Slot::IssueType;
    let typed = || scan.items(at + 1).iter().any(is_type) || scan.sentence.is(at + 1, &["feature", "features"]);
    if scan.sentence.is(at, &["no"]) && typed() {
        return None;
    }
    let found = scan.keywords(at, "follow").into_iter().filter(|(_, end)| *end > at);
    found.map(|(how, end)| (end, named(how))).max().map(|(end, lean)| (lean, end))
}

fn is_back_reference(scan: &Scan<'_>, at: usize) -> bool {
    let two = |one: &[&str], other: &[&str]| scan.sentence.is(at, one) && scan.sentence.is(at + 1, other);
    scan.sentence.is(at, &["ones", "instead"])
        || two(&["of", "in", "from", "among", "which"], &["them", "those", "these", "there"])
        || two(&["rather"], &["than"])
        || at > 0
            && two(&["of"], &["that", "it"])
            && scan.sentence.is(at - 1, &["any", "some", "all", "none", "one", "much", "most", "which"])
        || at > 0 && two(&[","], &["not"])
        || two(&["that", "this", "the"], &["list", "result", "results", "selection"])
        || scan.sentence.is(at, &["they", "them", "those"])
}

fn named(how: &str) -> Lean {
    match how {
        "only" => Lean::Only,
        "too" => Lean::Too,
        "instead" => Lean::Instead,
        "drop" => Lean::Drop,
        _ => Lean::And,
    }
}

/// Whether a text without such words is but a piece of a question: “high priority”, “in MOB”.
pub(crate) fn is_fragment(scan: &Scan<'_>, understood: &Understood) -> bool {
    let whole = |at: usize| {
        scan.sentence.is(
            at,
            &[
                "show", "list", "find", "which", "what", "my", "how", "give", "get", "all", "search", "i", "display",
                "who", "tickets", "issues", "any", "are", "is",
            ],
        )
    };
    let on = |field: &str| understood.drafts.iter().any(|draft| is_on(&draft.clause, field));
    // “Bugs in WEB” names what is asked for and where, enough to be a question of its own; “open bugs” is a piece of one.
    let placed = ["project", "assignee", "reporter"].into_iter().any(on);
    let typed = on("issuetype") && (placed || understood.drafts.len() > 2);
    scan.sentence.tokens.len() <= 6 && !whole(0) && !typed && (!understood.noun || understood.drafts.len() < 2)
}

/// The pieces between commas, where each leans by itself: “forget the sprint, only mine”.
pub(crate) fn segments(scan: &Scan<'_>) -> Vec<(usize, usize)> {
    let all = scan.sentence.tokens.len();
    let mut found = vec![];
    let mut start = 0;
    for at in 0..all {
        if scan.sentence.is(at, &[","])
            && at > start
            && leaning(scan, at + 1).is_some_and(|(lean, _)| lean != Lean::And)
        {
            found.push((start, at));
            start = at + 1;
        }
    }
    found.push((start, all));
    found
}
