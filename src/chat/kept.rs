//! Sealed records that grow with use: what was said, and what Jira answered. They lie in the archive, below their account, and go
//! when it goes; while locked they can be neither read nor written, and stay.

use crate::app::App;
use crate::error::{Code, Result};
use crate::json::{self, Read};
use crate::platform::{Platform, Store};
use crate::tokens::account::long_key;
use crate::tokens::vault::{Stored, Vault, VaultError};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;

/// Any of the records: one type, so that sealing and opening is compiled once.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Long(Value);

impl Read for Long {
    fn read(data: &Value) -> Option<Self> {
        Some(Self(data.clone()))
    }
}

impl Stored for Long {
    const VERSION: u32 = 1;
}

/// Places below an account.
pub(super) struct Kept<'a, P: Platform> {
    app: &'a App<P>,
    account: &'a str,
}

impl<'a, P: Platform> Kept<'a, P> {
    /// What is kept of this account.
    pub(super) fn of(app: &'a App<P>, account: &'a str) -> Self {
        Self { app, account }
    }

    fn vault(&self) -> Vault<'a, P> {
        Vault::new(self.app.platform())
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", long_key(self.account))
    }

    /// The record of this name. Errors: `locked`, `vault_unreadable`, `storage_failed`.
    pub(super) async fn read<T: Read>(&self, name: &str) -> Result<Option<T>> {
        Ok(self.value(name).await?.and_then(|value| T::read(&value)))
    }

    fn value<'b>(&'b self, name: &'b str) -> LocalBoxFuture<'b, Result<Option<Value>>> {
        Box::pin(async move { Ok(self.vault().read::<Long>(&self.key(name)).await?.map(|(Long(value), _)| value)) })
    }

    /// The records of these names, in their order; none in the place of one that cannot be read. Error: `locked`.
    pub(super) async fn read_many<T: Read>(&self, names: &[String]) -> Result<Vec<Option<T>>> {
        let keys: Vec<String> = names.iter().map(|name| self.key(name)).collect();
        let mut all = Vec::with_capacity(keys.len());
        for found in self.vault().read_many::<Long>(&keys).await? {
            match found {
                Ok(found) => all.push(found.and_then(|(Long(value), _)| T::read(&value))),
                Err(VaultError::Locked) => return Err(VaultError::Locked.into()),
                Err(_unreadable) => all.push(None),
            }
        }
        Ok(all)
    }

    /// Writes what `change` makes of what is there, which another page may change at the same time. What cannot be read is never
    /// written over. Errors: as for [`Kept::read`].
    pub(super) fn rewrite<'b>(
        &'b self,
        name: &'b str,
        change: &'b mut dyn FnMut(Option<Value>) -> Value,
    ) -> LocalBoxFuture<'b, Result<()>> {
        Box::pin(async move {
            let key = self.key(name);
            loop {
                let (known, revision) = match self.vault().read::<Long>(&key).await? {
                    Some((Long(value), revision)) => (Some(value), revision),
                    None => (None, 0),
                };
                match self.vault().write_if(&key, revision, &Long(change(known))).await {
                    Err(VaultError::Conflict) => {}
                    other => break other.map(|_revision| ())?,
                }
            }
            self.unless_gone().await
        })
    }

    /// An account that was signed out meanwhile leaves nothing behind.
    async fn unless_gone(&self) -> Result<()> {
        match self.app.tokens().account(self.account).await {
            Err(gone) if gone.code == Code::NotFound => self.forget("").await,
            _ => Ok(()),
        }
    }

    /// Removes the records whose names begin so, also those that cannot be read. Error: `storage_failed`.
    pub(super) fn forget<'b>(&'b self, start: &'b str) -> LocalBoxFuture<'b, Result<()>> {
        Box::pin(async move {
            for key in self.app.platform().archive().keys(&self.key(start)).await? {
                self.vault().delete(&key).await?;
            }
            Ok(())
        })
    }
}

/// How many bytes a value takes, about: as text.
pub(super) fn size(value: &Value) -> usize {
    json::text_of(value).len()
}
