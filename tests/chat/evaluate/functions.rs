//! Functions that give names.

use super::{Checked, Held, World};
use chat_for_jira::jql::ast::Function;
use chat_for_jira::vocabulary::{Kind as Names, State};

/// What a function gives for a field, in stored forms.
pub(super) fn values(world: &World, held: &Held, function: &Function) -> Checked<Vec<String>> {
    let name = function.name.to_lowercase();
    let argument = |at: usize| function.arguments.get(at).map(|value| value.text.as_str());
    let wrong = || Err(format!("no function {}() for this field", function.name));
    let of_state = |kind: Names, state: State, id: bool| {
        let fitting = world.names.entries(kind).iter().filter(|one| one.state == state);
        let project = |one: &&chat_for_jira::vocabulary::Entry| {
            let wanted = argument(0).and_then(|text| world.names.find(Names::Project, text));
            argument(0).is_none() || wanted.is_some_and(|wanted| wanted.id == one.of)
        };
        fitting.filter(project).map(|one| if id { one.id.clone() } else { one.name.clone() }).collect::<Vec<_>>()
    };
    let is_person = matches!(held, Held::Person(_) | Held::WorklogAuthor);
    Ok(match (name.as_str(), held) {
        ("currentuser", _) if is_person => vec![world.me.clone()],
        ("membersof", _) if is_person => {
            let groups = world.site["groups"].as_array().unwrap();
            let group = groups.iter().find(|group| {
                argument(0).is_some_and(|name| group["name"].as_str().unwrap().eq_ignore_ascii_case(name))
            });
            let members = group.ok_or("the group does not exist")?["members"].as_array().unwrap();
            members.iter().map(|member| member.as_str().unwrap().to_owned()).collect()
        }
        ("opensprints", Held::Names(_, Some(Names::Sprint))) => of_state(Names::Sprint, State::Active, true),
        ("closedsprints", Held::Names(_, Some(Names::Sprint))) => of_state(Names::Sprint, State::Closed, true),
        ("futuresprints", Held::Names(_, Some(Names::Sprint))) => of_state(Names::Sprint, State::Future, true),
        ("releasedversions", Held::Names(_, Some(Names::Version))) => of_state(Names::Version, State::Released, false),
        ("unreleasedversions", Held::Names(_, Some(Names::Version))) => of_state(Names::Version, State::None, false),
        ("latestreleasedversion", Held::Names(_, Some(Names::Version))) => {
            of_state(Names::Version, State::Released, false).pop().into_iter().collect()
        }
        ("earliestunreleasedversion", Held::Names(_, Some(Names::Version))) => {
            of_state(Names::Version, State::None, false).into_iter().take(1).collect()
        }
        ("subtaskissuetypes", Held::Names(_, Some(Names::IssueType))) => {
            of_state(Names::IssueType, State::Subtask, false)
        }
        ("standardissuetypes", Held::Names(_, Some(Names::IssueType))) => {
            of_state(Names::IssueType, State::None, false)
        }
        ("watchedissues", Held::Key) => keys(world, "watcher"),
        ("votedissues", Held::Key) => keys(world, "voter"),
        ("linkedissues", Held::Key) => {
            let key = argument(0).ok_or("linkedIssues() wants a key")?;
            let issue = world
                .issues
                .iter()
                .find(|issue| issue.key.eq_ignore_ascii_case(key))
                .ok_or("the issue does not exist")?;
            let fits = |words: &str| argument(1).is_none_or(|wanted| words.eq_ignore_ascii_case(wanted));
            issue.links.iter().filter(|(words, _)| fits(words)).map(|(_, key)| key.clone()).collect()
        }
        ("componentsleadbyuser", Held::Names(_, Some(Names::Component))) => led(world, "components", argument(0))?,
        ("projectsleadbyuser", Held::Names(_, Some(Names::Project))) => led(world, "projects", argument(0))?,
        _ => return wrong(),
    })
}

fn keys(world: &World, field: &str) -> Vec<String> {
    world.issues.iter().filter(|issue| issue.held(field).contains(&world.me)).map(|issue| issue.key.clone()).collect()
}

fn led(world: &World, list: &str, who: Option<&str>) -> Checked<Vec<String>> {
    let who = who.map_or(Ok(world.me.clone()), |name| world.person(name))?;
    let data = &world.site[list];
    let all: Vec<&serde_json::Value> = match data {
        serde_json::Value::Object(by_project) => {
            by_project.values().flat_map(|list| list.as_array().unwrap()).collect()
        }
        _ => data.as_array().unwrap().iter().collect(),
    };
    let own = all.into_iter().filter(|one| one["lead"]["accountId"] == who.as_str());
    Ok(own.map(|one| one["key"].as_str().or(one["name"].as_str()).unwrap().to_owned()).collect())
}
