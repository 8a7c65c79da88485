//! The grammar, sentence by sentence, on a small site.

mod report;
pub(in crate::chat) mod site;
mod those;

use crate::chat::intent::{Context, Intent, View};
use crate::day;
use site::{read, reader, told};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Each text with what it says; the usual order is left out.
fn all_say(rows: &[(&str, &str)]) {
    let reader = reader();
    for (text, said) in rows {
        assert_eq!(told(&read(&reader, text, None)), *said, "{text}");
    }
}

#[test]
fn people_are_tested_by_what_they_did() {
    all_say(&[
        ("my issues", "assignee = currentUser()"),
        ("my open issues", "assignee = currentUser() AND statusCategory != Done"),
        ("issues assigned to me", "assignee = currentUser()"),
        ("what is on my plate", "statusCategory != Done AND assignee = currentUser()"),
        ("show me Maria's bugs", "assignee = \"Maria Lopez\" AND issuetype = Bug"),
        ("bugs assigned to maria lopez", "issuetype = Bug AND assignee = \"Maria Lopez\""),
        ("tickets of jürgen weiss", "assignee = \"Jürgen Weiß\""),
        ("issues assigned to Juergen Weiß", "assignee = \"Jürgen Weiß\""),
        ("issues Olga reported", "reporter = \"Olga Petrova\""),
        ("issues reported by Maria", "reporter = \"Maria Lopez\""),
        ("bugs created by me", "issuetype = Bug AND reporter = currentUser()"),
        ("unassigned bugs", "assignee IS EMPTY AND issuetype = Bug"),
        ("nobody's tickets", "assignee IS EMPTY"),
        ("issues assigned to Maria or Olga", "assignee IN (\"Maria Lopez\", \"Olga Petrova\")"),
        ("issues not assigned to Maria", "assignee != \"Maria Lopez\" OR assignee IS EMPTY"),
        ("issues assigned to qa-team", "assignee IN membersOf(qa-team)"),
        ("issues assigned to members of qa-team", "assignee IN membersOf(qa-team)"),
        ("issues assigned to maria.lopez@example.com", "assignee = \"Maria Lopez\""),
        ("issues Chris reported", "reporter = \"Chris Old\""),
        ("issues I am watching", "watcher = currentUser()"),
        ("what I voted for", "voter = currentUser()"),
        ("issues assigned to someone else", "assignee != currentUser()"),
        ("Sam's bugs", "ask: Sam Miller | Sam Taylor"),
        ("issues assigned to Sam Miller", "assignee = \"Sam Miller\""),
        ("issues reported by Maria and assigned to me", "reporter = \"Maria Lopez\" AND assignee = currentUser()"),
        ("reviewer is Olga", "Reviewer = \"Olga Petrova\""),
        ("issues where the reviewer is empty", "Reviewer IS EMPTY"),
    ]);
}

#[test]
fn who_changed_an_issue_is_named_by_id_where_it_is_oneself() {
    // `updatedBy` takes no other function.
    let context = Context { me: "me-1".to_owned(), today: day::read("2026-11-18").unwrap(), ..Context::default() };
    for (text, said) in [
        ("issues updated by me", "issuekey IN updatedBy(me-1)"),
        ("issues updated by me in the last 7 days", "issuekey IN updatedBy(me-1, -7d)"),
        ("issues updated by me this week", "issuekey IN updatedBy(me-1, 2026-11-16, 2026-11-23)"),
    ] {
        assert_eq!(told(&reader().read(text, &context)), said, "{text}");
    }
}

