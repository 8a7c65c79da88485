//! The one shared state behind all addresses.

use crate::data::{Site, World};
use crate::date;
use crate::faults::Faults;
use crate::log::Log;
use crate::oauth::grants::Grants;
use crate::rest::limits::Usage;
use crate::settings::Settings;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// What every handler gets.
pub(crate) type Sim = Arc<Simulator>;

/// How a simulator starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// The seed of the sample data.
    pub seed: u64,
    /// How long access tokens live, in seconds; `None` for what the provider is used to.
    pub lifetime: Option<u64>,
    /// The moment the sample data was made for and JQL calls now, in milliseconds since 1970; `None` for the real one.
    pub now: Option<i64>,
    /// The extension that the broker serves.
    pub extension_id: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 0, seed: 1, lifetime: None, now: None, extension_id: "eddjajdlncgkhefpahlmbnajipeodcfn".into() }
    }
}

/// Counts since the start or the last reset.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Counters {
    /// Token answers after a code.
    pub(crate) authorization_code: u64,
    /// Token answers after a refresh.
    pub(crate) refresh_token: u64,
    /// Token answers to machines.
    pub(crate) client_credentials: u64,
    /// Token requests that were refused.
    pub(crate) refused: u64,
    /// Tokens or grants revoked by their client.
    pub(crate) revocations: u64,
    /// Requests to the REST API, and `me` and `accessible-resources`.
    pub(crate) api_calls: u64,
    /// Token requests that went through the broker.
    pub(crate) broker: u64,
}

/// Who may use the broker.
#[derive(Clone, Debug, Default, Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct BrokerRegister {
    /// Where people may be sent back to.
    pub(crate) redirect_uris: Vec<String>,
    /// Extensions that may call.
    pub(crate) extension_ids: Vec<String>,
}

impl BrokerRegister {
    fn of_extension(id: &str) -> Self {
        Self { redirect_uris: vec![format!("https://{id}.chromiumapp.org/oauth")], extension_ids: vec![id.to_owned()] }
    }
}

/// Everything that changes while the server runs.
#[derive(Debug)]
pub(crate) struct Changing {
    pub(crate) settings: Settings,
    pub(crate) grants: Grants,
    pub(crate) faults: Faults,
    pub(crate) log: Log,
    pub(crate) counters: Counters,
    pub(crate) broker: BrokerRegister,
    /// Bulk operations of the REST API by their names, and whether somebody has looked at them.
    pub(crate) tasks: HashMap<String, (serde_json::Value, bool)>,
    /// What was called lately, for the limits.
    pub(crate) usage: Usage,
    /// The sites as they are now; `World` has them as they were at the start.
    pub(crate) sites: Vec<Arc<Site>>,
    /// Milliseconds that the server's clock is ahead of the machine's.
    pub(crate) clock_offset: i64,
}

/// One simulator.
#[derive(Debug)]
pub(crate) struct Simulator {
    options: Options,
    base: OnceLock<String>,
    world: Arc<World>,
    changing: Mutex<Changing>,
}

impl Simulator {
    /// A simulator as it starts.
    pub(crate) fn new(options: Options) -> Self {
        let world = World::generate(options.seed, options.now.unwrap_or_else(machine_time));
        Self::over(Arc::new(world), options)
    }

    /// A simulator over data that is already there.
    pub(crate) fn over(world: Arc<World>, options: Options) -> Self {
        let changing = Mutex::new(fresh(&options, &world));
        Self { options, base: OnceLock::new(), world, changing }
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn base(&self) -> &str {
        self.base.get_or_init(|| "http://127.0.0.1".into())
    }

    /// Says where the server listens. Only the first call counts.
    pub(crate) fn listens_at(&self, base: String) {
        self.base.get_or_init(|| base);
    }

    /// The sample data as it was at the start: people, and which sites there are.
    pub(crate) fn world(&self) -> &World {
        &self.world
    }

    /// The site with this cloudId as it is now, if the person has it at present.
    pub(crate) fn site(&self, cloud_id: &str) -> Option<Arc<Site>> {
        let change = self.change();
        let count = change.settings.sites;
        change.sites.iter().take(count).find(|site| site.cloud_id == cloud_id).cloned()
    }

    /// All sites as they are now, the large one first.
    pub(crate) fn sites(&self) -> Vec<Arc<Site>> {
        self.change().sites.clone()
    }

    /// Changes a site. `edit` either does all that it means to do, or nothing.
    pub(crate) fn edit<T>(&self, cloud_id: &str, edit: impl FnOnce(&mut Site) -> T) -> Option<T> {
        let mut change = self.change();
        let site = change.sites.iter_mut().find(|site| site.cloud_id == cloud_id)?;
        Some(edit(Arc::make_mut(site)))
    }

    /// Everything that changes. Never held across an await.
    pub(crate) fn change(&self) -> MutexGuard<'_, Changing> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The server's clock.
    pub(crate) fn now(&self) -> i64 {
        machine_time() + self.change().clock_offset
    }

    /// What JQL calls now: the server's clock, or the pinned moment (moved by the same offset).
    pub(crate) fn data_now(&self) -> i64 {
        self.options.now.unwrap_or_else(machine_time) + self.change().clock_offset
    }

    /// How many milliseconds ago a refresh token was first used, if it was.
    pub(crate) fn used_before(&self, token: &str) -> Option<i64> {
        let now = self.now();
        Some(now - self.change().grants.refresh(token)?.rotated?)
    }

    /// Back to the start: no grants, faults, log or counts, the first settings, the machine's clock.
    pub(crate) fn reset(&self) {
        *self.change() = fresh(&self.options, &self.world);
    }
}

fn fresh(options: &Options, world: &World) -> Changing {
    let mut settings = Settings::default();
    if let Some(lifetime) = options.lifetime {
        settings.access_token_lifetime = lifetime;
    }
    Changing {
        settings,
        grants: Grants::default(),
        faults: Faults::default(),
        log: Log::default(),
        counters: Counters::default(),
        usage: Usage::default(),
        tasks: HashMap::new(),
        sites: world.sites.clone(),
        broker: BrokerRegister::of_extension(&options.extension_id),
        clock_offset: 0,
    }
}

/// The machine's clock.
fn machine_time() -> i64 {
    let span = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// Seconds as milliseconds.
pub(crate) fn seconds(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX / 2000).saturating_mul(date::SECOND)
}
