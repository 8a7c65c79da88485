//! What every answer is made with: the site, its names, and a place where cards go.

use crate::app::App;
use crate::chat::answer::card::Card;
use crate::error::Result;
use crate::jira::Jira;
use crate::jira::search::{Cursor, RawPage};
use crate::jira::traffic::Pause;
use crate::json;
use crate::platform::Platform;
use crate::tokens::account::Account;
use crate::vocabulary::{Kind, Vocabulary};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// Where cards go: to the page, and into the record of the conversation.
pub struct Teller<'a> {
    item: &'a dyn Fn(&Value),
    paused: &'a dyn Fn(Pause),
    told: RefCell<Vec<Value>>,
}

impl<'a> Teller<'a> {
    /// Tells cards by `item` and pauses that Jira asks for by `paused`.
    pub fn new(item: &'a dyn Fn(&Value), paused: &'a dyn Fn(Pause)) -> Self {
        Self { item, paused, told: RefCell::default() }
    }

    /// Tells a card.
    pub fn card(&self, card: &Card) {
        self.value(json::to_value(card));
    }

    /// Tells a card that is data already.
    pub fn value(&self, card: Value) {
        (self.item)(&card);
        self.told.borrow_mut().push(card);
    }

    /// Puts a card into the record only.
    pub fn note(&self, card: &Card) {
        self.told.borrow_mut().push(json::to_value(card));
    }

    /// Another place for cards, with the same pauses.
    pub fn aside<'b>(&self, item: &'b dyn Fn(&Value)) -> Teller<'b>
    where
        'a: 'b,
    {
        Teller::new(item, self.paused)
    }

    /// What was told so far.
    pub fn told(&self) -> Vec<Value> {
        self.told.borrow().clone()
    }
}

/// A question under way: who asks which site, what is known of its names, and where the answer goes.
pub struct Asking<'a, P: Platform> {
    /// The app.
    pub app: &'a App<P>,
    /// Whose site it is.
    pub account: &'a Account,
    /// The site.
    pub jira: Jira<'a, P>,
    /// Its names, as far as they are known.
    pub names: Rc<Vocabulary>,
    /// Where the answer goes.
    pub tell: &'a Teller<'a>,
}

impl<'a, P: Platform> Asking<'a, P> {
    /// Begins. No request is made. Errors: `no_site`, `storage_failed`.
    pub async fn new(app: &'a App<P>, account: &'a Account, tell: &'a Teller<'a>) -> Result<Self> {
        let jira = Jira::new(app.tokens(), app.platform(), account)?.telling(tell.paused);
        Ok(Self { app, account, jira, names: app.known_names(account).await?, tell })
    }

    /// The same with more names.
    pub fn with(&self, names: Rc<Vocabulary>) -> Result<Self> {
        let jira = Jira::new(self.app.tokens(), self.app.platform(), self.account)?.telling(self.tell.paused);
        Ok(Self { jira, names, ..*self })
    }

    /// One page of issues with these fields. In a box, as is all that follows: it is waited for in many places.
    pub fn page<'b>(
        &'b self,
        jql: &'b str,
        fields: &'b [&'b str],
        size: u32,
        cursor: Option<&'b Cursor>,
    ) -> LocalBoxFuture<'b, Result<RawPage>> {
        Box::pin(self.jira.search_raw(jql, fields, cursor, size))
    }

    /// How many issues there are, and whether that is an estimate.
    pub fn count<'b>(&'b self, jql: &'b str) -> LocalBoxFuture<'b, Result<(u32, bool)>> {
        Box::pin(self.jira.count(jql))
    }

    /// The names of these kinds too, fetched if they never were.
    pub fn names_of<'b>(&'b self, kinds: &'b [Kind]) -> LocalBoxFuture<'b, Result<Rc<Vocabulary>>> {
        Box::pin(self.app.names(self.account, kinds))
    }

    /// Up to `most` issues with these fields, in as few pages as there can be; and whether that is all there are.
    pub fn rows<'b>(
        &'b self,
        jql: &'b str,
        fields: &'b [&'b str],
        most: usize,
    ) -> LocalBoxFuture<'b, Result<(Vec<Value>, bool)>> {
        Box::pin(self.all_rows(jql, fields, most))
    }

    async fn all_rows(&self, jql: &str, fields: &[&str], most: usize) -> Result<(Vec<Value>, bool)> {
        let mut all = Vec::new();
        let mut cursor = None;
        loop {
            let left = u32::try_from(most.saturating_sub(all.len())).unwrap_or(u32::MAX);
            let page = self.page(jql, fields, left, cursor.as_ref()).await?;
            let empty = page.issues.is_empty();
            all.extend(page.issues);
            match page.next {
                None => return Ok((all, true)),
                Some(_) if all.len() >= most || empty => return Ok((all, false)),
                next => cursor = next,
            }
        }
    }
}