#[test]
fn names_of_the_site_are_conditions() {
    all_say(&[
        ("bugs", "issuetype = Bug"),
        ("bugs in MOB", "issuetype = Bug AND project = MOB"),
        ("bugs in the mobile app", "issuetype = Bug AND project = MOB"),
        ("stories in MOB or PAY", "issuetype = Story AND project IN (MOB, PAY)"),
        ("open bugs", "statusCategory != Done AND issuetype = Bug"),
        ("closed bugs", "statusCategory = Done AND issuetype = Bug"),
        ("done stories", "statusCategory = Done AND issuetype = Story"),
        ("unresolved bugs", "statusCategory != Done AND issuetype = Bug"),
        ("bugs in review", "issuetype = Bug AND status = \"In Review\""),
        ("bugs under review", "issuetype = Bug AND status = \"In Review\""),
        ("blocked tasks", "status = Blocked AND issuetype = Task"),
        ("tasks in progress", "issuetype = Task AND status = \"In Progress\""),
        ("status is In Review", "status = \"In Review\""),
        ("status = \"In Review\"", "status = \"In Review\""),
        ("status is not Done", "status != Done"),
        ("issues that are not in review", "status != \"In Review\""),
        ("status in (Backlog, \"To Do\")", "status IN (Backlog, \"To Do\")"),
        ("issues in To Do or In Progress", "status IN (\"To Do\", \"In Progress\")"),
        ("status category is done", "statusCategory = Done"),
        ("epics", "issuetype = Epic"),
        ("sub-tasks of MOB-12", "parent = MOB-12"),
        ("children of MOB-12", "parent = MOB-12"),
        ("defects", "issuetype = Bug"),
        ("high priority bugs", "priority = High AND issuetype = Bug"),
        ("priority is high or highest", "priority IN (High, Highest)"),
        ("priority High or above", "priority >= High"),
        ("priority >= Medium", "priority >= Medium"),
        ("not low priority", "priority != Low"),
        ("urgent bugs", "priority IN (Highest, High) AND issuetype = Bug"),
        ("critical severity bugs", "Severity = Critical AND issuetype = Bug"),
        ("severity is Major", "Severity = Major"),
        ("Checkout team bugs", "Team = Checkout AND issuetype = Bug"),
        ("team is Platform or Growth", "Team IN (Platform, Growth)"),
        ("component Backend", "component = Backend"),
        ("bugs in the User Interface component", "issuetype = Bug AND component = \"User Interface\""),
        ("backend bugs", "component = Backend AND issuetype = Bug"),
        ("without component", "component IS EMPTY"),
        ("labels is flaky", "labels = flaky"),
        ("labelled tech-debt", "labels = tech-debt"),
        ("with label flaky and login", "labels = flaky AND labels = login"),
        ("without labels", "labels IS EMPTY"),
        ("issues without the label flaky", "labels != flaky OR labels IS EMPTY"),
        ("fix version 2.0", "fixVersion = 2.0"),
        ("fixed in 2.0", "fixVersion = 2.0"),
        ("affects version 1.9", "affectedVersion = 1.9"),
        ("unreleased versions", "fixVersion IN unreleasedVersions()"),
        ("current sprint", "sprint IN openSprints()"),
        ("issues in Mobile Sprint 5", "sprint = \"Mobile Sprint 5\""),
        ("last sprint in MOB", "sprint = \"Mobile Sprint 4\" AND project = MOB"),
        ("next sprint", "sprint IN futureSprints()"),
        ("not in any sprint", "sprint IS EMPTY"),
        ("sprint 4", "ask: Mobile Sprint 4 | Pay Sprint 4"),
        ("resolution is duplicate", "resolution = Duplicate"),
        ("won't fix issues", "resolution = \"Won't Do\""),
        ("could not reproduce", "resolution = \"Cannot Reproduce\""),
        ("resolved as duplicate", "resolution = Duplicate"),
    ]);
}

