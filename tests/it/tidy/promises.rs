//! What the project promises elsewhere: permissions are explained, the crates we name are used.

use super::{Source, lexer, rule};
use serde_json::Value;

/// The crates this project set out to be built on.
const NAMED: [&str; 10] = [
    "wasm-bindgen",
    "web-sys",
    "js-sys",
    "serde",
    "serde-wasm-bindgen",
    "gloo-timers",
    "gloo-net",
    "getrandom",
    "sha2",
    "base64",
];

fn text<'a>(project: &'a [Source], path: &str) -> &'a str {
    project.iter().find(|file| file.path == path).map_or("", |file| &file.text)
}

fn permissions_explained(project: &[Source]) -> Vec<String> {
    let Ok(manifest) = serde_json::from_str::<Value>(text(project, "manifest.json")) else {
        return vec!["manifest.json cannot be read".to_owned()];
    };
    let readme = text(project, "README.md");
    ["permissions", "host_permissions", "optional_host_permissions", "optional_permissions"]
        .iter()
        .flat_map(|key| manifest[*key].as_array().cloned().unwrap_or_default())
        .filter_map(|permission| permission.as_str().map(str::to_owned))
        .filter(|permission| !readme.lines().any(|line| explains(line, permission)))
        .map(|permission| format!("README.md does not say in its table what {permission} is for"))
        .collect()
}

/// A row of a table: the permission in code, then some words.
fn explains(line: &str, permission: &str) -> bool {
    let row = line.strip_prefix(&format!("| `{permission}` |"));
    row.is_some_and(|reason| lexer::words(reason).count() >= 4)
}

fn named_crates_used(project: &[Source]) -> Vec<String> {
    let manifest = text(project, "Cargo.toml");
    let declared =
        |name: &str| manifest.lines().any(|line| line.starts_with(name) || line.contains(&format!(".{name}]")));
    let code: Vec<String> =
        project.iter().filter(|file| file.is(&["rs"]) && file.below(&["src/"])).map(Source::code).collect();
    let used = |name: &str| code.iter().any(|code| lexer::words(code).any(|word| word == name.replace('-', "_")));
    NAMED
        .iter()
        .filter(|name| !declared(name) || !used(name))
        .map(|name| format!("the crate {name} is not used by src/"))
        .collect()
}

fn lock_files_name_no_host(project: &[Source]) -> Vec<String> {
    let lock = project.iter().filter(|file| file.path.ends_with("package-lock.json"));
    lock.filter(|file| file.text.contains("\"resolved\""))
        .map(|file| format!("{} names where packages come from", file.path))
        .collect()
}

#[test]
fn a_permission_with_its_row_is_accepted() {
    let manifest = Source::new("manifest.json", r#"{"permissions": ["alarms"]}"#);
    let readme = Source::new("README.md", "| `alarms` | wakes us before a token ends |");
    assert!(permissions_explained(&[manifest, readme]).is_empty());
}

rule!(
    every_permission_is_explained,
    crate::tidy::promises::permissions_explained,
    [
        ("manifest.json", r#"{"permissions": ["alarms"]}"#),
        ("manifest.json", r#"{"optional_host_permissions": ["https://*/*"]}"#),
        ("manifest.json", "no manifest"),
    ]
);

rule!(
    every_named_crate_is_used,
    crate::tidy::promises::named_crates_used,
    [("Cargo.toml", "serde = \"1\""), ("src/a.rs", "// serde wasm_bindgen"),]
);

rule!(
    lock_files_name_no_registry,
    crate::tidy::promises::lock_files_name_no_host,
    [("tests/package-lock.json", r#"{"resolved": "https://registry.example/a.tgz"}"#),]
);
