//! Randomness of the authorization server: tokens, codes, session ids. (Sample data has its own, seeded dice.)

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// `length` characters that nobody can guess. Opaque, like Atlassian's own tokens: there is nothing to parse in them.
pub(crate) fn token(length: usize) -> String {
    let mut bytes = vec![0_u8; length.div_ceil(4) * 3];
    if let Err(error) = getrandom::fill(&mut bytes) {
        panic!("the system's random generator failed: {error}");
    }
    let mut text = URL_SAFE_NO_PAD.encode(bytes);
    text.truncate(length);
    text
}

/// The S256 challenge of a verifier (RFC 7636, section 4.2).
pub(crate) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// Eight hexadecimal digits that tell two secrets apart in the log without giving either away.
pub(crate) fn fingerprint(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// A random UUID, such as Entra names its traces by.
pub(crate) fn uuid() -> String {
    shaped(&Sha256::digest(token(32).as_bytes()), '4')
}

/// The UUID that stands for a name, always the same.
pub(crate) fn uuid_of(name: &str) -> String {
    shaped(&Sha256::digest(name.as_bytes()), '8')
}

fn shaped(bytes: &[u8], version: char) -> String {
    let hex: String = bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let place = |(at, digit): (usize, char)| match at {
        8 | 16 | 20 => format!("-{digit}"),
        12 => format!("-{version}"),
        _ => digit.to_string(),
    };
    let text: String = hex.chars().enumerate().map(place).collect();
    // The variant: the first digit of the fourth group is one of 8, 9, a, b.
    text.chars().enumerate().map(|(at, digit)| if at == 19 { 'a' } else { digit }).collect()
}
