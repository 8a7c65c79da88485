//! Go on with a plan that stopped before its end.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::act;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which plan.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Whose plan.
    pub account: String,
    /// Its id.
    pub plan: String,
    /// Whether what failed is tried again.
    pub retry: Option<bool>,
}

readable!(Args { account, plan, retry });

/// Sends what came of it as a card.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<()> {
    act::go_on(app, &args.account, &args.plan, args.retry == Some(true), sink).await
}
