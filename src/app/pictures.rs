//! Pictures of people: fetched by the worker, handed to pages as `data:`. Those of accounts are kept for as long as the browser runs.

use crate::app::App;
use crate::error::Result;
use crate::few::Few;
use crate::json;
use crate::oauth::address;
use crate::platform::{Http, HttpRequest, HttpResponse, Method, Platform, SessionStore};
use crate::tokens::account::Account;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

const KEY: &str = "pictures";
/// A larger picture is not worth its room in every overview.
const LARGEST: usize = 64 * 1024;
/// All together. They are in the session store twice, which has ten million bytes and must have room for the rest.
const MOST: usize = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(10);
/// Kinds a browser draws without running anything (no SVG), with what their bytes begin with. What the server calls them does not count.
const KINDS: [(&str, &[u8]); 4] = [
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/gif", b"GIF8"),
    ("image/webp", b"RIFF"),
];
/// Where Atlassian keeps the pictures of its accounts, and Gravatar, to which it sends the others: these hosts and those below them.
const HOSTS: [&str; 4] = ["atl-paas.net", "atlassian.com", "atlassian.net", "gravatar.com"];

/// Pictures by their address; an empty text stands for one that cannot be had.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Pictures(Few<String, String>);

impl json::Read for Pictures {
    fn read(data: &Value) -> Option<Self> {
        json::Read::read(data).map(Self)
    }
}

impl Pictures {
    /// Those that were fetched.
    pub(super) async fn kept<P: Platform>(platform: &P) -> Self {
        let kept = platform.session().get(KEY).await.ok().flatten();
        Self(kept.and_then(|text| json::from_text(&text)).unwrap_or_default())
    }

    /// The picture at `url` as a `data:` address.
    pub(super) fn get(&self, url: &str) -> Option<String> {
        self.0.get(url).filter(|data| !data.is_empty()).cloned()
    }
}

impl<P: Platform> App<P> {
    /// Forgets them, with the accounts they are of. What cannot be removed now goes with the browser.
    pub async fn forget_pictures(&self) {
        let _gone = self.platform().session().remove(KEY).await;
    }

    /// Fetches the pictures that are still missing. Whatever fails is shown as initials; nobody waits for it.
    pub async fn fetch_pictures(&self) {
        let Ok(listing) = self.tokens().list().await else { return };
        let mut pictures = Pictures::kept(self.platform()).await;
        let mut found = false;
        for account in listing.pairs.into_iter().map(|pair| pair.account) {
            let Some(url) = account.identity.avatar_url.clone() else { continue };
            if pictures.0.get(&url).is_some() || !is_allowed(&account, &url, self.platform().build().loopback) {
                continue;
            }
            let kept: usize = pictures.0.iter().map(|(_, data)| data.len()).sum();
            let data = if kept < MOST { self.fetch_picture(&url).await } else { None };
            pictures.0.insert(url, data.unwrap_or_default());
            self.tokens().mark_changed(&account.id);
            found = true;
        }
        if found {
            let _kept = self.platform().session().set(KEY, &json::to_text(&pictures.0)).await;
            // Together with what else has changed since: whoever shows that sets the alarm too.
            self.publish_if_changed().await;
        }
    }
}

impl<P: Platform> App<P> {
    /// The picture at `url` as a `data:` address, where it is one that may be fetched for one of the accounts. None for all else, and
    /// where it cannot be had. The page that asks keeps it. Errors: as for the overview.
    pub async fn picture(&self, url: &str) -> Result<Option<String>> {
        let loopback = self.platform().build().loopback;
        let allowed = self.chatting().await?.iter().any(|account| is_allowed(account, url, loopback));
        Ok(if allowed { self.fetch_picture(url).await } else { None })
    }

    async fn fetch_picture(&self, url: &str) -> Option<String> {
        let (url, headers) = (url.to_owned(), Vec::new());
        let request = HttpRequest { method: Method::Get, url, headers, body: None, timeout: TIMEOUT };
        data_address(&self.platform().http().send(request).await.ok()?)
    }
}

