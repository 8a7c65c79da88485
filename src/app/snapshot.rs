//! The picture of all accounts: without any token, kept in the session store, so that the first paint needs no vault.

use crate::app::App;
use crate::app::pictures::Pictures;
use crate::error::{Code, Error, Result};
use crate::json;
use crate::oauth::provider::ProviderKind;
use crate::platform::{Badge, Consent, Platform, Push, SessionStore, Timestamp};
use crate::readable;
use crate::secret::Secret;
use crate::tokens::account::{Account, Site, Tokens};
use crate::tokens::health::{self, Health};
use crate::tokens::service::{Pair, SNAPSHOT_KEY};
use crate::tokens::{TokenService, schedule};
use serde::Serialize;
use serde_json::Value;

/// What the popup asks first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Overview {
    /// The extension's version.
    pub version: String,
    /// Whether this build may talk to this machine over plain http (demo and test builds).
    pub loopback: bool,
    /// The redirect address to register with an app.
    pub redirect_uri: String,
    /// All accounts, oldest first.
    pub accounts: Vec<AccountView>,
    /// Why stored accounts are missing, if they are.
    pub problem: Option<Error>,
}

/// One account as pages show it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountView {
    /// Our id of the account.
    pub id: String,
    /// Which kind of server.
    pub provider: ProviderKind,
    /// The person's name, or the server's where it does not tell.
    pub name: String,
    /// The e-mail address, where visible.
    pub email: Option<String>,
    /// A `data:` address; none: initials are shown.
    pub avatar: Option<String>,
    /// The chosen site.
    pub site: Option<Site>,
    /// All sites.
    pub sites: Vec<Site>,
    /// How it is doing.
    pub health: Health,
    /// Why it is not fresh, when something went wrong.
    pub problem: Option<Error>,
    /// When the access token came.
    pub issued_at: Option<Timestamp>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// The last successful refresh.
    pub last_refresh_at: Option<Timestamp>,
    /// The next refresh.
    pub next_refresh_at: Option<Timestamp>,
    /// What was granted.
    pub scopes: Vec<String>,
    /// Whether the server gave something to refresh with.
    pub can_refresh: bool,
    /// Whether there is a Jira to chat with.
    pub can_chat: bool,
}

/// What is kept: accounts and tokens with every secret taken out; health is made from it and the clock when it is asked for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Snapshot {
    entries: Vec<(Account, Tokens)>,
    unreadable: bool,
    /// Those of the accounts, so that the first paint takes one look into the session store.
    pictures: Pictures,
}

readable!(Snapshot { entries, unreadable; pictures });

impl Snapshot {
    /// All tokens, without their secrets.
    pub(super) fn tokens(&self) -> impl Iterator<Item = &Tokens> {
        self.entries.iter().map(|(_, tokens)| tokens)
    }
}

impl<P: Platform> App<P> {
    /// The overview: from the session store, or where there is none, from the vault.
    pub async fn overview(&self) -> Result<Overview> {
        let snapshot = self.snapshot().await?;
        Ok(self.render(snapshot))
    }

    /// The picture as it is kept, or a new one.
    pub(super) async fn snapshot(&self) -> Result<Snapshot> {
        let kept = self.platform().session().get(SNAPSHOT_KEY).await?;
        match kept.and_then(|text| json::from_text(&text)) {
            Some(snapshot) => Ok(snapshot),
            None => self.take_snapshot().await,
        }
    }

    /// One account's view. Error: `not_found`.
    pub async fn account_view(&self, id: &str) -> Result<AccountView> {
        let found = self.overview().await?.accounts.into_iter().find(|account| account.id == id);
        found.ok_or_else(|| Error::new(Code::NotFound, "There is no such account any more. Reload this page."))
    }

    /// Shows all open pages the accounts as they are now, and the toolbar button their health.
    pub async fn publish(&self) -> Result<()> {
        let snapshot = self.take_snapshot().await?;
        let overview = self.render(snapshot);
        let inactive = overview.accounts.iter().filter(|account| account.health.is_inactive()).count();
        self.push_event(json::object([("kind", "overview".into()), ("overview", json::to_value(&overview))]));
        let (text, title) = match inactive {
            0 => ("", "Chat for Jira".to_owned()),
            1 => ("!", "Chat for Jira: one account needs you".to_owned()),
            many => ("!", format!("Chat for Jira: {many} accounts need you")),
        };
        Ok(self.platform().badge().show(text, &title).await?)
    }

