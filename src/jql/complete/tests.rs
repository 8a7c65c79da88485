use super::{Completion, ItemKind, complete};
use crate::jql::fields::Type;
use crate::jql::parse;
use crate::vocabulary::{Entry, Facts, Kind, Part, State, Vocabulary};

fn named(id: &str, name: &str) -> Entry {
    Entry { id: id.to_owned(), name: name.to_owned(), ..Entry::default() }
}

fn site() -> Vocabulary {
    let mut site = Vocabulary::default();
    let mut put = |kind, entries| site.put(kind, Part { fetched_at: 0, whole: true, entries });
    let project = |id, key: &str, name| Entry { also: vec![key.to_owned()], ..named(id, name) };
    put(
        Kind::Project,
        vec![project("1", "MOB", "Mobile App"), project("2", "OPS", "Operations"), project("3", "OR", "Oregon")],
    );
    put(Kind::Status, ["Open", "In Progress", "In Review", "Done", "Done"].map(|name| named(name, name)).to_vec());
    put(Kind::Priority, ["Highest", "High", "Medium", "Low"].map(|name| named(name, name)).to_vec());
    let gone = Entry { state: State::Inactive, ..named("a:4", "Dan Gone") };
    put(Kind::Person, vec![gone, named("a:1", "Dana Whitfield"), named("a:2", "Li Wei"), named("a:3", "Li Wei")]);
    put(Kind::Sprint, vec![named("7", "Sprint 1"), named("8", "Sprint 1"), named("9", "Sprint 2")]);
    let options = vec![named("1", "Critical"), named("2", "Not so bad")];
    let facts =
        Facts { kind: Type::Option, sortable: true, searchable: true, options: Some(options), ..Facts::default() };
    let custom = |number: &str, name: &str, facts: &Facts| Entry {
        also: vec![format!("cf[{number}]"), name.to_owned()],
        facts: Some(Box::new(facts.clone())),
        ..named(&format!("customfield_{number}"), name)
    };
    let unsearchable = Facts { searchable: false, ..facts.clone() };
    put(
        Kind::Field,
        vec![
            custom("10", "Severity", &facts),
            custom("11", "Root cause", &facts),
            custom("12", "Root cause", &facts),
            custom("13", "Secret", &unsearchable),
        ],
    );
    put(Kind::Function, vec![named("", "myAppIssues")]);
    site
}

/// What is offered where the bar stands.
fn at(text: &str) -> Completion {
    let cursor = text.find('|').expect("a bar");
    complete(&text.replacen('|', "", 1), cursor, &site(), 50)
}

fn texts(text: &str) -> Vec<String> {
    at(text).items.into_iter().map(|item| item.text).collect()
}

/// The query with the first offered thing in its place.
fn taken(text: &str) -> String {
    let offered = at(text);
    let item = offered.items.first().unwrap_or_else(|| panic!("nothing at {text}"));
    let mut text = text.replacen('|', "", 1);
    text.replace_range(offered.start..offered.end, &item.text);
    text
}

#[test]
fn fields_are_offered_where_a_condition_begins() {
    assert_eq!(texts("|")[..3], ["project", "assignee", "status"]);
    for start in ["", "project = MOB AND ", "a = b or (", "not ", "(status = Open) and not ("] {
        assert_eq!(texts(&format!("{start}sev|")), ["Severity"], "{start}");
        assert_eq!(texts(&format!("{start}no|")), ["NOT"], "{start}");
    }
    assert!(texts("|").contains(&"assignee".to_owned()));
    assert_eq!(texts("secr|"), Vec::<String>::new());
}

#[test]
fn what_begins_with_the_text_comes_first_then_what_has_such_a_word_and_the_shorter_one() {
    assert_eq!(texts("stat|")[..3], ["status", "statusCategory", "statusCategoryChangeDate"]);
    assert_eq!(texts("status = pro|"), ["\"In Progress\""]);
    assert_eq!(texts("priority = hig|"), ["High", "Highest"]);
    assert_eq!(texts("priority = |")[..4], ["Highest", "High", "Medium", "Low"]);
}

