//! What can stand in a phrase where words of the text are filled in.

/// What can fill a place in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A person, or whoever asks.
    Person,
    /// A group of people.
    Group,
    /// A project.
    Project,
    /// A category of projects.
    Category,
    /// A status.
    Status,
    /// A type of issues.
    IssueType,
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
    /// A value that an administrator has laid down for a field.
    Option,
    /// A type of links.
    LinkType,
    /// A field.
    Field,
    /// A text to look for.
    Text,
    /// Keys of issues.
    Key,
    /// A number.
    Number,
    /// Of actions: issues that are named one by one: by keys, as “this”, “those” or “the second one”.
    Issue,
    /// Of actions: issues, named one by one or described.
    Target,
    /// Of actions: any words.
    Words,
    /// Of actions: new values of fields.
    Changes,
    /// Of actions: the words of a type of links.
    Linked,
    /// Of actions: a text in quotes.
    Quoted,
    /// Of actions: all that follows.
    Rest,
}

/// The slots with their names in the table.
const SLOTS: [(&str, Slot); 25] = [
    ("person", Slot::Person),
    ("group", Slot::Group),
    ("project", Slot::Project),
    ("category", Slot::Category),
    ("status", Slot::Status),
    ("issuetype", Slot::IssueType),
    ("priority", Slot::Priority),
    ("resolution", Slot::Resolution),
    ("version", Slot::Version),
    ("component", Slot::Component),
    ("label", Slot::Label),
    ("sprint", Slot::Sprint),
    ("option", Slot::Option),
    ("linktype", Slot::LinkType),
    ("field", Slot::Field),
    ("text", Slot::Text),
    ("key", Slot::Key),
    ("number", Slot::Number),
    ("issue", Slot::Issue),
    ("target", Slot::Target),
    ("words", Slot::Words),
    ("changes", Slot::Changes),
    ("linked", Slot::Linked),
    ("quoted", Slot::Quoted),
    ("rest", Slot::Rest),
];

impl Slot {
    /// The slot of this name in the table.
    pub fn named(name: &str) -> Option<Self> {
        SLOTS.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot)
    }
}
