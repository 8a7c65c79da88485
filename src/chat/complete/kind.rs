//! What a piece of a text is, in a page's words.

use crate::chat::lexicon::Slot;
use crate::jql::complete::ItemKind;
use crate::jql::highlight::Paint;
use crate::vocabulary::Kind;
use serde::Serialize;

/// What a piece of a text is, or what is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum HintKind {
    /// A word of JQL.
    Keyword,
    /// An operator of JQL.
    Operator,
    /// A field.
    Field,
    /// A function of JQL.
    Function,
    /// A value.
    Value,
    /// What is no JQL.
    Wrong,
    /// Words that became a condition.
    Condition,
    /// Words that are understood everywhere.
    Words,
    /// Words that mean nothing here.
    Unknown,
    /// The key of an issue.
    Key,
    /// A project.
    Project,
    /// A status.
    Status,
    /// A type of issues.
    IssueType,
    /// A priority.
    Priority,
    /// A resolution.
    Resolution,
    /// A person.
    Person,
    /// A sprint.
    Sprint,
    /// A version.
    Version,
    /// A component.
    Component,
    /// A label.
    Label,
    /// A group of people.
    Group,
    /// A way in which issues are linked.
    LinkType,
}

/// The kinds of names that are offered, with what a page calls them.
pub(super) const KINDS: [(Kind, HintKind); 12] = [
    (Kind::Person, HintKind::Person),
    (Kind::Project, HintKind::Project),
    (Kind::Status, HintKind::Status),
    (Kind::Sprint, HintKind::Sprint),
    (Kind::Version, HintKind::Version),
    (Kind::IssueType, HintKind::IssueType),
    (Kind::Component, HintKind::Component),
    (Kind::Label, HintKind::Label),
    (Kind::Priority, HintKind::Priority),
    (Kind::Field, HintKind::Field),
    (Kind::Resolution, HintKind::Resolution),
    (Kind::Group, HintKind::Group),
];

/// Of what is offered.
pub(super) fn of(kind: ItemKind) -> HintKind {
    match kind {
        ItemKind::Field => HintKind::Field,
        ItemKind::Operator => HintKind::Operator,
        ItemKind::Value => HintKind::Value,
        ItemKind::Function => HintKind::Function,
        ItemKind::Keyword => HintKind::Keyword,
        ItemKind::Words => HintKind::Words,
        ItemKind::Name(kind) => KINDS.iter().find(|known| known.0 == kind).map_or(HintKind::Value, |known| known.1),
    }
}

/// Of a piece of JQL.
pub(super) const fn painted(paint: Paint) -> HintKind {
    match paint {
        Paint::Keyword => HintKind::Keyword,
        Paint::Operator => HintKind::Operator,
        Paint::Field => HintKind::Field,
        Paint::Function => HintKind::Function,
        Paint::Value => HintKind::Value,
        Paint::Wrong => HintKind::Wrong,
    }
}

/// Of a name in a sentence.
pub(super) const fn named(slot: Slot) -> HintKind {
    match slot {
        Slot::Person => HintKind::Person,
        Slot::Group => HintKind::Group,
        Slot::Project | Slot::Category => HintKind::Project,
        Slot::Status => HintKind::Status,
        Slot::IssueType => HintKind::IssueType,
        Slot::Priority => HintKind::Priority,
        Slot::Resolution => HintKind::Resolution,
        Slot::Version => HintKind::Version,
        Slot::Component => HintKind::Component,
        Slot::Label => HintKind::Label,
        Slot::Sprint => HintKind::Sprint,
        Slot::LinkType => HintKind::LinkType,
        Slot::Field => HintKind::Field,
        Slot::Key => HintKind::Key,
        _ => HintKind::Value,
    }
}
