//! The application over a platform: owns the services and ties them together.
//!
//! A request comes in as data and leaves as data. Nothing here is remembered between two requests that is not written down
//! first: the worker may be killed at any time.

use crate::command::{self, Sender};
use crate::error::Error;
use crate::few::Few;
use crate::json;
use crate::platform::{Clock, Platform, Timestamp};
use crate::tokens::TokenService;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

mod care;
pub mod connection;
pub mod details;
mod diagnostics;
#[cfg(feature = "whole")]
pub mod names;
pub mod overview;
mod pictures;
pub mod places;
#[cfg(feature = "whole")]
pub mod ports;
#[cfg(feature = "whole")]
mod reading;
#[cfg_attr(not(feature = "whole"), path = "app/core.rs")]
mod rest;
pub mod snapshot;
pub mod stored;

use rest::Rest;

/// The application. Cloning is cheap and gives the same one.
pub struct App<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    platform: Rc<P>,
    tokens: TokenService<P>,
    /// Accounts whose refresh is under way in this worker: shown, never relied on.
    refreshing: RefCell<Few<String, ()>>,
    /// Whether the accounts are being shown anew.
    publishing: Cell<bool>,
    /// What was last read of what is kept of them.
    last_kept: snapshot::LastKept,
    /// How many pictures of them were begun.
    pictures: Cell<u64>,
    /// Whether a sign-in window of ours is open.
    signing_in: Cell<bool>,
    /// What is not in every build.
    rest: Rest,
}

impl<P: Platform> Clone for App<P> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<P: Platform> App<P> {
    /// The application over this platform. Does nothing yet.
    pub fn new(platform: P) -> Self {
        let platform = Rc::new(platform);
        Self(Rc::new(Inner {
            tokens: TokenService::new(Rc::clone(&platform)),
            platform,
            refreshing: RefCell::default(),
            publishing: Cell::new(false),
            last_kept: snapshot::LastKept::default(),
            pictures: Cell::new(0),
            signing_in: Cell::new(false),
            rest: Rest::default(),
        }))
    }

    /// Answers one request: `{command, args}` → `{ok: true, value}` or `{ok: false, error}`.
    pub async fn handle(&self, request: Value, sender: Sender) -> Value {
        // Looking is no use: the popup asks for the overview whenever it opens, which has to be quick. Before the answer, so that
        // whoever comes too late gets none.
        if request["command"] != "overview" {
            self.lock_time(true).await;
        }
        self.watch_the_clock().await;
        let answer = command::answer(self, &request, &sender).await;
        self.publish_if_changed().await;
        match answer {
            Ok(value) => json::object([("ok", true.into()), ("value", value)]),
            Err(error) => json::object([("ok", false.into()), ("error", json::to_value(&error))]),
        }
    }

    /// The platform's ports.
    pub fn platform(&self) -> &P {
        &self.0.platform
    }

    /// The token service.
    pub fn tokens(&self) -> &TokenService<P> {
        &self.0.tokens
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.platform().clock().now()
    }

    /// The day it is where the person is; see [`Clock::today`].
    pub fn today(&self) -> i64 {
        self.platform().clock().today()
    }

    /// Runs a sign-in, if no other is open. Error: `bad_request` if one is.
    pub async fn signing_in<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        let Some(_open) = SigningIn::begin(&self.0.signing_in) else {
            let message = "A sign-in window is already open. Finish it there, or close it and try again.";
            return Err(Error::new(crate::error::Code::BadRequest, message));
        };
        work.await
    }
}

/// Marks a sign-in as open until dropped, so that a cancelled one does not stay marked.
struct SigningIn<'a>(&'a Cell<bool>);

impl<'a> SigningIn<'a> {
    fn begin(open: &'a Cell<bool>) -> Option<Self> {
        (!open.replace(true)).then_some(Self(open))
    }
}

impl Drop for SigningIn<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
