//! How a request comes through: waiting where Jira's limits ask for it, again after what may pass, and never a change twice.

use crate::error::{Error, Result};
use crate::jira::again::{Again, Look};
use crate::jira::request::{Kind, Request};
use crate::jira::{Jira, error};
use crate::platform::{Clock, Platform, Random, Timestamp};
use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use std::time::Duration;

/// How often a request is sent at most.
const ATTEMPTS: u32 = 3;
/// Below this is the wait before the second attempt.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// A pause that ends later is told instead of waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether a failed request was carried out.
pub(super) enum Outcome {
    /// It was not, and will not be.
    Refused,
    /// It was not, and may be sent again.
    NotDone,
    /// Nobody knows.
    Unknown,
}

/// What a failed request leaves behind.
pub(super) struct Failed {
    pub(super) outcome: Outcome,
    pub(super) error: Error,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { outcome: Outcome::Refused, error }
    }
}

impl<P: Platform> Jira<'_, P> {
    /// Sends a request; the data of the answer, `null` where there is none.
    ///
    /// Waits where Jira's limits ask for it, if it is not for long. A read, and a change that may be made twice, is sent again
    /// after a failure that may pass. Any other change is not: after an unknown outcome it is looked whether it happened.
    ///
    /// Errors: `rate_limited` with the moment from which it may go on, `offline`, `server_failed` (also where nobody knows whether
    /// a change was made), `forbidden` (the administrator's policy), and Jira's refusals.
    pub fn send<'b>(&'b self, request: &'b Request) -> LocalBoxFuture<'b, Result<Value>> {
        // In a box: every command holds this, and as part of each it would be compiled once for each.
        Box::pin(self.send_patiently(request))
    }

    async fn send_patiently(&self, request: &Request) -> Result<Value> {
        let began = self.now();
        let mut attempt = 1;
        loop {
            self.wait_turn(request, began).await?;
            let failed = match self.call(request).await {
                Ok(found) => return Ok(found),
                Err(failed) => failed,
            };
            match (&failed.outcome, &request.kind) {
                (Outcome::Refused, _) => return Err(failed.error),
                (Outcome::Unknown, Kind::Write { again: Again::Never, .. }) => {
                    return Err(error::unknown_outcome(&failed.error));
                }
                (Outcome::Unknown, Kind::Write { again: Again::Look(look), .. }) => {
                    self.rest(attempt).await;
                    if let Some(done) =
                        self.happened(look, began).await.map_err(|()| error::unknown_outcome(&failed.error))?
                    {
                        return Ok(done);
                    }
                }
                _ => {}
            }
            if attempt >= ATTEMPTS {
                return Err(failed.error);
            }
            self.rest(attempt).await;
            attempt += 1;
        }
    }

    /// What Jira has made of a change whose outcome is unknown; `None` if it did not happen and may be sent again. The error says
    /// that it cannot be told.
    async fn happened(&self, look: &Look, began: Timestamp) -> Result<Option<Value>, ()> {
        // The look is a read, so this goes no deeper.
        let there = self.send(&look.read).await.map_err(|_| ())?;
        match (look.found)(&there, &look.sent, began) {
            None if !look.repeat => Err(()),
            found => Ok(found),
        }
    }

    /// Waits before another attempt: full jitter below a bound that doubles.
    async fn rest(&self, attempt: u32) {
        let bound = FIRST_WAIT.saturating_mul(2_u32.saturating_pow(attempt - 1));
        self.platform.clock().sleep(bound.mul_f64(self.dice())).await;
    }

    /// Waits for what Jira's limits ask for. Error: `rate_limited` where that is too long to wait for.
    async fn wait_turn(&self, request: &Request, began: Timestamp) -> Result<()> {
        let traffic = self.tokens.traffic();
        while let Some(pause) = traffic.pause(&self.account.id, request, self.now()) {
            if pause.until > began.after(PATIENCE) {
                return Err(error::paused(pause));
            }
            if let Some(tell) = self.pauses {
                tell(pause);
            }
            // Not all at the same moment.
            let wait = pause.until.since(self.now()) + FIRST_WAIT.mul_f64(self.dice() / 4.0);
            self.platform.clock().sleep(wait).await;
        }
        traffic.leaves(&self.account.id, request, self.now());
        Ok(())
    }

    /// A random share of one.
    fn dice(&self) -> f64 {
        let mut bytes = [0; 4];
        self.platform.random().fill(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    }
}
