//! Whether an account really works: tried out, step by step.

use crate::app::App;
use crate::error::{Error, Result};
use crate::jira::people;
use crate::platform::Platform;
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
        self.add(&mut test, ConnectionStep::Token, began, Ok(String::new()));
        let began = self.now();
        let asked = people::Asked { platform: self.platform(), client, token: &token.secret };
        let sites = asked.sites().await;
        let chosen = sites.map(|sites| {
            let chosen = account.chosen_site().and_then(|chosen| sites.iter().find(|site| site.id == chosen.id));
            (chosen.map(|site| site.name.clone()).unwrap_or_default(), sites)
        });
        let (name, sites) = match chosen {
            Ok(found) => found,
            Err(problem) => {
                self.add(&mut test, ConnectionStep::Site, began, Err(problem));
                return Ok(test);
            }
        };
        if !sites.is_empty() {
            self.add(&mut test, ConnectionStep::Site, began, Ok(name));
        }
        let began = self.now();
        let person = asked.identity(&sites, None).await;
        self.add(&mut test, ConnectionStep::Person, began, person.map(|person| person.name));
        Ok(test)
    }

    fn add(
        &self,
        test: &mut ConnectionTest,
        step: ConnectionStep,
        began: crate::platform::Timestamp,
        outcome: Result<String>,
    ) {
        let took_ms = u32::try_from(self.now().since(began).min(Duration::from_secs(3600)).as_millis()).unwrap_or(0);
        let (found, problem) = match outcome {
            Ok(found) => (found, None),
            Err(problem) => (String::new(), Some(problem)),
        };
        test.ok &= problem.is_none();
        test.steps.push(StepResult { step, problem, took_ms, found });
    }
}
