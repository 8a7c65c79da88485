//! Stop or start the watch over the tokens.

use crate::app::App;
use crate::app::overview::Overview;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which of the two.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whether it is to run from now on.
    pub running: bool,
}

readable!(Args { running });

/// The accounts afterwards. A watch that is stopped has no alarm and refreshes nothing by itself; a token is still renewed when it is
/// asked for. It stays stopped until it is started, also over a restart of the browser.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Overview> {
    app.watch(args.running).await?;
    app.overview().await
}
