//! What was confirmed and is not at its end, and what can be taken back.

use crate::app::App;
use crate::chat::act;
use crate::chat::answer::doing::JobView;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Whose.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The account.
    pub account: String,
}

readable!(Args { account });

/// The jobs of an account.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Jobs {
    /// Those that stopped before their end, the oldest first. What was unknown of them was looked for.
    pub unfinished: Vec<JobView>,
    /// The last one that can be taken back.
    pub last: Option<JobView>,
}

/// Looks in Jira for what is unknown; nothing is changed.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Jobs> {
    let (unfinished, last) = act::unfinished(app, &args.account).await?;
    Ok(Jobs { unfinished, last })
}
