use super::{Problem, ProblemKind, check};
use crate::jql::ast::Query;
use crate::jql::fields::{Operators, Type};
use crate::jql::parse;
use crate::vocabulary::{Entry, Facts, Kind, Part, Vocabulary};

fn named(id: &str, name: &str) -> Entry {
    Entry { id: id.to_owned(), name: name.to_owned(), ..Entry::default() }
}

fn custom(number: &str, name: &str, facts: Facts) -> Entry {
    Entry {
        also: vec![format!("cf[{number}]"), name.to_owned()],
        facts: Some(Box::new(facts)),
        ..named(&format!("customfield_{number}"), name)
    }
}

fn site() -> Vocabulary {
    let mut site = Vocabulary::default();
    let mut put = |kind, entries| site.put(kind, Part { fetched_at: 0, whole: true, entries });
    put(Kind::Project, vec![Entry { also: vec!["MOB".to_owned()], ..named("100", "Mobile App") }]);
    put(Kind::Status, ["Open", "In Progress", "Done"].map(|name| named(name, name)).to_vec());
    put(Kind::Priority, ["High", "Low"].map(|name| named(name, name)).to_vec());
    put(Kind::Resolution, vec![named("1", "Fixed")]);
    put(Kind::Person, vec![named("a:1", "Dana Whitfield"), named("a:2", "Zoë Łukasz")]);
    put(Kind::Label, vec![named("", "backend")]);
    put(Kind::Version, vec![named("5", "4.2")]);
    let blocks = ["blocks", "is blocked by"].map(str::to_owned).to_vec();
    put(Kind::LinkType, vec![Entry { also: blocks, ..named("1", "Blocks") }]);
    let facts = |kind| Facts { kind, sortable: true, searchable: true, ..Facts::default() };
    let options = Some(vec![named("7", "Critical"), named("8", "Minor")]);
    put(
        Kind::Field,
        vec![
            custom("10", "Severity", Facts { options, ..facts(Type::Option) }),
            custom("11", "Story Points", facts(Type::Number)),
            custom("12", "Team", facts(Type::Option)),
            custom("13", "Hidden", Facts { searchable: false, sortable: false, ..facts(Type::Text) }),
            custom("15", "Twin", facts(Type::Text)),
            custom("16", "Twin", facts(Type::Number)),
            Entry { also: vec!["fixVersion".to_owned()], ..named("fixVersions", "Fix versions") },
            Entry { also: vec!["issueLinkType".to_owned()], ..named("issuelinks", "Linked Issues") },
            custom("14", "Odd", Facts { operators: Operators::of_texts(&["=", "is"]), ..facts(Type::Text) }),
        ],
    );
    put(Kind::Function, vec![named("", "myAppIssues")]);
    site
}

fn data_center() -> Vocabulary {
    let mut site = site();
    site.data_center = true;
    site
}

fn problems_of(jql: &str, site: &Vocabulary) -> Vec<Problem> {
    check(&parse(jql).unwrap_or_else(|e| panic!("{jql}: {e}")), site)
}

fn problems(jql: &str) -> Vec<Problem> {
    problems_of(jql, &site())
}

fn passes(queries: &[&str]) {
    for jql in queries {
        assert_eq!(problems(jql), [], "{jql}");
    }
}

/// The one problem of a query: its kind, the text it is about, and the suggestions.
fn one(jql: &str) -> (ProblemKind, String, Vec<String>) {
    let found = problems(jql);
    assert_eq!(found.len(), 1, "{jql}: {found:?}");
    let problem = found.into_iter().next().unwrap();
    (problem.kind, jql.get(problem.start..problem.end).unwrap().to_owned(), problem.suggestions)
}

fn refused(kind: ProblemKind, table: &[(&str, &str)]) {
    for (jql, place) in table {
        let (found, stands, _) = one(jql);
        assert_eq!((found, stands.as_str()), (kind, *place), "{jql}");
        assert!(problems(jql)[0].refused, "{jql}");
    }
}

fn suggested(table: &[(&str, &[&str])]) {
    for (jql, suggestions) in table {
        assert_eq!(one(jql).2, *suggestions, "{jql}");
    }
}

