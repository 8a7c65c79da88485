//! What is left of a version: how far it is, and when it is to be out.

use super::sprint::names_field;
use super::{Scope, figure, parts, section};
use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::{Card, Figure};
use crate::chat::intent::{Choice, Question};
use crate::day;
use crate::error::Result;
use crate::jql::build::field;
use crate::platform::Platform;
use crate::vocabulary::{Kind, State};
use serde_json::Value;

/// So many versions are offered where none was named.
const OFFERED: usize = 6;

/// Tells how far the version is; asks which one, where none was named.
pub(super) async fn release<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<Option<Question>> {
    let named = scope.wanted.within.as_ref().is_some_and(|within| names_field(within, &["fixVersion"]));
    if !named {
        return which(ask).await.map(Some);
    }
    let cards = figures(ask, scope).await;
    let jql = scope.wanted.within.as_ref().map(ToString::to_string).unwrap_or_default();
    section(ask, "How far it is".to_owned(), jql, cards)?;
    Ok(None)
}

async fn which<P: Platform>(ask: &Asking<'_, P>) -> Result<Question> {
    let names = ask.names_of(&[Kind::Project, Kind::Version]).await?;
    let open = names.entries(Kind::Version).iter().filter(|version| version.state == State::None);
    let mut choices: Vec<Choice> = Vec::new();
    for version in open.take(OFFERED) {
        let text = format!("release readiness of \"{}\"", version.name.replace('"', ""));
        if !choices.iter().any(|known| known.label == version.name) {
            choices.push(Choice { label: version.name.clone(), text });
        }
    }
    Ok(Question { message: "Which version?".to_owned(), choices })
}

async fn figures<P: Platform>(ask: &Asking<'_, P>, scope: &Scope<'_>) -> Result<Vec<Card>> {
    let mut figures = vec![
        figure(ask, scope, "Done", parts::is_done()).await?,
        figure(ask, scope, "In progress", parts::in_progress()).await?,
        figure(ask, scope, "To do", field("statusCategory").eq("To Do")).await?,
    ];
    let jql = scope.query(field("fixVersion").is_not_empty()).to_string();
    let page = ask.page(&jql, &["fixVersions"], 1, None).await?;
    let versions = page.issues.first().map(|issue| issue["fields"]["fixVersions"].clone()).unwrap_or_default();
    let within = scope.wanted.within.as_ref().map(ToString::to_string).unwrap_or_default();
    let versions = versions.as_array().map(Vec::as_slice).unwrap_or_default();
    // An issue can have several versions, so only one that was named counts.
    if let Some(version) = versions.iter().find(|version| within.contains(version["name"].as_str().unwrap_or("\0"))) {
        figures.extend(date(version, scope.today));
    }
    Ok(vec![Card::Figures { figures }])
}

fn date(version: &Value, today: i64) -> Vec<Figure> {
    let Some(text) = version["releaseDate"].as_str() else { return Vec::new() };
    let mut told = vec![Figure::plain("Release date", text)];
    match day::read(text) {
        Some(day) if version["released"] != true => told.push(Figure::plain("Days left", day - today)),
        _ => told.push(Figure::plain("State", "released")),
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_days_until_a_version_is_to_be_out_are_told_and_may_be_less_than_none() {
        let told = date(&json!({"releaseDate": "2026-11-30", "released": false}), day::read("2026-12-02").unwrap());
        assert_eq!(told.iter().map(|figure| figure.value.as_str()).collect::<Vec<_>>(), ["2026-11-30", "-2"]);
        let told = date(&json!({"releaseDate": "2026-11-30", "released": true}), 0);
        assert_eq!(told[1].value, "released");
        assert!(date(&json!({"name": "1.0"}), 0).is_empty());
    }
}
