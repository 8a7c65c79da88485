//! How long things may be.

use super::{Source, lexer, rule};

const RUST_FILE: usize = 300;
const ADAPTER: usize = 100;
const PAGE_SCRIPT: usize = 250;
const FUNCTION: usize = 40;

/// How an exception begins; at least four words of reason follow.
const MARKER: &str = "Long because ";

fn files(project: &[Source]) -> Vec<String> {
    let checked = |file: &&Source| limit(file).is_some() && !file.is_unit_test();
    project
        .iter()
        .filter(checked)
        .filter(|file| !excepted(file.text.lines().take(20)))
        .filter_map(|file| {
            let (limit, lines) = (limit(file)?, without_tests(file));
            (lines > limit).then(|| format!("{} has {lines} lines, at most {limit}", file.path))
        })
        .collect()
}

fn limit(file: &Source) -> Option<usize> {
    if file.is(&["rs"]) && file.below(&["src/browser/"]) {
        return Some(ADAPTER);
    }
    if file.is(&["rs"]) && file.below(&["src/", "tests/simulator/src/", "tests/browser/src/"]) {
        return Some(RUST_FILE);
    }
    (file.is(&["js"]) && file.below(&["www/", "extension/"])).then_some(PAGE_SCRIPT)
}

/// The lines before an inline test module, which is the last thing in a file.
fn without_tests(file: &Source) -> usize {
    let lines: Vec<&str> = file.text.lines().collect();
    let inline =
        (1..lines.len()).find(|at| lines[at - 1].trim() == "#[cfg(test)]" && lines[*at].trim() == "mod tests {");
    inline.map_or(lines.len(), |at| at - 1)
}

fn excepted<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    lines.any(|line| line.split_once(MARKER).is_some_and(|(_, reason)| lexer::words(reason).count() >= 4))
}

fn functions(project: &[Source]) -> Vec<String> {
    project.iter().filter(|file| limit(file).is_some() && !file.is_unit_test()).flat_map(long_functions).collect()
}

fn long_functions(file: &Source) -> Vec<String> {
    let code = file.code();
    let kept: Vec<&str> = code.lines().take(without_tests(file)).collect();
    let original: Vec<&str> = file.text.lines().collect();
    let starts = |line: &&str| if file.is(&["rs"]) { rust_function(line) } else { javascript_function(line) };
    (0..kept.len())
        .filter(|at| starts(&kept[*at]))
        .filter_map(|at| Some((at, extent(&kept[at..])?)))
        .filter(|(at, lines)| *lines > FUNCTION && !excepted(above(&original, *at)))
        .map(|(at, lines)| format!("{}:{} is {lines} lines long, at most {FUNCTION}", file.path, at + 1))
        .collect()
}

/// The comments and attributes right above a line.
fn above<'a>(lines: &'a [&'a str], at: usize) -> impl Iterator<Item = &'a str> {
    lines[..at]
        .iter()
        .rev()
        .map(|line| line.trim())
        .take_while(|line| ["//", "#[", "/*", "*", ")]"].iter().any(|start| line.starts_with(start)))
}

fn rust_function(line: &str) -> bool {
    lexer::words(line).any(|word| word == "fn") && !line.trim_end().ends_with(';')
}

/// A declared function, a method, or a named function value; a block of `if`, `for` and the like is none.
fn javascript_function(line: &str) -> bool {
    let text = line.trim();
    let first = lexer::words(text).next().unwrap_or_default();
    let block = ["if", "for", "while", "switch", "catch", "else", "return", "do", "try"].contains(&first);
    let method = text.ends_with(") {") && !block && !text.starts_with('}');
    method || lexer::words(text).any(|word| word == "function") || (first == "const" && text.ends_with("=> {"))
}

/// How many lines from the first to the one that closes its first brace; `None` if it opens none.
fn extent(lines: &[&str]) -> Option<usize> {
    let (mut depth, mut opened) = (0_i32, false);
    for (at, line) in lines.iter().enumerate() {
        for char in line.chars() {
            depth += match char {
                '{' | '(' | '[' => 1,
                '}' | ')' | ']' => -1,
                _ => 0,
            };
            opened |= char == '{';
            if opened && depth <= 0 {
                return Some(at + 1);
            }
            if !opened && depth == 0 && char == ';' {
                return None;
            }
        }
    }
    None
}

fn house_style(project: &[Source]) -> Vec<String> {
    let rust = project.iter().filter(|file| file.is(&["rs"]));
    rust.flat_map(|file| {
        let mut problems = Vec::new();
        if file.path.ends_with("/mod.rs") {
            problems.push(format!("{}: foo.rs and foo/, no mod.rs", file.path));
        }
        if lexer::words(&file.code()).any(|word| word.starts_with("test_")) && file.code().contains("fn test_") {
            problems.push(format!("{}: a test's name is a sentence, without test_", file.path));
        }
        problems
    })
    .collect()
}

#[test]
fn an_exception_with_its_reason_is_accepted() {
    let body = "x;\n".repeat(50);
    let file = |marker: &str| Source::new("src/a.rs", &format!("{marker}\n/// Doc.\nfn a() {{\n{body}}}\n"));
    assert!(functions(&[file("// Long because every arm has the same shape.")]).is_empty());
    assert!(!functions(&[file("// Long because so.")]).is_empty());
    assert!(!functions(&[file("")]).is_empty());
}

#[test]
fn a_test_module_does_not_count() {
    let tests = format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}\n", "x;\n".repeat(400));
    assert!(files(&[Source::new("src/a.rs", &tests)]).is_empty());
    assert!(functions(&[Source::new("src/a.rs", &tests)]).is_empty());
}

rule!(
    files_stay_short,
    crate::tidy::sizes::files,
    [
        ("src/tokens.rs", &"x;\n".repeat(301)),
        ("src/browser/clock.rs", &"x;\n".repeat(101)),
        ("tests/simulator/src/oauth.rs", &"x;\n".repeat(301)),
        ("www/popup/popup.js", &"x;\n".repeat(251)),
        ("extension/router.js", &"x;\n".repeat(251)),
    ]
);

rule!(
    functions_stay_short,
    crate::tidy::sizes::functions,
    [
        ("src/a.rs", &format!("pub async fn a<T>(\n    b: [u8; 4],\n) -> C {{\n{}}}", "x;\n".repeat(40))),
        ("www/a.js", &format!("export async function a() {{\n{}}}", "x;\n".repeat(40))),
        ("www/a.js", &format!("class A {{\n  async a(b, c) {{\n{}}}\n}}", "x;\n".repeat(40))),
        ("extension/a.js", &format!("const a = async (b) => {{\n{}}};", "x;\n".repeat(40))),
    ]
);

rule!(
    names_follow_the_house,
    crate::tidy::sizes::house_style,
    [("src/oauth/mod.rs", "//! A."), ("src/oauth/tests.rs", "#[test]\nfn test_a() {}"),]
);
