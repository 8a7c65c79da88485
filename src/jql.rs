//! JQL, the query language of Jira: knows nothing of HTTP; what it knows of a site is its [vocabulary](crate::vocabulary).
//!
//! [`parse`] judges a text exactly as Atlassian's own parser does and gives its tree ([`ast`]); [`printer`] gives a tree's
//! canonical text; [`build`] makes trees by program, so that nobody puts JQL together as text;
//! [`explain`] says in plain English what a query asks for; [`check`] holds it against the names of a site; [`complete`] offers
//! what can stand at a place while it is written, and [`highlight`] tells its pieces apart.

pub mod ast;
pub mod build;
pub mod check;
pub mod complete;
pub mod explain;
pub mod fields;
pub mod highlight;
mod lexer;
mod parser;
pub mod position;
pub mod printer;
mod resolve;
mod words;

pub use ast::Query;
pub use parser::{JqlError, MAX_DEPTH, parse};
