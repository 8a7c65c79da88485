//! The network, as the core sees it.

use crate::secret::Secret;
use std::time::Duration;

/// A request method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Send.
    Post,
    /// Replace.
    Put,
    /// Remove.
    Delete,
}

/// What goes along with a request.
#[derive(Clone)]
pub enum Content {
    /// A text, which may carry secrets.
    Text(Secret),
    /// A file.
    Bytes(Vec<u8>),
}

/// The longest answer in bytes that is read to its end. Memory of a worker never shrinks, and no answer that we ask for comes near.
pub const LONGEST_ANSWER: usize = 16 << 20;

/// A request. `Debug` leaves headers and body out: they carry secrets.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The absolute address.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(String, Secret)>,
    /// The body.
    pub body: Option<Content>,
    /// After this the request ends with [`HttpError::Timeout`].
    pub timeout: Duration,
}

impl HttpRequest {
    /// The body, if it is a text; otherwise nothing.
    pub fn text(&self) -> &str {
        match &self.body {
            Some(Content::Text(text)) => text.expose(),
            _ => "",
        }
    }
}

impl std::fmt::Debug for HttpRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("HttpRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A whole answer, whatever its status. `Debug` leaves the body out: it may carry tokens.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The value of the header `name` (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the status is 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl std::fmt::Debug for HttpResponse {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("HttpResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why no whole answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpError {
    /// No connection, a refused one, one that broke off, or a redirect. The request may have reached the server.
    Network,
    /// No answer in time. The request may have reached the server.
    Timeout,
    /// The address is none of http or https, or a header has characters that none can have. Nothing was sent.
    BadAddress,
    /// The answer is longer than [`LONGEST_ANSWER`]; the rest of it is not read.
    TooLong {
        /// Its status code.
        status: u16,
    },
}

/// The network.
///
/// Guarantees: no cookies, no cache, no referrer; a redirect is never followed (it would carry a token elsewhere) and ends as
/// [`HttpError::Network`]; dropping the future aborts the request.
pub trait Http {
    /// Sends a request and waits for the whole answer.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError>;
}
