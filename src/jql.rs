//! JQL, the query language of Jira: knows nothing of HTTP or of any site.
//!
//! [`parse`] judges a text exactly as Atlassian's own parser does and gives its tree ([`ast`]).

pub mod ast;
mod lexer;
mod parser;
mod words;

pub use ast::Query;
pub use parser::{JqlError, MAX_DEPTH, parse};
