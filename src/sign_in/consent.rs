//! The person's part of a sign-in: the window, and what its end means.

use crate::error::{Action, Code, Error, Result, quoted};
use crate::json;
use crate::oauth::authorization::{Ask, CallbackError, Flow, judge_callback};
use crate::oauth::client::Registration;
use crate::platform::{Clock, Consent, ConsentError, Platform, SessionStore};
use crate::secret::Secret;

/// Where the one open flow is remembered. One that shows nothing has a place of its own, so that it does not end the other.
fn flow_key(ask: &Ask<'_>) -> &'static str {
    if matches!(ask, Ask::Silent { .. }) { "flow:silent" } else { "flow" }
}

/// Sends the person away and gives the code they come back with.
///
/// Errors: `consent_closed`, `consent_denied`, `sign_in_mismatch`, `acquisition_failed`, `invalid_configuration`, `offline`; for a
/// silent attempt also `reauth_required`: it would have had to ask.
pub async fn consent<P: Platform>(platform: &P, registration: &Registration, ask: &Ask<'_>) -> Result<(Flow, Secret)> {
    let flow = Flow::begin(platform.random(), platform.consent().redirect_uri(), platform.clock().now());
    let url = flow.authorization_url(registration, ask).ok_or_else(|| {
        let message = "The address of the sign-in page cannot be used: it is no web address, or it holds a parameter that only \
                       the sign-in itself may set.";
        Error::new(Code::InvalidConfiguration, message)
            .with(Action::FixSettings { field: Some("authorization_endpoint".into()) })
    })?;
    let key = flow_key(ask);
    platform.session().set(key, &json::to_text(&flow)).await?;
    let shown = !matches!(ask, Ask::Silent { .. });
    let answer = platform.consent().launch(&url, shown).await;
    // Removed before the answer is judged: a state counts once (CHECKLISTS D4).
    let remembered = platform.session().get(key).await?;
    platform.session().remove(key).await?;
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
        ConsentError::InteractionRequired => (Code::ReauthRequired, wants_to_ask(name)),
        ConsentError::Unavailable(words) => (
            Code::AcquisitionFailed,
            format!(
                "The browser could not open the sign-in window ({words}). Update the browser, or ask your administrator."
            ),
        ),
    };
    Error::new(code, message).with(Action::Retry { at: None })
}

fn wants_to_ask(name: &str) -> String {
    format!("{name} wants to ask you something before it signs you in. Sign in again.")
}

fn callback_error(error: &CallbackError, registration: &Registration) -> Error {
    let name = registration.provider.manners().name;
    match error {
        CallbackError::Refused { error, .. } if error == "access_denied" => Error::new(
            Code::ConsentDenied,
            "You (or your administrator) did not allow the access, so nothing was stored. Connect again to allow it.",
        )
        .with(Action::Retry { at: None }),
        // OpenID Connect Core §3.1.2.6: the answers to a question without a window.
        CallbackError::Refused { error, .. }
            if ["login_required", "interaction_required", "consent_required", "account_selection_required"]
                .contains(&error.as_str()) =>
        {
            Error::new(Code::ReauthRequired, wants_to_ask(name)).with(Action::Retry { at: None })
        }
        CallbackError::Refused { error, description } => {
            let words = quoted(if description.is_empty() { error } else { description });
            let advice = registration.advice(&words);
            let message = format!("{name} refused the sign-in: {words}. {advice}");
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

/// The public error of an answer that is not the one asked for.
pub fn mismatch(what: &str) -> Error {
    let message = format!("{what} The sign-in was stopped to protect you, and nothing was stored. Connect again.");
    Error::new(Code::SignInMismatch, message).with(Action::Retry { at: None })
}
