//! What people have granted: codes, tokens, and who is signed in at the authorization server.

use super::Provider;
use crate::random;
use std::collections::{HashMap, HashSet};

/// Characters of an access token, about as long as Atlassian's.
const ACCESS_LENGTH: usize = 2500;
/// Characters of a refresh token, about as long as Atlassian's.
const REFRESH_LENGTH: usize = 1500;

/// What one consent allows.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) provider: Provider,
    pub(crate) client: String,
    /// The person's accountId; a machine's client id.
    pub(crate) user: String,
    pub(crate) scopes: Vec<String>,
    /// The cloudIds chosen at consent.
    pub(crate) sites: Vec<String>,
    pub(crate) redirect_uri: String,
    /// What the person's client wants to find in an id token.
    pub(crate) nonce: Option<String>,
    /// When the person signed in (or the machine asked).
    pub(crate) started: i64,
    /// How often tokens were refreshed.
    pub(crate) refreshes: u64,
    /// False once revoked: nothing that came from this consent is good any more.
    pub(crate) alive: bool,
}

impl Grant {
    /// What a machine is given for itself.
    pub(crate) fn of_machine(provider: Provider, client: &str, scopes: Vec<String>, now: i64) -> Self {
        Self {
            provider,
            client: client.to_owned(),
            user: client.to_owned(),
            scopes,
            sites: Vec::new(),
            redirect_uri: String::new(),
            nonce: None,
            started: now,
            refreshes: 0,
            alive: true,
        }
    }
}

/// Names a grant.
pub(crate) type GrantId = u64;

/// An authorization code.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) grant: GrantId,
    pub(crate) challenge: Option<String>,
    pub(crate) expires: i64,
    pub(crate) used: bool,
}

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) grant: GrantId,
    pub(crate) expires: i64,
}

/// A refresh token.
#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    pub(crate) grant: GrantId,
    /// When it was issued, for the end by idleness.
    pub(crate) issued: i64,
    /// When it was first used, which replaced it.
    pub(crate) rotated: Option<i64>,
    /// Whether its client revoked it.
    pub(crate) revoked: bool,
    /// Counts all refresh tokens, in the order they were given.
    number: u64,
}

/// An authorization request that waits for its person.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) provider: Provider,
    pub(crate) client: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) challenge: Option<String>,
    /// The words of `prompt` that were not followed yet.
    pub(crate) prompt: Vec<String>,
    /// Whom the client expects, by mail address.
    pub(crate) login_hint: Option<String>,
    pub(crate) nonce: Option<String>,
}

impl Pending {
    /// Whether `prompt` has this word.
    pub(crate) fn prompts(&self, word: &str) -> bool {
        self.prompt.iter().any(|asked| asked == word)
    }
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    next: GrantId,
    /// How many refresh tokens were given.
    refreshes: u64,
    grants: HashMap<GrantId, Grant>,
    pub(crate) codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Refresh>,
    pub(crate) pending: HashMap<String, Pending>,
    /// Session cookie to accountIds, the one used last at the end.
    pub(crate) sessions: HashMap<String, Vec<String>>,
    /// Who has said yes to which client before, and to which scopes.
    consents: HashMap<(Provider, String, String), HashSet<String>>,
}

impl Grants {
    /// Records a consent.
    pub(crate) fn add(&mut self, grant: Grant) -> GrantId {
        self.next += 1;
        let scopes = grant.scopes.iter().cloned().collect();
        self.consents.insert((grant.provider, grant.client.clone(), grant.user.clone()), scopes);
        self.grants.insert(self.next, grant);
        self.next
    }

    /// The grant with this id.
    pub(crate) fn get(&self, id: GrantId) -> Option<&Grant> {
        self.grants.get(&id)
    }

    /// Whether this person has already allowed all that `request` asks for.
    pub(crate) fn has_consented(&self, user: &str, request: &Pending) -> bool {
        let known = self.consents.get(&(request.provider, request.client.clone(), user.to_owned()));
        known.is_some_and(|scopes| request.scopes.iter().all(|scope| scopes.contains(scope)))
    }

