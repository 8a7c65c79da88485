//! Call the person of an account again later.

use crate::app::App;
use crate::error::Result;
use crate::json;
use crate::platform::Platform;
use crate::readable;
use serde_json::Value;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
}

readable!(Args { account });

/// The badge stays. Errors: `not_found`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Value> {
    app.tokens().remind_later(&args.account).await?;
    Ok(json::object([]))
}
