//! Plans as they are kept: in the archive, sealed, for each account by itself; with one record for each change that was begun.
//!
//! A plan is its head and its items in parts, which never change; how far each item is stands in a record of its own, that is
//! written before and after its request is sent.

use crate::app::App;
use crate::chat::answer::doing::ItemState;
use crate::chat::plan::{Item, gone};
use crate::error::{Code, Error, Result};
use crate::json::{self, Read};
use crate::oauth::pkce::random_text;
use crate::platform::{Cipher, Key, Platform, Record, Store, StoreError, Timestamp};
use crate::readable;
use crate::tokens::account::{Account, doing_key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::time::Duration;

/// Items to a part.
pub const PART: usize = 100;
/// A plan that is not confirmed by then is gone: what it shows is old.
const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// So many plans are kept, the newest.
const MOST: usize = 50;

/// How far a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was shown.
    Shown,
    /// It was confirmed, and is not at its end.
    Running,
    /// It is at its end.
    Ended,
}

readable!(Stage: Shown "shown", Running "running", Ended "ended");

/// A plan without its items.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Random, ours.
    pub id: String,
    /// Of all that will be done.
    pub hash: String,
    /// A sentence.
    pub title: String,
    /// What it was made from; `null` for what takes something back.
    pub wish: Value,
    /// How many items there are.
    pub count: u32,
    /// How far it is.
    pub stage: Stage,
    /// When it was made, and later when it was confirmed.
    pub at: Timestamp,
    /// Until when it can be confirmed.
    pub until: Timestamp,
    /// Whether it has to be confirmed twice.
    pub twice: bool,
    /// The most bytes that the file may have which goes with it; none if none goes with it.
    pub file: Option<u64>,
    /// The plan that this one takes back.
    pub undoes: Option<String>,
    /// Whether it was taken back.
    pub undone: bool,
}

readable!(Head { id, hash, title, wish, count, stage, at, until, twice, file, undoes, undone });

impl Head {
    /// A new plan.
    pub fn new<P: Platform>(app: &App<P>, title: String, wish: Value) -> Self {
        let at = app.now();
        Self {
            id: random_text(app.platform().random()),
            hash: String::new(),
            title,
            wish,
            count: 0,
            stage: Stage::Shown,
            at,
            until: at.after(LIFETIME),
            twice: false,
            file: None,
            undoes: None,
            undone: false,
        }
    }
}

/// How far one item is.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Step {
    /// How far.
    pub state: ItemState,
    /// When its request was first sent.
    pub at: Timestamp,
    /// What is to be said.
    pub message: String,
    /// Whether it failed in a way that may pass.
    pub passing: bool,
    /// What Jira answered.
    pub result: Value,
    /// The fields that were changed as Jira has written them, in the form of [`super::value::form`]; none that are as they were sent.
    pub seen: Value,
}

readable!(Step { state, at, message, passing, result, seen });

/// The plans of one account at its chosen site: keys of issues mean others elsewhere.
pub struct Keep<'a, P: Platform> {
    app: &'a App<P>,
    start: String,
}

impl<'a, P: Platform> Keep<'a, P> {
    /// Those of this account and its site.
    pub fn of(app: &'a App<P>, account: &Account) -> Self {
        let site = account.chosen_site().map_or("", |site| &site.id);
        Self { app, start: format!("{}{site}:", doing_key(&account.id)) }
    }

    /// Apart from all else, so that they can be listed.
    fn head_key(&self, id: &str) -> String {
        format!("{}plan:{id}", self.start)
    }

    fn key(&self, id: &str, rest: &str) -> String {
        format!("{}of:{id}{rest}", self.start)
    }

    fn item_key(&self, id: &str, at: usize) -> String {
        self.key(id, &format!("/item/{at:06}"))
    }

    /// Reads a record; `None` if it is not there, or cannot be read any more because its key is lost.
    fn read<'b>(&'b self, key: &'b str) -> LocalBoxFuture<'b, Result<Option<(Value, u64)>>> {
        Box::pin(async move {
            let record = self.app.platform().archive().get(key).await?;
            Ok(self.open(key, record).await)
        })
    }

    async fn open(&self, key: &str, record: Option<Record>) -> Option<(Value, u64)> {
        let record = record?;
        let sealed = STANDARD.decode(&record.value).ok()?;
        let plain = self.app.platform().cipher().open(Key::Device, key, &sealed).await.ok()?;
        Some((json::parse(&plain)?, record.revision))
    }

    /// Writes a record if it is at this revision; whether it was.
    fn write<'b>(&'b self, key: &'b str, expected: u64, data: Value) -> LocalBoxFuture<'b, Result<bool>> {
        Box::pin(async move {
            let plain = json::text_of(&data);
            let sealed = self.app.platform().cipher().seal(Key::Device, key, plain.as_bytes()).await;
            let sealed = sealed.map_err(|_| Error::new(Code::StorageFailed, "The browser could not encrypt this."))?;
            match self.app.platform().archive().put_if(key, expected, &STANDARD.encode(sealed)).await {
                Err(StoreError::Conflict) => Ok(false),
                other => Ok(other.map(|_| true)?),
            }
        })
    }

