//! Single values: names of lists, texts, days, numbers.

use super::Checked;
use crate::data::model::Named;
use crate::date::Date;
use serde_json::Value;

pub(super) fn name_of(value: &Value) -> Option<&str> {
    ["name", "value"].iter().find_map(|member| value.get(member)?.as_str())
}

/// Whether `value` names something, by id or name.
pub(super) fn fits(value: &Value, id: &str, name: &str) -> bool {
    match value.get("id").and_then(Value::as_str) {
        Some(given) => given == id,
        None => name_of(value) == Some(name),
    }
}

pub(super) fn said(value: &Value) -> String {
    value.get("id").and_then(Value::as_str).or_else(|| name_of(value)).unwrap_or("null").to_owned()
}

/// One of a list of names, by id or name.
pub(crate) fn one_of(list: &'static [Named], value: &Value, what: &str) -> Checked<&'static str> {
    let found = list.iter().find(|one| fits(value, one.id, one.name));
    found.map(|one| one.name).ok_or_else(|| format!("{what} '{}' is not valid", said(value)))
}

pub(super) fn option(list: &'static [(&'static str, &'static str)], value: &Value) -> Checked<Option<&'static str>> {
    if value.is_null() {
        return Ok(None);
    }
    let found = list.iter().find(|(id, name)| fits(value, id, name));
    found.map(|(_, name)| Some(*name)).ok_or_else(|| format!("Option value '{}' is not valid", said(value)))
}

pub(super) fn several(value: &Value, known: &[(&str, &str)], what: &str) -> Checked<Vec<String>> {
    let none = Vec::new();
    let one = |wanted: &Value| {
        let found = known.iter().find(|(id, name)| fits(wanted, id, name));
        found.map(|(_, name)| (*name).to_owned()).ok_or_else(|| format!("{what} name '{}' is not valid", said(wanted)))
    };
    value.as_array().unwrap_or(&none).iter().map(one).collect()
}

pub(super) fn summary(value: &Value) -> Checked<String> {
    let text = match value {
        Value::Null => "",
        value => value.as_str().ok_or("Operation value must be a string")?,
    };
    match text.trim() {
        "" => Err("You must specify a summary of the issue.".into()),
        text if text.contains('\n') => Err("The summary is invalid because it contains newline characters.".into()),
        text if text.chars().count() > 255 => Err("Summary must be less than 255 characters.".into()),
        text => Ok(text.to_owned()),
    }
}

pub(super) fn labels(value: &Value) -> Checked<Vec<String>> {
    let mut labels = Vec::new();
    for label in value.as_array().map_or(&[][..], Vec::as_slice) {
        let text = label.as_str().ok_or("string expected at index 0")?;
        if text.chars().any(char::is_whitespace) {
            return Err(format!("The label '{text}' contains spaces which is invalid."));
        }
        if text.chars().count() > 255 {
            return Err("The label is too long.".into());
        }
        if !labels.iter().any(|known| known == text) {
            labels.push(text.to_owned());
        }
    }
    Ok(labels)
}

pub(super) fn day(value: &Value) -> Checked<Option<Date>> {
    match value {
        Value::Null => Ok(None),
        value => {
            let text = value.as_str().ok_or("Operation value must be a string")?;
            Date::parse(text).map(Some).ok_or_else(|| format!("Error parsing date string: {text}"))
        }
    }
}

/// A number without a fraction. (The sample data has no halves of story points.)
pub(super) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        value.as_f64().filter(|number| number.fract() == 0.0).and_then(|number| format!("{number:.0}").parse().ok())
    })
}