#[test]
fn a_custom_field_that_shares_its_name_is_offered_by_its_number() {
    assert_eq!(texts("root|"), ["cf[11]", "cf[12]"]);
    assert!(at("root|").items.iter().all(|item| item.label == "Root cause" && item.kind == ItemKind::Field));
}

#[test]
fn only_operators_that_fit_the_field_are_offered() {
    assert_eq!(texts("summary |"), ["IS", "IS NOT", "~", "!~"]);
    assert_eq!(texts("text |"), ["~"]);
    assert_eq!(texts("Severity |"), ["=", "!=", "IN", "NOT IN", "IS", "IS NOT"]);
    assert_eq!(texts("cf[10] |"), ["=", "!=", "IN", "NOT IN", "IS", "IS NOT"]);
    assert_eq!(texts("\"Severity\" i|"), ["IN", "IS", "IS NOT", "NOT IN"]);
    assert!(texts("status |").contains(&"WAS NOT IN".to_owned()));
    assert_eq!(texts("status !|"), ["!="]);
    assert_eq!(texts("status not |"), ["IN"]);
    assert_eq!(texts("status is |"), ["EMPTY", "NOT EMPTY"]);
    assert_eq!(texts("status is not |"), ["EMPTY"]);
    assert_eq!(texts("unheard |").len(), 17);
}

#[test]
fn values_are_those_of_the_field_in_quotes_where_they_need_them() {
    assert_eq!(texts("status = |")[..4], ["Open", "\"In Progress\"", "\"In Review\"", "Done"]);
    assert_eq!(texts("Severity = |")[..2], ["Critical", "\"Not so bad\""]);
    assert_eq!(texts("project = mob|"), ["MOB"]);
    assert_eq!(texts("project = ore|"), ["\"OR\""]);
    assert_eq!(texts("statusCategory = |")[..3], ["\"To Do\"", "\"In Progress\"", "Done"]);
    assert_eq!(texts("status = xyz|"), Vec::<String>::new());
}

#[test]
fn people_are_named_and_those_who_share_a_name_go_by_their_id() {
    assert_eq!(texts("assignee = dan|"), ["\"Dan Gone\"", "\"Dana Whitfield\""]);
    assert_eq!(texts("assignee = li|"), ["\"a:2\"", "\"a:3\""]);
    assert_eq!(texts("assignee = |").first().unwrap(), "\"Dana Whitfield\"");
    assert_eq!(texts("sprint = |")[..3], ["7", "8", "\"Sprint 2\""]);
}

#[test]
fn functions_are_offered_where_they_fit() {
    assert_eq!(texts("assignee = cur|"), ["currentUser()"]);
    assert_eq!(texts("created >= startOfW|"), ["startOfWeek()"]);
    assert!(!texts("sprint = |").contains(&"openSprints()".to_owned()));
    assert!(texts("sprint in |").contains(&"openSprints()".to_owned()));
    assert!(texts("assignee in (|").contains(&"currentUser()".to_owned()));
    assert_eq!(texts("assignee in mem|"), ["membersOf(", "organizationMembers("]);
    assert_eq!(texts("issue in myapp|"), ["myAppIssues("]);
    assert_eq!(texts("fixVersion in releasedVersions(m|"), ["MOB"]);
    assert_eq!(texts("fixVersion in releasedVersions(MOB) AND prior|"), ["priority"]);
}

#[test]
fn a_list_opens_its_parentheses_itself() {
    assert_eq!(taken("status in op|"), "status in (Open)");
    assert_eq!(taken("status in (Open, do|"), "status in (Open, Done");
    assert_eq!(texts("status in (Open |"), [",", ")"]);
    assert!(texts("status in |").contains(&"(".to_owned()));
    assert!(!texts("status in (Open, |").contains(&"(".to_owned()));
}

