use super::*;

const DAY: Duration = Duration::from_secs(86_400);

fn at(provider: ProviderKind, grant: GrantKind) -> Registration {
    Registration { provider, grant, api_root: "https://jira.example.com".into(), ..Registration::default() }
}

#[test]
fn d11_a_token_goes_into_the_authorization_header_in_the_form_its_kind_wants() {
    let header = |grant| {
        let registration = Registration { user: "mia@example.com".into(), ..at(ProviderKind::JiraCloud, grant) };
        registration.authorization_header(&Secret::new("t")).expose().to_owned()
    };
    assert_eq!(header(GrantKind::AuthorizationCode), "Bearer t");
    assert_eq!(header(GrantKind::ClientCredentials), "Bearer t");
    assert_eq!(header(GrantKind::PersonalAccessToken), "Bearer t");
    assert_eq!(header(GrantKind::ApiToken), format!("Basic {}", STANDARD.encode("mia@example.com:t")));
}

#[test]
fn d13_what_a_provider_documents_of_a_sign_in_s_end_is_known() {
    let limits = |provider, grant, single_page| {
        let Limits { inactivity, absolute } = Registration { single_page, ..at(provider, grant) }.limits();
        (inactivity.map(|span| span.as_secs() / DAY.as_secs()), absolute.map(|span| span.as_secs() / DAY.as_secs()))
    };
    let code = GrantKind::AuthorizationCode;
    assert_eq!(limits(ProviderKind::JiraCloud, code, false), (Some(90), None));
    assert_eq!(limits(ProviderKind::MicrosoftEntra, code, false), (Some(90), None));
    assert_eq!(limits(ProviderKind::MicrosoftEntra, code, true), (None, Some(1)));
    assert_eq!(limits(ProviderKind::JiraDataCenter, code, false), (None, None));
    assert_eq!(limits(ProviderKind::Other, code, false), (None, None));
    assert_eq!(limits(ProviderKind::MicrosoftEntra, GrantKind::ClientCredentials, false), (None, None));
    assert_eq!(limits(ProviderKind::JiraCloud, GrantKind::ApiToken, false), (None, None));
}

#[test]
fn every_kind_of_sign_in_has_its_place_to_be_withdrawn() {
    let url = |provider, grant| at(provider, grant).manage_url().unwrap_or_default();
    assert!(url(ProviderKind::JiraCloud, GrantKind::AuthorizationCode).ends_with("/manage-profile/apps"));
    assert!(url(ProviderKind::JiraCloud, GrantKind::ApiToken).ends_with("/security/api-tokens"));
    assert!(url(ProviderKind::JiraDataCenter, GrantKind::AuthorizationCode).starts_with("https://jira.example.com/"));
    assert!(url(ProviderKind::MicrosoftEntra, GrantKind::AuthorizationCode).contains("myapps.microsoft.com"));
    assert_eq!(url(ProviderKind::MicrosoftEntra, GrantKind::ClientCredentials), "");
    assert_eq!(url(ProviderKind::Other, GrantKind::AuthorizationCode), "");
}

#[test]
fn d05_a_server_is_known_by_its_issuer_or_else_by_the_host_people_were_sent_to() {
    let accepts = |known: Option<&str>, sent: &str| {
        let issuer = known.map(str::to_owned);
        let authorization_endpoint = "https://login.example.com/authorize".to_owned();
        Registration { issuer, authorization_endpoint, ..Registration::default() }.accepts_issuer(sent)
    };
    assert!(accepts(Some("https://login.example.com/a"), "https://login.example.com/a"));
    assert!(!accepts(Some("https://login.example.com/a"), "https://login.example.com/b"));
    assert!(accepts(None, "https://login.example.com/b"));
    assert!(!accepts(None, "https://evil.example.com/b"));
    let any_tenant = Some("https://login.example.com/{tenantid}/v2.0");
    assert!(accepts(any_tenant, "https://login.example.com/2f8c0a54/v2.0"));
    for other in [
        "https://login.example.com//v2.0",
        "https://login.example.com/a/b/v2.0",
        "https://evil.example.com/a/v2.0",
        "https://login.example.com/a/v2.0x",
        "https://login.example.com/v2.0",
        "",
    ] {
        assert!(!accepts(any_tenant, other), "{other}");
    }
}

#[test]
fn a_stored_registration_of_the_first_version_is_still_read() {
    let stored = r#"{"provider":"jira_cloud","authorization_endpoint":"a","token_endpoint":"t","revocation_endpoint":null,
        "userinfo_endpoint":null,"issuer":null,"issuer_is_sent":false,"client_id":"c",
        "authentication":{"method":"secret_post","secret":"s"},"broker":false,"scopes":["read:me"],"api_root":"r"}"#;
    let read: Registration = json::from_text(stored).unwrap();
    assert_eq!((read.grant, read.single_page, read.source.as_deref()), (GrantKind::AuthorizationCode, false, None));
    let again: Registration = json::from_text(&json::to_text(&read)).unwrap();
    assert_eq!(json::to_text(&again), json::to_text(&read));
}

#[test]
fn advice_fits_the_way_the_client_proves_itself() {
    let words = "Unauthorized";
    let registration = at(ProviderKind::JiraCloud, GrantKind::AuthorizationCode);
    let brokered = Registration { broker: true, ..registration.clone() };
    assert!(brokered.advice(words).contains("broker"));
    assert!(registration.advice(words).contains("whether this server wants a client secret"));
    let managed =
        Registration { authentication: ClientAuthentication::FromPolicy { in_header: false }, ..registration.clone() };
    assert!(managed.advice(words).contains("administrator"));
    let authentication = ClientAuthentication::SecretPost { secret: Secret::new("s") };
    assert_eq!(
        Registration { authentication, ..registration }.advice(words),
        "Check the client id and the client secret."
    );
}
