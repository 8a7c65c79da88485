//! Plan a change, or a plan anew with what was missing.

use crate::app::App;
use crate::app::ports::Sink;
use crate::chat::intent::{FieldChange, Wish};
use crate::chat::plan;
use crate::error::{Code, Error, Result};
use crate::json::{self, Read};
use crate::platform::Platform;
use serde_json::Value;

/// One of both: a wish, or a plan with what was missing of it.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Args {
    /// Whose Jira it is about.
    pub account: String,
    /// What is to be changed: `{change, keys | jql, …}`.
    #[cfg_attr(test, ts(type = "object", optional))]
    pub wish: Option<Value>,
    /// The id of a plan.
    pub plan: Option<String>,
    /// What was missing: `{field, values}` for each, the field as the plan calls it.
    #[cfg_attr(test, ts(type = "Array<{ field: string, values: Array<string> }>", optional))]
    pub answers: Option<Vec<FieldChange>>,
}

impl Read for Args {
    fn read(data: &Value) -> Option<Self> {
        let (account, wish) = (json::field(data, "account")?, json::field(data, "wish")?);
        Some(Self { account, wish, plan: json::field(data, "plan")?, answers: json::field(data, "answers")? })
    }
}

/// Sends the plan as a card. Nothing is changed.
pub async fn run<P: Platform>(app: &App<P>, args: Args, sink: &Sink<'_, P>) -> Result<()> {
    if let Some(id) = args.plan {
        return plan::fill_in(app, (&args.account, &id), args.answers.unwrap_or_default(), sink).await;
    }
    let wish = args.wish.and_then(|wish| Wish::read(&wish));
    let wish = wish.ok_or_else(|| Error::new(Code::BadRequest, "This change cannot be read. Reload this page."))?;
    plan::plan(app, &args.account, wish, sink).await
}
