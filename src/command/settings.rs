//! The settings in force.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::settings::SettingsView;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// The settings, and which of them the administrator has fixed.
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<SettingsView> {
    Ok(crate::settings::in_force(app.platform()).await)
}
