//! What Jira's refusals mean. Its own words are kept: they name the field or value that is wrong.
//!
#![doc = include_str!("error/table.md")]

use crate::error::{Action, Code, Error, quoted};
use crate::jira::traffic::{Pause, Reach};
use crate::json;
use crate::oauth::date::seconds_until;
use crate::platform::{HttpError, HttpResponse, Timestamp};
use serde_json::Value;

/// The public error of an answer that is none.
pub fn of_transport(error: &HttpError) -> Error {
    let message = match error {
        HttpError::TooLong { .. } => {
            let message =
                "Jira's answer is longer than what can be read here. Ask for less at once, or look in Jira itself.";
            return Error::new(Code::ServerFailed, message);
        }
        HttpError::Timeout => "Jira did not answer in time. Try again in a moment.",
        HttpError::Network | HttpError::BadAddress => "No connection to Jira. Check the network, then try again.",
    };
    Error::new(Code::Offline, message).with(Action::Retry { at: None })
}

/// Refusals by status, of changes, reads or both: what is so, and what to do next.
const REFUSALS: [(u16, Option<bool>, &str, &str); 8] = [
    (400, None, "Jira does not accept this.", "Correct that, then try again."),
    (403, Some(true), "You may not change this in Jira.", "Ask the project's administrator for access."),
    (403, Some(false), "Jira does not allow you to see this.", "Ask the project's administrator for access."),
    (404, None, "It does not exist, or you may not see it.", "Check how it is written."),
    (409, None, "It was changed by somebody else at the same time.", "Look again, then repeat your change."),
    (410, None, "This Jira no longer offers what we ask for.", "Update the extension."),
    (413, None, "This is too large for this Jira.", "Send less at once."),
    (422, None, "Jira does not accept this.", "Correct that, then try again."),
];

/// Refusals by what Jira says with them.
const SAYINGS: [(u16, &str, &str); 2] = [
    (
        400,
        "Unbounded JQL",
        "This would search all of Jira. Add a restriction, for example a project, a person or a date.",
    ),
    (
        403,
        "XSRF",
        "Jira takes this for a forged request of a web page. Connect the account again, so that the browser asks you for the \
        permission that this needs.",
    ),
];

/// The public error of a refusal, at `now` for account `id`; `write`: of a change.
pub fn of_response(response: &HttpResponse, write: bool, now: Timestamp, id: &str) -> Error {
    let (status, words) = (response.status, words(&response.body));
    let said = if words.is_empty() { String::new() } else { format!(" Jira says: {words}") };
    match status {
        401 => {
            let message = format!("Jira does not accept this sign-in any more.{said} Sign in again.");
            Error::new(Code::ReauthRequired, message).with(Action::sign_in(id))
        }
        429 => {
            let wait = response.header("retry-after").and_then(|text| seconds_until(text, response.header("date")));
            Error::new(Code::RateLimited, "Jira asks for a pause, too much was asked of it. Try again in a moment.")
                .with(Action::Retry { at: wait.map(|wait| now.after(wait)) })
        }
        408 | 500.. => {
            let message = format!("Jira failed (status {status}).{said} Try again in a moment.");
            Error::new(Code::ServerFailed, message).with(Action::Retry { at: None })
        }
        _ => {
            let code = match status {
                404 => Code::NotFound,
                410 => Code::ServerFailed,
                _ => Code::Refused,
            };
            Error::new(code, sentence(status, write, &words, &said))
        }
    }
}

fn sentence(status: u16, write: bool, words: &str, said: &str) -> String {
    if let Some((.., saying)) = SAYINGS.iter().find(|(of, part, _)| *of == status && words.contains(part)) {
        return (*saying).to_owned();
    }
    let fits = |(of, to, ..): &&(u16, Option<bool>, &str, &str)| *of == status && to.is_none_or(|to| to == write);
    match REFUSALS.iter().find(fits) {
        Some((.., what, next)) => format!("{what}{said} {next}"),
        None => {
            format!("Jira refuses this (status {status}).{said} Look in Jira itself, and update the extension.")
        }
    }
}

/// Nobody knows whether a change was made.
pub fn unknown_outcome(cause: &Error) -> Error {
    let message = "Jira did not confirm the change, and it cannot be seen yet whether it was made. Look in Jira before you repeat it.";
    Error::new(if cause.code == Code::Offline { Code::Offline } else { Code::ServerFailed }, message)
}

/// Jira's limits ask for a pause.
pub fn paused(pause: Pause) -> Error {
    let message = match pause.reach {
        Reach::Account => "Jira's limit for this hour is used up. It can go on when the hour is over.",
        Reach::Issue => "This issue was changed too often in a short time. Try again in a moment.",
        Reach::Endpoint => "Jira asks for a pause, too much was asked of it. Try again in a moment.",
    };
    Error::new(Code::RateLimited, message).with(Action::Retry { at: Some(pause.until) })
}

/// The sign-in does not cover what was asked for. `by_hand`: the token was made by the person.
pub fn of_scopes(scopes: &[&str], id: &str, by_hand: bool) -> Error {
    let names = scopes.join(", ");
    let remedy = match by_hand {
        true => "Make a new token that has it, then sign in again with that.",
        false => {
            "Sign in again to allow it. If that shows an error, the scope has first to be added to the app where it is registered."
        }
    };
    let message = format!("This sign-in does not cover that yet. Jira wants the scope {names} for it. {remedy}");
    let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    Error::new(Code::ReauthRequired, message).with(Action::SignIn { account: id.to_owned(), scopes })
}

/// Whether a 401 speaks of the scopes, as Atlassian's gateway does (`Unauthorized; scope does not match`): the token is good, and
/// no other one of this account would be let in either.
pub fn is_of_scopes(response: &HttpResponse) -> bool {
    response.status == 401 && words(&response.body).contains("scope does not match")
}

/// The public error of an answer that is not what the API promises.
pub fn unreadable() -> Error {
    Error::new(
        Code::ServerFailed,
        "Jira's answer cannot be read: perhaps a proxy or a sign-in page of your network answered instead. Try again.",
    )
    .with(Action::Retry { at: None })
}

/// The server's own words: `errorMessages` and `errors` of Jira, `message` of the gateway; nothing of an HTML page.
fn words(body: &[u8]) -> String {
    let Some(body) = json::parse(body) else {
        return String::new();
    };
    let texts = |value: &Value| match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::Object(map) => map.values().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    };
    let all: Vec<String> = ["errorMessages", "errors", "message"].iter().flat_map(|name| texts(&body[*name])).collect();
    quoted(&all.join(" "))
}

#[cfg(test)]
mod tests;