#[test]
fn a_condition_goes_on_with_what_joins_it_and_a_past_with_its_circumstances() {
    assert_eq!(texts("status = Open |"), ["AND", "OR", "ORDER BY"]);
    assert_eq!(texts("status = \"In Progress\" o|"), ["OR", "ORDER BY"]);
    assert_eq!(texts("status was Open |")[..2], ["AFTER", "BEFORE"]);
    assert_eq!(texts("status changed |")[..2], ["FROM", "TO"]);
    assert_eq!(texts("status changed to In|"), ["\"In Review\"", "\"In Progress\""]);
    assert_eq!(texts("status changed by dana|"), ["\"Dana Whitfield\""]);
    assert_eq!(texts("status changed after endOfY|"), ["endOfYear()"]);
    assert_eq!(texts("status was |")[..2], ["Open", "\"In Progress\""]);
    assert!(texts("status was |").contains(&"NOT".to_owned()));
    assert_eq!(texts("status was not in (op|"), ["Open"]);
}

#[test]
fn a_name_of_several_words_is_found_although_it_lacks_its_quotes() {
    assert_eq!(taken("assignee = dana wh|"), "assignee = \"Dana Whitfield\"");
    assert_eq!(taken("status = in pr|"), "status = \"In Progress\"");
    assert_eq!(taken("project = MOB AND status in (in re|"), "project = MOB AND status in (\"In Review\"");
    assert_eq!(texts("status = Open an|"), ["AND"]);
}

#[test]
fn the_order_takes_fields_to_sort_by_and_directions() {
    assert_eq!(texts("status = Open ORDER |"), ["BY"]);
    assert_eq!(texts("ORDER BY crea|"), ["created", "creator", "createdDate"]);
    assert!(!texts("ORDER BY |").contains(&"text".to_owned()));
    assert_eq!(texts("ORDER BY created |"), ["ASC", "DESC", ","]);
    assert_eq!(texts("ORDER BY created DESC |"), [","]);
    assert_eq!(texts("ORDER BY created DESC, prio|"), ["priority"]);
}

#[test]
fn what_is_written_is_replaced_and_nothing_else() {
    assert_eq!(taken("project = MOB AND stat|us = Open"), "project = MOB AND status = Open");
    assert_eq!(taken("status = \"In Pr| AND project = MOB"), "status = \"In Progress\" AND project = MOB");
    assert_eq!(taken("status = \"In P|r\" AND project = MOB"), "status = \"In Progress\" AND project = MOB");
    assert_eq!(taken("status = 'In P|"), "status = \"In Progress\"");
    assert_eq!(taken("ass|"), "assignee");
    assert_eq!(taken("ä = ö and ass|"), "ä = ö and assignee");
}

#[test]
fn every_place_of_any_text_can_be_asked_about() {
    let text = "(a in (b, c) OR cf[1] was not in (\"d e\", f(g)) after -1w) AND issue.property[x].y = 'ü€😀 \\u00e4' ! order by \"k\" desc, z";
    let site = site();
    for cursor in 0..=text.len() + 2 {
        let offered = complete(text, cursor, &site, 5);
        assert!(offered.items.len() <= 5);
        assert!(text.get(offered.start..offered.end).is_some(), "{cursor}");
    }
}

#[test]
fn what_is_offered_for_a_value_is_jql() {
    let site = site();
    for field in ["project", "status", "assignee", "sprint", "Severity", "created", "resolution"] {
        let text = format!("{field} = ");
        for item in complete(&text, text.len(), &site, 100).items {
            let closed = if item.text.ends_with('(') { format!("{}a)", item.text) } else { item.text };
            assert!(parse(&format!("{text}{closed}")).is_ok(), "{text}{closed}");
        }
    }
}

#[test]
fn nothing_is_offered_beyond_the_limit() {
    assert_eq!(complete("", 0, &site(), 0).items, []);
    assert_eq!(complete("", 0, &site(), 3).items.len(), 3);
    assert_eq!(complete("", 0, &site(), usize::MAX).items.len(), 67);
}
