//! What random queries over a site are made of.

use crate::date::Date;
use serde_json::Value;

/// What queries over a site are made of. All texts are as a query writes them.
pub(super) struct Words {
    pub(super) people: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) projects: Vec<String>,
    pub(super) versions: Vec<String>,
    pub(super) keys: Vec<String>,
    /// Single words of summaries, descriptions and comments.
    pub(super) text: Vec<String>,
    pub(super) links: Vec<String>,
    /// The values of the fields that take names, by field.
    pub(super) named: Vec<(&'static str, Vec<String>)>,
    pub(super) days: Vec<String>,
}

pub(super) fn quoted(text: &str) -> String {
    chat_for_jira::jql::printer::quote(text)
}

/// The members of each thing in a list, for those that have them.
fn members(list: &Value, names: &[&str]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(quoted).or_else(|| value.as_u64().map(|id| id.to_string()));
    list.as_array().into_iter().flatten().flat_map(|one| names.iter().filter_map(|name| text(&one[*name]))).collect()
}

/// The same for lists by project.
fn all_members(by_project: &Value, names: &[&str]) -> Vec<String> {
    by_project.as_object().into_iter().flatten().flat_map(|(_, list)| members(list, names)).collect()
}

impl Words {
    pub(super) fn of(data: &Value, now: i64) -> Self {
        let (site, issues) = (&data["site"], data["issues"].as_array().unwrap());
        Self {
            people: members(&site["users"], &["accountId", "displayName", "emailAddress"])
                .into_iter()
                .filter(|name| name != "\"\"")
                .collect(),
            groups: members(&site["groups"], &["name", "groupId"]),
            projects: members(&site["projects"], &["key", "name"]),
            versions: all_members(&site["versions"], &["name"]),
            keys: issues
                .iter()
                .step_by(3)
                .flat_map(|one| [quoted(one["key"].as_str().unwrap()), quoted(one["id"].as_str().unwrap())])
                .collect(),
            text: text(issues),
            links: members(&site["issueLinkTypes"], &["name", "inward", "outward"]),
            named: named(site).into_iter().filter(|(_, values)| !values.is_empty()).collect(),
            days: (0..400).step_by(3).map(|back| quoted(&Date::of(now - back * crate::date::DAY).iso())).collect(),
        }
    }
}

fn project_categories(site: &Value) -> Vec<String> {
    let all = site["projects"].as_array().into_iter().flatten();
    all.flat_map(|one| [&one["projectCategory"]["name"], &one["projectCategory"]["id"]])
        .filter_map(Value::as_str)
        .map(quoted)
        .collect()
}

/// Single words of what people wrote.
fn text(issues: &[Value]) -> Vec<String> {
    let mut text: Vec<String> = Vec::new();
    for issue in issues.iter().step_by(7) {
        for part in [&issue["summary"], &issue["description"], &issue["comments"][0]["body"]] {
            let words = part.as_str().unwrap_or_default().split_whitespace();
            text.extend(words.filter(|word| word.chars().all(char::is_alphanumeric)).map(str::to_owned));
        }
    }
    text
}

/// The fields that take names, with theirs.
fn named(site: &Value) -> Vec<(&'static str, Vec<String>)> {
    let known = ["name", "id"];
    vec![
        ("status", members(&site["statuses"], &known)),
        (
            "statusCategory",
            ["\"To Do\"", "Done", "\"In Progress\"", "new", "indeterminate", "3", "Complete"].map(String::from).into(),
        ),
        ("issuetype", members(&site["issueTypes"], &known)),
        ("type", members(&site["issueTypes"], &["name"])),
        ("priority", members(&site["priorities"], &known)),
        ("resolution", [members(&site["resolutions"], &known), vec!["Unresolved".into()]].concat()),
        ("labels", site["labels"].as_array().into_iter().flatten().filter_map(Value::as_str).map(quoted).collect()),
        ("component", all_members(&site["components"], &known)),
        ("fixVersion", all_members(&site["versions"], &known)),
        ("affectedVersion", all_members(&site["versions"], &["name"])),
        ("sprint", members(&site["sprints"], &known)),
        ("cf[10020]", members(&site["sprints"], &["name"])),
        ("Team", members(&site["fieldOptions"]["customfield_10050"], &["value", "id"])),
        ("\"Team[Dropdown]\"", members(&site["fieldOptions"]["customfield_10050"], &["value"])),
        ("Severity", members(&site["fieldOptions"]["customfield_10052"], &["value", "id"])),
        ("flagged", vec!["Impediment".into(), "impediment".into()]),
        ("project", members(&site["projects"], &["key", "name", "id"])),
        ("category", project_categories(site)),
    ]
}
