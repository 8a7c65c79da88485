//! Parameters of a request, whichever way they came: query, form or JSON.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde_json::Value;

/// Names and values in the order they came. JSON values that are no strings are kept in their JSON spelling.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(pub(crate) Vec<(String, String)>);

impl Params {
    /// From a query string or a form body.
    pub(crate) fn form(text: &str) -> Self {
        Self(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// From a JSON object; `None` if it is not one.
    pub(crate) fn json(body: &[u8]) -> Option<Self> {
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else { return None };
        let plain = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Some(Self(members.into_iter().map(|(name, value)| (name, plain(value))).collect()))
    }

    /// From a body, by its content type. `None` if the body is not what its type says.
    pub(crate) fn body(headers: &HeaderMap, body: &[u8]) -> Option<Self> {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/json") {
            return Self::json(body);
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            return std::str::from_utf8(body).ok().map(Self::form);
        }
        None
    }

    /// From the query and the body of a request.
    pub(crate) fn whole(parts: &Parts, body: &[u8]) -> Self {
        let mut params = Self::form(parts.uri.query().unwrap_or_default());
        params.0.extend(Self::body(&parts.headers, body).unwrap_or_default().0);
        params
    }

    /// The first value of `name`; an empty value counts as absent (RFC 6749, section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// All values of `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
