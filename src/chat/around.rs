//! What the address bar offers while somebody types there, from what is kept: nothing is asked of Jira.

use crate::app::App;
use crate::app::places;
use crate::chat::answer::stored;
use crate::error::Result;
use crate::platform::Platform;
use crate::vocabulary::{Kind, Vocabulary, folded};
use serde::Serialize;
use serde_json::Value;

/// So many lines the address bar has room for.
const MOST: usize = 6;
/// So many of them may be projects.
const PROJECTS: usize = 2;

/// One line of the address bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Suggestion {
    /// What is entered by choosing it: an issue's key, or a question.
    pub text: String,
    /// What is said of it: the issue's title, the project's name. Text from Jira.
    pub title: String,
}

/// What fits a text: issues that answers have shown lately, the latest first, then projects.
pub async fn suggestions<P: Platform>(app: &App<P>, text: &str) -> Result<Vec<Suggestion>> {
    let words: Vec<String> = folded(text).split_whitespace().map(str::to_owned).collect();
    let mut found = Vec::new();
    if words.is_empty() {
        return Ok(found);
    }
    for account in app.chatting().await? {
        let room = MOST.saturating_sub(found.len());
        let projects = projects(&*app.known_names(&account).await?, &words);
        let mut take = |card: &Value| collect(card, &words, room - projects.len().min(room), &mut found);
        stored::each_latest(app, &account.id, &mut take).await?;
        found.extend(projects);
        found.truncate(MOST);
    }
    Ok(found)
}

/// Whatever in a card has a key and a title is an issue. Answers whether there is room for more.
fn collect(card: &Value, words: &[String], room: usize, found: &mut Vec<Suggestion>) -> bool {
    match card {
        Value::Array(all) => all.iter().all(|part| collect(part, words, room, found)),
        Value::Object(parts) => {
            if let (Some(key), Some(title)) = (card["key"].as_str(), card["summary"].as_str())
                && fits(key, title, words)
                && found.iter().all(|known| known.text != key)
            {
                found.push(Suggestion { text: key.to_owned(), title: title.to_owned() });
            }
            found.len() < room && parts.values().all(|part| collect(part, words, room, found))
        }
        _ => true,
    }
}

/// Whether an issue is meant by these words: its key begins with the only one, or its title has them all.
fn fits(key: &str, title: &str, words: &[String]) -> bool {
    let title = folded(title);
    matches!(words, [word] if folded(key).starts_with(word.as_str()))
        || words.iter().all(|word| title.contains(word.as_str()))
}

fn projects(names: &Vocabulary, words: &[String]) -> Vec<Suggestion> {
    let [word] = words else { return Vec::new() };
    let begins = |name: &str| folded(name).starts_with(word.as_str());
    let fitting = names.entries(Kind::Project).iter().filter_map(|project| {
        let key = project.also.first()?;
        (begins(key) || begins(&project.name))
            .then(|| Suggestion { text: format!("open issues in {key}"), title: project.name.clone() })
    });
    fitting.take(PROJECTS).collect()
}

/// Where the issue of this key is: the page at the site that is known to have its project, else at the oldest account's. None where
/// the text is no key, or nobody can chat. Errors: `locked`, `vault_unreadable`.
pub async fn issue_address<P: Platform>(app: &App<P>, text: &str) -> Result<Option<String>> {
    let Some(key) = places::key(text) else { return Ok(None) };
    let project = key.rsplit_once('-').map_or("", |(project, _)| project);
    let accounts = app.chatting().await?;
    let mut chosen = None;
    for account in &accounts {
        if app.known_names(account).await?.find(Kind::Project, project).is_some() {
            chosen = Some(account);
            break;
        }
    }
    let site = chosen.or(accounts.first()).and_then(|account| account.chosen_site());
    Ok(site.map(|site| format!("{}/browse/{key}", site.url)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(text: &str) -> Vec<String> {
        folded(text).split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn issues_in_any_card_are_found_by_the_start_of_their_key_and_by_words_of_their_title() {
        let cards = json!([
            {"kind": "issues", "issues": [
                {"key": "MOB-1", "summary": "Login page is slow", "assignee": {"name": "Mia"}},
                {"key": "MOB-12", "summary": "Crash at start"},
                {"key": "MOB-1", "summary": "Login page is slow"}]},
            {"kind": "issue", "issue": {"key": "WEB-7", "summary": "A LOGIN by passkey", "links": [{"key": "MOB-3", "summary": "x"}]}}]);
        let found = |text: &str| {
            let mut found = Vec::new();
            collect(&cards, &words(text), 9, &mut found);
            found.into_iter().map(|each| each.text).collect::<Vec<_>>()
        };
        assert_eq!(found("mob-1"), ["MOB-1", "MOB-12"]);
        assert_eq!(found("login"), ["MOB-1", "WEB-7"]);
        assert_eq!(found("page login"), ["MOB-1"]);
        assert_eq!(found("mob-3"), ["MOB-3"]);
        assert!(found("nothing").is_empty());
    }

    #[test]
    fn no_more_are_looked_for_than_there_is_room() {
        let cards: Vec<Value> = (1..90).map(|at| json!({"key": format!("MOB-{at}"), "summary": "x"})).collect();
        let mut found = Vec::new();
        assert!(!collect(&json!(cards), &words("mob"), 3, &mut found));
        assert_eq!(found.len(), 3);
    }
}
