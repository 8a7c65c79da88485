//! Which issue an address is of.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// The address.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// At whose site it has to be; anybody's where none is named.
    pub account: Option<String>,
    /// As the browser shows it.
    pub url: String,
}

readable!(Args { account, url });

/// What was found.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Found {
    /// The issue's key.
    pub key: String,
    /// The account at whose site it is.
    pub account: String,
}

/// Reads the address; nothing is asked of Jira. None where it is elsewhere or of something else. Errors: `locked`,
/// `vault_unreadable`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Option<Found>> {
    let found = app.issue_at(args.account.as_deref(), &args.url).await?;
    Ok(found.map(|(key, account)| Found { key, account }))
}
