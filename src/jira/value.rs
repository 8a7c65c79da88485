//! The values of an issue's fields, whatever they hold, as people read them and as queries name them.

use crate::rich;
use serde_json::Value;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As people read it.
    pub text: String,
    /// As queries name it: an account id, a key, a name, the id of a sprint.
    pub id: String,
}

/// The values in a field, in Jira's order; none for an empty field.
pub fn pieces(value: &Value) -> Vec<Piece> {
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

/// All values of a field as one line.
pub fn line(value: &Value) -> String {
    let texts: Vec<String> = pieces(value).into_iter().map(|piece| piece.text).collect();
    texts.join(", ")
}

fn collect(value: &Value, found: &mut Vec<Piece>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => found.push(plain(&value.to_string())),
        Value::String(text) => found.extend(of_text(text)),
        Value::Object(_) => found.extend(of_object(value).filter(|piece| !piece.text.is_empty())),
    }
}

fn plain(text: &str) -> Piece {
    Piece { text: text.to_owned(), id: text.to_owned() }
}

/// Data Center writes its sprints as texts: `…Sprint@1f[id=7,state=ACTIVE,name=Sprint 7,goal=…]`.
fn of_text(text: &str) -> Option<Piece> {
    let inner = text.split_once(".Sprint@").and_then(|(_, rest)| rest.split_once('['));
    let Some((_, inner)) = inner else {
        let line = text.trim();
        return (!line.is_empty()).then(|| plain(line));
    };
    let part = |name: &str| inner.split(',').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    Some(Piece { text: part("name")?.to_owned(), id: part("id")?.to_owned() })
}

fn of_object(value: &Value) -> Option<Piece> {
    let text = |name: &str| value[name].as_str().map(str::to_owned);
    if value["type"] == "doc" {
        return Some(plain(&rich::plain_text(value)));
    }
    if let Some(name) = text("displayName") {
        let id = text("accountId").or_else(|| text("name")).unwrap_or_default();
        return Some(Piece { text: name, id });
    }
    if let Some(chosen) = text("value") {
        let below = value["child"]["value"].as_str().map(|below| format!("{chosen} – {below}"));
        return Some(Piece { text: below.unwrap_or_else(|| chosen.clone()), id: chosen });
    }
    if let Some(key) = text("key").filter(|_| value["fields"].is_object()) {
        let summary = value["fields"]["summary"].as_str().unwrap_or_default();
        return Some(Piece { text: format!("{key} {summary}").trim().to_owned(), id: key });
    }
    if let Some(name) = text("name") {
        let is_sprint = value.get("boardId").is_some() || value.get("state").is_some();
        let id = match (is_sprint, &value["id"]) {
            (true, Value::Number(id)) => id.to_string(),
            // A project's key; a status has none.
            _ => text("key").unwrap_or_else(|| name.clone()),
        };
        return Some(Piece { text: name, id });
    }
    let counted = ["watchCount", "votes", "total", "percent"];
    let count = counted.iter().find_map(|name| value[*name].as_u64()).map(|count| plain(&count.to_string()));
    count.or_else(|| text("key").as_deref().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_of_value_is_read_as_people_read_it() {
        let sprint =
            "com.atlassian.greenhopper.service.sprint.Sprint@1f[id=7,rapidViewId=1,state=ACTIVE,name=Sprint 7,goal=]";
        for (value, text, id) in [
            (json!("A day"), "A day", "A day"),
            (json!(5.5), "5.5", "5.5"),
            (json!({"displayName": "Mia", "accountId": "1:m", "name": "x"}), "Mia", "1:m"),
            (json!({"displayName": "Mia", "name": "mia"}), "Mia", "mia"),
            (json!({"value": "Red", "child": {"value": "Dark"}}), "Red – Dark", "Red"),
            (json!({"id": 7, "name": "Sprint 7", "state": "active", "boardId": 1}), "Sprint 7", "7"),
            (json!(sprint), "Sprint 7", "7"),
            (json!({"key": "MOB", "name": "Mobile"}), "Mobile", "MOB"),
            (json!({"id": "1", "name": "High", "iconUrl": "x"}), "High", "High"),
            (json!({"key": "A-1", "fields": {"summary": "Top"}}), "A-1 Top", "A-1"),
            (json!({"watchCount": 3, "isWatching": true}), "3", "3"),
        ] {
            assert_eq!(pieces(&value), [Piece { text: text.into(), id: id.into() }], "{value}");
        }
    }

    #[test]
    fn lists_are_joined_and_nothing_is_nothing() {
        assert_eq!(line(&json!([{"name": "Web"}, {"name": "App"}])), "Web, App");
        for nothing in [json!(null), json!([]), json!({}), json!(""), json!([null, {"odd": [1]}])] {
            assert_eq!(line(&nothing), "", "{nothing}");
        }
    }
}
