use super::*;
use crate::oauth::provider::ProviderKind;

fn registration(provider: ProviderKind, authentication: ClientAuthentication) -> Registration {
    Registration {
        provider,
        token_endpoint: "https://auth.example.com/token".into(),
        client_id: "client id".into(),
        authentication,
        ..Registration::default()
    }
}

fn post() -> ClientAuthentication {
    ClientAuthentication::SecretPost { secret: Secret::new("s&t") }
}

fn body(request: &HttpRequest) -> &str {
    request.text()
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.expose())
}

fn exchange_as(provider: ProviderKind, authentication: ClientAuthentication) -> HttpRequest {
    let (code, verifier) = (Secret::new("c/d"), Secret::new("v"));
    exchange(&registration(provider, authentication), &code, &verifier, "https://r.example.com/oauth")
}

#[test]
fn the_standard_exchange_is_a_form_with_the_secret_in_it() {
    let request = exchange_as(ProviderKind::JiraDataCenter, post());
    assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        body(&request),
        "grant_type=authorization_code&code=c%2Fd&redirect_uri=https%3A%2F%2Fr.example.com%2Foauth&code_verifier=v\
         &client_id=client+id&client_secret=s%26t"
    );
    assert!(!request.url.contains("s&t"));
}

#[test]
fn jira_cloud_gets_json_and_its_broker_a_form_without_a_secret() {
    let request = exchange_as(ProviderKind::JiraCloud, post());
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let json: Value = serde_json::from_str(body(&request)).unwrap();
    assert_eq!(json["client_secret"], "s&t");
    assert_eq!(json["code_verifier"], "v");
    let through_broker =
        Registration { broker: true, ..registration(ProviderKind::JiraCloud, ClientAuthentication::None) };
    let request = refresh(&through_broker, &Secret::new("r"), "https://r.example.com/oauth");
    assert_eq!(body(&request), "grant_type=refresh_token&refresh_token=r&client_id=client+id");
}

#[test]
fn a_secret_in_the_header_is_encoded_before_it_is_joined() {
    let request = exchange_as(ProviderKind::Other, ClientAuthentication::SecretBasic { secret: Secret::new("s:t") });
    let joined = STANDARD.encode("client+id:s%3At");
    assert_eq!(header(&request, "authorization"), Some(format!("Basic {joined}").as_str()));
    assert!(!body(&request).contains("client_secret"));
}

#[test]
fn only_data_center_repeats_the_redirect_address_on_refresh() {
    let sends = |provider| {
        let request = refresh(&registration(provider, post()), &Secret::new("r"), "https://r.example.com/oauth");
        body(&request).contains("redirect_uri")
    };
    assert!(sends(ProviderKind::JiraDataCenter));
    assert!(!sends(ProviderKind::JiraCloud));
    assert!(!sends(ProviderKind::Other));
}

#[test]
fn nothing_of_a_request_is_seen_in_its_debug_form() {
    let shown = format!("{:?}", exchange_as(ProviderKind::JiraCloud, post()));
    assert!(!shown.contains("s&t") && !shown.contains("c/d"), "{shown}");
}

fn answer(status: u16, body: &str) -> Result<Grant, TokenError> {
    answer_with(status, &[], body)
}

fn answer_with(status: u16, headers: &[(&str, &str)], body: &str) -> Result<Grant, TokenError> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    judge(Ok(HttpResponse { status, headers, body: body.as_bytes().to_vec() }))
}

#[test]
fn a_good_answer_is_read_whole() {
    let grant = answer(
        200,
        r#"{"access_token":"a","refresh_token":"r","expires_in":3600,"scope":"read:me offline_access","token_type":"Bearer"}"#,
    )
    .unwrap();
    assert_eq!(grant.access_token.expose(), "a");
    assert_eq!(grant.refresh_token.unwrap().expose(), "r");
    assert_eq!(grant.expires_in, Some(Duration::from_secs(3600)));
    assert_eq!(grant.scopes.unwrap(), ["read:me", "offline_access"]);
}

