//! Who we are to a server: the client id, how the client proves itself, and how it comes to its tokens.

use crate::json::{self, Read};
use crate::oauth::address;
use crate::oauth::authorization::Ask;
use crate::oauth::parameters::Extra;
use crate::oauth::provider::ProviderKind;
use crate::readable;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// How the client proves itself at the token endpoint (RFC 6749 §2.3).
#[derive(Clone, Debug, Default, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// A public client, or one whose secret a broker adds.
    #[default]
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
    /// The secret stands in the administrator's policy and is taken from there at each use, so that a new one is picked up;
    /// see [`crate::settings::policy::at_use`]. Unresolved it proves nothing.
    FromPolicy {
        /// Whether it belongs in the `Authorization` header.
        in_header: bool,
    },
}

impl ClientAuthentication {
    /// The client secret, where there is one.
    pub fn secret(&self) -> Option<&Secret> {
        match self {
            Self::None | Self::FromPolicy { .. } => None,
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
            "from_policy" => Some(Self::FromPolicy { in_header: json::field(data, "in_header")? }),
            _ => None,
        }
    }
}

/// How the tokens are come by. There is no implicit and no password grant (CHECKLISTS D7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantKind {
    /// The person consents in a window; then refresh tokens (RFC 6749 §4.1 and §6).
    #[default]
    AuthorizationCode,
    /// The client for itself, without a person (RFC 6749 §4.4).
    ClientCredentials,
    /// Jira Cloud: a token made by hand, used with the mail address.
    ApiToken,
    /// Jira Data Center: a token made by hand.
    PersonalAccessToken,
}

readable!(GrantKind: AuthorizationCode "authorization_code", ClientCredentials "client_credentials", ApiToken "api_token",
    PersonalAccessToken "personal_access_token");

/// All that the protocol needs to know to talk to one server as one client. Stored with the account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Registration {
    /// Which server this is; says how it differs from the standard.
    pub provider: ProviderKind,
    /// How the tokens are come by.
    pub grant: GrantKind,
    /// Where the person is sent to consent.
    pub authorization_endpoint: String,
    /// Where codes and refresh tokens are exchanged: the server's own, or the broker's.
    pub token_endpoint: String,
    /// RFC 7009, where known.
    pub revocation_endpoint: Option<String>,
    /// OpenID Connect user info, where known.
    pub userinfo_endpoint: Option<String>,
    /// The server's name for itself; compared with `iss` in the authorization response (RFC 9207) and in id tokens. `{tenantid}`
    /// in it stands for any tenant.
    pub issuer: Option<String>,
    /// Whether the server promises to send `iss`.
    pub issuer_is_sent: bool,
    /// The client id.
    pub client_id: String,
    /// How the client proves itself.
    pub authentication: ClientAuthentication,
    /// Whether `token_endpoint` is a broker's.
    pub broker: bool,
    /// Entra: whether the app is registered as a single-page one, whose requests must say where they come from.
    pub single_page: bool,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// The person's own parameters for the authorization request.
    pub authorize_extra: Extra,
    /// The person's own parameters for token requests.
    pub token_extra: Extra,
    /// Jira's REST root: `https://api.atlassian.com` for Cloud, the base address for Data Center, empty for others.
    pub api_root: String,
    /// API token: the site's address.
    pub site_url: String,
    /// API token: the mail address it is used with.
    pub user: String,
    /// The saved or managed provider that this was made from.
    pub source: Option<String>,
}

readable!(Registration {
    provider, authorization_endpoint, token_endpoint, revocation_endpoint, userinfo_endpoint, issuer, client_id, authentication,
    scopes; issuer_is_sent, broker, api_root, grant, single_page, authorize_extra, token_extra, site_url, user, source
});

/// After how long a sign-in ends although nothing is wrong, where the provider says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Without a refresh for so long, the refresh token ends.
    pub inactivity: Option<Duration>,
    /// So long after the sign-in it ends whatever is done.
    pub absolute: Option<Duration>,
}

impl Registration {
    /// The value of the `Authorization` header that goes with an access token.
    pub fn authorization_header(&self, token: &Secret) -> Secret {
        Secret::new(match self.grant {
            GrantKind::ApiToken => {
                format!("Basic {}", STANDARD.encode(format!("{}:{}", self.user, token.expose())))
            }
            _ => format!("Bearer {}", token.expose()),
        })
    }

