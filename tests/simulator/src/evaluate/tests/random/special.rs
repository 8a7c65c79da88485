//! Queries of texts, of the past, of keys and versions, and wrong ones.

use super::maker::Maker;
use super::words::quoted;

/// What a site has to refuse. GROUP stands for one that it has.
const WRONG: [&str; 38] = [
    "status = Nowhere",
    "nosuchfield = 1",
    "labels > a",
    "created = banana",
    "priority ~ High",
    "sprint = openSprints()",
    "assignee = membersOf(GROUP)",
    "project WAS PLAT",
    "votes IS EMPTY",
    "assignee IN membersOf(nobody)",
    "assignee = nobody",
    "text !~ a",
    "comment IS EMPTY",
    "attachments = a",
    "statusCategory IS EMPTY",
    "key = \"NOPE-1\"",
    "due > -1x",
    "created > startOfDay(x)",
    "created > EMPTY",
    "priority > EMPTY",
    "votes > many",
    "timespent > long",
    "summary = a",
    "sprint IN (openSprints(), nosuch)",
    "status CHANGED DURING (now())",
    "status WAS Open ON EMPTY",
    "fixVersion IN releasedVersions(NOPE)",
    "Severity = Bad",
    "category = Nothing",
    "created = \"2026-02-30\"",
    "text ~ \"*a\"",
    "text ~ \"\"",
    "issuekey IN linkedIssues(\"NOPE-1\")",
    "issueLinkType IS EMPTY",
    "issueLinkType = nothing",
    "now() = 1",
    "created >= now(1)",
    "worklogDate IS EMPTY",
];