#[test]
fn d17_lifetimes_and_scopes_come_in_many_shapes() {
    let grant = |rest: &str| answer(200, &format!(r#"{{"access_token":"a"{rest}}}"#)).unwrap();
    for (rest, seconds) in [
        (r#","expires_in":"3600""#, Some(3600)),
        (r#","expires_in":3600.0"#, Some(3600)),
        // Servers that mean “without end” write it so.
        (r#","expires_in":0"#, None),
        ("", None),
        (r#","expires_in":null"#, None),
        (r#","expires_in":-5"#, None),
        (r#","expires_in":1e300"#, None),
        (r#","expires_in":"soon""#, None),
        (r#","expires_in":[1]"#, None),
    ] {
        assert_eq!(grant(rest).expires_in, seconds.map(Duration::from_secs), "{rest}");
    }
    assert_eq!(grant(r#","scope":["a","b"]"#).scopes.unwrap(), ["a", "b"]);
    assert_eq!(grant(r#","scope":"a,b c""#).scopes.unwrap(), ["a", "b", "c"]);
    assert!(grant("").scopes.is_none());
    assert!(grant(r#","refresh_token":"""#).refresh_token.is_none());
}

#[test]
fn a_refusal_is_sorted_by_what_helps() {
    let dead = |body| matches!(answer(403, body), Err(TokenError::DeadGrant(_)));
    assert!(dead(r#"{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}"#));
    assert!(dead(r#"{"error":"unauthorized_client","error_description":"refresh_token is invalid"}"#));
    let settings = |body| matches!(answer(401, body), Err(TokenError::Misconfigured(_)));
    assert!(settings(r#"{"error":"unauthorized_client"}"#));
    assert!(settings(r#"{"error":"access_denied","error_description":"Unauthorized"}"#));
    assert!(settings(r#"{"error":"invalid_client"}"#));
    assert!(matches!(answer(200, r#"{"access_token":"a","token_type":"mac"}"#), Err(TokenError::Misconfigured(_))));
}

#[test]
fn what_may_pass_is_never_taken_for_a_refusal() {
    let passing = |answer: Result<Grant, TokenError>| match answer {
        Err(TokenError::Passing(why)) => why,
        other => panic!("{other:?}"),
    };
    // Even with a body that says otherwise: a server in trouble is not believed.
    let broken = passing(answer(500, r#"{"error":"invalid_grant"}"#));
    assert_eq!(broken, Passing::Busy { status: 500, retry_after: None });
    let later = passing(answer_with(429, &[("retry-after", "7")], ""));
    assert_eq!(later, Passing::Busy { status: 429, retry_after: Some(Duration::from_secs(7)) });
    for (status, body) in
        [(200, ""), (200, "{}"), (200, r#"{"access_token":"a"#), (403, "<html>proxy</html>"), (200, "[1]")]
    {
        assert_eq!(passing(answer(status, body)), Passing::Unreadable { status }, "{body}");
    }
    assert_eq!(passing(judge(Err(HttpError::Timeout))), Passing::Timeout);
    assert_eq!(passing(judge(Err(HttpError::Network))), Passing::Network);
    let busy = passing(answer(400, r#"{"error":"temporarily_unavailable"}"#));
    assert_eq!(busy, Passing::Busy { status: 503, retry_after: None });
}

#[test]
fn retry_after_is_seconds_or_a_date_and_never_longer_than_a_day() {
    assert_eq!(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Timestamp(784_111_777_000)));
    assert_eq!(http_date("Thu, 29 Feb 2024 23:59:59 GMT"), Some(Timestamp(1_709_251_199_000)));
    let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(seconds_until("Sun, 06 Nov 1994 08:50:07 GMT", date), Some(Duration::from_secs(30)));
    assert_eq!(seconds_until("Sun, 06 Nov 1994 08:00:00 GMT", date), Some(Duration::ZERO));
    assert_eq!(seconds_until("Sun, 06 Nov 1994 08:50:07 GMT", None), None);
    assert_eq!(seconds_until("999999999", None), Some(Duration::from_secs(86_400)));
    assert_eq!(seconds_until("soon", date), None);
}

#[test]
fn a_date_with_absurd_numbers_is_no_date_and_no_overflow() {
    for text in [
        "Sun, 06 Nov 9223372036854775807 08:49:37 GMT",
        "Sun, 99999999999 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 9999999:0:0",
    ] {
        assert_eq!(http_date(text), None, "{text}");
    }
    assert_eq!(seconds_until("99999999999999999999", None), None);
}

#[test]
fn a_machine_asks_with_its_secret_and_its_scopes_and_nothing_of_a_person() {
    let mut registration = registration(ProviderKind::Other, post());
    assert_eq!(
        body(&client_credentials(&registration)),
        "grant_type=client_credentials&client_id=client+id&client_secret=s%26t"
    );
    registration.scopes = vec!["a".into(), "b".into()];
    assert!(body(&client_credentials(&registration)).starts_with("grant_type=client_credentials&scope=a+b&"));
}

#[test]
fn own_parameters_are_added_and_never_replace_ours() {
    let mut registration = registration(ProviderKind::Other, post());
    registration.token_extra = [("audience", "api"), ("grant_type", "password"), ("username", "mia")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
    let request = refresh(&registration, &Secret::new("r"), "https://r.example.com/oauth");
    assert_eq!(
        body(&request),
        "grant_type=refresh_token&refresh_token=r&client_id=client+id&client_secret=s%26t&audience=api"
    );
}

#[test]
fn a_secret_that_is_still_in_the_policy_is_not_made_up() {
    let unresolved = ClientAuthentication::FromPolicy { in_header: true };
    let request = exchange_as(ProviderKind::Other, unresolved);
    assert!(!body(&request).contains("client_secret") && header(&request, "authorization").is_none());
}

#[test]
fn entra_s_refusals_are_sorted_by_what_helps() {
    let refused = |error: &str, code: u32| {
        let words = format!("AADSTS{code}: Something happened.\\r\\nTrace ID: 1");
        answer(400, &format!(r#"{{"error":"{error}","error_description":"{words}","error_codes":[{code}]}}"#))
            .unwrap_err()
    };
    // The single-page app's day is over; the password was changed; the token was not used for too long; a second factor is due.
    for (error, code) in [
        ("invalid_grant", 700_084),
        ("invalid_grant", 50_173),
        ("invalid_grant", 700_082),
        ("interaction_required", 50_076),
    ] {
        assert!(matches!(refused(error, code), TokenError::DeadGrant(_)), "{error} {code}");
    }
    for (error, code) in [
        ("invalid_client", 7_000_215),
        ("invalid_request", 9_002_326),
        ("invalid_request", 9_002_327),
        ("unauthorized_client", 700_016),
        ("invalid_scope", 70_011),
    ] {
        assert!(matches!(refused(error, code), TokenError::Misconfigured(_)), "{error} {code}");
    }
    for (error, code) in [("temporarily_unavailable", 90_033), ("invalid_grant", 50_196)] {
        assert!(matches!(refused(error, code), TokenError::Passing(_)), "{error} {code}");
    }
}

#[test]
fn the_end_of_the_refresh_token_and_the_person_are_read_where_they_are_told() {
    let grant = answer(200, r#"{"access_token":"a","refresh_token_expires_in":86399,"id_token":"e30.e30.x"}"#).unwrap();
    assert_eq!(grant.refresh_expires_in, Some(Duration::from_secs(86_399)));
    assert_eq!(grant.id_token.unwrap().expose(), "e30.e30.x");
    let bare = answer(200, r#"{"access_token":"a","refresh_token_expires_in":0,"id_token":""}"#).unwrap();
    assert!(bare.refresh_expires_in.is_none() && bare.id_token.is_none());
}

#[test]
fn d14_a_refresh_names_no_scope_so_that_it_never_asks_for_more_than_was_granted() {
    for provider in
        [ProviderKind::JiraCloud, ProviderKind::JiraDataCenter, ProviderKind::MicrosoftEntra, ProviderKind::Other]
    {
        let scopes = vec!["read:me".into(), "admin".into()];
        let registration = Registration { scopes, ..registration(provider, post()) };
        let request = refresh(&registration, &Secret::new("r"), "https://r.example.com/oauth");
        assert!(!body(&request).contains("scope") && !body(&request).contains("admin"), "{provider:?}");
    }
}

#[test]
fn d17_a_token_of_a_kind_we_cannot_use_is_a_matter_of_settings() {
    let kind = |kind: &str| answer(200, &format!(r#"{{"access_token":"a","token_type":{kind}}}"#));
    assert!(kind(r#""Bearer""#).is_ok() && kind(r#""bearer""#).is_ok() && kind("null").is_ok() && kind("7").is_ok());
    assert!(matches!(kind(r#""DPoP""#), Err(TokenError::Misconfigured(words)) if words.contains("DPoP")));
}
