//! Values of fields: as Jira tells them, as it wants them back, as people read them, and whether two are the same.

use crate::jira::again;
use crate::json;
use crate::rich;
use serde_json::{Map, Value};

/// What counts of time tracking, of which Jira tells more than it takes.
pub(super) const ESTIMATES: [&str; 2] = ["originalEstimate", "remainingEstimate"];
/// Longer texts are cut where they are shown.
const LONGEST: usize = 300;

/// The shortest form that Jira takes back as the same value: of things the id, of people what names them. Names, pictures and
/// addresses change without anybody changing the field.
pub fn form(raw: &Value) -> Value {
    match raw {
        Value::Array(list) => list.iter().map(form).collect(),
        Value::Object(_) if raw["type"] == "doc" => raw.clone(),
        Value::Object(_) if raw["fields"].is_object() => json::object([("key", raw["key"].clone())]),
        Value::Object(whole) if whole.keys().any(|name| name == "timeSpent" || ESTIMATES.contains(&name.as_str())) => {
            json::object(ESTIMATES.map(|name| (name, raw[name].clone())))
        }
        Value::Object(whole) => {
            let named = ["accountId", "id", "key", "name", "value"].into_iter();
            // People of Data Center have a key too, but are written by name.
            let is_user = whole.contains_key("displayName") && !whole.contains_key("accountId");
            let name = if is_user { Some("name") } else { named.into_iter().find(|name| whole.contains_key(*name)) };
            let Some(name) = name else { return raw.clone() };
            let mut short = Map::new();
            short.insert(name.to_owned(), raw[name].clone());
            if let Some(child) = whole.get("child") {
                short.insert("child".to_owned(), form(child));
            }
            Value::Object(short)
        }
        // Sprints, as Data Center writes them.
        Value::String(text) if text.starts_with("com.atlassian.greenhopper") => match part(text, "id=") {
            Some(id) => json::object([("id", id.parse::<u64>().ok().into())]),
            None => raw.clone(),
        },
        other => other.clone(),
    }
}

/// Which of the two estimates is meant.
pub(super) fn estimate(called: &str) -> &'static str {
    let left = ["timeestimate", "remaining"].iter().any(|part| called.to_ascii_lowercase().starts_with(part));
    ESTIMATES[usize::from(left)]
}

/// What follows `name` in a text of parts with commas between.
pub(super) fn part<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let parts = text.split(['[', ',', ']']);
    parts.into_iter().find_map(|part| part.strip_prefix(name))
}

