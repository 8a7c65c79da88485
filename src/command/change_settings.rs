//! Change settings.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::settings::{self, SettingsChange, SettingsView};

/// What to change.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// What is missing stays as it is.
    pub change: SettingsChange,
}

readable!(Args { change });

/// The settings afterwards. What the administrator has fixed stays. Errors: `invalid_configuration`, `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<SettingsView> {
    settings::change(app.platform(), &args.change).await?;
    app.tokens().settings_changed();
    Ok(settings::in_force(app.platform()).await)
}
