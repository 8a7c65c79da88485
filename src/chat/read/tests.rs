use super::*;

fn searched(text: &str) -> Search {
    match read(text) {
        Intent::Search(search) => *search,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn plain_words_become_jql() {
    for (text, jql) in [
        ("my open issues", "assignee = currentUser() AND statusCategory != Done ORDER BY updated DESC"),
        ("bugs in MOB", "issuetype = Bug AND project = MOB ORDER BY updated DESC"),
        (
            "Show me all open bugs in project mob, please!",
            "statusCategory != Done AND issuetype = Bug AND project = MOB ORDER BY updated DESC",
        ),
        ("which stories are unassigned?", "issuetype = Story AND assignee IS EMPTY ORDER BY updated DESC"),
        ("open open my issues", "statusCategory != Done AND assignee = currentUser() ORDER BY updated DESC"),
        ("MOB bugs", "project = MOB AND issuetype = Bug ORDER BY updated DESC"),
    ] {
        let printed = searched(text).query.to_string();
        assert!(printed.eq_ignore_ascii_case(jql), "{text}: {printed}");
    }
}

#[test]
fn each_condition_knows_its_words() {
    let search = searched("overdue bugs in mob xylophone");
    assert_eq!(search.sources, ["overdue", "overdue", "bugs", "in mob"]);
    assert_eq!(search.ignored, ["xylophone"]);
}

#[test]
fn a_key_alone_shows_the_issue() {
    for text in ["MOB-12", "show mob-12", "Show me the issue MOB-12.", "open MOB-12", "what is MOB-12?"] {
        assert_eq!(read(text), Intent::Show { key: "MOB-12".into() }, "{text}");
    }
}

#[test]
fn raw_jql_stays_as_it_is() {
    let text = "project = MOB AND (priority = High OR due < now()) order by created";
    let search = searched(text);
    assert_eq!(search.sources, ["project = MOB", "(priority = High OR due < now())"]);
}

#[test]
fn broken_jql_is_called_so() {
    for text in ["project = ", "assignee in (a, b", "status ~~ x"] {
        assert!(matches!(read(text), Intent::BrokenJql(_)), "{text}");
    }
}

#[test]
fn what_means_nothing_is_not_guessed() {
    for text in ["hello there", "", "make me a sandwich", "in"] {
        assert!(matches!(read(text), Intent::Unknown { .. }), "{text}");
    }
}
