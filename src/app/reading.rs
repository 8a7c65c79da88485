//! Readers of texts, one for each site, made of its names and kept as long as these are the same.

use crate::app::App;
use crate::app::names::USUAL;
use crate::chat::read::{Reader, needs_names};
use crate::error::{Code, Result};
use crate::few::Few;
use crate::jira::edition::Edition;
use crate::platform::Platform;
use crate::tokens::account::Account;
use crate::vocabulary::Kind;
use std::rc::Rc;

/// What questions name beside [`USUAL`], for which a site is asked in few requests.
const NAMED: [Kind; 4] = [Kind::Person, Kind::LinkType, Kind::Label, Kind::Group];
/// What belongs to projects and boards, each of which is asked for its own.
const BY_PROJECT: [Kind; 4] = [Kind::Board, Kind::Sprint, Kind::Version, Kind::Component];
/// Where there are more projects, what belongs to them is not fetched while somebody waits for the answer to a first question.
const FEW_PROJECTS: usize = 30;

/// The readers by account and site, each with whether the site was asked for all names.
pub(super) type Readers = Few<String, (Rc<Reader>, bool)>;

impl<P: Platform> App<P> {
    /// The reader for the account's site. If a text needs them, names that were never fetched are fetched now, once by this worker;
    /// what cannot be had stays unknown. Errors: `storage_failed`, and `reauth_required` where the site refuses the account.
    pub async fn reader(&self, account: &Account, text: &str) -> Result<Rc<Reader>> {
        let asked = self.0.rest.readers.borrow().get(&place(account)).is_some_and(|(_, asked)| *asked);
        let ask = !asked && needs_names(text);
        if ask {
            self.fetch_missing(account).await?;
        }
        self.reader_of(account, ask).await
    }

    /// The reader for what is known of the account's site now; nothing is fetched. Errors: `storage_failed`.
    pub async fn reader_at_hand(&self, account: &Account) -> Result<Rc<Reader>> {
        self.reader_of(account, false).await
    }

    /// The reader that is there, or a new one where the names have changed; and whether the site was asked for all names just now.
    async fn reader_of(&self, account: &Account, just_asked: bool) -> Result<Rc<Reader>> {
        let (names, place) = (self.known_names(account).await?, place(account));
        let mut readers = self.0.rest.readers.borrow_mut();
        let known = readers.get(&place).cloned();
        let asked = just_asked || known.as_ref().is_some_and(|(_, asked)| *asked);
        let reader = match known {
            Some((reader, _)) if Rc::ptr_eq(reader.names(), &names) => reader,
            _ => Rc::new(Reader::new(names)),
        };
        readers.insert(place, (Rc::clone(&reader), asked));
        Ok(reader)
    }

    /// Fetches the names that are not known, the ones that every question needs first. Each kind takes scopes of its own, but where
    /// the first is refused the account is.
    async fn fetch_missing(&self, account: &Account) -> Result<()> {
        let kinds = USUAL.into_iter().chain(NAMED).chain(BY_PROJECT);
        for (at, kind) in kinds.enumerate() {
            let known = self.known_names(account).await?;
            let many = known.entries(Kind::Project).len() > FEW_PROJECTS && BY_PROJECT.contains(&kind);
            // Boards take scopes of their own on Cloud; asking without them would renew the token in vain.
            let barred = matches!(kind, Kind::Board | Kind::Sprint) && !sees_boards(account);
            if known.part(kind).is_some() || many || barred {
                continue;
            }
            match self.fetch_names(account, kind).await {
                Err(refused) if refused.code == Code::ReauthRequired && at == 0 => return Err(refused),
                Err(error) if !matches!(error.code, Code::Refused | Code::NotFound | Code::ReauthRequired) => break,
                _ => {}
            }
        }
        Ok(())
    }
}

/// The account and its site, as one text.
fn place(account: &Account) -> String {
    format!("{}:{}", account.id, account.chosen_site().map_or("", |site| &site.id))
}

/// Whether the account may read boards and sprints, as far as its scopes tell.
fn sees_boards(account: &Account) -> bool {
    let is_cloud = Edition::of(account.registration.provider).is_cloud();
    !is_cloud || account.registration.scopes.iter().any(|scope| scope.starts_with("read:board-scope"))
}
