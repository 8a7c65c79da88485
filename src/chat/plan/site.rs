//! What a site says to those who plan: what may be changed, by whom and how. Each thing is asked once for a plan.

use crate::app::App;
use crate::error::{Error, Result};
use crate::few::Few;
use crate::jira::Jira;
use crate::jira::edition::Edition;
use crate::jira::request::Request;
use crate::jira::requests::{issues, metadata, people};
use crate::json::text;
use crate::platform::{Platform, Timestamp};
use crate::tokens::account::Account;
use crate::vocabulary::{Kind, Vocabulary, same};
use futures_util::future::join_all;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// Up to so many issues are asked about one by one; of more, those of one project, type and status are taken to be alike.
const FEW: usize = 5;
/// So many requests are sent at the same time.
const AT_ONCE: usize = 6;
/// The permissions that a plan looks at. They are asked for together.
const PERMISSIONS: [&str; 10] = [
    "EDIT_ISSUES",
    "TRANSITION_ISSUES",
    "ASSIGN_ISSUES",
    "ADD_COMMENTS",
    "WORK_ON_ISSUES",
    "LINK_ISSUES",
    "SCHEDULE_ISSUES",
    "CREATE_ISSUES",
    "CREATE_ATTACHMENTS",
    "DELETE_ISSUES",
];

/// What is still to be asked.
pub(super) struct Want {
    place: String,
    request: Request,
    /// Whether the plan can do without it.
    is_optional: bool,
}

/// A site, as long as a plan is made for it. It answers at once, from what it was told; what it does not know yet it wants to be
/// asked for, and is `None` until then: whoever plans plans again when it is there.
pub(super) struct Site {
    pub(super) names: Rc<Vocabulary>,
    /// The id of whoever asks; on Data Center the user name.
    pub(super) me: String,
    pub(super) edition: Edition,
    pub(super) now: Timestamp,
    /// The day it is where the person is, in days since 1970-01-01.
    pub(super) today: i64,
    /// How many issues are planned for.
    pub(super) count: usize,
    told: RefCell<Few<String, Rc<Value>>>,
    wanted: RefCell<Vec<Want>>,
}

impl Site {
    /// A site of which only the names are known.
    pub(super) fn new(names: Rc<Vocabulary>, me: String, edition: Edition, (now, today): (Timestamp, i64)) -> Self {
        Self { names, me, edition, now, today, count: 0, told: RefCell::default(), wanted: RefCell::default() }
    }

    /// Asks for all that is wanted; whether there was anything. Errors: as for [`Jira::send`].
    pub(super) async fn ask<P: Platform>(&self, jira: &Jira<'_, P>) -> Result<bool> {
        let wanted = self.wanted.take();
        let is_any = !wanted.is_empty();
        for some in wanted.chunks(AT_ONCE) {
            let answers = join_all(some.iter().map(|want| jira.send(&want.request))).await;
            for (want, answer) in some.iter().zip(answers) {
                let found = match answer {
                    Err(_unanswered) if want.is_optional => Value::Null,
                    found => found?,
                };
                self.told.borrow_mut().insert(want.place.clone(), Rc::new(found));
            }
        }
        Ok(is_any)
    }

    /// What is answered to a request, which is asked once.
    pub(super) fn told(&self, request: Request) -> Option<Rc<Value>> {
        self.told_as(request.target(), request)
    }

    /// The same; `null` where it is refused.
    pub(super) fn perhaps(&self, request: Request) -> Option<Rc<Value>> {
        let found = self.told(request);
        if found.is_none()
            && let Some(want) = self.wanted.borrow_mut().last_mut()
        {
            want.is_optional = true;
        }
        found
    }

    /// The same, once for whatever goes by this name.
    pub(super) fn told_as(&self, place: String, request: Request) -> Option<Rc<Value>> {
        let known = self.told.borrow().get(&place).cloned();
        let mut wanted = self.wanted.borrow_mut();
        if known.is_none() && !wanted.iter().any(|want| want.place == place) {
            wanted.push(Want { place, request, is_optional: false });
        }
        known
    }

