//! What the administrator has set. `extension/managed_schema.json` describes it to the browser; here nothing of it is believed
//! until it is checked, entry by entry, so that one mistake leaves the rest in force and is told.

use crate::error::{Code, Error, Result};
use crate::json::{self, Read};
use crate::oauth::address::Address;
use crate::oauth::client::{ClientAuthentication, Registration};
use crate::oauth::token_endpoint::{Passing, TokenError};
use crate::platform::{Platform, Policy, StoreError};
use crate::secret::Secret;
use crate::sign_in::ConnectForm;
use serde_json::Value;

#[cfg(test)]
mod tests;

/// What the id of a provider from policy begins with; its name follows.
pub const PREFIX: &str = "policy:";

/// A provider that the administrator has set up.
#[derive(Clone, Debug)]
pub struct ManagedProvider {
    /// `policy:` and its name.
    pub id: String,
    /// What people see.
    pub name: String,
    /// As if it had been typed.
    pub form: ConnectForm,
}

/// What the administrator has set; `None` where nothing is.
#[derive(Clone, Debug, Default)]
pub struct PolicySettings {
    /// Providers, those with a mistake left out.
    pub providers: Vec<ManagedProvider>,
    /// Whether people may connect with settings of their own.
    pub allow_other_providers: Option<bool>,
    /// The Jira sites that may be used: hosts, `*.` in front for all below one. `None`: all.
    pub allowed_sites: Option<Vec<String>>,
    /// 1 to 60.
    pub check_interval_minutes: Option<u32>,
    /// 1 to 1440.
    pub threshold_minutes: Option<u32>,
    /// 0 to 10.
    pub retries: Option<u32>,
    /// Whether the system's notifications are used.
    pub notifications: Option<bool>,
    /// Whether a passphrase has to be set.
    pub require_passphrase: Option<bool>,
    /// Whether nothing in Jira may be changed.
    pub read_only: Option<bool>,
    /// What is wrong with it, in sentences for whoever wrote it. Without secrets.
    pub problems: Vec<String>,
}

/// Every name that a policy may have.
const NAMES: [&str; 9] = [
    "providers",
    "allow_other_providers",
    "allowed_sites",
    "check_interval_minutes",
    "threshold_minutes",
    "retries",
    "notifications",
    "require_passphrase",
    "read_only",
];

/// The administrator's settings. A policy that cannot be read at all sets nothing, and says so.
pub async fn read<P: Platform>(platform: &P) -> PolicySettings {
    match platform.policy().read().await {
        Ok(policy) => judge(&policy, platform.build().loopback),
        Err(StoreError::Failed(words)) => problem(format!("The administrator's settings could not be read ({words}).")),
        Err(_other) => problem("The administrator's settings could not be read.".to_owned()),
    }
}

fn problem(sentence: String) -> PolicySettings {
    PolicySettings { problems: vec![sentence], ..PolicySettings::default() }
}

/// Judges a policy, whatever it is.
pub fn judge(policy: &Value, loopback: bool) -> PolicySettings {
    let Some(settings) = policy.as_object() else {
        return problem("The administrator's settings are not an object.".to_owned());
    };
    let mut found = PolicySettings::default();
    for name in settings.keys().filter(|name| !NAMES.contains(&name.as_str())) {
        let name: String = name.chars().take(40).collect();
        found.problems.push(format!("There is no setting “{name}”."));
    }
    let problems = &mut found.problems;
    found.allow_other_providers = flag(policy, "allow_other_providers", problems);
    found.notifications = flag(policy, "notifications", problems);
    found.require_passphrase = flag(policy, "require_passphrase", problems);
    found.read_only = flag(policy, "read_only", problems);
    found.check_interval_minutes = number(policy, "check_interval_minutes", 1, 60, problems);
    found.threshold_minutes = number(policy, "threshold_minutes", 1, 24 * 60, problems);
    found.retries = number(policy, "retries", 0, 10, problems);
    found.allowed_sites = sites(policy, problems);
    found.providers = providers(policy, loopback, problems);
    found
}

fn setting<T: Read>(policy: &Value, name: &str, what: &str, problems: &mut Vec<String>) -> Option<T> {
    if policy[name].is_null() {
        return None;
    }
    let found = T::read(&policy[name]);
    if found.is_none() {
        problems.push(format!("“{name}” has to be {what}."));
    }
    found
}

fn flag(policy: &Value, name: &str, problems: &mut Vec<String>) -> Option<bool> {
    setting(policy, name, "true or false", problems)
}

fn number(policy: &Value, name: &str, least: u32, most: u32, problems: &mut Vec<String>) -> Option<u32> {
    let what = format!("a whole number from {least} to {most}");
    let found: u32 = setting(policy, name, &what, problems)?;
    if (least..=most).contains(&found) {
        return Some(found);
    }
    problems.push(format!("“{name}” has to be {what}."));
    None
}

/// A list with a mistake in it allows the rest of it, never more.
fn sites(policy: &Value, problems: &mut Vec<String>) -> Option<Vec<String>> {
    let listed = match &policy["allowed_sites"] {
        Value::Null => return None,
        Value::Array(listed) => listed.as_slice(),
        _ => &[],
    };
    let hosts: Vec<String> = listed.iter().filter_map(Value::as_str).filter_map(host_of).collect();
    if hosts.len() < listed.len().max(1) {
        problems
            .push("“allowed_sites” has to be a list of hosts such as jira.example.com or *.atlassian.net.".to_owned());
    }
    Some(hosts)
}