    /// A new code for a grant.
    pub(crate) fn issue_code(&mut self, grant: GrantId, challenge: Option<String>, expires: i64) -> String {
        let code = random::token(64);
        self.codes.insert(code.clone(), Code { grant, challenge, expires, used: false });
        code
    }

    /// A new access token for a grant.
    pub(crate) fn issue_access(&mut self, grant: GrantId, expires: i64) -> String {
        let token = random::token(ACCESS_LENGTH);
        self.access.insert(token.clone(), Access { grant, expires });
        token
    }

    /// A new refresh token for a grant.
    pub(crate) fn issue_refresh(&mut self, grant: GrantId, now: i64) -> String {
        let token = random::token(REFRESH_LENGTH);
        self.refreshes += 1;
        let refresh = Refresh { grant, issued: now, rotated: None, revoked: false, number: self.refreshes };
        self.refresh.insert(token.clone(), refresh);
        token
    }

    /// What a refresh token stands for, if it was ever issued.
    pub(crate) fn refresh(&self, token: &str) -> Option<Refresh> {
        self.refresh.get(token).cloned()
    }

    /// Notes the use of a refresh token.
    pub(crate) fn rotate(&mut self, token: &str, now: i64) {
        let Some(refresh) = self.refresh.get_mut(token) else { return };
        refresh.rotated.get_or_insert(now);
        if let Some(grant) = self.grants.get_mut(&refresh.grant) {
            grant.refreshes += 1;
        }
    }

    /// All grants, oldest first.
    pub(crate) fn all(&self) -> Vec<(GrantId, &Grant)> {
        let mut all: Vec<_> = self.grants.iter().map(|(id, grant)| (*id, grant)).collect();
        all.sort_unstable_by_key(|(id, _)| *id);
        all
    }

    /// The refresh tokens of a grant, oldest first.
    pub(crate) fn refresh_tokens(&self, id: GrantId) -> Vec<(&str, &Refresh)> {
        let mut all: Vec<_> = self.refresh.iter().filter(|(_, refresh)| refresh.grant == id).collect();
        all.sort_unstable_by_key(|(_, refresh)| refresh.number);
        all.into_iter().map(|(token, refresh)| (token.as_str(), refresh)).collect()
    }

    /// How many access tokens of a grant are good.
    pub(crate) fn good_access_tokens(&self, id: GrantId, now: i64) -> usize {
        let alive = self.get(id).is_some_and(|grant| grant.alive);
        self.access.values().filter(|access| alive && access.grant == id && now < access.expires).count()
    }

    /// The grant behind an access token that is good at this moment.
    pub(crate) fn access(&self, token: &str, now: i64) -> Option<&Grant> {
        let access = self.access.get(token).filter(|access| now < access.expires)?;
        self.get(access.grant).filter(|grant| grant.alive)
    }

    /// The grant that a token of either kind came from.
    pub(crate) fn of_token(&self, token: &str) -> Option<GrantId> {
        let access = self.access.get(token).map(|access| access.grant);
        access.or_else(|| self.refresh.get(token).map(|refresh| refresh.grant))
    }

    /// Ends a grant: codes and tokens that came from it are dead.
    pub(crate) fn kill(&mut self, id: GrantId) {
        if let Some(grant) = self.grants.get_mut(&id) {
            grant.alive = false;
        }
    }

    /// Ends the refresh tokens of a grant. Its access tokens live on until they expire.
    pub(crate) fn kill_refresh_tokens(&mut self, id: GrantId) {
        self.refresh.values_mut().filter(|refresh| refresh.grant == id).for_each(|refresh| refresh.revoked = true);
    }

    /// Ends the access tokens of a grant.
    pub(crate) fn kill_access_tokens(&mut self, id: GrantId) {
        self.access.retain(|_, access| access.grant != id);
    }

    /// Ends every grant, and forgets who has consented.
    pub(crate) fn kill_all(&mut self) {
        self.grants.values_mut().for_each(|grant| grant.alive = false);
        self.consents.clear();
    }

    /// Lets every access token expire at `now`.
    pub(crate) fn expire_access_tokens(&mut self, now: i64) {
        self.access.values_mut().for_each(|access| access.expires = access.expires.min(now));
    }
}
