//! Sign in with a new form, or with one that was kept.

use crate::app::App;
use crate::app::ports::Sink;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::json::{self, Read};
use crate::oauth::authorization::Ask;
use crate::platform::Platform;
use crate::sign_in::ConnectForm;
use crate::sign_in::flow::{SignIn, Step};
use crate::settings;
use crate::sign_in::{saved, scopes};
use serde::Serialize;
use serde_json::Value;

/// Where to connect: one of both, or both where each person has a token of their own for a kept provider.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Filled in.
    pub form: Option<Box<ConnectForm>>,
    /// The id of one that was kept; of the form, only mail address, token and its end count then.
    pub provider: Option<String>,
}

impl Read for Args {
    fn read(data: &Value) -> Option<Self> {
        let form: Option<ConnectForm> = json::field(data, "form")?;
        let args = Self { form: form.map(Box::new), provider: json::field(data, "provider")? };
        // Neither is no request: so is one that was not written down and is to be taken up again.
        (args.form.is_some() || args.provider.is_some()).then_some(args)
    }
}

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
        let (platform, tokens) = (app.platform(), app.tokens());
        let (mut registration, form) = saved::register(platform, args.provider.as_deref(), args.form.as_deref()).await?;
        let read_only = settings::in_force(platform).await.settings.read_only;
        scopes::widen(&mut registration, &[], &[], read_only);
        let by_hand = form.by_hand();
        sign_in(app, SignIn { platform, tokens, registration, again: None, ask: Ask::Usual, by_hand }, sink).await
    })
    .await
}

/// Runs a sign-in and shows what came of it.
pub(super) async fn sign_in<P: Platform>(
    app: &App<P>,
    sign_in: SignIn<'_, P>,
    sink: &Sink<'_, P>,
) -> Result<AccountView> {
    let id = sign_in.run(&|step| sink.progress(&ConnectProgress { step })).await?;
    // A worker killed from here on has signed in all the same, and the next one says so.
    sink.remember(json::object([("account", id.as_str().into())])).await?;
    app.fetch_pictures().await;
    app.account_view(&id).await
}