#[test]
fn what_jira_can_run_passes() {
    passes(&[
        "project = mob AND Status = \"in progress\" ORDER BY created DESC",
        "project in (MOB, \"Mobile App\", 100)",
        "assignee in (currentUser(), EMPTY, membersOf(devs), \"a:1\", \"dana whitfield\", \"who@example.com\")",
        "resolution = Unresolved OR resolution = Fixed",
        "cf[10] = critical AND Severity in (7, Minor) AND \"Severity[Dropdown]\" != Critical",
        "\"Story Points\" >= 2.5 OR \"story points\" = \"-3\" OR \"Story Points\" is EMPTY",
        "issue.property[\"a key\"].path = 1 OR development[pullrequests].open > 0 OR project.property[x].y ~ z",
        "created >= -7d AND updated > \"-1w 2d\" AND due <= 2026-01-31 AND resolved < \"2026/01/31 14:00\"",
        "created > 1700000000000 AND due < endOfWeek() AND due >= startOfMonth(\"-1M\") AND due = startOfDay(-1)",
        "status was Open AFTER -1w BY currentUser() AND status changed FROM Open TO Done DURING (startOfYear(), now())",
        "text ~ anything AND summary !~ \"a b\" AND comment ~ currentUser() AND description is EMPTY",
        "issuekey in (MOB-1, 10001) AND parent = MOB-12 AND issue in linkedIssues(MOB-1, \"is blocked by\")",
        "issueIsBlockedBy = MOB-1 AND workItemBlocks = MOB-1 AND issueLinkType in (blocks, \"is blocked by\", Blocks)",
        "timespent > 2d AND originalEstimate = \"1w 4h\" AND remainingEstimate < 30",
        "issue in myAppIssues(1, 2) AND issue = myappissues()",
        "fixVersion in releasedVersions(MOB) AND fixVersion = latestReleasedVersion(100) AND fixVersion ~ \"4.*\"",
        "NOT (filter = 10000 AND level = Secret) AND category != Internal AND Team = Anything",
        "statusCategory in (new, \"To Do\", 3)",
        "summary ~ EMPTY AND status in (Open, EMPTY) AND status CHANGED FROM EMPTY BY EMPTY",
    ]);
}

#[test]
fn an_unknown_field_is_told_with_the_one_that_was_meant() {
    refused(
        ProblemKind::UnknownField,
        &[
            ("asignee = currentUser()", "asignee"),
            ("project = MOB AND \"Storry Points\" > 3", "\"Storry Points\""),
            ("cf[99] = 1", "cf[99]"),
            ("project = MOB ORDER BY creatd", "creatd"),
            ("Nonsense[Dropdown] = 3", "Nonsense[Dropdown]"),
            ("issueIsEatenBy = MOB-1", "issueIsEatenBy"),
        ],
    );
    suggested(&[
        ("asignee = currentUser()", &["assignee"]),
        ("\"Storry Points\" > 3", &["\"Story Points\""]),
        ("Sevreity = Critical", &["Severity"]),
        ("qqqqq = 1", &[]),
    ]);
    assert_eq!(problems("stauts = Open")[0].message, "There is no field “stauts”. Did you mean “status”?");
}

#[test]
fn names_that_other_interfaces_have_for_fields_are_no_names_in_queries() {
    suggested(&[
        ("customfield_11 > 3", &["\"Story Points\""]),
        ("fixVersions = \"4.2\"", &["fixVersion"]),
        ("\"Fix versions\" = \"4.2\"", &["fixVersion"]),
        ("\"Linked issues\" = blocks", &["issueLinkType"]),
        ("\"Issue Type\" = Bug", &["issuetype"]),
    ]);
}

#[test]
fn a_name_that_several_fields_share_takes_what_one_of_them_takes() {
    passes(&["Twin ~ word AND Twin > 3 AND Twin = anything", "cf[15] ~ word AND cf[16] > 3"]);
    refused(ProblemKind::WrongOperator, &[("Twin WAS 3", "WAS"), ("cf[16] ~ word", "~")]);
}