    /// What stands before the token in a request.
    pub fn token_type(&self) -> &'static str {
        if self.grant == GrantKind::ApiToken { "Basic" } else { "Bearer" }
    }

    /// Whether the access token was made by hand: nothing renews it, and only the person knows its end.
    pub fn is_made_by_hand(&self) -> bool {
        matches!(self.grant, GrantKind::ApiToken | GrantKind::PersonalAccessToken)
    }

    /// When its sign-ins end although nothing is wrong.
    pub fn limits(&self) -> Limits {
        let manners = self.provider.manners();
        match (self.grant, self.single_page) {
            (GrantKind::AuthorizationCode, true) => Limits { inactivity: None, absolute: manners.single_page_limit },
            (GrantKind::AuthorizationCode, false) => Limits { inactivity: manners.inactivity, absolute: None },
            _ => Limits::default(),
        }
    }

    /// Where a person sees and withdraws the grant, or the token made by hand.
    pub fn manage_url(&self) -> Option<String> {
        let below = |path: &str| Some(format!("{}{path}", self.api_root));
        match (self.provider, self.grant) {
            (_, GrantKind::ClientCredentials) => None,
            (ProviderKind::JiraCloud, GrantKind::ApiToken) => {
                Some("https://id.atlassian.com/manage-profile/security/api-tokens".to_owned())
            }
            (ProviderKind::JiraDataCenter, GrantKind::PersonalAccessToken) => below(
                "/secure/ViewProfile.jspa?selectedTab=com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens",
            ),
            (ProviderKind::JiraDataCenter, _) => below("/plugins/servlet/oauth/users/access-tokens"),
            _ => self.provider.manners().manage_url.map(str::to_owned),
        }
    }

    /// Whether an attempt without a window can succeed (OpenID Connect Core §3.1.2.1, `prompt=none`).
    pub fn can_ask_silently(&self) -> bool {
        self.grant == GrantKind::AuthorizationCode && self.knows_prompt()
    }

    /// The parameters that make the server ask in this way; none where it knows no such thing.
    pub fn prompt<'a>(&self, ask: &Ask<'a>) -> Vec<(&'static str, &'a str)> {
        if !self.knows_prompt() {
            return Vec::new();
        }
        // OpenID Connect Core §11: a server that keeps to the letter ignores `offline_access`, and gives nothing to refresh with,
        // unless the person is asked for consent. Entra does not.
        let consent = self.provider == ProviderKind::Other && self.scopes.iter().any(|scope| scope == "offline_access");
        match (ask, consent) {
            (Ask::Usual, false) => Vec::new(),
            (Ask::Usual, true) => vec![("prompt", "consent")],
            (Ask::AnotherAccount, false) => vec![("prompt", "select_account")],
            (Ask::AnotherAccount, true) => vec![("prompt", "select_account consent")],
            (Ask::Silent { login_hint: "" }, _) => vec![("prompt", "none")],
            (Ask::Silent { login_hint }, _) => vec![("prompt", "none"), ("login_hint", login_hint)],
        }
    }

    /// Jira has no such parameter: Cloud is always asked with its own, Data Center knows none.
    fn knows_prompt(&self) -> bool {
        !self.provider.manners().is_jira && self.scopes.iter().any(|scope| scope == "openid")
    }

    /// Whether both are the same app at the same server: accounts of one person at one app are one account.
    pub fn is_same_app(&self, other: &Self) -> bool {
        (self.provider, self.grant) == (other.provider, other.grant)
            && self.client_id == other.client_id
            && self.api_root == other.api_root
            && self.authorization_endpoint == other.authorization_endpoint
            && self.site_url == other.site_url
            // A machine is sent nowhere to sign in: what tells its server is where it gets its tokens.
            && (self.grant != GrantKind::ClientCredentials || self.token_endpoint == other.token_endpoint)
    }

    /// Whether what a server calls itself fits what is known of it. Where nobody told us its name, the word is held against the
    /// host the person was sent to.
    pub fn accepts_issuer(&self, sent: &str) -> bool {
        match &self.issuer {
            None => address::same_origin(sent, &self.authorization_endpoint),
            Some(known) => match known.split_once("{tenantid}") {
                None => sent == known,
                Some((before, after)) => sent
                    .strip_prefix(before)
                    .and_then(|rest| rest.strip_suffix(after))
                    .is_some_and(|tenant| !tenant.is_empty() && !tenant.contains('/')),
            },
        }
    }

    /// What to do when the server does not accept this client and says why in these words.
    pub fn advice(&self, words: &str) -> String {
        if self.broker {
            return "Tell the people who run your broker; signing in again does not help.".to_owned();
        }
        let known = self.provider.manners().advice.iter().find(|(mark, _)| words.contains(mark));
        let advice = match (known, &self.authentication) {
            (Some((_, advice)), _) => advice,
            (None, ClientAuthentication::FromPolicy { .. }) => {
                "The settings of this app come from your administrator: tell them."
            }
            (None, ClientAuthentication::None) => "Check the client id, and whether this server wants a client secret.",
            (None, _) => "Check the client id and the client secret.",
        };
        advice.to_owned()
    }
}
