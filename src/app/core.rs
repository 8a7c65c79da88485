//! What stands in the place of `rest.rs` in the build that a worker starts with: it signs nobody in and knows no chat.

use crate::app::App;
use crate::command::Sender;
use crate::platform::{Platform, PortId};
use crate::tokens::account::Account;
use std::cell::RefCell;

/// What is left over for the whole build.
#[derive(Default)]
pub(super) struct Rest {
    /// Accounts that want a token without a window.
    wanting: RefCell<Vec<String>>,
}

impl<P: Platform> App<P> {
    /// A page has connected: it gets events, and asks the whole build.
    #[allow(clippy::unused_self, reason = "as in the whole build")]
    pub fn open_port(&self, _port: PortId, _sender: Sender) {}

    /// A page has gone.
    #[allow(clippy::unused_self, reason = "as in the whole build")]
    pub fn close_port(&self, _port: PortId) {}

    /// Names are fetched by the build that reads with them, when it starts.
    #[allow(clippy::unused_async, clippy::unused_self, reason = "as in the whole build")]
    pub(super) async fn renew_some_names(&self) {}

    /// Left over.
    #[allow(clippy::unused_async, reason = "as in the whole build")]
    pub(super) async fn ask_for(&self, account: &Account) {
        self.0.rest.wanting.borrow_mut().push(account.id.clone());
    }

    /// The next account for which the whole build is to ask silently; each is answered once.
    pub fn left_over(&self) -> Option<String> {
        self.0.rest.wanting.borrow_mut().pop()
    }
}
