//! The sign-in itself: come by a token, learn whose it is, store it all at once.

use crate::error::{Action, Code, Error, Result};
use crate::jira::people;
use crate::oauth::authorization::Ask;
use crate::oauth::client::{GrantKind, Registration};
use crate::oauth::token_endpoint::{self, Grant};
use crate::oauth::{id_token, pkce, rules};
use crate::platform::{Clock, Consent, Http, HttpRequest, Lock, Platform, Rules, Timestamp};
use crate::secret::Secret;
use crate::settings::policy;
use crate::sign_in::consent::{consent, mismatch};
use crate::sign_in::form::NO_TOKEN;
use crate::sign_in::registration::fix;
use crate::tokens::account::{Account, Identity, Site, Tokens};
use crate::tokens::{TokenService, observe, trouble};
use futures_util::future::FutureExt as _;
use serde::Serialize;

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Step {
    /// Asking the server or the broker who it is.
    Preparing,
    /// Waiting for the person.
    Consent,
    /// Exchanging the code, or asking for a token without a person.
    Exchanging,
    /// Learning who signed in, and the sites.
    ReadingSites,
}

/// A token that was made by hand.
#[derive(Clone, Debug, Default)]
pub struct ByHand {
    /// The token.
    pub token: Secret,
    /// When it ends, if the person knows.
    pub expires_at: Option<Timestamp>,
}

/// What is said where the administrator allows none of the sites.
const OTHER_SITES: &str =
    "Your administrator allows other Jira sites only. Sign in with an account that has one of them.";

/// What a sign-in has come by.
struct Acquired {
    grant: Grant,
    /// Where the person is sent back to.
    redirect_uri: String,
    /// See [`Tokens::skew_ms`].
    skew_ms: Option<i64>,
    /// When it was asked for.
    asked_at: Timestamp,
}

/// A sign-in about to happen.
pub struct SignIn<'a, P: Platform> {
    /// The world.
    pub platform: &'a P,
    /// Where the account goes.
    pub tokens: &'a TokenService<P>,
    /// The server and the client.
    pub registration: Registration,
    /// The account that is signed in anew, if any.
    pub again: Option<&'a Account>,
    /// How the person is to be asked.
    pub ask: Ask<'a>,
    /// The token, where the registration is for one made by hand.
    pub by_hand: ByHand,
}

/// Signs in to a known account without showing anything. Answers whether that was possible at all: some servers always ask.
///
/// Errors: as for [`SignIn::run`], and `reauth_required` where the server would have to ask the person. After an error nothing
/// has changed.
pub async fn silent<P: Platform>(platform: &P, tokens: &TokenService<P>, account: &Account) -> Result<bool> {
    let registration = account.registration.clone();
    if !registration.can_ask_silently() {
        return Ok(false);
    }
    let ask = Ask::Silent { login_hint: account.identity.email.as_deref().unwrap_or_default() };
    let by_hand = ByHand::default();
    SignIn { platform, tokens, registration, again: Some(account), ask, by_hand }.run(&|_| {}).await?;
    Ok(true)
}

