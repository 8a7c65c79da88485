//! What the manager of tokens says of one account, without the token.

use crate::app::App;
use crate::app::overview::AccountView;
use crate::error::Result;
use crate::platform::{Platform, Timestamp};
use crate::tokens::account::Tokens;
use crate::tokens::accounts::Pair;
use crate::tokens::health::{self, Health};
use crate::tokens::journal::EventView;
use crate::tokens::limits;
use crate::tokens::record::valid_until;
use crate::tokens::refresh::{Reason, no_account};
use crate::tokens::statistics::StatisticsView;
use serde::Serialize;

/// A token, without the token.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TokenInfo {
    /// The account's id.
    pub account: String,
    /// How it is doing.
    pub health: Health,
    /// As it stands before the token in a request: `Bearer` or `Basic`.
    pub token_type: String,
    /// What was granted.
    pub scopes: Vec<String>,
    /// When it came.
    pub issued_at: Timestamp,
    /// When it ends, if that is known.
    pub expires_at: Option<Timestamp>,
    /// So long it still holds, milliseconds; 0 once it has ended, none if its end is unknown.
    pub remaining_ms: Option<i64>,
    /// One more with each new token.
    pub generation: u64,
    /// Successful refreshes so far.
    pub refreshes: u64,
    /// Failed ones.
    pub refresh_failures: u64,
    /// When a refresh was last begun.
    pub last_attempt_at: Option<Timestamp>,
    /// The next one.
    pub next_refresh_at: Option<Timestamp>,
    /// Whether there is a refresh token.
    pub has_refresh_token: bool,
    /// When the whole sign-in ends by itself, where the provider says so.
    pub session_ends_at: Option<Timestamp>,
    /// The server's clock less this machine's, milliseconds; none if the server did not tell.
    pub clock_skew_ms: Option<i64>,
}

/// All there is to know about one account.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AccountDetails {
    /// As in the overview.
    pub account: AccountView,
    /// Its token.
    pub token: TokenInfo,
    /// Its figures.
    pub statistics: StatisticsView,
    /// Its history, newest first, at most 500 lines.
    pub history: Vec<EventView>,
    /// Minutes before its end at which its token counts as expiring; none for the general setting.
    pub threshold_minutes: Option<u32>,
}

impl<P: Platform> App<P> {
    /// State, figures and history of one account. Error: `not_found`.
    pub async fn account_details(&self, id: &str) -> Result<AccountDetails> {
        // Asked first, because it says why there is none.
        self.tokens().account(id).await?;
        let pair = self.tokens().pair(id).await.ok_or_else(no_account)?;
        let statistics = self.statistics_of(&pair).await?;
        Ok(AccountDetails {
            account: self.account_view(id).await?,
            token: self.info(&pair, &statistics).await,
            statistics,
            history: self.tokens().history(id).await?,
            threshold_minutes: pair.account.threshold_minutes,
        })
    }

    /// What there is to say about one account's token. Error: `not_found`.
    pub async fn token_info(&self, id: &str) -> Result<TokenInfo> {
        // Asked first, because it says why there is none.
        self.tokens().account(id).await?;
        let pair = self.tokens().pair(id).await.ok_or_else(no_account)?;
        let statistics = self.statistics_of(&pair).await?;
        Ok(self.info(&pair, &statistics).await)
    }

    /// Makes sure that there is a token that can be used now; with `force`, a new one. Errors: as for
    /// [`TokenService::refresh`](crate::tokens::TokenService::refresh).
    pub async fn ensure_token(&self, id: &str, force: bool) -> Result<()> {
        if force {
            let seen = self.tokens().generation(id).await?;
            self.refresh_shown(id.to_owned(), Reason::NewerThan(seen)).await?;
        } else {
            self.tokens().access_token(id).await?;
        }
        Ok(())
    }

    async fn statistics_of(&self, pair: &Pair) -> Result<StatisticsView> {
        let now = self.now();
        let mut figures = self.tokens().statistics(&pair.account.id, now).await?;
        figures.account(valid_until(&pair.tokens), now);
        Ok(figures.view(now))
    }

    async fn info(&self, pair: &Pair, statistics: &StatisticsView) -> TokenInfo {
        let (now, Pair { account, tokens }) = (self.now(), pair);
        let pace = self.tokens().pace(account).await;
        let Tokens { scopes, issued_at, expires_at, generation, .. } = tokens.clone();
        TokenInfo {
            account: account.id.clone(),
            health: health::of(tokens, &pace, now),
            token_type: account.registration.token_type().to_owned(),
            scopes,
            issued_at,
            expires_at,
            remaining_ms: expires_at.map(|end| end.0.saturating_sub(now.0).max(0)),
            generation,
            refreshes: statistics.refreshes,
            refresh_failures: statistics.failures.iter().map(|failure| failure.count).sum(),
            last_attempt_at: tokens.attempted_at,
            next_refresh_at: pace.due(tokens),
            has_refresh_token: tokens.refresh_token.is_some(),
            session_ends_at: limits::session_end(&account.registration, tokens),
            clock_skew_ms: tokens.skew_ms,
        }
    }
}
