//! Forget a way to connect.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::sign_in::saved;
use serde::Serialize;

/// Which one.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub provider: String,
}

readable!(Args { provider });

/// Done.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Removed {}

/// Accounts that were made with it stay.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Removed> {
    saved::remove(app.platform(), &args.provider).await?;
    Ok(Removed {})
}
