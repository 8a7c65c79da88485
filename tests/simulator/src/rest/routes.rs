//! Which address does what. What both products have is written once.

use super::{
    agile, attachments, bulk, comments, field_list, history, issue, links, many, metadata, people, permissions,
    queries, rank, screen, search, transitions, watch, worklogs, write,
};
use crate::state::Sim;
use axum::Router;
use axum::routing::{MethodRouter, get, post, put};

/// Where the REST API of Cloud is.
pub(crate) const CLOUD: &str = "/api/ex/jira/{cloud_id}/rest/api/3";
/// Where Data Center's is.
pub(crate) const DATA_CENTER: &str = "/dc/rest/api/2";

/// Everything of both products with its whole path. The control API lists it, so that a test can tell what nothing exercises.
pub(crate) fn all() -> Vec<(String, MethodRouter<Sim>)> {
    let mut all = Vec::new();
    let mut under = |root: &str, routes: Routes| {
        all.extend(routes.into_iter().map(|(path, methods)| (format!("{root}/{path}"), methods)));
    };
    for root in [CLOUD, DATA_CENTER] {
        under(root, of_issues());
        under(root, of_the_site());
        under(&root.replace("/api/3", "/agile/1.0").replace("/api/2", "/agile/1.0"), of_boards());
    }
    under(CLOUD, cloud());
    under(DATA_CENTER, data_center());
    under("/dc", vec![("secure/attachment/{id}/{name}", get(attachments::secure))]);
    under("", vec![("media/{site}/{id}/{ticket}", get(attachments::media))]);
    all
}

/// All of it, ready to be asked.
pub(crate) fn router() -> Router<Sim> {
    all().into_iter().fold(Router::new(), |router, (path, methods)| router.route(&path, methods))
}

type Routes = Vec<(&'static str, MethodRouter<Sim>)>;

fn of_issues() -> Routes {
    vec![
        ("issue", post(write::create)),
        ("issue/{key}", get(issue::show).put(write::edit).delete(write::delete)),
        ("issue/{key}/assignee", put(write::assign)),
        ("issue/{key}/editmeta", get(screen::edit)),
        ("issue/{key}/transitions", get(transitions::list).post(transitions::take)),
        ("issue/{key}/comment", get(comments::list).post(comments::add)),
        ("issue/{key}/comment/{id}", get(comments::show).put(comments::edit).delete(comments::delete)),
        ("issue/{key}/worklog", get(worklogs::list).post(worklogs::add)),
        ("issue/{key}/worklog/{id}", get(worklogs::show).put(worklogs::edit).delete(worklogs::delete)),
        ("issue/{key}/watchers", get(watch::watchers).post(watch::watch).delete(watch::unwatch)),
        ("issue/{key}/votes", get(watch::votes).post(watch::vote).delete(watch::unvote)),
        ("issue/{key}/changelog", get(history::list)),
        ("issue/createmeta/{project}/issuetypes", get(screen::types)),
        ("issue/createmeta/{project}/issuetypes/{id}", get(screen::fields)),
        ("issue/bulk", post(many::create)),
        ("issue/{key}/attachments", post(attachments::add)),
        ("attachment/{id}", get(attachments::show).delete(attachments::delete)),
        ("attachment/meta", get(attachments::settings)),
        ("issueLink", post(links::add)),
        ("issueLink/{id}", get(links::show).delete(links::delete)),
        ("issueLinkType", get(links::types)),
    ]
}

fn of_boards() -> Routes {
    vec![
        ("board", get(agile::boards)),
        ("board/{id}", get(agile::one_board)),
        ("board/{id}/configuration", get(agile::configuration)),
        ("board/{id}/sprint", get(agile::sprints)),
        ("board/{id}/issue", get(agile::of_board)),
        ("board/{id}/backlog", get(agile::backlog)),
        ("board/{id}/epic", get(agile::epics)),
        ("sprint", post(agile::create)),
        ("sprint/{id}", get(agile::one_sprint).post(agile::update).put(agile::update)),
        ("sprint/{id}/issue", get(agile::of_sprint).post(agile::plan)),
        ("backlog/issue", post(agile::unplan)),
        ("issue/rank", put(rank::put)),
    ]
}

fn of_the_site() -> Routes {
    vec![
        ("myself", get(people::myself)),
        ("groups/picker", get(people::groups)),
        ("mypermissions", get(permissions::mine)),
        ("user", get(people::show)),
        ("user/search", get(people::find)),
        ("user/assignable/search", get(people::assignable)),
        ("field", get(field_list::list)),
        ("issuetype", get(metadata::types)),
        ("issuetype/{id}", get(metadata::one_type)),
        ("status", get(metadata::statuses)),
        ("status/{id}", get(metadata::status)),
        ("statuscategory", get(metadata::categories)),
        ("priority", get(metadata::priorities)),
        ("resolution", get(metadata::resolutions)),
        ("configuration", get(metadata::configuration)),
        ("project/{key}", get(metadata::project)),
        ("project/{key}/components", get(metadata::components)),
        ("project/{key}/versions", get(metadata::versions)),
        ("project/{key}/version", get(metadata::search_versions)),
        ("project/{key}/statuses", get(metadata::of_types)),
        ("jql/autocompletedata", get(queries::reference)),
    ]
}

/// What only Cloud has.
fn cloud() -> Routes {
    vec![
        ("search/jql", get(search::by_query).post(search::by_body)),
        ("search/approximate-count", post(search::count)),
        ("search", get(search::removed).post(search::removed)),
        ("jql/parse", post(queries::parse)),
        ("jql/match", post(queries::matches)),
        ("issue/bulkfetch", post(many::fetch)),
        ("changelog/bulkfetch", post(history::of_many)),
        ("bulk/issues/fields", post(bulk::edit)),
        ("bulk/issues/move", post(bulk::relocate)),
        ("bulk/issues/transition", post(bulk::transition)),
        ("bulk/issues/delete", post(bulk::delete)),
        ("bulk/queue/{id}", get(bulk::progress)),
        ("attachment/content/{id}", get(attachments::download)),
        ("users/search", get(people::everybody)),
        ("priority/search", get(metadata::search_priorities)),
        ("resolution/search", get(metadata::search_resolutions)),
        ("project/search", get(super::project::search)),
        ("project/{key}/component", get(metadata::search_components)),
        ("label", get(metadata::labels)),
        ("serverInfo", get(metadata::server_info)),
    ]
}

/// What only Data Center has.
fn data_center() -> Routes {
    vec![
        ("serverInfo", get(super::data_center::server_info)),
        ("search", get(super::data_center::by_query).post(super::data_center::by_body)),
        ("project", get(super::project::list)),
    ]
}
