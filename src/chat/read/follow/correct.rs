//! Texts that put one thing in place of another: `A instead of B`, `swap B for A`, `A, not B`.

use super::clauses::{equal, flat, is_same};
use super::cue::Cue;
use super::merge::{adapted, compose};
use crate::chat::lexicon::Slot;
use crate::chat::read::compose::Draft;
use crate::chat::read::scan::Scan;
use crate::jql::Query;
use crate::jql::ast::{Clause, Operator};

/// `A instead of B`, `instead of B, A`: the tokens of A and of B.
pub(super) fn instead_of(scan: &Scan<'_>, cue: &Cue, before: &Query) -> Option<((usize, usize), (usize, usize))> {
    let all = cue.to;
    let of = |at: &usize| scan.sentence.is(*at, &["instead", "rather"]) && scan.sentence.is(at + 1, &["of", "than"]);
    let not =
        (cue.from + 1..all).find(|at| scan.sentence.is(*at, &["not"]) && only_field(scan, (at + 1, cue.to)).is_some());
    if let Some(at) = not.filter(|at| only_field(scan, (cue.from, *at)).is_some()) {
        return Some(((cue.from, at), (at + 1, cue.to)));
    }
    if let Some(swapped) = swapped(scan, cue).or_else(|| corrected(scan, cue, before)) {
        return Some(swapped);
    }
    let at = (cue.from..all).find(of).or_else(|| cue.from.checked_sub(2).filter(of))?;
    if at > cue.from {
        return Some(((cue.from.min(at), at), (at + 2, cue.to.max(at + 2))));
    }
    let comma = (at + 2..all).find(|at| scan.sentence.is(*at, &[","]))?;
    Some(((comma + 1, all), (at + 2, comma)))
}

/// `A, not B`, `not B, A`, where B is what the query before says, or nothing: the tokens of A and of B.
fn corrected(scan: &Scan<'_>, cue: &Cue, before: &Query) -> Option<((usize, usize), (usize, usize))> {
    let not = (cue.from..cue.to).find(|at| scan.sentence.is(*at, &["not"]))?;
    let past = if scan.sentence.is(not + 1, &["just", "only"]) { not + 2 } else { not + 1 };
    let (left, right) = if not > cue.from {
        ((cue.from, not), (past, cue.to))
    } else {
        let comma = (past..cue.to).find(|at| scan.sentence.is(*at, &[","]))?;
        ((comma + 1, cue.to), (past, comma))
    };
    let (new, old) = (compose(scan, "", left), compose(scan, "", right));
    let parts = flat(before.where_clause.clone());
    let said = |draft: &Draft| {
        let clause = adapted(draft, before);
        let known = |part: &Clause| equal(part, &clause) || is_same(part, &clause) && is_filled(&clause);
        parts.iter().any(known) || new.drafts.iter().any(|new| is_same(&new.clause, &clause))
    };
    let one = new.drafts.len() == 1 && new.unknown.is_empty();
    (one && right.1 > right.0 && old.drafts.len() < 2 && old.drafts.iter().all(said)).then_some((left, right))
}

/// Whether a condition says no more than that a field is not empty.
fn is_filled(clause: &Clause) -> bool {
    matches!(clause, Clause::Terminal(test) if test.operator == Operator::IsNot)
}

/// `swap A for B`, `change from A to B`: the tokens of B and of A.
fn swapped(scan: &Scan<'_>, cue: &Cue) -> Option<((usize, usize), (usize, usize))> {
    const VERBS: &[&str] = &["swap", "replace", "exchange", "switch", "change", "swop", "trade"];
    let first = (0..cue.to.min(3)).find(|at| scan.sentence.is(*at, VERBS))?;
    let middle = (first + 2..cue.to).find(|at| scan.sentence.is(*at, &["for", "with", "by", "to", "against"]))?;
    (middle + 1 < cue.to).then_some(((middle + 1, cue.to), (first + 1, middle)))
}

/// The field that some tokens name, where they say nothing else.
pub(super) fn only_field(scan: &Scan<'_>, place: (usize, usize)) -> Option<String> {
    let mut found = None;
    let mut at = place.0;
    while at < place.1 {
        let item = scan
            .items(at)
            .iter()
            .filter(|item| item.slot == Slot::Field && item.end <= place.1)
            .max_by_key(|item| item.end)
            .cloned();
        if let Some(item) = item {
            found = Some(scan.field_name(&item));
            at = item.end;
        } else if scan.sentence.is(at, &["the", "use", "date", ",", "by", "on", "a", "i", "meant", "mean"]) {
            at += 1;
        } else {
            return None;
        }
    }
    found
}
