//! A person's picture.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;

/// Where it is.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// As Jira told it.
    pub url: String,
}

readable!(Args { url });

/// The picture as a `data:` address: from Atlassian's hosts, Gravatar or the account's own servers only. None where there is none.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<Option<String>> {
    app.picture(&args.url).await
}
