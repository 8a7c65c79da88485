//! Numbers for what has none of its own.

use crate::data::model::Issue;
use std::collections::HashMap;

/// Gives issues and comments their numbers.
pub(super) fn of_issues(issues: &mut [Issue], site: u64) {
    let mut comments = 30_000 * site;
    for (id, issue) in (20_001..).zip(issues) {
        issue.id = site * 100_000 + id;
        for comment in &mut issue.comments {
            comments += 1;
            comment.id = comments;
        }
    }
}

/// Gives work logs, files and links their numbers. Answers the last one.
pub(super) fn give(issues: &mut [Issue], mut last: u64) -> u64 {
    let mut next = || {
        last += 1;
        last
    };
    let mut pairs: HashMap<(String, String, &'static str), u64> = HashMap::new();
    for issue in issues {
        issue.worklogs.iter_mut().for_each(|log| log.id = next());
        issue.attachments.iter_mut().for_each(|file| file.id = next());
        for link in &mut issue.links {
            let (own, other) = (issue.key.clone(), link.key.clone());
            let pair = if link.outward { (own, other, link.kind) } else { (other, own, link.kind) };
            link.id = *pairs.entry(pair).or_insert_with(&mut next);
        }
    }
    last
}
