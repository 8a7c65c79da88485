//! What the benches call: the product's own code, over the product's own storage.

use chat_for_jira::browser::Browser;
use chat_for_jira::jql;
use chat_for_jira::oauth::authorization::{Ask, Flow};
use chat_for_jira::oauth::pkce;
use chat_for_jira::platform::{Clock, Consent, Platform, Timestamp};
use chat_for_jira::secret::Secret;
use chat_for_jira::tokens::TokenService;
use chat_for_jira::tokens::account::{Account, Identity, Tokens};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;

/// The token service over the accounts of this extension.
#[wasm_bindgen]
pub struct Bench {
    platform: Rc<Browser>,
    tokens: TokenService<Browser>,
}

/// A sentence for whoever runs the bench.
fn words(error: impl std::fmt::Debug) -> JsValue {
    format!("{error:?}").into()
}

#[wasm_bindgen]
impl Bench {
    /// Reads nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Bench, JsValue> {
        let end = web_sys::AbortController::new()?;
        let platform = Rc::new(Browser::new(end.signal(), super::checks::nothing_early()));
        Ok(Self { tokens: TokenService::new(Rc::clone(&platform)), platform })
    }

    /// Copies the one account that there is until there are `count`: other ids, other people, tokens of the same length.
    /// Answers how many there are.
    pub async fn multiply(&self, count: u32) -> Result<u32, JsValue> {
        let now = self.platform.clock().now();
        let known = self.tokens.list().await.map_err(words)?.pairs;
        let first = known.first().ok_or("there is no account to copy")?;
        for number in u32::try_from(known.len()).map_err(words)?..count {
            let (account, tokens) = (copy_of(&first.account, number, now, &self.platform), &first.tokens);
            let tokens = Tokens {
                access_token: changed(&tokens.access_token, number),
                refresh_token: tokens.refresh_token.as_ref().map(|token| changed(token, number)),
                ..tokens.clone()
            };
            self.tokens.save(&account, &tokens).await.map_err(words)?;
        }
        u32::try_from(self.tokens.list().await.map_err(words)?.pairs.len()).map_err(words)
    }

    /// The id of the newest account.
    pub async fn newest(&self) -> Result<String, JsValue> {
        let pairs = self.tokens.list().await.map_err(words)?.pairs;
        Ok(pairs.last().ok_or("there is no account")?.account.id.clone())
    }

    /// Asks for the account's token again and again; answers the bytes of all the answers, so that none is left out.
    pub async fn cached(&self, account: String, rounds: u32) -> Result<u32, JsValue> {
        let mut bytes = 0;
        for _ in 0..rounds {
            let token = self.tokens.access_token(&account).await.map_err(words)?;
            bytes += u32::try_from(token.secret.expose().len()).map_err(words)?;
        }
        Ok(bytes)
    }

    /// Begins a sign-in again and again: fresh state and verifier, their challenge, the address to send the person to. Answers
    /// the bytes of all the addresses.
    pub async fn authorize(&self, account: String, rounds: u32) -> Result<u32, JsValue> {
        let registration = self.tokens.account(&account).await.map_err(words)?.registration;
        let mut bytes = 0;
        for _ in 0..rounds {
            let now = self.platform.clock().now();
            let flow = Flow::begin(self.platform.random(), self.platform.consent().redirect_uri(), now);
            let address = flow.authorization_url(&registration, &Ask::Usual).ok_or("no address")?;
            bytes += u32::try_from(address.len()).map_err(words)?;
        }
        Ok(bytes)
    }

    /// The bytes of the account's access and refresh token together.
    pub async fn token_bytes(&self, account: String) -> Result<u32, JsValue> {
        let pair = self.tokens.pair(&account).await.ok_or("there is no such account")?;
        let refresh = pair.tokens.refresh_token.as_ref().map_or(0, |token| token.expose().len());
        u32::try_from(pair.tokens.access_token.expose().len() + refresh).map_err(words)
    }
}

/// Parses a query again and again; answers the bytes of all the trees' texts, so that none is left out: 0 if it is no query.
#[wasm_bindgen(js_name = parseJql)]
pub fn parse_jql(query: &str, rounds: u32) -> usize {
    (0..rounds).filter_map(|_| jql::parse(std::hint::black_box(query)).ok()).map(|tree| tree.span.end).sum()
}

/// Another person at the same server.
fn copy_of(account: &Account, number: u32, now: Timestamp, platform: &Browser) -> Account {
    let name = |text: &str| if text.is_empty() { String::new() } else { format!("{text} {number}") };
    let identity = Identity {
        id: format!("{}-{number}", account.identity.id),
        name: name(&account.identity.name),
        email: account.identity.email.as_ref().map(|email| format!("{number}-{email}")),
        avatar_url: account.identity.avatar_url.clone(),
        username: None,
    };
    let id = pkce::random_text(platform.random());
    Account { id, identity, created_at: now.after(Duration::from_millis(number.into())), ..account.clone() }
}

/// A token of the same length that is another one.
fn changed(token: &Secret, number: u32) -> Secret {
    let end = format!("{number:04}");
    let kept = token.expose().chars().count().saturating_sub(end.len());
    Secret::new(token.expose().chars().take(kept).chain(end.chars()).collect::<String>())
}
