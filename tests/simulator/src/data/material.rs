//! The words of the sample data, read from the texts beside this file.
//!
//! A project's text has components (`## Name`), each with lines `kind summary | what is behind it`, and epics at its end.
//! `{slot}` stands for any entry of that line of `slots.txt`.

use super::dice::Dice;
use std::collections::HashMap;

/// One line: what an issue may be about.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    /// The component; empty for an epic.
    pub(crate) component: &'static str,
    /// `bug`, `story`, `task`, `request`, `change` or `epic`.
    pub(crate) kind: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) detail: &'static str,
}

/// The topics of one project.
pub(crate) fn topics(text: &'static str) -> Vec<Topic> {
    let mut component = "";
    let mut topics = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            component = name;
        } else if line == "epics" {
            component = "";
        } else if let Some((kind, rest)) = line.split_once(' ')
            && let Some((summary, detail)) = rest.split_once(" | ")
        {
            topics.push(Topic { component, kind, summary, detail });
        }
    }
    topics
}

/// The names of the components of one project, in order.
pub(crate) fn components(text: &'static str) -> Vec<&'static str> {
    text.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

/// What may stand for each slot.
#[derive(Debug)]
pub(crate) struct Slots(HashMap<&'static str, Vec<&'static str>>);

impl Slots {
    pub(crate) fn read() -> Self {
        let lines = include_str!("material/slots.txt").lines();
        let entries = lines.filter_map(|line| line.split_once(": "));
        Self(entries.map(|(name, values)| (name, values.split("; ").collect())).collect())
    }

    /// The customers that are companies.
    pub(crate) fn companies(&self) -> Vec<&'static str> {
        self.0.get("company").cloned().unwrap_or_default()
    }

    /// Fills every slot of a summary and its detail; the same slot gets the same value in both.
    pub(crate) fn fill(&self, topic: &Topic, dice: &mut Dice) -> (String, String) {
        let mut chosen: HashMap<&str, &str> = HashMap::new();
        let mut one = |text: &'static str| {
            let mut filled = String::new();
            let mut pieces = text.split('{');
            filled.push_str(pieces.next().unwrap_or_default());
            for piece in pieces {
                let (slot, rest) = piece.split_once('}').unwrap_or((piece, ""));
                let value: &str = chosen.entry(slot).or_insert_with(|| match self.0.get(slot) {
                    Some(values) => *dice.pick::<&str>(values),
                    None => panic!("no slot {slot} for: {text}"),
                });
                filled.push_str(value);
                filled.push_str(rest);
            }
            capitalised(filled)
        };
        (one(topic.summary), one(topic.detail))
    }
}

/// A sentence begins with a capital, also when a slot stands first.
fn capitalised(text: String) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
