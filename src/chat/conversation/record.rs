//! The records of conversations.

use crate::chat::answer::Answer;
use crate::chat::answer::card::Card;
use crate::chat::intent::Question;
use crate::chat::kept;
use crate::platform::Timestamp;
use crate::readable;
use serde::Serialize;
use serde_json::Value;

/// The list of an account's conversations.
pub(super) const INDEX: &str = "talks";
/// So many conversations are kept of an account,
const MOST: usize = 100;
/// so many turns of each, the latest,
const MOST_TURNS: u32 = 200;
/// so many rows of a list,
const MOST_ROWS: usize = 25;
/// so many bytes of a turn,
const LONGEST: usize = 48 * 1024;
/// and so many bytes in all.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// A conversation in the list, the latest last.
///
/// Before changing this: a new field goes behind the semicolon of its `readable!`.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) began: Timestamp,
    pub(super) at: Timestamp,
    /// How many turns there were, those that are gone included.
    pub(super) turns: u32,
    pub(super) bytes: u64,
    /// The site it is about.
    pub(super) site: String,
}

readable!(Head { id, title, began, at, turns, bytes, site });

/// A text and what came of it.
///
/// Before changing this: as for [`Head`].
#[derive(Clone, Debug, Serialize)]
pub(super) struct Turn {
    pub(super) at: Timestamp,
    pub(super) text: String,
    pub(super) cards: Vec<Value>,
    pub(super) error: Option<Value>,
    pub(super) left: Left,
}

readable!(Turn { at, text, cards, left; error });

/// What a turn leaves behind for the next.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Left {
    pub(super) jql: Option<String>,
    pub(super) shown: Vec<String>,
    pub(super) question: Option<Question>,
    pub(super) more: Option<String>,
    pub(super) export: Option<String>,
}

readable!(Left { jql, shown, question, more; export });

/// A conversation, as pages list it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConversationView {
    /// Its id.
    pub id: String,
    /// What was asked first.
    pub title: String,
    /// When it began.
    pub began: Timestamp,
    /// When something was last said.
    pub at: Timestamp,
    /// How many questions there were.
    pub turns: u32,
}

/// A turn, as pages show it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TurnView {
    /// When it was asked.
    pub at: Timestamp,
    /// As the person typed it.
    pub text: String,
    /// What was told.
    #[cfg_attr(test, ts(as = "Vec<Card>"))]
    pub cards: Vec<Value>,
    /// How it ended, where not well.
    #[cfg_attr(test, ts(as = "Option<crate::error::Error>"))]
    pub error: Option<Value>,
    /// Goes into `export`, where there is something to export.
    pub export: Option<String>,
}

impl Head {
    pub(super) fn view(self) -> ConversationView {
        let Self { id, title, began, at, turns, .. } = self;
        ConversationView { id, title, began, at, turns }
    }

    /// The names of its turns that are kept.
    pub(super) fn names(&self) -> Vec<String> {
        (self.turns.saturating_sub(MOST_TURNS)..self.turns).map(|number| turn_name(&self.id, number)).collect()
    }
}

impl Turn {
    pub(super) fn view(self) -> TurnView {
        TurnView { at: self.at, text: self.text, cards: self.cards, error: self.error, export: self.left.export }
    }
}

impl Left {
    /// A search takes the place of the one before, and so does what it showed; what says nothing of them leaves them.
    pub(super) fn after(before: Self, answer: Answer) -> Self {
        let Answer { more, export, jql, shown, question } = answer;
        let is_search = jql.is_some();
        let shows = is_search || !shown.is_empty();
        Self {
            jql: jql.or(before.jql),
            shown: if shows { shown } else { before.shown },
            more: if shows { more } else { before.more },
            question,
            export,
        }
    }
}

/// What the names of a conversation's records begin with; of all for the empty id.
pub(super) fn place(id: &str) -> String {
    if id.is_empty() { "talk".to_owned() } else { format!("talk:{id}:") }
}

/// The name of the record of a turn.
pub(super) fn turn_name(id: &str, number: u32) -> String {
    format!("{}{number:06}", place(id))
}

