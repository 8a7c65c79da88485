//! All that pages can ask: one file per command, with its arguments, its answer and `run`.
//!
//! Adding one: write its file, and name it in the table below with the places that may use it: under `once` if the module that a
//! worker starts with needs it, else under `whole once` or `whole stream`. The declarations for the
//! pages' own type check (`www/lib/contract.d.ts`) are made from the same table by this module's tests.

use crate::app::App;
#[cfg(feature = "whole")]
use crate::app::ports::Sink;
use crate::error::{Action, Code, Error, Result};
use crate::json::{self, Read};
use crate::platform::{Build, Platform};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;

mod sender;
#[cfg(test)]
mod tests;

pub use sender::{Page, Sender};

/// Makes the two enums of requests from the table of commands. Those of the whole build are not there in the one that a worker
/// starts with, and nothing of what only they use.
macro_rules! commands {
    (
        once { $($(#[doc = $once_doc:literal])* $once:ident $Once:ident [$($once_page:ident)*];)* }
        whole once { $($(#[doc = $rest_doc:literal])* $rest:ident $Rest:ident [$($rest_page:ident)*];)* }
        whole stream { $($(#[doc = $stream_doc:literal])* $stream:ident $Stream:ident [$($stream_page:ident)*];)* }
    ) => {
        $(pub mod $once;)*
        $(#[cfg(feature = "whole")] pub mod $rest;)*
        $(#[cfg(feature = "whole")] pub mod $stream;)*

        /// The names of the requests below.
        #[derive(Clone, Copy)]
        enum Named { $($Once,)* $(#[cfg(feature = "whole")] $Rest,)* }

        /// A request that is answered once.
        #[derive(Debug)]
        pub enum Request {
            $($(#[doc = $once_doc])* $Once($once::Args),)*
            $($(#[doc = $rest_doc])* #[cfg(feature = "whole")] $Rest($rest::Args),)*
        }

        impl Request {
            /// Which place may use what.
            const TABLE: &[Row<Named>] = &[
                $((stringify!($once), &[$(Page::$once_page),*], Named::$Once),)*
                $(#[cfg(feature = "whole")] (stringify!($rest), &[$(Page::$rest_page),*], Named::$Rest),)*
            ];

            fn read(command: &str, args: &Value, sender: &Sender, build: &Build) -> Result<Self> {
                Ok(match find(Self::TABLE, command, sender, build)? {
                    $(Named::$Once => Self::$Once(arguments(command, args)?),)*
                    $(#[cfg(feature = "whole")] Named::$Rest => Self::$Rest(arguments(command, args)?),)*
                })
            }

            /// Each command in a box: as parts of one state machine they would take more code and more stack.
            fn run<P: Platform>(self, app: &App<P>) -> LocalBoxFuture<'_, Result<Value>> {
                match self {
                    $(Self::$Once(args) => {
                        Box::pin(async move { Ok(json::to_value(&$once::run(app, args).await?)) })
                    })*
                    $(#[cfg(feature = "whole")] Self::$Rest(args) => {
                        Box::pin(async move { Ok(json::to_value(&$rest::run(app, args).await?)) })
                    })*
                }
            }
        }

        /// The names of the requests below.
        #[cfg(feature = "whole")]
        #[derive(Clone, Copy)]
        enum Streamed { $($Stream,)* }

        /// A request over a port, with items and progress before its end.
        #[cfg(feature = "whole")]
        #[derive(Debug)]
        pub enum Stream { $($(#[doc = $stream_doc])* $Stream($stream::Args),)* }

        #[cfg(feature = "whole")]
        impl Stream {
            /// Which place may use what.
            const TABLE: &[Row<Streamed>] =
                &[$((stringify!($stream), &[$(Page::$stream_page),*], Streamed::$Stream),)*];

            /// Reads a request. Errors: `bad_request`, `forbidden`.
            pub fn read(command: &str, args: &Value, sender: &Sender, build: &Build) -> Result<Self> {
                Ok(match find(Self::TABLE, command, sender, build)? {
                    $(Streamed::$Stream => Self::$Stream(arguments(command, args)?),)*
                })
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

        /// Names of the requests for which the worker's script loads the whole module (`extension/commands.js`); streams are among
        /// what it is loaded for anyway.
        const WHOLE: &[&str] = &[$(stringify!($rest),)*];

        /// Names of all commands, for the tests.
        #[cfg(test)]
        const NAMES: (&[&str], &[&str]) =
            (&[$(stringify!($once),)* $(stringify!($rest),)*], &[$(stringify!($stream),)*]);
    };
}

commands! {
    once {
        /// What the popup asks first.
        overview Overview [Popup Panel Options Dashboard];
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
        refresh_all RefreshAll [Popup Options Dashboard Shortcut];
        /// Remove the local tokens of one account or of all; the accounts stay.
        clear_tokens ClearTokens [Popup Options Dashboard];
        /// Name an account, and choose when its token counts as expiring.
        set_account SetAccount [Popup Options Dashboard];
        /// The settings in force.
        settings Settings [Popup Panel Options Dashboard];
        /// Stop or start the watch over the tokens.
        monitor Monitor [Popup Options Dashboard];
        /// Give the passphrase.
        unlock Unlock [Popup Panel Options Dashboard];
        /// Need the passphrase again from now on.
        lock Lock [Popup Options Dashboard];
        /// Call the person of an account again later.
        remind_later RemindLater [Notification];
        /// Trap on purpose; demo and test builds only.
        debug_trap DebugTrap [Popup Panel Options Dashboard];
    }
    whole once {
        /// What is wrong with the connect form so far.
        check_form CheckForm [Options];
        /// The ways to connect that are kept.
        providers Providers [Popup Options];
        /// Keep a way to connect.
        add_provider AddProvider [Options];
        /// Forget a way to connect.
        remove_provider RemoveProvider [Options];
        /// Change settings.
        change_settings ChangeSettings [Options];
        /// Try out whether an account really works.
        test_connection TestConnection [Popup Options Dashboard];
        /// Everything about the tokens, with everything secret and personal left out.
        diagnostics Diagnostics [Popup Options Dashboard];
        /// Protect the tokens with a passphrase, or change it.
        set_passphrase SetPassphrase [Options];
        /// Do without a passphrase again.
        remove_passphrase RemovePassphrase [Options];
        /// Begin anew without the passphrase.
        forget_passphrase ForgetPassphrase [Popup Panel Options Dashboard];
        /// Give up the records that cannot be read.
        forget_damaged ForgetDamaged [Options];
        /// What is stored in this browser, by kind.
        stored Stored [Options];
        /// Delete what is stored of one kind.
        delete_stored DeleteStored [Options];
        /// A person's picture.
        picture Picture [Panel];
        /// Which issue an address is of.
        open_issue OpenIssue [Panel Menu Shortcut];
        /// What to say of a text that is being written.
        complete Complete [Panel];
        /// Questions that fit the person's site.
        examples Examples [Panel];
        /// What was asked before, conversation by conversation.
        conversations Conversations [Panel];
        /// One conversation.
        conversation Conversation [Panel];
        /// Where something was said.
        search_conversations SearchConversations [Panel];
        /// Delete a conversation.
        forget_conversation ForgetConversation [Panel];
        /// Delete all conversations.
        forget_conversations ForgetConversations [Panel];
        /// What was confirmed and is not at its end, and what can be taken back.
        jobs Jobs [Panel];
        /// Give up a plan.
        plan_drop PlanDrop [Panel];
        /// What the address bar offers while somebody types there.
        suggest Suggest [Omnibox];
        /// Where an issue is, by its key.
        issue_address IssueAddress [Omnibox];
        /// Whether a text asks for something, and does not change anything.
        is_question IsQuestion [Panel];
    }
    whole stream {
        /// Sign in with a new form.
        connect Connect [Options];
        /// Sign in again to a known account.
        reconnect Reconnect [Popup Panel Options Dashboard];
        /// Ask a question.
        ask Ask [Panel];
        /// The next page of an answer.
        more More [Panel];
        /// A result as a file.
        export Export [Panel];
        /// Plan a change.
        plan Plan [Panel];
        /// Carry out a plan that the person has confirmed.
        confirm Confirm [Panel];
        /// Go on with a plan that stopped before its end.
        go_on GoOn [Panel];
        /// Plan to take back what was changed.
        undo Undo [Panel];
    }
}

#[cfg(feature = "whole")]
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
#[cfg(feature = "whole")]
pub async fn finished<P: Platform>(app: &App<P>, sink: &Sink<'_, P>) -> Result<Option<Value>> {
    match sink.remembered().as_ref().and_then(|state| state["account"].as_str()) {
        Some(account) => Ok(Some(json::to_value(&app.account_view(account).await?))),
        None => Ok(None),
    }
}

/// A command's name, the places that may use it, and which it is.
type Row<Named> = (&'static str, &'static [Page], Named);

/// The command of this name, if whoever sent it may use it. Errors: `bad_request`, `forbidden`; `internal` where only the whole build
/// has it.
fn find<Named: Copy>(table: &[Row<Named>], command: &str, sender: &Sender, build: &Build) -> Result<Named> {
    let (_, pages, named) = table.iter().find(|(name, ..)| *name == command).ok_or_else(|| absent(command))?;
    match sender.page(build) {
        Some(page) if pages.contains(&page) => Ok(*named),
        _ => Err(Error::new(Code::Forbidden, "This page may not do that.")),
    }
}

fn arguments<T: Read>(command: &str, args: &Value) -> Result<T> {
    let none = json::object([]);
    T::read(if args.is_null() { &none } else { args }).ok_or_else(|| misfit(command))
}

/// Once for all commands.
#[inline(never)]
fn misfit(command: &str) -> Error {
    Error::new(Code::BadRequest, format!("The arguments of “{command}” do not fit. Reload this page."))
}

/// Why there is no such command here.
fn absent(command: &str) -> Error {
    if WHOLE.contains(&command) {
        let message = "This was asked for before it was loaded. Please try again; if this stays so, reload this page.";
        return Error::new(Code::Internal, message).with(Action::Retry { at: None });
    }
    let name: String = command.chars().take(40).collect();
    Error::new(Code::BadRequest, format!("There is no command “{name}”. Reload this page: the extension was updated."))
}
