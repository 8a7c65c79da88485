//! People.

use super::call::{Answer, Call, Refused};
use super::{Place, Product, refusal};
use crate::data::User;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

/// A person as other answers hold one.
pub(crate) fn user(place: &Place, user: &User) -> Value {
    let picture = user.avatar(&place.base);
    let avatars = json!({
        "48x48": picture, "24x24": format!("{picture}?size=24"),
        "16x16": format!("{picture}?size=16"), "32x32": format!("{picture}?size=32"),
    });
    match place.product {
        Product::Cloud => json!({
            "self": format!("{}/user?accountId={}", place.rest, user.account_id), "accountId": user.account_id,
            "emailAddress": user.email, "avatarUrls": avatars, "displayName": user.display_name, "active": user.active,
            "timeZone": user.zone_name(), "accountType": user.account_type,
        }),
        Product::DataCenter => json!({
            "self": format!("{}/user?username={}", place.rest, user.name), "name": user.name,
            "key": format!("JIRAUSER{}", crate::random::fingerprint(&user.name)), "emailAddress": user.email,
            "avatarUrls": avatars, "displayName": user.display_name, "active": user.active, "timeZone": user.zone_name(),
        }),
    }
}

impl Call {
    /// The person that this product knows by this name: an accountId at Cloud, a short name at Data Center.
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        self.site.users.iter().find(|user| if self.cloud() { user.account_id == name } else { user.name == name })
    }

    /// Refuses what names people in a way that Cloud gave up.
    pub(crate) fn only_account_ids(&self) -> Result<(), Refused> {
        let old = ["username", "userKey", "key"].iter().find(|name| self.query.get(name).is_some());
        match old.filter(|_| self.cloud()) {
            None => Ok(()),
            Some(name) => {
                let text = format!("The query parameter '{name}' is not supported in GDPR strict mode.");
                Err(refusal::bad(&text).into())
            }
        }
    }
}

/// `GET myself`
pub(crate) async fn myself(call: Call) -> Answer {
    let person = call.site.user(&call.caller.user);
    let person = person.ok_or_else(|| refusal::of(StatusCode::NOT_FOUND, &["The user does not exist.".into()]))?;
    let mut value = user(&call.place, person);
    value["locale"] = "en_GB".into();
    value["groups"] = json!({"size": 1, "items": []});
    value["applicationRoles"] = json!({"size": 1, "items": []});
    value["expand"] = "groups,applicationRoles".into();
    Ok(Json(value).into_response())
}

/// `GET user?accountId=…` (Data Center: `username`)
pub(crate) async fn show(call: Call) -> Answer {
    call.only_account_ids()?;
    let name = call.query.get(if call.cloud() { "accountId" } else { "username" }).unwrap_or_default();
    let none = || refusal::of(StatusCode::NOT_FOUND, &["The user does not exist.".into()]);
    let found = call.user(name).ok_or_else(none)?;
    Ok(Json(user(&call.place, found)).into_response())
}

/// Whether a search for `wanted` (small letters) finds a person: by the beginning of a word of the name or the mail address.
fn matches(user: &User, wanted: &str) -> bool {
    let texts = [user.display_name.to_lowercase(), user.email.to_lowercase(), user.name.to_lowercase()];
    let word = |text: &String| text.split([' ', '.', '@']).any(|word| word.starts_with(wanted));
    texts.iter().any(|text| text.starts_with(wanted)) || texts.iter().any(word)
}

/// The people that a search finds, in the order of their names.
fn search(call: &Call, fits: impl Fn(&User) -> bool) -> Answer {
    let (start, limit) = (call.number("startAt", 0)?, call.number("maxResults", 50)?.min(1000));
    let text = call.query.get("query").or_else(|| call.query.get("username").filter(|_| !call.cloud()));
    let id = call.query.get("accountId");
    let wanted = text.unwrap_or_default().to_lowercase();
    let all = |wanted: &str| wanted.is_empty() || wanted == "." || wanted == "%";
    let mut found: Vec<&User> = call
        .site
        .users
        .iter()
        .filter(|one| fits(one) && (all(&wanted) || matches(one, &wanted)) && id.is_none_or(|id| one.account_id == id))
        .collect();
    found.sort_by(|left, right| left.display_name.cmp(&right.display_name));
    let page: Vec<Value> = found.into_iter().skip(start).take(limit).map(|one| user(&call.place, one)).collect();
    Ok(Json(page).into_response())
}

/// `GET user/search`: Cloud wants `query` or `accountId`, Data Center `username`. Data Center leaves out who is not active.
pub(crate) async fn find(call: Call) -> Answer {
    call.only_account_ids()?;
    let asked = ["query", "accountId", "property", "username"].iter().any(|name| call.query.get(name).is_some());
    if !asked {
        let text = if call.cloud() {
            "The 'query', 'accountId' or 'property' query parameter needs to be provided."
        } else {
            "The username query parameter was not provided"
        };
        return Err(refusal::bad(text).into());
    }
    let inactive = call.query.get("includeInactive") == Some("true");
    search(&call, |user| call.cloud() || user.active || inactive)
}

/// `GET users/search`: everybody.
pub(crate) async fn everybody(call: Call) -> Answer {
    search(&call, |_| true)
}

/// `GET groups/picker`: groups whose names hold `query`, 20 unless more are asked for.
pub(crate) async fn groups(call: Call) -> Answer {
    let limit = call.number("maxResults", 20)?;
    let wanted = call.query.get("query").unwrap_or_default().to_lowercase();
    let all: Vec<_> = call.site.groups.iter().filter(|group| group.name.to_lowercase().contains(&wanted)).collect();
    let one = |group: &&crate::data::model::Group| {
        let mut value = json!({"name": group.name, "html": group.name, "labels": []});
        if call.cloud() {
            value["groupId"] = group.id.as_str().into();
        }
        value
    };
    let shown: Vec<Value> = all.iter().take(limit).map(one).collect();
    let header = format!("Showing {} of {} matching groups", shown.len(), all.len());
    Ok(Json(json!({"header": header, "total": all.len(), "groups": shown})).into_response())
}

/// `GET user/assignable/search`: for a project or an issue.
pub(crate) async fn assignable(call: Call) -> Answer {
    call.only_account_ids()?;
    let issue = call.query.get("issueKey").or_else(|| call.query.get("issueId"));
    let known = match (call.query.get("project"), issue) {
        (Some(project), _) => {
            call.project_or_refuse(project)?;
            true
        }
        (None, Some(key)) => {
            call.find(key)?;
            true
        }
        (None, None) => false,
    };
    if !known {
        return Err(refusal::bad("Either the 'project' or the 'issueKey' query parameter needs to be provided.").into());
    }
    search(&call, |user| user.active && user.account_type == "atlassian")
}

#[cfg(test)]
mod tests;
