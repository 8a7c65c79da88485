//! Sign in with a new form.

use crate::app::App;
use crate::app::ports::Sink;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::json;
use crate::oauth::client::Registration;
use crate::platform::Platform;
use crate::readable;
use crate::sign_in::ConnectForm;
use crate::sign_in::flow::{SignIn, Step};
use crate::sign_in::registration;
use crate::tokens::account::Account;
use serde::Serialize;

/// The form.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// Filled in.
    pub form: ConnectForm,
}

readable!(Args { form });

/// How far it is.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConnectProgress {
    /// The step that has begun.
    pub step: Step,
}

/// Signs in and stores the account, or stores nothing.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<AccountView> {
    app.signing_in(async {
        sink.progress(&ConnectProgress { step: Step::Preparing });
        let registration = registration::make(app.platform(), &args.form).await?;
        sign_in(app, registration, None, sink).await
    })
    .await
}

/// Signs in with a registration; `again` is the account that is signed in anew, if any.
pub(super) async fn sign_in<P: Platform>(
    app: &App<P>,
    registration: Registration,
    again: Option<&Account>,
    sink: &Sink<'_, P>,
) -> Result<AccountView> {
    let sign_in = SignIn { platform: app.platform(), tokens: app.tokens(), registration, again };
    let id = sign_in.run(|step| sink.progress(&ConnectProgress { step })).await?;
    // A worker killed from here on has signed in all the same, and the next one says so.
    sink.remember(json::object([("account", id.as_str().into())])).await?;
    app.fetch_pictures().await;
    app.account_view(&id).await
}
