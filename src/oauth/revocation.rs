//! Giving tokens back (RFC 7009). Signing out clears the local copies whatever the answer is (CHECKLISTS D15).

use crate::oauth::client::{ClientAuthentication, Registration};
use crate::oauth::token_endpoint::{TIMEOUT, basic, form};
use crate::platform::{Content, HttpError, HttpRequest, HttpResponse, Method};
use crate::secret::Secret;

/// The request that voids a refresh token (and with it, at most servers, its access tokens), or an access token where there
/// is no other. `None` if the server has no such endpoint.
pub fn request(registration: &Registration, token: &Secret, is_refresh_token: bool) -> Option<HttpRequest> {
    let url = registration.revocation_endpoint.clone()?;
    let hint = if is_refresh_token { "refresh_token" } else { "access_token" };
    let mut parameters =
        vec![("token", token.expose()), ("token_type_hint", hint), ("client_id", registration.client_id.as_str())];
    let mut headers = vec![("content-type".to_owned(), Secret::new("application/x-www-form-urlencoded"))];
    match &registration.authentication {
        ClientAuthentication::None | ClientAuthentication::FromPolicy { .. } => {}
        ClientAuthentication::SecretPost { secret } => parameters.push(("client_secret", secret.expose())),
        ClientAuthentication::SecretBasic { secret } => {
            headers.push(("authorization".to_owned(), basic(&registration.client_id, secret)));
        }
    }
    let body = Some(Content::Text(Secret::new(form(&parameters))));
    Some(HttpRequest { method: Method::Post, url, headers, body, timeout: TIMEOUT })
}

/// Whether the token is known to be void: the server said so and is one whose word proves it.
pub fn judge(registration: &Registration, answer: &Result<HttpResponse, HttpError>) -> bool {
    registration.provider.manners().revocation_is_proof && matches!(answer, Ok(response) if response.is_success())
}
