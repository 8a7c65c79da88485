//! What a server says of itself: OpenID Connect discovery, RFC 8414, and a broker's own document.

use crate::json::{self, Read};
use crate::oauth::address;
use crate::oauth::provider::ProviderKind;
use crate::readable;
use serde_json::Value;

#[cfg(test)]
mod tests;

/// Where a server with this issuer describes itself, most likely first: OpenID Connect Discovery §4, then RFC 8414 §3.
pub fn addresses(issuer: &str) -> Vec<String> {
    let issuer = issuer.trim_end_matches('/');
    let mut found = vec![format!("{issuer}/.well-known/openid-configuration")];
    if let Some((scheme, rest)) = issuer.split_once("://") {
        let (host, path) =
            rest.split_once('/').map_or((rest, String::new()), |(host, path)| (host, format!("/{path}")));
        found.push(format!("{scheme}://{host}/.well-known/oauth-authorization-server{path}"));
    }
    found
}

/// Where a broker describes itself.
pub fn broker_address(broker: &str) -> String {
    format!("{broker}/.well-known/chat-for-jira")
}

/// The parts of a server's metadata that we use (RFC 8414 §2).
#[derive(Clone, Debug)]
pub struct Metadata {
    /// The server's name for itself.
    pub issuer: String,
    /// Where people consent.
    pub authorization_endpoint: String,
    /// Where codes are exchanged.
    pub token_endpoint: String,
    /// RFC 7009.
    pub revocation_endpoint: Option<String>,
    /// OpenID Connect.
    pub userinfo_endpoint: Option<String>,
    /// Which PKCE methods there are; absent where the server does not say.
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// How clients may prove themselves; the standard's default is `client_secret_basic`.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// Whether the server sends `iss` (RFC 9207).
    pub authorization_response_iss_parameter_supported: bool,
}

readable!(Metadata {
    issuer, authorization_endpoint, token_endpoint, revocation_endpoint, userinfo_endpoint, code_challenge_methods_supported,
    token_endpoint_auth_methods_supported; authorization_response_iss_parameter_supported
});

/// A broker's description: who to be, and where to go.
#[derive(Clone, Debug)]
pub struct BrokerMetadata {
    /// The client id of the app whose secret the broker holds.
    pub client_id: String,
    /// The provider's authorization endpoint.
    pub authorization_endpoint: String,
    /// The broker's own token endpoint.
    pub token_endpoint: String,
    /// What to ask for: a list, or a text with spaces.
    pub scopes: Vec<String>,
    /// The provider behind it.
    pub provider: ProviderKind,
}

impl Read for BrokerMetadata {
    fn read(data: &Value) -> Option<Self> {
        Some(Self {
            client_id: json::field(data, "client_id")?,
            authorization_endpoint: json::field(data, "authorization_endpoint")?,
            token_endpoint: json::field(data, "token_endpoint")?,
            // A list, or a text as OAuth writes it.
            scopes: match data["scopes"].as_str() {
                Some(text) => text.split_whitespace().map(str::to_owned).collect(),
                None => json::field(data, "scopes")?,
            },
            provider: json::field(data, "provider")?,
        })
    }
}

/// Why a description cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscoveryError {
    /// It is not the JSON it should be.
    Unreadable,
    /// It speaks for another issuer (RFC 8414 §3.3: must be identical).
    AnotherIssuer(String),
    /// An endpoint is not an https address; its name.
    BadEndpoint(&'static str),
    /// The server has PKCE, but not the method S256.
    NoS256,
}

/// Judges a server's description against the issuer it was asked for.
pub fn judge(body: &[u8], issuer: &str, loopback: bool) -> Result<Metadata, DiscoveryError> {
    let found: Metadata = read(body)?;
    // A slash at the end is what people leave out or add; everything else must be identical.
    if found.issuer.trim_end_matches('/') != issuer.trim_end_matches('/') {
        return Err(DiscoveryError::AnotherIssuer(found.issuer));
    }
    check("authorization_endpoint", Some(&found.authorization_endpoint), loopback)?;
    check("token_endpoint", Some(&found.token_endpoint), loopback)?;
    check("revocation_endpoint", found.revocation_endpoint.as_ref(), loopback)?;
    check("userinfo_endpoint", found.userinfo_endpoint.as_ref(), loopback)?;
    match &found.code_challenge_methods_supported {
        Some(methods) if !methods.iter().any(|method| method == "S256") => Err(DiscoveryError::NoS256),
        _ => Ok(found),
    }
}

/// Judges a broker's description.
pub fn judge_broker(body: &[u8], loopback: bool) -> Result<BrokerMetadata, DiscoveryError> {
    let found: BrokerMetadata = read(body)?;
    check("authorization_endpoint", Some(&found.authorization_endpoint), loopback)?;
    check("token_endpoint", Some(&found.token_endpoint), loopback)?;
    Ok(found)
}

fn check(name: &'static str, endpoint: Option<&String>, loopback: bool) -> Result<(), DiscoveryError> {
    match endpoint.map(|endpoint| address::read_whole(endpoint, loopback)) {
        None | Some(Ok(_)) => Ok(()),
        Some(Err(_bad)) => Err(DiscoveryError::BadEndpoint(name)),
    }
}

fn read<T: Read>(body: &[u8]) -> Result<T, DiscoveryError> {
    json::parse(body).and_then(|document| T::read(&document)).ok_or(DiscoveryError::Unreadable)
}
