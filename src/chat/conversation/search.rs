//! Looking through what was said.

use super::record::{ConversationView, Head, Turn};
use super::{heads, site_of};
use crate::app::App;
use crate::chat::kept::Kept;
use crate::error::Result;
use crate::platform::Platform;
use crate::tokens::account::Account;
use crate::vocabulary::folded;
use serde::Serialize;
use serde_json::Value;

/// So many places are answered, the latest.
const MOST: usize = 50;
/// In characters, before the words that were found and behind them.
const AROUND: usize = 40;

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Hit {
    /// In which conversation.
    pub conversation: ConversationView,
    /// What was asked there.
    pub text: String,
    /// The words with what stands around them.
    pub excerpt: String,
}

/// The turns in which these words occur, as typed or in the answer, the latest first. Case does not matter.
///
/// Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn search<P: Platform>(app: &App<P>, account: &Account, words: &str) -> Result<Vec<Hit>> {
    let kept = Kept::of(app, &account.id);
    let (wanted, here) = (folded(words.trim()), site_of(account));
    let mut hits = Vec::new();
    if wanted.is_empty() {
        return Ok(hits);
    }
    for head in heads(&kept).await?.into_iter().rev().filter(|head| head.site == here) {
        let turns: Vec<Option<Turn>> = kept.read_many(&head.names()).await?;
        for turn in turns.into_iter().rev().flatten() {
            if let Some(excerpt) = found(&turn, &wanted) {
                hits.push(Hit { conversation: Head::view(head.clone()), text: turn.text, excerpt });
            }
            if hits.len() == MOST {
                return Ok(hits);
            }
        }
    }
    Ok(hits)
}

fn found(turn: &Turn, wanted: &str) -> Option<String> {
    excerpt(&turn.text, wanted).or_else(|| turn.cards.iter().find_map(|card| within(card, wanted)))
}

/// The first text in a card that has the words; names of fields and kinds of cards are none.
fn within(value: &Value, wanted: &str) -> Option<String> {
    match value {
        Value::String(text) => excerpt(text, wanted),
        Value::Array(items) => items.iter().find_map(|item| within(item, wanted)),
        Value::Object(fields) => {
            let said = fields.iter().filter(|(name, _)| !["kind", "url", "avatar"].contains(&name.as_str()));
            said.map(|(_, value)| value).find_map(|value| within(value, wanted))
        }
        _ => None,
    }
}

fn excerpt(text: &str, wanted: &str) -> Option<String> {
    let low = folded(text);
    let at = low.split_once(wanted)?.0.chars().count();
    let (from, length) = (at.saturating_sub(AROUND), 2 * AROUND + wanted.chars().count());
    let piece: String = text.chars().skip(from).take(length).collect();
    let (before, behind) = (from > 0, text.chars().count() > from + length);
    Some(format!("{}{}{}", if before { "…" } else { "" }, piece.trim(), if behind { "…" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_are_found_in_any_text_of_a_card_with_what_stands_around_them() {
        let card =
            json!({"kind": "issues", "issues": [{"url": "https://bug.example", "summary": "The BUG in the cellar"}]});
        assert_eq!(within(&card, "bug").as_deref(), Some("The BUG in the cellar"));
        assert_eq!(within(&card, "issues"), None, "what we call things is not what was said");
        let long = format!("{}needle{}", "a ".repeat(60), " b".repeat(60));
        let found = excerpt(&long, "needle").unwrap();
        assert!(found.starts_with('…') && found.ends_with('…') && found.contains("needle"), "{found}");
    }
}