impl<P: Platform> SignIn<'_, P> {
    /// Signs in and stores the account; answers its id.
    ///
    /// Errors: `consent_closed`, `consent_denied`, `sign_in_mismatch`, `acquisition_failed`, `invalid_configuration`,
    /// `permission_needed`, `offline`, `no_site`, `storage_failed`. After an error nothing is stored.
    pub async fn run(self, progress: &dyn Fn(Step)) -> Result<String> {
        let (platform, registration) = (self.platform, &self.registration);
        self.set_rules().await?;
        let Acquired { grant, redirect_uri, skew_ms, asked_at } = self.acquire(progress).boxed_local().await?;
        // A token lives from when it was made, which was after it was asked for. The clock may have been put back since.
        let issued_at = asked_at.min(platform.clock().now());
        progress(Step::ReadingSites);
        let policy = policy::read(platform).await;
        let asked = people::Asked { platform, client: registration, token: &grant.access_token };
        let mut sites = asked.sites().boxed_local().await?;
        let before = sites.len();
        sites.retain(|site| policy.allows_site(&site.url));
        if sites.is_empty() && before > 0 {
            return Err(Error::new(Code::NoSite, OTHER_SITES));
        }
        let identity = self.identity(&asked, grant.id_token.as_ref(), &sites).boxed_local().await?;
        // From the look for a known account to the write of this one nobody else may do the same.
        let _guard = platform.lock().acquire("accounts").await.map_err(|_refused| {
            Error::new(Code::StorageFailed, "Another sign-in is being stored. Try again in a moment.")
                .with(Action::Retry { at: None })
        })?;
        let known = self.known_account(&identity).await?;
        let mut tokens = Tokens { skew_ms, ..Tokens::first(grant, &registration.scopes, issued_at) };
        tokens.expires_at = tokens.expires_at.or(self.by_hand.expires_at);
        tokens.by_credentials = registration.grant == GrantKind::ClientCredentials;
        let account = Account {
            site: chosen_site(known.as_ref(), &sites),
            id: known.map_or_else(|| pkce::random_text(platform.random()), |known| known.id),
            identity,
            sites,
            redirect_uri,
            created_at: issued_at,
            label: None,
            threshold_minutes: None,
            registration: self.registration,
        };
        self.tokens.save(&account, &tokens).await?;
        Ok(account.id)
    }

    /// Has the browser send what this server bears, before the first request to it.
    async fn set_rules(&self) -> Result<()> {
        if rules::rule(&self.registration).is_none() {
            return Ok(());
        }
        let pairs = self.tokens.list().await?.pairs;
        let known = pairs.iter().map(|pair| &pair.account.registration);
        let all = rules::rules_for(known.chain([&self.registration]));
        self.platform.rules().set(&all).await.map_err(|_missing| {
            let message = "The browser has to allow the extension to change the headers of its own requests to this server. \
                           Choose “Allow” and confirm.";
            let action = Action::GrantHosts { origins: Vec::new(), permissions: vec![rules::PERMISSION] };
            Error::new(Code::PermissionNeeded, message).with(action)
        })
    }

    /// Comes by a token, and says where the person was sent back to.
    async fn acquire(&self, progress: &dyn Fn(Step)) -> Result<Acquired> {
        let (platform, registration) = (self.platform, &self.registration);
        let at_use = || async {
            let found = policy::at_use(platform, registration).await;
            found.map_err(|error| trouble::of_exchange(&error, registration))
        };
        match registration.grant {
            GrantKind::AuthorizationCode => {
                progress(Step::Consent);
                let (flow, code) = consent(platform, registration, &self.ask).boxed_local().await?;
                progress(Step::Exchanging);
                let client = at_use().await?;
                let request = token_endpoint::exchange(&client, &code, &flow.verifier, &flow.redirect_uri);
                self.request(&client, request, &[&code, &flow.verifier]).await
            }
            GrantKind::ClientCredentials => {
                progress(Step::Exchanging);
                let client = at_use().await?;
                self.request(&client, token_endpoint::client_credentials(&client), &[]).await
            }
            GrantKind::ApiToken | GrantKind::PersonalAccessToken => {
                let ByHand { token, expires_at } = &self.by_hand;
                if token.is_empty() {
                    return Err(fix("token", "Paste a new token. The old one is kept until then.".to_owned()));
                }
                if !token.expose().chars().all(|c| c.is_ascii_graphic()) {
                    return Err(fix("token", NO_TOKEN.to_owned()));
                }
                if expires_at.is_some_and(|end| end <= platform.clock().now()) {
                    return Err(fix(
                        "expires_on",
                        "This day is over, so the token has ended. Make a new one.".to_owned(),
                    ));
                }
                let (grant, asked_at) = (Grant::of_token(token.clone()), platform.clock().now());
                Ok(Acquired { grant, redirect_uri: self.redirect_uri(), skew_ms: None, asked_at })
            }
        }
    }

    fn redirect_uri(&self) -> String {
        self.platform.consent().redirect_uri()
    }

    async fn request(&self, client: &Registration, request: HttpRequest, sent: &[&Secret]) -> Result<Acquired> {
        // Once more: the window may have been open for long, and another account used in the meantime.
        self.set_rules().await?;
        let asked_at = self.platform.clock().now();
        let answer = self.platform.http().send(request).await;
        let date = answer.as_ref().ok().and_then(|answer| answer.header("date"));
        let skew_ms = observe::skew(date, self.platform.clock().now());
        let grant = token_endpoint::judge(answer)
            .map_err(|error| error.fit_to_show(client, sent))
            .map_err(|error| trouble::of_exchange(&error, client))?;
        Ok(Acquired { grant, redirect_uri: self.redirect_uri(), skew_ms, asked_at })
    }

    async fn identity(
        &self,
        asked: &people::Asked<'_, P>,
        id_token: Option<&Secret>,
        sites: &[Site],
    ) -> Result<Identity> {
        let registration = &self.registration;
        if registration.grant == GrantKind::ClientCredentials {
            let id = registration.client_id.clone();
            return Ok(Identity { name: id.clone(), id, ..Identity::default() });
        }
        let claims = match id_token {
            None => None,
            Some(token) => Some(id_token::claims(token, registration).ok_or_else(|| {
                mismatch("What the server says of the person is meant for another app, or comes from another server.")
            })?),
        };
        asked.identity(sites, claims.as_ref()).await
    }

    /// The account that this sign-in belongs to: the same if provider, app and person are. Where the server does not tell who
    /// it is, the one that was to be signed in anew is meant.
    async fn known_account(&self, identity: &Identity) -> Result<Option<Account>> {
        let is_same = |account: &Account| {
            account.identity.id == identity.id && account.registration.is_same_app(&self.registration)
        };
        let silent = matches!(self.ask, Ask::Silent { .. });
        // Where the server does not tell who it is, nobody has seen that it is the same person.
        if silent && (identity.id.is_empty() || !self.again.is_some_and(is_same)) {
            return Err(mismatch("Somebody else is signed in to this browser."));
        }
        if identity.id.is_empty() {
            return Ok(self.again.filter(|account| account.identity.id.is_empty()).cloned());
        }
        let pairs = self.tokens.list().await?.pairs;
        Ok(pairs.into_iter().map(|pair| pair.account).find(is_same))
    }
}

/// The site that was chosen before, if it is still there (a new consent may bring other sites); else the first.
fn chosen_site(known: Option<&Account>, sites: &[Site]) -> Option<String> {
    let before = known.and_then(|known| known.site.as_ref());
    let still = sites.iter().find(|site| Some(&site.id) == before);
    still.or_else(|| sites.first()).map(|site| site.id.clone())
}
