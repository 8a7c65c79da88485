//! Sign in again to a known account, with the settings it has.

use crate::app::App;
use crate::app::ports::Sink;
use crate::app::overview::AccountView;
use crate::command::connect::sign_in;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which account.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Its id.
    pub account: String,
}

readable!(Args { account });

/// Signs in. Where another person signs in, theirs becomes an account of its own and this one stays as it is.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<AccountView> {
    app.signing_in(async {
        let account = app.tokens().account(&args.account).await?;
        sign_in(app, account.registration.clone(), Some(&account), sink).await
    })
    .await
}
