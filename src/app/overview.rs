//! What pages show of the accounts: no view holds a secret.

use crate::app::App;
use crate::app::snapshot::{Entry, Kept, Snapshot};
use crate::error::{Error, Result};
use crate::oauth::provider::ProviderKind;
use crate::platform::{Consent, Platform, Timestamp};
use crate::readable;
use crate::tokens::TokenService;
use crate::tokens::account::Site;
use crate::tokens::accounts::Pair;
use crate::tokens::health::{self, Health};
use crate::tokens::limits;
use crate::tokens::refresh::no_account;
use crate::tokens::schedule::Pace;
use crate::tokens::vault::{LockState, VaultError};
use serde::Serialize;

/// So many accounts are a full screen. Those that need the person are among them, and nobody waits for the others.
pub(super) const MOST_AT_FIRST: usize = 20;

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
    /// The accounts, oldest first: all, or where there are many, those that the first screen shows.
    pub accounts: Vec<AccountView>,
    /// How many are left out.
    pub more: u32,
    /// The accounts' pictures, each once: `data:` addresses.
    pub pictures: Vec<String>,
    /// Why stored accounts are missing, if they are.
    pub problem: Option<Error>,
    /// Whether there is a passphrase, and whether it was given.
    pub lock: LockState,
    /// How the watch over the tokens is doing.
    pub status: Status,
}

/// How the watch over the tokens is doing.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Status {
    /// Whether it runs; the person can stop it.
    pub running: bool,
    /// When the tokens were last looked at.
    pub last_check_at: Option<Timestamp>,
    /// When they will be; none if nothing is to come.
    pub next_check_at: Option<Timestamp>,
    /// Whether the browser holds the alarm for it.
    pub alarm_set: bool,
}

readable!(Status { running, last_check_at, next_check_at, alarm_set });

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
    /// The person's own name for the account.
    pub label: Option<String>,
    /// The e-mail address, where visible.
    pub email: Option<String>,
    /// A `data:` address, or in an overview the number of one in its `pictures`; none: initials are shown.
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
    /// Whether there is something to refresh with.
    pub can_refresh: bool,
    /// When the whole sign-in ends by itself if it is not used (or whatever is done), where the provider says so.
    pub session_ends_at: Option<Timestamp>,
    /// Whether there is a Jira to chat with.
    pub can_chat: bool,
}

impl<P: Platform> App<P> {
    /// The overview: from the session store, or where there is none, from the vault.
    pub async fn overview(&self) -> Result<Overview> {
        Ok(self.render(&self.snapshot().await?, MOST_AT_FIRST))
    }

    /// The same with all accounts.
    pub async fn whole_overview(&self) -> Result<Overview> {
        Ok(self.render(&self.snapshot().await?, usize::MAX))
    }

    /// The same after something changed for all accounts at once, which open pages are told too.
    pub async fn overview_anew(&self) -> Result<Overview> {
        self.publish_if_changed().await;
        self.overview().await
    }

    /// One account's view. Error: `not_found`.
    pub async fn account_view(&self, id: &str) -> Result<AccountView> {
        let snapshot = self.snapshot().await?;
        let found = snapshot.kept.entries.iter().find(|entry| entry.0.id == id);
        found.map(|entry| self.view(entry, &snapshot)).ok_or_else(no_account)
    }

    /// What there is to show, of at most so many accounts.
    pub(super) fn render(&self, snapshot: &Snapshot, most: usize) -> Overview {
        let (build, entries) = (self.platform().build(), &snapshot.kept.entries);
        let mut pictures = Vec::new();
        let accounts: Vec<AccountView> =
            self.first_of(snapshot, most).map(|entry| self.with_number(entry, snapshot, &mut pictures)).collect();
        Overview {
            version: build.version,
            loopback: build.loopback,
            redirect_uri: self.platform().consent().redirect_uri(),
            more: u32::try_from(entries.len() - accounts.len()).unwrap_or(u32::MAX),
            accounts,
            pictures,
            problem: problem_of(&snapshot.kept).map(Error::from),
            lock: snapshot.kept.lock,
            status: snapshot.status.clone(),
        }
    }

    /// So many accounts in their order: those that need the person, and where there is room, the oldest of the others.
    fn first_of<'a>(&self, snapshot: &'a Snapshot, most: usize) -> impl Iterator<Item = &'a Entry> {
        let entries = &snapshot.kept.entries;
        let mut wanted = vec![entries.len() <= most; entries.len()];
        if entries.len() > most {
            let needy = |entry: &Entry| self.health_of(entry, snapshot).is_inactive();
            let (mut first, others): (Vec<usize>, Vec<usize>) = (0..entries.len()).partition(|at| needy(&entries[*at]));
            first.extend(others);
            first.into_iter().take(most).for_each(|at| wanted[at] = true);
        }
        entries.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(entry, _)| entry)
    }

    fn with_number(&self, entry: &Entry, snapshot: &Snapshot, pictures: &mut Vec<String>) -> AccountView {
        let mut view = self.view(entry, snapshot);
        if let Some(picture) = view.avatar.take() {
            let known = pictures.iter().position(|known| *known == picture);
            view.avatar = Some(known.unwrap_or(pictures.len()).to_string());
            if known.is_none() {
                pictures.push(picture);
            }
        }
        view
    }

    /// How an account is doing at this moment.
    pub(super) fn health_of(&self, Entry(account, tokens): &Entry, snapshot: &Snapshot) -> Health {
        match snapshot.kept.lock {
            LockState::Locked => Health::Locked,
            _ if self.0.refreshing.borrow().get(&account.id).is_some() => Health::Refreshing,
            _ => health::of(tokens, &Pace::of(&snapshot.settings, account), self.now()),
        }
    }

    /// What pages show of an account.
    pub(super) fn view(&self, entry: &Entry, snapshot: &Snapshot) -> AccountView {
        let pair = Pair { account: (*entry.0).clone(), tokens: (*entry.1).clone() };
        let problem = TokenService::<P>::needs_sign_in(&pair, self.now());
        let Pair { account, tokens } = pair;
        let pace = Pace::of(&snapshot.settings, &account);
        let manners = account.registration.provider.manners();
        AccountView {
            provider: account.registration.provider,
            name: shown_name(&account.identity.name, manners.name),
            label: account.label.clone(),
            email: account.identity.email.clone(),
            avatar: account.identity.avatar_url.as_ref().and_then(|url| snapshot.pictures.get(url)),
            site: account.chosen_site().cloned(),
            health: self.health_of(entry, snapshot),
            problem,
            // The tokens of an account may be lost, and this with them.
            issued_at: Some(tokens.issued_at).filter(|at| *at != Timestamp::default()),
            expires_at: tokens.expires_at,
            last_refresh_at: tokens.refreshed_at,
            next_refresh_at: pace.due(&tokens),
            can_refresh: tokens.is_renewable(),
            session_ends_at: limits::session_end(&account.registration, &tokens),
            scopes: tokens.scopes,
            can_chat: manners.is_jira && !account.sites.is_empty(),
            sites: account.sites,
            id: account.id,
        }
    }
}

/// What stands in the way of all accounts, the most urgent first.
fn problem_of(kept: &Kept) -> Option<VaultError> {
    match kept {
        Kept { lock: LockState::Locked, .. } => Some(VaultError::Locked),
        Kept { unreadable: true, .. } => Some(VaultError::Unreadable),
        Kept { newer: true, .. } => Some(VaultError::Newer),
        _ => None,
    }
}

fn shown_name(name: &str, of_server: &str) -> String {
    if name.is_empty() { of_server.to_owned() } else { name.to_owned() }
}
