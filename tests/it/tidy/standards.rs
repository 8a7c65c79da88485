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

/// D26: the worker's script adds its listeners in its first turn, at the top level, before anything is waited for.
fn listeners_come_first(project: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in project.iter().filter(|file| file.path == "extension/background.js") {
        let code = file.code();
        let mut added: Vec<&str> = Vec::new();
        for line in code.lines() {
            let event = line.split_once(".addListener(").map(|(event, _)| event);
            match event {
                Some(event) if event.starts_with("chrome.") => added.push(event),
                Some(event) => problems.push(format!("{}: a listener inside something:{event}", file.path)),
                None if line.starts_with("await ") => problems.push(format!("{}: waits at the top level", file.path)),
                None => {}
            }
        }
        for event in
            ["runtime.onMessage", "runtime.onConnect", "alarms.onAlarm", "runtime.onStartup", "runtime.onInstalled"]
        {
            if !added.contains(&format!("chrome.{event}").as_str()) {
                problems.push(format!("{}: nobody listens to {event} from the first turn on", file.path));
            }
        }
    }
    problems
}

/// D32: every area of storage that content scripts could read is closed to them.
fn storage_is_closed(project: &[Source]) -> Vec<String> {
    let areas = ["local", "sync", "managed", "session"];
    let used = |area: &str| {
        let (javascript, rust) = (format!("chrome.storage.{area}"), format!("\"storage\", \"{area}\""));
        move |file: &&Source| file.text.contains(&javascript) || file.text.contains(&rust)
    };
    let closed = shipped(project).any(|file| file.text.contains("TRUSTED_CONTEXTS") && used("local")(&file));
    let mut problems = Vec::new();
    for file in shipped(project).filter(|file| areas.iter().any(|area| used(area)(file))) {
        if used("local")(&file) && !closed {
            problems.push(format!("{} uses storage.local, which is open to content scripts", file.path));
        }
    }
    let scripts = project.iter().filter(|file| file.path == "manifest.json" && file.text.contains("content_scripts"));
    problems.extend(scripts.map(|file| format!("{} has content scripts", file.path)));
    problems
}

/// D35: what the storage protects from is said, and what it does not.
fn honest_text(project: &[Source]) -> Vec<String> {
    let said = ["does **not** protect", "profile", "key store", "passphrase"];
    let readme = project.iter().filter(|file| file.path == "README.md");
    let lacks = |file: &Source| {
        let missing = said.into_iter().filter(|words| !file.text.contains(words));
        missing.map(|words| format!("{} does not say: {words}", file.path)).collect::<Vec<_>>()
    };
    readme.flat_map(lacks).collect()
}

/// D36: nothing is put where it would be copied to other machines.
fn nothing_is_synchronised(project: &[Source]) -> Vec<String> {
    let marks = ["storage.sync", "\"storage\", \"sync\"", "storage[\"sync\"]"];
    let found = shipped(project).filter(|file| marks.iter().any(|mark| file.text.contains(mark)));
    found.map(|file| format!("{} uses storage.sync", file.path)).collect()
}

/// Each line of the checklist on reliability and security up to the storage has a test that carries its number; of the later ones
/// `listing` sees to that.
fn every_line_has_a_test(project: &[Source]) -> Vec<String> {
    let rust = project.iter().filter(|file| file.is(&["rs"]) && file.below(&["src/", "tests/it/"]));
    let text: String = rust.map(|file| file.text.as_str()).collect();
    let has = |number: u32| {
        let mark = format!("d{number:02}_");
        text.contains(&format!("fn {mark}"))
            || text.contains(&format!("\n    {mark}"))
            || text.contains(&format!("_{mark}"))
    };
    (1..=36).filter(|number| !has(*number)).map(|number| format!("no test carries the number D{number}")).collect()
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

rule!(
    d26_the_worker_listens_from_its_first_turn_on,
    crate::tidy::standards::listeners_come_first,
    [
        ("extension/background.js", "chrome.runtime.onMessage.addListener(answer);\n"),
        ("extension/background.js", "await ready();\n"),
        ("extension/background.js", "ready().then(() => {\n  chrome.alarms.onAlarm.addListener(alarm);\n});\n"),
    ]
);

rule!(
    d32_storage_is_closed_to_content_scripts,
    crate::tidy::standards::storage_is_closed,
    [
        ("www/lib/extension.js", "chrome.storage.local.get(null)"),
        ("src/browser/store.rs", "js_namespace = [\"chrome\", \"storage\", \"local\"]"),
        ("manifest.json", "{\"content_scripts\": []}"),
    ]
);

rule!(
    d35_the_readme_says_what_the_storage_does_not_protect_from,
    crate::tidy::standards::honest_text,
    [("README.md", "Your tokens are perfectly safe in your profile; no passphrase, no key store.")]
);

rule!(
    d36_nothing_is_put_into_synchronised_storage,
    crate::tidy::standards::nothing_is_synchronised,
    [
        ("www/lib/extension.js", "chrome.storage.sync.set({})"),
        ("src/browser/store.rs", "[\"chrome\", \"storage\", \"sync\"]")
    ]
);

rule!(
    every_line_of_the_checklist_has_a_test,
    crate::tidy::standards::every_line_has_a_test,
    [("tests/it/kills.rs", "#[test]\nfn d21_a_killed_refresh_is_made_good() {}")]
);
