//! Encryption at rest, over WebCrypto. What is sealed is the nonce and then what AES-GCM gives.

use super::key::Keys;
use super::lock::BrowserLock;
use super::value::{field, object};
use super::web_crypto::{CryptoKey, decrypt, derive, encrypt, import};
use crate::platform::{Cipher, CipherError, KEY_BYTES, Key};
use crate::secret::Secret;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

/// The length of the nonce.
const NONCE: usize = 12;

/// The adapter of [`Cipher`].
pub struct BrowserCipher {
    keys: Keys,
}

fn failed(_: JsValue) -> CipherError {
    CipherError::Failed
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn algorithm(nonce: &[u8; NONCE], context: &str) -> JsValue {
    object([("name", "AES-GCM".into()), ("iv", bytes(nonce)), ("additionalData", bytes(context.as_bytes()))])
}

/// How a key is to be used: for sealing and opening only, and never shown.
fn sealing() -> (JsValue, Array) {
    let algorithm = object([("name", "AES-GCM".into()), ("length", 256.into())]);
    (algorithm, Array::of2(&"encrypt".into(), &"decrypt".into()))
}

impl BrowserCipher {
    pub(super) fn new(lock: BrowserLock) -> Self {
        Self { keys: Keys::new(lock) }
    }
}

impl Cipher for BrowserCipher {
    type DataKey = CryptoKey;

    async fn seal(&self, key: Key<'_, CryptoKey>, context: &str, plain: &[u8]) -> Result<Vec<u8>, CipherError> {
        let key = match key {
            Key::Data(key) => key.clone(),
            Key::Device => self.keys.get_or_make(sealing()).await.map_err(failed)?,
        };
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| CipherError::Failed)?;
        let sealed = encrypt(&algorithm(&nonce, context), &key, &bytes(plain)).await.map_err(failed)?;
        Ok([nonce.as_slice(), &Uint8Array::new(&sealed).to_vec()].concat())
    }

    async fn open(&self, key: Key<'_, CryptoKey>, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        let key = match key {
            Key::Data(key) => key.clone(),
            Key::Device => self.keys.get().await.map_err(failed)?.ok_or(CipherError::KeyMissing)?,
        };
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CipherError::Refused)?;
        match decrypt(&algorithm(nonce, context), &key, &bytes(sealed)).await {
            Ok(plain) => Ok(Uint8Array::new(&plain).to_vec()),
            Err(error) if field(&error, "name").as_string().as_deref() == Some("OperationError") => {
                Err(CipherError::Refused)
            }
            Err(_) => Err(CipherError::Failed),
        }
    }

    async fn import(&self, key: &[u8; KEY_BYTES]) -> Result<CryptoKey, CipherError> {
        let (algorithm, usages) = sealing();
        import("raw", &bytes(key), &algorithm, false, &usages).await.map(JsCast::unchecked_into).map_err(failed)
    }

    async fn derive(&self, passphrase: &Secret, salt: &[u8], rounds: u32) -> Result<CryptoKey, CipherError> {
        let typed = bytes(passphrase.expose().as_bytes());
        let start = import("raw", &typed, &"PBKDF2".into(), false, &Array::of1(&"deriveKey".into())).await;
        let start: CryptoKey = start.map_err(failed)?.unchecked_into();
        let how = object([
            ("name", "PBKDF2".into()),
            ("hash", "SHA-256".into()),
            ("salt", bytes(salt)),
            ("iterations", rounds.into()),
        ]);
        let (algorithm, usages) = sealing();
        derive(&how, &start, &algorithm, false, &usages).await.map(JsCast::unchecked_into).map_err(failed)
    }
}
