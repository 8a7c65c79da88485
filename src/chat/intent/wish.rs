//! What is to be changed, and on which issues.

use super::Search;

/// Something that is to be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What.
    pub change: Change,
    /// On which issues.
    pub target: Target,
    /// Words that mean nothing here, as they were written.
    pub ignored: Vec<String>,
}

/// On which issues.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// On these, by their keys. What “the second one”, “those” and “this” mean is known by now.
    Issues(Vec<String>),
    /// On all that a search finds.
    Matching(Box<Search>),
    /// On none: something new is made.
    None,
}

/// What is to be changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new issue. What is not said is asked for.
    Create(Create),
    /// New values of fields.
    Edit(Vec<FieldChange>),
    /// Another status, by its name or by the name of the step that leads there.
    Transition {
        /// The name.
        to: String,
        /// Fields of the step's screen.
        fields: Vec<FieldChange>,
    },
    /// Another person, or none.
    Assign(Assignee),
    /// A comment, in Markdown. `@[Name](account id)` mentions a person.
    Comment(String),
    /// Work that was done.
    LogWork(Work),
    /// A link to each of these issues.
    Link {
        /// The name of the type of link.
        kind: String,
        /// Whether the issues to be changed are the ones that do it (“blocks”), and not those to which it is done (“is blocked by”).
        outward: bool,
        /// The keys of the others.
        others: Vec<String>,
    },
    /// No link to these any more.
    Unlink(Vec<String>),
    /// Watch it, or do so no more.
    Watch(bool),
    /// Vote for it, or do so no more.
    Vote(bool),
    /// Into a sprint.
    Sprint(Sprint),
    /// To another place in the backlog.
    Rank(Place),
    /// A copy of each.
    Clone,
    /// A file that the person chooses next.
    Attach,
    /// It is to be gone.
    Delete,
}

/// A new issue, as far as it was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Create {
    /// The key of the project.
    pub project: Option<String>,
    /// The name of the type.
    pub issue_type: Option<String>,
    /// The key of the issue above it.
    pub parent: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The description, in Markdown.
    pub description: Option<String>,
    /// All else.
    pub fields: Vec<FieldChange>,
}

/// A new value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The field: its id where the vocabulary tells it, the name that queries have for it otherwise.
    pub field: String,
    /// What becomes of the value.
    pub how: How,
    /// The values as people write them: names, numbers, days as `2026-11-30`, account ids of people.
    pub values: Vec<String>,
}

/// What becomes of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It becomes these.
    Set,
    /// These are added to the list.
    Add,
    /// These are taken out of the list.
    Remove,
    /// It becomes empty.
    Clear,
}

/// Who is to work on an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    /// Whoever asks.
    Me,
    /// A person.
    Person {
        /// The account id; on Data Center the user name.
        id: String,
        /// As people see it.
        name: String,
    },
    /// Nobody.
    Nobody,
}

/// Work that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// How long, in seconds. Days and weeks are taken as Jira does by default: 8 hours and 5 days.
    pub seconds: u64,
    /// On which day it began, as `2026-11-30`; today if it was not said.
    pub day: Option<String>,
    /// What was done; empty if it was not said.
    pub comment: String,
}

/// A sprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sprint {
    /// The one that runs on the board of the issue's project.
    Current,
    /// The next one there.
    Next,
    /// This one.
    Named {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// None: the backlog.
    Backlog,
}

/// A place in the backlog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    Top,
    /// Behind all others.
    Bottom,
    /// Before this one.
    Before(String),
    /// Behind this one.
    After(String),
}
