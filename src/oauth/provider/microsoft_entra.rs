//! Microsoft Entra ID, version 2.0 of its endpoints.
//!
//! Sources: learn.microsoft.com/entra/identity-platform (v2-oauth2-auth-code-flow, v2-oauth2-client-creds-grant-flow,
//! refresh-tokens, reference-error-codes). A request with an `Origin` is taken for a single-page app's, so the two kinds of app
//! need two kinds of request; see [`crate::oauth::rules`].

use super::{Manners, STANDARD, days};

/// Where people sign in.
pub const LOGIN_ROOT: &str = "https://login.microsoftonline.com";
/// Where OpenID Connect's user info is.
pub const GRAPH_ROOT: &str = "https://graph.microsoft.com";
/// Who signed in, and a refresh token. What an app is for comes on top.
pub const SCOPES: &[&str] = &["openid", "profile", "email", "offline_access"];
/// A machine asks for all that its app was allowed, of one resource; this one unless another was typed.
pub const MACHINE_SCOPE: &str = "https://graph.microsoft.com/.default";
/// Put behind the token endpoint of apps that are not single-page ones, which makes an address of their own for the rule that
/// leaves out `Origin`: both kinds may be signed in to one tenant. Microsoft's own libraries name themselves in this way.
pub const NOT_SINGLE_PAGE: &str = "x-client-SKU=chat-for-jira";

pub(super) const MANNERS: Manners = Manners {
    manage_url: Some("https://myapps.microsoft.com"),
    name: "Microsoft Entra",
    inactivity: Some(days(90)),
    single_page_limit: Some(days(1)),
    advice: &[
        (
            "AADSTS9002326",
            "This app is not registered as a single-page one, and the browser named its origin. Allow the extension to change \
             that header (connect again), or choose “single-page app” and register the redirect address as such.",
        ),
        (
            "AADSTS9002327",
            "This app is registered as a single-page one. Choose “single-page app” here, or register the redirect address \
             under “Web” or “Mobile and desktop applications” instead.",
        ),
        ("AADSTS7000215", "The client secret is wrong. Paste the secret's value, not its id."),
        ("AADSTS7000222", "The client secret has expired. Make a new one for the app and paste it."),
        ("AADSTS7000218", "This app wants a client secret. Paste it, or allow public client flows for the app."),
        ("AADSTS700025", "This app is a public one and takes no client secret. Choose the public client."),
        ("AADSTS700016", "There is no such app in this tenant. Check the client id and the tenant."),
        ("AADSTS90002", "There is no such tenant. Check the tenant's id or domain."),
        ("AADSTS50011", "The redirect address above is not registered with the app. Add it there."),
        ("AADSTS700054", "The app does not allow this kind of sign-in. Register the redirect address with the app."),
        ("AADSTS70011", "One of the scopes does not exist or does not belong to the same service. Check the scopes."),
        ("AADSTS28000", "Ask for the scopes of one service only. Check the scopes."),
        ("AADSTS1002012", "A machine asks for one scope that ends with /.default. Check the scopes."),
    ],
    ..STANDARD
};

/// Whether a text can be a tenant: `common`, `organizations`, `consumers`, an id, or a domain.
pub fn is_tenant(text: &str) -> bool {
    (1..=253).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        && !text.starts_with('.')
}

/// What the tenant calls itself. Only its id is part of that name; for other names of it, and for several tenants, any id is
/// taken.
pub fn issuer(root: &str, tenant: &str) -> String {
    let is_id = tenant.len() == 36 && tenant.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let id = if is_id { tenant.to_ascii_lowercase() } else { "{tenantid}".to_owned() };
    format!("{root}/{id}/v2.0")
}