/// A value as people read it, in one line; empty for none.
pub fn shown(raw: &Value) -> String {
    let text = match raw {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_i64().map_or_else(|| number.to_string(), |whole| whole.to_string()),
        Value::Bool(on) => if *on { "yes" } else { "no" }.to_owned(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(_) if raw["type"] == "doc" => rich::plain_text(raw),
        Value::Object(_) => thing(raw),
        Value::Null => String::new(),
    };
    cut(&text)
}

fn thing(raw: &Value) -> String {
    let text = |name: &str| raw[name].as_str().filter(|text| !text.is_empty());
    let name = text("displayName").or(text("name")).or(text("value"));
    let name = name.or(text("key")).or(text("originalEstimate")).unwrap_or_default().to_owned();
    match raw["child"].is_object() {
        true => format!("{name} > {}", thing(&raw["child"])),
        false => name,
    }
}

/// A text in one line, cut where it is long; without the invisible characters that turn the direction of text.
pub fn cut(text: &str) -> String {
    crate::error::quoted(text).chars().take(LONGEST).collect()
}

/// Whether two values in the form of [`form`] are the same. Servers put lists in an order of their own, add to documents, trim
/// texts, and write numbers with a fraction.
pub fn same(now: &Value, then: &Value) -> bool {
    match (now, then) {
        (Value::Null, other) | (other, Value::Null) => is_empty(other),
        (Value::Object(now), Value::Object(then)) => {
            then.iter().all(|(name, value)| now.get(name).map_or(value.is_null(), |there| same(there, value)))
        }
        (Value::Array(now), Value::Array(then)) => {
            now.len() == then.len() && then.iter().all(|one| now.iter().any(|there| same(there, one)))
        }
        (Value::String(now), Value::String(then)) => now.trim() == then.trim(),
        (Value::Number(now), Value::Number(then)) => now.as_f64() == then.as_f64(),
        _ => now == then,
    }
}

/// Whether Jira gives a value back as it was sent. It writes spans of time, texts, documents and moments in its own way, and tells
/// things by other names than those they were sent by.
pub fn is_kept(sent: &Value) -> bool {
    match sent {
        Value::String(text) => !text.contains(char::is_control) && again::moment(text).is_none(),
        Value::Array(list) => list.iter().all(is_kept),
        Value::Object(_) => ["id", "accountId", "key"].iter().any(|name| !sent[*name].is_null()),
        _ => true,
    }
}

/// Whether a field with this value is empty.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.trim().is_empty(),
        Value::Object(fields) => !fields.is_empty() && fields.values().all(Value::is_null),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_kept_by_what_does_not_change() {
        let person = json!({"accountId": "mia", "displayName": "Mia", "avatarUrls": {"48x48": "x"}});
        assert_eq!(form(&person), json!({"accountId": "mia"}));
        assert_eq!(form(&json!({"name": "mia", "key": "k1", "displayName": "Mia"})), json!({"name": "mia"}));
        assert_eq!(form(&json!([{"id": "3", "name": "1.0"}])), json!([{"id": "3"}]));
        assert_eq!(
            form(&json!({"id": "1", "value": "A", "child": {"id": "2", "value": "B"}})),
            json!({"id": "1", "child": {"id": "2"}})
        );
        assert_eq!(form(&json!(["a", "b"])), json!(["a", "b"]));
    }

    #[test]
    fn the_same_value_is_found_however_a_server_writes_it() {
        assert!(same(&json!(["b", "a"]), &json!(["a", "b"])) && !same(&json!(["a"]), &json!(["a", "b"])));
        assert!(same(&json!(5.0), &json!(5)) && !same(&json!(5.5), &json!(5)));
        assert!(same(&json!(null), &json!([])) && same(&json!(null), &json!({"accountId": null})));
        assert!(
            !same(&json!({"accountId": "a"}), &json!({"accountId": null})) && !same(&json!(null), &json!({"id": "1"}))
        );
        assert!(same(&json!(" x "), &json!("x")));
    }

    #[test]
    fn estimates_are_all_that_counts_of_time_tracking() {
        let told = json!({"originalEstimate": "1d", "originalEstimateSeconds": 28800, "timeSpent": "2h"});
        assert_eq!(form(&told), json!({"originalEstimate": "1d", "remainingEstimate": null}));
        let none = json!({"originalEstimate": null, "remainingEstimate": null});
        assert!(same(&form(&json!({})), &none) && !same(&form(&told), &none));
    }

    #[test]
    fn what_jira_writes_in_its_own_way_is_known() {
        for sent in [
            json!(null),
            json!(8),
            json!("New"),
            json!(["a"]),
            json!({"id": "1"}),
            json!([{"id": 1}]),
            json!("2026-11-30"),
        ] {
            assert!(is_kept(&sent), "{sent}");
        }
        let other = [
            json!({"originalEstimate": "8h"}),
            json!("two\nlines"),
            json!("2026-11-30T00:00:00.000+0000"),
            json!({"type": "doc", "content": []}),
            json!([{"name": "1.0"}]),
        ];
        for sent in other {
            assert!(!is_kept(&sent), "{sent}");
        }
    }

    #[test]
    fn people_read_names() {
        assert_eq!(shown(&json!({"id": "1", "value": "A", "child": {"value": "B"}})), "A > B");
        assert_eq!(shown(&json!([{"name": "1.0"}, {"name": "2.0"}])), "1.0, 2.0");
        assert_eq!(shown(&json!(5.0)), "5.0");
        assert_eq!(shown(&json!("a\u{202e}b\nc")), "a b c");
        assert_eq!(shown(&json!(null)), "");
    }
}