    /// Keeps a plan; its hash is set. Only with that it can be confirmed, so it comes last. The head comes first too, so that what
    /// a worker left halfway is found and removed later.
    pub async fn keep(&self, head: &mut Head, items: &[Item]) -> Result<()> {
        self.tidy().await?;
        let mut hash = Sha256::new();
        self.write(&self.head_key(&head.id), 0, json::to_value(head)).await?;
        for (at, part) in items.chunks(PART).enumerate() {
            let data = json::to_value(&part);
            hash.update(json::text_of(&data).as_bytes());
            self.write(&self.key(&head.id, &format!("/part/{at:06}")), 0, data).await?;
        }
        head.count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        if !items.is_empty() {
            hash.update(head.title.as_bytes());
            head.hash = STANDARD.encode(hash.finalize());
            self.put_head(head, 1).await?;
        }
        Ok(())
    }

    /// A plan's head and its revision. Error: `not_found`.
    pub async fn head(&self, id: &str) -> Result<(Head, u64)> {
        // An id is of a page: it must not lead to another record.
        let is_id = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let found = if is_id { self.read(&self.head_key(id)).await? } else { None };
        found.and_then(|(data, revision)| Some((Head::read(&data)?, revision))).ok_or_else(gone)
    }

    /// Writes a head over the one of this revision; whether it was still that.
    pub async fn put_head(&self, head: &Head, expected: u64) -> Result<bool> {
        self.write(&self.head_key(&head.id), expected, json::to_value(head)).await
    }

    /// All plans, the newest last.
    pub async fn heads(&self) -> Result<Vec<Head>> {
        let mut found: Vec<Head> = Vec::new();
        for key in self.app.platform().archive().keys(&self.head_key("")).await? {
            if let Some(head) = self.read(&key).await?.and_then(|(data, _)| Head::read(&data)) {
                found.insert(found.partition_point(|known| known.at <= head.at), head);
            }
        }
        Ok(found)
    }

    /// A part of the items, with how far each is and the revision of that.
    pub async fn part(&self, id: &str, part: usize) -> Result<Vec<(Item, Step, u64)>> {
        let found = self.read(&self.key(id, &format!("/part/{part:06}"))).await?;
        let items = found.and_then(|(data, _)| Vec::<Item>::read(&data)).unwrap_or_default();
        let keys: Vec<String> = (0..items.len()).map(|at| self.item_key(id, part * PART + at)).collect();
        let records = self.app.platform().archive().get_many(&keys).await?;
        let mut all = Vec::new();
        for ((item, record), key) in items.into_iter().zip(records).zip(keys) {
            let (step, revision) = read_step(self.open(&key, record).await);
            all.push((item, step, revision));
        }
        Ok(all)
    }

    /// How far an item is.
    pub async fn step(&self, id: &str, at: usize) -> Result<(Step, u64)> {
        Ok(read_step(self.read(&self.item_key(id, at)).await?))
    }

    /// Writes how far an item is; whether nobody else did.
    pub async fn put_step(&self, (id, at): (&str, usize), step: &Step, expected: u64) -> Result<bool> {
        self.write(&self.item_key(id, at), expected, json::to_value(step)).await
    }

    /// Keeps the file that goes with a plan, in place of one of a confirmation that failed.
    pub async fn put_file(&self, id: &str, file: Value) -> Result<()> {
        self.forget_file(id).await?;
        self.write(&self.key(id, "/file"), 0, file).await.map(drop)
    }

    /// The file that goes with a plan.
    pub async fn file(&self, id: &str) -> Result<Option<Value>> {
        Ok(self.read(&self.key(id, "/file")).await?.map(|(data, _)| data))
    }

    /// Removes a plan and all that belongs to it; not while it is carried out, and not if somebody is about to begin.
    pub async fn forget(&self, id: &str) -> Result<()> {
        // The head last, so that what is left halfway is found again; without its hash it cannot be confirmed.
        let (mut head, revision) = self.head(id).await?;
        head.hash.clear();
        if head.stage == Stage::Running || !self.put_head(&head, revision).await? {
            return Ok(());
        }
        self.remove(&self.key(id, "")).await?;
        self.remove(&self.head_key(id)).await
    }

    /// Removes the file that went with a plan: it is in Jira now.
    pub async fn forget_file(&self, id: &str) -> Result<()> {
        self.remove(&self.key(id, "/file")).await
    }

    async fn remove(&self, start: &str) -> Result<()> {
        let archive = self.app.platform().archive();
        for key in archive.keys(start).await? {
            if let Some(record) = archive.get(&key).await? {
                match archive.delete_if(&key, record.revision).await {
                    Err(StoreError::Conflict) => {}
                    other => other?,
                }
            }
        }
        Ok(())
    }

    /// Removes what was never confirmed in time, and what is too old to be taken back; never what is under way.
    async fn tidy(&self) -> Result<()> {
        let now = self.app.now();
        let heads = self.heads().await?;
        let surplus = heads.len().saturating_sub(MOST);
        for (at, head) in heads.iter().enumerate() {
            let is_over = head.stage == Stage::Shown && now > head.until;
            if is_over || (at < surplus && head.stage != Stage::Running) {
                self.forget(&head.id).await?;
            }
        }
        Ok(())
    }
}

fn read_step(found: Option<(Value, u64)>) -> (Step, u64) {
    found.and_then(|(data, revision)| Some((Step::read(&data)?, revision))).unwrap_or_default()
}
