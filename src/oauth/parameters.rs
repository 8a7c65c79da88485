//! Parameters that a person or an administrator adds to requests of their own, as some servers want them.

/// Names and values.
pub type Extra = Vec<(String, String)>;

/// What only we may say: what makes a request the one it is, and what would turn it into another grant.
const OURS: [&str; 24] = [
    "response_type",
    "response_mode",
    "client_id",
    "redirect_uri",
    "state",
    "scope",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "grant_type",
    "refresh_token",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "assertion",
    "request",
    "request_uri",
    "registration",
    "nonce",
    "username",
    "password",
    "device_code",
    "dpop_jkt",
];

/// The one parameter that may be there more than once (RFC 8707 §2).
const MANY: &str = "resource";

/// Whether a parameter of this name is ours to send.
pub fn is_ours(name: &str) -> bool {
    OURS.contains(&name)
}

/// Reads lines of `name=value`; empty lines count for nothing. Error: a sentence that names the line.
pub fn read(lines: &str) -> Result<Extra, String> {
    let mut found = Extra::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        let (name, value) = (name.trim(), value.trim());
        let shown: String = line.chars().take(40).collect();
        if name.is_empty() || value.is_empty() || !name.chars().all(|c| c.is_ascii_graphic() && c != '&') {
            return Err(format!("“{shown}” is not a parameter. Write one on each line, as name=value."));
        }
        if is_ours(name) {
            return Err(format!("“{name}” is set by the sign-in itself and cannot be changed. Remove that line."));
        }
        if name != MANY && found.iter().any(|(known, _)| known == name) {
            return Err(format!("“{name}” is there twice. Remove one of the lines."));
        }
        found.push((name.to_owned(), value.to_owned()));
    }
    Ok(found)
}

/// The pairs that may be sent. What was stored by another version, or changed since, does not get past this.
pub fn allowed(extra: &Extra) -> impl Iterator<Item = (&str, &str)> {
    extra.iter().filter(|(name, _)| !is_ours(name)).map(|(name, value)| (name.as_str(), value.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_pairs() {
        let read = read("audience = https://api.example.com/x?y=z\n\n resource=a\r\nresource=b\n").unwrap();
        let pairs: Vec<_> = read.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("audience", "https://api.example.com/x?y=z"), ("resource", "a"), ("resource", "b")]);
        assert_eq!(super::read(" \n"), Ok(vec![]));
    }

    #[test]
    fn d07_no_parameter_turns_a_request_into_another_grant() {
        for ours in ["response_type=token", "grant_type=password", "username=mia", "password=x", "state=1", "request=x"]
        {
            assert!(read(ours).unwrap_err().contains("cannot be changed"), "{ours}");
        }
        let stored = vec![("response_type".to_owned(), "token".to_owned()), ("a".to_owned(), "b".to_owned())];
        assert_eq!(allowed(&stored).collect::<Vec<_>>(), [("a", "b")]);
    }

    #[test]
    fn what_is_no_parameter_is_quoted_in_short() {
        for line in ["=x", "x", "x=", "ü=1", "a b=1", "a&b=1", &"x".repeat(500)] {
            let error = read(line).unwrap_err();
            assert!(error.contains("name=value") && error.chars().count() < 120, "{error}");
        }
        assert!(read("a=1\na=2").unwrap_err().contains("twice"));
    }
}
