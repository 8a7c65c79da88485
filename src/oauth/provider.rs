//! The servers we know, each a small file that says only what differs.

use crate::readable;
use serde::Serialize;

pub mod jira_cloud;
pub mod jira_data_center;
pub mod other;

/// Which server an account is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ProviderKind {
    /// Jira Cloud at Atlassian.
    JiraCloud,
    /// A company's own Jira Data Center.
    JiraDataCenter,
    /// Any other OAuth 2.0 server.
    Other,
}

readable!(ProviderKind: JiraCloud "jira_cloud", JiraDataCenter "jira_data_center", Other "other");

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
    /// Where a person withdraws the grant by hand.
    pub manage_url: Option<&'static str>,
    /// Whether an answer of 200 from the revocation endpoint proves that the tokens are void.
    pub revocation_is_proof: bool,
    /// The provider's name in sentences.
    pub name: &'static str,
    /// Whether there is a Jira to talk to.
    pub is_jira: bool,
}

impl ProviderKind {
    /// What is particular about this server.
    pub fn manners(self) -> &'static Manners {
        match self {
            Self::JiraCloud => &jira_cloud::MANNERS,
            Self::JiraDataCenter => &jira_data_center::MANNERS,
            Self::Other => &other::MANNERS,
        }
    }
}
