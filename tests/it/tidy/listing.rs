//! What a store and a reviewer ask for: permissions, purpose, policy, and that each line of the checklist has its test or its text.

use super::{Source, rule};
use serde_json::Value;

fn text<'a>(project: &'a [Source], path: &str) -> &'a str {
    project.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

fn manifest(project: &[Source]) -> Value {
    serde_json::from_str(text(project, "manifest.json")).unwrap_or_default()
}

/// What of these a text does not say.
fn unsaid(project: &[Source], path: &str, all: &[&str]) -> Vec<String> {
    let said = text(project, path);
    all.iter().filter(|words| !said.contains(**words)).map(|words| format!("{path} does not say: {words}")).collect()
}

fn list<'a>(manifest: &'a Value, key: &str) -> impl Iterator<Item = &'a str> {
    manifest[key].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// D37: no code but what is in the package, and nothing that makes code from data.
fn no_remote_code(project: &[Source]) -> Vec<String> {
    let scripts = project.iter().filter(|file| file.is(&["js", "html"]) && file.below(&["www/", "extension/"]));
    let bad = [
        "import(\"http",
        "import('http",
        "import(`",
        "from \"http",
        "from 'http",
        "src=\"http",
        "src=\"//",
        "eval(",
        "new Function(",
    ];
    scripts
        .flat_map(|file| {
            bad.iter().filter(|bad| file.text.contains(**bad)).map(|bad| format!("{} has {bad}", file.path))
        })
        .collect()
}

/// D38: the page policy allows our own scripts and our own wasm, and no other source of code.
fn only_our_wasm(project: &[Source]) -> Vec<String> {
    let policy =
        manifest(project)["content_security_policy"]["extension_pages"].as_str().unwrap_or_default().to_owned();
    let mut problems = Vec::new();
    let sources = policy.split("; ").find_map(|part| part.strip_prefix("script-src ")).unwrap_or_default();
    if sources != "'self' 'wasm-unsafe-eval'" {
        problems.push(format!("scripts may come from: {sources}"));
    }
    for needed in ["default-src 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"] {
        if !policy.split("; ").any(|part| part == needed) {
            problems.push(format!("the page policy lacks {needed}"));
        }
    }
    problems
}

/// D39: every permission is justified to the store, and hosts that not everybody needs are optional.
fn permissions_justified(project: &[Source]) -> Vec<String> {
    let (manifest, store) = (manifest(project), text(project, "STORE.md"));
    let keys = ["permissions", "host_permissions", "optional_host_permissions", "optional_permissions"];
    let asked: Vec<&str> = keys.iter().flat_map(|key| list(&manifest, key)).collect();
    let lacks = |permission: &&&str| !store.lines().any(|line| line.starts_with(&format!("| `{permission}` |")));
    let mut problems: Vec<String> =
        asked.iter().filter(lacks).map(|permission| format!("STORE.md does not justify {permission}")).collect();
    let named = store.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(name, _)| name);
    problems.extend(
        named
            .filter(|name| !asked.contains(name))
            .map(|name| format!("STORE.md justifies {name}, which is not asked for")),
    );
    let broad = |host: &&str| !host.starts_with("https://") || !host.contains(".atlassian.com/");
    problems.extend(list(&manifest, "host_permissions").filter(broad).map(|host| format!("{host} is not optional")));
    let heavy = ["tabs", "history", "cookies", "webRequest", "scripting", "debugger", "management", "<all_urls>"];
    problems.extend(asked.iter().filter(|name| heavy.contains(name)).map(|name| format!("{name} is asked for")));
    if asked.is_empty() {
        problems.push("the manifest asks for nothing: it could not be read".to_owned());
    }
    problems
}

/// D40: one purpose, said to the store, in the words that people see in their browser.
fn one_purpose(project: &[Source]) -> Vec<String> {
    let mut problems = unsaid(project, "STORE.md", &["## Single purpose", "one purpose"]);
    let english: Value = serde_json::from_str(text(project, "extension/_locales/en/messages.json")).unwrap_or_default();
    let description = english["extension_description"]["message"].as_str().unwrap_or("(no description)");
    problems.extend(unsaid(project, "STORE.md", &[description]));
    problems
}

/// D41: what ships can be read, and be built again from its source.
fn readable_and_reproducible(project: &[Source]) -> Vec<String> {
    let mut problems = unsaid(project, "STORE.md", &["byte for byte", "./build.sh package", "rust-toolchain.toml"]);
    // Taking blanks out and shortening names can be undone by any reader's tools; hiding what is there cannot.
    let hiding = ["obfuscat", "mangleProps", "mangle_props", "jsfuck"];
    for file in project.iter().filter(|file| file.below(&["tests/tools/", "tests/package.json"])) {
        problems.extend(
            hiding.iter().filter(|bad| file.text.contains(**bad)).map(|bad| format!("{} has {bad}", file.path)),
        );
    }
    problems
}

