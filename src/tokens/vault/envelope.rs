//! What a record looks like in the store: a readable header, then the sealed bytes.
//!
//! `3.<key>.<version>.<base64>`: this form, which key sealed it, and the version of the data inside. Header and record key are
//! the associated data, so that no old data passes for new and none for another record's. The second form was the same without
//! the data being packed ([`super::pack`]); the first was the bare base64, with the record key alone as associated data. They are
//! read, and become the present one when they are written next.

use super::VaultError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The form that is written.
const FORM: u32 = 3;
/// The form whose data is as it is.
const UNPACKED: u32 = 2;

/// Which key sealed a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Under {
    /// The device's key.
    Device,
    /// The data key, which a passphrase protects.
    Data,
    /// The device's key, also where there is a passphrase: to be read while locked.
    Always,
}

const NAMES: [(Under, &str); 3] = [(Under::Device, "d"), (Under::Data, "p"), (Under::Always, "a")];

/// What stands before the sealed bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    form: u32,
    pub(super) under: Under,
    /// The version of the data inside.
    pub(super) version: u32,
}

/// A record as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    /// None: it has the first form.
    pub(super) header: Option<Header>,
    pub(super) sealed: Vec<u8>,
}

impl Header {
    /// That of a record to be written.
    pub(super) fn new(under: Under, version: u32) -> Self {
        Self { form: FORM, under, version }
    }

    fn text(self) -> String {
        let name = NAMES.iter().find(|(under, _)| *under == self.under).map_or("", |(_, name)| name);
        format!("{}.{name}.{}.", self.form, self.version)
    }

    /// The whole record.
    pub(super) fn envelope(self, sealed: &[u8]) -> String {
        self.text() + &STANDARD.encode(sealed)
    }

    fn read(form: u32, text: &str) -> Option<(Self, &str)> {
        let (name, rest) = text.split_once('.')?;
        let (version, sealed) = rest.split_once('.')?;
        let (under, _) = NAMES.iter().find(|(_, known)| *known == name)?;
        Some((Self { form, under: *under, version: version.parse().ok()? }, sealed))
    }
}

/// What the record `key` with this header is bound to.
pub(super) fn context(header: Option<Header>, key: &str) -> String {
    header.map(Header::text).unwrap_or_default() + key
}

impl Envelope {
    /// Reads a stored value. Errors: `Newer` for a form we do not know yet, `Unreadable` for none at all.
    pub(super) fn read(value: &str) -> Result<Self, VaultError> {
        let (header, sealed) = match value.split_once('.') {
            None => (None, value),
            Some((form, rest)) => match form.parse::<u32>() {
                Ok(form @ (UNPACKED | FORM)) => {
                    let (header, sealed) = Header::read(form, rest).ok_or(VaultError::Unreadable)?;
                    // One way to write it, so that what is bound is what is read.
                    if !value.starts_with(&header.text()) {
                        return Err(VaultError::Unreadable);
                    }
                    (Some(header), sealed)
                }
                Ok(form) if form > FORM => return Err(VaultError::Newer),
                _ => return Err(VaultError::Unreadable),
            },
        };
        let sealed = STANDARD.decode(sealed).map_err(|_changed| VaultError::Unreadable)?;
        Ok(Self { header, sealed })
    }

    /// Whether the data inside is packed.
    pub(super) fn is_packed(&self) -> bool {
        self.header.is_some_and(|header| header.form != UNPACKED)
    }

    /// Which key sealed it.
    pub(super) fn under(&self) -> Under {
        self.header.map_or(Under::Device, |header| header.under)
    }
}
