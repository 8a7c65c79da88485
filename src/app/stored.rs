//! What is stored in this browser: of what kind, how many records, how large; and deleting what the person can do without.

use crate::app::App;
use crate::error::{Code, Error, Result};
use crate::platform::{Platform, Store, StoreError};
use crate::readable;
use crate::tokens::account::{ACCOUNT_PREFIX, TOKENS_PREFIX, names_key};
use crate::tokens::vault::LONG;
use serde::Serialize;

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum StoredKind {
    /// Accounts and their tokens, sealed.
    Accounts,
    /// Settings, and ways to connect.
    Settings,
    /// What happened to tokens, and the figures.
    History,
    /// Names of the sites' projects, people, fields and so on.
    Names,
    /// Conversations and the last answers, sealed.
    Conversations,
    /// Changes in Jira that were planned or made, for going on and for taking back.
    Changes,
}

readable!(StoredKind: Accounts "accounts", Settings "settings", History "history", Names "names",
    Conversations "conversations", Changes "changes");

/// How much there is of one kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Stored {
    /// What it is about.
    pub kind: StoredKind,
    /// How many records.
    pub records: u64,
    /// Their keys and values together, in bytes.
    pub bytes: u64,
    /// Whether it can be deleted by itself: accounts go by signing out, and a change under way needs its record.
    pub can_delete: bool,
}

impl<P: Platform> App<P> {
    /// Everything that is stored, by kind. Error: `storage_failed`.
    pub async fn stored(&self) -> Result<Vec<Stored>> {
        use StoredKind::{Accounts, Changes, Conversations, History, Names, Settings};
        let mut all: Vec<Stored> = [Accounts, Settings, History, Names, Conversations, Changes]
            .into_iter()
            .map(|kind| Stored { kind, records: 0, bytes: 0, can_delete: can_delete(kind) })
            .collect();
        measure(&mut all, self.platform().store(), of_store).await?;
        measure(&mut all, self.platform().archive(), of_archive).await?;
        Ok(all)
    }

    /// Deletes all of a kind. Errors: `refused` for a kind that cannot be deleted so; `storage_failed`.
    pub async fn delete_stored(&self, kind: StoredKind) -> Result<()> {
        if !can_delete(kind) {
            return Err(Error::new(
                Code::Refused,
                "This is not deleted by itself. Sign an account out to delete what is its own.",
            ));
        }
        let archive = self.platform().archive();
        for key in archive.keys("").await?.into_iter().filter(|key| of_archive(key) == kind) {
            loop {
                let Some(record) = archive.get(&key).await? else { break };
                match archive.delete_if(&key, record.revision).await {
                    Err(StoreError::Conflict) => {} // written meanwhile
                    other => break other?,
                }
            }
        }
        Ok(())
    }
}

fn can_delete(kind: StoredKind) -> bool {
    matches!(kind, StoredKind::History | StoredKind::Names | StoredKind::Conversations)
}

fn of_store(key: &str) -> StoredKind {
    match key.starts_with(ACCOUNT_PREFIX) || key.starts_with(TOKENS_PREFIX) {
        true => StoredKind::Accounts,
        false => StoredKind::Settings,
    }
}

fn of_archive(key: &str) -> StoredKind {
    match key {
        _ if key.starts_with(LONG) => StoredKind::Conversations,
        _ if key.starts_with(&names_key("")) => StoredKind::Names,
        _ if key.starts_with("doing:") => StoredKind::Changes,
        _ => StoredKind::History,
    }
}

/// Record by record: all at once may be more than fits.
async fn measure<S: Store>(all: &mut [Stored], store: &S, kind_of: fn(&str) -> StoredKind) -> Result<()> {
    for key in store.keys("").await? {
        let length = store.get(&key).await?.map_or(0, |record| record.value.len());
        if let Some(kind) = all.iter_mut().find(|stored| stored.kind == kind_of(&key)) {
            kind.records += 1;
            kind.bytes += u64::try_from(key.len() + length).unwrap_or(0);
        }
    }
    Ok(())
}
