//! The sign-in itself: send the person away, judge the answer, exchange the code, learn who it is, store it all at once.

use crate::error::{Action, Code, Error, Result, quoted};
use crate::jira::people;
use crate::json;
use crate::oauth::authorization::{CallbackError, Flow, judge_callback};
use crate::oauth::client::Registration;
use crate::oauth::{pkce, token_endpoint};
use crate::platform::{Clock, Consent, ConsentError, Http, Platform, SessionStore};
use crate::secret::Secret;
use crate::tokens::account::{Account, Identity, Site, Tokens};
use crate::tokens::{TokenService, observe, trouble};
use serde::Serialize;

/// Where the one open flow is remembered.
const FLOW_KEY: &str = "flow";

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Step {
    /// Asking the server or the broker who it is.
    Preparing,
    /// Waiting for the person.
    Consent,
    /// Exchanging the code.
    Exchanging,
    /// Learning who signed in, and the sites.
    ReadingSites,
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
}

impl<P: Platform> SignIn<'_, P> {
    /// Signs in and stores the account; answers its id.
    ///
    /// Errors: `consent_closed`, `consent_denied`, `sign_in_mismatch`, `acquisition_failed`, `invalid_configuration`,
    /// `offline`, `no_site`, `storage_failed`. After an error nothing is stored.
    pub async fn run(self, progress: impl Fn(Step)) -> Result<String> {
        let (platform, registration) = (self.platform, &self.registration);
        progress(Step::Consent);
        let (flow, code) = consent(platform, registration).await?;
        progress(Step::Exchanging);
        let request = token_endpoint::exchange(registration, &code, &flow.verifier, &flow.redirect_uri);
        let answer = platform.http().send(request).await;
        let date = answer.as_ref().ok().and_then(|answer| answer.header("date"));
        let skew_ms = observe::skew(date, platform.clock().now());
        let grant = token_endpoint::judge(answer)
            .map_err(|error| error.fit_to_show(registration, &[&code, &flow.verifier]))
            .map_err(|error| trouble::of_exchange(&error, registration))?;
        let received_at = platform.clock().now();
        progress(Step::ReadingSites);
        let sites = people::sites(platform, registration, &grant.access_token).await?;
        let identity = people::identity(platform, registration, &grant.access_token, &sites).await?;
        let known = self.known_account(&identity).await?;
        let tokens = Tokens { skew_ms, ..Tokens::first(grant, &registration.scopes, received_at) };
        let account = Account {
            site: chosen_site(known.as_ref(), &sites),
            id: known.map_or_else(|| pkce::random_text(platform.random()), |known| known.id),
            identity,
            sites,
            redirect_uri: flow.redirect_uri,
            created_at: received_at,
            label: None,
            threshold_minutes: None,
            registration: self.registration,
        };
        self.tokens.save(&account, &tokens).await?;
        Ok(account.id)
    }

    /// The account that this sign-in belongs to: the same if provider, app and person are. Where the server does not tell who
    /// it is, the one that was to be signed in anew is meant.
    async fn known_account(&self, identity: &Identity) -> Result<Option<Account>> {
        let unnamed = |account: &&Account| account.identity.id.is_empty();
        if identity.id.is_empty() {
            return Ok(self.again.filter(unnamed).cloned());
        }
        let server = |client: &Registration| {
            (client.provider, client.client_id.clone(), client.api_root.clone(), client.authorization_endpoint.clone())
        };
        let same = |account: &Account| {
            account.identity.id == identity.id && server(&account.registration) == server(&self.registration)
        };
        let pairs = self.tokens.list().await?.pairs;
        Ok(pairs.into_iter().map(|pair| pair.account).find(same))
    }
}

/// The site that was chosen before, if it is still there (a new consent may bring other sites); else the first.
fn chosen_site(known: Option<&Account>, sites: &[Site]) -> Option<String> {
    let before = known.and_then(|known| known.site.as_ref());
    let still = sites.iter().find(|site| Some(&site.id) == before);
    still.or_else(|| sites.first()).map(|site| site.id.clone())
}

