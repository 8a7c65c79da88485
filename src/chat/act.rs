//! Carrying out: a plan that was confirmed, item by item, each with a record that is written before its request is sent and after.
//!
//! A worker may be killed at any step. What was sent and not known to be answered is looked for before it is sent again, so that
//! nothing is done twice; what cannot be found out is said. An item whose issue was changed since it was shown is not touched.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::answer::Card;
use crate::chat::answer::doing::{ItemState, JobProgress, JobView};
use crate::chat::plan::keep::{Head, Keep, PART, Stage, Step};
use crate::chat::plan::{Item, too_large, whoami};
use crate::chat::undo;
use crate::error::{Code, Error, Result};
use crate::jira::Jira;
use crate::json::{object, text};
use crate::platform::{Clock, Platform, Timestamp};
use crate::readable;
use crate::settings::check_writing;
use crate::tokens::account::Account;
use std::time::Duration;

pub(super) mod find;
mod live;
pub mod request;
mod send;
mod view;

pub use live::Live;
pub use view::unfinished;

/// A pause that ends later is told instead of waited for.
const PATIENCE: Duration = Duration::from_secs(120);
/// While it waits, it says so this often, which also keeps the worker alive.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// After so many issues in a row whose outcome nobody knows, something is wrong with the server.
const UNKNOWN_IN_A_ROW: u32 = 3;

/// What a person confirms.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Confirmation {
    /// Whose plan.
    pub account: String,
    /// Its id.
    pub plan: String,
    /// Its hash, as it was shown.
    pub hash: String,
    /// Whether it was confirmed twice, where that is asked for.
    pub twice: Option<bool>,
    /// The file, where one is asked for.
    pub file: Option<FileContent>,
}

readable!(Confirmation { account, plan, hash, twice, file });

/// A file that a person has chosen.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FileContent {
    /// Its name.
    pub name: String,
    /// Its media type; empty if unknown.
    pub media_type: String,
    /// Its content, in Base64 (RFC 4648 §4).
    pub content: String,
}

readable!(FileContent { name, media_type, content });

/// A plan under way.
struct Job<'a, P: Platform> {
    app: &'a App<P>,
    keep: Keep<'a, P>,
    jira: Jira<'a, P>,
    account: &'a str,
    /// The id of whoever asks; on Data Center the user name.
    me: String,
    head: Head,
}

impl<'a, P: Platform> Job<'a, P> {
    fn new(app: &'a App<P>, account: &'a Account, jira: Jira<'a, P>, head: Head) -> Self {
        Self { app, keep: Keep::of(app, account), jira, account: &account.id, me: String::new(), head }
    }

    /// The same, knowing who asks.
    async fn of_me(self, account: &Account) -> Result<Self> {
        Ok(Self { me: whoami(&self.jira, account).await?, ..self })
    }
}

/// Carries out a plan that was confirmed; what came of it is sent as a card. It works once: a second confirmation is refused.
/// Resumed after the worker died, it goes on.
///
/// Errors: `not_found` (the plan is gone), `bad_request` (it was confirmed before, is too old, or is not what was shown),
/// `forbidden` (reading only). That issues could not be changed is no error, the card says so.
pub async fn confirm<P: Platform>(app: &App<P>, said: Confirmation, sink: &Sink<'_, P>) -> Result<()> {
    check_writing(app.platform()).await?;
    let whose = app.tokens().account(&said.account).await?;
    let keep = Keep::of(app, &whose);
    let (mut head, revision) = keep.head(&said.plan).await?;
    let is_resumed = sink.remembered().is_some_and(|state| text(&state, "plan") == said.plan);
    if !(is_resumed && head.stage != Stage::Shown) {
        check(app, &head, &said)?;
        if let Some(file) = said.file.filter(|_| head.file.is_some()) {
            let (name, kind) = (file.name.into(), file.media_type.into());
            let file = object([("name", name), ("media_type", kind), ("content", file.content.into())]);
            keep.put_file(&head.id, file).await?;
        }
        sink.remember(object([("plan", head.id.as_str().into())])).await?;
        head.stage = Stage::Running;
        head.at = app.now();
        if !keep.put_head(&head, revision).await? {
            return Err(confirmed_before());
        }
    }
    run(app, &whose, head, false, sink).await
}

fn confirmed_before() -> Error {
    Error::new(Code::BadRequest, "This was confirmed before. It is done once only.")
}

fn check<P: Platform>(app: &App<P>, head: &Head, said: &Confirmation) -> Result<()> {
    let message = if head.stage != Stage::Shown {
        return Err(confirmed_before());
    } else if app.now() > head.until {
        "This was shown a while ago, and may be different by now. Ask for it again."
    } else if head.hash.is_empty() || head.hash != said.hash {
        "This is not what was shown. Ask for it again."
    } else if head.twice && said.twice != Some(true) {
        "This cannot be taken back. It has to be confirmed twice."
    } else {
        return check_file(head.file, said.file.as_ref());
    };
    Err(Error::new(Code::BadRequest, message))
}

/// Whether the file that a plan wants is there, and no larger than the site takes: Jira says so only when it has all of it.
fn check_file(most: Option<u64>, file: Option<&FileContent>) -> Result<()> {
    let Some(most) = most else { return Ok(()) };
    let file = file.ok_or_else(|| Error::new(Code::BadRequest, "Choose a file first."))?;
    let text = file.content.trim_end_matches('=');
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX).saturating_mul(3) / 4;
    too_large(&file.name, bytes, most).map_or(Ok(()), |message| Err(Error::new(Code::BadRequest, message)))
}

