//! “Later”: who was called for help and had no time is called once more.

use crate::error::Result;
use crate::json;
use crate::platform::{Clock, Platform, Store, Timestamp};
use crate::tokens::TokenService;
use std::time::Duration;

/// After this somebody who said “later” is called again.
const LATER: Duration = Duration::from_secs(4 * 3600);

const PREFIX: &str = "later:";

/// The archive's key of the moment at which the person of an account is called again.
pub(super) fn later_key(id: &str) -> String {
    format!("{PREFIX}{id}")
}

impl<P: Platform> TokenService<P> {
    /// Has the person called again after some hours, should the account still need them then. Errors: `not_found`, `storage_failed`.
    pub async fn remind_later(&self, id: &str) -> Result<()> {
        let account = self.account(id).await?;
        let again = json::to_text(&self.platform().clock().now().after(LATER));
        Ok(self.rewrite_archived(&later_key(&account.id), &|_| again.clone()).await?)
    }

    /// Calls for help again for those whose time has come, where they still need it. What cannot be read now is seen at the next look.
    pub async fn remind(&self, is_needy: &dyn Fn(&str) -> bool) {
        let archive = self.platform().archive();
        for key in archive.keys(PREFIX).await.unwrap_or_default() {
            let (Ok(Some(record)), Some(id)) = (archive.get(&key).await, key.strip_prefix(PREFIX)) else { continue };
            let due = json::from_text::<Timestamp>(&record.value).is_none_or(|at| at <= self.platform().clock().now());
            // Whoever takes the note away calls: two looks may meet here.
            if due && archive.delete_if(&key, record.revision).await.is_ok() && is_needy(id) {
                self.call_for_help(id).await;
            }
        }
    }
}
