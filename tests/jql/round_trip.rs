//! Printing and parsing undo each other.

use crate::random::{Random, cases};
use crate::trees;
use chat_for_jira::jql::ast::Clause;
use chat_for_jira::jql::{build, parse, printer};

#[test]
fn a_printed_tree_parses_to_itself() {
    let mut random = Random::of_test(1);
    for case in 0..cases(10_000) {
        let tree = trees::query(&mut random);
        let printed = printer::print(&tree);
        let parsed = parse(&printed).unwrap_or_else(|e| panic!("case {case}: {printed}\n{e}\n{tree:?}"));
        assert_eq!(parsed, tree, "case {case}: {printed}");
        assert_eq!(printer::print(&parsed), printed, "case {case}");
    }
}

#[test]
fn no_text_leaves_its_quotes() {
    let mut random = Random::of_test(2);
    for _ in 0..cases(10_000) {
        let (name, value) = (trees::text(&mut random), trees::text(&mut random));
        let clause = build::field(name.clone()).eq(value.clone());
        let parsed = parse(&clause.to_string()).unwrap();
        let Some(Clause::Terminal(terminal)) = &parsed.where_clause else { panic!("{clause} is more than one test") };
        assert_eq!(terminal.field.name, name);
        assert_eq!(parsed.where_clause, Some(clause));
        assert_eq!(parse(&format!("a ~ {}", printer::quote(&value))).unwrap().order_by, []);
    }
}

#[test]
fn a_number_that_is_none_is_quoted() {
    use chat_for_jira::jql::ast::{Operand, Span, Value};
    let forged = Value { text: "1 OR project = SECRET".to_owned(), number: true, span: Span::default() };
    let clause = build::field("priority").eq(Operand::Value(forged));
    assert_eq!(clause.to_string(), "priority = \"1 OR project = SECRET\"");
}
