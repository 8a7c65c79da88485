//! Trap on purpose, so that a test can see the next request answered. Refused outside demo and test builds.

use crate::app::App;
use crate::error::{Code, Error, Result};
use crate::platform::Platform;
use crate::readable;
use serde::Serialize;

/// Nothing.
#[derive(Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Args {}

readable!(Args {});

/// Never given.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Trapped {}

/// Does not return where it is allowed.
#[allow(clippy::panic, clippy::unused_async, reason = "this is what it is for, and every command has this form")]
pub async fn run<P: Platform>(app: &App<P>, _args: Args) -> Result<Trapped> {
    if app.platform().build().loopback {
        panic!("asked to trap");
    }
    Err(Error::new(Code::Forbidden, "Only demo and test builds do that."))
}
