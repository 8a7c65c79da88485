//! What an id token says of the person (OpenID Connect Core §2).
//!
//! Its signature is not checked: it came from the token endpoint itself, over the connection that the browser has verified, and
//! for that case the standard lets TLS take the signature's place (§3.1.3.7, point 6).

use crate::json;
use crate::oauth::client::Registration;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The claims; `None` if it is not an id token for this client, from this server (§3.1.3.7, points 2 and 3).
pub fn claims(token: &Secret, registration: &Registration) -> Option<Value> {
    let mut parts = token.expose().split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    let claims = json::parse(&URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?)?;
    let ours = |audience: &Value| audience.as_str() == Some(&registration.client_id);
    let for_us = ours(&claims["aud"]) || claims["aud"].as_array().is_some_and(|all| all.iter().any(ours));
    let from_it = claims["iss"].as_str().is_some_and(|issuer| registration.accepts_issuer(issuer));
    (for_us && from_it && claims["sub"].is_string()).then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::memory::World;
    use crate::platform::{Platform as _, Random as _, Timestamp};
    use serde_json::json;

    fn registration() -> Registration {
        let issuer = Some("https://login.microsoftonline.com/{tenantid}/v2.0".into());
        Registration { client_id: "app".into(), issuer, ..Registration::default() }
    }

    fn token(claims: &Value) -> Secret {
        Secret::new(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string())))
    }

    fn good() -> Value {
        json!({"aud": "app", "iss": "https://login.microsoftonline.com/2f8c/v2.0", "sub": "s", "name": "Mia"})
    }

    #[test]
    fn a_token_for_us_from_the_server_is_read() {
        assert_eq!(claims(&token(&good()), &registration()).unwrap()["name"], "Mia");
        let mut several = good();
        several["aud"] = json!(["other", "app"]);
        assert!(claims(&token(&several), &registration()).is_some());
    }

    #[test]
    fn one_for_another_client_or_from_another_server_tells_nothing() {
        for (name, value) in [
            ("aud", json!("other")),
            ("aud", json!([])),
            ("iss", json!("https://login.microsoftonline.com/a/b/v2.0")),
            ("iss", json!("https://login.microsoftonline.com//v2.0")),
            ("iss", json!("https://evil.example.com/2f8c/v2.0")),
            ("iss", Value::Null),
            ("sub", json!(1)),
        ] {
            let mut changed = good();
            changed[name] = value;
            assert!(claims(&token(&changed), &registration()).is_none(), "{changed}");
        }
    }

    #[test]
    fn no_text_makes_the_reader_stumble() {
        let good = token(&good()).expose().to_owned();
        let world = World::new(Timestamp(0), 11).worker();
        for _ in 0..3_000 {
            let (mut bytes, mut dice) = (good.clone().into_bytes(), [0_u8; 4]);
            world.random().fill(&mut dice);
            let at = usize::from(dice[0]) * 3 % bytes.len();
            match dice[1] % 3 {
                0 => bytes[at] = dice[2],
                1 => bytes.truncate(at),
                _ => bytes.insert(at, dice[2]),
            }
            let _ = claims(&Secret::new(String::from_utf8_lossy(&bytes)), &registration());
        }
        for text in ["", ".", "..", "a.b", "....", "e30.e30.", "e30.bnVsbA.x"] {
            assert!(claims(&Secret::new(text), &registration()).is_none(), "{text}");
        }
    }
}
