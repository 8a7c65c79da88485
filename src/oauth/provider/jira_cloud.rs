//! Jira Cloud, OAuth 2.0 (3LO).
//!
//! Source: developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps. There is no public client: a secret is wanted on
//! exchange and refresh even with PKCE, so the client is a team's broker or a company's own app.

use super::{Encoding, Manners, STANDARD, days};

/// Where people sign in.
pub const AUTH_ROOT: &str = "https://auth.atlassian.com";
/// Where tokens are used.
pub const API_ROOT: &str = "https://api.atlassian.com";
/// Read issues and people, know who signed in, and get a refresh token. Nothing here changes anything in Jira.
pub const SCOPES: &[&str] = &["read:jira-work", "read:jira-user", "read:me", "offline_access"];

pub(super) const MANNERS: Manners = Manners {
    authorize_extra: &[("audience", "api.atlassian.com"), ("prompt", "consent")],
    encoding: Encoding::Json,
    manage_url: Some("https://id.atlassian.com/manage-profile/apps"),
    // Whether the revocation endpoint honours apps of this kind is not documented: we try, and claim nothing.
    revocation_is_proof: false,
    name: "Jira Cloud",
    is_jira: true,
    inactivity: Some(days(90)),
    ..STANDARD
};
