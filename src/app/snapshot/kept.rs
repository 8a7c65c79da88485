//! What is kept of the accounts for the next picture: without any token.

use crate::json::Read;
use crate::oauth::client::ClientAuthentication;
use crate::readable;
use crate::secret::Secret;
use crate::tokens::account::{Account, Tokens};
use crate::tokens::accounts::Pair;
use crate::tokens::vault::LockState;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// An account and its tokens with every secret taken out. Cloning is cheap and gives the same one.
#[derive(Clone, Debug)]
pub struct Entry(pub(in crate::app) Rc<Account>, pub(in crate::app) Rc<Tokens>);

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        (&*self.0, &*self.1).serialize(serializer)
    }
}

impl Read for Entry {
    fn read(data: &Value) -> Option<Self> {
        Some(Self(Rc::new(Read::read(&data[0])?), Rc::new(Read::read(&data[1])?)))
    }
}

/// What is kept of it. The rest is read anew for each picture.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Kept {
    pub(in crate::app) entries: Vec<Entry>,
    pub(in crate::app) unreadable: bool,
    /// Whether a newer version of us wrote records that are not shown.
    pub(in crate::app) newer: bool,
    /// While locked, the accounts are those of before.
    pub(in crate::app) lock: LockState,
}

readable!(Kept { entries, unreadable; newer, lock });

/// What was last read or written, with its text: nothing is taken from here unless the session store still holds that text.
#[derive(Default)]
pub struct LastKept(pub(super) RefCell<(String, Kept)>);

/// Health asks only whether there is a token, so a mark takes the place of each.
pub(super) fn without_secrets(pair: Pair) -> Entry {
    let Pair { mut account, mut tokens } = pair;
    let mark = |token: &Secret| Secret::new(if token.is_empty() { "" } else { "…" });
    account.registration.authentication = ClientAuthentication::None;
    tokens.access_token = mark(&tokens.access_token);
    tokens.refresh_token = tokens.refresh_token.as_ref().map(mark);
    Entry(Rc::new(account), Rc::new(tokens))
}
