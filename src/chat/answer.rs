//! The answer to what was understood: cards, told one by one as they come.
//!
//! [`answer`] answers every intent that only reads; what changes something goes another way. Text that comes from Jira is data
//! in a card and nothing else.

pub mod asking;
pub mod card;
pub mod columns;
mod decline;
pub mod doing;
pub mod groups;
pub mod more;
mod nothing;
mod search;
pub(super) mod stored;
mod understood;

pub use asking::{Asking, Teller};
pub use card::{Card, Clause};
pub use decline::examples;
pub use understood::understood;

use crate::app::App;
use crate::chat::intent::{Intent, Question};
use crate::chat::report;
use crate::error::{Code, Error, Result};
use crate::platform::Platform;
use crate::tokens::account::Account;

/// What an answer leaves behind, for what may follow.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The next page of the list, if there is one; goes into the command `more`.
    pub more: Option<String>,
    /// What was told, as something to export; goes into the command `export`.
    pub export: Option<String>,
    /// The query that ran.
    pub jql: Option<String>,
    /// The keys of the issues that were shown, in order.
    pub shown: Vec<String>,
    /// What was asked back.
    pub question: Option<Question>,
}

/// Answers what only reads: searches, single issues, reports, questions, and what is declined. `text` is what the person
/// typed: a mistake in JQL is told by its place there. `more` is what the last answer has left.
///
/// Errors: `invalid_jql`, `refused`, `not_found`, those of transport, and `bad_request` for an intent that changes something.
pub async fn answer<P: Platform>(
    (app, account): (&App<P>, &Account),
    intent: &Intent,
    (text, more): (&str, Option<&str>),
    tell: &Teller<'_>,
) -> Result<Answer> {
    let ask = Asking::new(app, account, tell).await?;
    match intent {
        Intent::Search(search) => search::search(&ask, search).await,
        Intent::Show { key } => show(&ask, key).await,
        Intent::Report(wanted) => report::report(&ask, wanted).await,
        Intent::More => next(&ask, more).await,
        Intent::Ask(question) => {
            let question = Question::clone(question);
            ask.tell.card(&Card::Question(question.clone()));
            Ok(Answer { question: Some(question), ..Answer::default() })
        }
        Intent::Decline { message } => {
            decline::decline(&ask, message);
            Ok(Answer::default())
        }
        Intent::BrokenJql(error) => {
            let at = characters_before(text, error.start) + 1;
            let message = format!("This is not JQL yet, at character {at}: {}", error.message);
            Err(Error::new(Code::InvalidJql, message))
        }
        Intent::Change(_) | Intent::Undo => {
            Err(Error::new(Code::BadRequest, "This changes something: it is planned first."))
        }
    }
}

async fn show<P: Platform>(ask: &Asking<'_, P>, key: &str) -> Result<Answer> {
    let issue = ask.jira.issue(key, &ask.names).await?;
    let shown = vec![issue.row.key.clone()];
    ask.tell.card(&Card::Issue { issue: Box::new(issue) });
    Ok(Answer { shown, ..Answer::default() })
}

async fn next<P: Platform>(ask: &Asking<'_, P>, more: Option<&str>) -> Result<Answer> {
    let Some(more) = more else {
        ask.tell.card(&Card::sentence("That was all there is."));
        return Ok(Answer::default());
    };
    let page = more::Next::read(more)?.page(ask, crate::jira::search::PAGE_SIZE).await?;
    ask.tell.card(&page.card);
    Ok(Answer { more: page.next, shown: page.keys, ..Answer::default() })
}

fn characters_before(text: &str, byte: usize) -> usize {
    // The parser reads the text without the space around it.
    let lead = text.len() - text.trim_start().len();
    text.char_indices().take_while(|(at, _)| *at < byte + lead).count()
}
