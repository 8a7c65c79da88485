use super::{clauses, clauses_on};
use crate::jql::fields::Type;
use crate::jql::parse;
use crate::vocabulary::{Entry, Facts, Kind, Part, Vocabulary};

/// The meaning of a query of one condition.
fn meaning(jql: &str) -> String {
    let explained = clauses(&parse(jql).unwrap());
    assert_eq!(explained.len(), 1, "{jql}");
    explained.into_iter().map(|e| e.meaning).collect()
}

fn check(table: &[(&str, &str)]) {
    for (jql, expected) in table {
        assert_eq!(meaning(jql), *expected, "{jql}");
    }
}

#[test]
fn equality_is_said_in_the_words_of_the_field() {
    check(&[
        ("assignee = currentUser()", "assigned to you"),
        ("Assignee in (currentUser(), EMPTY)", "assigned to you or unassigned"),
        ("assignee is empty", "unassigned"),
        ("assignee != EMPTY", "assigned to someone"),
        ("assignee in membersOf(\"jira users\")", "assigned to a member of jira users"),
        ("statusCategory != Done", "not done yet"),
        ("statusCategory = \"In Progress\"", "in progress"),
        ("statusCategory in (new, done)", "whose status category is one of new or done"),
        ("project = MOB", "in project MOB"),
        ("project in (MOB, WEB, API)", "in project MOB, WEB or API"),
        ("project in (MOB)", "in project MOB"),
        ("issuetype = Bug", "of type Bug"),
        ("type not in (Bug, Task)", "not of type Bug or Task"),
        ("resolution is EMPTY", "unresolved"),
        ("resolution = Unresolved", "unresolved"),
        ("labels is empty", "without labels"),
        ("key in (MOB-1, MOB-2)", "with key MOB-1 or MOB-2"),
        ("Team = Alpha", "whose Team is Alpha"),
        ("cf[10010] is not empty", "whose cf[10010] is not empty"),
        ("\"Story points[Number]\" = 5", "whose Story points is 5"),
        ("issue.property[a].b = 1", "whose issue property a.b is 1"),
    ]);
}

#[test]
fn what_jira_leaves_out_is_not_promised() {
    check(&[
        ("assignee != currentUser()", "assigned to someone other than you"),
        ("NOT assignee = currentUser()", "assigned to someone other than you"),
        ("labels not in (red, blue)", "with labels, but not red or blue"),
        ("priority != High", "with a priority other than High"),
    ]);
}

#[test]
fn functions_that_say_it_all_need_no_field() {
    check(&[
        ("sprint in openSprints()", "in an open sprint"),
        ("sprint not in openSprints()", "not in an open sprint"),
        ("issue in linkedIssues(MOB-1)", "linked to MOB-1"),
        ("fixVersion in unreleasedVersions(MOB)", "to be fixed in an unreleased version of MOB"),
        ("assignee = unheardOf(1, a)", "assigned to the result of unheardOf(1, a)"),
    ]);
}

#[test]
fn moments_are_told_from_now() {
    check(&[
        ("created >= -7d", "created in the last 7 days"),
        ("updated > \"-1w\"", "updated in the last week"),
        ("created < \"-1w 2d\"", "created more than 1 week and 2 days ago"),
        ("updated <= -30d", "updated at least 30 days ago"),
        ("due <= 7d", "due 7 days from now or earlier"),
        ("due >= -7d", "due 7 days ago or later"),
        ("due < now()", "past its due date"),
        ("due < startOfDay()", "past its due date"),
        ("due < startOfWeek()", "due before the start of this week"),
        ("due <= endOfWeek()", "due by the end of this week"),
        ("created >= startOfDay()", "created today"),
        ("created >= startOfMonth(-1)", "created since the start of last month"),
        ("created >= startOfDay(-3)", "created since the start of the day 3 days ago"),
        ("created > 2026-01-31", "created after 2026-01-31"),
        ("created >= \"2026/01/31 10:00\"", "created on or after 2026/01/31 10:00"),
        ("due = 2026-01-31", "due on 2026-01-31"),
        ("due is empty", "without a due date"),
        ("\"End date\" >= -7d", "whose End date is 7 days ago or later"),
        ("originalEstimate > 4h", "whose original estimate is greater than 4h"),
        ("\"Story points\" >= 5", "whose Story points is at least 5"),
        ("priority >= High", "with priority High or higher"),
    ]);
}

#[test]
fn texts_are_quoted() {
    check(&[
        ("text ~ \"login fails\"", "mentioning “login fails”"),
        ("summary !~ crash", "without “crash” in the summary"),
        ("\"Root cause\" ~ disk", "with “disk” in Root cause"),
    ]);
}

#[test]
fn the_past_keeps_its_circumstances() {
    check(&[
        ("status was Open", "whose status was Open at some time"),
        ("status was not in (Open, Done)", "whose status was never Open or Done"),
        (
            "status changed from Open to Done after -1w by currentUser()",
            "whose status changed from Open to Done in the last week by you",
        ),
        (
            "status changed during (2026-01-01, endOfMonth())",
            "whose status changed between 2026-01-01 and the end of this month",
        ),
        ("not status changed before startOfYear()", "whose status did not change before the start of this year"),
    ]);
}

#[test]
fn groups_are_said_as_one() {
    check(&[
        ("project = A or (project = B and type = Bug)", "either in project A or (in project B and of type Bug)"),
        ("not (project = A or assignee is empty)", "not (either in project A or unassigned)"),
        ("not not project = A", "in project A"),
    ]);
}