async fn consent<P: Platform>(platform: &P, registration: &Registration) -> Result<(Flow, Secret)> {
    let flow = Flow::begin(platform.random(), platform.consent().redirect_uri(), platform.clock().now());
    let url = flow.authorization_url(registration).ok_or_else(|| {
        Error::new(Code::InvalidConfiguration, "The address of the sign-in page is not a web address.")
            .with(Action::FixSettings { field: Some("authorization_endpoint".into()) })
    })?;
    platform.session().set(FLOW_KEY, &json::to_text(&flow)).await?;
    let answer = platform.consent().launch(&url, true).await;
    // Removed before the answer is judged: a state counts once (CHECKLISTS D4).
    let remembered = platform.session().get(FLOW_KEY).await?;
    platform.session().remove(FLOW_KEY).await?;
    let callback = answer.map_err(|error| window_error(&error, registration))?;
    let same = remembered
        .and_then(|text| json::from_text::<Flow>(&text))
        .is_some_and(|remembered| remembered.state.expose() == flow.state.expose());
    if !same {
        return Err(mismatch("Another sign-in was started in the meantime, so this one no longer counts."));
    }
    let code =
        judge_callback(callback.expose(), &flow, registration).map_err(|error| callback_error(&error, registration))?;
    Ok((flow, code))
}

fn window_error(error: &ConsentError, registration: &Registration) -> Error {
    let name = registration.provider.manners().name;
    let (code, message) = match error {
        ConsentError::Closed => (
            Code::ConsentClosed,
            format!(
                "The sign-in window was closed before {name} sent you back. If it showed an error, check the client id, and \
                 that the redirect address above is registered with the app. Then connect again."
            ),
        ),
        ConsentError::PageFailed => (
            Code::Offline,
            format!(
                "The sign-in page of {name} could not be loaded. Check the address and the network, then connect again."
            ),
        ),
        ConsentError::InteractionRequired => (Code::ReauthRequired, format!("{name} wants to see you. Sign in again.")),
        ConsentError::Unavailable(words) => (
            Code::AcquisitionFailed,
            format!(
                "The browser could not open the sign-in window ({words}). Update the browser, or ask your administrator."
            ),
        ),
    };
    Error::new(code, message).with(Action::Retry { at: None })
}

fn callback_error(error: &CallbackError, registration: &Registration) -> Error {
    let name = registration.provider.manners().name;
    match error {
        CallbackError::Refused { error, .. } if error == "access_denied" => Error::new(
            Code::ConsentDenied,
            "You (or your administrator) did not allow the access, so nothing was stored. Connect again to allow it.",
        )
        .with(Action::Retry { at: None }),
        CallbackError::Refused { error, description } => {
            let words = quoted(if description.is_empty() { error } else { description });
            let message = format!("{name} refused the sign-in: {words}. Check the settings of the app.");
            Error::new(Code::AcquisitionFailed, message).with(Action::FixSettings { field: Some("client_id".into()) })
        }
        CallbackError::IssuerMismatch { sent: Some(sent) } => {
            mismatch(&format!("The answer names another server than the one you were sent to ({}).", quoted(sent)))
        }
        CallbackError::IssuerMismatch { sent: None } => {
            mismatch("The answer does not name its server, although it should.")
        }
        CallbackError::StateMismatch => mismatch("The answer does not belong to the question."),
        CallbackError::ForeignRedirect => mismatch("The answer came to another address than the one agreed."),
        CallbackError::Malformed => mismatch("The answer carries no sign-in code."),
    }
}

fn mismatch(what: &str) -> Error {
    let message = format!("{what} The sign-in was stopped to protect you, and nothing was stored. Connect again.");
    Error::new(Code::SignInMismatch, message).with(Action::Retry { at: None })
}