/// The cards as far as they are kept: long lists are cut, and what is too long is left out.
pub(super) fn fitted(cards: Vec<Value>) -> Vec<Value> {
    let mut left = LONGEST;
    let mut kept = Vec::new();
    let mut is_cut = false;
    for mut card in cards {
        if let Some(rows) = card["issues"].as_array_mut() {
            is_cut |= rows.len() > MOST_ROWS;
            rows.truncate(MOST_ROWS);
        }
        let size = kept::size(&card);
        match left.checked_sub(size) {
            Some(rest) => {
                left = rest;
                kept.push(card);
            }
            None => is_cut = true,
        }
    }
    if is_cut {
        kept.push(crate::json::to_value(&Card::sentence("The rest of this answer was not kept. Ask again to see it.")));
    }
    kept
}

/// Takes what is too much out of the list, the oldest first. Answers what the names of the records begin with that go.
pub(super) fn make_room(all: &mut Vec<Head>) -> Vec<String> {
    let mut gone = Vec::new();
    if let Some(last) = all.last()
        && let Some(old) = last.turns.checked_sub(MOST_TURNS + 1)
    {
        gone.push(turn_name(&last.id, old));
    }
    let mut bytes: u64 = all.iter().map(|head| head.bytes).fold(0, u64::saturating_add);
    while all.len() > 1 && (all.len() > MOST || bytes > MOST_BYTES) {
        let oldest = all.remove(0);
        bytes -= oldest.bytes;
        gone.push(place(&oldest.id));
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn head(id: &str, turns: u32, bytes: u64) -> Head {
        let (began, at) = (Timestamp(1), Timestamp(2));
        Head { id: id.into(), title: "t".into(), began, at, turns, bytes, site: "s".into() }
    }

    #[test]
    fn the_oldest_conversations_make_room_for_the_newest() {
        let mut many: Vec<Head> = (0..102).map(|number| head(&number.to_string(), 1, 1)).collect();
        assert_eq!(make_room(&mut many), ["talk:0:", "talk:1:"]);
        let mut large = vec![head("a", 1, 7_000_000), head("b", 1, 7_000_000), head("c", 1, 1)];
        assert_eq!(make_room(&mut large), ["talk:a:"]);
        let mut alone = vec![head("a", 1, u64::MAX)];
        assert_eq!(make_room(&mut alone), [""; 0], "the one that goes on stays");
    }

    #[test]
    fn a_long_conversation_loses_its_oldest_turn_with_each_new_one() {
        assert_eq!(make_room(&mut vec![head("a", 201, 1)]), ["talk:a:000000"]);
        assert_eq!(make_room(&mut vec![head("a", 200, 1)]), [""; 0]);
        assert_eq!(head("a", 201, 1).names().first().map(String::as_str), Some("talk:a:000001"));
    }

    #[test]
    fn a_long_list_is_kept_by_its_beginning_and_this_is_said() {
        let rows: Vec<Value> = (0..50).map(|number| json!({"key": number})).collect();
        let kept = fitted(vec![json!({"kind": "issues", "issues": rows})]);
        assert_eq!(kept[0]["issues"].as_array().unwrap().len(), MOST_ROWS);
        assert_eq!(kept[1]["kind"], "sentence");
        let long = json!({"kind": "sentence", "message": "x".repeat(LONGEST)});
        assert_eq!(fitted(vec![long]).len(), 1);
    }

    #[test]
    fn what_a_turn_says_nothing_of_stays() {
        let before = Left { jql: Some("a = 1".into()), shown: vec!["A-1".into()], ..Left::default() };
        let asked = Answer { question: Some(Question { message: "?".into(), choices: vec![] }), ..Answer::default() };
        let left = Left::after(before.clone(), asked);
        assert_eq!((left.jql.as_deref(), left.shown.len()), (Some("a = 1"), 1));
        assert!(left.question.is_some());
        let nothing = Answer { jql: Some("b = 1".into()), ..Answer::default() };
        let left = Left::after(before.clone(), nothing);
        assert_eq!((left.jql.as_deref(), left.shown.len()), (Some("b = 1"), 0), "a search that found nothing");
        let shown = Answer { shown: vec!["B-1".into()], ..Answer::default() };
        assert_eq!(Left::after(before, shown).shown, ["B-1"]);
    }
}
