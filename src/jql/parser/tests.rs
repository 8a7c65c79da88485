use super::parse;
use crate::jql::ast::{Clause, Direction, Operand, Operator, PredicateKind, Terminal};

fn clause(source: &str) -> Clause {
    parse(source).unwrap_or_else(|e| panic!("{source}: {e}")).where_clause.unwrap()
}

fn terminal(source: &str) -> Terminal {
    match clause(source) {
        Clause::Terminal(terminal) => terminal,
        other => panic!("{source}: {other:?}"),
    }
}

/// What is wrong with a query: the message and the part it is about.
fn wrong(source: &str) -> (String, &str) {
    let error = parse(source).expect_err(source);
    (error.message, source.get(error.start..error.end).unwrap())
}

#[test]
fn the_empty_text_is_the_query_for_everything() {
    for source in ["", " \n\t"] {
        let query = parse(source).unwrap();
        assert!(query.where_clause.is_none() && query.order_by.is_empty());
    }
}

#[test]
fn and_binds_tighter_than_or_and_not_tightest() {
    assert_eq!(clause("a=1 or b=2 and not c=3 and d=4"), clause("a=1 | (b=2 && (!c=3) & d=4)"));
    assert_ne!(clause("a=1 or b=2 and c=3"), clause("(a=1 or b=2) and c=3"));
    assert_ne!(clause("a=1 and (b=2 and c=3)"), clause("a=1 and b=2 and c=3"));
}

#[test]
fn every_node_knows_where_it_stands() {
    let source = "é = 1 and ( status  was not in (\"a b\", f( x )) before -1w ) order by cf [ 10 ] desc";
    let query = parse(source).unwrap();
    let Some(Clause::And(parts, whole)) = &query.where_clause else { panic!() };
    assert_eq!(query.span.of(source), source);
    assert_eq!(whole.of(source), source.split(" order").next().unwrap());
    let Some(Clause::Terminal(status)) = parts.last() else { panic!() };
    assert_eq!(status.span.of(source), "( status  was not in (\"a b\", f( x )) before -1w )");
    assert_eq!(status.field.span.of(source), "status");
    assert_eq!(status.operator_span.of(source), "was not in");
    let Some(Operand::List(items, list)) = &status.operand else { panic!() };
    assert_eq!(list.of(source), "(\"a b\", f( x ))");
    assert_eq!(items.iter().map(|item| item.span().of(source)).collect::<Vec<_>>(), ["\"a b\"", "f( x )"]);
    assert_eq!(status.predicates.first().unwrap().span.of(source), "before -1w");
    let order = query.order_by.first().unwrap();
    assert_eq!((order.span.of(source), order.field.span.of(source)), ("cf [ 10 ] desc", "cf [ 10 ]"));
    assert_eq!((order.field.custom_id(), order.direction), (Some(10), Some(Direction::Desc)));
}

#[test]
fn positions_and_quotes_make_no_difference_but_numbers_do() {
    assert_eq!(parse("a=b").unwrap(), parse("  ( \"a\"  =  'b' ) ").unwrap());
    assert_ne!(parse("a = 3").unwrap(), parse("a = \"3\"").unwrap());
    assert_eq!(parse("a is null").unwrap(), parse("a is EMPTY").unwrap());
}

#[test]
fn fields_keep_their_brackets() {
    let field = |source| terminal(source).field;
    assert_eq!(field("cf[10010] = 1").custom_id(), Some(10010));
    assert_eq!(field("\"cf[10010]\" = 1").custom_id(), Some(10010));
    assert_eq!(field("team = 1").custom_id(), None);
    assert_eq!(field("Team[Team] = 1").collapsed(), Some(("Team", "Team")));
    assert_eq!(field("\"Story points[Number]\" = 1").collapsed(), Some(("Story points", "Number")));
    assert_eq!(field("cf[10010] = 1").collapsed(), None);
    let property = field("issue.property[ \"a b\" ].c.d = 1");
    assert_eq!((property.name.as_str(), property.collapsed()), ("issue.property", None));
    let [only] = property.properties.as_slice() else { panic!() };
    assert_eq!((only.key.text.as_str(), only.path.first().unwrap().text.as_str()), ("a b", ".c.d"));
}

#[test]
fn operators_and_predicates_are_told_apart() {
    for (source, operator) in [
        ("a != b", Operator::NotEquals),
        ("a !~ b", Operator::NotLike),
        ("a <= b", Operator::LessOrEqual),
        ("a not in (b)", Operator::NotIn),
        ("a is not empty", Operator::IsNot),
        ("a was b", Operator::Was),
        ("a was not b", Operator::WasNot),
        ("a was in (b)", Operator::WasIn),
        ("a was not in (b)", Operator::WasNotIn),
        ("a changed", Operator::Changed),
    ] {
        assert_eq!(terminal(source).operator, operator, "{source}");
    }
    let kinds: Vec<_> = terminal("a changed from b to c by d on e").predicates.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [PredicateKind::From, PredicateKind::To, PredicateKind::By, PredicateKind::On]);
}

#[test]
fn only_changed_knows_from_and_to() {
    assert!(parse("a changed to b").is_ok());
    assert!(parse("a was b to c").is_err());
    assert!(parse("a was in (b) from c").is_err());
}

#[test]
fn a_mistake_is_named_and_shown() {
    for (source, part, message) in [
        ("project", "", "Expected an operator, such as = or IN, after the field, but the query ends here."),
        ("project = ", "", "Expected one value, a function or EMPTY (a list needs IN), but the query ends here."),
        ("a = date", "date", "“date” is a reserved word of JQL; to use it as text, put it in quotes."),
        ("a = \"b", "\"b", "This text has no closing quote."),
        ("a = b@c", "@", "“@” cannot stand outside quotes; put the whole text in quotes."),
        ("a is b", "b", "Expected EMPTY (IS takes nothing else), but found “b”."),
        ("a in b", "b", "Expected a list in parentheses, such as (a, b), or a function, but found “b”."),
        ("a > empty", "empty", "Expected a value or a function, but found “empty”."),
        ("a not b", "b", "Expected IN after NOT, but found “b”."),
        ("(a = b", "", "Expected AND, OR or a closing parenthesis, but the query ends here."),
        ("a = b)", ")", "Expected AND, OR, ORDER BY or the end of the query, but found “)”."),
        ("order a", "a", "Expected BY after ORDER, but found “a”."),
        ("order by a asc desc", "desc", "Expected a comma or the end of the query, but found “desc”."),
        ("cf[x] = 1", "x", "Expected a number in brackets, such as cf[10010], but found “x”."),
    ] {
        assert_eq!(wrong(source), (message.to_owned(), part), "{source}");
    }
}

#[test]
fn a_value_of_several_words_is_guessed() {
    let (message, part) = wrong("status = In Progress");
    assert_eq!(part, "In");
    assert!(message.ends_with("A text that begins with this word needs quotes around it."), "{message}");
    let (message, part) = wrong("summary ~ login fails");
    assert_eq!(part, "fails");
    assert!(message.ends_with("A text of several words needs quotes around it."), "{message}");
}

#[test]
fn a_message_repeats_only_the_start_of_a_long_text() {
    let (message, _) = wrong(format!("a = b {}", "ü".repeat(1000)).leak());
    assert!(message.len() < 250, "{message}");
}
