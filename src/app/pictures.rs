//! The pictures of accounts: fetched by the worker, handed to pages as `data:`, kept for as long as the browser runs.

use crate::app::App;
use crate::few::Few;
use crate::json;
use crate::oauth::address;
use crate::platform::{Http, HttpRequest, HttpResponse, Method, Platform, SessionStore};
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
/// Kinds a browser draws without running anything: no SVG.
const KINDS: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

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
            let Some(url) = account.identity.avatar_url else { continue };
            if pictures.0.get(&url).is_some() || address::read(&url, self.platform().build().loopback).is_err() {
                continue;
            }
            let headers = Vec::new();
            let request = HttpRequest { method: Method::Get, url: url.clone(), headers, body: None, timeout: TIMEOUT };
            let kept: usize = pictures.0.iter().map(|(_, data)| data.len()).sum();
            let answer = if kept < MOST { self.platform().http().send(request).await.ok() } else { None };
            let data = answer.and_then(|response| data_address(&response));
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

fn data_address(response: &HttpResponse) -> Option<String> {
    let kind = response.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
    let fits = response.is_success() && KINDS.contains(&kind.as_str()) && response.body.len() <= LARGEST;
    fits.then(|| format!("data:{kind};base64,{}", STANDARD.encode(&response.body)))
}
