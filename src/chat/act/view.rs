//! What came of plans, as pages show it.

use super::Job;
use super::find::{Found, key_of};
use crate::app::App;
use crate::chat::answer::doing::{ItemState, JobRow, JobView, SHOWN};
use crate::chat::plan::keep::{Head, Keep, PART, Stage, Step};
use crate::chat::plan::{Act, Item};
use crate::chat::undo;
use crate::error::{Error, Result};
use crate::jira::Jira;
use crate::platform::Platform;
use crate::tokens::account::Account;

/// What came of a plan.
pub(super) async fn of<P: Platform>(
    keep: &Keep<'_, P>,
    jira: &Jira<'_, P>,
    head: &Head,
    trouble: Option<Error>,
) -> Result<JobView> {
    let mut view = JobView {
        id: head.id.clone(),
        title: head.title.clone(),
        at: head.at,
        total: 0,
        done: 0,
        failed: 0,
        unknown: 0,
        left: 0,
        message: String::new(),
        rows: Vec::new(),
        more: 0,
        can_undo: false,
        undo_note: String::new(),
        can_go_on: false,
        trouble,
    };
    let mut fine = Vec::new();
    let count = usize::try_from(head.count).unwrap_or(usize::MAX);
    for part in 0..count.div_ceil(PART) {
        for (item, step, _) in keep.part(&head.id, part).await? {
            add(&mut view, &mut fine, jira, (item, step));
        }
    }
    view.rows.append(&mut fine);
    view.more = u32::try_from(view.rows.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
    view.rows.truncate(SHOWN);
    view.can_undo &= !head.undone;
    view.can_go_on |= view.left > 0 || view.unknown > 0;
    view.can_go_on &= !head.undone;
    view.message = sentence(&view);
    Ok(view)
}

/// Adds what came of one item; those with problems go before the others.
fn add<P: Platform>(view: &mut JobView, fine: &mut Vec<JobRow>, jira: &Jira<'_, P>, (item, step): (Item, Step)) {
    view.total += 1;
    match step.state {
        ItemState::Done => view.done += 1,
        ItemState::Failed => view.failed += 1,
        ItemState::Unknown | ItemState::Sending => view.unknown += 1,
        ItemState::Left => view.left += 1,
    }
    view.can_go_on |= step.state == ItemState::Failed && step.passing;
    if step.state == ItemState::Done {
        match undo::why_not(&item) {
            None => view.can_undo = true,
            Some(why) => view.undo_note = why.to_owned(),
        }
    }
    let made = key_of(&step.result);
    let key = if item.act == Act::Create && !made.is_empty() { made.to_owned() } else { item.key };
    let is_gone = item.act == Act::Delete && step.state == ItemState::Done;
    let url = if is_gone || key.is_empty() { String::new() } else { jira.browse_url(&key) };
    let row = JobRow { key, url, summary: item.summary, state: step.state, message: step.message };
    if row.state == ItemState::Done { fine.push(row) } else { view.rows.push(row) }
}

fn sentence(view: &JobView) -> String {
    if view.done == view.total {
        return if view.total == 1 { "Done.".to_owned() } else { format!("All {} changes are made.", view.total) };
    }
    let mut parts = vec![format!("{} of {} changes are made", view.done, view.total)];
    let rest =
        [(view.failed, "could not be made"), (view.unknown, "may have been made or not"), (view.left, "not begun")];
    parts.extend(rest.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    format!("{}.", parts.join(", "))
}

/// The plans that were confirmed and are not at their end, after what is unknown of them was looked for; and the last one that
/// can be taken back. Nothing is changed.
///
/// Errors: of the storage only. What cannot be looked for now stays unknown.
pub async fn unfinished<P: Platform>(app: &App<P>, account: &str) -> Result<(Vec<JobView>, Option<JobView>)> {
    let whose = app.tokens().account(account).await?;
    let keep = Keep::of(app, &whose);
    let jira = Jira::new(app.tokens(), app.platform(), &whose)?;
    let (mut found, mut last) = (Vec::new(), None);
    for mut head in keep.heads().await?.into_iter().rev() {
        if head.stage == Stage::Shown || app.live().is_running(&head.id) {
            continue;
        }
        if head.stage == Stage::Ended {
            if last.is_none() && !head.undone && head.undoes.is_none() {
                last = Some(of(&keep, &jira, &head, None).await?).filter(|view| view.can_undo);
            }
            continue;
        }
        let job = Job::new(app, &whose, Jira::new(app.tokens(), app.platform(), &whose)?, head.clone());
        // Without a connection it stays unknown, which is what is then shown.
        let trouble = Box::pin(job.look(&whose)).await.err();
        (head, _) = keep.head(&head.id).await?;
        found.insert(0, of(&keep, &jira, &head, trouble).await?);
    }
    Ok((found, last))
}

impl<P: Platform> Job<'_, P> {
    /// Finds out what became of what is unknown, and writes it down.
    async fn look(self, account: &Account) -> Result<()> {
        let job = self.of_me(account).await?;
        let count = usize::try_from(job.head.count).unwrap_or(usize::MAX);
        for part in 0..count.div_ceil(PART) {
            for (at, (item, step, revision)) in job.keep.part(&job.head.id, part).await?.into_iter().enumerate() {
                if !matches!(step.state, ItemState::Sending | ItemState::Unknown) {
                    continue;
                }
                let at = part * PART + at;
                let Some(request) = job.request(at, &item).await? else { continue };
                let found = match job.find_out(&item, &step, &request).await? {
                    Found::Done(result, seen) => {
                        Step { state: ItemState::Done, result, seen, message: String::new(), ..step }
                    }
                    Found::NotDone => Step::default(),
                    Found::Unknown(message) => Step { state: ItemState::Unknown, message, ..step },
                };
                job.keep.put_step((&job.head.id, at), &found, revision).await?;
            }
        }
        Ok(())
    }
}