/// D42: a reviewer can try it without an account.
fn can_be_reviewed(project: &[Source]) -> Vec<String> {
    let mut problems =
        unsaid(project, "STORE.md", &["## Notes for reviewers", "./build.sh demo", "Without an account"]);
    problems.extend(unsaid(project, "build.sh", &["  demo)"]));
    problems
}

/// D45: what is handled, where it goes, that it is chosen before, and how it is protected.
fn privacy_is_told(project: &[Source]) -> Vec<String> {
    let said = [
        "telemetry",
        "Who receives data",
        "press *Connect*",
        "`https`",
        "AES-256-GCM",
        "Delete",
        "passphrase",
        "Changes",
    ];
    let mut problems = unsaid(project, "PRIVACY.md", &said);
    let manifest = manifest(project);
    let hosts = list(&manifest, "host_permissions").filter_map(|host| host.split('/').nth(2));
    problems.extend(hosts.flat_map(|host| unsaid(project, "PRIVACY.md", &[host])));
    problems.extend(unsaid(project, "STORE.md", &["PRIVACY.md"]));
    problems
}

/// D49: the check of the dependencies is part of `./build.sh check`, and everything is pinned.
fn dependencies_are_checked(project: &[Source]) -> Vec<String> {
    let mut problems = unsaid(project, "build.sh", &["node tests/tools/dependencies.mjs", "--locked"]);
    problems.extend(unsaid(project, "deny.toml", &["[licenses]", "[bans]", "[sources]"]));
    let lost = ["Cargo.lock", "tests/package-lock.json"].into_iter().filter(|path| text(project, path).is_empty());
    problems.extend(lost.map(|path| format!("{path} is missing")));
    problems
}

/// The lines from 37 on that are about pages, worker and documents: a test names each by its number.
fn each_later_line_has_its_test(project: &[Source]) -> Vec<String> {
    let tests = project.iter().filter(|file| {
        file.path.ends_with(".test.mjs")
            || file.is(&["rs"]) && file.below(&["tests/it/", "tests/simulator/tests/", "src/"])
    });
    let tests: Vec<&Source> = tests.filter(|file| file.path != "tests/it/tidy/listing.rs").collect();
    // Named in this file by the rules below.
    let here = [37, 38, 39, 40, 41, 42, 45, 49];
    (37..=52)
        .filter(|number| *number != 47 && !here.contains(number))
        .filter(|number| {
            let (name, mark) = (format!("fn d{number}_"), format!("CHECKLISTS D{number}"));
            !tests.iter().any(|file| file.text.contains(&name) || file.text.contains(&mark))
        })
        .map(|number| format!("no test carries the number D{number}"))
        .collect()
}

rule!(
    d37_no_code_comes_from_elsewhere,
    crate::tidy::listing::no_remote_code,
    [
        ("www/lib/dom.js", "await import(\"https://cdn.example.com/x.js\")"),
        ("extension/backend.js", "eval(answer)"),
        ("www/popup/popup.html", "<script src=\"https://cdn.example.com/x.js\"></script>"),
    ]
);

rule!(
    d38_only_our_own_wasm_runs,
    crate::tidy::listing::only_our_wasm,
    [
        ("manifest.json", r#"{"content_security_policy": {"extension_pages": "script-src 'self' 'unsafe-eval'"}}"#),
        (
            "manifest.json",
            r#"{"content_security_policy": {"extension_pages": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"}}"#
        ),
        ("manifest.json", "{}"),
    ]
);

rule!(
    d39_every_permission_is_justified,
    crate::tidy::listing::permissions_justified,
    [
        ("manifest.json", r#"{"permissions": ["alarms"]}"#),
        ("manifest.json", r#"{"host_permissions": ["https://*/*"]}"#),
        ("manifest.json", "{}"),
        ("STORE.md", "| `tabs` | why not |"),
    ]
);

rule!(
    d40_there_is_one_purpose,
    crate::tidy::listing::one_purpose,
    [("STORE.md", "## Single purpose\n\nMany things."), ("README.md", "")]
);

rule!(
    d41_what_ships_can_be_read_and_built_again,
    crate::tidy::listing::readable_and_reproducible,
    [("STORE.md", "Nothing is obfuscated."), ("tests/tools/bundle.mjs", "buildSync({ mangleProps: /_$/ })")]
);

rule!(
    d42_a_reviewer_can_try_it,
    crate::tidy::listing::can_be_reviewed,
    [("STORE.md", "## Notes for reviewers\n\nAsk us for an account.")]
);

rule!(
    d45_the_privacy_policy_says_what_it_has_to,
    crate::tidy::listing::privacy_is_told,
    [("PRIVACY.md", "We care about your privacy. No telemetry.")]
);

rule!(
    d49_dependencies_are_checked_and_pinned,
    crate::tidy::listing::dependencies_are_checked,
    [("build.sh", "cargo build"), ("deny.toml", "[licenses]")]
);

rule!(
    d43_to_d52_each_have_their_test,
    crate::tidy::listing::each_later_line_has_its_test,
    [("tests/it/manager.rs", "fn d46_nobody_is_called_who_does_not_want_it() {}")]
);
