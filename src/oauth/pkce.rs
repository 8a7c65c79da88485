//! Proof key for code exchange (RFC 7636), method S256. `plain` does not exist here.

use crate::platform::Random;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// 32 random bytes as base64url: 43 characters, the shortest a verifier may be (RFC 7636 §4.1), with 256 bits of entropy.
const ENTROPY: usize = 32;

/// A fresh unguessable text of 43 base64url characters: a code verifier, a state, an id.
pub fn random_text(random: &impl Random) -> String {
    let mut bytes = [0_u8; ENTROPY];
    random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A fresh code verifier, for one authorization request.
pub fn verifier(random: &impl Random) -> Secret {
    Secret::new(random_text(random))
}

/// The S256 challenge of a verifier: base64url(SHA-256(verifier)), RFC 7636 §4.2.
pub fn challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::memory::World;
    use crate::platform::{Platform as _, Timestamp};

    #[test]
    fn d02_the_challenge_of_the_rfc_s_verifier_is_the_rfc_s_challenge() {
        // RFC 7636 Appendix B.
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn d03_a_verifier_is_fresh_and_of_the_allowed_shape() {
        let worker = World::new(Timestamp(0), 7).worker();
        let random = worker.random();
        let (first, second) = (verifier(random), verifier(random));
        assert_ne!(first.expose(), second.expose());
        for text in [first.expose(), second.expose()] {
            assert!((43..=128).contains(&text.len()));
            assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)));
        }
    }
}
