//! The checks of the network.

use super::{Check, Ground, done, ensure, same, within};
use crate::platform::{Clock, Content, Http, HttpError, HttpRequest, HttpResponse, LONGEST_ANSWER, Method, Platform};
use crate::secret::Secret;
use serde_json::Value;
use std::time::Duration;

fn get<P: Platform>(ground: &Ground<P>, path: &str) -> HttpRequest {
    let url = format!("{}{path}", ground.server);
    HttpRequest { method: Method::Get, url, headers: Vec::new(), body: None, timeout: Duration::from_secs(10) }
}

async fn send<P: Platform>(ground: &Ground<P>, path: &str) -> Result<HttpResponse, String> {
    done(path, ground.here.http().send(get(ground, path)).await)
}

async fn fails<P: Platform>(ground: &Ground<P>, request: HttpRequest, expected: HttpError) -> Check {
    let what = request.url.clone();
    same(&what, ground.here.http().send(request).await.map(|response| response.status), Err(expected))
}

fn json(response: &HttpResponse) -> Result<Value, String> {
    done("the body", serde_json::from_slice(&response.body))
}

fn text(response: &HttpResponse) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

pub(super) async fn an_answer_comes_whole<P: Platform>(ground: &Ground<P>) -> Check {
    let response = send(ground, "/echo").await?;
    same("the status", response.status, 207)?;
    same("a header", response.header("x-echo"), Some("yes"))?;
    ensure(response.header("content-type").is_some_and(|kind| kind.contains("json")), "the content type is missing")?;
    same("the method", json(&response)?["method"].as_str(), Some("GET"))
}

pub(super) async fn a_request_goes_whole<P: Platform>(ground: &Ground<P>) -> Check {
    for (method, name) in [(Method::Post, "POST"), (Method::Put, "PUT"), (Method::Delete, "DELETE")] {
        let mut request = get(ground, "/echo?a=b%20c");
        request.method = method;
        request.headers = [("Authorization", "Bearer abc"), ("X-Own", "1"), ("content-type", "text/plain")]
            .map(|(name, value)| (name.to_owned(), Secret::new(value)))
            .to_vec();
        request.body = Some(Content::Text(Secret::new("Grüße\n🦀")));
        let echo = json(&done(name, ground.here.http().send(request).await)?)?;
        same("the method", echo["method"].as_str(), Some(name))?;
        same("the body", echo["body"].as_str(), Some("Grüße\n🦀"))?;
        for (header, value) in [("authorization", "Bearer abc"), ("x-own", "1"), ("content-type", "text/plain")] {
            same(header, echo["headers"][header].as_str(), Some(value))?;
        }
    }
    Ok(())
}

pub(super) async fn bytes_come_as_they_are<P: Platform>(ground: &Ground<P>) -> Check {
    let response = send(ground, "/bytes").await?;
    same("the bytes", response.body, (0..=255).collect())
}

pub(super) async fn bytes_go_as_they_are<P: Platform>(ground: &Ground<P>) -> Check {
    let every: Vec<u8> = (0..=255).collect();
    let request =
        HttpRequest { method: Method::Post, body: Some(Content::Bytes(every.clone())), ..get(ground, "/back") };
    let response = done("send", ground.here.http().send(request).await)?;
    same("the bytes", response.body, every)
}

pub(super) async fn an_answer_without_an_end_is_cut_off<P: Platform>(ground: &Ground<P>) -> Check {
    let longest = send(ground, &format!("/long?{LONGEST_ANSWER}")).await?;
    same("the longest answer", longest.body.len(), LONGEST_ANSWER)?;
    fails(ground, get(ground, &format!("/long?{}", LONGEST_ANSWER + 1)), HttpError::TooLong { status: 200 }).await
}

pub(super) async fn every_status_is_an_answer<P: Platform>(ground: &Ground<P>) -> Check {
    for status in [200, 201, 400, 401, 403, 404, 410, 429, 500, 503] {
        let response = send(ground, &format!("/status/{status}")).await?;
        same("the status", response.status, status)?;
        same("the body", text(&response).as_str(), "status")?;
    }
    let empty = send(ground, "/status/204").await?;
    same("an empty answer", (empty.status, empty.body.len()), (204, 0))
}

