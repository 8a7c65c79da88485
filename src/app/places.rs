//! What the browser around the pages is told: which issue an address is of, and where an issue is.

use crate::app::App;
use crate::error::Result;
use crate::oauth::address::Address;
use crate::platform::Platform;
use crate::tokens::account::Account;
use std::rc::Rc;

#[cfg(test)]
mod tests;

/// The parts of Jira's paths behind which an issue's key can come: its page, a list of issues, a queue and a portal of requests.
const BEFORE: [&str; 4] = ["browse", "issues", "queues", "portal"];
/// In this parameter boards and backlogs name the issue that is shown over them.
const SELECTED: &str = "selectedIssue=";

impl<P: Platform> App<P> {
    /// The issue that is shown at `url`: its key, and the account at whose chosen site it is; of this account, or where none is named,
    /// of the oldest. Errors: as for the overview.
    pub async fn issue_at(&self, account: Option<&str>, url: &str) -> Result<Option<(String, String)>> {
        let all = self.chatting().await?;
        let mut asked = all.iter().filter(|each| account.is_none_or(|id| each.id == id));
        Ok(asked.find_map(|each| Some((issue_at(&each.chosen_site()?.url, url)?, each.id.clone()))))
    }

    /// The accounts that can chat, oldest first; none while locked. Errors: as for the overview.
    pub(crate) async fn chatting(&self) -> Result<Vec<Rc<Account>>> {
        let snapshot = self.snapshot().await?;
        let accounts = snapshot.kept.entries.iter().map(|entry| Rc::clone(&entry.0));
        Ok(accounts
            .filter(|account| account.registration.provider.manners().is_jira && !account.sites.is_empty())
            .collect())
    }
}

/// The key of the issue that is shown at `url`, where that lies below the site's address.
fn issue_at(site: &str, url: &str) -> Option<String> {
    let (place, query) = url.split('#').next()?.split_once('?').unwrap_or((url.split('#').next()?, ""));
    let (site, place) = (Address::parse(site).ok()?, Address::parse(place).ok()?);
    if site.origin() != place.origin() {
        return None;
    }
    let path = place.path().strip_prefix(site.path().trim_end_matches('/'))?.strip_prefix('/')?;
    if let Some(key) = query.split('&').find_map(|pair| key(pair.strip_prefix(SELECTED)?)) {
        return Some(key);
    }
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let found = key(parts.next()?)?;
    parts.any(|part| BEFORE.contains(&part)).then_some(found)
}

/// An issue's key, as Jira writes it, where the text is one: `mob-12` is `MOB-12`.
pub fn key(text: &str) -> Option<String> {
    let text = text.trim();
    let (project, number) = text.rsplit_once('-')?;
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let fits = project.len() >= 2
        && project.starts_with(|c: char| c.is_ascii_alphabetic())
        && project.chars().all(letters)
        && !number.is_empty()
        && !number.starts_with('0')
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && text.len() <= 40;
    fits.then(|| text.to_ascii_uppercase())
}
