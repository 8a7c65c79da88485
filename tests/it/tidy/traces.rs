//! What must not be left behind: unfinished work, paths of one machine, addresses of registries.

use super::{Source, lexer, root, rule};

/// Parted, so that this file does not find itself.
const UNFINISHED: [&str; 4] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];
const UNFINISHED_MACROS: [&str; 2] = [concat!("todo", "!("), concat!("unimpl", "emented!(")];
const HOMES: [&str; 4] =
    [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("C:\\Us", "ers")];
const REGISTRIES: [&str; 6] = [
    concat!("registry.npm", "js.org"),
    concat!("registry.yarn", "pkg.com"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("files.python", "hosted.org"),
    concat!("deb.deb", "ian.org"),
];

fn unfinished(project: &[Source]) -> Vec<String> {
    let found = |line: &str| {
        lexer::words(line).any(|word| UNFINISHED.contains(&word))
            || UNFINISHED_MACROS.iter().any(|name| line.contains(name))
    };
    lines(project, "unfinished", found)
}

fn machine(project: &[Source]) -> Vec<String> {
    let here = format!("{}/", root().display());
    let found = |line: &str| HOMES.iter().any(|home| line.contains(home)) || line.contains(&here);
    lines(project, "a path of one machine", found)
}

fn registries(project: &[Source]) -> Vec<String> {
    lines(project, "the address of a registry", |line| REGISTRIES.iter().any(|host| line.contains(host)))
}

fn lines(project: &[Source], what: &str, found: impl Fn(&str) -> bool) -> Vec<String> {
    project
        .iter()
        .flat_map(|file| file.text.lines().enumerate().map(move |(at, line)| (file, at + 1, line)))
        .filter(|(_, _, line)| found(line))
        .map(|(file, at, line)| format!("{}:{at}: {what}: {}", file.path, line.trim()))
        .collect()
}

rule!(
    nothing_is_left_unfinished,
    crate::tidy::traces::unfinished,
    [
        ("src/a.rs", concat!("// TO", "DO: later")),
        ("www/a.js", concat!("/* FIX", "ME */")),
        ("src/a.rs", concat!("fn a() { todo", "!() }")),
    ]
);

rule!(
    no_path_of_one_machine,
    crate::tidy::traces::machine,
    [("README.md", concat!("see /ho", "me/me/notes")), ("src/a.rs", concat!("\"/ro", "ot/x\"")),]
);

rule!(
    no_address_of_a_registry,
    crate::tidy::traces::registries,
    [("tests/package-lock.json", concat!("\"https://registry.npm", "js.org/a\"")),]
);
