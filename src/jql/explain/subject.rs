//! What is said of which field.

use super::{noun, time, value};
use crate::jql::ast::{Field, Operand, Operator};
use crate::jql::fields;

/// The words for a field. Each phrase is a beginning that a value completes, but for the last two.
struct Words {
    /// Its name in JQL.
    name: &'static str,
    noun: &'static str,
    is: &'static str,
    is_not: &'static str,
    empty: &'static str,
    present: &'static str,
}

const fn words([name, noun, is, is_not, empty, present]: [&'static str; 6]) -> Words {
    Words { name, noun, is, is_not, empty, present }
}

#[rustfmt::skip]
const WORDS: [Words; 30] = [
    words(["assignee", "assignee", "assigned to ", "assigned to someone other than ", "unassigned", "assigned to someone"]),
    words(["reporter", "reporter", "reported by ", "reported by someone other than ", "without a reporter", "with a reporter"]),
    words(["creator", "creator", "created by ", "created by someone other than ", "without a creator", "with a creator"]),
    words(["watcher", "watcher", "watched by ", "watched, but not by ", "watched by nobody", "watched by someone"]),
    words(["voter", "voter", "voted for by ", "voted for, but not by ", "without votes", "with votes"]),
    words(["worklogAuthor", "author of logged work", "with work logged by ", "with work logged, but not by ",
        "without logged work", "with logged work"]),
    words(["project", "project", "in project ", "not in project ", "in no project", "in a project"]),
    words(["parentProject", "parent's project", "under an issue in project ", "under an issue that is not in project ",
        "under no issue", "under an issue"]),
    words(["projectType", "project type", "in a project of type ", "in a project of a type other than ",
        "in a project without a type", "in a project with a type"]),
    words(["category", "project category", "in a project of category ", "in a project of a category other than ",
        "in a project without a category", "in a project with a category"]),
    words(["issuetype", "type", "of type ", "not of type ", "of no type", "of a type"]),
    words(["status", "status", "with status ", "with a status other than ", "without a status", "with a status"]),
    words(["priority", "priority", "with priority ", "with a priority other than ", "without a priority", "with a priority"]),
    words(["resolution", "resolution", "resolved as ", "resolved, but not as ", "unresolved", "resolved"]),
    words(["labels", "labels", "labelled ", "with labels, but not ", "without labels", "with labels"]),
    words(["component", "component", "in component ", "in a component, but not ", "in no component", "in a component"]),
    words(["fixVersion", "fix version", "to be fixed in ", "to be fixed in a version, but not ", "without a fix version",
        "with a fix version"]),
    words(["affectedVersion", "affected version", "found in ", "found in a version, but not ", "without an affected version",
        "with an affected version"]),
    words(["sprint", "sprint", "in sprint ", "in a sprint, but not ", "in no sprint", "in a sprint"]),
    words(["parent", "parent", "under ", "under a parent other than ", "without a parent", "with a parent"]),
    words(["Epic Link", "epic", "in epic ", "in an epic other than ", "in no epic", "in an epic"]),
    words(["linkedIssue", "linked issue", "linked to ", "linked, but not to ", "without links", "with links"]),
    words(["issueLink", "linked issue", "linked to ", "linked, but not to ", "without links", "with links"]),
    words(["issueLinkType", "type of links", "with a link of type ", "without a link of type ", "without links", "with links"]),
    words(["key", "key", "with key ", "other than ", "without a key", "with a key"]),
    words(["filter", "filter", "found by the filter ", "not found by the filter ", "found by no filter", "found by a filter"]),
    words(["level", "security level", "with security level ", "with a security level other than ",
        "without a security level", "with a security level"]),
    words(["attachments", "attachments", "with attachments ", "with attachments other than ", "without attachments",
        "with attachments"]),
    words(["organizations", "organizations", "shared with ", "shared, but not with ", "shared with no organization",
        "shared with an organization"]),
    words(["approvals", "approvals", "with approvals ", "with approvals other than ", "without approvals", "with approvals"]),
];

/// A field that holds a moment.
struct Happening {
    /// Its name in JQL.
    name: &'static str,
    noun: &'static str,
    /// What happened then.
    verb: &'static str,
    empty: &'static str,
    present: &'static str,
    /// Whether it always lies in the past.
    past: bool,
}

const fn happening([name, noun, verb, empty, present]: [&'static str; 5], past: bool) -> Happening {
    Happening { name, noun, verb, empty, present, past }
}

#[rustfmt::skip]
const HAPPENINGS: [Happening; 7] = [
    happening(["created", "creation date", "created", "never created", "created at some time"], true),
    happening(["updated", "last update", "updated", "never updated", "updated at some time"], true),
    happening(["resolved", "resolution date", "resolved", "never resolved", "resolved at some time"], true),
    happening(["lastViewed", "last view", "viewed by you", "never viewed by you", "viewed by you at some time"], true),
    happening(["due", "due date", "due", "without a due date", "with a due date"], false),
    happening(["statusCategoryChangedDate", "last change of the status category", "whose status category changed",
        "whose status category never changed", "whose status category changed at some time"], true),
    happening(["worklogDate", "date of logged work", "with work logged", "without logged work", "with logged work"], true),
];

/// What other fields are called in a sentence.
const NOUNS: [(&str, &str); 11] = [
    ("statusCategory", "status category"),
    ("hierarchyLevel", "hierarchy level"),
    ("watchers", "number of watchers"),
    ("votes", "number of votes"),
    ("timespent", "time spent"),
    ("originalEstimate", "original estimate"),
    ("remainingEstimate", "remaining estimate"),
    ("workRatio", "work ratio"),
    ("request-channel-type", "request channel"),
    ("request-last-activity-time", "last activity"),
    ("change-gating-type", "change gating"),
];

/// The fields that hold an amount of time, where `4h` is no moment.
const AMOUNTS: [&str; 4] = ["originalEstimate", "remainingEstimate", "timespent", "workRatio"];

/// A field about which something is said.
pub(super) struct Subject {
    /// Its own name where JQL has several for it.
    name: String,
    noun: String,
    words: Option<&'static Words>,
    happening: Option<&'static Happening>,
}

pub(super) fn of(field: &Field) -> Subject {
    let plain = field.properties.is_empty();
    let known = fields::field(&field.name).filter(|_| plain).map(own_name);
    let name = known.unwrap_or(&field.name).to_owned();
    let words = WORDS.iter().find(|words| known == Some(words.name));
    let happening = HAPPENINGS.iter().find(|happening| known == Some(happening.name));
    let other = NOUNS.iter().find(|(name, _)| known == Some(name));
    let said =
        words.map(|words| words.noun).or(happening.map(|happening| happening.noun)).or(other.map(|(_, noun)| *noun));
    Subject { noun: said.map_or_else(|| noun(field), str::to_owned), name, words, happening }
}

/// The name under which a field stands in the tables.
fn own_name(known: &fields::Known) -> &'static str {
    if known.names().any(|name| name == "parentEpic") { "linkedIssue" } else { known.name() }
}

impl Subject {
    pub(super) fn noun(&self) -> &str {
        &self.noun
    }

    /// Whether the field is known to hold a moment.
    pub(super) const fn is_moment(&self) -> bool {
        self.happening.is_some()
    }

    /// Whether the value stands for an empty field.
    pub(super) fn is_nothing(&self, operand: &Operand) -> bool {
        match operand {
            Operand::Empty(_) => true,
            Operand::Value(value) => self.name == "resolution" && value.text.eq_ignore_ascii_case("unresolved"),
            _ => false,
        }
    }

    pub(super) fn is(&self, values: &[&Operand]) -> String {
        let said = value::alternatives(values);
        if let Some(phrase) = self.special(values, false) {
            return phrase.to_owned();
        }
        match self.words {
            Some(words) => format!("{}{said}", words.is),
            None if values.len() > 1 => format!("whose {} is one of {said}", self.noun),
            None => format!("whose {} is {said}", self.noun),
        }
    }

    pub(super) fn is_not(&self, values: &[&Operand]) -> String {
        let said = value::alternatives(values);
        if let Some(phrase) = self.special(values, true) {
            return phrase.to_owned();
        }
        match self.words {
            Some(words) => format!("{}{said}", words.is_not),
            None => format!("whose {} is something other than {said}", self.noun),
        }
    }

    /// Values with a phrase of their own.
    fn special(&self, values: &[&Operand], negative: bool) -> Option<&'static str> {
        let [Operand::Value(value)] = values else { return None };
        if self.name != "statusCategory" {
            return None;
        }
        match (value.text.to_ascii_lowercase().as_str(), negative) {
            ("done" | "complete", false) => Some("done"),
            ("done" | "complete", true) => Some("not done yet"),
            ("in progress" | "indeterminate", false) => Some("in progress"),
            ("in progress" | "indeterminate", true) => Some("not in progress"),
            ("to do" | "new" | "todo", false) => Some("still to do"),
            ("to do" | "new" | "todo", true) => Some("already started or done"),
            _ => None,
        }
    }

    pub(super) fn empty(&self) -> String {
        match (self.words, self.happening) {
            (Some(words), _) => words.empty.to_owned(),
            (_, Some(happening)) => happening.empty.to_owned(),
            _ => format!("whose {} is empty", self.noun),
        }
    }

    pub(super) fn present(&self) -> String {
        match (self.words, self.happening) {
            (Some(words), _) => words.present.to_owned(),
            (_, Some(happening)) => happening.present.to_owned(),
            _ => format!("whose {} is not empty", self.noun),
        }
    }

    /// `~` and `!~`.
    pub(super) fn mentions(&self, operand: &Operand, negative: bool) -> String {
        let said = match operand {
            Operand::Value(value) => format!("“{}”", value.text),
            Operand::Empty(_) => return if negative { self.present() } else { self.empty() },
            other => value::words(other),
        };
        let place = match self.name.as_str() {
            "text" if negative => return format!("not mentioning {said}"),
            "text" => return format!("mentioning {said}"),
            "textfields" => "a text field",
            "comment" => "a comment",
            "worklogComment" => "a comment on logged work",
            "summary" => "the summary",
            "description" => "the description",
            "environment" => "the environment",
            _ if self.words.is_some() => return format!("{} {said} in the {}", with(negative), self.noun),
            _ => &self.noun,
        };
        match operand {
            // Jira then looks for the places where somebody is mentioned.
            Operand::Function(_) => format!("{} a mention of {said} in {place}", with(negative)),
            _ => format!("{} {said} in {place}", with(negative)),
        }
    }

    /// `<`, `<=`, `>`, `>=`, and `=`, `!=` with a moment.
    pub(super) fn compared(&self, operator: Operator, operand: &Operand) -> String {
        let amount = AMOUNTS.contains(&self.name.as_str());
        let moment = if amount { None } else { time::moment(operand, self.is_moment()) };
        if let Some(moment) = moment {
            if self.name == "due" && moment.is_overdue(operator) {
                return "past its due date".to_owned();
            }
            let verb = self.happening.map_or_else(|| format!("whose {} is", self.noun), |h| h.verb.to_owned());
            let past = self.happening.is_some_and(|happening| happening.past);
            return format!("{verb} {}", moment.phrase(operator, past));
        }
        let said = value::words(operand);
        let priority = self.name == "priority";
        match operator {
            Operator::Greater if priority => format!("with a priority higher than {said}"),
            Operator::GreaterOrEqual if priority => format!("with priority {said} or higher"),
            Operator::Less if priority => format!("with a priority lower than {said}"),
            Operator::LessOrEqual if priority => format!("with priority {said} or lower"),
            Operator::Greater => format!("whose {} is greater than {said}", self.noun),
            Operator::GreaterOrEqual => format!("whose {} is at least {said}", self.noun),
            Operator::Less => format!("whose {} is less than {said}", self.noun),
            _ => format!("whose {} is at most {said}", self.noun),
        }
    }
}

const fn with(negative: bool) -> &'static str {
    if negative { "without" } else { "with" }
}
