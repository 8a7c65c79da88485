//! Providers as things of their own: filled-in forms with a name, kept for the next sign-in; and those of the administrator.

use crate::error::{Action, Code, Error, Result};
use crate::oauth::client::Registration;
use crate::oauth::pkce;
use crate::oauth::provider::ProviderKind;
use crate::platform::Platform;
use crate::readable;
use crate::settings::policy::{self, PolicySettings};
use crate::sign_in::form::{ClientChoice, ConnectForm};
use crate::sign_in::{granted, registration};
use crate::tokens::vault::{Stored, Vault, VaultError};
use serde::Serialize;

/// What all record keys of saved providers begin with.
const KEY_PREFIX: &str = "provider:";
/// In characters.
const LONGEST_NAME: usize = 60;

/// A filled-in form with a name. Record key `provider:<id>`.
///
/// Before changing this: a new field goes behind the semicolon of its `readable!`; anything else needs a new version and a step
/// in `upgrade`.
#[derive(Clone, Debug, Serialize)]
pub struct SavedProvider {
    /// Random, ours.
    pub id: String,
    /// The person's own name for it.
    pub name: String,
    /// Without what belongs to one person.
    pub form: ConnectForm,
}

readable!(SavedProvider { id, name, form });

impl Stored for SavedProvider {
    const VERSION: u32 = 1;
}

/// A provider as pages show it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProviderView {
    /// Goes into `connect` and `remove_provider`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which kind of server.
    pub provider: ProviderKind,
    /// How the client proves itself.
    pub client: ClientChoice,
    /// The host, tenant or the like that tells it from others of its kind; may be empty.
    pub place: String,
    /// Whether a secret is stored with it.
    pub has_secret: bool,
    /// Whether the administrator has set it up: it cannot be removed.
    pub managed: bool,
    /// The fields that each person still has to fill in: mail address and token.
    #[cfg_attr(test, ts(type = "Array<keyof ConnectForm>"))]
    pub asks_for: Vec<&'static str>,
    /// Match patterns of the hosts that are not yet granted.
    pub origins: Vec<String>,
    /// Names of the permissions that are not yet granted.
    pub permissions: Vec<&'static str>,
}

/// All providers: the administrator's, then the saved ones by name. A record that cannot be read is left out.
pub async fn list<P: Platform>(platform: &P) -> Result<Vec<ProviderView>> {
    let mut found = Vec::new();
    for managed in policy::read(platform).await.providers {
        let known = SavedProvider { id: managed.id, name: managed.name, form: managed.form };
        found.push(view(platform, known, true).await?);
    }
    let mut saved: Vec<SavedProvider> = Vec::new();
    for key in Vault::new(platform).keys(KEY_PREFIX).await? {
        match Vault::new(platform).read::<SavedProvider>(&key).await {
            Ok(Some((known, _))) => {
                let before = |other: &SavedProvider| (&other.name, &other.id) <= (&known.name, &known.id);
                saved.insert(saved.partition_point(before), known);
            }
            Ok(None) | Err(VaultError::Unreadable) => {}
            Err(other) => return Err(other.into()),
        }
    }
    for known in saved {
        found.push(view(platform, known, false).await?);
    }
    Ok(found)
}

async fn view<P: Platform>(platform: &P, known: SavedProvider, managed: bool) -> Result<ProviderView> {
    let SavedProvider { id, name, form } = known;
    let (origins, permissions) = granted::missing(platform, form.origins(), form.permissions()).await?;
    Ok(ProviderView {
        id,
        name,
        provider: form.provider,
        client: form.client,
        place: form.place(),
        has_secret: !form.client_secret.is_empty(),
        managed,
        asks_for: form.personal_fields(),
        origins,
        permissions,
    })
}

