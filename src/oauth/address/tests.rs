use super::*;
use crate::platform::memory::World;
use crate::platform::{Platform as _, Random as _, Timestamp};

#[test]
fn a_bare_host_becomes_https_without_a_slash() {
    assert_eq!(read_base(" jira.example.com/ ", false), Ok("https://jira.example.com".into()));
    assert_eq!(read_base("https://example.com/jira/", false), Ok("https://example.com/jira".into()));
    assert_eq!(read_base("HTTPS://Example.COM:443/Jira", false), Ok("https://example.com/Jira".into()));
    assert_eq!(read_base("[2001:DB8::1]:8443", false), Ok("https://[2001:db8::1]:8443".into()));
}

#[test]
fn plain_http_is_for_this_machine_in_demo_builds_only() {
    for text in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1"] {
        assert_eq!(read_base(text, true), Ok(text.into()));
    }
    for (text, loopback) in [
        ("http://127.0.0.1:8080", false),
        ("http://localhost", false),
        ("http://example.com", true),
        ("http://127.0.0.1.example.com", true),
        ("http://localhost.example.com", true),
        ("http://[::2]", true),
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
    assert_eq!(read_base("https://example.com/?", false), Err(AddressError::Extras));
    assert_eq!(read_base("https://example.com/#a", false), Err(AddressError::Extras));
}

#[test]
fn what_two_readers_could_understand_differently_is_refused() {
    for text in [
        r"https://good.example\@evil.example",
        r"https://good.example\.evil.example",
        r"https:\\evil.example",
        "https://good.example@evil.example",
        "https://good.example#@evil.example",
        "https://good.example?@evil.example",
        "https://good.example;@evil.example",
        "https://good\t.example",
        "https://good.example\n.evil.example",
        "https://good.example\0.evil.example",
        "https://good.example%2eevil.example",
        "https://good。example",
        "https://ｇood.example",
        "https://gооd.example",
        "https://exa\u{ad}mple.com",
        "https://good.example:80:81",
        "https://good.example:",
        "https://good.example:0",
        "https://good.example:080",
        "https://good.example:65536",
        "https://good.example:+80",
        "https://good..example",
        "https://.good.example",
        "https://good.example.",
        "https:///good.example",
        "https:good.example",
        "https:/good.example",
        "https:// good.example",
        "https://127.1",
        "https://2130706433",
        "https://0x7f.0.0.1",
        "https://0x7f000001",
        "https://0177.0.0.1",
        "https://127.0.0.1.0",
        "https://127.0.0.256",
        "https://1.2.3",
        "https://example.0x",
        "https://[::1",
        "https://::1]",
        "https://[::1]x",
        "https://[::ffff:127.0.0.1]",
        "https://[1::2::3]",
        "https://[1:2:3:4:5:6:7:8:9]",
        "https://[fe80::1%25eth0]",
    ] {
        assert!(read(text, true).is_err(), "{text:?}: {:?}", read(text, true));
    }
}

#[test]
fn a_host_pattern_has_no_port() {
    assert_eq!(host_pattern("https://jira.example.com:8443/base").as_deref(), Some("https://jira.example.com/*"));
}

#[test]
fn an_origin_is_scheme_host_and_port() {
    assert!(same_origin("https://a.example/x?y", "https://A.example:443"));
    assert!(!same_origin("https://a.example", "http://a.example"));
    assert!(!same_origin("https://a.example", "https://a.example:444"));
    assert!(!same_origin("https://a.example", "https://b.example"));
    assert!(!same_origin("nothing", "nothing"));
}

/// Pieces that addresses are made of, and that confuse readers of addresses.
const PIECES: [&str; 60] = [
    "https://",
    "http://",
    "HTTPS://",
    "https:",
    "//",
    "/",
    "\\",
    "@",
    "#",
    "?",
    ":",
    ".",
    "..",
    ":443",
    ":80",
    ":8443",
    ":0",
    ":00080",
    ":99999",
    "[",
    "]",
    "[::1]",
    "[1:2:3:4:5:6:7:8]",
    "[::ABCD]",
    "[1::]",
    "::",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "1.2.3.4",
    "255",
    "256",
    "0",
    "0x",
    "localhost",
    "a.example",
    "evil.example",
    "EXAMPLE.com",
    "xn--",
    "-",
    "_",
    "%2e",
    "%40",
    "%",
    " ",
    "\t",
    "\n",
    "\0",
    "。",
    "ü",
    "ⓔ",
    "\u{ad}",
    "&x=y",
    "a=b",
    "user",
    "pw",
    "~",
    "|",
    "'",
];

#[test]
fn browsers_read_the_same_scheme_host_and_port_from_any_address_accepted() {
    let worker = World::new(Timestamp(0), 11).worker();
    let mut accepted = 0;
    for _ in 0..100_000 {
        let mut dice = [0_u8; 7];
        worker.random().fill(&mut dice);
        let count = 2 + usize::from(dice[0] % 5);
        let start = ["https://", "http://", ""][usize::from(dice[0] / 5 % 3)];
        let pieces = dice[1..=count].iter().map(|byte| PIECES[usize::from(*byte) % PIECES.len()]);
        let text: String = std::iter::once(start).chain(pieces).collect();
        let Ok(ours) = Address::parse(&text) else { continue };
        // Labels that claim to be encoded Unicode and are not: browsers refuse them, which is safe.
        let Ok(theirs) = url::Url::parse(&text) else {
            assert!(ours.host.contains("xn--"), "{text:?} is no address to browsers");
            continue;
        };
        accepted += 1;
        assert_eq!(theirs.scheme(), ours.scheme(), "{text:?}");
        assert_eq!(theirs.port(), ours.port, "{text:?}");
        match theirs.host() {
            Some(url::Host::Ipv6(ip)) => {
                let same = ours.host.trim_matches(['[', ']']).parse::<std::net::Ipv6Addr>();
                assert_eq!(same, Ok(ip), "{text:?}");
            }
            _ => assert_eq!(theirs.host_str(), Some(ours.host.as_str()), "{text:?}"),
        }
        assert!(theirs.username().is_empty() && theirs.password().is_none() && theirs.fragment().is_none(), "{text:?}");
    }
    assert!(accepted > 1_000, "only {accepted} addresses were accepted: the sample shows nothing");
}
