//! Jira Data Center as OAuth 2.0 provider.
//!
//! Source: confluence.atlassian.com/adminjiraserver101/jira-oauth-2-0-provider-api-1455427907.html. Refresh wants the
//! redirect address again, and the client secret unless the administrator turned that check off.

use super::{Manners, STANDARD};

/// Read what the person may read.
pub const SCOPES: &[&str] = &["READ"];
/// Below the base address.
pub const AUTHORIZE_PATH: &str = "/rest/oauth2/latest/authorize";
/// Below the base address.
pub const TOKEN_PATH: &str = "/rest/oauth2/latest/token";

pub(super) const MANNERS: Manners =
    Manners { refresh_sends_redirect_uri: true, name: "Jira Data Center", is_jira: true, ..STANDARD };
