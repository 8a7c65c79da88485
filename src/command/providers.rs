//! The ways to connect that are kept: the administrator's and the person's own.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::sign_in::saved::{self, ProviderView};
use serde::Serialize;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// All of them.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Providers {
    /// The administrator's first.
    pub providers: Vec<ProviderView>,
}

/// Lists them, without their secrets.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Providers> {
    Ok(Providers { providers: saved::list(app.platform()).await? })
}
