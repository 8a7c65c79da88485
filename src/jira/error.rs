//! What Jira's refusals mean. Its own words are kept: they name the field or value that is wrong.

use crate::error::{Action, Code, Error, quoted};
use crate::json;
use crate::oauth::date::seconds_until;
use crate::platform::{HttpError, HttpResponse, Timestamp};
use serde_json::Value;

/// The public error of an answer that is none.
pub fn of_transport(error: &HttpError) -> Error {
    let message = match error {
        HttpError::Timeout => "Jira did not answer in time. Try again in a moment.",
        HttpError::Network | HttpError::BadAddress => "No connection to Jira. Check the network, then try again.",
    };
    Error::new(Code::Offline, message).with(Action::Retry { at: None })
}

/// The public error of a refusal, at `now` for account `id`.
pub fn of_response(response: &HttpResponse, now: Timestamp, id: &str) -> Error {
    let words = words(&response.body);
    let said = if words.is_empty() { String::new() } else { format!(" Jira says: {words}") };
    match response.status {
        400 if words.contains("Unbounded JQL") => Error::new(
            Code::Refused,
            "This would search all of Jira. Add a restriction, for example a project, a person or a date.",
        ),
        400 => Error::new(Code::Refused, format!("Jira does not accept this.{said}")),
        401 => Error::new(
            Code::ReauthRequired,
            format!("Jira does not accept this sign-in any more.{said} Sign in again."),
        )
        .with(Action::SignIn { account: id.to_owned() }),
        403 => Error::new(Code::Refused, format!("Jira does not allow you to see this.{said}")),
        404 => Error::new(Code::NotFound, format!("It does not exist, or you may not see it.{said}")),
        410 => Error::new(
            Code::ServerFailed,
            format!("This Jira no longer offers what we ask for.{said} Update the extension."),
        ),
        429 => {
            let wait = response.header("retry-after").and_then(|text| seconds_until(text, response.header("date")));
            Error::new(Code::RateLimited, "Jira asks for a pause, too much was asked of it. Try again in a moment.")
                .with(Action::Retry { at: wait.map(|wait| now.after(wait)) })
        }
        status => {
            Error::new(Code::ServerFailed, format!("Jira failed (status {status}).{said} Try again in a moment."))
                .with(Action::Retry { at: None })
        }
    }
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
mod tests {
    use super::*;

    fn refusal(status: u16, body: &str) -> Error {
        of_response(&HttpResponse { status, headers: vec![], body: body.into() }, Timestamp(0), "a")
    }

    #[test]
    fn jira_s_own_words_reach_the_person() {
        let error =
            refusal(400, r#"{"errorMessages":["The value 'X' does not exist for the field 'project'."],"errors":{}}"#);
        assert_eq!(error.code, Code::Refused);
        assert!(error.message.contains("The value 'X' does not exist"), "{}", error.message);
        assert!(
            refusal(401, r#"{"code":401,"message":"Unauthorized; scope does not match"}"#).message.contains("scope")
        );
    }

    #[test]
    fn an_html_page_is_not_quoted() {
        let error = refusal(502, "<html><script>x</script></html>");
        assert_eq!(error.code, Code::ServerFailed);
        assert!(!error.message.contains('<'));
    }

    #[test]
    fn an_unbounded_query_is_explained() {
        let body = r#"{"errorMessages":["Unbounded JQL queries are not allowed here. Please add a search restriction to your query."]}"#;
        assert!(refusal(400, body).message.contains("Add a restriction"));
    }
}