/// Whether a picture is fetched from there: from the hosts above, from the account's own servers, and from nowhere else. A server
/// that names another place would learn from where and when we come.
fn is_allowed(account: &Account, url: &str, loopback: bool) -> bool {
    let Ok(address) = address::read_whole(url, loopback) else { return false };
    let below =
        |host: &str| address.host().strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let registration = &account.registration;
    let servers = [&registration.authorization_endpoint, &registration.api_root].into_iter();
    let mut own = servers.chain(&registration.userinfo_endpoint).chain(account.sites.iter().map(|site| &site.url));
    HOSTS.into_iter().any(below) || own.any(|own| address::same_origin(own, url))
}

fn data_address(response: &HttpResponse) -> Option<String> {
    let bytes = &response.body;
    let found = KINDS.into_iter().find(|(_, start)| bytes.starts_with(start));
    let (kind, _) = found.filter(|(kind, _)| *kind != "image/webp" || bytes.get(8..12) == Some(b"WEBP"))?;
    let fits = response.is_success() && bytes.len() <= LARGEST;
    fits.then(|| format!("data:{kind};base64,{}", STANDARD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn account() -> Account {
        let registration = json!({"provider": "other", "authorization_endpoint": "https://login.example.com/a",
            "token_endpoint": "https://broker.example.org/t", "revocation_endpoint": null, "userinfo_endpoint": null,
            "issuer": null, "client_id": "c", "authentication": {"method": "none"}, "scopes": []});
        let account = json!({"id": "a", "registration": registration,
            "identity": {"id": "m", "name": "Mia", "email": null, "avatar_url": null},
            "sites": [{"id": "s", "name": "Site", "url": "https://jira.example.com/jira"}], "site": null,
            "redirect_uri": "", "created_at": 0});
        json::Read::read(&account).unwrap()
    }

    #[test]
    fn pictures_come_from_atlassian_gravatar_and_the_account_s_own_servers_only() {
        for url in [
            "https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/712020/128.png",
            "https://secure.gravatar.com/avatar/0f?d=404",
            "https://acme.atlassian.net/secure/useravatar?size=48",
            "https://jira.example.com/secure/useravatar?ownerId=mia",
            "https://login.example.com/me.png",
        ] {
            assert!(is_allowed(&account(), url, false), "{url}");
        }
        for url in [
            "https://evil.example/a.png",
            "https://evilgravatar.com/a.png",
            "https://gravatar.com.evil.example/a.png",
            "https://gravatar.com@evil.example/a.png",
            "https://evil.example/?https://gravatar.com/",
            "https://jira.example.com:8443/a.png",
            "https://broker.example.org/a.png",
            "http://secure.gravatar.com/avatar/0f",
            "http://127.0.0.1/a.png",
            "https://127.0.0.1/a.png",
            "data:image/png;base64,AA==",
            "javascript:alert(1)",
            "//gravatar.com/a.png",
            "/secure/useravatar",
            "",
        ] {
            assert!(!is_allowed(&account(), url, false), "{url}");
        }
    }

    #[test]
    fn a_picture_is_what_its_bytes_are_and_not_too_large() {
        let response = |status: u16, kind: &str, body: &[u8]| HttpResponse {
            status,
            headers: vec![("content-type".to_owned(), kind.to_owned())],
            body: body.to_vec(),
        };
        let png = b"\x89PNG\r\n\x1a\nrest";
        for kind in ["image/png", "image/svg+xml", "text/html", ""] {
            let data = data_address(&response(200, kind, png)).unwrap();
            assert!(data.starts_with("data:image/png;base64,iVBOR"), "{data}");
        }
        assert!(data_address(&response(200, "", b"RIFF\0\0\0\0WEBPVP8 ")).unwrap().starts_with("data:image/webp;"));
        for body in
            [&b"<svg onload='alert(1)'/>"[..], b"<html>", b"RIFF\0\0\0\0WAVE", b"RIFF", b"", b"GIF", b"%PDF-1.7"]
        {
            assert_eq!(data_address(&response(200, "image/png", body)), None);
        }
        assert_eq!(data_address(&response(404, "image/png", png)), None);
        let mut large = png.to_vec();
        large.resize(LARGEST + 1, 0);
        assert_eq!(data_address(&response(200, "image/png", &large)), None);
        large.truncate(LARGEST);
        assert!(data_address(&response(200, "image/png", &large)).is_some());
    }
}