#[test]
fn numbers_are_compared() {
    all_say(&[
        ("more than 3 story points", "\"Story Points\" > 3"),
        ("at least 5 story points", "\"Story Points\" >= 5"),
        ("story points between 3 and 8", "\"Story Points\" >= 3 AND \"Story Points\" <= 8"),
        ("8 or more points", "\"Story Points\" >= 8"),
        ("issues without story points", "\"Story Points\" IS EMPTY"),
        ("estimated at 5 points", "\"Story Points\" = 5"),
        ("more than 10 votes", "votes > 10"),
        ("with attachments", "attachments IS NOT EMPTY"),
        ("without attachments", "attachments IS EMPTY"),
        ("original estimate more than 2 days", "originalEstimate > 2d"),
        ("time spent over 4h", "timespent > 4h"),
    ]);
}

#[test]
fn keys_and_links_are_found() {
    all_say(&[
        ("issues that block MOB-12", "issuekey IN linkedIssues(MOB-12, blocks)"),
        ("issues blocked by MOB-12", "issuekey IN linkedIssues(MOB-12, \"is blocked by\")"),
        ("issues linked to MOB-12", "issuekey IN linkedIssues(MOB-12)"),
        ("MOB-12", "show MOB-12"),
        ("MOB-12, MOB-13 and PAY-1", "key IN (MOB-12, MOB-13, PAY-1)"),
        ("epic MOB-40", "parent = MOB-40"),
    ]);
}

