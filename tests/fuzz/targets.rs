//! What is done with an input, and what has to hold whatever it is. Each answers a trace of what came out.

#[path = "site.rs"]
mod site;

use chat_for_jira::error::Code;
use chat_for_jira::jql::{explain, parse, printer};
use chat_for_jira::oauth::authorization::{Flow, judge_callback};
use chat_for_jira::oauth::client::Registration;
use chat_for_jira::oauth::{address, date, discovery, id_token, parameters, token_endpoint};
use chat_for_jira::platform::{HttpResponse, Timestamp};
use chat_for_jira::rich::document::Document;
use chat_for_jira::rich::{self, text};
use chat_for_jira::secret::Secret;
use chat_for_jira::{jira, sign_in};
use serde_json::Value;

/// JQL: a tree that prints and can be explained, or an error at a place in the text.
pub(crate) fn jql(input: &[u8]) -> String {
    let source = String::from_utf8_lossy(input);
    let query = match parse(&source) {
        Ok(query) => query,
        Err(error) => {
            assert!(source.get(error.start..error.end).is_some(), "{error:?}");
            assert!(!error.message.is_empty() && error.message.chars().count() < 400 + source.chars().count());
            return error.message.to_uppercase();
        }
    };
    let printed = printer::print(&query);
    assert_eq!(parse(&printed).as_ref(), Ok(&query), "printed as {printed:?}");
    let parts = explain::clauses(&query);
    for part in &parts {
        assert!(!part.meaning.is_empty() && !part.jql.is_empty(), "{part:?}");
        assert!(source.get(part.start..part.end).is_some_and(|text| !text.is_empty()), "{part:?}");
    }
    printed
}

/// JQL on a site that is known.
pub(crate) fn site_query(input: &[u8]) -> String {
    site::judged(input)
}

/// Plain words on a site that is known, behind a search that came before.
pub(crate) fn words(input: &[u8]) -> String {
    site::understood(input)
}

/// Tables beyond all measure stay ragged, because filling their rows would take the square of the text's length: they are not
/// the same when they are written and read again.
fn is_large(input: &[u8]) -> bool {
    input.len() > 10_000
}

/// A document through every form. In Atlassian's, it is the same from the second time on: Cloud does not know attachments by
/// their names.
fn every_form(document: &Document, input: &[u8]) -> String {
    let data = rich::adf::write(document);
    let there = rich::adf::read(&data);
    assert_eq!(rich::adf::read(&rich::adf::write(&there)), there, "by way of {data}");
    let plain = rich::markdown::read(&rich::markdown::write(document));
    let again = rich::markdown::read(&rich::markdown::write(&plain));
    assert!(is_large(input) || again == plain, "Markdown of {data}");
    rich::wiki::read(&rich::wiki::write(document));
    let mut trace = String::new();
    kinds(&data, &mut trace);
    trace + &text::write(document).len().min(2).to_string()
}

/// The kinds of a document's nodes and marks, in their order.
fn kinds(node: &Value, trace: &mut String) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        trace.push_str(&node["type"].as_str().unwrap_or_default().to_uppercase());
        trace.push(' ');
        let below = |name: &str| node[name].as_array().map(Vec::as_slice).unwrap_or_default();
        open.extend(below("marks").iter().chain(below("content").iter().rev()));
    }
}

/// Markdown, as people write it.
pub(crate) fn markdown(input: &[u8]) -> String {
    let document = rich::markdown::read(&String::from_utf8_lossy(input));
    assert!(is_large(input) || rich::markdown::read(&rich::markdown::write(&document)) == document);
    every_form(&document, input)
}

/// Wiki markup, as Data Center keeps it.
pub(crate) fn wiki(input: &[u8]) -> String {
    let document = rich::wiki::read(&String::from_utf8_lossy(input));
    assert!(is_large(input) || rich::wiki::read(&rich::wiki::write(&document)) == document);
    every_form(&document, input)
}

/// A rich text field of an answer, whatever its data.
pub(crate) fn adf(input: &[u8]) -> String {
    match serde_json::from_slice::<Value>(input) {
        Ok(data) => {
            let document = rich::adf::read(&data);
            assert_eq!(rich::adf::read(&rich::adf::write(&document)), document);
            every_form(&document, input)
        }
        Err(_) => "NONE".to_owned(),
    }
}

