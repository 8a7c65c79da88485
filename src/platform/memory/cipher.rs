//! The twin of the cipher: real AES-256-GCM and PBKDF2; the device's key can be lost.

use super::life::Life;
use crate::platform::{Cipher, CipherError, KEY_BYTES, Key};
use crate::secret::Secret;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use sha2::Sha256;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The length of the nonce, which stands before the encrypted bytes.
const NONCE: usize = 12;

type Bytes = [u8; KEY_BYTES];

/// The twin of [`Cipher`].
#[derive(Clone)]
pub struct MemoryCipher(pub(super) Life);

impl MemoryCipher {
    fn random<const N: usize>(&self) -> [u8; N] {
        use crate::platform::Random;
        let mut bytes = [0; N];
        super::time::MemoryRandom(self.0.world().clone()).fill(&mut bytes);
        bytes
    }
}

/// What a derivation starts from.
type Start = (String, Vec<u8>, u32);

thread_local! {
    /// A story that is killed at each of its steps derives the same keys again and again; slow on purpose, so once is enough.
    static DERIVED: RefCell<BTreeMap<Start, Bytes>> = const { RefCell::new(BTreeMap::new()) };
}

fn derived(passphrase: &str, salt: &[u8], rounds: u32) -> Bytes {
    let start = (passphrase.to_owned(), salt.to_vec(), rounds);
    DERIVED.with_borrow_mut(|known| {
        *known
            .entry(start)
            .or_insert_with(|| pbkdf2::pbkdf2_hmac_array::<Sha256, KEY_BYTES>(passphrase.as_bytes(), salt, rounds))
    })
}

impl Cipher for MemoryCipher {
    type DataKey = Bytes;

    async fn seal(&self, key: Key<'_, Bytes>, context: &str, plain: &[u8]) -> Result<Vec<u8>, CipherError> {
        self.0.call("cipher.seal", context).await;
        let key = match key {
            Key::Data(key) => *key,
            Key::Device => {
                let key = self.0.world().0.key.get().unwrap_or_else(|| self.random());
                self.0.world().0.key.set(Some(key));
                key
            }
        };
        let nonce: [u8; NONCE] = self.random();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = Aes256Gcm::new(&key.into()).encrypt(&nonce.into(), payload).map_err(|_| CipherError::Failed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    async fn open(&self, key: Key<'_, Bytes>, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        self.0.call("cipher.open", context).await;
        let key = match key {
            Key::Data(key) => *key,
            Key::Device => self.0.world().0.key.get().ok_or(CipherError::KeyMissing)?,
        };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CipherError::Refused)?;
        let payload = Payload { msg: sealed, aad: context.as_bytes() };
        Aes256Gcm::new(&key.into()).decrypt(&Nonce::from(*nonce), payload).map_err(|_| CipherError::Refused)
    }

    async fn import(&self, bytes: &Bytes) -> Result<Bytes, CipherError> {
        self.0.call("cipher.import", "").await;
        Ok(*bytes)
    }

    async fn derive(&self, passphrase: &Secret, salt: &[u8], rounds: u32) -> Result<Bytes, CipherError> {
        self.0.call("cipher.derive", "").await;
        Ok(derived(passphrase.expose(), salt, rounds))
    }
}
