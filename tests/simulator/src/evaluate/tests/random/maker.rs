//! Queries of names, people, moments and numbers, alone and joined.

use super::Dice;
use super::words::{Words, quoted};

/// Makes queries.
pub(super) struct Maker<'w> {
    pub(super) dice: Dice,
    pub(super) words: &'w Words,
}

impl Maker<'_> {
    pub(super) fn query(&mut self) -> String {
        let mut query = self.clause(2);
        if self.dice.once_in(4) {
            query.push_str(" ORDER BY ");
            query.push_str(self.dice.one(&[
                "created",
                "updated ASC",
                "due",
                "due DESC",
                "priority",
                "priority ASC, key",
                "key ASC",
                "status, issuetype DESC",
                "resolution DESC, created",
                "assignee",
                "reporter DESC",
                "votes",
                "\"Story Points\" DESC",
                "summary",
                "project, statusCategory DESC",
                "timespent DESC",
                "fixVersion",
                "statusCategoryChangedDate ASC",
                "resolved",
            ]));
        }
        query
    }

    pub(super) fn clause(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.terminal();
        }
        match self.dice.below(7) {
            0 => format!("NOT ({})", self.clause(depth - 1)),
            1 => format!("NOT {}", self.terminal()),
            2 => format!("({} OR {})", self.clause(depth - 1), self.clause(depth - 1)),
            3 => format!("{} AND {}", self.clause(depth - 1), self.clause(depth - 1)),
            _ => self.terminal(),
        }
    }

    pub(super) fn terminal(&mut self) -> String {
        match self.dice.below(24) {
            0..=5 => self.named(),
            6..=8 => self.person(),
            9..=11 => self.moment(),
            12..=13 => self.number(),
            14..=16 => self.text(),
            17..=19 => self.history(),
            20 => self.key(),
            21 => self.version(),
            22 => self.function(),
            _ => self.wrong(),
        }
    }

    pub(super) fn list(&mut self, values: &[String]) -> String {
        let count = 1 + self.dice.below(3);
        let mut list: Vec<String> = (0..count).map(|_| self.dice.one(values)).collect();
        if self.dice.once_in(5) {
            list.push("EMPTY".into());
        }
        format!("({})", list.join(", "))
    }

    pub(super) fn equality(&mut self, field: &str, values: &[String]) -> String {
        let value = self.dice.one(values);
        match self.dice.below(6) {
            0 | 1 => format!("{field} = {value}"),
            2 => format!("{field} != {value}"),
            3 => format!("{field} IN {}", self.list(values)),
            4 => format!("{field} NOT IN {}", self.list(values)),
            _ => self.emptiness(field),
        }
    }

    pub(super) fn emptiness(&mut self, field: &str) -> String {
        let operator = self.dice.one(&["IS", "IS NOT", "=", "!="]);
        format!("{field} {operator} {}", self.dice.one(&["EMPTY", "null"]))
    }

    pub(super) fn named(&mut self) -> String {
        let (field, values) = self.dice.one(&self.words.named);
        if matches!(field, "priority" | "resolution" | "fixVersion" | "affectedVersion") && self.dice.once_in(3) {
            let operator = self.dice.one(&["<", "<=", ">", ">="]);
            return format!("{field} {operator} {}", self.dice.one(&values));
        }
        self.equality(field, &values)
    }

    pub(super) fn someone(&mut self) -> String {
        if self.dice.once_in(3) { "currentUser()".into() } else { self.dice.one(&self.words.people) }
    }

    pub(super) fn person(&mut self) -> String {
        let field = self.dice.one(&["assignee", "reporter", "creator", "watcher", "voter", "worklogAuthor"]);
        let values = [self.someone(), self.someone(), self.someone()];
        if self.dice.once_in(4) {
            let operator = self.dice.one(&["IN", "NOT IN"]);
            let group = format!("membersOf({})", self.dice.one(&self.words.groups));
            return match self.dice.once_in(2) {
                true => format!("{field} {operator} {group}"),
                false => format!("{field} {operator} ({group}, {})", self.someone()),
            };
        }
        self.equality(field, &values)
    }

    /// A moment, in one of the ways of writing it.
    pub(super) fn when(&mut self) -> String {
        let count = self.dice.below(60);
        match self.dice.below(7) {
            0 | 1 => self.dice.one(&self.words.days),
            2 => quoted(&format!(
                "{} {:02}:{:02}",
                self.dice.one(&self.words.days).trim_matches('"').replace('-', "/"),
                count % 24,
                count
            )),
            3 => format!("-{count}{}", self.dice.one(&["d", "w", "h", "m", "M"])),
            4 => quoted(&format!("-{}w {}d", count % 9, count % 11)),
            5 => "now()".into(),
            _ => {
                let name = format!(
                    "{}Of{}",
                    self.dice.one(&["start", "end"]),
                    self.dice.one(&["Day", "Week", "Month", "Year"])
                );
                match self.dice.below(3) {
                    0 => format!("{name}()"),
                    1 => format!("{name}({})", self.dice.one(&["-1", "-2", "\"+1\"", "1", "\"-7\"", "0"])),
                    _ => format!(
                        "{name}({})",
                        quoted(&format!(
                            "{}{}{}",
                            self.dice.one(&["-", "+", ""]),
                            count % 20,
                            self.dice.one(&["d", "w", "M", "y", "h", "m"])
                        ))
                    ),
                }
            }
        }
    }

    pub(super) fn moment(&mut self) -> String {
        let field = self.dice.one(&[
            "created",
            "createdDate",
            "updated",
            "resolved",
            "resolutiondate",
            "due",
            "duedate",
            "statusCategoryChangedDate",
            "worklogDate",
        ]);
        match self.dice.below(8) {
            0 if field != "worklogDate" => self.emptiness(field),
            1 => format!("{field} {} ({}, {})", self.dice.one(&["IN", "NOT IN"]), self.when(), self.when()),
            _ => format!("{field} {} {}", self.dice.one(&["<", "<=", ">", ">=", "=", "!="]), self.when()),
        }
    }

    pub(super) fn number(&mut self) -> String {
        let field = self.dice.one(&[
            "votes",
            "watchers",
            "\"Story Points\"",
            "cf[10016]",
            "\"Story Points[Number]\"",
            "timespent",
            "originalEstimate",
            "timeoriginalestimate",
            "remainingEstimate",
            "timeestimate",
        ]);
        let duration = field.to_lowercase().contains("estimate") || field == "timespent";
        let values: Vec<String> = match duration {
            true => ["2h", "1d", "\"1w 2d\"", "30m", "240", "4h", "0", "\"1.5h\""].map(String::from).into(),
            false => ["0", "1", "2", "3", "5", "8", "2.5", "\"13\""].map(String::from).into(),
        };
        match self.dice.below(7) {
            0 if !matches!(field, "votes" | "watchers") => self.emptiness(field),
            1 => format!(
                "{field} {} ({}, {})",
                self.dice.one(&["IN", "NOT IN"]),
                self.dice.one(&values),
                self.dice.one(&values)
            ),
            _ => format!("{field} {} {}", self.dice.one(&["<", "<=", ">", ">=", "=", "!="]), self.dice.one(&values)),
        }
    }
}
