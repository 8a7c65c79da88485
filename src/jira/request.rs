//! A request to Jira as data: built by pure functions ([`crate::jira::requests`]), sent at one place ([`crate::jira::client`]).

use crate::jira::again::Again;
use crate::platform::Method;
use serde_json::Value;

/// Which of Jira's interfaces is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Issues, people, projects: `rest/api`.
    Platform,
    /// Boards and sprints: `rest/agile`.
    Agile,
    /// Files of Data Center: below the site itself.
    Site,
}

impl Api {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Agile => "agile",
            Self::Site => "site",
        }
    }
}

/// What goes along.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON.
    Json(Value),
    /// One file, as a form.
    File(Upload),
}

/// What comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// JSON, or nothing.
    Json,
    /// A file; its content is answered as a text in Base64 (RFC 4648 §4).
    File,
}

/// A file to attach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name, as people see it.
    pub name: String,
    /// Its media type; empty if unknown.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What a request does to Jira, which decides whether it may be sent twice.
#[derive(Clone, Debug)]
pub enum Kind {
    /// It only reads, whatever its method.
    Read,
    /// It changes something.
    Write {
        /// The issue it writes to: Jira bounds how often one may be written to.
        issue: Option<String>,
        /// What to do when nobody knows whether it was done.
        again: Again,
    },
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    /// What it is called here; also the place that a burst limit holds for.
    pub name: &'static str,
    /// Its method.
    pub method: Method,
    /// The interface it belongs to.
    pub api: Api,
    /// Below the root of the interface, beginning with a slash; what stands in it is encoded.
    pub path: String,
    /// Names and values, not encoded.
    pub query: Vec<(&'static str, String)>,
    /// What goes along.
    pub body: Body,
    /// Whether it changes something.
    pub kind: Kind,
    /// What comes back.
    pub answer: Answer,
    /// The scopes that Jira Cloud wants for it.
    pub scopes: &'static [&'static str],
    /// Points that each object of the answer costs: 1, and 2 for people (developer.atlassian.com, rate limiting).
    pub weight: u32,
}

/// Reads what issues are made of.
pub const READ: &[&str] = &["read:jira-work"];
/// Changes issues.
pub const WRITE: &[&str] = &["write:jira-work"];
/// Reads people.
pub const PEOPLE: &[&str] = &["read:jira-user"];
/// Reads boards and what is on them. No classic scope covers this.
pub const BOARDS: &[&str] =
    &["read:board-scope:jira-software", "read:issue-details:jira", "read:jql:jira", "read:project:jira"];
/// Reads how a board is set up.
pub const BOARD_SETUP: &[&str] =
    &["read:board-scope.admin:jira-software", "read:project:jira", "read:issue-details:jira"];
/// Reads sprints.
pub const SPRINTS: &[&str] = &["read:sprint:jira-software", "read:issue-details:jira", "read:jql:jira"];
/// Changes sprints.
pub const PLAN: &[&str] = &["write:sprint:jira-software"];
/// Puts issues back into the backlog.
pub const BACKLOG: &[&str] = &["write:board-scope:jira-software"];
/// Ranks issues.
pub const RANK: &[&str] = &["write:issue:jira-software"];

impl Request {
    /// Reads `path` with `query`.
    pub fn get(name: &'static str, path: String, query: Vec<(&'static str, String)>) -> Self {
        let (method, body, kind, answer) = (Method::Get, Body::None, Kind::Read, Answer::Json);
        Self { name, method, api: Api::Platform, path, query, body, kind, answer, scopes: READ, weight: 1 }
    }

    /// Reads by sending `body`.
    pub fn ask(name: &'static str, path: &str, body: Value) -> Self {
        Self { method: Method::Post, body: Body::Json(body), ..Self::get(name, path.to_owned(), Vec::new()) }
    }

    /// Changes something. It is sent again after an unknown outcome only if that does no harm: `PUT` and `DELETE` say the whole
    /// outcome, a `POST` needs [`Request::proved_by`].
    pub fn write(name: &'static str, method: Method, path: String, body: Body) -> Self {
        let again = if method == Method::Post { Again::Never } else { Again::Harmless };
        let kind = Kind::Write { issue: None, again };
        Self { method, body, kind, scopes: WRITE, weight: 0, ..Self::get(name, path, Vec::new()) }
    }

    /// The same of boards and sprints, with what Jira Cloud wants for it.
    #[must_use]
    pub fn agile(self, scopes: &'static [&'static str]) -> Self {
        Self { api: Api::Agile, scopes, ..self }
    }

    /// The same with other scopes, and points for each object.
    #[must_use]
    pub fn with_scopes(self, scopes: &'static [&'static str], weight: u32) -> Self {
        Self { scopes, weight, ..self }
    }

    /// The same with a query.
    #[must_use]
    pub fn with_query(self, query: Vec<(&'static str, String)>) -> Self {
        Self { query, ..self }
    }

    /// The same, which writes to this issue.
    #[must_use]
    pub fn to_issue(mut self, key: &str) -> Self {
        if let Kind::Write { issue, .. } = &mut self.kind {
            *issue = Some(key.to_owned());
        }
        self
    }

    /// The same, with what to do when nobody knows whether it was done.
    #[must_use]
    pub fn proved_by(mut self, how: Again) -> Self {
        if let Kind::Write { again, .. } = &mut self.kind {
            *again = how;
        }
        self
    }

    /// Whether it changes something.
    pub fn is_write(&self) -> bool {
        matches!(self.kind, Kind::Write { .. })
    }

    /// The path with the encoded query.
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            target.push_str(&encoded(value));
        }
        target
    }
}

/// A path of these segments. A segment is one segment whatever stands in it: what people type must not lead elsewhere, so one of
/// nothing but dots, or of nothing, becomes one that is nowhere.
pub fn path(segments: &[&str]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(&if segment.chars().all(|c| c == '.') { "_".to_owned() } else { encoded(segment) });
    }
    path
}

fn encoded(text: &str) -> String {
    // As in a form, but for the blank, which only forms write as a plus; commas stay readable, no server takes them for more.
    let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    form.replace('+', "%20").replace("%2C", ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_segment_leads_elsewhere() {
        assert_eq!(path(&["issue", "A B/../x?y#z"]), "/issue/A%20B%2F..%2Fx%3Fy%23z");
        assert_eq!(path(&["issue", ".."]), "/issue/_");
        assert_eq!(path(&["issue", ""]), "/issue/_");
        assert_eq!(path(&["issue", "%2e%2e"]), "/issue/%252e%252e");
    }

    #[test]
    fn a_query_is_encoded() {
        let request = Request::get("a", "/b".into(), vec![("x", "a&b=c+d é".into()), ("fields", "a,b".into())]);
        assert_eq!(request.target(), "/b?x=a%26b%3Dc%2Bd%20%C3%A9&fields=a,b");
    }
}
