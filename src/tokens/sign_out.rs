//! Signing out, and tidying up after workers that died in the middle of a sign-in or a sign-out.

use crate::error::Result;
use crate::oauth::revocation;
use crate::platform::{Http, Platform, Store};
use crate::tokens::TokenService;
use crate::tokens::account::{TOKENS_PREFIX, account_key, tokens_key};
use crate::tokens::service::Pair;
use crate::tokens::vault::aside_key;

impl<P: Platform> TokenService<P> {
    /// Ends the session: asks the server to void the tokens, and removes every local copy whatever it answers. Answers
    /// whether the server confirmed, and where the person can withdraw the grant by hand.
    pub async fn sign_out(&self, id: &str) -> Result<(bool, Option<&'static str>)> {
        let _guard = self.lock(id).await?;
        let pair = self.read_pair(&account_key(id)).await.unwrap_or_default();
        self.invalidate().await?;
        self.forget(id).await?;
        self.vault().delete(&account_key(id)).await?;
        self.vault().delete(&tokens_key(id)).await?;
        self.mark_changed();
        let Some(Pair { account, tokens }) = pair else {
            return Ok((false, None));
        };
        let (token, is_refresh) = match &tokens.refresh_token {
            Some(token) => (token, true),
            None => (&tokens.access_token, false),
        };
        let manage_url = account.registration.provider.manners().manage_url;
        let revoked = match revocation::request(&account.registration, token, is_refresh) {
            Some(request) if !token.is_empty() => {
                revocation::judge(&account.registration, &self.platform().http().send(request).await)
            }
            _ => false,
        };
        Ok((revoked, manage_url))
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
        let (store, key) = (self.platform().store(), account_key(id));
        Ok(store.get(&key).await?.is_some() || store.get(&aside_key(&key)).await?.is_some())
    }
}
