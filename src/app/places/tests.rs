use super::*;

const CLOUD: &str = "https://acme.atlassian.net";

#[test]
fn an_issue_is_found_in_every_address_that_jira_shows_one_at() {
    for (site, url) in [
        (CLOUD, "https://acme.atlassian.net/browse/MOB-12"),
        (CLOUD, "https://acme.atlassian.net/browse/mob-12"),
        (CLOUD, "https://ACME.atlassian.net:443/browse/MOB-12/?focusedCommentId=10#comment-10"),
        (CLOUD, "https://acme.atlassian.net/browse/MOB-12#a?b"),
        (CLOUD, "https://acme.atlassian.net/jira/software/c/projects/MOB/boards/3?selectedIssue=MOB-12"),
        (CLOUD, "https://acme.atlassian.net/jira/core/projects/MOB/board?filter=a|b&selectedIssue=MOB-12"),
        (CLOUD, "https://acme.atlassian.net/jira/software/projects/MOB/issues/MOB-12?jql=a%20%3D%20%22b%22"),
        (CLOUD, "https://acme.atlassian.net/jira/servicedesk/projects/MOB/queues/custom/4/MOB-12"),
        (CLOUD, "https://acme.atlassian.net/servicedesk/customer/portal/2/MOB-12"),
        ("https://jira.example.com/jira", "https://jira.example.com/jira/browse/MOB-12"),
        ("https://jira.example.com/", "https://jira.example.com/projects/MOB/issues/MOB-12?filter=all"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/browse/MOB-12"),
    ] {
        assert_eq!(issue_at(site, url).as_deref(), Some("MOB-12"), "{url}");
    }
}

#[test]
fn an_address_elsewhere_or_of_something_else_is_of_no_issue() {
    for (site, url) in [
        (CLOUD, "https://evil.example.com/browse/MOB-12"),
        (CLOUD, "https://acme.atlassian.net.evil.example.com/browse/MOB-12"),
        (CLOUD, "https://acme.atlassian.net@evil.example.com/browse/MOB-12"),
        (CLOUD, "http://acme.atlassian.net/browse/MOB-12"),
        (CLOUD, "https://other.atlassian.net/browse/MOB-12"),
        (CLOUD, "https://acme.atlassian.net/browse/MOB"),
        (CLOUD, "https://acme.atlassian.net/wiki/spaces/X/MOB-12"),
        (CLOUD, "https://acme.atlassian.net/jira/your-work"),
        (CLOUD, "https://acme.atlassian.net"),
        ("https://jira.example.com/jira", "https://jira.example.com/jirax/browse/MOB-12"),
        ("https://jira.example.com/jira", "https://jira.example.com/browse/MOB-12"),
        (CLOUD, "chrome-extension://abc/www/panel/panel.html"),
        (CLOUD, "chrome://newtab/"),
        (CLOUD, ""),
        ("", "https://acme.atlassian.net/browse/MOB-12"),
    ] {
        assert_eq!(issue_at(site, url), None, "{site} {url}");
    }
}

#[test]
fn a_key_is_a_project_and_a_number() {
    for text in ["MOB-1", " mob-1 ", "A1_B-99999"] {
        assert!(key(text).is_some(), "{text}");
    }
    for text in ["", "MOB", "MOB-", "-1", "M-1", "1AB-2", "MOB-01", "MOB-1a", "MO B-1", "MÖB-1", "MOB--1", "MOB-1 x"] {
        assert_eq!(key(text), None, "{text}");
    }
}
