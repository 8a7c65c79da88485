use super::clauses;
use crate::jql::parse;

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
        ("issue.property[a].b = 1", "whose issue.property[a].b is 1"),
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
        ("originalEstimate > 4h", "whose originalEstimate is greater than 4h"),
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
