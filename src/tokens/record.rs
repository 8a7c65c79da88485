//! What a sign-in and a refresh leave in the history and in the figures.

use crate::oauth::token_endpoint::{Grant, Passing, TokenError};
use crate::platform::{Clock, Notify, Platform, Timestamp};
use crate::tokens::TokenService;
use crate::tokens::account::{Tokens, Trouble, TroubleKind};
use crate::tokens::journal::EventKind;
use crate::tokens::refresh::Attempt;
use crate::tokens::statistics::FailureKind;
use std::time::Duration;

impl<P: Platform> TokenService<P> {
    /// A sign-in gave tokens; `before` are those of an earlier one to the same account.
    pub(super) async fn acquired(&self, id: &str, before: Option<&Tokens>, now: &Tokens) {
        let at = now.issued_at;
        let before = before.map(valid_until);
        self.count(id, at, &|figures| {
            if let Some(end) = before {
                figures.account(end, at);
            }
        })
        .await;
        self.note(id, &[(EventKind::Acquired, "")]).await;
        self.settled(id).await;
    }

    /// A refresh was answered (or not): `settled` is what was stored.
    pub(super) async fn record(
        &self,
        attempt: &Attempt,
        answer: &Result<Grant, TokenError>,
        settled: &Tokens,
        latency: Duration,
    ) {
        let (id, before, now) = (&attempt.account.id, &attempt.tokens, self.platform().clock().now());
        let end = valid_until(before);
        match answer {
            Ok(grant) => {
                self.count(id, now, &|figures| {
                    figures.account(end, now);
                    figures.refreshed(latency, now);
                })
                .await;
                let rotated = grant.refresh_token.is_some().then_some((EventKind::Rotated, ""));
                let lines: Vec<_> = [(EventKind::Refreshed, attempt.cause)].into_iter().chain(rotated).collect();
                self.note(id, &lines).await;
                if before.trouble.is_some() {
                    self.settled(id).await;
                }
            }
            Err(error) => {
                self.count_failure(id, before, failure(error)).await;
                self.note_failure(id, before, settled).await;
            }
        }
    }

    /// No new token came; `before` are the tokens there are.
    pub(super) async fn count_failure(&self, id: &str, before: &Tokens, kind: FailureKind) {
        let (now, end) = (self.platform().clock().now(), valid_until(before));
        self.count(id, now, &|figures| {
            figures.account(end, now);
            figures.failed(kind, now);
        })
        .await;
    }

    /// The service refused a token that nothing can renew.
    pub(super) async fn given_up(&self, id: &str, before: &Tokens, why: &Trouble) {
        self.count_failure(id, before, FailureKind::NothingToRenewWith).await;
        let lines = [(EventKind::TokenRefused, why.message.as_str()), (EventKind::ReauthRequired, "")];
        self.note(id, &lines).await;
    }

    /// Whoever was called for help once is not called again for the same.
    async fn note_failure(&self, id: &str, before: &Tokens, settled: &Tokens) {
        let Some(trouble) = &settled.trouble else { return };
        let next = match trouble.kind {
            TroubleKind::Passing => EventKind::RetryScheduled,
            TroubleKind::DeadGrant => EventKind::ReauthRequired,
            TroubleKind::Misconfigured => EventKind::Misconfigured,
        };
        let known = before.trouble.as_ref().is_some_and(|before| before.kind == trouble.kind);
        let again = known && trouble.kind != TroubleKind::Passing;
        let lines = [(EventKind::RefreshFailed, trouble.message.as_str()), (next, "")];
        self.note(id, if again { &lines[..1] } else { &lines }).await;
    }

    /// Shows the one notification that an account needs the person, unless they do not want any. It names nobody.
    pub(super) async fn call_for_help(&self, id: &str) {
        if self.settings().await.notifications {
            // Whether it is shown is for the system to decide; the badge says the same.
            let _shown = self.platform().notify().show(id, "extension_name", "notified_help").await;
        }
    }

    /// The account is well again: nobody needs to be called.
    async fn settled(&self, id: &str) {
        let _gone = self.platform().notify().clear(id).await;
    }
}

/// Until when these tokens held, as far as can be said.
pub(crate) fn valid_until(tokens: &Tokens) -> Option<Timestamp> {
    if tokens.access_token.is_empty() { None } else { Some(tokens.expires_at.unwrap_or(Timestamp(i64::MAX))) }
}

fn failure(error: &TokenError) -> FailureKind {
    match error {
        TokenError::DeadGrant(_) => FailureKind::DeadGrant,
        TokenError::Misconfigured(_) | TokenError::Passing(Passing::NoSecret) => FailureKind::Misconfigured,
        TokenError::Passing(Passing::Network) => FailureKind::Network,
        TokenError::Passing(Passing::Timeout) => FailureKind::Timeout,
        TokenError::Passing(Passing::Busy { status: 429, .. }) => FailureKind::Busy,
        TokenError::Passing(Passing::Busy { .. }) => FailureKind::Server,
        TokenError::Passing(Passing::Unreadable { .. }) => FailureKind::Unreadable,
    }
}