/// Goes on with a plan that was confirmed and stopped before its end; with `retry`, also what failed is tried again. What was
/// unknown is looked for. Errors: as for [`confirm`].
pub async fn go_on<P: Platform>(app: &App<P>, account: &str, id: &str, retry: bool, sink: &Sink<'_, P>) -> Result<()> {
    check_writing(app.platform()).await?;
    let whose = app.tokens().account(account).await?;
    let (head, _) = Keep::of(app, &whose).head(id).await?;
    if head.stage == Stage::Shown {
        return Err(Error::new(Code::BadRequest, "This was not confirmed yet."));
    }
    if head.undone {
        return Err(Error::new(Code::BadRequest, "This was taken back. Ask for it again."));
    }
    run(app, &whose, head, retry, sink).await
}

async fn run<P: Platform>(app: &App<P>, whose: &Account, head: Head, retry: bool, sink: &Sink<'_, P>) -> Result<()> {
    let _running = app.live().begin(&head.id)?;
    let count = head.count;
    let waits = |pause: crate::jira::traffic::Pause| {
        let (done, failed, total, key) = (0, 0, count, String::new());
        sink.progress(&JobProgress { done, total, failed, key, until: Some(pause.until) });
    };
    let jira = Jira::new(app.tokens(), app.platform(), whose)?.telling(&waits);
    let job = Job::new(app, whose, jira, head).of_me(whose).await?;
    let trouble = Box::pin(job.all(retry, sink)).await.err();
    let view: JobView = job.end(trouble).await?;
    sink.item(&Card::Outcome { job: Box::new(view) });
    Ok(())
}

impl<P: Platform> Job<'_, P> {
    /// All items that are to be done. The error is why it stopped before the end.
    async fn all(&self, retry: bool, sink: &Sink<'_, P>) -> Result<()> {
        let mut told = JobProgress { done: 0, total: self.head.count, failed: 0, key: String::new(), until: None };
        let mut unknown = 0;
        let count = usize::try_from(self.head.count).unwrap_or(usize::MAX);
        for part in 0..count.div_ceil(PART) {
            for (at, (item, step, revision)) in self.keep.part(&self.head.id, part).await?.into_iter().enumerate() {
                let is_wanted = match step.state {
                    ItemState::Done => false,
                    ItemState::Failed => retry && step.passing,
                    _ => true,
                };
                let mut ended = step.state;
                if is_wanted {
                    told.key.clone_from(&item.key);
                    sink.progress(&told);
                    ended = self.patiently((part * PART + at, &item), (step, revision), (sink, &told)).await?;
                }
                told.done += 1;
                told.failed += u32::from(matches!(ended, ItemState::Failed | ItemState::Unknown));
                unknown = if ended == ItemState::Unknown && is_wanted { unknown + 1 } else { 0 };
                if unknown >= UNKNOWN_IN_A_ROW {
                    let message =
                        "Jira did not confirm several changes in a row, so nothing more was sent. Go on later.";
                    return Err(Error::new(Code::ServerFailed, message));
                }
            }
        }
        Ok(())
    }

    /// One item, waiting where Jira's limits ask for it.
    async fn patiently(
        &self,
        (at, item): (usize, &Item),
        (mut step, mut revision): (Step, u64),
        (sink, told): (&Sink<'_, P>, &JobProgress),
    ) -> Result<ItemState> {
        loop {
            let limited = match self.one((at, item), (step, revision)).await {
                Err(limited) if limited.code == Code::RateLimited => limited,
                other => return other,
            };
            let until = match limited.action {
                crate::error::Action::Retry { at: Some(until) } if until <= self.app.now().after(PATIENCE) => until,
                _ => return Err(limited),
            };
            self.wait(until, sink, told).await;
            (step, revision) = self.keep.step(&self.head.id, at).await?;
        }
    }

    async fn wait(&self, until: Timestamp, sink: &Sink<'_, P>, told: &JobProgress) {
        while self.app.now() < until {
            sink.progress(&JobProgress { until: Some(until), ..told.clone() });
            let left = until.since(self.app.now());
            self.app.platform().clock().sleep(left.min(SIGN_OF_LIFE)).await;
        }
    }

    /// Writes down that the job is at its end, if it is; what came of it. As long as something is unknown, it is not.
    async fn end(&self, trouble: Option<Error>) -> Result<JobView> {
        let (mut head, revision) = self.keep.head(&self.head.id).await?;
        let is_done = trouble.is_none();
        let view = view::of(&self.keep, &self.jira, &head, trouble).await?;
        if is_done && head.stage == Stage::Running && view.unknown == 0 {
            head.stage = Stage::Ended;
            self.keep.put_head(&head, revision).await?;
            self.keep.forget_file(&head.id).await?;
            undo::taken_back(&self.keep, &head, view.done > 0).await?;
        }
        Ok(view)
    }
}

/// Gives up a plan: one that was not confirmed is forgotten, one that stopped is at its end. Error: `bad_request`, while it is
/// carried out.
pub async fn give_up<P: Platform>(app: &App<P>, account: &str, id: &str) -> Result<()> {
    let whose = app.tokens().account(account).await?;
    let keep = Keep::of(app, &whose);
    if app.live().is_running(id) {
        return Err(Error::new(Code::BadRequest, "This is being done. Stop it first."));
    }
    let Ok((mut head, revision)) = keep.head(id).await else { return Ok(()) };
    if head.stage == Stage::Shown {
        return keep.forget(id).await;
    }
    head.stage = Stage::Ended;
    keep.put_head(&head, revision).await?;
    keep.forget_file(id).await
}