#[test]
fn an_unknown_value_is_told_with_those_that_were_meant() {
    refused(
        ProblemKind::UnknownValue,
        &[
            ("status = Opne", "Opne"),
            ("status in (Open, \"In Porgress\")", "\"In Porgress\""),
            ("project = MBO", "MBO"),
            ("priority > Hihg", "Hihg"),
            ("Severity = Critcal", "Critcal"),
            ("fixVersion in unreleasedVersions(MBO)", "MBO"),
        ],
    );
    suggested(&[
        ("status = \"In Porgress\"", &["\"In Progress\""]),
        ("project = MBO", &["MOB"]),
        ("project = \"Mobil App\"", &["\"Mobile App\""]),
        ("assignee = Dana", &["\"Dana Whitfield\""]),
        ("assignee = \"Zoe Łukasz\"", &["\"Zoë Łukasz\""]),
        ("cf[10] = Minro", &["Minor"]),
    ]);
    assert_eq!(problems("status = Opne")[0].message, "There is no status “Opne”. Did you mean “Open”?");
    assert_eq!(problems("Severity = Bad")[0].message, "“Severity” has no option “Bad”.");
}

#[test]
fn what_jira_only_finds_nothing_by_is_told_but_not_called_refused() {
    for jql in ["labels = backnd", "assignee = \"Dana Witfield\"", "status was Obsolete", "statusCategory = Fertig"] {
        let found = problems(jql);
        assert_eq!(found.len(), 1, "{jql}");
        assert!(!found[0].refused, "{jql}");
    }
}

#[test]
fn nothing_is_said_about_names_that_are_not_known() {
    let nothing = Vocabulary::default();
    for jql in [
        "project = XYZ AND status = Whatever AND assignee = Nobody AND foo = bar AND cf[1] = 2 AND labels = x",
        "issue in someFunction() AND \"Field[Number]\" > 3 ORDER BY unheard",
        "issueLinkType = odd AND issueEats = MOB-1 AND component = c AND sprint = s AND Severity = Bad",
    ] {
        assert_eq!(problems_of(jql, &nothing), [], "{jql}");
    }
    let mut partly = site();
    partly.put(Kind::Person, Part { whole: false, ..partly.part(Kind::Person).unwrap().clone() });
    assert_eq!(problems_of("assignee = Nobody", &partly), []);
}

#[test]
fn an_unknown_function_is_told_with_the_one_that_was_meant() {
    refused(
        ProblemKind::UnknownFunction,
        &[
            ("assignee = curentUser()", "curentUser"),
            ("issue in (a-1, myAppIsues(1))", "myAppIsues"),
            ("status changed AFTER startOfWek()", "startOfWek"),
        ],
    );
    suggested(&[("assignee = curentUser()", &["currentUser"]), ("due < endOfMoth()", &["endOfMonth"])]);
}

#[test]
fn an_operator_that_the_field_does_not_take_is_told_with_one_that_it_takes() {
    refused(
        ProblemKind::WrongOperator,
        &[
            ("summary = crash", "="),
            ("status > Open", ">"),
            ("status ~ Open", "~"),
            ("text !~ crash", "!~"),
            ("issuetype WAS NOT IN (Bug)", "WAS NOT IN"),
            ("created CHANGED", "CHANGED"),
            ("comment IS  NOT EMPTY", "IS  NOT"),
            ("\"Odd\" != 1", "!="),
        ],
    );
    suggested(&[
        ("summary = crash", &["~"]),
        ("status ~ Open", &["="]),
        ("created WAS -1d", &["="]),
        ("attachments = EMPTY", &["IS"]),
        ("status > Open", &[]),
    ]);
    assert_eq!(problems("summary = a")[0].message, "“summary” does not take =; it takes IS, IS NOT, ~ and !~.");
}

#[test]
fn a_function_that_does_not_fit_its_operator_or_its_field_is_told() {
    refused(
        ProblemKind::WrongOperator,
        &[
            ("assignee = membersOf(devs)", "="),
            ("assignee in currentUser()", "in"),
            ("sprint != openSprints()", "!="),
            ("assignee was membersOf(devs)", "was"),
        ],
    );
    suggested(&[("assignee = membersOf(devs)", &["IN"]), ("assignee not in currentUser()", &["!="])]);
    refused(
        ProblemKind::WrongValue,
        &[
            ("status = currentUser()", "currentUser()"),
            ("assignee = startOfDay()", "startOfDay()"),
            ("created > currentUser()", "currentUser()"),
            ("status changed BY now()", "now()"),
        ],
    );
    refused(
        ProblemKind::WrongArguments,
        &[
            ("assignee = currentUser(me)", "currentUser(me)"),
            ("assignee in membersOf()", "membersOf()"),
            ("issue in updatedBy(a, b, c, d)", "updatedBy(a, b, c, d)"),
        ],
    );
    assert_eq!(problems("a-1 = 2 or due < now(1)").last().unwrap().message, "now() takes no arguments.");
}

