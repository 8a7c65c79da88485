//! What the whole build has beside the core's. In the build that a worker starts with `core.rs` stands in this place.

use crate::app::{App, names, ports, reading};
use crate::chat::act::Live;
use crate::platform::Platform;
use crate::sign_in::flow;
use crate::tokens::account::Account;
use crate::tokens::flight::Flights;
use std::cell::{Cell, RefCell};

/// So many kinds of names are fetched anew in one look, the oldest first.
const AT_A_LOOK: usize = 3;

/// What the rest has at hand in this worker: nothing that is not written down too.
#[derive(Default)]
pub(super) struct Rest {
    /// The connections, and what runs on them.
    pub(super) ports: ports::Ports,
    /// The changes that are being carried out.
    live: Live,
    /// The names of sites that were read.
    pub(super) names: RefCell<names::Read>,
    /// One more whenever names were fetched: what was read before that is old.
    pub(super) fetched: Cell<u64>,
    /// The names that are being fetched, each once for all who wait for them.
    pub(super) fetching: Flights<()>,
    /// What reads texts about these sites.
    pub(super) readers: RefCell<reading::Readers>,
}

impl<P: Platform> App<P> {
    /// The changes that are being carried out by this worker.
    pub fn live(&self) -> &Live {
        &self.0.rest.live
    }

    /// Fetches some of the names that have grown old. What cannot be fetched now is fetched the next time; until then the old do.
    pub(super) async fn renew_some_names(&self) {
        let _renewed = self.renew_names(AT_A_LOOK).await;
    }

    /// Somebody is about to chat: all names that have grown old are fetched. Nobody waits for that.
    pub async fn begin_chat(&self) {
        let _renewed = self.renew_names(usize::MAX).await;
    }

    /// The token of this account is near its end: a new one is tried to be had without a window; none while the person signs in.
    pub(super) async fn ask_for(&self, account: &Account) {
        let outcome = self.signing_in(flow::silent(self.platform(), self.tokens(), account)).await;
        self.tokens().note_silent(&account.id, outcome.unwrap_or(false)).await;
    }

    /// The same for an account that a core left over.
    pub async fn ask_silently(&self, id: &str) {
        // Whoever signed out meanwhile wants none.
        if let Ok(account) = self.tokens().account(id).await {
            self.ask_for(&account).await;
        }
        self.publish_if_changed().await;
    }
}
