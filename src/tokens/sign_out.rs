//! Signing out, and tidying up after workers that died in the middle of a sign-in or a sign-out.

use crate::error::Result;
use crate::oauth::revocation;
use crate::platform::{Clock, Http, Notify, Platform, Store};
use crate::settings::policy;
use crate::tokens::TokenService;
use crate::tokens::account::{TOKENS_PREFIX, Tokens, account_key, doing_key, long_key, names_key, tokens_key};
use crate::tokens::accounts::Pair;
use crate::tokens::journal::{EventKind, events_key};
use crate::tokens::later::later_key;
use crate::tokens::record::valid_until;
use crate::tokens::statistics::statistics_key;
use crate::tokens::vault::VaultError;

impl<P: Platform> TokenService<P> {
    /// Ends the session: asks the server to void the tokens, and removes every local copy whatever it answers. Answers
    /// whether the server confirmed, and where the person can withdraw the grant by hand.
    pub async fn sign_out(&self, id: &str) -> Result<(bool, Option<String>)> {
        let _guard = self.lock(id).await?;
        let pair = match self.read_pair(&account_key(id)).await {
            Err(VaultError::Unreadable) => None,
            found => found?,
        };
        let _writing = self.invalidate(id).await?;
        self.remove(id).await?;
        let Some(Pair { account, tokens }) = pair else {
            return Ok((false, None));
        };
        let (token, is_refresh) = match &tokens.refresh_token {
            Some(token) => (token, true),
            None => (&tokens.access_token, false),
        };
        let manage_url = account.registration.manage_url();
        // Without its secret the request is refused, which is told like any other refusal.
        let client = policy::at_use(self.platform(), &account.registration).await.unwrap_or(account.registration);
        let revoked = match revocation::request(&client, token, is_refresh) {
            Some(request) if !token.is_empty() => {
                revocation::judge(&client, &self.platform().http().send(request).await)
            }
            _ => false,
        };
        // The account's own history has gone with it.
        let cause = if revoked { "the server confirmed it" } else { "the server did not confirm it" };
        self.note("", &[(EventKind::Revoked, cause)]).await;
        Ok((revoked, manage_url))
    }

    /// Removes every local copy of an account, its tokens and its history; under the account's lock.
    pub(super) async fn remove(&self, id: &str) -> Result<()> {
        self.forget(id).await?;
        for key in [account_key(id), tokens_key(id)] {
            self.vault().delete(&key).await?;
            self.vault().forget_aside_of(&key).await?;
        }
        self.forget_history(id).await;
        Ok(())
    }

    /// Removes the local tokens of one account, or of all; the accounts stay, signed out. The server is not asked.
    pub async fn clear(&self, id: Option<&str>) -> Result<()> {
        if let Some(id) = id {
            return self.clear_one(id).await;
        }
        for key in self.vault().keys(TOKENS_PREFIX).await? {
            if let Some(id) = key.strip_prefix(TOKENS_PREFIX) {
                self.clear_one(id).await?;
            }
        }
        Ok(())
    }

    async fn clear_one(&self, id: &str) -> Result<()> {
        let _guard = self.lock(id).await?;
        let Some(pair) = self.read_pair(&account_key(id)).await? else { return Ok(()) };
        let _writing = self.invalidate(id).await?;
        self.forget(id).await?;
        self.replace_tokens(id, &pair.tokens.clone().cleared()).await?;
        let now = self.platform().clock().now();
        let end = valid_until(&pair.tokens);
        self.count(id, now, &|figures| figures.account(end, now)).await;
        self.note(id, &[(EventKind::Cleared, "")]).await;
        Ok(())
    }

    /// Writes tokens whatever is there; under the account's lock.
    async fn replace_tokens(&self, id: &str, tokens: &Tokens) -> Result<()> {
        loop {
            let known = self.platform().store().get(&tokens_key(id)).await?;
            match self.vault().write_if(&tokens_key(id), known.map_or(0, |known| known.revision), tokens).await {
                Err(VaultError::Conflict) => {}
                other => return Ok(other.map(drop)?),
            }
        }
    }

    /// Removes what the archive holds of an account; what cannot be removed now holds no secret.
    async fn forget_history(&self, id: &str) {
        let mut keys = vec![events_key(id), statistics_key(id), later_key(id)];
        for start in [names_key(id), long_key(id), doing_key(id)] {
            keys.extend(self.platform().archive().keys(&start).await.unwrap_or_default());
        }
        for key in keys {
            if let Ok(Some(record)) = self.platform().archive().get(&key).await {
                let _gone = self.platform().archive().delete_if(&key, record.revision).await;
            }
        }
        let _gone = self.platform().notify().clear(id).await;
    }

    /// Removes tokens whose account is not there: nobody can see or use them, or sign them out. Those of an account that was
    /// set aside stay with it.
    pub async fn sweep(&self) -> Result<()> {
        for key in self.vault().keys(TOKENS_PREFIX).await? {
            let Some(id) = key.strip_prefix(TOKENS_PREFIX) else { continue };
            if self.has_account(id).await? {
                continue;
            }
            // A sign-in writes tokens first, and holds this lock until the account is there.
            let _guard = self.lock(id).await?;
            if !self.has_account(id).await? {
                self.vault().delete(&tokens_key(id)).await?;
            }
        }
        Ok(())
    }

    async fn has_account(&self, id: &str) -> Result<bool> {
        let key = account_key(id);
        let there = self.platform().store().get(&key).await?.is_some();
        Ok(there || self.vault().aside().await?.iter().any(|(_, was)| *was == key))
    }
}
