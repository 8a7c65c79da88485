//! Sign in again to a known account, with the settings it has.

use crate::app::App;
use crate::app::ports::Sink;
use crate::app::overview::AccountView;
use crate::command::connect::sign_in;
use crate::error::Result;
use crate::oauth::authorization::Ask;
use crate::platform::Platform;
use crate::readable;
use crate::secret::Secret;
use crate::sign_in::flow::{ByHand, SignIn};
use crate::sign_in::form::NO_DAY;
use crate::sign_in::registration::fix;
use crate::settings;
use crate::sign_in::{day, saved, scopes};

/// Which account, and how.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Its id.
    pub account: String,
    /// Whether the server is to let the person choose another account of theirs.
    pub other: Option<bool>,
    /// For an account with a token made by hand: the new one.
    #[cfg_attr(test, ts(as = "Option<String>", optional))]
    pub token: Option<Secret>,
    /// Scopes that are wanted beside those that the account has been asked for: what an error's `sign_in` names.
    pub scopes: Option<Vec<String>>,
    /// The day on which that token ends, as `2027-01-31`; may be empty.
    pub expires_on: Option<String>,
}

readable!(Args { account, other, token, scopes, expires_on });

/// Signs in. Where another person signs in, theirs becomes an account of its own and this one stays as it is.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<AccountView> {
    app.signing_in(async {
        let (platform, tokens) = (app.platform(), app.tokens());
        let account = tokens.account(&args.account).await?;
        let mut registration = saved::register_again(platform, &account.registration).await?;
        let read_only = settings::in_force(platform).await.settings.read_only;
        scopes::widen(&mut registration, &account.registration.scopes, &args.scopes.unwrap_or_default(), read_only);
        let day = args.expires_on.unwrap_or_default();
        let token = Secret::new(args.token.unwrap_or_default().expose().trim());
        let by_hand = ByHand { token, expires_at: day::read(&day) };
        if by_hand.expires_at.is_none() && !day.trim().is_empty() {
            return Err(fix("expires_on", NO_DAY.to_owned()));
        }
        let ask = if args.other == Some(true) { Ask::AnotherAccount } else { Ask::Usual };
        sign_in(app, SignIn { platform, tokens, registration, again: Some(&account), ask, by_hand }, sink).await
    })
    .await
}
