//! Rich text: Atlassian Document Format (Jira Cloud), wiki markup (Data Center) and Markdown (people), all to and from one
//! model of a document. Knows nothing of HTTP.
//!
//! Nothing that is read is lost as text, and nothing in it is ever taken for HTML or for a script's address. Reading takes
//! time in proportion to the text, whatever the text.

pub mod adf;
pub mod document;
pub mod markdown;
mod pieces;
#[cfg(test)]
mod tests;
pub mod text;
pub mod wiki;

pub use document::Document;
use serde_json::Value;

/// The document in a rich text field of an answer: data on Cloud, wiki markup on Data Center; anything else is empty.
pub fn of_field(value: &Value) -> Document {
    match value {
        Value::String(text) => wiki::read(text),
        other => adf::read(other),
    }
}

/// The plain text of a rich text field.
pub fn plain_text(value: &Value) -> String {
    text::write(&of_field(value))
}
