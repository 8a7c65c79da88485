//! Several pieces of work at once.

use futures_util::future::LocalBoxFuture;
use std::future::poll_fn;
use std::task::Poll;

/// Waits for all of them together. They are few: each is looked at whenever one of them may go on.
pub(super) async fn all_of<'a>(work: impl Iterator<Item = LocalBoxFuture<'a, ()>>) {
    let mut work: Vec<_> = work.collect();
    poll_fn(|context| {
        work.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if work.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}
