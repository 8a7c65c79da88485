//! What was asked and answered, kept sealed for each account: to be looked up again, searched through and deleted, and so that a
//! question can lean on the one before after the worker has died.
//!
//! A record lists an account's conversations; each of their turns has a record of its own. See [`Kept`] for where they lie.

mod record;
mod search;

pub use record::{ConversationView, Head, TurnView};
pub use search::{Hit, search};

use crate::app::App;
use crate::chat::answer::Answer;
use crate::chat::intent::{Context, Question};
use crate::chat::kept::Kept;
use crate::error::{Code, Error, Result};
use crate::jql::parse;
use crate::json::{self, Read};
use crate::platform::Platform;
use crate::tokens::account::Account;
use record::{INDEX, Left, Turn, fitted, make_room, place, turn_name};
use serde_json::Value;

/// A conversation's name is made by the page, and becomes part of a key.
const LONGEST_ID: usize = 64;
/// In characters: what stands for a conversation in a list.
const TITLE: usize = 80;

/// What a new text may lean on.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// The last search and what it showed.
    pub context: Context,
    /// What was asked back last, if the person has not answered it.
    pub question: Option<Question>,
    /// Where the last list goes on.
    pub more: Option<String>,
    /// Which turn comes next; goes into [`Happened`], so that one that is run again takes its own place.
    pub turn: u32,
}

/// What happened: a text and what came of it.
#[derive(Clone, Debug, Default)]
pub struct Happened {
    /// As the person typed it.
    pub text: String,
    /// The cards that were told.
    pub cards: Vec<Value>,
    /// The error that ended it.
    pub error: Option<Error>,
    /// What it leaves behind; what it leaves open stays as it was before.
    pub answer: Answer,
    /// Which turn it is; none for the next.
    pub turn: Option<u32>,
}

/// What the conversation holds; nothing for a new one. `today` as in [`Context`]; `turn`: which turn is asked for, where it was
/// begun before. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn context<P: Platform>(
    app: &App<P>,
    account: &Account,
    id: &str,
    (today, turn): (i64, Option<u32>),
) -> Result<Held> {
    let kept = Kept::of(app, &account.id);
    let mut held = Held::default();
    held.context.today = today;
    let Some(head) = heads(&kept).await?.into_iter().find(|head| head.id == id) else { return Ok(held) };
    held.turn = turn.unwrap_or(head.turns);
    let Some(last) = held.turn.checked_sub(1) else { return Ok(held) };
    let turn: Option<Turn> = kept.read(&turn_name(id, last)).await?;
    // Its site's keys and names mean nothing on another.
    let left = turn.map(|turn| turn.left).filter(|_| head.site == site_of(account)).unwrap_or_default();
    held.context.query = left.jql.and_then(|jql| parse(&jql).ok());
    held.context.shown = left.shown;
    held.question = left.question;
    held.more = left.more;
    Ok(held)
}

/// Adds a turn to a conversation, which begins with its first one. Old turns and old conversations go where there are too many.
///
/// Errors: `bad_request` for an id that is none, `locked`, `vault_unreadable`, `storage_failed`.
pub async fn remember<P: Platform>(app: &App<P>, account: &Account, id: &str, happened: Happened) -> Result<()> {
    check(id)?;
    let kept = Kept::of(app, &account.id);
    let now = app.now();
    let number = match happened.turn {
        Some(number) => number,
        None => heads(&kept).await?.into_iter().find(|head| head.id == id).map_or(0, |head| head.turns),
    };
    let before = match number.checked_sub(1) {
        Some(last) => kept.read::<Turn>(&turn_name(id, last)).await?.map(|turn| turn.left),
        None => None,
    };
    let left = Left::after(before.unwrap_or_default(), happened.answer);
    let error = happened.error.map(|error| json::to_value(&error));
    let (text, cards) = (happened.text, fitted(happened.cards));
    let title: String = text.trim().chars().take(TITLE).collect();
    let turn = json::to_value(&Turn { at: now, text, cards, error, left });
    kept.rewrite(&turn_name(id, number), &mut |_| turn.clone()).await?;
    let bytes = u64::try_from(crate::chat::kept::size(&turn)).unwrap_or(u64::MAX);
    let site = site_of(account);
    let new = Head { id: id.to_owned(), title, began: now, at: now, turns: number + 1, bytes, site };
    list_anew(&kept, new).await
}

/// Puts a conversation at the end of the list, with what it has grown by, and removes what there is no room for any more.
async fn list_anew<P: Platform>(kept: &Kept<'_, P>, new: Head) -> Result<()> {
    let mut gone = Vec::new();
    let mut change = |known: Option<Value>| {
        let mut all: Vec<Head> = known.and_then(|known| Vec::read(&known)).unwrap_or_default();
        let at = all.iter().position(|head| head.id == new.id);
        let head = match at.map(|at| all.remove(at)) {
            None => new.clone(),
            Some(known) => Head {
                at: new.at,
                turns: known.turns.max(new.turns),
                bytes: known.bytes.saturating_add(new.bytes),
                ..known
            },
        };
        all.push(head);
        gone = make_room(&mut all);
        json::to_value(&all)
    };
    kept.rewrite(INDEX, &mut change).await?;
    for start in gone {
        kept.forget(&start).await?;
    }
    Ok(())
}

/// An account's conversations on its chosen site, the latest first. Errors: `locked`, `vault_unreadable`, `storage_failed`.
pub async fn list<P: Platform>(app: &App<P>, account: &Account) -> Result<Vec<ConversationView>> {
    let here = site_of(account);
    let all = heads(&Kept::of(app, &account.id)).await?.into_iter().rev();
    Ok(all.filter(|head| head.site == here).map(Head::view).collect())
}

/// The turns of a conversation, oldest first. Errors: `not_found`, `locked`, `vault_unreadable`, `storage_failed`.
pub async fn turns<P: Platform>(app: &App<P>, account: &Account, id: &str) -> Result<Vec<TurnView>> {
    let kept = Kept::of(app, &account.id);
    let head = heads(&kept).await?.into_iter().find(|head| head.id == id);
    let head = head.ok_or_else(|| Error::new(Code::NotFound, "This conversation was deleted."))?;
    let turns: Vec<Option<Turn>> = kept.read_many(&head.names()).await?;
    Ok(turns.into_iter().flatten().map(Turn::view).collect())
}

/// Deletes a conversation, or all of them on all sites. Error: `storage_failed`.
pub async fn forget<P: Platform>(app: &App<P>, account: &str, id: Option<&str>) -> Result<()> {
    let kept = Kept::of(app, account);
    let Some(id) = id else { return kept.forget(&place("")).await };
    check(id)?;
    let others = &mut |known: Option<Value>| {
        let mut all: Vec<Head> = known.and_then(|known| Vec::read(&known)).unwrap_or_default();
        all.retain(|head| head.id != id);
        json::to_value(&all)
    };
    kept.rewrite(INDEX, others).await?;
    kept.forget(&place(id)).await
}

async fn heads<P: Platform>(kept: &Kept<'_, P>) -> Result<Vec<Head>> {
    Ok(kept.read(INDEX).await?.unwrap_or_default())
}

fn site_of(account: &Account) -> String {
    account.chosen_site().map(|site| site.id.clone()).unwrap_or_default()
}

fn check(id: &str) -> Result<()> {
    let fits =
        (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(()) } else { Err(Error::new(Code::BadRequest, "This is no conversation. Reload this page.")) }
}
