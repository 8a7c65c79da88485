//! Entra's token endpoint.

use super::refusal::timestamp;
use super::{Refusal, TENANT, Tenant, one_resource, userinfo};
use crate::oauth::clients::{self, Client, Kind};
use crate::oauth::grants::{Grant, GrantId, Refresh};
use crate::oauth::standing::Standing;
use crate::oauth::token::client::basic;
use crate::oauth::token::{is_json, is_verifier};
use crate::oauth::{Provider, authorize};
use crate::params::Params;
use crate::random;
use crate::state::{Changing, Sim, seconds};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, ORIGIN};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

struct Request<'a> {
    sim: &'a Sim,
    tenant: Tenant,
    headers: &'a HeaderMap,
    params: &'a Params,
    now: i64,
}

impl Request<'_> {
    fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.params.get(name).ok_or_else(|| Refusal::missing(name))
    }
}

/// `POST …/oauth2/v2.0/token`
pub(super) async fn answer(
    State(sim): State<Sim>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::body(&headers, &body).filter(|_| !is_json(&headers)).unwrap_or_default();
    let now = sim.now();
    let given = Tenant::of(&tenant)
        .and_then(|tenant| give(&Request { sim: &sim, tenant, headers: &headers, params: &params, now }));
    match given {
        Ok(tokens) => ([(CACHE_CONTROL, "no-store, no-cache")], Json(tokens)).into_response(),
        Err(refusal) => {
            sim.change().counters.refused += 1;
            refusal.answer(now)
        }
    }
}

fn give(request: &Request<'_>) -> Result<Value, Refusal> {
    let grant_type = request.required("grant_type")?;
    let client = authenticate(request)?;
    let mut change = request.sim.change();
    match grant_type {
        "authorization_code" => {
            let grant = redeem_code(&mut change, request, &client)?;
            change.counters.authorization_code += 1;
            Ok(issue(&mut change, request, grant))
        }
        "refresh_token" => {
            let grant = redeem_refresh(&mut change, request, &client)?;
            change.counters.refresh_token += 1;
            Ok(issue(&mut change, request, grant))
        }
        "client_credentials" => {
            let grant = act_for_itself(&mut change, request, &client)?;
            change.counters.client_credentials += 1;
            Ok(issue(&mut change, request, grant))
        }
        other => Err(Refusal::new("unsupported_grant_type", 70_003)
            .saying(format!("The app requested an unsupported grant type '{other}'."))),
    }
}

/// Who asks, and whether from where it may: a page with its `Origin` and no secret, anything else the other way round.
fn authenticate(request: &Request<'_>) -> Result<Client, Refusal> {
    let (id, secret) = match basic(request.headers) {
        Some((id, secret)) => (id, Some(secret)),
        None => (request.required("client_id")?.to_owned(), request.params.get("client_secret").map(str::to_owned)),
    };
    let client = clients::find(Provider::Entra, &id).ok_or_else(|| Refusal::unknown_client(&id))?;
    let origin = request.headers.get(ORIGIN).and_then(|value| value.to_str().ok());
    match (client.kind, origin) {
        (Kind::SinglePage, None) => Err(Refusal::new("invalid_request", 9_002_327).saying(
            "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests."
                .into(),
        )),
        (Kind::Confidential | Kind::Machine, Some(origin)) => Err(Refusal::new("invalid_request", 9_002_326).saying(format!(
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'."
        ))),
        _ => check_secret(client, secret.as_deref()),
    }
}

fn check_secret(client: Client, secret: Option<&str>) -> Result<Client, Refusal> {
    match (client.secret, secret) {
        (None, Some(_)) => Err(Refusal::new("invalid_client", 700_025)
            .saying("Client is public so neither 'client_assertion' nor 'client_secret' should be presented.".into())),
        (Some(_), None) => Err(Refusal::new("invalid_client", 7_000_218).saying(
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.".into(),
        )),
        (Some(right), Some(given)) if right != given => Err(Refusal::new("invalid_client", 7_000_215).saying(format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not \
             the client secret ID, for a secret added to app '{}'.",
            client.id
        ))),
        _ => Ok(client),
    }
}

fn bad_grant(code: u32, text: impl Into<String>) -> Refusal {
    Refusal::new("invalid_grant", code).saying(text.into())
}

fn redeem_code(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    let (text, redirect_uri) = (request.required("code")?, request.required("redirect_uri")?);
    let invalid =
        || bad_grant(70_000, "The provided value for the 'code' parameter is not valid.").further("bad_token");
    let code = change.grants.codes.get(text).cloned().ok_or_else(invalid)?;
    let grant = change.grants.get(code.grant).ok_or_else(invalid)?;
    if grant.provider != Provider::Entra || grant.client != client.id {
        return Err(invalid());
    }
    if code.used {
        change.grants.kill(code.grant);
        let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing \
                    refresh token.";
        return Err(bad_grant(54_005, text));
    }
    if !grant.alive || request.now >= code.expires {
        return Err(bad_grant(
            70_008,
            "The provided authorization code or refresh token has expired due to inactivity.",
        ));
    }
    if grant.redirect_uri != redirect_uri {
        return Err(bad_grant(500_112, "The reply address does not match the one of the authorization request."));
    }
    prove(code.challenge.as_deref(), request.params.get("code_verifier"))?;
    if let Some(code) = change.grants.codes.get_mut(text) {
        code.used = true;
    }
    Ok(code.grant)
}

