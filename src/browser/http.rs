//! The network, over `fetch`.

use super::body;
use super::clock::BrowserClock;
use crate::oauth::address::Address;
use crate::platform::{Clock, Content, Http, HttpError, HttpRequest, HttpResponse, Method};
use futures_util::future::{Either, select};
use gloo_net::http::{Headers, Request, RequestBuilder};
use js_sys::Uint8Array;
use std::pin::pin;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    /// `Headers`, bound once more because the method of `gloo-net` panics on a value that no header can have.
    type RawHeaders;
    #[wasm_bindgen(constructor, js_class = "Headers")]
    fn new() -> RawHeaders;
    #[wasm_bindgen(method, catch)]
    fn append(this: &RawHeaders, name: &str, value: &str) -> Result<(), JsValue>;
}

/// The adapter of [`Http`].
pub struct BrowserHttp;

/// Aborts the request unless it has ended; then aborting does nothing.
struct Aborting(AbortController);

impl Drop for Aborting {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Http for BrowserHttp {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let abort = Aborting(AbortController::new().map_err(|_| HttpError::Network)?);
        let timeout = request.timeout;
        let built = build(request, &abort.0.signal())?;
        match select(pin!(fetch(built)), pin!(BrowserClock.sleep(timeout))).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(HttpError::Timeout),
        }
    }
}

fn build(request: HttpRequest, signal: &AbortSignal) -> Result<Request, HttpError> {
    // The browser would take a relative address as one of the extension's own files.
    Address::parse(&request.url).map_err(|_| HttpError::BadAddress)?;
    let headers = RawHeaders::new();
    for (name, value) in &request.headers {
        headers.append(name, value.expose()).map_err(|_| HttpError::BadAddress)?;
    }
    let builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .headers(Headers::from_raw(headers.unchecked_into()))
        .redirect(RequestRedirect::Error)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(signal));
    match request.body {
        Some(Content::Text(text)) => builder.body(text.expose()),
        Some(Content::Bytes(bytes)) => builder.body(Uint8Array::from(bytes.as_slice())),
        None => builder.build(),
    }
    .map_err(|_| HttpError::BadAddress)
}

async fn fetch(request: Request) -> Result<HttpResponse, HttpError> {
    let response = request.send().await.map_err(|_| HttpError::Network)?;
    let status = response.status();
    let headers = response.headers().entries().collect();
    let body = body::read(&response).await?;
    Ok(HttpResponse { status, headers, body })
}
