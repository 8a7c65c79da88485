//! What tests may turn: `POST /_control/settings` takes any subset of these members.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the authorize page does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentMode {
    /// Shows its pages and waits for the person.
    #[default]
    Ask,
    /// Sends everybody back with a code at once, signed in as the default user.
    Accept,
    /// Sends everybody back with `access_denied` at once.
    Deny,
}

/// How a grant that is no longer good is refused at Jira Cloud's token endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadGrant {
    /// What the live service answers: `unauthorized_client`, "refresh_token is invalid".
    #[default]
    UnauthorizedClient,
    /// What Atlassian documents: `invalid_grant`, "Unknown or invalid refresh token."
    InvalidGrant,
}

/// Where a confidential client's secret belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretIn {
    /// In the `Authorization` header (`client_secret_basic`), as RFC 6749 wants every server to take it.
    #[default]
    Header,
    /// In the body (`client_secret_post`).
    Body,
    /// In either.
    Either,
}

/// Everything that can be turned. Times are seconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How long an access token lives.
    pub access_token_lifetime: u64,
    /// How long a rotated refresh token of Jira Cloud may be used once more.
    pub refresh_leeway: u64,
    /// How long an unused refresh token lives.
    pub refresh_idle_lifetime: u64,
    /// How long an authorization code lives.
    pub code_lifetime: u64,
    /// Whether refresh tokens are given at all.
    pub give_refresh_token: bool,
    /// What the authorize page does.
    pub consent: ConsentMode,
    /// The status of the page that says the password is wrong. 401 ends a browser's web-auth flow.
    pub wrong_password_status: u16,
    /// How many Jira sites the person has: 0, 1 or 2.
    pub sites: usize,
    /// Whether `accessible-resources` lists a Confluence container beside the Jira sites, under the id of the first one.
    pub confluence_beside: bool,
    /// Whether Jira Cloud wants the client secret.
    pub cloud_secret_required: bool,
    /// Whether Jira Data Center validates the client secret.
    pub data_center_secret_required: bool,
    /// How Jira Cloud refuses a dead grant.
    pub dead_grant: DeadGrant,
    /// The status with which Jira Cloud's API refuses an expired or unknown access token: 401, 403 or 404.
    pub expired_token_status: u16,
    /// Whether the generic server names another issuer than its own when it sends the person back.
    pub wrong_issuer: bool,
    /// Whether the state comes back changed.
    pub tamper_state: bool,
    /// How long after the sign-in the refresh tokens of Entra's single-page client end.
    pub entra_spa_refresh_lifetime: u64,
    /// Parameters without which the generic server follows no authorization request, with the value they must have.
    pub generic_required_authorize: BTreeMap<String, String>,
    /// The same for its token endpoint.
    pub generic_required_token: BTreeMap<String, String>,
    /// How the generic server's confidential clients must show their secret.
    pub generic_secret_in: SecretIn,
    /// The scopes of the Jira Cloud API token.
    pub api_token_scopes: Vec<String>,
    /// Whether writes with an API token or a personal access token that look like a browser's are refused.
    pub xsrf_check: bool,
    /// Permissions that nobody has: `EDIT_ISSUES`, or `MOB:EDIT_ISSUES` for one project.
    pub denied_permissions: Vec<String>,
    /// Permissions that everybody has, also where the project's lead alone has them; written like the denied ones.
    pub granted_permissions: Vec<String>,
    /// How many calls an app has each hour at Jira Cloud; `None` for as many as it likes.
    pub points_per_hour: Option<u64>,
    /// Whether that quota is one of the tenant, not of the app.
    pub quota_of_tenant: bool,
    /// How many calls each endpoint of Jira Cloud takes in a second; `None` for as many as come.
    pub burst_per_second: Option<usize>,
    /// Bytes of the largest file that may be attached; 0 where files are switched off.
    pub attachment_limit: usize,
    /// Hours that everybody's clock is ahead of UTC.
    pub time_zone_hours: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            access_token_lifetime: 3600,
            refresh_leeway: 600,
            refresh_idle_lifetime: 90 * 24 * 3600,
            code_lifetime: 60,
            give_refresh_token: true,
            consent: ConsentMode::default(),
            wrong_password_status: 200,
            sites: 1,
            confluence_beside: false,
            cloud_secret_required: true,
            data_center_secret_required: true,
            dead_grant: DeadGrant::default(),
            expired_token_status: 401,
            wrong_issuer: false,
            tamper_state: false,
            entra_spa_refresh_lifetime: 24 * 3600,
            generic_required_authorize: BTreeMap::new(),
            generic_required_token: BTreeMap::new(),
            generic_secret_in: SecretIn::default(),
            api_token_scopes: ["read:jira-user", "read:jira-work", "write:jira-work"].map(String::from).into(),
            xsrf_check: false,
            denied_permissions: Vec::new(),
            granted_permissions: Vec::new(),
            points_per_hour: None,
            quota_of_tenant: false,
            burst_per_second: None,
            attachment_limit: 1 << 20,
            time_zone_hours: 0,
        }
    }
}

impl Settings {
    /// The first of the `required` parameters that is not as it must be: the error (RFC 6749; RFC 8707 for a wrong
    /// value) and its text.
    pub(crate) fn missing<'p>(
        required: &BTreeMap<String, String>,
        given: impl Fn(&str) -> Option<&'p str>,
    ) -> Option<(&'static str, String)> {
        required.iter().find_map(|(name, value)| match given(name) {
            None => Some(("invalid_request", format!("{name} is missing"))),
            Some(other) if other != value => Some(("invalid_target", format!("{name} is not one that is known here"))),
            Some(_) => None,
        })
    }

    /// These settings with the members of `change` in place of their own, or the sentence that says what does not fit.
    pub(crate) fn changed(&self, change: &serde_json::Value) -> Result<Self, String> {
        let mut whole = serde_json::to_value(self).map_err(|error| error.to_string())?;
        let (Some(whole), Some(change)) = (whole.as_object_mut(), change.as_object()) else {
            return Err("settings are a JSON object".into());
        };
        for (name, value) in change {
            whole.insert(name.clone(), value.clone());
        }
        let settings: Self = serde_json::from_value(whole.clone().into()).map_err(|error| error.to_string())?;
        if settings.sites > 2 {
            return Err("sites is 0, 1 or 2".into());
        }
        if ![401, 403, 404].contains(&settings.expired_token_status) {
            return Err("expired_token_status is 401, 403 or 404".into());
        }
        if ![200, 401].contains(&settings.wrong_password_status) {
            return Err("wrong_password_status is 200 or 401".into());
        }
        if !(-12..=14).contains(&settings.time_zone_hours) {
            return Err("time_zone_hours is a number from -12 to 14".into());
        }
        Ok(settings)
    }
}
