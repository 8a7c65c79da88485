//! Plan to take back what was changed.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::undo;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which change.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Whose.
    pub account: String,
    /// The id of its plan; none for the last one.
    pub plan: Option<String>,
}

readable!(Args { account, plan });

/// Sends the plan as a card. Nothing is changed before it is confirmed.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<()> {
    undo::undo(app, &args.account, args.plan.as_deref(), sink).await
}
