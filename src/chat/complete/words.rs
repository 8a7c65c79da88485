//! Plain words that questions are made of, to be gone on with. What they mean stands in the table of phrases: a test reads each of
//! them, so that nothing is offered that is not understood.

use crate::jql::complete::{ItemKind, Offer};
use crate::vocabulary::folded;

/// Of those that mean the same, one.
pub(super) const WORDS: [&str; 53] = [
    "issues",
    "open",
    "overdue",
    "unassigned",
    "assigned to me",
    "assigned to",
    "reported by me",
    "reported by",
    "watched by me",
    "created",
    "updated",
    "resolved",
    "closed",
    "in progress",
    "urgent",
    "high priority",
    "stale",
    "reopened",
    "without assignee",
    "without estimate",
    "without description",
    "without due date",
    "with comments",
    "with attachments",
    "mentioning me",
    "today",
    "yesterday",
    "tomorrow",
    "this week",
    "last week",
    "next week",
    "this month",
    "last month",
    "this quarter",
    "this year",
    "in the last 7 days",
    "due today",
    "due this week",
    "due next week",
    "in the current sprint",
    "in the last sprint",
    "in the next sprint",
    "newest first",
    "oldest first",
    "sorted by priority",
    "sorted by due date",
    "how many",
    "per assignee",
    "per status",
    "per project",
    "per priority",
    "my sprint",
    "my day",
];

/// Those that begin with what is written; the second word of them is nothing to begin with.
pub(super) fn offer(offer: &mut Offer, written: &str) {
    let written = folded(written);
    for words in WORDS {
        if words.starts_with(&written) && offer.wants(words) {
            offer.add(ItemKind::Words, words, words.to_owned());
        }
    }
}
