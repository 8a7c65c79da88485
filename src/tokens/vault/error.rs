//! Why the vault did not do what was asked, for us and for the person.

use crate::error::{Action, Code, Error};
use crate::platform::{CipherError, LockError, StoreError};

/// Why the vault did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// Somebody else wrote the record in the meantime: read it again and decide anew.
    Conflict,
    /// The record cannot be read: the key is gone, or the bytes were changed.
    Unreadable,
    /// A newer version of us wrote the record. It is to stay as it is.
    Newer,
    /// There is a passphrase, and it was not given since the browser started.
    Locked,
    /// This is not the passphrase.
    WrongPassphrase,
    /// The store failed; its own words.
    Failed(String),
}

impl From<StoreError> for VaultError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Full => Self::Failed("no room is left".into()),
            StoreError::Failed(words) => Self::Failed(words),
        }
    }
}

impl From<CipherError> for VaultError {
    fn from(error: CipherError) -> Self {
        match error {
            CipherError::KeyMissing | CipherError::Refused => Self::Unreadable,
            CipherError::Failed => Self::Failed("the browser's encryption does not answer".into()),
        }
    }
}

impl From<LockError> for VaultError {
    fn from(_: LockError) -> Self {
        Self::Failed("the browser gives no lock".into())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        VaultError::from(error).into()
    }
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        let (code, message, action) = match error {
            VaultError::Unreadable => (
                Code::VaultUnreadable,
                "A stored sign-in cannot be read: the browser's key for it is gone, or the file was changed. It was put aside, \
                 unchanged. Connect again; nothing in Jira is lost.",
                Action::FixSettings { field: None },
            ),
            VaultError::Newer => (
                Code::VaultUnreadable,
                "A newer version of this extension wrote a stored sign-in, and this one cannot read it. It is kept as it is: \
                 update the extension, and it is there again.",
                Action::None,
            ),
            VaultError::Locked => (
                Code::Locked,
                "Chat for Jira is locked, and renews no token until you unlock it with your passphrase.",
                Action::Unlock,
            ),
            VaultError::WrongPassphrase => {
                (Code::WrongPassphrase, "This is not the passphrase. Nothing was changed.", Action::None)
            }
            VaultError::Conflict => {
                (Code::StorageFailed, "Something else changed the same record. Try again.", Action::Retry { at: None })
            }
            VaultError::Failed(words) => {
                let message =
                    format!("The browser's storage failed ({words}). Check that the disk has room, then try again.");
                return Self::new(Code::StorageFailed, message).with(Action::Retry { at: None });
            }
        };
        Self::new(code, message).with(action)
    }
}
