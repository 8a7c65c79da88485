//! What is wrong with the connect form so far, what belongs in it, and what to ask the browser for.

use crate::app::App;
use crate::error::Result;
use crate::platform::Platform;
use crate::readable;
use crate::sign_in::ConnectForm;
use crate::sign_in::form::{ClientChoice, FormProblem, choices};
use crate::sign_in::granted;
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
    /// The ways to prove oneself that this kind of server knows, the usual one first.
    pub clients: Vec<ClientChoice>,
    /// The fields that count for this kind of server and client, in the order to show them.
    #[cfg_attr(test, ts(type = "Array<keyof ConnectForm>"))]
    pub fields: Vec<&'static str>,
    /// Match patterns of the hosts that are not yet granted.
    pub origins: Vec<String>,
    /// Names of the permissions that are not yet granted and needed here.
    pub permissions: Vec<&'static str>,
}

/// Checks without any network.
pub async fn run<P: Platform>(app: &App<P>, args: Args) -> Result<FormCheck> {
    let (form, platform) = (args.form, app.platform());
    let (origins, permissions) = granted::missing(platform, form.origins(), form.permissions()).await?;
    let clients = choices(form.provider).to_vec();
    Ok(FormCheck { problems: form.problems(platform.build().loopback), clients, fields: form.fields(), origins, permissions })
}