fn prove(challenge: Option<&str>, verifier: Option<&str>) -> Result<(), Refusal> {
    let text = match (challenge, verifier) {
        (None, None) => return Ok(()),
        (Some(challenge), Some(verifier)) if is_verifier(verifier) && random::challenge(verifier) == challenge => {
            return Ok(());
        }
        (Some(_), None) => "The request was expected to have a code_verifier.",
        (_, Some(_)) => "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    };
    Err(bad_grant(501_481, text))
}

fn redeem_refresh(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    let token = request.required("refresh_token")?;
    let invalid = || bad_grant(70_000, "Provided grant is invalid or malformed.").further("bad_token");
    let refresh = change.grants.refresh(token).ok_or_else(invalid)?;
    let grant = change.grants.get(refresh.grant).ok_or_else(invalid)?;
    if grant.provider != Provider::Entra || grant.client != client.id {
        return Err(invalid());
    }
    if let Some(refusal) = worthless(change, &refresh, request.now) {
        return Err(refusal);
    }
    change.grants.rotate(token, request.now);
    Ok(refresh.grant)
}

/// Why a refresh token gives nothing any more.
fn worthless(change: &Changing, refresh: &Refresh, now: i64) -> Option<Refusal> {
    let issued = timestamp(refresh.issued);
    match refresh.standing(&change.grants, &change.settings, now) {
        Standing::Good => None,
        Standing::Ended => Some(bad_grant(700_084, format!(
            "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of \
             1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to \
             the sign in page. The token was issued on {issued}."
        )).further("bad_token")),
        Standing::Idle => Some(bad_grant(700_082, format!(
            "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for \
             90.00:00:00."
        )).further("bad_token")),
        Standing::Dead | Standing::Consumed => Some(bad_grant(50_173, format!(
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have \
             changed or reset their password. The grant was issued on '{issued}'."
        )).further("bad_token")),
    }
}

fn act_for_itself(change: &mut Changing, request: &Request<'_>, client: &Client) -> Result<GrantId, Refusal> {
    if client.kind == Kind::SinglePage {
        return Err(
            Refusal::new("unauthorized_client", 700_030).saying("The application may not act for itself.".into())
        );
    }
    if request.tenant == Tenant::Any {
        let text =
            "No tenant-identifying information found in either the request or implied by any provided credentials.";
        return Err(Refusal::new("invalid_request", 50_059).saying(text.into()));
    }
    let scopes = authorize::check::words(request.params, "scope");
    if scopes.is_empty() {
        return Err(Refusal::missing("scope"));
    }
    if let Some(wrong) = scopes.iter().find(|scope| !scope.ends_with("/.default")) {
        return Err(Refusal::new("invalid_scope", 1_002_012).saying(format!(
            "The provided value for scope {wrong} is not valid. Client credential flows must have a scope value with \
             /.default suffixed to the resource identifier (application ID URI)."
        )));
    }
    one_resource(&scopes)?;
    Ok(change.grants.add(Grant::of_machine(Provider::Entra, client.id, scopes, request.now)))
}

/// The answer. It does not list `offline_access`, which is no right of the access token.
fn issue(change: &mut Changing, request: &Request<'_>, id: GrantId) -> Value {
    let lifetime = change.settings.access_token_lifetime;
    let access = change.grants.issue_access(id, request.now + seconds(lifetime));
    let Some(grant) = change.grants.get(id).cloned() else { return Value::Null };
    let mut answer = json!({"token_type": "Bearer", "expires_in": lifetime, "ext_expires_in": lifetime,
        "access_token": access});
    let Some(user) = request.sim.world().user(&grant.user) else { return answer };
    let has = |scope: &str| grant.scopes.iter().any(|given| given == scope);
    let listed: Vec<&str> =
        grant.scopes.iter().map(String::as_str).filter(|scope| *scope != "offline_access").collect();
    answer["scope"] = listed.join(" ").into();
    if has("openid") {
        answer["id_token"] = id_token(request, &grant, user, lifetime).into();
    }
    if has("offline_access") && change.settings.give_refresh_token {
        answer["refresh_token"] = change.grants.issue_refresh(id, request.now).into();
        if clients::find(Provider::Entra, &grant.client).is_some_and(|client| client.kind == Kind::SinglePage) {
            let left = grant.started + seconds(change.settings.entra_spa_refresh_lifetime) - request.now;
            answer["refresh_token_expires_in"] = (left / 1000).into();
        }
    }
    answer
}

/// A JSON Web Token of the right shape. Its signature is made up: nobody who gets it from here needs to check it
/// (OpenID Connect, section 3.1.3.7, point 6).
fn id_token(request: &Request<'_>, grant: &Grant, user: &crate::data::User, lifetime: u64) -> String {
    let now = request.now / 1000;
    let mut claims = json!({
        "aud": grant.client, "iss": format!("{}/entra/{TENANT}/v2.0", request.sim.base()), "iat": now, "nbf": now,
        "exp": now.saturating_add_unsigned(lifetime), "oid": random::uuid_of(&user.account_id),
        "sub": userinfo::subject(grant, user), "tid": TENANT, "ver": "2.0",
    });
    let has = |scope: &str| grant.scopes.iter().any(|given| given == scope);
    if has("profile") {
        claims["name"] = user.display_name.clone().into();
        claims["preferred_username"] = user.email.clone().into();
    }
    if has("email") {
        claims["email"] = user.email.clone().into();
    }
    if let Some(nonce) = &grant.nonce {
        claims["nonce"] = nonce.clone().into();
    }
    let header = json!({"typ": "JWT", "alg": "RS256", "kid": "simulator"});
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(&header), part(&claims), random::token(342))
}