/// An answer: the first byte says which status, the first line is `Retry-After` and `Date`, the rest is the body.
fn response(input: &[u8]) -> HttpResponse {
    const STATUSES: [u16; 16] = [200, 201, 204, 302, 400, 401, 403, 404, 408, 410, 413, 429, 500, 502, 503, 999];
    let (first, rest) = input.split_first().unwrap_or((&0, &[]));
    let status = STATUSES[usize::from(*first) % STATUSES.len()];
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (line, body) = rest.split_at(end);
    let line = String::from_utf8_lossy(line);
    let (retry, date) = line.split_once('|').unwrap_or((&line, "Sun, 06 Nov 1994 08:49:37 GMT"));
    let headers = [("retry-after", retry), ("date", date)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    HttpResponse { status, headers: headers.into(), body: body.to_vec() }
}

/// What Jira refuses with.
pub(crate) fn jira_answer(input: &[u8]) -> String {
    let response = response(input);
    let error = jira::error::of_response(&response, true, Timestamp(0), "account");
    assert!(error.message.chars().count() < 1_000 && !error.message.chars().any(char::is_control), "{error:?}");
    assert!(error.code != Code::Offline, "it answered");
    let body = serde_json::from_slice::<Value>(&response.body).unwrap_or_default();
    let said = rich::plain_text(&body["fields"]["description"]).len() + rich::plain_text(&body).len();
    format!("{:?} {} {}", error.code, error.message.to_uppercase(), said.min(3))
}

/// What a token endpoint answers.
pub(crate) fn token_answer(input: &[u8]) -> String {
    let registration = Registration { client_id: "app".into(), ..Registration::default() };
    match token_endpoint::judge(Ok(response(input))) {
        Ok(grant) => {
            assert!(!grant.access_token.expose().is_empty());
            let claims = grant.id_token.as_ref().and_then(|token| id_token::claims(token, &registration));
            // Whatever the secrets are, what is shown of them is the same.
            let hidden = |secret: &Option<Secret>| secret.as_ref().map(|_| Secret::new("another"));
            let other = token_endpoint::Grant {
                access_token: Secret::new("another"),
                refresh_token: hidden(&grant.refresh_token),
                id_token: hidden(&grant.id_token),
                ..grant.clone()
            };
            assert_eq!(format!("{grant:?}"), format!("{other:?}"));
            format!(
                "GRANT {:?} {:?} {}",
                grant.expires_in.is_some(),
                grant.scopes.map(|all| all.len().min(4)),
                claims.is_some()
            )
            .to_uppercase()
        }
        Err(error) => {
            let error = error.fit_to_show(&registration, &[&Secret::new("refresh-token")]);
            format!("{error:?}").to_uppercase()
        }
    }
}

/// What a server or a broker says of itself.
pub(crate) fn metadata(input: &[u8]) -> String {
    let server = discovery::judge(input, "https://server.example", false);
    let broker = discovery::judge_broker(input, true);
    if let Ok(found) = &server {
        assert!(address::read_whole(&found.token_endpoint, false).is_ok(), "{found:?}");
    }
    format!("{:?} {:?}", server.map(|_| ()), broker.map(|_| ())).to_uppercase()
}

/// Addresses, parameters and dates that people type, and the address they come back to.
pub(crate) fn addresses(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let read = address::read(&text, false);
    if let Ok(found) = &read {
        assert!(found.origin().starts_with("https://") && !found.host().is_empty(), "{:?}", found.origin());
        assert!(address::read_whole(&found.origin(), false).is_ok(), "{:?}", found.origin());
    }
    let base = address::read_base(&text, true);
    let extra = parameters::read(&text).map(|extra| parameters::allowed(&extra).count());
    let wait = date::seconds_until(&text, Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    let flow = Flow {
        state: Secret::new("state"),
        verifier: Secret::new("verifier"),
        redirect_uri: "https://app.example/".into(),
        started_at: Timestamp(0),
    };
    let back = judge_callback(&format!("https://app.example/?state=state&{text}"), &flow, &Registration::default());
    let shown = back.map(|code| assert!(!code.expose().is_empty()));
    let day = sign_in::day::read(&text).is_some();
    format!("{:?} {:?} {extra:?} {} {shown:?} {day}", read.map(|_| ()), base.is_ok(), wait.is_some()).to_uppercase()
}
