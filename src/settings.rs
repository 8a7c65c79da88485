//! What a person can choose, with its defaults; what the administrator has fixed wins.

use crate::error::{Action, Code, Error, Result};
use crate::platform::Platform;
use crate::readable;
use crate::tokens::vault::{Stored, Vault, VaultError};
use serde::Serialize;
use std::time::Duration;

pub mod policy;
#[cfg(test)]
mod tests;

/// The record key.
pub(crate) const KEY: &str = "settings";

/// What a person can choose. Times are whole minutes. Record key `settings`.
///
/// Before changing this: a new field goes behind the semicolon of its `readable!`; anything else needs a new version and a step
/// in `upgrade`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Settings {
    /// The longest time between two looks at the tokens.
    pub check_interval_minutes: u32,
    /// How long before its end a token counts as expiring.
    pub threshold_minutes: u32,
    /// How often a failed refresh is repeated before the next look.
    pub retries: u32,
    /// Whether the system shows a notification when an account needs the person.
    pub notifications: bool,
    /// With a passphrase: locked after so long without use; 0 for never.
    pub auto_lock_minutes: u32,
    /// Whether nothing in Jira may be changed from here.
    pub read_only: bool,
    /// Whether the administrator has fixed the threshold, also for accounts with one of their own. Never so in the record.
    #[cfg_attr(test, ts(skip))]
    #[serde(skip)]
    pub threshold_fixed: bool,
}

readable!(Settings { check_interval_minutes, threshold_minutes, retries, notifications, auto_lock_minutes; read_only, threshold_fixed });

impl Stored for Settings {
    const VERSION: u32 = 1;
    /// Among them is when to lock.
    const WHILE_LOCKED: bool = true;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            check_interval_minutes: 5,
            threshold_minutes: 10,
            retries: 3,
            notifications: true,
            auto_lock_minutes: 0,
            read_only: false,
            threshold_fixed: false,
        }
    }
}

/// Changes; what is missing stays as it is.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct SettingsChange {
    /// See [`Settings`].
    pub check_interval_minutes: Option<u32>,
    /// See [`Settings`].
    pub threshold_minutes: Option<u32>,
    /// See [`Settings`].
    pub retries: Option<u32>,
    /// See [`Settings`].
    pub notifications: Option<bool>,
    /// See [`Settings`].
    pub auto_lock_minutes: Option<u32>,
    /// See [`Settings`].
    pub read_only: Option<bool>,
}

readable!(SettingsChange {
    check_interval_minutes,
    threshold_minutes,
    retries,
    notifications,
    auto_lock_minutes,
    read_only
});

/// The settings in force.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SettingsView {
    /// What holds now.
    pub settings: Settings,
    /// The names of those that the administrator has fixed.
    pub managed: Vec<String>,
}

/// The bounds of each number: name, least, most.
const BOUNDS: [(&str, u32, u32); 4] = [
    ("check_interval_minutes", 1, 60),
    ("threshold_minutes", 1, 24 * 60),
    ("retries", 0, 10),
    ("auto_lock_minutes", 0, 24 * 60),
];

impl Settings {
    /// These settings with the changes made. Error: `invalid_configuration` with the name of the first that is out of bounds.
    pub fn changed(mut self, change: &SettingsChange) -> Result<Self> {
        let fields = [
            (&mut self.check_interval_minutes, change.check_interval_minutes),
            (&mut self.threshold_minutes, change.threshold_minutes),
            (&mut self.retries, change.retries),
            (&mut self.auto_lock_minutes, change.auto_lock_minutes),
        ];
        for ((field, value), (name, least, most)) in fields.into_iter().zip(BOUNDS) {
            let Some(value) = value else { continue };
            check(name, value, least, most)?;
            *field = value;
        }
        self.read_only = change.read_only.unwrap_or(self.read_only);
        self.notifications = change.notifications.unwrap_or(self.notifications);
        Ok(self)
    }

    /// The longest time between two looks at the tokens.
    pub fn check_interval(&self) -> Duration {
        minutes(self.check_interval_minutes)
    }

    /// How long before its end a token counts as expiring.
    pub fn threshold(&self) -> Duration {
        minutes(self.threshold_minutes)
    }
}

/// Checks a threshold of one account. Error: `invalid_configuration`.
pub fn check_threshold(value: u32) -> Result<()> {
    check("threshold_minutes", value, BOUNDS[1].1, BOUNDS[1].2)
}

fn check(name: &str, value: u32, least: u32, most: u32) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let message = format!("“{value}” is out of bounds. Choose a whole number from {least} to {most}.");
    Err(Error::new(Code::InvalidConfiguration, message).with(Action::FixSettings { field: Some(name.to_owned()) }))
}

fn minutes(count: u32) -> Duration {
    Duration::from_secs(60 * u64::from(count))
}

/// The person's own settings; the defaults where there are none or they cannot be read.
pub async fn own<P: Platform>(platform: &P) -> (Settings, u64) {
    match Vault::new(platform).read::<Settings>(KEY).await {
        Ok(Some(found)) => found,
        _ => (Settings::default(), 0),
    }
}

/// Stores changes. Errors: `invalid_configuration`, `storage_failed`.
pub async fn change<P: Platform>(platform: &P, change: &SettingsChange) -> Result<()> {
    loop {
        let (settings, revision) = match Vault::new(platform).read::<Settings>(KEY).await {
            Err(VaultError::Unreadable) => {
                Vault::new(platform).set_aside(KEY).await?;
                continue;
            }
            found => found?.unwrap_or_default(),
        };
        match Vault::new(platform).write_if(KEY, revision, &settings.changed(change)?).await {
            Err(VaultError::Conflict) => {}
            other => return Ok(other.map(drop)?),
        }
    }
}

/// The settings in force: the person's own, below what the administrator has fixed.
pub async fn in_force<P: Platform>(platform: &P) -> SettingsView {
    let (own, _) = own(platform).await;
    let fixed = policy::read(platform).await;
    let settings = Settings {
        check_interval_minutes: fixed.check_interval_minutes.unwrap_or(own.check_interval_minutes),
        threshold_minutes: fixed.threshold_minutes.unwrap_or(own.threshold_minutes),
        retries: fixed.retries.unwrap_or(own.retries),
        notifications: fixed.notifications.unwrap_or(own.notifications),
        read_only: fixed.read_only.unwrap_or(own.read_only),
        threshold_fixed: fixed.threshold_minutes.is_some(),
        ..own
    };
    SettingsView { settings, managed: fixed.managed().into_iter().map(str::to_owned).collect() }
}

/// Error: `forbidden`, where nothing in Jira may be changed.
pub async fn check_writing<P: Platform>(platform: &P) -> Result<()> {
    let found = in_force(platform).await;
    if !found.settings.read_only {
        return Ok(());
    }
    let is_fixed = found.managed.iter().any(|name| name == "read_only");
    let (message, action) = match is_fixed {
        true => ("Your administrator allows reading only. Change it in Jira itself.", Action::None),
        false => (
            "Reading only is switched on in the settings. Switch it off there to change anything in Jira.",
            Action::FixSettings { field: None },
        ),
    };
    Err(Error::new(Code::Forbidden, message).with(action))
}
