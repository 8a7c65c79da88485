//! What is said of which field.

use super::{noun, time, value};
use crate::jql::ast::{Field, Operand, Operator};

/// The words for a field. Each phrase is a beginning that a value completes, but for the last two.
struct Words {
    /// The names it goes by in JQL, in small letters.
    names: &'static str,
    noun: &'static str,
    is: &'static str,
    is_not: &'static str,
    empty: &'static str,
    present: &'static str,
}

const fn words([names, noun, is, is_not, empty, present]: [&'static str; 6]) -> Words {
    Words { names, noun, is, is_not, empty, present }
}

#[rustfmt::skip]
const WORDS: [Words; 21] = [
    words(["assignee", "assignee", "assigned to ", "assigned to someone other than ", "unassigned", "assigned to someone"]),
    words(["reporter", "reporter", "reported by ", "reported by someone other than ", "without a reporter", "with a reporter"]),
    words(["creator", "creator", "created by ", "created by someone other than ", "without a creator", "with a creator"]),
    words(["watcher", "watcher", "watched by ", "watched, but not by ", "watched by nobody", "watched by someone"]),
    words(["voter", "voter", "voted for by ", "voted for, but not by ", "without votes", "with votes"]),
    words(["project", "project", "in project ", "not in project ", "in no project", "in a project"]),
    words(["category", "project category", "in a project of category ", "in a project of a category other than ",
        "in a project without a category", "in a project with a category"]),
    words(["issuetype type", "type", "of type ", "not of type ", "of no type", "of a type"]),
    words(["status", "status", "with status ", "with a status other than ", "without a status", "with a status"]),
    words(["priority", "priority", "with priority ", "with a priority other than ", "without a priority", "with a priority"]),
    words(["resolution", "resolution", "resolved as ", "resolved, but not as ", "unresolved", "resolved"]),
    words(["labels", "labels", "labelled ", "with labels, but not ", "without labels", "with labels"]),
    words(["component", "component", "in component ", "in a component, but not ", "in no component", "in a component"]),
    words(["fixversion", "fix version", "to be fixed in ", "to be fixed in a version, but not ", "without a fix version",
        "with a fix version"]),
    words(["affectedversion", "affected version", "found in ", "found in a version, but not ", "without an affected version",
        "with an affected version"]),
    words(["sprint", "sprint", "in sprint ", "in a sprint, but not ", "in no sprint", "in a sprint"]),
    words(["parent", "parent", "under ", "under a parent other than ", "without a parent", "with a parent"]),
    words(["issuekey key issue id", "key", "with key ", "other than ", "without a key", "with a key"]),
    words(["filter savedfilter request searchrequest", "filter", "found by the filter ", "not found by the filter ",
        "found by no filter", "found by a filter"]),
    words(["level", "security level", "with security level ", "with a security level other than ",
        "without a security level", "with a security level"]),
    words(["attachments", "attachments", "with attachments ", "with attachments other than ", "without attachments",
        "with attachments"]),
];

/// The fields that hold a moment: what happened then, and whether it always lies in the past.
const MOMENTS: [(&str, &str, bool); 6] = [
    ("created createddate", "created", true),
    ("updated updateddate", "updated", true),
    ("resolved resolutiondate", "resolved", true),
    ("lastviewed", "viewed by you", true),
    ("due duedate", "due", false),
    ("statuscategorychangeddate", "whose status category changed", true),
];

/// The fields that hold an amount of time, where `4h` is no moment.
const AMOUNTS: &str = "originalestimate timeoriginalestimate remainingestimate timeestimate timespent workratio";

/// A field about which something is said.
pub(super) struct Subject {
    name: String,
    noun: String,
    words: Option<&'static Words>,
    moment: Option<(&'static str, bool)>,
}

fn names(list: &str, name: &str) -> bool {
    list.split(' ').any(|entry| entry == name)
}

pub(super) fn of(field: &Field) -> Subject {
    let plain = field.properties.is_empty();
    let name = field.name.to_ascii_lowercase();
    let words = WORDS.iter().find(|words| plain && names(words.names, &name));
    let moment = MOMENTS.iter().find(|(list, ..)| plain && names(list, &name)).map(|(_, verb, past)| (*verb, *past));
    let noun = match (words, name.as_str()) {
        (Some(words), _) => words.noun.to_owned(),
        (None, "statuscategory") => "status category".to_owned(),
        _ => noun(field),
    };
    Subject { name, noun, words, moment }
}

impl Subject {
    pub(super) fn noun(&self) -> &str {
        &self.noun
    }

    /// Whether the field is known to hold a moment.
    pub(super) const fn is_moment(&self) -> bool {
        self.moment.is_some()
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
        let text = value.text.to_ascii_lowercase();
        match (self.name.as_str(), text.as_str(), negative) {
            ("statuscategory", "done" | "complete", false) => Some("done"),
            ("statuscategory", "done" | "complete", true) => Some("not done yet"),
            ("statuscategory", "in progress" | "indeterminate", false) => Some("in progress"),
            ("statuscategory", "in progress" | "indeterminate", true) => Some("not in progress"),
            ("statuscategory", "to do" | "new" | "todo", false) => Some("still to do"),
            ("statuscategory", "to do" | "new" | "todo", true) => Some("already started or done"),
            ("resolution", "unresolved", false) => Some("unresolved"),
            ("resolution", "unresolved", true) => Some("resolved"),
            _ => None,
        }
    }

    pub(super) fn empty(&self) -> String {
        match (self.words, self.moment) {
            (Some(words), _) => words.empty.to_owned(),
            (_, Some(("due", _))) => "without a due date".to_owned(),
            (_, Some((verb, _))) => format!("never {verb}"),
            _ => format!("whose {} is empty", self.noun),
        }
    }

    pub(super) fn present(&self) -> String {
        match (self.words, self.moment) {
            (Some(words), _) => words.present.to_owned(),
            (_, Some(("due", _))) => "with a due date".to_owned(),
            (_, Some((verb, _))) => format!("{verb} at some time"),
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
            "comment" => "a comment",
            "summary" => "the summary",
            "description" => "the description",
            "environment" => "the environment",
            _ => &self.noun,
        };
        format!("{} {said} in {place}", if negative { "without" } else { "with" })
    }

    /// `<`, `<=`, `>`, `>=`, and `=`, `!=` with a moment.
    pub(super) fn compared(&self, operator: Operator, operand: &Operand) -> String {
        let moment = if names(AMOUNTS, &self.name) { None } else { time::moment(operand, self.moment.is_some()) };
        if let Some(moment) = moment {
            if self.moment.is_some_and(|(verb, _)| verb == "due") && moment.is_overdue(operator) {
                return "past its due date".to_owned();
            }
            let verb = self.moment.map_or_else(|| format!("whose {} is", self.noun), |(verb, _)| verb.to_owned());
            let past = self.moment.is_some_and(|(_, past)| past);
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