impl Maker<'_> {
    pub(super) fn text(&mut self) -> String {
        let field = self.dice.one(&["summary", "description", "comment", "text", "Customer", "cf[10051]"]);
        let operator = if field == "text" || !self.dice.once_in(3) { "~" } else { "!~" };
        if self.dice.once_in(9) && !matches!(field, "comment" | "text") {
            return self.emptiness(field);
        }
        let [a, b] = [(); 2].map(|()| self.dice.one(&self.words.text));
        let start: String = a.chars().take(1 + self.dice.below(4)).collect();
        let search = match self.dice.below(11) {
            0 => format!("{a} {b}"),
            1 => format!("{a} OR {b}"),
            2 => format!("\"{a} {b}\""),
            3 => format!("{start}*"),
            4 => format!("{a}~"),
            5 => format!("{a} -{b}"),
            6 => format!("\"{a} {b}\"~5"),
            7 => format!("({a} OR {b}) AND NOT {b}"),
            8 => format!("{start}?{}", a.chars().skip(2).collect::<String>()),
            9 => return format!("{field} {operator} currentUser()"),
            _ => a,
        };
        format!("{field} {operator} {}", quoted(&search))
    }

    pub(super) fn history(&mut self) -> String {
        let field = self.dice.one(&["status", "assignee", "reporter", "priority", "resolution", "fixVersion"]);
        let people = matches!(field, "assignee" | "reporter");
        let values = match people {
            true => vec![self.someone(), self.someone(), self.someone()],
            false => self
                .words
                .named
                .iter()
                .find(|(name, _)| *name == field)
                .map(|(_, values)| values.clone())
                .unwrap_or(vec!["x".into()]),
        };
        let value = if self.dice.once_in(8) { "EMPTY".into() } else { self.dice.one(&values) };
        let mut clause = match self.dice.below(7) {
            0 | 1 => format!("{field} WAS {value}"),
            2 => format!("{field} WAS NOT {value}"),
            3 => format!("{field} WAS IN {}", self.list(&values)),
            4 => format!("{field} WAS NOT IN {}", self.list(&values)),
            _ => format!("{field} CHANGED{}", self.both_ends(&values)),
        };
        while self.dice.once_in(2) {
            clause.push_str(&self.predicate());
        }
        clause
    }

    fn both_ends(&mut self, values: &[String]) -> String {
        let mut parts = String::new();
        for word in ["FROM", "TO"] {
            if self.dice.once_in(2) {
                let value = if self.dice.once_in(3) { self.list(values) } else { self.dice.one(values) };
                parts.push_str(&format!(" {word} {value}"));
            }
        }
        parts
    }

    fn predicate(&mut self) -> String {
        match self.dice.below(6) {
            0 => format!(" BEFORE {}", self.when()),
            1 | 2 => format!(" AFTER {}", self.when()),
            3 => format!(" ON {}", self.when()),
            4 => format!(" DURING ({}, {})", self.when(), self.when()),
            _ if self.dice.once_in(3) => format!(" BY membersOf({})", self.dice.one(&self.words.groups)),
            _ => format!(" BY {}", self.someone()),
        }
    }

    pub(super) fn key(&mut self) -> String {
        let field =
            self.dice.one(&["key", "issuekey", "id", "issue", "parent", "\"Epic Link\"", "cf[10014]", "parentEpic"]);
        let values: Vec<String> = (0..4).map(|_| self.dice.one(&self.words.keys)).collect();
        if matches!(field, "key" | "issuekey") && self.dice.once_in(2) {
            return format!("{field} {} {}", self.dice.one(&["<", "<=", ">", ">="]), values[0]);
        }
        if field == "parentEpic" {
            return format!(
                "{field} {} {}",
                self.dice.one(&["IN", "NOT IN"]),
                self.list(&values).replace(", EMPTY", "")
            );
        }
        self.equality(field, &values)
    }

    pub(super) fn version(&mut self) -> String {
        let field = self.dice.one(&["fixVersion", "affectedVersion"]);
        let project = self.dice.one(&self.words.projects);
        let start: String = self.dice.one(&self.words.versions).trim_matches('"').chars().take(3).collect();
        match self.dice.below(7) {
            6 => format!("{field} {} latestReleasedVersion({project})", self.dice.one(&["<", "<=", ">", ">=", "!="])),
            0 => format!("{field} {} {}", self.dice.one(&["~", "!~"]), quoted(&format!("{start}*"))),
            1 => format!("{field} IN releasedVersions({project})"),
            2 => format!("{field} NOT IN unreleasedVersions()"),
            3 => format!("{field} IN latestReleasedVersion({project})"),
            4 => format!("{field} = latestReleasedVersion({project})"),
            _ => format!("{field} IN (earliestUnreleasedVersion({project}), {})", self.dice.one(&self.words.versions)),
        }
    }

    pub(super) fn function(&mut self) -> String {
        let (person, key, link) =
            (self.dice.one(&self.words.people), self.dice.one(&self.words.keys), self.dice.one(&self.words.links));
        match self.dice.below(13) {
            0 => format!(
                "sprint {} {}",
                self.dice.one(&["IN", "NOT IN"]),
                self.dice.one(&["openSprints()", "closedSprints()", "futureSprints()"])
            ),
            1 => format!(
                "issuetype {} {}",
                self.dice.one(&["IN", "NOT IN"]),
                self.dice.one(&["standardIssueTypes()", "subTaskIssueTypes()"])
            ),
            2 => format!("component IN componentsLeadByUser({person})"),
            3 => "project IN projectsLeadByUser()".into(),
            4 => format!("key IN linkedIssues({key})"),
            5 => format!("issue IN linkedIssues({key}, {link})"),
            6 => format!("key {} watchedIssues()", self.dice.one(&["IN", "NOT IN"])),
            7 => "issuekey IN votedIssues()".into(),
            8 => format!("issuekey IN updatedBy({person})"),
            9 => format!("issuekey IN updatedBy({person}, {}, {})", quoted("-40d"), quoted("-3d")),
            10 => "attachments IS NOT EMPTY".into(),
            11 => format!("issueLinkType {} {link}", self.dice.one(&["=", "!="])),
            _ => format!("issueLinkType IN ({link})"),
        }
    }

    pub(super) fn wrong(&mut self) -> String {
        let group = self.dice.one(&self.words.groups);
        self.dice.one(&WRONG).replace("GROUP", &group)
    }
}