    /// [`App::publish`], if anything about the accounts has changed. A failure to show is no failure of what was done: pages
    /// ask again when they open.
    pub(super) async fn publish_if_changed(&self) {
        if self.tokens().take_changed() {
            let _shown = self.publish().await;
            let _set = self.set_alarm().await;
        }
    }

    /// Sends an event to every open page.
    pub(super) fn push_event(&self, event: Value) {
        let message = json::object([("event", event)]);
        for port in self.platform().push().ports() {
            self.platform().push().post(port, &message);
        }
    }

    async fn take_snapshot(&self) -> Result<Snapshot> {
        let number = self.0.snapshots.get() + 1;
        self.0.snapshots.set(number);
        let listing = self.tokens().list().await?;
        let entries = listing.pairs.into_iter().map(without_secrets).collect();
        let pictures = Pictures::kept(self.platform()).await;
        let snapshot = Snapshot { entries, unreadable: listing.unreadable, pictures };
        let text = json::to_text(&snapshot);
        self.platform().session().set(SNAPSHOT_KEY, &text).await?;
        if self.0.snapshots.get() != number {
            // One that was begun later may know more, and have been written first: rather none than an old one.
            self.platform().session().remove(SNAPSHOT_KEY).await?;
        }
        Ok(snapshot)
    }

    fn render(&self, snapshot: Snapshot) -> Overview {
        let build = self.platform().build();
        let view = |(account, tokens)| self.view(account, tokens, &snapshot.pictures);
        Overview {
            version: build.version,
            loopback: build.loopback,
            redirect_uri: self.platform().consent().redirect_uri(),
            accounts: snapshot.entries.into_iter().map(view).collect(),
            problem: snapshot.unreadable.then(|| crate::tokens::vault::VaultError::Unreadable.into()),
        }
    }

    fn view(&self, account: Account, tokens: Tokens, pictures: &Pictures) -> AccountView {
        let now = self.now();
        let manners = account.registration.provider.manners();
        let refreshing = self.0.refreshing.borrow().get(&account.id).is_some();
        let pair = Pair { account, tokens };
        let problem = TokenService::<P>::needs_sign_in(&pair, now);
        let Pair { account, tokens } = pair;
        AccountView {
            provider: account.registration.provider,
            name: if account.identity.name.is_empty() {
                manners.name.to_owned()
            } else {
                account.identity.name.clone()
            },
            email: account.identity.email.clone(),
            avatar: account.identity.avatar_url.as_ref().and_then(|url| pictures.get(url)),
            site: account.chosen_site().cloned(),
            health: if refreshing { Health::Refreshing } else { health::of(&tokens, now) },
            problem,
            issued_at: Some(tokens.issued_at),
            expires_at: tokens.expires_at,
            last_refresh_at: tokens.refreshed_at,
            next_refresh_at: schedule::due(&tokens),
            scopes: tokens.scopes,
            can_refresh: tokens.refresh_token.is_some(),
            can_chat: manners.is_jira && !account.sites.is_empty(),
            sites: account.sites,
            id: account.id,
        }
    }
}

/// Health asks only whether there is a token, so a mark takes the place of each.
fn without_secrets(pair: Pair) -> (Account, Tokens) {
    use crate::oauth::client::ClientAuthentication;
    let Pair { mut account, mut tokens } = pair;
    let mark = |token: &Secret| Secret::new(if token.is_empty() { "" } else { "…" });
    account.registration.authentication = ClientAuthentication::None;
    tokens.access_token = mark(&tokens.access_token);
    tokens.refresh_token = tokens.refresh_token.as_ref().map(mark);
    (account, tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_s_script_asks_early_for_the_snapshot() {
        let script = include_str!("../../extension/backend.js");
        assert!(script.contains(&format!("const SNAPSHOT = \"{SNAPSHOT_KEY}\";")));
    }
}
