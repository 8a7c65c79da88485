//! Headers that browsers add to our requests and some servers do not bear.

use crate::oauth::client::Registration;
use crate::oauth::provider::ProviderKind;
use crate::platform::HeaderRule;

/// The permission that changing them needs; optional, asked for with the host.
pub const PERMISSION: &str = "declarativeNetRequestWithHostAccess";

/// What we call ourselves where a browser's name is refused.
const USER_AGENT: &str = "chat-for-jira";

/// The rules that these registrations need, each once. Session rules end with the browser: they are set anew at every start of
/// the worker, and before a sign-in that needs one.
pub fn rules_for<'a>(registrations: impl IntoIterator<Item = &'a Registration>) -> Vec<HeaderRule> {
    let mut found: Vec<HeaderRule> = Vec::new();
    for rule in registrations.into_iter().filter_map(rule) {
        if !found.contains(&rule) {
            found.push(rule);
        }
    }
    found
}

/// The rule that a registration needs.
pub fn rule(registration: &Registration) -> Option<HeaderRule> {
    // Jira's protection against forged requests refuses writes that look like a browser's, unless they carry a bearer token of
    // OAuth.
    if registration.is_made_by_hand() {
        let below = if registration.provider == ProviderKind::JiraCloud { "/ex/jira/" } else { "/rest/" };
        let url_prefix = format!("{}{below}", registration.api_root);
        return Some(HeaderRule { url_prefix, drop_origin: true, user_agent: Some(USER_AGENT) });
    }
    // Entra takes a request with an origin for a single-page app's, and only those may have one.
    (registration.provider == ProviderKind::MicrosoftEntra && !registration.single_page).then(|| HeaderRule {
        url_prefix: registration.token_endpoint.clone(),
        drop_origin: true,
        user_agent: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::client::GrantKind;

    fn entra(single_page: bool, token_endpoint: &str) -> Registration {
        let (provider, token_endpoint) = (ProviderKind::MicrosoftEntra, token_endpoint.to_owned());
        Registration { provider, single_page, token_endpoint, ..Registration::default() }
    }

    #[test]
    fn only_what_a_server_does_not_bear_is_changed_and_each_place_once() {
        let by_hand = |provider, grant| Registration {
            provider,
            grant,
            api_root: "https://jira.example.com".into(),
            ..Registration::default()
        };
        let all = [
            entra(true, "https://login.microsoftonline.com/a/oauth2/v2.0/token"),
            entra(false, "https://login.microsoftonline.com/b/oauth2/v2.0/token"),
            entra(false, "https://login.microsoftonline.com/b/oauth2/v2.0/token"),
            by_hand(ProviderKind::JiraDataCenter, GrantKind::PersonalAccessToken),
            by_hand(ProviderKind::JiraDataCenter, GrantKind::AuthorizationCode),
            by_hand(ProviderKind::JiraCloud, GrantKind::ApiToken),
        ];
        let rules = rules_for(&all);
        let shown: Vec<_> = rules.iter().map(|rule| (rule.url_prefix.as_str(), rule.user_agent)).collect();
        assert_eq!(
            shown,
            [
                ("https://login.microsoftonline.com/b/oauth2/v2.0/token", None),
                ("https://jira.example.com/rest/", Some("chat-for-jira")),
                ("https://jira.example.com/ex/jira/", Some("chat-for-jira")),
            ]
        );
        assert!(rules.iter().all(|rule| rule.drop_origin));
    }
}
