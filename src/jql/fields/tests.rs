use super::operators::Operators;
use super::{Type, before_brackets, field, fields, functions};
use crate::jql::ast::Operator;

#[test]
fn no_name_means_two_fields_or_two_functions() {
    let mut names: Vec<String> = fields().iter().flat_map(super::Known::names).map(str::to_lowercase).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
    let mut names: Vec<String> = functions().iter().flat_map(super::Function::names).map(str::to_lowercase).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn a_field_is_found_by_all_its_names_in_any_case() {
    for name in ["issuetype", "Type", "WORKTYPE"] {
        assert_eq!(field(name).map(|field| field.kind), Some(Type::IssueType));
    }
    assert_eq!(field("Epic Link").map(super::Known::name), Some("Epic Link"));
    assert!(field("").is_none());
    assert!(field("type|workType").is_none());
    assert!(before_brackets("Issue.Property"));
    assert!(!before_brackets("issue"));
}

#[test]
fn the_operators_are_those_of_the_documentation() {
    let takes = |name: &str| field(name).unwrap().operators.sentence();
    assert_eq!(takes("summary"), "IS, IS NOT, ~ and !~");
    assert_eq!(takes("text"), "~");
    assert_eq!(takes("comment"), "~ and !~");
    assert_eq!(takes("creator"), "=, !=, IN, NOT IN, IS and IS NOT");
    assert_eq!(takes("status"), "=, !=, IN, NOT IN, IS, IS NOT, WAS, WAS NOT, WAS IN, WAS NOT IN and CHANGED");
    assert_eq!(takes("votes"), "=, !=, IN, NOT IN, <, <=, > and >=");
    let history = |field: &&super::Known| field.operators.has(Operator::Changed) && field.kind != Type::Any;
    let names: Vec<_> = fields().iter().filter(history).map(super::Known::name).collect();
    // Source: *JQL operators*, which names these six for WAS and CHANGED.
    assert_eq!(names, ["assignee", "status", "priority", "resolution", "reporter", "fixVersion"]);
}

#[test]
fn a_set_of_operators_survives_being_stored_and_read_from_what_jira_tells() {
    let told = ["=", "!=", "in", "not in", "is", "is not", "was not in", "changed", "spaceship"];
    let set = Operators::of_texts(&told);
    assert_eq!(Operators::of_bits(set.bits()), set);
    assert!(set.has(Operator::WasNotIn) && set.has(Operator::Changed) && !set.has(Operator::Was));
    assert_eq!(Operators::ANY.list().len(), 17);
    assert_eq!(Operators::of_bits(u32::MAX), Operators::ANY);
}

#[test]
fn every_type_has_a_stored_name_of_its_own() {
    for known in fields() {
        assert_eq!(Type::of_text(known.kind.text()), known.kind);
    }
    assert_eq!(Type::of_text("something new"), Type::Any);
    assert_eq!(Type::of_text(Type::Option.text()), Type::Option);
}

#[test]
fn functions_take_the_arguments_they_need() {
    assert!(functions().iter().all(|function| function.least <= function.most));
}