#[test]
fn times_belong_to_what_happened() {
    all_say(&[
        ("created today", "created >= startOfDay()"),
        ("created yesterday", "created >= startOfDay(-1) AND created < startOfDay()"),
        ("created this week", "created >= startOfWeek()"),
        ("created last week", "created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("created in the last 7 days", "created >= -7d"),
        ("created since Monday", "created >= 2026-11-16"),
        ("created before 2026-11-01", "created < 2026-11-01"),
        ("created after 1 November", "created >= 2026-11-02"),
        ("created on 3 November", "created >= 2026-11-03 AND created < 2026-11-04"),
        ("created in October", "created >= 2026-10-01 AND created < 2026-11-01"),
        ("created in Q3", "created >= 2026-07-01 AND created < 2026-10-01"),
        ("created between 1 November and 10 November", "created >= 2026-11-01 AND created < 2026-11-11"),
        ("created 3 days ago", "created >= startOfDay(-3) AND created < startOfDay(-2)"),
        ("created more than a month ago", "created < startOfDay(-1M)"),
        ("updated in the last 24 hours", "updated >= -24h"),
        ("not updated for 30 days", "updated < -30d"),
        ("bugs resolved this month", "issuetype = Bug AND resolved >= startOfMonth()"),
        ("closed last week", "resolved >= startOfWeek(-1) AND resolved < startOfWeek()"),
        ("due today", "due = startOfDay()"),
        ("due tomorrow", "due = startOfDay(1)"),
        ("due this week", "due >= startOfWeek() AND due <= endOfWeek()"),
        ("due next week", "due >= startOfWeek(1) AND due <= endOfWeek(1)"),
        ("due in the next 3 days", "due >= startOfDay() AND due <= 3d"),
        ("overdue", "due < startOfDay() AND statusCategory != Done"),
        ("overdue bugs in MOB", "due < startOfDay() AND statusCategory != Done AND issuetype = Bug AND project = MOB"),
        ("due before Friday", "due <= 2026-11-19"),
        ("bugs from last week", "issuetype = Bug AND created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("last week", "created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("by end of month", "due <= endOfMonth()"),
        ("go live next month", "\"Go Live\" >= startOfMonth(1) AND \"Go Live\" <= endOfMonth(1)"),
        ("created 03/04/2026", "ask: 2026-04-03 | 2026-03-04"),
    ]);
}

#[test]
fn the_past_is_told_by_changes() {
    all_say(&[
        ("moved to In Review last week", "status CHANGED TO \"In Review\" DURING (startOfWeek(-1), endOfWeek(-1))"),
        ("was in review last week", "status WAS \"In Review\" DURING (startOfWeek(-1), endOfWeek(-1))"),
        ("status changed yesterday", "status CHANGED DURING (startOfDay(-1), endOfDay(-1))"),
        (
            "reopened issues",
            "status CHANGED FROM (Done, Cancelled) TO (Backlog, \"To Do\", \"In Progress\", \"In Review\", Blocked)",
        ),
        (
            "closed by Maria last week",
            "status CHANGED TO Done BY \"Maria Lopez\" DURING (startOfWeek(-1), endOfWeek(-1))",
        ),
        (
            "bugs closed by me this month",
            "issuetype = Bug AND status CHANGED TO Done BY currentUser() AFTER startOfMonth()",
        ),
        ("updated by Olga yesterday", "issuekey IN updatedBy(\"Olga Petrova\", 2026-11-17, 2026-11-18)"),
        ("issues Maria changed this week", "issuekey IN updatedBy(\"Maria Lopez\", 2026-11-16, 2026-11-23)"),
        ("assigned to me since Monday", "assignee = currentUser() AND created >= 2026-11-16"),
        // What has to happen has not happened yet.
        ("bugs we must fix", "issuetype = Bug AND statusCategory != Done"),
        (
            "bugs that must be fixed by Olga",
            "issuetype = Bug AND assignee = \"Olga Petrova\" AND statusCategory != Done",
        ),
        (
            "bugs that should have been fixed by now",
            "issuetype = Bug AND due < startOfDay() AND statusCategory != Done",
        ),
    ]);
}

#[test]
fn the_title_of_an_epic_stands_for_its_key() {
    all_say(&[
        ("bugs in the tablet support epic", "issuetype = Bug AND parent = \"tablet support\""),
        ("what is left of the single sign-on epic", "statusCategory != Done AND parent = \"single sign\\\\-on\""),
        (
            "open stories under the \"Guest checkout\" initiative",
            "statusCategory != Done AND issuetype = Story AND parent = \"\\\"Guest checkout\\\"\"",
        ),
        ("bugs in the epic called App launch", "issuetype = Bug AND parent = \"app launch\""),
        ("bugs in the MOB-12 epic", "issuetype = Bug AND parent = MOB-12"),
        // Also where a component or a label is called so.
        ("what is left in the login epic", "statusCategory != Done AND parent = login"),
        ("bugs in the user interface epic", "issuetype = Bug AND parent = \"User Interface\""),
        ("open epics in Backend", "statusCategory != Done AND issuetype = Epic AND component = Backend"),
        ("my open epics", "assignee = currentUser() AND statusCategory != Done AND issuetype = Epic"),
    ]);
}

#[test]
fn other_words_are_looked_for() {
    all_say(&[
        ("about login", "text ~ login"),
        ("issues mentioning timeout", "text ~ timeout"),
        ("with \"out of memory\" in the summary", "summary ~ \"\\\"out of memory\\\"\""),
        ("summary contains checkout", "summary ~ checkout"),
        ("description contains crash", "description ~ crash"),
        ("comments mention refund", "comment ~ refund"),
        ("payment gateway bugs", "project = PAY AND issuetype = Bug AND text ~ gateway"),
        ("bugs for customer Wayne", "issuetype = Bug AND Customer ~ wayne"),
        ("customer is Acme", "Customer ~ acme"),
    ]);
}

#[test]
fn what_is_denied_or_joined_is_so_in_the_query() {
    all_say(&[
        ("bugs not in MOB", "issuetype = Bug AND project != MOB"),
        ("bugs except in PAY", "issuetype = Bug AND project != PAY"),
        ("bugs or stories", "issuetype IN (Bug, Story)"),
        ("neither bugs nor epics", "issuetype != Bug AND issuetype != Epic"),
        ("issues in MOB but not bugs", "project = MOB AND issuetype != Bug"),
    ]);
}

#[test]
fn the_order_is_told() {
    all_say(&[
        ("newest bugs", "issuetype = Bug ORDER BY created DESC"),
        ("oldest open bugs first", "statusCategory != Done AND issuetype = Bug ORDER BY created ASC"),
        ("bugs sorted by priority", "issuetype = Bug ORDER BY priority DESC"),
        ("bugs ordered by created descending", "issuetype = Bug ORDER BY created DESC"),
        ("bugs sorted by due date", "issuetype = Bug ORDER BY due ASC"),
        ("bugs by priority then created", "issuetype = Bug ORDER BY priority DESC, created DESC"),
        ("top 5 bugs", "issuetype = Bug"),
        ("latest 10 bugs", "issuetype = Bug ORDER BY created DESC"),
        ("how many bugs are open", "issuetype = Bug AND statusCategory != Done"),
        ("number of bugs in MOB", "issuetype = Bug AND project = MOB"),
        ("bugs per assignee", "issuetype = Bug"),
        ("open bugs by status", "statusCategory != Done AND issuetype = Bug ORDER BY status ASC"),
        ("count bugs grouped by priority", "issuetype = Bug"),
        ("most votes first bugs", "issuetype = Bug ORDER BY votes DESC"),
    ]);
}

#[test]
fn slips_of_the_pen_are_made_good() {
    all_say(&[
        ("bgus in MOB", "issuetype = Bug AND project = MOB"),
        ("asigned to me", "assignee = currentUser()"),
        ("opne bugs", "statusCategory != Done AND issuetype = Bug"),
        ("highprio bugs", "priority = High AND issuetype = Bug"),
        ("lastweek bugs", "issuetype = Bug AND created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("storys in MOB", "issuetype = Story AND project = MOB"),
        ("Mria's bugs", "assignee = \"Maria Lopez\" AND issuetype = Bug"),
        ("w/o assignee", "assignee IS EMPTY"),
    ]);
}

#[test]
fn jql_stays_what_it_is() {
    all_say(&[
        ("project = MOB", "project = MOB"),
        ("project = MOB AND status = Done ORDER BY created", "project = MOB AND status = Done ORDER BY created"),
        ("assignee = currentUser", "assignee = currentUser()"),
        ("assignee in (a, b", "broken"),
        ("status ~~ x", "broken"),
        ("priority = high or assignee = me", "priority = high OR assignee = me"),
    ]);
}

#[test]
fn what_is_no_search_is_none() {
    all_say(&[
        ("hello", "decline"),
        ("thanks", "decline"),
        ("what is the weather", "decline"),
        ("write a poem", "decline"),
        ("why is MOB-12 late", "decline"),
        ("average cycle time", "decline"),
        ("asdf qwer zxcv", "ask: Issues that say “asdf qwer zxcv”"),
        ("issues", "ask"),
        ("show me everything", "ask"),
        ("more", "more"),
        ("undo", "undo"),
    ]);
}

#[test]
fn texts_lean_on_the_search_before() {
    let reader = reader();
    for (previous, text, said) in [
        (
            "project = MOB AND issuetype = Bug",
            "only mine",
            "project = MOB AND issuetype = Bug AND assignee = currentUser()",
        ),
        ("project = MOB AND issuetype = Bug", "high priority", "project = MOB AND issuetype = Bug AND priority = High"),
        (
            "project = MOB AND issuetype = Bug",
            "and high priority",
            "project = MOB AND issuetype = Bug AND priority = High",
        ),
        ("project = MOB AND issuetype = Bug", "in PAY instead", "issuetype = Bug AND project = PAY"),
        ("project = MOB AND issuetype = Bug", "what about PAY", "issuetype = Bug AND project = PAY"),
        ("project = MOB AND issuetype = Bug", "also stories", "project = MOB AND issuetype IN (Bug, Story)"),
        ("project = MOB AND issuetype = Bug", "stories too", "project = MOB AND issuetype IN (Bug, Story)"),
        ("project = MOB AND issuetype = Bug", "stories instead", "project = MOB AND issuetype = Story"),
        ("project = MOB AND issuetype = Bug", "stories instead of bugs", "project = MOB AND issuetype = Story"),
        ("project = MOB AND issuetype = Bug", "drop the project", "issuetype = Bug"),
        ("project = MOB AND issuetype = Bug", "remove the type", "project = MOB"),
        ("project = MOB AND issuetype IN (Bug, Story)", "drop the stories", "project = MOB AND issuetype = Bug"),
        ("project = MOB AND issuetype = Bug", "any type", "project = MOB"),
        ("project = MOB AND issuetype = Bug", "not blocked", "project = MOB AND issuetype = Bug AND status != Blocked"),
        ("project = MOB AND assignee = currentUser()", "Maria's", "project = MOB AND assignee = \"Maria Lopez\""),
        ("project = MOB AND assignee = currentUser()", "and Maria's", "project = MOB AND assignee = \"Maria Lopez\""),
        (
            "project = MOB AND assignee = currentUser()",
            "also Maria's",
            "project = MOB AND assignee IN (currentUser(), \"Maria Lopez\")",
        ),
        ("project = MOB AND reporter = currentUser()", "Olga", "project = MOB AND reporter = \"Olga Petrova\""),
        ("project = MOB AND statusCategory != Done", "closed ones", "project = MOB AND statusCategory = Done"),
        ("project = MOB AND status = \"In Review\"", "in progress", "project = MOB AND status = \"In Progress\""),
        (
            "project = MOB AND status = \"In Review\"",
            "or in progress",
            "project = MOB AND status IN (\"In Review\", \"In Progress\")",
        ),
        (
            "project = MOB AND created >= startOfWeek()",
            "last week",
            "project = MOB AND created >= startOfWeek(-1) AND created < startOfWeek()",
        ),
        ("project = MOB AND created >= startOfWeek()", "since Monday", "project = MOB AND created >= 2026-11-16"),
        (
            "project = MOB AND created >= startOfWeek()",
            "updated instead of created",
            "project = MOB AND updated >= startOfWeek()",
        ),
        (
            "project = MOB AND resolved >= startOfWeek()",
            "last month",
            "project = MOB AND resolved >= startOfMonth(-1) AND resolved < startOfMonth()",
        ),
        (
            "project = MOB AND status CHANGED TO Done DURING (startOfWeek(-1), endOfWeek(-1))",
            "this week",
            "project = MOB AND status CHANGED TO Done AFTER startOfWeek()",
        ),
        ("project = MOB AND due <= 7d", "overdue", "project = MOB AND due < startOfDay() AND statusCategory != Done"),
        ("project = MOB AND labels = flaky", "with label login", "project = MOB AND labels = flaky AND labels = login"),
        ("project = MOB AND \"Story Points\" > 3", "more than 5", "project = MOB AND \"Story Points\" > 5"),
        ("project = MOB AND \"Story Points\" > 3", "at least 8 instead", "project = MOB AND \"Story Points\" >= 8"),
        ("project = MOB", "sort by priority", "project = MOB ORDER BY priority DESC"),
        ("project = MOB ORDER BY created DESC", "reverse the order", "project = MOB ORDER BY created ASC"),
        ("project = MOB", "newest first", "project = MOB ORDER BY created DESC"),
        ("project = MOB", "how many", "project = MOB"),
        ("project = MOB", "top 3", "project = MOB"),
        ("project = MOB", "of those, the bugs", "project = MOB AND issuetype = Bug"),
        ("project = MOB", "which of them are open", "project = MOB AND statusCategory != Done"),
        ("project = MOB", "forget the project, only mine", "assignee = currentUser()"),
        (
            "project = MOB",
            "show me all bugs in PAY assigned to Maria",
            "issuetype = Bug AND project = PAY AND assignee = \"Maria Lopez\"",
        ),
        ("project = MOB", "more", "more"),
        ("project = MOB", "undo", "undo"),
        ("project = MOB", "thanks", "decline"),
        (
            "assignee = currentUser()",
            "open bugs",
            "assignee = currentUser() AND statusCategory != Done AND issuetype = Bug",
        ),
        // What is asked for and where is a question of its own.
        ("assignee = currentUser()", "bugs in MOB", "issuetype = Bug AND project = MOB"),
        (
            "project = MOB AND labels = vip",
            "stories assigned to Olga",
            "issuetype = Story AND assignee = \"Olga Petrova\"",
        ),
        ("project = MOB", "what is the weather", "decline"),
        ("project = MOB", "Sam's", "ask: Sam Miller | Sam Taylor"),
        ("project = MOB AND sprint IN openSprints()", "next sprint", "project = MOB AND sprint IN futureSprints()"),
        ("project = MOB AND assignee IS EMPTY", "assigned", "project = MOB AND assignee IS NOT EMPTY"),
        ("project = MOB AND priority IN (High, Highest)", "high only", "project = MOB AND priority = High"),
    ] {
        assert_eq!(told(&read(&reader, text, Some(previous))), said, "{previous}: {text}");
    }
}

#[test]
fn views_and_limits_are_told() {
    let reader = reader();
    let searched = |text: &str| match read(&reader, text, None) {
        Intent::Search(search) => (search.view, search.limit),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(searched("how many bugs are open"), (View::Count, None));
    assert_eq!(searched("bugs per assignee"), (View::Groups { field: "assignee".into() }, None));
    assert_eq!(searched("top 5 bugs"), (View::List, Some(5)));
    assert_eq!(searched("latest 10 bugs"), (View::List, Some(10)));
}

#[test]
fn each_condition_knows_its_words_and_what_means_nothing_is_told() {
    let text = "overdue bugs in mob asap";
    let Intent::Search(search) = read(&reader(), text, None) else { panic!("no search") };
    let words: Vec<&str> = search.sources.iter().map(|source| source.words.as_str()).collect();
    assert!(words.contains(&"overdue") && words.contains(&"bugs"), "{words:?}");
    assert!(search.ignored.is_empty(), "{:?}", search.ignored);
    let Intent::Ask(question) = read(&reader(), "overdue bugs in mob asap xylophonic", None) else {
        panic!("no doubt")
    };
    assert!(question.message.contains("xylophonic") && question.choices.len() == 2, "{question:?}");
    for source in &search.sources {
        assert_eq!(text.get(source.span.0..source.span.1), Some(source.words.as_str()));
    }
}

#[test]
fn what_comes_from_the_search_before_is_told_apart_from_what_is_said_now() {
    let before = "assignee = currentUser() AND statusCategory != Done";
    let told = |text: &str| {
        let Intent::Search(search) = read(&reader(), text, Some(before)) else { panic!("no search: {text}") };
        let parts = search.sources.iter().map(|source| format!("{}|{}", source.words, source.reading));
        (search.query.to_string(), parts.collect::<Vec<_>>())
    };
    let kept = "|from the search before";
    assert_eq!(told("only the bugs").1, [kept, kept, "bugs|"]);
    // A condition said again comes from the words said now.
    let (query, parts) = told("only my bugs");
    assert!(
        parts.iter().filter(|part| *part == kept).count() == 1 && !parts.contains(&"|".to_owned()),
        "{query} {parts:?}"
    );
}

#[test]
fn odd_texts_are_read_without_harm() {
    let reader = reader();
    for unit in [
        "\u{301}", "🙂", "İ", "ß", "\"", "(", "'s ", "w/", "1/", "-", "in ", "the ", "bugs ", "Sam and ", "maria ",
        "a", "zwxq ", "MOB-1 ",
    ] {
        let text = unit.repeat(200 / unit.len());
        for previous in [None, Some("project = MOB AND created >= -7d")] {
            let _intent = read(&reader, &text, previous);
        }
    }
}
