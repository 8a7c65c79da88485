//! Everything about the tokens that somebody who helps may see. Made from a list of what is shown, not of what is hidden: a new
//! field of a record is left out until somebody puts it here.

use crate::app::App;
use crate::error::Result;
use crate::json;
use crate::platform::Platform;
use crate::tokens::account::{Account, Tokens};
use serde_json::Value;

impl<P: Platform> App<P> {
    /// The diagnostics: no token, no secret, no name, no address of a person; accounts are numbered.
    pub async fn diagnostics(&self) -> Result<Value> {
        let listing = self.tokens().list().await?;
        let mut accounts = Vec::new();
        for (number, pair) in listing.pairs.iter().enumerate() {
            accounts.push(self.of_account(number + 1, &pair.account, &pair.tokens).await?);
        }
        Ok(json::object([
            ("made_at", json::to_value(&self.now())),
            ("version", self.platform().build().version.into()),
            ("settings", json::to_value(&crate::settings::in_force(self.platform()).await)),
            ("status", json::to_value(&self.status().await)),
            ("unreadable_records", listing.unreadable.into()),
            ("accounts", accounts.into()),
            ("watch", lines(&self.tokens().history("").await?)),
        ]))
    }

    async fn of_account(&self, number: usize, account: &Account, tokens: &Tokens) -> Result<Value> {
        let client = &account.registration;
        let details = self.account_details(&account.id).await?;
        let mut token = json::to_value(&details.token);
        token["account"] = number.into();
        Ok(json::object([
            ("number", number.into()),
            ("provider", json::to_value(&client.provider)),
            ("authentication", json::to_value(&client.authentication)["method"].clone()),
            ("broker", client.broker.into()),
            ("scopes_asked_for", json::to_value(&client.scopes)),
            ("sites", account.sites.len().into()),
            ("created_at", json::to_value(&account.created_at)),
            ("token", token),
            ("trouble", json::to_value(&tokens.trouble.as_ref().map(|trouble| (trouble.kind, trouble.attempts)))),
            ("statistics", json::to_value(&details.statistics)),
            ("history", lines(&details.history)),
        ]))
    }
}

/// The history without its causes, which quote servers.
fn lines(history: &[crate::tokens::journal::EventView]) -> Value {
    let line = |event: &crate::tokens::journal::EventView| json::to_value(&(event.at, event.kind));
    history.iter().map(line).collect::<Vec<_>>().into()
}
