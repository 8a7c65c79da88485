use super::*;
use crate::oauth::provider::ProviderKind;
use crate::platform::memory::World;
use crate::platform::{Random as _, Timestamp};
use serde_json::json;

fn good() -> Value {
    json!({
        "providers": [
            {"name": "Team", "provider": "jira_cloud", "client": "broker", "broker_url": "https://broker.example.com"},
            {"name": "Entra", "provider": "microsoft_entra", "client": "own_app", "client_id": "c", "client_secret": "the-secret",
             "tenant": "contoso.example", "token": "not-for-a-policy"},
        ],
        "allow_other_providers": false, "allowed_sites": ["team.atlassian.net", "*.example.com"],
        "check_interval_minutes": 10, "threshold_minutes": 15, "retries": 0, "notifications": false,
        "require_passphrase": true, "read_only": true,
    })
}

#[test]
fn a_whole_policy_is_taken() {
    let found = judge(&good(), false);
    assert_eq!(found.problems, Vec::<String>::new());
    let ids: Vec<_> = found.providers.iter().map(|provider| provider.id.as_str()).collect();
    assert_eq!(ids, ["policy:Team", "policy:Entra"]);
    assert_eq!(found.provider("policy:Entra").unwrap().form.provider, ProviderKind::MicrosoftEntra);
    assert!(found.provider("policy:Entra").unwrap().form.token.is_empty(), "one person's own is not a policy's to say");
    let numbers = (found.check_interval_minutes, found.threshold_minutes, found.retries);
    assert_eq!(numbers, (Some(10), Some(15), Some(0)));
    let flags = (found.notifications, found.require_passphrase, found.read_only);
    assert_eq!(flags, (Some(false), Some(true), Some(true)));
    assert_eq!(found.managed().len(), NAMES.len());
    assert!(judge(&json!({}), false).managed().is_empty());
}

#[test]
fn a_mistake_is_told_and_leaves_the_rest_in_force() {
    let mut policy = good();
    for (name, value) in
        [("retries", json!("two")), ("threshold_minutes", json!(5000)), ("read_only", json!(1)), ("x", json!(1))]
    {
        policy[name] = value;
    }
    policy["providers"].as_array_mut().unwrap().extend([
        json!({"name": "Team", "provider": "jira_cloud", "client": "broker", "broker_url": "https://b.example.com"}),
        json!({"name": "Half", "provider": "jira_cloud", "client": "own_app", "client_secret": "hidden-secret"}),
        json!({"name": "Odd", "provider": "gopher", "client": "own_app"}),
        json!({"provider": "jira_cloud", "client": "broker"}),
        json!({"name": "Typed", "provider": "jira_cloud", "client": "broker", "broker_url": 7}),
        json!(7),
    ]);
    let found = judge(&policy, false);
    assert_eq!(found.providers.len(), 2);
    assert_eq!((found.retries, found.threshold_minutes, found.read_only), (None, None, None));
    assert_eq!((found.check_interval_minutes, found.require_passphrase), (Some(10), Some(true)));
    let told = found.problems.join("\n");
    for words in [
        "no setting “x”",
        "“retries” has to be a whole number from 0 to 10",
        "“threshold_minutes” has to be a whole number from 1",
        "“read_only” has to be true or false",
        "“Team” is left out: its name is there twice",
        "“Half” is left out: “client_id”: Paste the client id",
        "“Odd” is left out: “provider” and “client”",
        "number 6 is left out: it needs a “name”",
        "“Typed” is left out",
        "number 8 is left out",
    ] {
        assert!(told.contains(words), "{words} is not in\n{told}");
    }
    assert!(!told.contains("hidden-secret"));
}

#[test]
fn a_list_of_sites_with_a_mistake_never_allows_more() {
    let allowed = |sites: Value| {
        let found = judge(&json!({"allowed_sites": sites}), false);
        let of = |url: &str| found.allows_site(url);
        (
            of("https://team.atlassian.net"),
            of("https://a.example.com/jira"),
            of("https://example.com"),
            found.problems.len(),
        )
    };
    assert_eq!(allowed(Value::Null), (true, true, true, 0));
    assert_eq!(allowed(json!(["https://Team.atlassian.net/", "*.example.com"])), (true, true, false, 0));
    assert_eq!(allowed(json!(["example.com", "a b"])), (false, false, true, 1));
    for nothing in [json!("*"), json!([]), json!([7]), json!({"a": 1})] {
        assert_eq!(allowed(nothing.clone()), (false, false, false, 1), "{nothing}");
    }
    let found = judge(&json!({"allowed_sites": ["*.example.com"]}), false);
    for other in ["https://evilexample.com", "https://example.com.evil.test", "no address", ""] {
        assert!(!found.allows_site(other), "{other}");
    }
}

#[test]
fn the_schema_names_what_is_read_and_nothing_else() {
    let schema: Value = serde_json::from_str(include_str!("../../../extension/managed_schema.json")).unwrap();
    let names = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
    let settings = &schema["properties"];
    assert_eq!(names(settings), NAMES.into_iter().map(str::to_owned).collect());
    // A form with every field of an entry filled in is read, so each is one of the form's own.
    let entry = &settings["providers"]["items"]["properties"];
    let form = json::to_value(&judge(&good(), false).providers[0].form);
    for name in names(entry).iter().filter(|name| *name != "name") {
        assert!(form.get(name).is_some(), "{name} is no field of the form");
    }
    for personal in ["token", "email", "expires_on", "simulator"] {
        assert!(entry.get(personal).is_none(), "{personal} has no place in a policy");
    }
}

#[test]
fn no_policy_whatever_makes_the_reader_stumble() {
    let world = World::new(Timestamp(0), 23).worker();
    let good = good().to_string();
    for odd in [json!(null), json!(7), json!("x"), json!([good.clone()]), json!({"providers": {"a": 1}})] {
        let found = judge(&odd, true);
        assert!(!found.problems.is_empty(), "{odd}");
    }
    let mut read = 0;
    for _ in 0..5_000 {
        let (mut bytes, mut dice) = (good.clone().into_bytes(), [0_u8; 4]);
        crate::platform::Platform::random(&world).fill(&mut dice);
        let at = (usize::from(dice[0]) * 256 + usize::from(dice[1])) % bytes.len();
        match dice[2] % 3 {
            0 => bytes[at] = dice[3],
            1 => drop(bytes.remove(at)),
            _ => bytes.insert(at, dice[3]),
        }
        let Some(policy) = json::parse(&bytes) else { continue };
        read += 1;
        let found = judge(&policy, false);
        assert!(found.problems.iter().all(|problem| !problem.contains("the-secret")));
        assert!(found.retries.is_none_or(|retries| retries <= 10));
    }
    assert!(read > 500, "only {read} were JSON at all");
}
