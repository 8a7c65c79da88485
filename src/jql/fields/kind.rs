//! What fields hold.

use super::Operators;

/// What a field holds, and so what it can be tested against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Type {
    /// Not known; nothing is said about it.
    #[default]
    Any,
    /// Names or numbers of which no vocabulary is kept: filters, security levels, groups, addresses.
    Other,
    /// Words to be searched in.
    Text,
    /// A number.
    Number,
    /// An amount of time: `4h`, `2d`.
    Duration,
    /// A moment.
    Moment,
    /// A date without a time.
    Day,
    /// A person.
    Person,
    /// A project.
    Project,
    /// A type of issues.
    IssueType,
    /// A status.
    Status,
    /// To do, in progress, done.
    StatusCategory,
    /// A priority.
    Priority,
    /// A resolution.
    Resolution,
    /// A version.
    Version,
    /// A component.
    Component,
    /// A label.
    Label,
    /// A sprint.
    Sprint,
    /// An issue.
    Issue,
    /// A type of links between issues.
    LinkType,
    /// One of the values that an administrator has laid down for the field.
    Option,
    /// A file.
    Attachment,
    /// An approval of a request.
    Approval,
    /// A service level agreement.
    Sla,
    /// An organization of customers.
    Organization,
    /// An entitlement of a customer.
    Entitlement,
}

/// The types with their stored names, which never change, and what is said of a value.
const TYPES: [(Type, &str, &str); 26] = [
    (Type::Any, "any", "value"),
    (Type::Other, "other", "value"),
    (Type::Text, "text", "text"),
    (Type::Number, "number", "number"),
    (Type::Duration, "duration", "amount of time"),
    (Type::Moment, "moment", "date"),
    (Type::Day, "day", "date"),
    (Type::Person, "person", "person"),
    (Type::Project, "project", "project"),
    (Type::IssueType, "issuetype", "issue type"),
    (Type::Status, "status", "status"),
    (Type::StatusCategory, "statuscategory", "status category"),
    (Type::Priority, "priority", "priority"),
    (Type::Resolution, "resolution", "resolution"),
    (Type::Version, "version", "version"),
    (Type::Component, "component", "component"),
    (Type::Label, "label", "label"),
    (Type::Sprint, "sprint", "sprint"),
    (Type::Issue, "issue", "issue"),
    (Type::LinkType, "linktype", "type of links"),
    (Type::Option, "option", "option"),
    (Type::Attachment, "attachment", "file"),
    (Type::Approval, "approval", "approval"),
    (Type::Sla, "sla", "service level agreement"),
    (Type::Organization, "organization", "organization"),
    (Type::Entitlement, "entitlement", "entitlement"),
];

impl Type {
    /// The name by which the type is stored.
    pub fn text(self) -> &'static str {
        TYPES.iter().find(|(kind, ..)| *kind == self).map_or("any", |(_, text, _)| text)
    }

    /// The type that was stored; [`Any`](Self::Any) for a name that is not known.
    pub fn of_text(text: &str) -> Self {
        TYPES.iter().find(|(_, known, _)| *known == text).map_or(Self::Any, |(kind, ..)| *kind)
    }

    /// What one value is called in a sentence.
    pub fn noun(self) -> &'static str {
        TYPES.iter().find(|(kind, ..)| *kind == self).map_or("value", |(.., noun)| noun)
    }

    /// The operators that a custom field of this type takes. Source: *JQL fields*, “Custom field”.
    pub const fn operators(self) -> Operators {
        const EQ_EMPTY: Operators = Operators::EQUALITY.with(Operators::EMPTY);
        match self {
            Self::Any => Operators::ANY,
            Self::Text => Operators::TEXT.with(Operators::EMPTY),
            Self::Number | Self::Duration | Self::Moment | Self::Day | Self::Version | Self::Sla => {
                EQ_EMPTY.with(Operators::ORDER)
            }
            Self::Attachment => Operators::EMPTY,
            _ => EQ_EMPTY,
        }
    }
}
