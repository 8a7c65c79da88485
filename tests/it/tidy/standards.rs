//! What good practice in OAuth forbids, looked for in every file that ships. The numbers are those of the checklist.

use super::{Source, rule};

/// The grants there are.
const GRANTS: [&str; 3] = ["authorization_code", "refresh_token", "client_credentials"];

/// Where programs and pages that ship are.
const SHIPPED: [&str; 3] = ["src/", "www/", "extension/"];

fn shipped(project: &[Source]) -> impl Iterator<Item = &Source> {
    project.iter().filter(|file| file.below(&SHIPPED) && !file.is_unit_test())
}

/// What of a file ships: not the tests that stand at its end.
fn without_tests(file: &Source) -> &str {
    file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// What stands in quotes right after each `name` in quotes.
fn values<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let next = |rest: &'a str| {
        let rest = rest.trim_start().strip_prefix([',', ':', '='])?.trim_start();
        rest.strip_prefix('"')?.split('"').next()
    };
    text.split(&format!("\"{name}\"")).skip(1).filter_map(next).collect()
}

/// D7: no implicit and no password grant in any code path.
fn only_these_grants(project: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in shipped(project) {
        let text = without_tests(file);
        let grants = values(text, "grant_type").into_iter().filter(|grant| !GRANTS.contains(grant));
        let types = values(text, "response_type").into_iter().filter(|kind| *kind != "code");
        // In a list of names that are ours one name follows another.
        let found = grants.chain(types).filter(|value| !["refresh_token", "response_mode"].contains(value));
        problems.extend(found.map(|value| format!("{} asks for {value}", file.path)));
        let inline = ["response_type=token", "response_type=id_token", "grant_type=password", "response_mode=fragment"];
        problems.extend(inline.iter().filter(|bad| text.contains(*bad)).map(|bad| format!("{} has {bad}", file.path)));
    }
    problems
}

/// D8: people sign in in the browser's own window, never in a frame of ours.
fn no_embedded_sign_in(project: &[Source]) -> Vec<String> {
    let frames = ["<iframe", "<webview", "<object", "<embed", "\"iframe\"", "\"webview\"", "'iframe'", "frame-src"];
    let mut problems = Vec::new();
    for file in shipped(project).chain(project.iter().filter(|file| file.path == "manifest.json")) {
        let text = without_tests(file);
        problems.extend(frames.iter().filter(|bad| text.contains(*bad)).map(|bad| format!("{} has {bad}", file.path)));
        if text.contains("launchWebAuthFlow") && file.path != "src/browser/consent.rs" {
            problems.push(format!("{} opens a sign-in window: only the consent adapter does", file.path));
        }
    }
    problems
}

/// D16: whatever is in the package is public, so no secret is.
fn no_secret_ships(project: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in shipped(project).chain(project.iter().filter(|file| file.path == "manifest.json")) {
        let text = without_tests(file);
        let typed = values(text, "client_secret").into_iter().filter(|value| value.chars().any(|c| c.is_ascii_digit()));
        problems.extend(typed.map(|_| format!("{} has a client secret in it", file.path)));
        // What Atlassian's tokens and secrets, private keys and web tokens begin with.
        for mark in ["ATATT3", "ATOA", "ATCTT3", "BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE", "eyJhbGciOi"] {
            if text.contains(mark) {
                problems.push(format!("{} has something that begins like a secret: {mark}", file.path));
            }
        }
    }
    problems
}

rule!(
    d07_no_implicit_and_no_password_grant,
    crate::tidy::standards::only_these_grants,
    [
        ("src/oauth/authorization.rs", r#"query.append_pair("response_type", "token")"#),
        ("src/oauth/token_endpoint.rs", r#"vec![("grant_type", "password")]"#),
        ("www/options/options.js", r#"const body = { "grant_type": "password" };"#),
        ("extension/backend.js", "fetch(`${url}?response_type=token`)"),
    ]
);

rule!(
    d08_people_sign_in_in_the_browser_s_own_window,
    crate::tidy::standards::no_embedded_sign_in,
    [
        ("www/options/options.html", "<iframe src=\"https://auth.atlassian.com\"></iframe>"),
        ("www/lib/dom.js", "h(\"iframe\", {})"),
        ("www/lib/extension.js", "chrome.identity.launchWebAuthFlow({})"),
        ("manifest.json", "\"frame-src https:\""),
    ]
);

rule!(
    d16_no_secret_is_in_the_package,
    crate::tidy::standards::no_secret_ships,
    [
        ("src/oauth/provider/jira_cloud.rs", r#"("client_secret", "a8f3kd93kfh2")"#),
        ("manifest.json", r#"{"client_secret": "a8f3kd93kfh2"}"#),
        ("extension/backend.js", "const token = \"ATATT3xFfGF0\";"),
    ]
);
