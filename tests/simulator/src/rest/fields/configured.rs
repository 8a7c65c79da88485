//! Fields whose values are configured for a site: types, statuses, versions, options.

use super::Writer;
use crate::data::catalog::{PRIORITIES, RESOLUTIONS, SEVERITIES, TEAMS, status_of, type_of};
use crate::data::model::{Component, Issue, Named, Version};
use crate::date::zulu;
use serde_json::{Value, json};

impl Writer<'_> {
    /// Fields whose values are configured: types, statuses, versions, options.
    pub(super) fn configured(&self, issue: &Issue, name: &str) -> Value {
        let rest = &self.place.rest;
        let option = |list: &[(&str, &str)], chosen: Option<&str>| {
            list.iter().find(|(_, value)| Some(*value) == chosen).map_or(
                Value::Null,
                |(id, value)| json!({"self": format!("{rest}/customFieldOption/{id}"), "value": value, "id": id}),
            )
        };
        let one = |list: &[Named], path: &str, chosen: &str| {
            list.iter().find(|named| named.name == chosen).map_or(Value::Null, |named| self.named(named, path))
        };
        match name {
            "issuetype" => self.kind(issue.kind),
            "status" => self.status(issue.status),
            "priority" => one(&PRIORITIES, "priority", issue.priority),
            "resolution" => issue.resolution.map_or(Value::Null, |chosen| one(&RESOLUTIONS, "resolution", chosen)),
            "components" => self.components(issue),
            "fixVersions" => self.versions(issue, &issue.fix_versions),
            "versions" => self.versions(issue, &issue.affected_versions),
            "customfield_10014" => issue.parent.clone().filter(|key| self.is_epic(key)).into(),
            "customfield_10020" => self.sprints(issue),
            "customfield_10021" if issue.flagged => json!([option(&[("10700", "Impediment")], Some("Impediment"))]),
            "customfield_10050" => option(&TEAMS, issue.team),
            "customfield_10052" => option(&SEVERITIES, issue.severity),
            _ => Value::Null,
        }
    }

    fn is_epic(&self, key: &str) -> bool {
        self.site.issue(key).is_some_and(|parent| parent.kind == "Epic")
    }

    /// A priority or a resolution.
    pub(crate) fn named(&self, named: &Named, path: &str) -> Value {
        let mut value = json!({"self": format!("{}/{path}/{}", self.place.rest, named.id), "id": named.id,
            "name": named.name});
        if path == "priority" {
            value["iconUrl"] =
                format!("{}/images/icons/priorities/{}.svg", self.place.base, named.name.to_lowercase()).into();
        } else {
            value["description"] = named.description.into();
        }
        value
    }

    /// A type of issue.
    pub(crate) fn kind(&self, name: &str) -> Value {
        let kind = type_of(name);
        let icon = kind.name.to_lowercase().replace([' ', '-'], "");
        json!({"self": format!("{}/issuetype/{}", self.place.rest, kind.id), "id": kind.id, "description": kind.description,
            "iconUrl": format!("{}/images/icons/issuetypes/{icon}.svg", self.place.base), "name": kind.name,
            "subtask": kind.subtask, "hierarchyLevel": kind.level})
    }

    /// A status.
    pub(crate) fn status(&self, name: &str) -> Value {
        let status = status_of(name);
        let (rest, category) = (&self.place.rest, status.category);
        json!({"self": format!("{rest}/status/{}", status.id), "description": status.description,
            "iconUrl": format!("{}/", self.place.base), "name": status.name, "id": status.id,
            "statusCategory": {"self": format!("{rest}/statuscategory/{}", category.id()), "id": category.id(),
                "key": category.key(), "colorName": category.color(), "name": category.name()}})
    }

    fn components(&self, issue: &Issue) -> Value {
        let known = self.site.project(&issue.project).map_or(&[][..], |project| &project.components);
        let mine = known.iter().filter(|component| issue.components.contains(&component.name));
        mine.map(|component| self.component(component)).collect()
    }

    /// A component.
    pub(crate) fn component(&self, component: &Component) -> Value {
        json!({"self": format!("{}/component/{}", self.place.rest, component.id), "id": component.id,
            "name": component.name})
    }

    fn versions(&self, issue: &Issue, names: &[String]) -> Value {
        let known = self.site.project(&issue.project).map_or(&[][..], |project| &project.versions);
        known.iter().filter(|version| names.contains(&version.name)).map(|version| self.version(version)).collect()
    }

    /// A version.
    pub(crate) fn version(&self, version: &Version) -> Value {
        json!({"self": format!("{}/version/{}", self.place.rest, version.id), "id": version.id,
            "name": version.name, "archived": false, "released": version.released, "releaseDate": version.date.iso()})
    }

    fn sprints(&self, issue: &Issue) -> Value {
        let found: Vec<_> = issue.sprints.iter().filter_map(|id| self.site.sprint(*id)).collect();
        if found.is_empty() {
            return Value::Null;
        }
        found
            .iter()
            .map(|sprint| {
                json!({"id": sprint.id, "name": sprint.name, "state": sprint.state.name(), "boardId": sprint.board,
                    "goal": sprint.goal, "startDate": zulu(sprint.start), "endDate": zulu(sprint.end)})
            })
            .collect()
    }
}
