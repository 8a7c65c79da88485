//! Answers that are kept for the time without a connection: the last one to the same query, with its age.

use crate::app::App;
use crate::chat::answer::Answer;
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::Card;
use crate::chat::intent::{Search, View};
use crate::chat::kept::{self, Kept};
use crate::error::{Error, Result};
use crate::json::{self, Read};
use crate::platform::{Platform, Timestamp};
use crate::readable;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// So many answers are kept of an account,
const MOST: usize = 40;
/// so many bytes of each,
const LONGEST: usize = 96 * 1024;
/// and so many bytes in all; the oldest go first.
const MOST_BYTES: usize = 1024 * 1024;
const PLACE: &str = "answers:";
const INDEX: &str = "answers:index";

/// An answer as it is kept.
#[derive(Debug, Serialize)]
struct Past {
    at: Timestamp,
    shown: Vec<String>,
    cards: Vec<Value>,
}

readable!(Past { at, shown, cards });

/// One line of the index.
#[derive(Debug, Serialize)]
struct Line {
    name: String,
    bytes: u64,
}

readable!(Line { name, bytes });

/// What tells an answer from every other: the query as our printer writes it, and what of the issues was asked for.
pub(super) fn name(jql: &str, search: &Search) -> String {
    let view = match &search.view {
        View::List => "",
        View::Count => "count",
        View::Groups { field } => field,
    };
    format!("{view}\n{:?}\n{jql}", search.limit)
}

fn place<P: Platform>(ask: &Asking<'_, P>, asked: &str) -> String {
    let site = ask.account.chosen_site().map_or("", |site| &site.id);
    let hash = Sha256::digest(format!("{site}\n{asked}"));
    format!("{PLACE}{}", URL_SAFE_NO_PAD.encode(&hash[..16]))
}

/// Keeps the cards of an answer. One that cannot be kept is no reason to fail.
pub(super) async fn keep<P: Platform>(ask: &Asking<'_, P>, asked: &str, shown: &[String], cards: Vec<Value>) {
    let kept = Kept::of(ask.app, &ask.account.id);
    let answer = json::to_value(&Past { at: ask.app.now(), shown: shown.to_vec(), cards });
    let bytes = kept::size(&answer);
    if bytes > LONGEST {
        return;
    }
    let name = place(ask, asked);
    if kept.rewrite(&name, &mut |_| answer.clone()).await.is_err() {
        return;
    }
    let mut gone = Vec::new();
    let mut note = |known: Option<Value>| {
        let mut lines: Vec<Line> = known.and_then(|known| Vec::read(&known)).unwrap_or_default();
        lines.retain(|line| line.name != name);
        lines.push(Line { name: name.clone(), bytes: u64::try_from(bytes).unwrap_or(u64::MAX) });
        gone = dropped(&mut lines);
        json::to_value(&lines)
    };
    if kept.rewrite(INDEX, &mut note).await.is_ok() {
        for name in gone {
            let _left = kept.forget(&name).await;
        }
    }
}

/// Takes the oldest lines out until the rest has room.
fn dropped(lines: &mut Vec<Line>) -> Vec<String> {
    let (mut kept, mut bytes) = (0, 0);
    for line in lines.iter().rev() {
        bytes += usize::try_from(line.bytes).unwrap_or(usize::MAX);
        if kept == MOST || bytes > MOST_BYTES {
            break;
        }
        kept += 1;
    }
    let first = lines.len() - kept;
    lines.drain(..first).map(|line| line.name).collect()
}

/// Tells the kept answer to the same question, with its age. Error: `lost`, where there is none.
pub(super) async fn tell<P: Platform>(ask: &Asking<'_, P>, asked: &str, lost: Error) -> Result<Answer> {
    let kept = Kept::of(ask.app, &ask.account.id);
    let Ok(Some(answer)) = kept.read::<Past>(&place(ask, asked)).await else { return Err(lost) };
    ask.tell.card(&Card::Stored { at: answer.at });
    for card in answer.cards {
        ask.tell.value(card);
    }
    Ok(Answer { shown: answer.shown, ..Answer::default() })
}

/// So many kept answers are read at a time.
const AT_ONCE: usize = 8;

/// Shows the cards of the kept answers, the latest first, until `show` has seen enough and says no. Error: `locked`.
pub(in crate::chat) async fn each_latest<P: Platform>(
    app: &App<P>,
    account: &str,
    show: &mut dyn FnMut(&Value) -> bool,
) -> Result<()> {
    let kept = Kept::of(app, account);
    let lines: Vec<Line> = kept.read(INDEX).await?.unwrap_or_default();
    let names: Vec<String> = lines.into_iter().rev().map(|line| line.name).collect();
    for names in names.chunks(AT_ONCE) {
        for past in kept.read_many::<Past>(names).await?.into_iter().flatten() {
            if !past.cards.iter().all(&mut *show) {
                return Ok(());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sizes: &[u64]) -> Vec<Line> {
        sizes.iter().enumerate().map(|(at, bytes)| Line { name: at.to_string(), bytes: *bytes }).collect()
    }

    #[test]
    fn the_oldest_answers_go_when_there_are_too_many_or_they_are_too_long() {
        let mut many = lines(&[1; 42]);
        assert_eq!(dropped(&mut many), ["0", "1"]);
        assert_eq!(many.len(), MOST);
        let mut long = lines(&[10, 600_000, 500_000, 500_000]);
        assert_eq!(dropped(&mut long), ["0", "1"]);
        let mut fine = lines(&[10, 20]);
        assert!(dropped(&mut fine).is_empty());
    }
}
