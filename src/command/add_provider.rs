//! Keep a filled-in form as a way to connect.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::sign_in::ConnectForm;
use crate::sign_in::saved::{self, ProviderView};

/// The form and its name.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// The person's own name for it.
    pub name: String,
    /// Filled in; mail address and token are not kept.
    pub form: ConnectForm,
}

readable!(Args { name, form });

/// What was kept.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<ProviderView> {
    saved::add(app.platform(), &args.name, &args.form).await
}
