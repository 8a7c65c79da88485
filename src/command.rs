//! All that pages can ask: one file per command, with its arguments, its answer and `run`.
//!
//! Adding one: write its file, and name it in the table below with the pages that may use it. The declarations for the
//! pages' own type check (`www/lib/contract.d.ts`) are made from the same table by this module's tests.

use crate::app::App;
use crate::app::ports::Sink;
use crate::error::{Code, Error, Result};
use crate::json::{self, Read};
use crate::platform::{Build, Platform};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

#[cfg(test)]
mod tests;

/// Who sent a message, as the browser tells it.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// The address of the page.
    pub url: String,
}

/// Our pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The popup at the toolbar button.
    Popup,
    /// The side panel.
    Panel,
    /// The options page.
    Options,
    /// The popup's content as a whole page.
    Dashboard,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; 4] = [Self::Popup, Self::Panel, Self::Options, Self::Dashboard];

    /// Its place in the extension.
    pub fn path(self) -> &'static str {
        match self {
            Self::Popup => "www/popup/popup.html",
            Self::Panel => "www/panel/panel.html",
            Self::Options => "www/options/options.html",
            Self::Dashboard => "www/dashboard/dashboard.html",
        }
    }
}

impl Sender {
    /// Which of our pages this is; `None` for everything else, which may use no command at all.
    pub fn page(&self, build: &Build) -> Option<Page> {
        let path = self.url.strip_prefix(&build.page_root)?.split(['?', '#']).next()?;
        Page::ALL.into_iter().find(|page| page.path() == path)
    }
}

