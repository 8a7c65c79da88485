//! Who asks for a token.

use super::{Refusal, missing};
use crate::oauth::Provider;
use crate::oauth::clients::{self, Client, Kind};
use crate::params::Params;
use crate::settings::SecretIn;
use crate::state::Changing;
use axum::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The client, if it has shown what it must.
pub(crate) fn authenticate(
    change: &Changing,
    provider: Provider,
    headers: &HeaderMap,
    params: &Params,
) -> Result<Client, Refusal> {
    let header = basic(headers);
    let in_header = header.is_some();
    let (id, secret) = header
        .or_else(|| {
            Some((params.get("client_id")?.to_owned(), params.get("client_secret").unwrap_or_default().to_owned()))
        })
        .ok_or_else(|| missing(provider))?;
    let required = |client: &Client| match provider {
        Provider::Cloud => change.settings.cloud_secret_required,
        Provider::DataCenter => change.settings.data_center_secret_required,
        Provider::Generic | Provider::Entra => client.kind != Kind::Public,
    };
    let place_fits = match (provider, change.settings.generic_secret_in) {
        (Provider::Generic, SecretIn::Header) => in_header || secret.is_empty(),
        (Provider::Generic, SecretIn::Body) => !in_header,
        _ => true,
    };
    match clients::find(provider, &id) {
        // A secret that is sent must be right, even where none is needed.
        Some(client)
            if place_fits && (client.secret == Some(secret.as_str()) || (secret.is_empty() && !required(&client))) =>
        {
            Ok(client)
        }
        _ => Err(unknown(provider, in_header)),
    }
}

fn unknown(provider: Provider, in_header: bool) -> Refusal {
    match provider {
        Provider::Cloud => Refusal::new(401, "access_denied", "Unauthorized"),
        Provider::DataCenter => Refusal::new(401, "invalid_client", ""),
        Provider::Generic | Provider::Entra => {
            Refusal { challenge: in_header, ..Refusal::new(401, "invalid_client", "Client authentication failed") }
        }
    }
}

/// Id and secret of `Authorization: Basic` (form-encoded inside, RFC 6749, section 2.3.1).
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let plain = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
    let (id, secret) = plain.split_once(':')?;
    let decode = |part: &str| Params::form(&format!("v={part}")).get("v").unwrap_or_default().to_owned();
    Some((decode(id), decode(secret)))
}
