//! What is wrong with the connect form so far, and which hosts to ask the browser for.

use crate::app::App;
use crate::error::Result;
use crate::platform::{Permissions, Platform};
use crate::readable;
use crate::sign_in::ConnectForm;
use crate::sign_in::form::FormProblem;
use serde::Serialize;

/// The form.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {
    /// As typed so far.
    pub form: ConnectForm,
}

readable!(Args { form });

/// What is wrong, and what is missing.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FormCheck {
    /// Everything that is wrong, in the order of the fields.
    pub problems: Vec<FormProblem>,
    /// Match patterns of the hosts that are not yet granted.
    pub origins: Vec<String>,
    /// Names of the permissions that are not yet granted and needed for some providers.
    pub permissions: Vec<&'static str>,
}

/// Checks without any network.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<FormCheck> {
    let mut origins = Vec::new();
    for origin in args.form.origins() {
        if !app.platform().permissions().granted(std::slice::from_ref(&origin), &[]).await? {
            origins.push(origin);
        }
    }
    Ok(FormCheck { problems: args.form.problems(app.platform().build().loopback), origins, permissions: Vec::new() })
}
