//! What the administrator has set.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::settings::policy;
use serde::Serialize;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// The policy as the options page shows it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyView {
    /// The names of what is set, which people cannot change.
    pub managed: Vec<&'static str>,
    /// Whether people may connect with settings of their own.
    pub allow_other_providers: bool,
    /// The Jira sites that may be used; `null` for all.
    pub allowed_sites: Option<Vec<String>>,
    /// Whether a passphrase has to be set.
    pub require_passphrase: bool,
    /// Whether nothing in Jira may be changed.
    pub read_only: bool,
    /// What is wrong with the policy, for whoever wrote it.
    pub problems: Vec<String>,
}

/// Reads it.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<PolicyView> {
    let found = policy::read(app.platform()).await;
    Ok(PolicyView {
        managed: found.managed(),
        allow_other_providers: found.allow_other_providers.unwrap_or(true),
        allowed_sites: found.allowed_sites,
        require_passphrase: found.require_passphrase.unwrap_or(false),
        read_only: found.read_only.unwrap_or(false),
        problems: found.problems,
    })
}
