//! The header rules that the accounts need, set when the first of them is used.

use crate::oauth::client::Registration;
use crate::oauth::rules::{rule, rules_for};
use crate::platform::{Platform, Rules};
use crate::tokens::TokenService;

impl<P: Platform> TokenService<P> {
    /// Has the browser send what this account's server bears. Done once in a worker's life, for all accounts together, because
    /// session rules end with the browser. Where the permission is missing the server's own refusal says what to do.
    pub async fn prepare(&self, client: &Registration) {
        if rule(client).is_none() || self.prepared.get() {
            return;
        }
        let Ok(listing) = self.list().await else { return };
        let rules = rules_for(listing.pairs.iter().map(|pair| &pair.account.registration));
        self.prepared.set(self.platform().rules().set(&rules).await.is_ok());
    }

    /// Takes the rules back, which name servers. Where that fails there are none.
    pub(super) async fn unprepare(&self) {
        self.prepared.set(false);
        let _none = self.platform().rules().set(&[]).await;
    }
}