pub(super) async fn a_redirect_is_not_followed<P: Platform>(ground: &Ground<P>) -> Check {
    fails(ground, get(ground, "/redirect"), HttpError::Network).await
}

pub(super) async fn no_cookie_is_kept<P: Platform>(ground: &Ground<P>) -> Check {
    send(ground, "/cookie").await?;
    let echo = json(&send(ground, "/echo").await?)?;
    same("the cookie", echo["headers"].get("cookie"), None)
}

pub(super) async fn nothing_is_cached<P: Platform>(ground: &Ground<P>) -> Check {
    let first = send(ground, "/cached").await?;
    let second = send(ground, "/cached").await?;
    ensure(first.body != second.body, "the second answer came from a cache")
}

pub(super) async fn no_referrer_is_sent<P: Platform>(ground: &Ground<P>) -> Check {
    let echo = json(&send(ground, "/echo").await?)?;
    same("the referrer", echo["headers"].get("referer"), None)
}

pub(super) async fn a_silent_server_times_out<P: Platform>(ground: &Ground<P>) -> Check {
    let clock = ground.here.clock();
    let before = clock.now();
    let request = HttpRequest { timeout: Duration::from_millis(300), ..get(ground, "/hang") };
    fails(ground, request, HttpError::Timeout).await?;
    let passed = clock.now().since(before);
    ensure(passed >= Duration::from_millis(290), "it gave up too early")?;
    ensure(passed < Duration::from_secs(5), "it gave up too late")
}

pub(super) async fn a_body_that_stops_times_out<P: Platform>(ground: &Ground<P>) -> Check {
    let request = HttpRequest { timeout: Duration::from_millis(300), ..get(ground, "/half") };
    fails(ground, request, HttpError::Timeout).await
}

pub(super) async fn a_dropped_request_is_aborted<P: Platform>(ground: &Ground<P>) -> Check {
    let clock = ground.here.clock();
    let before = text(&send(ground, "/aborted").await?);
    let answer = within(clock, Duration::from_millis(300), ground.here.http().send(get(ground, "/hang"))).await;
    ensure(answer.is_none(), "the silent server answered")?;
    for _ in 0..40 {
        if text(&send(ground, "/aborted").await?) != before {
            return Ok(());
        }
        clock.sleep(Duration::from_millis(50)).await;
    }
    Err("the server still waits to answer the dropped request".to_owned())
}

pub(super) async fn a_broken_connection_is_a_network_error<P: Platform>(ground: &Ground<P>) -> Check {
    fails(ground, get(ground, "/broken"), HttpError::Network).await
}

pub(super) async fn a_closed_port_is_a_network_error<P: Platform>(ground: &Ground<P>) -> Check {
    // Port 9 (discard): nobody listens there, and browsers refuse it anyway.
    let request = HttpRequest { url: "http://127.0.0.1:9/".to_owned(), ..get(ground, "") };
    fails(ground, request, HttpError::Network).await
}

pub(super) async fn what_is_no_address_is_told<P: Platform>(ground: &Ground<P>) -> Check {
    for url in ["", "no address", "/echo", "http://", "https://a b/", "data:text/plain,a", "ftp://a.example/"] {
        let request = HttpRequest { url: url.to_owned(), ..get(ground, "") };
        fails(ground, request, HttpError::BadAddress).await?;
    }
    Ok(())
}

pub(super) async fn what_is_no_header_is_told<P: Platform>(ground: &Ground<P>) -> Check {
    // A token comes from a server: it must not end in a panic, nor in a header of its own.
    for (name, value) in
        [("Authorization", "Bearer a\r\nX-Own: 1"), ("Authorization", "Bearer \0"), ("X Own", "1"), ("", "1")]
    {
        let mut request = get(ground, "/echo");
        request.headers.push((name.to_owned(), Secret::new(value)));
        fails(ground, request, HttpError::BadAddress).await?;
    }
    let mut request = get(ground, "/echo");
    request.headers.push(("X-Own".to_owned(), Secret::new("π")));
    fails(ground, request, HttpError::BadAddress).await
}
