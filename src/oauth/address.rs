//! Addresses of servers: what a person typed or a server named, checked and made regular.
//!
//! The reader is strict rather than clever. It takes only what every reader of addresses understands in the same way, so that
//! the host we show and ask permission for is the one the browser talks to; everything unusual is refused.

#[cfg(test)]
mod tests;

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

/// An absolute http or https address without user name, password and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    https: bool,
    /// In lower case; an IPv6 address in its brackets.
    host: String,
    /// Unless it is the scheme's own.
    port: Option<u16>,
    /// Begins with a slash.
    path: String,
    /// What follows the question mark, if there is one.
    query: Option<String>,
}

impl Address {
    /// Reads a whole address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let (scheme, rest) = text.split_once("://").ok_or(AddressError::Malformed)?;
        let https = scheme.eq_ignore_ascii_case("https");
        if !https && !scheme.eq_ignore_ascii_case("http") {
            return Err(AddressError::Malformed);
        }
        if rest.contains(['@', '#']) {
            return Err(AddressError::Extras);
        }
        if !rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:/?[]".contains(&byte)) {
            return Err(AddressError::Malformed);
        }
        let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
        let (authority, path) = place.split_once('/').unwrap_or((place, ""));
        let (host, port) = read_authority(authority, if https { 443 } else { 80 }).ok_or(AddressError::Malformed)?;
        Ok(Self { https, host, port, path: format!("/{path}"), query: query.map(str::to_owned) })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        let port = self.port.map_or_else(String::new, |port| format!(":{port}"));
        format!("{}://{}{port}", self.scheme(), self.host)
    }

    /// The whole address, with this query instead of its own.
    pub fn with_query(&self, query: &str) -> String {
        format!("{}{}?{query}", self.origin(), self.path)
    }

    /// What follows the question mark; empty if there is nothing.
    pub fn query(&self) -> &str {
        self.query.as_deref().unwrap_or_default()
    }

    /// The match pattern that covers its host, for a permission request (patterns have no port).
    pub fn host_pattern(&self) -> String {
        format!("{}://{}/*", self.scheme(), self.host)
    }

    /// The host, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path; begins with a slash.
    pub fn path(&self) -> &str {
        &self.path
    }

    fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host == "[::1]" || (self.host.starts_with("127.") && is_ipv4(&self.host))
    }
}

/// Reads an address. `https://` is put in front where no scheme was typed. Plain http is accepted only for the loopback
/// interface and only if `loopback` (CHECKLISTS D9).
pub fn read(text: &str, loopback: bool) -> Result<Address, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AddressError::Missing);
    }
    let address = if text.contains("://") { Address::parse(text) } else { Address::parse(&format!("https://{text}")) }?;
    if address.https || (loopback && address.is_loopback()) { Ok(address) } else { Err(AddressError::NotHttps) }
}

/// Reads an address that a server named: like [`read`], but whole, as its bytes will be used.
pub fn read_whole(text: &str, loopback: bool) -> Result<Address, AddressError> {
    if text.contains("://") { read(text, loopback) } else { Err(AddressError::Malformed) }
}

/// Reads the base address of a server: like [`read`], without a query, and without a slash at its end.
pub fn read_base(text: &str, loopback: bool) -> Result<String, AddressError> {
    let address = read(text, loopback)?;
    match address.query {
        Some(_) => Err(AddressError::Extras),
        None => Ok(format!("{}{}", address.origin(), address.path.trim_end_matches('/'))),
    }
}

/// The match pattern that covers the address's host.
pub fn host_pattern(address: &str) -> Option<String> {
    Address::parse(address).ok().map(|address| address.host_pattern())
}

/// Whether two addresses have the same scheme, host and port. What is no address has none.
pub fn same_origin(one: &str, other: &str) -> bool {
    let origin = |text: &str| Address::parse(text).ok().map(|address| address.origin());
    origin(one).is_some_and(|one| Some(one) == origin(other))
}

/// Host and port; the port only if it is not `usual`.
fn read_authority(text: &str, usual: u16) -> Option<(String, Option<u16>)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(read_number(port)?)),
        _ => (text, None),
    };
    let host = host.to_ascii_lowercase();
    let fits = match host.strip_prefix('[') {
        Some(rest) => is_ipv6(rest.strip_suffix(']')?),
        None => is_name(&host) && (!ends_in_number(&host) || is_ipv4(&host)),
    };
    (fits && port != Some(0)).then(|| (host, port.filter(|port| *port != usual)))
}

/// A number of decimal digits, without signs and without zeros in front.
fn read_number(text: &str) -> Option<u16> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

fn is_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Whether browsers take the host for an IPv4 address, in whatever notation.
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.bytes().all(|byte| byte.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn is_ipv4(host: &str) -> bool {
    host.split('.').count() == 4 && host.split('.').all(|part| read_number(part).is_some_and(|number| number < 256))
}

/// Groups of up to four hexadecimal digits: eight, or fewer with one gap.
fn is_ipv6(text: &str) -> bool {
    let group = |group: &str| (1..=4).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups = |text: &str| match text {
        "" => Some(0),
        some => some.split(':').all(group).then(|| some.split(':').count()),
    };
    match text.split_once("::") {
        Some((left, right)) => matches!((groups(left), groups(right)), (Some(left), Some(right)) if left + right < 8),
        None => groups(text) == Some(8),
    }
}
