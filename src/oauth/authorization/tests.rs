use super::*;
use crate::oauth::client::ClientAuthentication;
use crate::oauth::provider::ProviderKind;
use crate::platform::Platform as _;
use crate::platform::memory::World;

const REDIRECT: &str = "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth";

fn registration() -> Registration {
    Registration {
        provider: ProviderKind::JiraCloud,
        authorization_endpoint: "https://auth.atlassian.com/authorize".into(),
        token_endpoint: "https://auth.atlassian.com/oauth/token".into(),
        client_id: "client".into(),
        authentication: ClientAuthentication::SecretPost { secret: Secret::new("not-in-any-url") },
        scopes: vec!["read:me".into(), "offline_access".into()],
        ..Registration::default()
    }
}

fn flow() -> Flow {
    Flow::begin(World::new(Timestamp(0), 1).worker().random(), REDIRECT.into(), Timestamp(0))
}

fn good_callback(flow: &Flow) -> String {
    format!("{REDIRECT}?code=the-code&state={}", flow.state.expose())
}

fn judge(callback: &str) -> Result<String, CallbackError> {
    judge_callback(callback, &flow(), &registration()).map(|code| code.expose().to_owned())
}

#[test]
fn the_request_has_every_parameter_and_no_secret() {
    let flow = flow();
    let url = url::Url::parse(&flow.authorization_url(&registration(), &Ask::Usual).unwrap()).unwrap();
    let pairs: std::collections::BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    let expected = [
        ("audience", "api.atlassian.com"),
        ("client_id", "client"),
        ("code_challenge", &pkce::challenge(&flow.verifier)),
        ("code_challenge_method", "S256"),
        ("prompt", "consent"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", "read:me offline_access"),
        ("state", flow.state.expose()),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    assert!(!url.as_str().contains(flow.verifier.expose()));
    assert!(!url.as_str().contains("not-in-any-url"));
}

#[test]
fn an_openid_server_is_asked_for_consent_so_that_it_may_give_a_refresh_token() {
    let prompts = |provider, scopes: &[&str]| {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let registration = Registration { provider, scopes, ..registration() };
        let url = url::Url::parse(&flow().authorization_url(&registration, &Ask::Usual).unwrap()).unwrap();
        url.query_pairs().filter(|(name, _)| name == "prompt").map(|(_, value)| value.into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(prompts(ProviderKind::Other, &["openid", "offline_access"]), ["consent"]);
    assert!(prompts(ProviderKind::Other, &["openid"]).is_empty());
    assert!(prompts(ProviderKind::Other, &["offline_access"]).is_empty(), "plain OAuth has no such parameter");
    assert_eq!(prompts(ProviderKind::JiraCloud, &["openid", "offline_access"]), ["consent"], "once");
}

#[test]
fn a_query_that_the_endpoint_already_has_stays() {
    let endpoint = "https://login.example.com/authorize?tenant=a%20b";
    let registration = Registration { authorization_endpoint: endpoint.into(), ..registration() };
    let url = flow().authorization_url(&registration, &Ask::Usual).unwrap();
    assert!(url.starts_with("https://login.example.com/authorize?tenant=a%20b&"), "{url}");
}

#[test]
fn a_good_answer_gives_the_code() {
    assert_eq!(judge(&good_callback(&flow())), Ok("the-code".into()));
    assert_eq!(judge(&format!("{}#", good_callback(&flow()))), Ok("the-code".into()));
}

#[test]
fn d04_another_state_none_or_two_are_refused() {
    let good = good_callback(&flow());
    for callback in [
        format!("{REDIRECT}?code=the-code&state=other"),
        format!("{REDIRECT}?code=the-code"),
        format!("{good}&state=other"),
        format!("{good}x"),
        format!("{REDIRECT}?code=c&error=access_denied"),
        format!("{REDIRECT}?error=access_denied&state=other"),
    ] {
        assert_eq!(judge(&callback), Err(CallbackError::StateMismatch), "{callback}");
    }
}

#[test]
fn d06_another_redirect_address_is_refused() {
    let state = flow().state;
    for address in [
        "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/",
        "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/oauth/",
        "https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/OAUTH",
        "https://evil.example.com/oauth",
    ] {
        let callback = format!("{address}?code=c&state={}", state.expose());
        assert_eq!(judge(&callback), Err(CallbackError::ForeignRedirect), "{callback}");
    }
}

#[test]
fn a_refusal_keeps_the_server_s_words() {
    let callback =
        format!("{REDIRECT}?error=access_denied&error_description=no+thanks&state={}", flow().state.expose());
    let refused = CallbackError::Refused { error: "access_denied".into(), description: "no thanks".into() };
    assert_eq!(judge(&callback), Err(refused));
    let stateless = CallbackError::Refused { error: "server_error".into(), description: String::new() };
    assert_eq!(judge(&format!("{REDIRECT}?error=server_error")), Err(stateless));
}

#[test]
fn d10_an_answer_without_a_code_or_with_two_is_malformed() {
    let flow = flow();
    let state = flow.state.expose();
    for rest in [format!("state={state}"), format!("state={state}&code="), format!("state={state}&code=a&code=b")] {
        assert_eq!(judge(&format!("{REDIRECT}?{rest}")), Err(CallbackError::Malformed), "{rest}");
    }
}

#[test]
fn d05_the_issuer_is_held_against_what_is_known() {
    let flow = flow();
    let check = |known: Option<&str>, promised: bool, sent: &str| {
        let registration =
            Registration { issuer: known.map(str::to_owned), issuer_is_sent: promised, ..registration() };
        judge_callback(&format!("{}{sent}", good_callback(&flow)), &flow, &registration).is_ok()
    };
    let good = "&iss=https%3A%2F%2Fauth.atlassian.com";
    let evil = "&iss=https%3A%2F%2Fevil.example.com";
    assert!(check(None, false, ""));
    assert!(check(None, false, good));
    assert!(!check(None, false, evil));
    assert!(check(Some("https://auth.atlassian.com"), true, good));
    assert!(!check(Some("https://auth.atlassian.com"), true, evil));
    assert!(!check(Some("https://auth.atlassian.com/"), true, good));
    assert!(!check(Some("https://auth.atlassian.com"), true, ""));
    assert!(!check(None, false, &format!("{good}{good}")));
}

#[test]
fn no_text_makes_the_judge_stumble() {
    // A fixed sample of damaged callbacks: every one must end in an answer, and a code only where the state is whole.
    let good = good_callback(&flow());
    let worker = World::new(Timestamp(0), 42).worker();
    let random = worker.random();
    for _ in 0..5_000 {
        let mut bytes = good.clone().into_bytes();
        let mut dice = [0_u8; 4];
        random.fill(&mut dice);
        let at = usize::from(dice[0]) * 7 % bytes.len();
        match dice[1] % 3 {
            0 => bytes[at] = dice[2],
            1 => bytes.truncate(at),
            _ => bytes.insert(at, dice[2]),
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(code) = judge(&text) {
            let decoded: String = form_urlencoded::parse(text.as_bytes()).map(|(_, value)| value).collect();
            assert!(decoded.contains(flow().state.expose()), "{text} gave {code}");
        }
    }
}

/// The parameters of the request that a registration leads to.
fn parameters_of(registration: &Registration, ask: &Ask<'_>) -> Vec<(String, String)> {
    let url = url::Url::parse(&flow().authorization_url(registration, ask).unwrap()).unwrap();
    url.query_pairs().into_owned().collect()
}

const ALL: [ProviderKind; 4] =
    [ProviderKind::JiraCloud, ProviderKind::JiraDataCenter, ProviderKind::MicrosoftEntra, ProviderKind::Other];

#[test]
fn d01_every_request_of_every_provider_has_one_s256_challenge_and_never_a_plain_one() {
    for provider in ALL {
        for ask in [Ask::Usual, Ask::AnotherAccount, Ask::Silent { login_hint: "mia@example.com" }] {
            let scopes = vec!["openid".into(), "offline_access".into()];
            // As another version or a damaged record might have left it.
            let authorize_extra =
                [("code_challenge_method", "plain"), ("code_challenge", "x"), ("response_type", "token")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .to_vec();
            let pairs = parameters_of(&Registration { provider, scopes, authorize_extra, ..registration() }, &ask);
            let of = |wanted: &str| -> Vec<String> {
                pairs.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.clone()).collect()
            };
            assert_eq!(of("code_challenge_method"), ["S256"], "{provider:?} {ask:?}");
            assert_eq!(of("code_challenge"), [pkce::challenge(&flow().verifier)]);
            assert_eq!(of("response_type"), ["code"]);
            assert_eq!(of("state").len(), 1);
            assert!(of("prompt").len() <= 1, "{provider:?} {ask:?} {pairs:?}");
        }
    }
}

#[test]
fn an_endpoint_whose_own_query_says_what_is_ours_is_not_used() {
    for query in ["response_type=token", "a=b&state=1", "redirect%5furi=https://evil.example.com"] {
        let authorization_endpoint = format!("https://login.example.com/authorize?{query}");
        let registration = Registration { authorization_endpoint, ..registration() };
        assert!(flow().authorization_url(&registration, &Ask::Usual).is_none(), "{query}");
    }
}

#[test]
fn the_way_of_asking_is_said_where_the_server_knows_how() {
    let prompt = |provider, scopes: &str, own: &str, ask: Ask<'_>| {
        let scopes = scopes.split_whitespace().map(str::to_owned).collect();
        let authorize_extra = parameters::read(own).unwrap();
        let pairs = parameters_of(&Registration { provider, scopes, authorize_extra, ..registration() }, &ask);
        let of = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        (of("prompt").unwrap_or_default(), of("login_hint").unwrap_or_default())
    };
    let said = |prompt: &str, hint: &str| (prompt.to_owned(), hint.to_owned());
    let silent = Ask::Silent { login_hint: "mia@example.com" };
    let (entra, other) = (ProviderKind::MicrosoftEntra, ProviderKind::Other);
    assert_eq!(prompt(entra, "openid offline_access", "", Ask::Usual), said("", ""));
    assert_eq!(prompt(entra, "openid offline_access", "", Ask::AnotherAccount), said("select_account", ""));
    assert_eq!(prompt(entra, "openid", "", silent), said("none", "mia@example.com"));
    assert_eq!(prompt(entra, "openid", "", Ask::Silent { login_hint: "" }), said("none", ""));
    assert_eq!(prompt(other, "openid offline_access", "", Ask::AnotherAccount), said("select_account consent", ""));
    assert_eq!(prompt(other, "openid offline_access", "prompt=login", Ask::Usual), said("login", ""));
    assert_eq!(prompt(other, "openid", "prompt=login\nlogin_hint=ben", silent), said("none", "mia@example.com"));
    // Plain OAuth has no such parameter, and Jira none of this kind.
    assert_eq!(prompt(other, "jobs", "", silent), said("", ""));
    assert_eq!(prompt(ProviderKind::JiraCloud, "openid", "", Ask::AnotherAccount), said("consent", ""));
    assert_eq!(prompt(ProviderKind::JiraDataCenter, "READ", "", silent), said("", ""));
}
