//! What Entra publishes about itself.

use super::{TENANT, Tenant};
use crate::state::Sim;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

/// `GET …/v2.0/.well-known/openid-configuration`. For `common` and `organizations` the issuer is a template, with
/// `{tenantid}` in it, as Entra really publishes it. Nothing is said of PKCE: Entra does not.
pub(super) async fn show(State(sim): State<Sim>, Path(tenant): Path<String>) -> Response {
    let issued_by = match Tenant::of(&tenant) {
        Ok(Tenant::Any) => "{tenantid}",
        Ok(Tenant::Own) => TENANT,
        Err(refusal) => return refusal.answer(sim.now()),
    };
    let named = if issued_by == TENANT { TENANT } else { tenant.as_str() };
    let base = sim.base();
    let endpoint = |name: &str| format!("{base}/entra/{named}/oauth2/v2.0/{name}");
    Json(json!({
        "token_endpoint": endpoint("token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": format!("{base}/entra/{named}/discovery/v2.0/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": format!("{base}/entra/{issued_by}/v2.0"),
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{base}/graph/oidc/userinfo"),
        "authorization_endpoint": endpoint("authorize"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": endpoint("logout"),
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver",
            "email"],
        "tenant_region_scope": if issued_by == TENANT { json!("EU") } else { Value::Null },
    }))
    .into_response()
}

/// `GET …/discovery/v2.0/keys`: nobody here verifies a signature.
pub(super) async fn keys() -> Json<Value> {
    Json(json!({"keys": []}))
}
