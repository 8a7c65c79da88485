//! The servers we know, each a small file that says only what differs.

use crate::readable;
use serde::Serialize;
use std::time::Duration;

pub mod jira_cloud;
pub mod jira_data_center;
pub mod microsoft_entra;
pub mod other;

/// Which server an account is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ProviderKind {
    /// Jira Cloud at Atlassian.
    JiraCloud,
    /// A company's own Jira Data Center.
    JiraDataCenter,
    /// Microsoft Entra ID, once called Azure AD.
    MicrosoftEntra,
    /// Any other OAuth 2.0 server.
    #[default]
    Other,
}

readable!(ProviderKind: JiraCloud "jira_cloud", JiraDataCenter "jira_data_center", MicrosoftEntra "microsoft_entra",
    Other "other");

/// How a token request's parameters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`, the standard (RFC 6749 §4.1.3).
    Form,
    /// A JSON object.
    Json,
}

/// What is particular about a server.
#[derive(Debug)]
pub struct Manners {
    /// Parameters added to the authorization request.
    pub authorize_extra: &'static [(&'static str, &'static str)],
    /// How token requests are written.
    pub encoding: Encoding,
    /// Whether a refresh must repeat the redirect address.
    pub refresh_sends_redirect_uri: bool,
    /// Where a person withdraws the grant by hand, if that is one place for all.
    pub manage_url: Option<&'static str>,
    /// Whether an answer of 200 from the revocation endpoint proves that the tokens are void.
    pub revocation_is_proof: bool,
    /// The provider's name in sentences.
    pub name: &'static str,
    /// Whether there is a Jira to talk to.
    pub is_jira: bool,
    /// How long a refresh token lives unused, where that is documented.
    pub inactivity: Option<Duration>,
    /// How long after the sign-in a single-page app's refresh tokens end, used or not.
    pub single_page_limit: Option<Duration>,
    /// What to do about refusals that are known by a mark in the server's words.
    pub advice: &'static [(&'static str, &'static str)],
}

/// The standard: what a server does of which we know nothing particular.
const STANDARD: Manners = Manners {
    authorize_extra: &[],
    encoding: Encoding::Form,
    refresh_sends_redirect_uri: false,
    manage_url: None,
    revocation_is_proof: false,
    name: "the server",
    is_jira: false,
    inactivity: None,
    single_page_limit: None,
    advice: &[],
};

/// A day, in which providers count.
const fn days(count: u64) -> Duration {
    Duration::from_secs(count * 24 * 60 * 60)
}

impl ProviderKind {
    /// What is particular about this server.
    pub fn manners(self) -> &'static Manners {
        match self {
            Self::JiraCloud => &jira_cloud::MANNERS,
            Self::JiraDataCenter => &jira_data_center::MANNERS,
            Self::MicrosoftEntra => &microsoft_entra::MANNERS,
            Self::Other => &other::MANNERS,
        }
    }
}
