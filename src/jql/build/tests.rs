use super::{and, empty, field, function, not, number, or};
use crate::jql::Query;
use crate::jql::ast::{Clause, Operand};

fn check(clause: impl Into<Clause>, expected: &str) {
    assert_eq!(clause.into().to_string(), expected);
}

#[test]
fn clauses_print_as_they_read() {
    check(field("project").eq("MOB"), "project = MOB");
    check(field("cf[10010]").not_eq(number(-3)), "cf[10010] != -3");
    check(field("created").at_least("-7d"), "created >= -7d");
    check(field("assignee").eq(function("currentUser")), "assignee = currentUser()");
    check(field("assignee").within(function("membersOf").with("jira users")), "assignee IN membersOf(\"jira users\")");
    check(field("sprint").outside(function("openSprints")), "sprint NOT IN openSprints()");
    check(field("due date").is_empty(), "\"due date\" IS EMPTY");
    check(not(field("labels").is_not_empty()), "NOT labels IS NOT EMPTY");
    check(field("type").one_of(vec!["Bug".into(), empty()]).unwrap(), "type IN (Bug, EMPTY)");
    check(field("type").none_of(vec!["a b".into()]).unwrap(), "type NOT IN (\"a b\")");
    check(field("points").less(number(3)), "points < 3");
    check(field("points").greater(number(3)), "points > 3");
    check(field("points").at_most(number(3)), "points <= 3");
}

#[test]
fn the_past_takes_its_circumstances_in_order() {
    check(
        field("status").changed(Some("Open".into()), Some("Done".into())).after("-1w").by(function("currentUser")),
        "status CHANGED FROM Open TO Done AFTER -1w BY currentUser()",
    );
    check(
        field("status").was("Open").before("2026-01-01").during("-2w", function("now")),
        "status WAS Open BEFORE 2026-01-01 DURING (-2w, now())",
    );
}

#[test]
fn nothing_to_join_is_no_clause() {
    assert_eq!(and(vec![]), None);
    assert_eq!(or(vec![]), None);
    assert_eq!(field("key").one_of(vec![]), None);
    assert_eq!(field("key").none_of(Vec::<Operand>::new()), None);
}

#[test]
fn joined_clauses_are_flat_where_the_meaning_allows() {
    let [a, b, c] = ["a", "b", "c"].map(|name| field(name).eq("x"));
    check(and(vec![a.clone()]).unwrap(), "a = x");
    check(and(vec![and(vec![a.clone(), b.clone()]).unwrap(), c.clone()]).unwrap(), "a = x AND b = x AND c = x");
    check(or(vec![or(vec![a.clone(), b.clone()]).unwrap(), c.clone()]).unwrap(), "a = x OR b = x OR c = x");
    check(and(vec![or(vec![a, b]).unwrap(), c]).unwrap(), "(a = x OR b = x) AND c = x");
}

#[test]
fn a_query_grows_by_conditions_and_takes_one_order() {
    let query = Query::default().and(field("a").eq("x")).and(field("b").eq("y"));
    let query = query.ordered_by(vec![field("created").descending(), field("key").ascending()]);
    assert_eq!(query.to_string(), "a = x AND b = y ORDER BY created DESC, key ASC");
    assert_eq!(Query::matching(field("a").eq("x")).to_string(), "a = x");
}

#[test]
fn a_persons_words_are_no_search_syntax() {
    check(field("text").contains("it's (really)  broken*"), r#"text ~ "it's \\(really\\) broken\\*""#);
    check(field("text").contains("this AND that"), "text ~ \"this and that\"");
    check(field("text").contains("say \"no\""), r#"text ~ "say \\\"no\\\"""#);
    check(field("text").like("crash*"), "text ~ \"crash*\"");
}
