//! Scopes that are asked for only when they are needed.

use crate::oauth::client::Registration;
use crate::oauth::provider::ProviderKind;

/// What scopes begin with that change something in Jira (developer.atlassian.com/cloud/jira/platform/scopes-for-oauth-2-3lo-and-forge-apps).
const CHANGING: [&str; 3] = ["write:", "delete:", "manage:"];

/// At Jira Cloud, `made` asks for the scopes of the `known` client and for `more` too: a new consent replaces the old one, so it is
/// always for all of them. If `read_only`, none that changes anything is asked for.
pub fn widen(made: &mut Registration, known: &[String], more: &[String], read_only: bool) {
    if made.provider != ProviderKind::JiraCloud || made.is_made_by_hand() {
        return;
    }
    for scope in known.iter().chain(more) {
        if !made.scopes.contains(scope) && is_scope(scope) {
            made.scopes.push(scope.clone());
        }
    }
    if read_only {
        made.scopes.retain(|scope| !CHANGING.iter().any(|start| scope.starts_with(start)));
    }
}

/// RFC 6749 §3.3.
fn is_scope(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && c != '"' && c != '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(scopes: &[&str]) -> Vec<String> {
        scopes.iter().map(|scope| (*scope).to_owned()).collect()
    }

    fn widened(provider: ProviderKind, read_only: bool) -> Vec<String> {
        let mut made =
            Registration { provider, scopes: owned(&["read:jira-work", "offline_access"]), ..Registration::default() };
        let more = owned(&["write:jira-work", "read:jira-work", "two words", ""]);
        widen(&mut made, &owned(&["read:sprint:jira-software"]), &more, read_only);
        made.scopes
    }

    #[test]
    fn all_scopes_are_asked_for_together_and_each_once() {
        let all = ["read:jira-work", "offline_access", "read:sprint:jira-software", "write:jira-work"];
        assert_eq!(widened(ProviderKind::JiraCloud, false), all);
    }

    #[test]
    fn who_may_only_read_is_asked_for_nothing_that_changes() {
        let all = ["read:jira-work", "offline_access", "read:sprint:jira-software"];
        assert_eq!(widened(ProviderKind::JiraCloud, true), all);
    }

    #[test]
    fn other_providers_have_other_scopes() {
        assert_eq!(widened(ProviderKind::JiraDataCenter, true), ["read:jira-work", "offline_access"]);
    }
}
