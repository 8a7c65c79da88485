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

#[test]
fn a_whole_form_of_every_choice_of_every_kind_has_no_problem_and_asks_for_its_hosts() {
    let full = json!({"broker_url": "broker.example.com", "client_id": "c", "client_secret": "s",
        "base_url": "https://jira.example.com", "tenant": "contoso.example", "issuer": "https://login.example.com",
        "site": "team.atlassian.net", "email": "m@example.com", "token": "t", "expires_on": "2027-01-31"});
    let hosts = |provider: ProviderKind, client: ClientChoice| {
        let mut fields = full.clone();
        fields["provider"] = serde_json::to_value(provider).unwrap();
        fields["client"] = serde_json::to_value(client).unwrap();
        let form = form(fields);
        assert_eq!(form.problems(false), [], "{form:?}");
        let hosts: Vec<String> =
            form.origins().iter().map(|origin| origin.trim_matches(['/', '*']).replace("https://", "")).collect();
        (hosts.join(" "), !form.permissions().is_empty())
    };
    let all =
        [ProviderKind::JiraCloud, ProviderKind::JiraDataCenter, ProviderKind::MicrosoftEntra, ProviderKind::Other];
    let found: Vec<(String, bool)> =
        all.iter().flat_map(|kind| choices(*kind).iter().map(|choice| hosts(*kind, *choice))).collect();
    let entra = "graph.microsoft.com login.microsoftonline.com";
    let expected = [
        ("broker.example.com", false),
        ("auth.atlassian.com", false),
        ("team.atlassian.net", true),
        ("jira.example.com", false),
        ("jira.example.com", false),
        ("broker.example.com jira.example.com", false),
        ("jira.example.com", true),
        (entra, false),
        (entra, true),
        (entra, true),
        (entra, true),
        ("login.example.com", false),
        ("login.example.com", false),
        ("login.example.com", false),
    ];
    assert_eq!(found, expected.map(|(hosts, rule)| (hosts.to_owned(), rule)));
}

#[test]
fn a_way_that_a_server_does_not_know_is_refused_with_the_one_to_take() {
    let refused = |provider, client| {
        let problems = form(json!({"provider": provider, "client": client})).problems(false);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].field, "client");
        problems[0].message.clone()
    };
    assert!(refused("jira_cloud", "public").contains("broker, or an app of your own company"));
    assert!(refused("jira_cloud", "personal_access_token").contains("API tokens instead"));
    assert!(refused("jira_data_center", "api_token").contains("personal access tokens instead"));
    assert!(refused("jira_data_center", "client_credentials").contains("a person signs in"));
    assert!(refused("microsoft_entra", "broker").contains("serves Jira only"));
    assert!(refused("other", "single_page").contains("no such way"));
}

#[test]
fn d09_an_address_without_https_is_refused_in_every_field_that_holds_one() {
    let base = json!({"client_id": "c", "client_secret": "s", "token": "t", "email": "m@example.com"});
    for (provider, client, field) in [
        ("jira_cloud", "broker", "broker_url"),
        ("jira_cloud", "api_token", "site"),
        ("jira_data_center", "own_app", "base_url"),
        ("jira_data_center", "personal_access_token", "base_url"),
        ("other", "public", "issuer"),
    ] {
        let mut fields = base.clone();
        fields["provider"] = provider.into();
        fields["client"] = client.into();
        for (address, fits) in
            [("http://127.0.0.1:8080", false), ("http://jira.example.com", false), ("jira.example.com", true)]
        {
            fields[field] = address.into();
            assert_eq!(form(fields.clone()).problems(false).is_empty(), fits, "{provider} {client} {address}");
        }
        fields[field] = "http://127.0.0.1:8080".into();
        assert!(form(fields).problems(true).is_empty(), "a demo build may talk to this machine");
    }
    let endpoints = |of: &str| {
        json!({"provider": "other", "client": "public", "client_id": "c",
        "authorization_endpoint": of, "token_endpoint": of})
    };
    let found = fields_with_problems(&form(endpoints("http://login.example.com/x")), false);
    assert_eq!(found, ["authorization_endpoint", "token_endpoint"]);
}

#[test]
fn what_is_typed_of_a_token_made_by_hand_is_checked() {
    let base = json!({"provider": "jira_cloud", "client": "api_token", "site": "team.atlassian.net", "email": "m@example.com",
        "token": "t"});
    for (field, bad) in [
        ("email", "mia"),
        ("email", "mia:x@example.com"),
        ("email", "@example.com"),
        ("email", "a@"),
        ("email", "ä@example.com"),
        ("token", " "),
        ("token", "two words"),
        ("token", "line\nbreak"),
        ("token", "töken"),
        ("expires_on", "31.1.2027"),
        ("site", "https://team.atlassian.net/?x"),
    ] {
        let mut fields = base.clone();
        fields[field] = bad.into();
        assert_eq!(fields_with_problems(&form(fields), false), [field], "{bad}");
    }
}

#[test]
fn a_tenant_is_an_id_a_domain_or_a_word() {
    for (tenant, fits) in [
        ("common", true),
        ("2f8c0a54-6d1b-4e7a-9c35-b70e41d8a6f2", true),
        ("contoso.onmicrosoft.com", true),
        ("", false),
        ("a/b", false),
        ("..", false),
        ("a?b", false),
        ("a b", false),
        ("%2e", false),
    ] {
        let form =
            form(json!({"provider": "microsoft_entra", "client": "single_page", "client_id": "c", "tenant": tenant}));
        assert_eq!(form.problems(false).is_empty(), fits, "{tenant}");
    }
    let machine = |scopes: &str| {
        let form = form(json!({"provider": "microsoft_entra", "client": "client_credentials", "client_id": "c",
            "client_secret": "s", "tenant": "common", "scopes": scopes}));
        form.problems(false).is_empty()
    };
    assert!(machine("") && machine("api://x/.default"));
    assert!(!machine("openid") && !machine("api://x/.default api://y/.default"));
}

#[test]
fn with_the_simulator_no_real_host_is_asked_for() {
    let form =
        form(json!({"provider": "microsoft_entra", "client": "single_page", "client_id": "c", "tenant": "common",
        "simulator": "http://127.0.0.1:8080"}));
    assert_eq!(form.problems(true), []);
    assert_eq!(form.origins(), ["http://127.0.0.1/*"]);
}

#[test]
fn no_form_whatever_makes_the_reader_stumble() {
    use crate::platform::memory::World;
    use crate::platform::{Platform as _, Random as _, Timestamp};
    let world = World::new(Timestamp(0), 5).worker();
    let good =
        json!({"provider": "other", "client": "public", "client_id": "c", "issuer": "https://login.example.com/ä",
        "authorize_parameters": "a=b\nc=d", "expires_on": "2027-01-31", "email": "m@example.com", "tenant": "a.b"})
        .to_string();
    for _ in 0..3_000 {
        let (mut bytes, mut dice) = (good.clone().into_bytes(), [0_u8; 3]);
        world.random().fill(&mut dice);
        let at = usize::from(dice[0]) % bytes.len();
        if dice[1] % 2 == 0 {
            bytes[at] = dice[2]
        } else {
            bytes.insert(at, dice[2])
        }
        let Some(form) = crate::json::from_text::<ConnectForm>(&String::from_utf8_lossy(&bytes)) else { continue };
        for client in choices(form.provider) {
            let form = ConnectForm { client: *client, ..form.clone() };
            let (_, _, _, _) = (form.problems(false), form.origins(), form.place(), form.by_hand());
        }
    }
}
