//! The names of the sites: fetched when they are first needed, kept with their age, and fetched anew in the background. What is kept
//! is used also without a connection.

use crate::app::App;
use crate::error::{Code, Result};
use crate::few::Few;
use crate::jira::Jira;
use crate::json;
use crate::platform::{Platform, Store, StoreError, Timestamp};
use crate::tokens::account::{Account, names_key};
use crate::vocabulary::{Kind, Part, Vocabulary};
use serde_json::Value;
use std::rc::Rc;
use std::time::Duration;

/// What a query is made of, and what every question needs.
pub const USUAL: [Kind; 7] =
    [Kind::Field, Kind::Function, Kind::Project, Kind::Status, Kind::IssueType, Kind::Priority, Kind::Resolution];
/// The record that tells how old the others are.
const AGES: &str = "ages";

/// The names of each site that was asked about, by account and site, as this worker has last read them.
pub(super) type Read = Few<String, Rc<Vocabulary>>;

/// After this time they are fetched anew.
fn lifetime(kind: Kind) -> Duration {
    let hours = match kind {
        Kind::Sprint => 1,
        Kind::Version | Kind::Component | Kind::Label => 6,
        _ => 24,
    };
    Duration::from_secs(hours * 3600)
}

/// Whether a failure says nothing of the other kinds: each takes scopes and permissions of its own.
fn is_of_one_kind(code: Code) -> bool {
    matches!(code, Code::Refused | Code::NotFound | Code::ReauthRequired)
}

fn place(account: &Account) -> String {
    format!("{}{}:", names_key(&account.id), account.chosen_site().map_or("", |site| &site.id))
}

impl<P: Platform> App<P> {
    /// What is known of the names on the account's site. No request is made.
    pub async fn known_names(&self, account: &Account) -> Result<Rc<Vocabulary>> {
        let place = place(account);
        let known = self.0.rest.names.borrow().get(&place).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let fetched = self.0.rest.fetched.get();
        let keys: Vec<String> = Kind::all().map(|kind| format!("{place}{}", kind.text())).collect();
        let records = self.platform().archive().get_many(&keys).await?;
        let is_data_center = !crate::jira::edition::Edition::of(account.registration.provider).is_cloud();
        let mut found = Vocabulary::default();
        found.data_center = is_data_center;
        for (kind, record) in Kind::all().zip(records) {
            if let Some(part) = record.and_then(|record| json::from_text::<Part>(&record.value)) {
                found.put(kind, part);
            }
        }
        let found = Rc::new(found);
        if self.0.rest.fetched.get() == fetched {
            self.0.rest.names.borrow_mut().insert(place, Rc::clone(&found));
        }
        Ok(found)
    }

    /// The same with these kinds, which are fetched if they never were. What cannot be fetched now stays unknown.
    pub async fn names(&self, account: &Account, kinds: &[Kind]) -> Result<Rc<Vocabulary>> {
        for kind in kinds.iter().copied() {
            // Somebody else may have fetched it while this waited for the one before.
            if self.known_names(account).await?.part(kind).is_some() {
                continue;
            }
            match self.fetch_names(account, kind).await {
                Err(error) if !is_of_one_kind(error.code) => break,
                _ => {}
            }
        }
        self.known_names(account).await
    }

    /// Fetches a kind and keeps it, once for all who ask for it at the same time. What belongs to projects is fetched for those that
    /// are known.
    pub(super) async fn fetch_names(&self, account: &Account, kind: Kind) -> Result<()> {
        let flight = format!("{}{}", place(account), kind.text());
        self.0.rest.fetching.share(&flight, async || Box::pin(self.fetch_kind(account, kind)).await).await
    }

    async fn fetch_kind(&self, account: &Account, kind: Kind) -> Result<()> {
        let jira = Jira::new(self.tokens(), self.platform(), account)?;
        let known = self.known_names(account).await?;
        let part = jira.names(kind, known.entries(Kind::Project)).await?;
        let place = place(account);
        // The names first: an age without them would keep them from being fetched.
        self.keep_names(&format!("{place}{}", kind.text()), &|_| json::to_text(&part)).await?;
        let now = self.now();
        let marked = |known: &str| {
            let mut ages = read_ages(known);
            ages[kind.text()] = now.0.into();
            json::text_of(&ages)
        };
        self.keep_names(&format!("{place}{AGES}"), &marked).await?;
        self.0.rest.fetched.set(self.0.rest.fetched.get() + 1);
        self.0.rest.names.borrow_mut().remove(&place);
        Ok(())
    }

    /// Keeps what `make` makes of what is there, which another page may change at the same time.
    async fn keep_names(&self, key: &str, make: &dyn Fn(&str) -> String) -> Result<()> {
        let archive = self.platform().archive();
        loop {
            let known = archive.get(key).await?;
            let (revision, text) = known.map_or((0, String::new()), |record| (record.revision, record.value));
            match archive.put_if(key, revision, &make(&text)).await {
                Err(StoreError::Conflict) => {}
                other => return Ok(other.map(drop)?),
            }
        }
    }

    /// When each kind was fetched, under its stored name.
    async fn ages(&self, place: &str) -> Result<Value> {
        let record = self.platform().archive().get(&format!("{place}{AGES}")).await?;
        Ok(read_ages(record.as_ref().map_or("", |record| &record.value)))
    }

    /// Fetches what has grown old, of the sites whose names are kept: of each the oldest first, and at most so many kinds.
    pub(super) async fn renew_names(&self, most: usize) -> Result<()> {
        for key in self.platform().archive().keys(&names_key("")).await? {
            let Some(place) = key.strip_suffix(AGES) else { continue };
            let id = place.split(':').nth(1).unwrap_or_default();
            let account = match self.tokens().account(id).await {
                Err(gone) if gone.code == Code::NotFound => {
                    self.forget_names(&names_key(id)).await?;
                    continue;
                }
                Err(_) => continue,
                Ok(account) => account,
            };
            if self::place(&account) != place {
                continue;
            }
            let ages = self.ages(place).await?;
            let at = |kind: Kind| ages[kind.text()].as_i64().map(Timestamp);
            // Also those of a time that is yet to come: the clock was put back.
            let is_old = |(at, kind): &(Timestamp, Kind)| self.now() < *at || self.now().since(*at) > lifetime(*kind);
            let mut old: Vec<_> = Kind::all().filter_map(|kind| Some((at(kind)?, kind))).filter(is_old).collect();
            old.sort_by_key(|(at, _)| *at);
            let mut left = most;
            for (_, kind) in old {
                match self.fetch_names(&account, kind).await {
                    // What is refused stays the oldest, and must not keep the others from being fetched.
                    Err(error) if is_of_one_kind(error.code) => continue,
                    // This site has to wait, and the next is another.
                    Err(_) => break,
                    Ok(()) => left -= 1,
                }
                if left == 0 {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Removes names of an account that was signed out while they were fetched.
    async fn forget_names(&self, start: &str) -> Result<()> {
        let archive = self.platform().archive();
        for key in archive.keys(start).await? {
            if let Some(record) = archive.get(&key).await? {
                archive.delete_if(&key, record.revision).await?;
            }
        }
        Ok(())
    }
}

fn read_ages(text: &str) -> Value {
    json::parse(text.as_bytes()).filter(Value::is_object).unwrap_or_else(|| json::object([]))
}
