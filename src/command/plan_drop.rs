//! Give up a plan: one that was shown is forgotten, one that stopped before its end is not offered to be gone on with any more.

use crate::app::App;
use crate::chat::act;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Which plan.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Whose.
    pub account: String,
    /// Its id.
    pub plan: String,
}

readable!(Args { account, plan });

/// It is given up.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Dropped {}

/// Also where it is gone already. Error: `bad_request`, while it is carried out.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Dropped> {
    act::give_up(app, &args.account, &args.plan).await?;
    Ok(Dropped {})
}