#[test]
fn a_value_without_the_shape_of_what_the_field_holds_is_told() {
    refused(
        ProblemKind::WrongValue,
        &[
            ("created > yesterday", "yesterday"),
            ("due = \"31.01.2026\"", "\"31.01.2026\""),
            ("created > 2026-13-01", "2026-13-01"),
            ("\"Story Points\" = many", "many"),
            ("votes > 1h", "1h"),
            ("timespent > ages", "ages"),
            ("parent = Something", "Something"),
            ("key = \"MOB 12\"", "\"MOB 12\""),
            ("due < startOfWeek(soon)", "soon"),
            ("status changed AFTER never", "never"),
            ("votes = EMPTY", "EMPTY"),
            ("statusCategory in (Done, null)", "null"),
            ("text ~ EMPTY", "EMPTY"),
        ],
    );
    assert_eq!(
        problems("created > yesterday")[0].message,
        "“created” takes a date, such as 2026-01-31, -7d or startOfWeek(), not “yesterday”."
    );
}

#[test]
fn a_query_without_a_condition_is_refused_on_cloud_only() {
    for jql in ["", "ORDER BY key"] {
        let found = problems(jql);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].refused), (ProblemKind::Unbounded, true));
        assert_eq!(problems_of(jql, &data_center()), []);
    }
    assert_eq!(problems("project is not EMPTY ORDER BY key"), []);
}

#[test]
fn more_sort_fields_than_jira_takes_are_told_from_the_first_one_too_many() {
    let seven = "project = MOB ORDER BY key, created, updated, status, priority, assignee, due";
    assert_eq!(problems(seven), []);
    let jql = format!("{seven} DESC, reporter, summary ASC");
    let found = problems(&jql);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, ProblemKind::TooManyOrderFields);
    assert_eq!(jql.get(found[0].start..found[0].end), Some("reporter, summary ASC"));
    assert_eq!(found[0].message, "Jira sorts by at most 7 fields; these are 9.");
    assert_eq!(problems_of(&jql, &data_center()), []);
}

#[test]
fn fields_by_which_jira_cannot_sort_or_search_are_told() {
    refused(
        ProblemKind::NotSortable,
        &[("project = MOB ORDER BY text", "text"), ("project = MOB ORDER BY created, Hidden DESC", "Hidden")],
    );
    refused(ProblemKind::NotSearchable, &[("Hidden ~ treasure", "Hidden")]);
}

#[test]
fn problems_come_in_the_order_of_the_text_and_groups_are_looked_into() {
    let found = problems("(a1 = 1 OR NOT (status = Opne)) AND summary = x AND b1 = 2 ORDER BY c1");
    let starts: Vec<_> = found.iter().map(|problem| problem.start).collect();
    assert_eq!(found.len(), 5, "{found:?}");
    assert!(starts.is_sorted());
}

#[test]
fn a_long_text_is_shortened_in_the_sentence_and_gets_no_suggestion() {
    let found = problems(&format!("status = {}", "x".repeat(10_000)));
    assert!(found[0].message.len() < 120);
    assert!(found[0].suggestions.is_empty());
}

#[test]
fn a_query_made_by_program_can_be_checked_although_it_stands_nowhere() {
    let clause = crate::jql::build::field("status").eq("Opne");
    let found = check(&Query::matching(clause), &site());
    assert_eq!((found[0].start, found[0].end), (0, 0));
    assert_eq!(found[0].suggestions, ["Open"]);
}

#[test]
fn a_query_with_thousands_of_mistakes_is_told_thirty() {
    let values = vec!["Opne"; 10_000].join(", ");
    assert_eq!(problems(&format!("status in ({values})")).len(), 30);
    let tests = vec!["asignee = 1"; 5_000].join(" AND ");
    assert_eq!(problems(&format!("{tests} ORDER BY foo, bar")).len(), 30);
}
