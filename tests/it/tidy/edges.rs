//! What may be named where: the browser only at the edges, markup from strings nowhere.

use super::{Source, lexer, rule};

/// What every crate that speaks to JavaScript begins with.
const BROWSER_CRATES: [&str; 5] = ["wasm_bindgen", "serde_wasm_bindgen", "web_sys", "js_sys", "gloo_"];

/// The only Rust files that know the browser.
const BROWSER_FILES: [&str; 3] = ["src/browser/", "src/browser.rs", "src/bindings.rs"];

/// Ways to make markup or code from strings.
const FROM_STRINGS: [&str; 11] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "setHTMLUnsafe",
    "createContextualFragment",
    "parseFromString",
    "srcdoc",
    "eval",
    "Function",
    "importScripts",
    "execCommand",
];

fn browser_crates_only_at_the_edge(project: &[Source]) -> Vec<String> {
    let core = project.iter().filter(|file| file.is(&["rs"]) && file.below(&["src/"]) && !file.below(&BROWSER_FILES));
    core.flat_map(|file| {
        let code = file.code();
        let found: Vec<String> = lexer::words(&code)
            .filter(|word| *word != "wasm_bindgen_test" && BROWSER_CRATES.iter().any(|name| word.starts_with(name)))
            .map(|word| format!("{} names {word}: only src/browser and src/bindings.rs know the browser", file.path))
            .collect();
        found
    })
    .collect()
}

fn extension_api_in_one_page_file(project: &[Source]) -> Vec<String> {
    let pages = project.iter().filter(|file| file.is(&["js"]) && file.below(&["www/"]));
    pages
        .filter(|file| file.path != "www/lib/extension.js")
        .filter(|file| lexer::words(&file.code()).any(|word| word == "chrome" || word == "browser"))
        .map(|file| format!("{} names the browser's API: only www/lib/extension.js does", file.path))
        .collect()
}

fn one_core_for_all_targets(project: &[Source]) -> Vec<String> {
    let rust = project.iter().filter(|file| file.is(&["rs"]) && file.below(&["src/", "tests/it/"]));
    rust.filter(|file| file.path != "src/lib.rs").flat_map(target_switches).collect()
}

/// Lines that compile differently by target, but for those that only choose what a test file imports.
fn target_switches(file: &Source) -> Vec<String> {
    let lines: Vec<String> = file.code().lines().map(|line| line.trim().to_owned()).collect();
    let switch = |line: &str| line.contains("cfg") && (line.contains("target_") || line.contains("wasm32"));
    let imports = |line: &str| line.starts_with("use ") || line.starts_with("mod ");
    (0..lines.len())
        .filter(|at| switch(&lines[*at]))
        .filter(|at| {
            file.below(&["src/"]) && !file.is_unit_test() || !lines.get(at + 1).is_some_and(|line| imports(line))
        })
        .map(|at| format!("{}:{} switches by target: only src/lib.rs may", file.path, at + 1))
        .collect()
}

fn no_markup_from_strings(project: &[Source]) -> Vec<String> {
    let scripts = project.iter().filter(|file| file.is(&["js", "mjs"]) && file.below(&["www/", "extension/"]));
    scripts
        .flat_map(|file| {
            let code = file.code();
            let mut found: Vec<String> = lexer::words(&code)
                .filter(|word| FROM_STRINGS.contains(word) && !(*word == "execCommand" && types_text_only(&file.text)))
                .map(|word| format!("{} uses {word}: text goes through textContent, code is never text", file.path))
                .collect();
            if code.contains("document.write") {
                found.push(format!("{} uses document.write", file.path));
            }
            found
        })
        .collect()
}

/// Whether a script uses `execCommand` to type text into a field and for nothing else: only so can the person take it back.
fn types_text_only(script: &str) -> bool {
    script.split("execCommand(").skip(1).all(|rest| rest.starts_with("\"insertText\", "))
}

fn simulator_takes_only_jql(project: &[Source]) -> Vec<String> {
    // Its tests of the whole app at it, in `tests/simulator/tests`, are not part of it.
    let simulator = project.iter().filter(|file| file.is(&["rs"]) && file.below(&["tests/simulator/src/"]));
    simulator
        .flat_map(|file| {
            let code = file.code();
            let uses: Vec<String> =
                code.split("chat_for_jira").skip(1).map(|rest| rest.chars().take(5).collect()).collect();
            uses.into_iter()
                .filter(|rest| rest != "::jql")
                .map(|rest| {
                    format!("{}: chat_for_jira{rest}: the simulator takes nothing of the crate but jql", file.path)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

rule!(
    only_the_edge_names_browser_crates,
    crate::tidy::edges::browser_crates_only_at_the_edge,
    [
        ("src/oauth/pkce.rs", "use js_sys::Uint8Array;"),
        ("src/chat.rs", "fn ask() { gloo_timers::future::sleep(span) }"),
        ("src/command.rs", "#[wasm_bindgen]\npub struct A;"),
    ]
);

rule!(
    one_page_file_names_the_extension_api,
    crate::tidy::edges::extension_api_in_one_page_file,
    [("www/popup/popup.js", "const all = chrome.storage;"), ("www/lib/dom.js", "globalThis.browser.runtime"),]
);

rule!(
    only_the_crate_root_switches_by_target,
    crate::tidy::edges::one_core_for_all_targets,
    [
        ("src/tokens.rs", "#[cfg(target_arch = \"wasm32\")]\nuse a::b;"),
        ("src/tokens.rs", "fn a() { if cfg!(target_family = \"wasm\") {} }"),
        ("tests/it/app.rs", "#[cfg(target_arch = \"wasm32\")]\nfn a() {}"),
    ]
);

rule!(
    pages_make_no_markup_from_strings,
    crate::tidy::edges::no_markup_from_strings,
    [
        ("www/popup/popup.js", "node.innerHTML = text;"),
        ("www/panel/panel.js", "row.insertAdjacentHTML('beforeend', text);"),
        ("extension/router.js", "new Function(text)();"),
        ("extension/router.js", "eval(text);"),
        ("www/panel/editor.js", "document.execCommand('insertHTML', false, text);"),
        ("www/lib/dom.js", "document.write(text);"),
    ]
);

rule!(
    the_simulator_takes_only_jql,
    crate::tidy::edges::simulator_takes_only_jql,
    [
        ("tests/simulator/src/main.rs", "use chat_for_jira::oauth::pkce;"),
        ("tests/simulator/src/main.rs", "use chat_for_jira::{jql, oauth};"),
    ]
);
