//! A value that must not be seen: tokens, client secrets, code verifiers.

use crate::json::Read;
use serde::Serialize;
use serde_json::Value;
use std::fmt;

/// A secret string.
///
/// `Debug` prints `Secret(…)`, there is no `Display` and no `PartialEq` (a comparison would leak its timing). The text is
/// reached by [`Secret::expose`] only, so that every use can be found by searching for that word.
///
/// It serialises as the bare text: the only serialiser it may meet is the vault's, whose output is encrypted. Views never
/// hold a `Secret`; `tests/it` checks every view and every error for leaks.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself. Danger: what is done with it must not be a log, an error, a view or a URL.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Read for Secret {
    fn read(data: &Value) -> Option<Self> {
        data.as_str().map(Self::new)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing_of_the_text() {
        let shown = format!("{:?}", Secret::new("hunter2"));
        assert_eq!(shown, "Secret(…)");
    }
}