/// Keeps a form under a name, without what belongs to one person. Errors: `invalid_configuration` with the field to fix,
/// `forbidden` by the administrator, `storage_failed`.
pub async fn add<P: Platform>(platform: &P, name: &str, form: &ConnectForm) -> Result<ProviderView> {
    policy::read(platform).await.check_source(None)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("Give it a name of at most {LONGEST_NAME} letters.");
        let action = Action::FixSettings { field: Some("name".to_owned()) };
        return Err(Error::new(Code::InvalidConfiguration, message).with(action));
    }
    if let Some(first) = form.shared_problems(platform.build().loopback).into_iter().next() {
        return Err(registration::fix(first.field, first.message));
    }
    let id = pkce::random_text(platform.random());
    let saved = SavedProvider { id, name: name.to_owned(), form: form.clone().without_personal() };
    Vault::new(platform).write_if(&format!("{KEY_PREFIX}{}", saved.id), 0, &saved).await?;
    view(platform, saved, false).await
}

/// Forgets a saved provider; accounts that were made with it stay. Errors: `forbidden` for one of the administrator's,
/// `storage_failed`.
pub async fn remove<P: Platform>(platform: &P, id: &str) -> Result<()> {
    if id.starts_with(policy::PREFIX) {
        return Err(Error::new(
            Code::Forbidden,
            "This one is set up by your administrator and cannot be removed here.",
        ));
    }
    Ok(Vault::new(platform).delete(&format!("{KEY_PREFIX}{id}")).await?)
}

/// The form of a provider, with what `personal` has of one person's own. Errors: `not_found`, `vault_unreadable`.
async fn form_of<P: Platform>(
    platform: &P,
    policy: &PolicySettings,
    id: &str,
    personal: Option<&ConnectForm>,
) -> Result<ConnectForm> {
    let form = match policy.provider(id) {
        Some(managed) => managed.form.clone(),
        None => {
            let found = Vault::new(platform).read::<SavedProvider>(&format!("{KEY_PREFIX}{id}")).await?;
            let (saved, _) = found.ok_or_else(|| {
                Error::new(Code::NotFound, "There is no such way to connect any more. Choose another one.")
            })?;
            saved.form
        }
    };
    Ok(personal.map_or(form.clone(), |personal| form.with_personal(personal)))
}

/// Makes the registration for a sign-in: from a provider with this id, from a form, or from both, where the form adds what
/// belongs to one person. Answers also the form it was made from.
///
/// Errors: `bad_request` without either, `forbidden` by the administrator, `not_found`, and those of [`registration::make`].
pub async fn register<P: Platform>(
    platform: &P,
    provider: Option<&str>,
    form: Option<&ConnectForm>,
) -> Result<(Registration, ConnectForm)> {
    let policy = policy::read(platform).await;
    policy.check_source(provider)?;
    let form = match (provider, form) {
        (Some(id), personal) => form_of(platform, &policy, id, personal).await?,
        (None, Some(form)) => form.clone(),
        (None, None) => return Err(Error::new(Code::BadRequest, "Nothing says where to connect. Reload this page.")),
    };
    let made = registration::make(platform, &form).await?;
    let made = match provider {
        Some(id) if policy.provider(id).is_some() => policy::without_secret(made, id),
        _ => Registration { source: provider.map(str::to_owned), ..made },
    };
    Ok((made, form))
}

/// The registration for another sign-in to a known account: one that the administrator has set up is made anew, so that what has
/// changed there is followed. Errors: `forbidden` by the administrator, and those of [`registration::make`].
pub async fn register_again<P: Platform>(platform: &P, known: &Registration) -> Result<Registration> {
    let policy = policy::read(platform).await;
    policy.check_source(known.source.as_deref())?;
    let managed = known.source.as_deref().and_then(|source| policy.provider(source));
    match managed {
        Some(managed) if !known.is_made_by_hand() => {
            let made = registration::make(platform, &managed.form).await?;
            Ok(policy::without_secret(made, &managed.id))
        }
        _ => {
            granted::need_hosts(platform, known).await?;
            Ok(known.clone())
        }
    }
}
