//! The authorization request and the answer to it (RFC 6749 §4.1.1 and §4.1.2).

use crate::oauth::address::Address;
use crate::oauth::client::Registration;
use crate::oauth::{parameters, pkce};
use crate::platform::{Random, Timestamp};
use crate::readable;
use crate::secret::Secret;
use form_urlencoded::Serializer;
use serde::Serialize;

#[cfg(test)]
mod tests;

/// What must be remembered between sending the person away and their return. Kept in the session store, never on disk, and
/// removed before the answer is judged, so that an answer counts once.
#[derive(Clone, Debug, Serialize)]
pub struct Flow {
    /// Ties the answer to this request.
    pub state: Secret,
    /// PKCE code verifier.
    pub verifier: Secret,
    /// Where the person is sent back to.
    pub redirect_uri: String,
    /// When the person was sent away.
    pub started_at: Timestamp,
}

readable!(Flow { state, verifier, redirect_uri, started_at });

/// How the person is to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    /// As the server likes.
    Usual,
    /// So that the person can choose another account than the one the browser is signed in to.
    AnotherAccount,
    /// Not at all: the server answers at once, with a code or with the reason why it would have to ask.
    Silent {
        /// Who is expected; may be empty.
        login_hint: &'a str,
    },
}

impl Flow {
    /// A new flow with fresh secrets.
    pub fn begin(random: &impl Random, redirect_uri: String, now: Timestamp) -> Self {
        Self {
            state: Secret::new(pkce::random_text(random)),
            verifier: pkce::verifier(random),
            redirect_uri,
            started_at: now,
        }
    }

    /// The address to send the person to. It carries the challenge and the state, never the verifier or a client secret.
    ///
    /// `None` if the endpoint is not an address, or if its own query says what only we may say.
    pub fn authorization_url(&self, registration: &Registration, ask: &Ask<'_>) -> Option<String> {
        let endpoint = Address::parse(&registration.authorization_endpoint).ok()?;
        if form_urlencoded::parse(endpoint.query().as_bytes()).any(|(name, _)| parameters::is_ours(&name)) {
            return None;
        }
        let mut query = Serializer::new(endpoint.query().to_owned());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &registration.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", self.state.expose())
            .append_pair("code_challenge", &pkce::challenge(&self.verifier))
            .append_pair("code_challenge_method", "S256");
        if !registration.scopes.is_empty() {
            query.append_pair("scope", &registration.scopes.join(" "));
        }
        query.extend_pairs(registration.provider.manners().authorize_extra);
        let prompt = registration.prompt(ask);
        let own = parameters::allowed(&registration.authorize_extra);
        // The person's own word on how to ask counts where nothing else is wanted.
        let counts = |name: &str| *ask == Ask::Usual || !prompt.iter().any(|(ours, _)| *ours == name);
        let own: Vec<_> = own.filter(|(name, _)| counts(name)).collect();
        query.extend_pairs(prompt.iter().filter(|(name, _)| !own.iter().any(|(theirs, _)| theirs == name)));
        query.extend_pairs(own);
        Some(endpoint.with_query(&query.finish()))
    }
}

/// Why an answer does not give a code. No token request follows any of these (CHECKLISTS D10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackError {
    /// It came to another address than the one agreed.
    ForeignRedirect,
    /// The state is missing, another one, or there twice.
    StateMismatch,
    /// The answer comes from another server than the one asked (RFC 9207).
    IssuerMismatch {
        /// What the server calls itself, if it said so.
        sent: Option<String>,
    },
    /// The person or the server refused: `error` and `error_description` of RFC 6749 §4.1.2.1.
    Refused {
        /// The error code.
        error: String,
        /// The server's words.
        description: String,
    },
    /// Neither a code nor an error, or either of them twice.
    Malformed,
}

/// The parameters of a callback that mean something to us, each at most once.
#[derive(Default)]
struct Parameters {
    code: Option<String>,
    state: Option<String>,
    issuer: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

/// Judges the address the person came back to: the authorization code, or why there is none.
pub fn judge_callback(callback: &str, flow: &Flow, registration: &Registration) -> Result<Secret, CallbackError> {
    let (address, query) = split_query(callback);
    if address != flow.redirect_uri {
        return Err(CallbackError::ForeignRedirect);
    }
    let sent = read_parameters(query)?;
    match (&sent.state, &sent.error) {
        (Some(state), _) if state == flow.state.expose() => {}
        // Some servers leave the state out of an error; without a code nothing can be injected.
        (None, Some(_)) if sent.code.is_none() => {}
        _ => return Err(CallbackError::StateMismatch),
    }
    check_issuer(sent.issuer.as_deref(), registration, sent.error.is_some())?;
    if let Some(error) = sent.error {
        return Err(CallbackError::Refused { error, description: sent.description.unwrap_or_default() });
    }
    sent.code.filter(|code| !code.is_empty()).map(Secret::new).ok_or(CallbackError::Malformed)
}

fn split_query(callback: &str) -> (&str, &str) {
    let whole = callback.split_once('#').map_or(callback, |(before, _)| before);
    whole.split_once('?').unwrap_or((whole, ""))
}

fn read_parameters(query: &str) -> Result<Parameters, CallbackError> {
    let mut sent = Parameters::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let slot = match &*name {
            "code" => &mut sent.code,
            "state" => &mut sent.state,
            "iss" => &mut sent.issuer,
            "error" => &mut sent.error,
            "error_description" => &mut sent.description,
            _ => continue,
        };
        // RFC 6749 §3.1: parameters must not be included more than once.
        if slot.replace(value.into_owned()).is_some() {
            return Err(if name == "state" { CallbackError::StateMismatch } else { CallbackError::Malformed });
        }
    }
    Ok(sent)
}

/// RFC 9207 §2.4.
fn check_issuer(sent: Option<&str>, registration: &Registration, is_error: bool) -> Result<(), CallbackError> {
    let fits = sent.map_or(!registration.issuer_is_sent || is_error, |sent| registration.accepts_issuer(sent));
    if fits { Ok(()) } else { Err(CallbackError::IssuerMismatch { sent: sent.map(str::to_owned) }) }
}