/// The host of an address, or of what was written in place of one; with `*.` in front if it had that.
fn host_of(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.strip_prefix("*.").unwrap_or(text);
    let address = if bare.contains("://") { Address::parse(bare) } else { Address::parse(&format!("https://{bare}")) };
    let host = address.ok()?.host().to_owned();
    Some(if bare.len() < text.len() { format!("*.{host}") } else { host })
}

fn providers(policy: &Value, loopback: bool, problems: &mut Vec<String>) -> Vec<ManagedProvider> {
    let mut found: Vec<ManagedProvider> = Vec::new();
    let listed = match &policy["providers"] {
        Value::Null => return found,
        Value::Array(listed) => listed.as_slice(),
        _ => {
            problems.push("“providers” has to be a list.".to_owned());
            return found;
        }
    };
    for (at, entry) in listed.iter().enumerate() {
        let name: String = json::text(entry, "name").trim().chars().take(100).collect();
        let shown = if name.is_empty() { format!("number {}", at + 1) } else { format!("“{name}”") };
        let known = found.iter().any(|other| other.name == name);
        let form = ConnectForm::read(entry);
        let wrong = match &form {
            _ if name.is_empty() => Some("it needs a “name”".to_owned()),
            _ if known => Some("its name is there twice".to_owned()),
            None => Some("“provider” and “client” have to be known words, and the rest texts".to_owned()),
            Some(form) => form
                .shared_problems(loopback)
                .into_iter()
                .next()
                .map(|first| format!("“{}”: {}", first.field, first.message.trim_end_matches('.'))),
        };
        match (form, wrong) {
            (Some(form), None) => {
                found.push(ManagedProvider { id: format!("{PREFIX}{name}"), name, form: form.without_personal() });
            }
            (_, wrong) => {
                problems.push(format!("The provider {shown} is left out: {}.", wrong.unwrap_or_default()));
            }
        }
    }
    found
}

impl PolicySettings {
    /// Whether a Jira site with this address may be used.
    pub fn allows_site(&self, url: &str) -> bool {
        let Some(allowed) = &self.allowed_sites else { return true };
        let Ok(address) = Address::parse(url) else { return false };
        allowed.iter().any(|known| match known.strip_prefix("*.") {
            Some(above) => address.host().strip_suffix(above).is_some_and(|below| below.ends_with('.')),
            None => address.host() == known,
        })
    }

    /// The provider with this id.
    pub fn provider(&self, id: &str) -> Option<&ManagedProvider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// Refuses a sign-in with settings from `source`, if only the administrator's own may be used. Error: `forbidden`.
    pub fn check_source(&self, source: Option<&str>) -> Result<()> {
        if self.allow_other_providers != Some(false) || source.is_some_and(|source| self.provider(source).is_some()) {
            return Ok(());
        }
        let message = "Your administrator allows only the ways to connect that are set up for you. Choose one of them.";
        Err(Error::new(Code::Forbidden, message))
    }

    /// The names of what is set, which people cannot change.
    pub fn managed(&self) -> Vec<&'static str> {
        let set = [
            !self.providers.is_empty(),
            self.allow_other_providers.is_some(),
            self.allowed_sites.is_some(),
            self.check_interval_minutes.is_some(),
            self.threshold_minutes.is_some(),
            self.retries.is_some(),
            self.notifications.is_some(),
            self.require_passphrase.is_some(),
            self.read_only.is_some(),
        ];
        NAMES.into_iter().zip(set).filter(|(_, set)| *set).map(|(name, _)| name).collect()
    }
}

/// What is stored of a registration that was made from a managed provider: without its secret, which stays in the policy.
pub fn without_secret(mut registration: Registration, source: &str) -> Registration {
    let in_header = matches!(registration.authentication, ClientAuthentication::SecretBasic { .. });
    if registration.authentication.secret().is_some() {
        registration.authentication = ClientAuthentication::FromPolicy { in_header };
    }
    registration.source = Some(source.to_owned());
    registration
}

/// The registration as it is used for a request now: with the secret that the policy holds at this moment. Error: the policy has
/// none; that may pass, for a browser may learn of its policy late.
pub async fn at_use<P: Platform>(platform: &P, registration: &Registration) -> Result<Registration, TokenError> {
    let ClientAuthentication::FromPolicy { in_header } = registration.authentication else {
        return Ok(registration.clone());
    };
    let policy = read(platform).await;
    let source = registration.source.as_deref().unwrap_or_default();
    let secret =
        policy.provider(source).map(|provider| provider.form.client_secret.expose().trim()).unwrap_or_default();
    if secret.is_empty() {
        return Err(TokenError::Passing(Passing::NoSecret));
    }
    let secret = Secret::new(secret);
    let authentication = match in_header {
        true => ClientAuthentication::SecretBasic { secret },
        false => ClientAuthentication::SecretPost { secret },
    };
    Ok(Registration { authentication, ..registration.clone() })
}
