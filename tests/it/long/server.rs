//! The authorization server of the simulation: rotation with or without leeway, and a memory of who was told what.

use chat_for_jira::platform::memory::Reply;
use chat_for_jira::platform::{HttpRequest, LOCK_BOUND, Timestamp};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Cloud: within this time a used refresh token may be used again.
pub(super) const LEEWAY: Duration = Duration::from_secs(600);
/// A refresh token that is not used for so long is void.
const INACTIVITY: Duration = Duration::from_secs(90 * 86_400);
const MINUTE: Duration = Duration::from_secs(60);

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A used refresh token may be used again for ten minutes; later use ends the grant.
    Cloud,
    /// A used refresh token is void.
    DataCenter,
}

impl Kind {
    /// The connect form of an account there.
    pub(super) fn form(self) -> Value {
        match self {
            Self::Cloud => {
                json!({"provider": "jira_cloud", "client": "own_app", "client_id": "app", "client_secret": "the-secret"})
            }
            Self::DataCenter => json!({"provider": "jira_data_center", "client": "own_app", "client_id": "app",
                "client_secret": "the-secret", "base_url": "https://jira.example.com"}),
        }
    }

    /// Where one learns who one is: for the person's questions.
    pub(super) fn who(self) -> &'static str {
        match self {
            Self::Cloud => "https://api.atlassian.com/me",
            Self::DataCenter => "https://jira.example.com/rest/api/2/myself",
        }
    }
}

/// Whether this is the address of a token endpoint.
pub(super) fn is_token(url: &str) -> bool {
    url.ends_with("/oauth/token") || url.ends_with("/rest/oauth2/latest/token")
}

/// How the answer to a request fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    UnderWay,
    /// Its sender has seen it.
    Seen,
    /// Its sender has not seen it, and never will.
    Lost,
    /// Its sender has seen it, and gone on without storing it.
    Dropped,
    /// Its sender has it in the store.
    Stored,
}

/// A refresh that was asked for.
struct Asked {
    worker: u64,
    presented: String,
    /// Whether the server acted.
    gave: bool,
    /// The server acted, and answers as if it had not, or too late.
    withheld: bool,
    /// Writing what came was refused.
    refused: bool,
    fate: Fate,
}

/// A refresh token.
struct Given {
    grant: u64,
    at: Timestamp,
    /// When it was first used.
    used: Option<Timestamp>,
    /// When its successor was known to be stored, by the count of events.
    replaced: Option<u64>,
}

/// The server.
pub(super) struct Server {
    pub(super) kind: Kind,
    pub(super) lifetime: Cell<Duration>,
    given: RefCell<BTreeMap<String, Given>>,
    /// Access tokens and their ends.
    access: RefCell<BTreeMap<String, Timestamp>>,
    ended: RefCell<BTreeSet<u64>>,
    asked: RefCell<Vec<Asked>>,
    /// When each worker last got a lock, by the count of events and by time.
    locked: RefCell<BTreeMap<u64, (u64, Timestamp)>>,
    dead: RefCell<BTreeSet<u64>>,
    events: Cell<u64>,
    numbers: Cell<u64>,
    /// Refreshes that were answered well.
    pub(super) refreshes: Cell<u64>,
    /// What broke the rules.
    pub(super) wrongs: RefCell<Vec<String>>,
}