    /// The same for an issue and those that are alike.
    pub(super) fn told_of(&self, issue: &Value, request: Request) -> Option<Rc<Value>> {
        if self.count <= FEW {
            return self.told(request);
        }
        let fields = &issue["fields"];
        let alike = [text(&fields["project"], "key"), text(&fields["issuetype"], "id"), text(&fields["status"], "id")];
        self.told_as(format!("{} {}", request.name, alike.join(" ")), request)
    }

    /// The fields of an issue that can be edited, by their ids.
    pub(super) fn editable(&self, issue: &Value) -> Option<Rc<Value>> {
        self.told_of(issue, issues::editable_fields(text(issue, "key")))
    }

    /// Whether the person has a permission with an issue.
    pub(super) fn may(&self, issue: &Value, permission: &str) -> Option<bool> {
        let (key, project) = (text(issue, "key"), text(&issue["fields"]["project"], "key"));
        let place = if self.count <= FEW && !key.is_empty() { ("issueKey", key) } else { ("projectKey", project) };
        let told = self.told(metadata::permissions(Some(place), &PERMISSIONS))?;
        Some(told["permissions"][permission]["havePermission"] == true)
    }

    /// Whether somebody can be assigned to issues of this project.
    pub(super) fn is_assignable(&self, project: &str, id: &str, name: &str) -> Option<bool> {
        let words = if self.edition.is_cloud() { name } else { id };
        let found = self.told(people::assignable(self.edition, words, people::Assignable::Project(project)))?;
        let list = found.as_array().map_or(&[][..], Vec::as_slice);
        // A full page says nothing of those beyond it.
        Some(list.len() >= 50 || list.iter().any(|one| one[self.edition.person_field()] == id))
    }

    /// The ids of the fields that go by this id or name; the word itself where none is known.
    pub(super) fn field_ids(&self, called: &str) -> Vec<String> {
        let all = self.names.entries(Kind::Field);
        if all.iter().any(|entry| entry.id == called) {
            return vec![called.to_owned()];
        }
        let fits = |entry: &&crate::vocabulary::Entry| entry.is_called(called);
        let found: Vec<String> = all.iter().filter(fits).map(|entry| entry.id.clone()).collect();
        if found.is_empty() { vec![called.to_owned()] } else { found }
    }

    /// The key of the project that goes by this name or key.
    pub(super) fn project_key(&self, called: &str) -> Option<String> {
        let entry = self.names.find(Kind::Project, called)?;
        Some(entry.also.iter().find(|also| same(also, called)).or(entry.also.first())?.clone())
    }
}

/// The id of whoever asks; on Data Center the user name.
pub(crate) async fn whoami<P: Platform>(jira: &Jira<'_, P>, account: &Account) -> Result<String> {
    let field = jira.edition().person_field();
    if jira.edition().is_cloud() && !account.identity.id.is_empty() {
        return Ok(account.identity.id.clone());
    }
    let found = jira.send(&people::myself()).await?;
    found[field].as_str().map(str::to_owned).ok_or_else(crate::jira::error::unreadable)
}

/// What of these scopes the account was not granted, as the error that says so and offers to sign in again. Only Jira Cloud tells
/// scopes apart so, and only of sign-ins.
pub(super) async fn missing_scopes<P: Platform>(
    app: &App<P>,
    account: &Account,
    wanted: &[&'static str],
) -> Option<Error> {
    let granted = app.tokens().pair(&account.id).await?.tokens.scopes;
    let is_cloud = crate::jira::edition::Edition::of(account.registration.provider).is_cloud();
    if !is_cloud || granted.is_empty() {
        return None;
    }
    let mut missing: Vec<&str> =
        wanted.iter().copied().filter(|scope| !granted.iter().any(|one| one == scope)).collect();
    missing.dedup();
    let by_hand = account.registration.is_made_by_hand();
    (!missing.is_empty()).then(|| crate::jira::error::of_scopes(&missing, &account.id, by_hand))
}
