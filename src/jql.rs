//! JQL, the query language of Jira: knows nothing of HTTP or of any site.
//!
//! [`parse`] judges a text exactly as Atlassian's own parser does and gives its tree ([`ast`]); [`printer`] gives a tree's
//! canonical text; [`build`] makes trees by program, so that nobody puts JQL together as text;
//! [`explain`] says in plain English what a query asks for.

pub mod ast;
pub mod build;
pub mod explain;
mod lexer;
mod parser;
pub mod printer;
mod words;

pub use ast::Query;
pub use parser::{JqlError, MAX_DEPTH, parse};