impl Server {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            lifetime: Cell::new(Duration::from_secs(3600)),
            given: RefCell::default(),
            access: RefCell::default(),
            ended: RefCell::default(),
            asked: RefCell::default(),
            locked: RefCell::default(),
            dead: RefCell::default(),
            events: Cell::new(0),
            numbers: Cell::new(0),
            refreshes: Cell::new(0),
            wrongs: RefCell::default(),
        }
    }

    fn wrong(&self, what: String) {
        self.wrongs.borrow_mut().push(what);
    }

    fn event(&self) -> u64 {
        self.events.set(self.events.get() + 1);
        self.events.get()
    }

    // --- What happens at the other end --------------------------------------------------------------------------------

    /// A worker has a lock now.
    pub(super) fn holds_lock(&self, worker: u64, now: Timestamp) {
        let event = self.event();
        self.locked.borrow_mut().insert(worker, (event, now));
        // What it has seen and not written by now it will not write any more.
        for asked in self.asked.borrow_mut().iter_mut().rev().take(50) {
            if asked.worker == worker && asked.fate == Fate::Seen {
                asked.fate = Fate::Dropped;
            }
        }
    }

    /// A worker's request for a token has ended: it has seen an answer, or it has not and never will.
    pub(super) fn ended(&self, worker: u64, seen: bool) {
        for asked in self.asked.borrow_mut().iter_mut().rev().take(50) {
            if asked.worker == worker && asked.fate == Fate::UnderWay {
                asked.fate = if seen { Fate::Seen } else { Fate::Lost };
            }
        }
    }

    /// A worker was told that tokens are stored.
    pub(super) fn stored(&self, worker: u64) {
        let event = self.event();
        for asked in self.asked.borrow_mut().iter_mut().rev().take(50) {
            if asked.worker == worker && asked.fate == Fate::Seen && asked.gave && !asked.withheld {
                asked.fate = Fate::Stored;
                if let Some(given) = self.given.borrow_mut().get_mut(&asked.presented) {
                    given.replaced.get_or_insert(event);
                }
            }
        }
    }

    /// A worker was told that nothing can be written.
    pub(super) fn refused_to_store(&self, worker: u64) {
        for asked in self.asked.borrow_mut().iter_mut().rev().take(50) {
            asked.refused |= asked.worker == worker && asked.fate == Fate::Seen;
        }
    }

    /// A worker is dead.
    pub(super) fn died(&self, worker: u64) {
        self.ended(worker, false);
        self.dead.borrow_mut().insert(worker);
    }

    // --- What the judge wants to know ---------------------------------------------------------------------------------

    /// When this access token ends.
    pub(super) fn end_of(&self, access: &str) -> Option<Timestamp> {
        self.access.borrow().get(access).copied()
    }

    /// Whether this refresh token would be accepted.
    pub(super) fn accepts(&self, refresh: &str, now: Timestamp) -> bool {
        let given = self.given.borrow();
        let Some(given) = given.get(refresh) else { return false };
        let in_leeway = |used: Timestamp| self.kind == Kind::Cloud && now.since(used) < LEEWAY;
        !self.ended.borrow().contains(&given.grant)
            && now.since(given.at) < INACTIVITY
            && given.used.is_none_or(in_leeway)
    }

    /// Whether whoever has this refresh token as their newest could not help it that the grant is over: the server acted on
    /// a request and its answer was never seen, or its sender died before the store had it, or the store refused it.
    pub(super) fn answer_was_lost(&self, refresh: &str) -> bool {
        self.asked.borrow().iter().filter(|asked| asked.presented == refresh && asked.gave).any(|asked| {
            let dead = self.dead.borrow().contains(&asked.worker);
            match asked.fate {
                _ if asked.withheld => true,
                Fate::Lost | Fate::UnderWay => true,
                Fate::Seen | Fate::Dropped => dead || asked.refused,
                Fate::Stored => false,
            }
        })
    }

    // --- The endpoints ------------------------------------------------------------------------------------------------

    /// A request of `worker` for a token is here: what it must never be.
    pub(super) fn inspect(&self, worker: u64, request: &HttpRequest, now: Timestamp) {
        let Some(presented) = parameter(request, "refresh_token") else { return };
        let locked = self.locked.borrow().get(&worker).map_or(u64::MAX, |(event, _)| *event);
        match self.given.borrow().get(&presented) {
            None => self.wrong("a refresh token was presented that was never given".to_owned()),
            Some(given) if given.replaced.is_some_and(|replaced| replaced < locked) => {
                let used = given.used.map_or(Duration::ZERO, |used| now.since(used));
                self.wrong(format!("a refresh token was presented {used:?} after its use, its successor being stored"));
            }
            Some(_) => {}
        }
        // Whoever has outlived their lock, a request on top of slow storage, cannot be waited for.
        let holds = |other: u64| self.locked.borrow().get(&other).is_none_or(|(_, at)| now.since(*at) < LOCK_BOUND);
        let asked = self.asked.borrow();
        let under_way = asked.iter().rev().take(50).any(|asked| asked.fate == Fate::UnderWay && holds(asked.worker));
        drop(asked);
        if under_way {
            self.wrong("two requests for one account's token were under way at once".to_owned());
        }
        self.asked.borrow_mut().push(Asked {
            worker,
            presented,
            gave: false,
            withheld: false,
            refused: false,
            fate: Fate::UnderWay,
        });
    }

    /// Acts on a request for a token.
    pub(super) fn token(&self, request: &HttpRequest, now: Timestamp) -> Reply {
        let Some(presented) = parameter(request, "refresh_token") else {
            return Reply::json(200, &self.grant(self.numbers.get(), now));
        };
        let accepted = self.accepts(&presented, now);
        let grant = {
            let mut given = self.given.borrow_mut();
            let Some(given) = given.get_mut(&presented) else { return self.refusal() };
            if accepted {
                given.used.get_or_insert(now);
            } else if self.kind == Kind::Cloud {
                // The breach detection: whoever uses a token again so late may have stolen it.
                self.ended.borrow_mut().insert(given.grant);
            }
            given.grant
        };
        if !accepted {
            return self.refusal();
        }
        self.refreshes.set(self.refreshes.get() + 1);
        let answer = self.grant(grant, now);
        if let Some(asked) = self.asked.borrow_mut().last_mut() {
            asked.gave = true;
        }
        Reply::json(200, &answer)
    }

    /// The last request is answered as if the server had not acted, or never.
    pub(super) fn withhold(&self) {
        self.asked.borrow_mut().iter_mut().rev().take(1).for_each(|asked| asked.withheld = true);
    }

    fn refusal(&self) -> Reply {
        match self.kind {
            Kind::Cloud => Reply::json(
                403,
                &json!({"error": "unauthorized_client", "error_description": "refresh_token is invalid"}),
            ),
            Kind::DataCenter => Reply::json(400, &json!({"error": "invalid_grant"})),
        }
    }

    fn grant(&self, grant: u64, now: Timestamp) -> Value {
        self.numbers.set(self.numbers.get() + 1);
        let (access, refresh) = (format!("access-{}", self.numbers.get()), format!("refresh-{}", self.numbers.get()));
        let end = now.after(self.lifetime.get());
        self.access.borrow_mut().insert(access.clone(), end);
        self.given.borrow_mut().insert(refresh.clone(), Given { grant, at: now, used: None, replaced: None });
        json!({"access_token": access, "refresh_token": refresh, "expires_in": self.lifetime.get().as_secs(),
            "token_type": "bearer", "scope": "READ read:jira-work read:jira-user read:me offline_access"})
    }

    /// Everything but the token endpoint.
    pub(super) fn resource(&self, request: &HttpRequest, now: Timestamp) -> Reply {
        let sent = request.headers.iter().find(|(name, _)| name == "authorization").map(|(_, value)| value.expose());
        let token = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        if self.end_of(token).is_none_or(|end| end <= now) {
            return Reply::json(401, &json!({"code": 401, "message": "Unauthorized"}));
        }
        Reply::json(
            200,
            &match () {
                () if request.url.ends_with("/accessible-resources") => {
                    json!([{"id": "site", "name": "Site", "url": "https://site.atlassian.net", "scopes": ["read:jira-work"]}])
                }
                () if request.url.ends_with("/me") => {
                    json!({"account_id": "mia", "name": "Mia", "email": "mia@example.com"})
                }
                () => json!({"key": "JIRAUSER1", "name": "mia", "displayName": "Mia", "active": true}),
            },
        )
    }
}

