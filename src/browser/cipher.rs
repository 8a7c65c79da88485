//! Encryption at rest, over WebCrypto. What is sealed is the nonce and then what AES-GCM gives.

use super::database::Place;
use super::key::{self, Key};
use super::lock::BrowserLock;
use super::value::{field, object};
use crate::platform::{Cipher, CipherError, Lock};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"], js_name = generateKey)]
    async fn generate(algorithm: &JsValue, extractable: bool, usages: &Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"])]
    async fn encrypt(algorithm: &JsValue, key: &Key, data: &Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["crypto", "subtle"])]
    async fn decrypt(algorithm: &JsValue, key: &Key, data: &Uint8Array) -> Result<JsValue, JsValue>;
}

/// The length of the nonce.
const NONCE: usize = 12;

/// The adapter of [`Cipher`].
pub struct BrowserCipher {
    lock: BrowserLock,
    place: Place,
    /// The key, once it was read: opening the database each time would take longer than the encryption.
    key: RefCell<Option<Key>>,
}

fn failed(_: JsValue) -> CipherError {
    CipherError::Failed
}

fn algorithm(nonce: &[u8; NONCE], context: &str) -> JsValue {
    object([
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(nonce.as_slice()).into()),
        ("additionalData", Uint8Array::from(context.as_bytes()).into()),
    ])
}

impl BrowserCipher {
    pub(super) fn new(lock: BrowserLock) -> Self {
        Self { lock, place: key::place(), key: RefCell::default() }
    }

    async fn key(&self) -> Result<Option<Key>, CipherError> {
        let known = self.key.borrow().clone();
        if known.is_some() {
            return Ok(known);
        }
        let key = key::load(&self.place).await.map_err(failed)?;
        self.key.replace(key.clone());
        Ok(key)
    }

    /// The key; a new one if there is none. Under a lock, so that all contexts agree on it.
    async fn key_or_new(&self) -> Result<Key, CipherError> {
        if let Some(key) = self.key().await? {
            return Ok(key);
        }
        let _guard = self.lock.acquire("cipher:key").await.map_err(|_| CipherError::Failed)?;
        if let Some(key) = self.key().await? {
            return Ok(key);
        }
        let algorithm = object([("name", "AES-GCM".into()), ("length", 256.into())]);
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let key: Key = generate(&algorithm, false, &usages).await.map_err(failed)?.unchecked_into();
        key::save(&self.place, &key).await.map_err(failed)?;
        self.key.replace(Some(key.clone()));
        Ok(key)
    }
}

impl Cipher for BrowserCipher {
    async fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, CipherError> {
        let key = self.key_or_new().await?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| CipherError::Failed)?;
        let sealed = encrypt(&algorithm(&nonce, context), &key, &Uint8Array::from(plain)).await.map_err(failed)?;
        Ok([nonce.as_slice(), &Uint8Array::new(&sealed).to_vec()].concat())
    }

    async fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        let key = self.key().await?.ok_or(CipherError::KeyMissing)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CipherError::Refused)?;
        match decrypt(&algorithm(nonce, context), &key, &Uint8Array::from(sealed)).await {
            Ok(plain) => Ok(Uint8Array::new(&plain).to_vec()),
            Err(error) if field(&error, "name").as_string().as_deref() == Some("OperationError") => {
                Err(CipherError::Refused)
            }
            Err(_) => Err(CipherError::Failed),
        }
    }
}
