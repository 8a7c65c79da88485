//! The sign-in itself: send the person away, judge the answer, exchange the code, learn who it is, store it all at once.

use crate::error::{Action, Code, Error, Result};
use crate::jira::people;
use crate::oauth::authorization::{CallbackError, Flow, judge_callback};
use crate::oauth::client::Registration;
use crate::oauth::{pkce, token_endpoint};
use crate::platform::{Clock, Consent, ConsentError, Http, Platform, SessionStore};
use crate::secret::Secret;
use crate::tokens::account::{Account, Identity, Tokens};
use crate::tokens::{TokenService, trouble};
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

/// Signs in and stores the account; answers its id. `again` is the account that is signed in anew, if any.
///
/// Errors: `consent_closed`, `consent_denied`, `sign_in_mismatch`, `acquisition_failed`, `invalid_configuration`, `offline`,
/// `no_site`, `storage_failed`. After an error nothing is stored.
pub async fn sign_in<P: Platform>(
    platform: &P,
    tokens: &TokenService<P>,
    registration: Registration,
    again: Option<&Account>,
    progress: impl Fn(Step),
) -> Result<String> {
    progress(Step::Consent);
    let (flow, code) = consent(platform, &registration).await?;
    progress(Step::Exchanging);
    let request = token_endpoint::exchange(&registration, &code, &flow.verifier, &flow.redirect_uri);
    let grant = token_endpoint::judge(platform.http().send(request).await)
        .map_err(|error| trouble::of_exchange(&error, &registration))?;
    let received_at = platform.clock().now();
    progress(Step::ReadingSites);
    let sites = people::sites(platform, &registration, &grant.access_token).await?;
    let identity = people::identity(platform, &registration, &grant.access_token, &sites).await;
    let known = match known_account(tokens, &registration, &identity).await? {
        Some(known) => Some(known),
        // Where the server does not tell who it is, the account that was to be signed in anew is meant.
        None => again.filter(|account| account.identity.id.is_empty() && identity.id.is_empty()).cloned(),
    };
    let fresh = Tokens::first(grant, &registration.scopes, received_at);
    let chosen = known.as_ref().and_then(|known| known.site.clone());
    let account = Account {
        id: known.as_ref().map_or_else(|| pkce::random_text(platform.random()), |known| known.id.clone()),
        identity,
        site: chosen
            .filter(|id| sites.iter().any(|site| site.id == *id))
            .or_else(|| sites.first().map(|s| s.id.clone())),
        sites,
        redirect_uri: flow.redirect_uri,
        created_at: received_at,
        registration,
    };
    tokens.save(&account, &fresh).await?;
    Ok(account.id)
}

async fn consent<P: Platform>(platform: &P, registration: &Registration) -> Result<(Flow, Secret)> {
    let flow = Flow::begin(platform.random(), platform.consent().redirect_uri(), platform.clock().now());
    let url = flow.authorization_url(registration).ok_or_else(|| {
        Error::new(Code::InvalidConfiguration, "The address of the sign-in page is not a web address.")
            .with(Action::FixSettings { field: Some("authorization_endpoint".into()) })
    })?;
    platform.session().set(FLOW_KEY, &serde_json::to_string(&flow).unwrap_or_default()).await?;
    let answer = platform.consent().launch(&url, true).await;
    // Removed before the answer is judged: a state counts once (CHECKLISTS D4).
    let remembered = platform.session().get(FLOW_KEY).await?;
    platform.session().remove(FLOW_KEY).await?;
    let callback = answer.map_err(|error| window_error(&error, registration))?;
    let same = remembered
        .and_then(|text| serde_json::from_str::<Flow>(&text).ok())
        .is_some_and(|remembered| remembered.state.expose() == flow.state.expose());
    if !same {
        return Err(mismatch("Another sign-in was started in the meantime, so this one no longer counts."));
    }
    let code =
        judge_callback(callback.expose(), &flow, registration).map_err(|error| callback_error(&error, registration))?;
    Ok((flow, code))
}

/// An account is the same if provider, app and person are.
async fn known_account<P: Platform>(
    tokens: &TokenService<P>,
    client: &Registration,
    identity: &Identity,
) -> Result<Option<Account>> {
    if identity.id.is_empty() {
        return Ok(None);
    }
    let same = |account: &Account| {
        let known = &account.registration;
        account.identity.id == identity.id
            && (known.provider, &known.client_id, &known.api_root)
                == (client.provider, &client.client_id, &client.api_root)
            && known.authorization_endpoint == client.authorization_endpoint
    };
    let pairs = tokens.list().await?.pairs;
    Ok(pairs.into_iter().map(|pair| pair.account).find(same))
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
            let words = if description.is_empty() { error } else { description };
            let message = format!("{name} refused the sign-in: {words}. Check the settings of the app.");
            Error::new(Code::AcquisitionFailed, message).with(Action::FixSettings { field: Some("client_id".into()) })
        }
        CallbackError::IssuerMismatch { sent: Some(sent) } => {
            mismatch(&format!("The answer names another server than the one you were sent to ({sent})."))
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
