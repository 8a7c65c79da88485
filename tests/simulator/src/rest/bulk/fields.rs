//! The fields of a bulk edit, which have a form of their own there.

use serde_json::{Value, json};

/// Whether a value is a list of operations, for `update`, and not the new value itself.
pub(super) fn is_operations(value: &Value) -> bool {
    let verbs = ["add", "set", "remove"];
    let operation = |one: &Value| verbs.iter().any(|verb| one.get(verb).is_some());
    value.as_array().is_some_and(|list| list.iter().all(operation))
}

/// A number that ids are sent as, as the text that they are elsewhere.
fn id(value: &Value) -> Value {
    let text = value.as_u64().map(|number| number.to_string()).or_else(|| value.as_str().map(str::to_owned));
    text.map_or(Value::Null, |text| json!({"id": text}))
}

/// The entry of a list of fields that is meant.
fn entry<'i>(input: &'i Value, list: &str, field: &str) -> Option<&'i Value> {
    let of_field = |one: &&Value| one.get("fieldId").and_then(Value::as_str) == Some(field);
    match input.get(list)? {
        Value::Array(all) => all.iter().find(of_field),
        one => Some(one).filter(of_field),
    }
}

/// What is to be done with a list.
fn several(entry: &Value, values: Vec<Value>) -> Option<Value> {
    let each = |verb: &str| values.iter().map(|value| json!({verb: value})).collect();
    Some(match entry.get("bulkEditMultiSelectFieldOption")?.as_str()? {
        "ADD" => each("add"),
        "REMOVE" => each("remove"),
        "REPLACE" => json!([{"set": values}]),
        "REMOVE_ALL" => json!([{"set": []}]),
        _ => return None,
    })
}

/// The values of a list's entries.
fn members(entry: &Value, list: &str, one: impl Fn(&Value) -> Option<Value>) -> Option<Vec<Value>> {
    entry.get(list)?.as_array()?.iter().map(one).collect()
}

/// One field as an ordinary edit has it: its name and the new value, or the operations that make it.
pub(super) fn wish(action: &str, input: &Value) -> Option<(String, Value)> {
    let value = match action {
        "priority" => id(input.pointer("/priority/priorityId")?),
        "issuetype" => id(input.pointer("/issueType/issueTypeId")?),
        "timeoriginalestimate" => {
            json!({"originalEstimate": input.pointer("/originalEstimateField/originalEstimateField")?})
        }
        "timetracking" => json!({"remainingEstimate": input.pointer("/timeTrackingField/timeRemaining")?}),
        _ => return listed(action, input).map(|value| (action.to_owned(), value)),
    };
    let name = if action == "timeoriginalestimate" { "timetracking" } else { action };
    Some((name.to_owned(), value))
}

/// A field of those that stand in lists by their kind. An empty text clears a day, a user that is absent a person.
fn listed(action: &str, input: &Value) -> Option<Value> {
    let of = |list: &str| entry(input, list, action);
    if let Some(field) = of("singleSelectClearableUserPickerFields") {
        return Some(field.get("user").cloned().unwrap_or_default());
    }
    if let Some(field) = of("datePickerFields") {
        let day = field.pointer("/date/formattedDate")?;
        return Some(if day == "" { Value::Null } else { day.clone() });
    }
    if let Some(field) = of("labelsFields") {
        return several(field, members(field, "labels", |one| one.get("name").cloned())?);
    }
    if let Some(field) = of("multiselectComponents") {
        return several(field, members(field, "components", |one| one.get("componentId").map(id))?);
    }
    if let Some(field) = of("multipleVersionPickerFields") {
        return several(field, members(field, "versions", |one| one.get("versionId").map(id))?);
    }
    if let Some(field) = of("multipleSelectFields") {
        return Some(members(field, "options", |one| one.get("optionId").map(id))?.into());
    }
    if let Some(field) = of("singleSelectFields") {
        let option = id(field.pointer("/option/optionId")?);
        return Some(if option == json!({"id": "-1"}) { Value::Null } else { option });
    }
    let plain = [
        ("clearableNumberFields", "/value"),
        ("singleLineTextFields", "/text"),
        ("richTextFields", "/richText/adfValue"),
    ];
    plain.iter().find_map(|(list, path)| of(list)?.pointer(path).cloned())
}