#[test]
fn every_condition_is_explained_where_it_stands() {
    let source = "project = mob and (Assignee = currentUser() and (a = b or c = d)) order by Created desc, x";
    let explained = clauses(&parse(source).unwrap());
    let found: Vec<_> =
        explained.iter().map(|e| (source.get(e.start..e.end).unwrap(), e.jql.as_str(), e.meaning.as_str())).collect();
    assert_eq!(
        found,
        [
            ("project = mob", "project = mob", "in project mob"),
            ("Assignee = currentUser()", "Assignee = currentUser()", "assigned to you"),
            ("(a = b or c = d)", "a = b OR c = d", "either whose a is b or whose c is d"),
            ("Created desc, x", "ORDER BY Created DESC, x", "newest first, then by x"),
        ]
    );
}

#[test]
fn the_empty_query_has_nothing_to_explain() {
    assert_eq!(clauses(&parse("").unwrap()), []);
}

#[test]
fn all_names_of_a_field_and_a_function_mean_the_same() {
    check(&[
        ("workType in subtaskWorkTypes()", "of a subtask type"),
        ("type not in standardIssueTypes()", "not of a standard type"),
        ("space = MOB", "in project MOB"),
        ("workItem in watchedWorkItems()", "watched by you"),
        ("createdDate >= startOfWeek()", "created this week"),
        ("duedate is empty", "without a due date"),
        ("timeOriginalEstimate is not empty", "whose original estimate is not empty"),
    ]);
}

#[test]
fn functions_are_said_with_their_arguments() {
    check(&[
        ("issue in linkedIssues(A-1, \"is blocked by\", clones)", "linked to A-1 (is blocked by or clones)"),
        ("issue in updatedBy(ann, \"-8d\")", "updated by ann since 8 days ago"),
        ("issue in updatedBy(ann, 2026-01-01, 2026-02-01)", "updated by ann between 2026-01-01 and 2026-02-01"),
        ("fixVersion in releasedVersions(A, B, C)", "to be fixed in a released version of A, B or C"),
        ("location in cascadeOption(USA, \"New York\")", "whose location is USA and below it New York"),
        ("project in projectsLeadByUser(bob)", "in a project that bob leads"),
        ("approvals = approver(bob, al)", "with bob or al as an approver"),
        ("\"Time to resolution\" = everBreached()", "whose Time to resolution is breached at some time"),
        ("created > lastLogin()", "created after your last login"),
        ("assignee in membersOf(a, b)", "assigned to the result of membersOf(a, b)"),
        ("sprint in (openSprints(), \"Sprint 7\", EMPTY)", "in sprint Sprint 7 or in an open sprint or in no sprint"),
        ("sprint not in (openSprints(), futureSprints())", "not (in an open sprint or in a future sprint)"),
    ]);
}

#[test]
fn fields_without_words_of_their_own_are_at_least_named() {
    check(&[
        ("issue.property[\"a b\"] is empty", "whose issue property a b is empty"),
        ("project.property[x].y.z in (1, 2)", "whose project property x.y.z is one of 1 or 2"),
        ("development[commits].all > 0", "whose development commits.all is greater than 0"),
        ("workItemLink[blocks] = A-1", "whose link blocks is A-1"),
        ("hierarchyLevel = 0", "whose hierarchy level is 0"),
        ("votes >= 12", "whose number of votes is at least 12"),
        ("worklogDate >= startOfWeek()", "with work logged this week"),
        ("worklogAuthor is not empty", "with logged work"),
        ("issueLinkType != blocks", "without a link of type blocks"),
        ("comment ~ currentUser()", "with a mention of you in a comment"),
        ("fixVersion ~ \"4.*\"", "with “4.*” in the fix version"),
        ("resolution in (Done, Unresolved)", "resolved as Done or unresolved"),
        ("due = 1d", "due 1 day from now"),
        (
            "status changed after -1w before -1d by a",
            "whose status changed in the last week and more than 1 day ago by a",
        ),
    ]);
}

#[test]
fn on_a_site_ids_are_said_by_their_names_and_the_query_stays_as_it_is() {
    let named = |id: &str, name: &str| Entry { id: id.to_owned(), name: name.to_owned(), ..Entry::default() };
    let facts = Facts { kind: Type::Option, options: Some(vec![named("7", "Critical")]), ..Facts::default() };
    let severity =
        Entry { also: vec!["cf[10]".to_owned()], facts: Some(Box::new(facts)), ..named("customfield_10", "Severity") };
    let mut site = Vocabulary::default();
    for (kind, entry) in [
        (Kind::Field, severity),
        (Kind::Person, named("712020:a-b", "Dana Whitfield")),
        (Kind::Sprint, named("12", "Spring")),
    ] {
        site.put(kind, Part { fetched_at: 0, whole: true, entries: vec![entry] });
    }
    let source = "assignee = \"712020:a-b\" AND sprint in (12, 13) AND cf[10] = 7 AND status changed BY \"712020:a-b\" \
                  AND issue in updatedBy(\"712020:a-b\") ORDER BY cf[10]";
    let explained = clauses_on(&parse(source).unwrap(), &site);
    let meanings: Vec<_> = explained.iter().map(|one| one.meaning.as_str()).collect();
    assert_eq!(
        meanings,
        [
            "assigned to Dana Whitfield",
            "in sprint Spring or 13",
            "whose Severity is Critical",
            "whose status changed by Dana Whitfield",
            "updated by Dana Whitfield",
            "by Severity",
        ]
    );
    assert_eq!(explained[2].jql, "cf[10] = 7");
    assert_eq!(clauses_on(&parse(source).unwrap(), &Vocabulary::default()), clauses(&parse(source).unwrap()));
}
