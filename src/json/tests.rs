use super::*;
use crate::jira::search::Cursor;
use crate::oauth::client::ClientAuthentication;
use crate::oauth::provider::ProviderKind;
use crate::platform::Timestamp;
use crate::secret::Secret;
use crate::tokens::account::{Identity, Site, Trouble, TroubleKind};
use serde_json::json;

/// What is written must be read again, with nothing lost.
fn survives<T: Read + Serialize>(value: &T) {
    let written = to_value(value);
    let read = T::read(&written).unwrap_or_else(|| panic!("{written} is not read"));
    assert_eq!(to_value(&read), written);
    assert_eq!(to_value(&from_text::<T>(&to_text(value)).unwrap()), written);
}

#[test]
fn what_is_written_is_read_again() {
    for kind in [ProviderKind::JiraCloud, ProviderKind::JiraDataCenter, ProviderKind::Other] {
        survives(&kind);
    }
    for kind in [TroubleKind::Passing, TroubleKind::DeadGrant, TroubleKind::Misconfigured] {
        let (retry_at, failed_at) = (Some(Timestamp(-5)), Some(Timestamp(7)));
        survives(&Trouble {
            kind,
            message: "a \"word\"\n…".into(),
            attempts: 3,
            retry_at,
            failed_at,
            not_before: None,
        });
    }
    let secret = Secret::new("s");
    survives(&vec![
        ClientAuthentication::None,
        ClientAuthentication::SecretPost { secret: secret.clone() },
        ClientAuthentication::SecretBasic { secret },
    ]);
    survives(&vec![Cursor::Token("t".into()), Cursor::Offset(50)]);
    survives(&Identity { email: Some("m@example.com".into()), ..Identity::default() });
    survives(&Site { id: "1".into(), name: "ü".into(), url: "https://n.atlassian.net".into() });
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(Site::read(&json!({"id": "1", "name": "N"})).is_none(), "a field is missing");
    assert!(Site::read(&json!({"id": 1, "name": "N", "url": "u"})).is_none(), "a field is of another kind");
    assert!(Site::read(&json!(["1", "N", "u"])).is_none(), "no object");
    assert!(Identity::read(&json!({"id": "", "name": "", "email": 7})).is_none(), "not a text, and not missing");
    assert!(ProviderKind::read(&json!("JiraCloud")).is_none(), "no such name");
    assert!(ClientAuthentication::read(&json!({"method": "secret_post"})).is_none(), "no secret");
    assert!(Vec::<String>::read(&json!(["a", 1])).is_none(), "one of them is no text");
    assert!(u32::read(&json!(u64::MAX)).is_none(), "too large");
    assert!(from_text::<Value>("{\"a\":").is_none(), "no JSON");
}

#[test]
fn what_may_be_missing_may_be_missing_or_null() {
    for data in [json!({"id": "", "name": ""}), json!({"id": "", "name": "", "email": null, "other": 1})] {
        assert_eq!(Identity::read(&data), Some(Identity::default()));
    }
}
