//! Delete what is stored of one kind.

use crate::app::App;
use crate::app::stored::{Stored, StoredKind};
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Which kind.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The kind.
    pub kind: StoredKind,
}

readable!(Args { kind });

/// Deletes it, and answers what is left. Errors: `refused` for a kind that does not go by itself; `storage_failed`.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Vec<Stored>> {
    app.delete_stored(args.kind).await?;
    app.stored().await
}
