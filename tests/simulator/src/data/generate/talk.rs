//! What people say about an issue.

use super::Maker;
use crate::data::model::{Comment, Issue};
use crate::data::prose;
use crate::date::{HOUR, MINUTE};

impl Maker<'_> {
    /// The comments.
    pub(super) fn discuss(&mut self, issue: &mut Issue) {
        let count = self.dice.weighted(&[(0, 30), (1, 26), (2, 18), (3, 12), (5, 9), (8, 5)]);
        let end = issue.resolved.map_or(self.now, |resolved| resolved + 20 * HOUR).min(self.now - MINUTE);
        let mut moments: Vec<i64> = (0..count)
            .map(|_| self.dice.between(issue.created + 3 * MINUTE, end.max(issue.created + 4 * MINUTE)))
            .collect();
        moments.sort_unstable();
        for created in moments {
            let author = self.speaker(issue);
            let resolved = issue.resolved.is_some_and(|resolved| created > resolved);
            let mut body = prose::comment(issue.kind, resolved, &mut self.dice);
            if self.dice.chance(13) {
                let asked = self.dice.pick(&self.crew).clone();
                if asked != author {
                    body = prose::mention(&asked, &body, &mut self.dice);
                }
            }
            let created = created.min(self.now - MINUTE);
            issue.comments.push(Comment { id: 0, author, created, body, raw: None, edited: None, only_for: None });
        }
    }

    fn speaker(&mut self, issue: &Issue) -> String {
        if self.dice.chance(30) && issue.reporter != self.automation {
            return issue.reporter.clone();
        }
        match &issue.assignee {
            Some(owner) if self.dice.chance(50) => owner.clone(),
            _ => self.dice.pick(&self.crew).clone(),
        }
    }
}
