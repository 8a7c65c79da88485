//! `GET _control/grants`: what every consent is worth at this moment, without a secret.

use crate::oauth::grants::{Grant, GrantId, Refresh};
use crate::oauth::standing::Standing;
use crate::random::fingerprint;
use crate::state::{Changing, Sim};
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

/// Every grant, oldest first. A test that asks "was the session really alive?" compares the fingerprint of the token it
/// has with `good_refresh_tokens`.
pub(super) async fn list(State(sim): State<Sim>) -> Json<Value> {
    let now = sim.now();
    let change = sim.change();
    Json(change.grants.all().into_iter().map(|(id, grant)| one(&change, (id, grant), now)).collect())
}

fn one(change: &Changing, (id, grant): (GrantId, &Grant), now: i64) -> Value {
    let tokens = change.grants.refresh_tokens(id);
    let good = |refresh: &Refresh| refresh.standing(&change.grants, &change.settings, now) == Standing::Good;
    let newest = tokens.last().map(|(token, refresh)| {
        json!({"fingerprint": fingerprint(token), "issued_ms": refresh.issued, "used": refresh.rotated.is_some(),
            "good": good(refresh)})
    });
    let all_good = tokens.iter().filter(|(_, refresh)| good(refresh)).map(|(token, _)| fingerprint(token));
    json!({
        "id": id, "provider": grant.provider, "client": grant.client, "subject": grant.user, "scopes": grant.scopes,
        "alive": grant.alive, "started_ms": grant.started, "refreshes": grant.refreshes, "refresh_token": newest,
        "good_refresh_tokens": all_good.collect::<Vec<_>>(),
        "good_access_tokens": change.grants.good_access_tokens(id, now),
    })
}
