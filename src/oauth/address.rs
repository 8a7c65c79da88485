//! Addresses of servers: what a person typed, checked and made regular.

use url::{Host, Url};

/// Why a text is not an address we talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Nothing was typed.
    Missing,
    /// It is not an address.
    Malformed,
    /// Only https is spoken (plain http to this machine in demo and test builds only).
    NotHttps,
    /// It carries a user name, a password, a query or a fragment, which have no place there.
    Extras,
}

impl AddressError {
    /// What to tell the person about the field called `what`.
    pub fn sentence(self, what: &str) -> String {
        match self {
            Self::Missing => format!("Type the {what}."),
            Self::Malformed => {
                format!("The {what} is not a web address. It looks like https://jira.example.com.")
            }
            Self::NotHttps => {
                format!("The {what} must begin with https://, so that nobody can read the token on its way.")
            }
            Self::Extras => {
                format!("The {what} must not contain a user name, a password, a “?” or a “#”. Remove that part.")
            }
        }
    }
}

/// Reads an address. `https://` is put in front where no scheme was typed. Plain http is accepted only for the loopback
/// interface and only if `loopback` (CHECKLISTS D9).
pub fn read(text: &str, loopback: bool) -> Result<Url, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressError::Missing);
    }
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&full).map_err(|_malformed| AddressError::Malformed)?;
    match url.scheme() {
        "https" => {}
        "http" if loopback && is_loopback(&url) => {}
        "http" => return Err(AddressError::NotHttps),
        _ => return Err(AddressError::Malformed),
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(AddressError::Extras);
    }
    Ok(url)
}

/// Reads the base address of a server: like [`read`], without a query, and without a slash at its end.
pub fn read_base(text: &str, loopback: bool) -> Result<String, AddressError> {
    let url = read(text, loopback)?;
    if url.query().is_some() {
        return Err(AddressError::Extras);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The match pattern that covers the address's host, for a permission request (patterns have no port).
pub fn host_pattern(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(format!("{}://{}/*", url.scheme(), url.host_str()?))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_host_becomes_https_without_a_slash() {
        assert_eq!(read_base(" jira.example.com/ ", false), Ok("https://jira.example.com".into()));
        assert_eq!(read_base("https://example.com/jira/", false), Ok("https://example.com/jira".into()));
    }

    #[test]
    fn plain_http_is_for_this_machine_in_demo_builds_only() {
        assert_eq!(read_base("http://127.0.0.1:8080", true), Ok("http://127.0.0.1:8080".into()));
        for (text, loopback) in [
            ("http://127.0.0.1:8080", false),
            ("http://localhost", false),
            ("http://example.com", true),
            ("http://127.0.0.1.example.com", true),
        ] {
            assert_eq!(read_base(text, loopback), Err(AddressError::NotHttps), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_named() {
        assert_eq!(read_base("", false), Err(AddressError::Missing));
        assert_eq!(read_base("https://", false), Err(AddressError::Malformed));
        assert_eq!(read_base("javascript://x/%0aalert(1)", false), Err(AddressError::Malformed));
        assert_eq!(read_base("https://me:pw@example.com", false), Err(AddressError::Extras));
        assert_eq!(read_base("https://example.com/?a=b", false), Err(AddressError::Extras));
        assert_eq!(read_base("https://example.com/#a", false), Err(AddressError::Extras));
    }

    #[test]
    fn a_host_pattern_has_no_port() {
        assert_eq!(host_pattern("https://jira.example.com:8443/base").as_deref(), Some("https://jira.example.com/*"));
    }
}