/// A parameter of a request for a token, whichever way it is written.
fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let body = request.text();
    if let Ok(body) = serde_json::from_str::<Value>(body) {
        return body[name].as_str().map(str::to_owned);
    }
    form_urlencoded::parse(body.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The `Date` header of this moment (RFC 9110 §5.6.7).
pub(super) fn http_date(now: Timestamp) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = now.0.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][usize::try_from(days.rem_euclid(7)).unwrap()];
    // Years that begin in March have their leap day last.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let number = usize::try_from((month + 2) % 12).unwrap();
    let year = year + era * 400 + i64::from(number < 2);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{weekday}, {of_month:02} {} {year} {hour:02}:{minute:02}:{second:02} GMT", MONTHS[number])
}

/// The most that a `Retry-After` of this server asks for.
pub(super) const LONGEST_RETRY_AFTER: Duration = MINUTE.saturating_mul(10);

#[test]
fn the_server_s_date_is_a_date() {
    use chat_for_jira::oauth::date::http_date as read;
    for moment in [0, 951_782_399_000, 951_782_400_000, 1_709_208_000_000, 1_790_000_000_000, 1_798_761_599_000] {
        assert_eq!(read(&http_date(Timestamp(moment))), Some(Timestamp(moment)));
    }
    assert_eq!(http_date(Timestamp(784_111_777_000)), "Sun, 06 Nov 1994 08:49:37 GMT");
}
