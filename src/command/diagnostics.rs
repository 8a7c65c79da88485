//! What to hand to somebody who helps: everything about the tokens, with everything secret and personal left out.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde_json::Value;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// An object to save as a file.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Value> {
    app.diagnostics().await
}
