//! Whether an account really works: tried out, step by step.

use crate::app::App;
use crate::error::{Error, Result};
use crate::jira::people::{self, Found};
use crate::platform::{Platform, Timestamp};
use crate::settings::policy;
use crate::tokens::account::Site;
use serde::Serialize;
use std::time::Duration;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ConnectionStep {
    /// A token that can be used now.
    Token,
    /// The server answers, and knows the person.
    Person,
    /// The chosen site is among those that the token may use.
    Site,
    /// The projects that the person sees there.
    Projects,
    /// The issues that changed last.
    Issues,
}

/// How one step went.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepResult {
    /// What was tried.
    pub step: ConnectionStep,
    /// What went wrong; none if nothing did.
    pub problem: Option<Error>,
    /// So long it took, milliseconds.
    pub took_ms: u32,
    /// What was found, such as the person's name; may be empty.
    pub found: String,
    /// The first of what was found, where it is many.
    pub items: Vec<String>,
}

/// How it went.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ConnectionTest {
    /// Whether every step went well.
    pub ok: bool,
    /// The steps that were tried; after one that failed there are no more.
    pub steps: Vec<StepResult>,
}

impl<P: Platform> App<P> {
    /// Tries out an account. Errors: `not_found`, `locked`.
    pub async fn try_connection(&self, id: &str) -> Result<ConnectionTest> {
        let account = self.tokens().account(id).await?;
        let mut test = ConnectionTest { ok: true, steps: Vec::new() };
        let (began, client) = (self.now(), &account.registration);
        let token = match self.tokens().access_token(id).await {
            Ok(token) => token,
            Err(problem) => {
                self.add(&mut test, ConnectionStep::Token, began, Err(problem));
                return Ok(test);
            }
        };
        self.add(&mut test, ConnectionStep::Token, began, Ok(Found::default()));
        let began = self.now();
        let asked = people::Asked { platform: self.platform(), client, token: &token.secret };
        let sites = match asked.sites().await {
            Ok(sites) => sites,
            Err(problem) => {
                self.add(&mut test, ConnectionStep::Site, began, Err(problem));
                return Ok(test);
            }
        };
        let site = account.chosen_site().and_then(|chosen| sites.iter().find(|site| site.id == chosen.id));
        if !sites.is_empty() {
            let name = site.map(|site| site.name.clone()).unwrap_or_default();
            self.add(&mut test, ConnectionStep::Site, began, Ok(Found::one(name)));
        }
        let began = self.now();
        let person = asked.identity(&sites, None).await.map(|person| Found::one(person.name));
        self.add(&mut test, ConnectionStep::Person, began, person);
        if let Some(site) = site.filter(|_| test.ok) {
            self.look_around(&mut test, &asked, site).await;
        }
        Ok(test)
    }

    /// What the person sees on the site; not where the administrator has forbidden it meanwhile.
    async fn look_around(&self, test: &mut ConnectionTest, asked: &people::Asked<'_, P>, site: &Site) {
        if !policy::read(self.platform()).await.allows_site(&site.url) {
            return;
        }
        let began = self.now();
        self.add(test, ConnectionStep::Projects, began, asked.projects(site).await);
        let began = self.now();
        self.add(test, ConnectionStep::Issues, began, asked.issues(site).await);
    }

    fn add(&self, test: &mut ConnectionTest, step: ConnectionStep, began: Timestamp, outcome: Result<Found>) {
        let took_ms = u32::try_from(self.now().since(began).min(Duration::from_secs(3600)).as_millis()).unwrap_or(0);
        let (found, problem) = match outcome {
            Ok(found) => (found, None),
            Err(problem) => (Found::default(), Some(problem)),
        };
        test.ok &= problem.is_none();
        test.steps.push(StepResult { step, problem, took_ms, found: found.what, items: found.items });
    }
}
