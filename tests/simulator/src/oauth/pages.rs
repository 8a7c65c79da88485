//! What the person sees: login, consent. Plain forms with stable ids, so that people and tests use them alike.

use super::Provider;
use super::clients;
use super::grants::Pending;
use crate::html::{self, escape};
use crate::state::Sim;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};

/// The cloudIds of the Jira sites that the person has at present.
pub(crate) fn sites(sim: &Sim) -> Vec<String> {
    let count = sim.change().settings.sites;
    sim.world().sites.iter().take(count).map(|site| site.cloud_id.clone()).collect()
}

/// Provider, client's name and expected person (in small letters) of a waiting request.
fn pending(sim: &Sim, id: &str) -> (Provider, String, Option<String>) {
    let change = sim.change();
    let request = change.grants.pending.get(id);
    let provider = request.map_or(Provider::Generic, |request| request.provider);
    let client = request.and_then(|request| clients::find(provider, &request.client));
    let hint = request.and_then(|request| request.login_hint.as_deref().map(str::to_lowercase));
    (provider, client.map(|client| client.name.to_owned()).unwrap_or_default(), hint)
}

fn error(text: Option<&str>) -> String {
    text.map(|text| format!("<p class=\"error\" id=\"error\" role=\"alert\">{}</p>", escape(text))).unwrap_or_default()
}

/// The login page of the waiting request `id`.
pub(crate) fn login(sim: &Sim, id: &str, problem: Option<&str>) -> Html<String> {
    let (provider, client, hint) = pending(sim, id);
    let expected = sim.world().users().iter().find(|user| Some(user.email.to_lowercase()) == hint);
    let me = &expected.unwrap_or_else(|| sim.world().me()).account_id;
    let people: String = sim
        .world()
        .users()
        .iter()
        .filter(|user| user.active && user.account_type == "atlassian")
        .map(|user| {
            let chosen = if user.account_id == *me { " selected" } else { "" };
            let (id, name, mail) = (escape(&user.account_id), escape(&user.display_name), escape(&user.email));
            format!("<option value=\"{id}\"{chosen}>{name} ({mail})</option>")
        })
        .collect();
    let body = format!(
        "<h1>Log in to {title} to continue to {client}</h1>{error}\
         <form method=\"post\" action=\"{root}/login\"><input type=\"hidden\" name=\"request\" value=\"{id}\">\
         <label for=\"user\">Who are you?</label><select id=\"user\" name=\"user\">{people}</select>\
         <label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"off\" aria-describedby=\"hint\">\
         <small id=\"hint\">Nobody here has a real password: leave it empty or type anything. The word “wrong” is refused.</small>\
         <div class=\"row\"><button class=\"main\" id=\"login\" type=\"submit\">Log in</button></div></form>",
        title = provider.title(),
        client = escape(&client),
        error = error(problem),
        root = provider.root(),
        id = escape(id),
    );
    html::page("Log in", &body)
}

/// The page that asks which of the people signed in shall go on, or somebody else.
pub(crate) fn accounts(sim: &Sim, provider: Provider, id: &str, people: &[String]) -> Html<String> {
    let known = people.iter().rev().filter_map(|person| sim.world().user(person));
    let buttons: String = known
        .map(|user| {
            let (id, name, mail) = (escape(&user.account_id), escape(&user.display_name), escape(&user.email));
            format!(
                "<p><button id=\"account-{id}\" name=\"user\" value=\"{id}\">{name} <small>{mail}</small></button></p>"
            )
        })
        .collect();
    let body = format!(
        "<h1>Pick an account</h1><form method=\"post\" action=\"{root}/account\">\
         <input type=\"hidden\" name=\"request\" value=\"{id}\">{buttons}\
         <p><button id=\"other-account\" name=\"user\" value=\"other\">Use another account</button></p></form>",
        root = provider.root(),
        id = escape(id),
    );
    html::page("Pick an account", &body)
}

/// The consent page for `who`: the id of the waiting request and the person's accountId.
pub(crate) fn consent(sim: &Sim, request: &Pending, who: (&str, &str), problem: Option<&str>) -> Html<String> {
    let client = clients::find(request.provider, &request.client);
    let user = sim.world().user(who.1).unwrap_or_else(|| sim.world().me());
    let words = |scope: &str| {
        let known = client.and_then(|client| client.scopes.iter().find(|(name, _)| *name == scope));
        let text = known.map_or("Use another service for you", |(_, text)| text);
        format!("<li>{} <small>({})</small></li>", escape(text), escape(scope))
    };
    let body = format!(
        "<h1>{client} wants to use your {title} account</h1>{error}\
         <p class=\"person\"><img src=\"{picture}\" alt=\"\"><span>Signed in as <b id=\"person\">{name}</b><br>\
         <small>{mail}</small></span></p><p>It will be able to:</p><ul id=\"scopes\">{scopes}</ul>\
         <form method=\"post\" action=\"{root}/consent\"><input type=\"hidden\" name=\"request\" value=\"{id}\">{sites}\
         <div class=\"row\"><button class=\"main\" id=\"accept\" name=\"decision\" value=\"accept\">Accept</button>\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></div></form>",
        client = escape(client.map_or("", |client| client.name)),
        title = request.provider.title(),
        error = error(problem),
        picture = escape(&user.avatar(sim.base())),
        name = escape(&user.display_name),
        mail = escape(&user.email),
        scopes = request.scopes.iter().map(|scope| words(scope)).collect::<String>(),
        root = request.provider.root(),
        id = escape(who.0),
        sites = site_choice(sim, request.provider),
    );
    html::page("Allow access", &body)
}

fn site_choice(sim: &Sim, provider: Provider) -> String {
    if provider != Provider::Cloud {
        return String::new();
    }
    let mine = sites(sim);
    let choices: String = sim
        .world()
        .sites
        .iter()
        .filter(|site| mine.contains(&site.cloud_id))
        .map(|site| {
            let (id, title, name) = (escape(&site.cloud_id), escape(&site.title), escape(&site.name));
            format!(
                "<label class=\"choice\"><input type=\"checkbox\" id=\"site-{id}\" name=\"site\" value=\"{id}\" checked>\
                 <span>{title} <small>({name})</small></span></label>"
            )
        })
        .collect();
    if choices.is_empty() {
        return "<p id=\"no-site\">You have no Jira site.</p>".into();
    }
    format!("<h2>On</h2>{choices}")
}

/// The form is not one that waits for an answer (sent twice, or the server was reset).
pub(crate) fn stale() -> Response {
    let page = html::message("This page is too old", "Go back to where you came from and start again.");
    (StatusCode::OK, page).into_response()
}