/// Makes the two enums of requests from the table of commands.
macro_rules! commands {
    (
        once { $($(#[doc = $once_doc:literal])* $once:ident $Once:ident [$($once_page:ident)*];)* }
        stream { $($(#[doc = $stream_doc:literal])* $stream:ident $Stream:ident [$($stream_page:ident)*];)* }
    ) => {
        $(pub mod $once;)*
        $(pub mod $stream;)*

        /// A request that is answered once.
        #[derive(Debug)]
        pub enum Request { $($(#[doc = $once_doc])* $Once($once::Args),)* }

        impl Request {
            fn read(command: &str, args: &Value, sender: &Sender, build: &Build) -> Result<Self> {
                match command {
                    $(stringify!($once) => {
                        allow(sender, build, &[$(Page::$once_page),*])?;
                        Ok(Self::$Once(arguments(command, args)?))
                    })*
                    _ => Err(unknown(command)),
                }
            }

            /// Each command in a box: as parts of one state machine they would take more code and more stack.
            fn run<P: Platform>(self, app: &App<P>) -> LocalBoxFuture<'_, Result<Value>> {
                match self {
                    $(Self::$Once(args) => {
                        Box::pin(async move { Ok(json::to_value(&$once::run(app, args).await?)) })
                    })*
                }
            }
        }

        /// A request over a port, with items and progress before its end.
        #[derive(Debug)]
        pub enum Stream { $($(#[doc = $stream_doc])* $Stream($stream::Args),)* }

        impl Stream {
            /// Reads a request. Errors: `bad_request`, `forbidden`.
            pub fn read(command: &str, args: &Value, sender: &Sender, build: &Build) -> Result<Self> {
                match command {
                    $(stringify!($stream) => {
                        allow(sender, build, &[$(Page::$stream_page),*])?;
                        Ok(Self::$Stream(arguments(command, args)?))
                    })*
                    _ => Err(unknown(command)),
                }
            }

            /// Does the work; what comes on the way goes into `sink`.
            pub fn run<'a, P: Platform>(
                self,
                app: &'a App<P>,
                sink: &'a Sink<'_, P>,
            ) -> LocalBoxFuture<'a, Result<Value>> {
                match self {
                    $(Self::$Stream(args) => {
                        Box::pin(async move { Ok(json::to_value(&$stream::run(app, args, sink).await?)) })
                    })*
                }
            }
        }

        /// Names of all commands, for the tests.
        #[cfg(test)]
        const NAMES: (&[&str], &[&str]) = (&[$(stringify!($once)),*], &[$(stringify!($stream)),*]);
    };
}

commands! {
    once {
        /// What the popup asks first.
        overview Overview [Popup Panel Options Dashboard];
        /// What is wrong with the connect form so far.
        check_form CheckForm [Options];
        /// The ways to connect that are kept.
        providers Providers [Popup Options];
        /// Keep a way to connect.
        add_provider AddProvider [Options];
        /// Forget a way to connect.
        remove_provider RemoveProvider [Options];
        /// What the administrator has set.
        policy Policy [Popup Panel Options];
        /// Refresh an account's token now.
        refresh Refresh [Popup Options Dashboard];
        /// End an account's session.
        sign_out SignOut [Popup Options Dashboard];
        /// Choose one of an account's sites.
        choose_site ChooseSite [Popup Panel Options Dashboard];
        /// All there is to know about one account's token, without the token.
        account_details AccountDetails [Popup Options Dashboard];
        /// Make sure that an account has a token that can be used now.
        get_token GetToken [Popup Panel Options Dashboard];
        /// Refresh the tokens of all accounts now.
        refresh_all RefreshAll [Popup Options Dashboard];
        /// Remove the local tokens of one account or of all; the accounts stay.
        clear_tokens ClearTokens [Options Dashboard];
        /// Name an account, and choose when its token counts as expiring.
        set_account SetAccount [Popup Options Dashboard];
        /// The settings in force.
        settings Settings [Popup Panel Options Dashboard];
        /// Change settings.
        change_settings ChangeSettings [Options];
        /// Try out whether an account really works.
        test_connection TestConnection [Popup Options Dashboard];
        /// Everything about the tokens, with everything secret and personal left out.
        diagnostics Diagnostics [Popup Options Dashboard];
        /// Stop or start the watch over the tokens.
        monitor Monitor [Options Dashboard];
        /// Protect the tokens with a passphrase, or change it.
        set_passphrase SetPassphrase [Options];
        /// Do without a passphrase again.
        remove_passphrase RemovePassphrase [Options];
        /// Give the passphrase.
        unlock Unlock [Popup Panel Options Dashboard];
        /// Need the passphrase again from now on.
        lock Lock [Popup Options];
        /// Begin anew without the passphrase.
        forget_passphrase ForgetPassphrase [Popup Panel Options Dashboard];
        /// Give up the records that cannot be read.
        forget_damaged ForgetDamaged [Options];
        /// Trap on purpose; demo and test builds only.
        debug_trap DebugTrap [Popup Panel Options Dashboard];
    }
    stream {
        /// Sign in with a new form.
        connect Connect [Options];
        /// Sign in again to a known account.
        reconnect Reconnect [Popup Panel Options Dashboard];
        /// Ask a question.
        ask Ask [Panel];
        /// The next page of an answer.
        more More [Panel];
    }
}

impl Stream {
    /// Whether this is a sign-in: it outlives its page, and is never run a second time by itself.
    pub fn is_sign_in(&self) -> bool {
        matches!(self, Self::Connect(_) | Self::Reconnect(_))
    }
}

/// Answers a one-shot request.
pub async fn answer<P: Platform>(app: &App<P>, request: &Value, sender: &Sender) -> Result<Value> {
    let command = request["command"].as_str().unwrap_or_default();
    Request::read(command, &request["args"], sender, &app.platform().build())?.run(app).await
}

/// The answer of a resumed request whose work an earlier worker had finished.
pub async fn finished<P: Platform>(app: &App<P>, sink: &Sink<'_, P>) -> Result<Option<Value>> {
    match sink.remembered().as_ref().and_then(|state| state["account"].as_str()) {
        Some(account) => Ok(Some(json::to_value(&app.account_view(account).await?))),
        None => Ok(None),
    }
}

fn allow(sender: &Sender, build: &Build, pages: &[Page]) -> Result<()> {
    match sender.page(build) {
        Some(page) if pages.contains(&page) => Ok(()),
        _ => Err(Error::new(Code::Forbidden, "This page may not do that.")),
    }
}

fn arguments<T: Read>(command: &str, args: &Value) -> Result<T> {
    let none = json::object([]);
    T::read(if args.is_null() { &none } else { args }).ok_or_else(|| {
        Error::new(Code::BadRequest, format!("The arguments of “{command}” do not fit. Reload this page."))
    })
}

fn unknown(command: &str) -> Error {
    let name: String = command.chars().take(40).collect();
    Error::new(Code::BadRequest, format!("There is no command “{name}”. Reload this page: the extension was updated."))
}
