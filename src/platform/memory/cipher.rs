//! The twin of the cipher: real AES-256-GCM; its key can be lost.

use super::life::Life;
use crate::platform::{Cipher, CipherError};
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};

/// The length of the nonce, which stands before the encrypted bytes.
const NONCE: usize = 12;

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

impl Cipher for MemoryCipher {
    async fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>, CipherError> {
        self.0.call("cipher.seal", context).await;
        let key = self.0.world().0.key.get().unwrap_or_else(|| self.random());
        self.0.world().0.key.set(Some(key));
        let nonce: [u8; NONCE] = self.random();
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = Aes256Gcm::new(&key.into()).encrypt(&nonce.into(), payload).map_err(|_| CipherError::Failed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    async fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>, CipherError> {
        self.0.call("cipher.open", context).await;
        let key = self.0.world().0.key.get().ok_or(CipherError::KeyMissing)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(CipherError::Refused)?;
        let payload = Payload { msg: sealed, aad: context.as_bytes() };
        Aes256Gcm::new(&key.into()).decrypt(&Nonce::from(*nonce), payload).map_err(|_| CipherError::Refused)
    }
}
