//! Who we are to a server: the client id and how the client proves itself.

use crate::json::{self, Read};
use crate::oauth::provider::ProviderKind;
use crate::readable;
use crate::secret::Secret;
use serde::Serialize;
use serde_json::Value;

/// How the client proves itself at the token endpoint (RFC 6749 §2.3).
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// A public client, or one whose secret a broker adds.
    None,
    /// The secret in the request's body.
    SecretPost {
        /// The client secret.
        secret: Secret,
    },
    /// The secret in the `Authorization` header.
    SecretBasic {
        /// The client secret.
        secret: Secret,
    },
}

impl ClientAuthentication {
    /// The client secret, where there is one.
    pub fn secret(&self) -> Option<&Secret> {
        match self {
            Self::None => None,
            Self::SecretPost { secret } | Self::SecretBasic { secret } => Some(secret),
        }
    }
}

impl Read for ClientAuthentication {
    fn read(data: &Value) -> Option<Self> {
        match json::text(data, "method") {
            "none" => Some(Self::None),
            "secret_post" => Some(Self::SecretPost { secret: json::field(data, "secret")? }),
            "secret_basic" => Some(Self::SecretBasic { secret: json::field(data, "secret")? }),
            _ => None,
        }
    }
}

/// All that the protocol needs to know to talk to one server as one client. Stored with the account.
#[derive(Clone, Debug, Serialize)]
pub struct Registration {
    /// Which server this is; says how it differs from the standard.
    pub provider: ProviderKind,
    /// Where the person is sent to consent.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are exchanged: the server's own, or the broker's.
    pub token_endpoint: String,
    /// RFC 7009, where known.
    pub revocation_endpoint: Option<String>,
    /// OpenID Connect user info, where known.
    pub userinfo_endpoint: Option<String>,
    /// The server's name for itself; compared with `iss` in the authorization response (RFC 9207).
    pub issuer: Option<String>,
    /// Whether the server promises to send `iss`.
    pub issuer_is_sent: bool,
    /// The client id.
    pub client_id: String,
    /// How the client proves itself.
    pub authentication: ClientAuthentication,
    /// Whether `token_endpoint` is a broker's.
    pub broker: bool,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Jira's REST root: `https://api.atlassian.com` for Cloud, the base address for Data Center, empty for others.
    pub api_root: String,
}

readable!(Registration {
    provider, authorization_endpoint, token_endpoint, revocation_endpoint, userinfo_endpoint, issuer, client_id, authentication,
    scopes; issuer_is_sent, broker, api_root
});
