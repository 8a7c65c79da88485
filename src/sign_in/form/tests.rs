use super::*;
use serde_json::json;

fn form(fields: serde_json::Value) -> ConnectForm {
    crate::json::Read::read(&fields).unwrap()
}

fn fields_with_problems(form: &ConnectForm, loopback: bool) -> Vec<&'static str> {
    form.problems(loopback).into_iter().map(|problem| problem.field).collect()
}

#[test]
fn a_whole_form_of_each_kind_has_no_problem() {
    for fields in [
        json!({"provider": "jira_cloud", "client": "broker", "broker_url": "broker.example.com"}),
        json!({"provider": "jira_cloud", "client": "own_app", "client_id": "c", "client_secret": "s"}),
        json!({"provider": "jira_data_center", "client": "public", "client_id": "c", "base_url": "https://jira.example.com/"}),
        json!({"provider": "other", "client": "public", "client_id": "c", "issuer": "https://login.example.com"}),
        json!({"provider": "other", "client": "own_app", "client_id": "c", "client_secret": "s",
               "authorization_endpoint": "https://a.example.com/x?tenant=1", "token_endpoint": "https://t.example.com/y"}),
    ] {
        let form = form(fields);
        assert_eq!(form.problems(false), [], "{form:?}");
    }
}

#[test]
fn an_empty_form_says_what_is_missing() {
    let missing =
        |provider, client| fields_with_problems(&form(json!({"provider": provider, "client": client})), false);
    assert_eq!(missing("jira_cloud", "broker"), ["broker_url"]);
    assert_eq!(missing("jira_cloud", "own_app"), ["client_id", "client_secret"]);
    assert_eq!(missing("jira_cloud", "public"), ["client"]);
    assert_eq!(missing("jira_data_center", "own_app"), ["client_id", "client_secret", "base_url"]);
    assert_eq!(missing("other", "public"), ["client_id", "issuer"]);
    assert_eq!(missing("other", "broker"), ["client"]);
}

#[test]
fn the_simulator_is_for_demo_builds_only() {
    let form = form(json!({"provider": "jira_cloud", "client": "own_app", "client_id": "c", "client_secret": "s",
        "simulator": "http://127.0.0.1:8080"}));
    assert_eq!(fields_with_problems(&form, true), Vec::<&str>::new());
    assert_eq!(fields_with_problems(&form, false), ["simulator"]);
}

#[test]
fn the_hosts_to_ask_for_are_those_that_tokens_go_to() {
    let data_center =
        form(json!({"provider": "jira_data_center", "client": "broker", "broker_url": "broker.example.com",
        "base_url": "https://jira.example.com:8443/jira"}));
    assert_eq!(data_center.origins(), ["https://broker.example.com/*", "https://jira.example.com/*"]);
}
