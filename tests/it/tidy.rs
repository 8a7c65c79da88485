//! The house rules, as tests. Each rule is a function from the project's files to sentences about what breaks it, and is
//! shown something bad first: a rule that cannot fail is no rule.
//!
//! An exception to a size states its reason on the spot: `// Long because <reason>` right above the function, or among the
//! first lines of the file.

mod edges;
mod lexer;
mod listing;
mod promises;
mod sizes;
mod standards;
mod traces;

use std::path::{Path, PathBuf};

/// A text file of the project.
struct Source {
    /// Its path from the root, with `/`.
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    fn is(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| self.path.ends_with(&format!(".{extension}")))
    }

    fn below(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// A file of unit tests beside the code.
    fn is_unit_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/") && self.below(&["src/"])
    }

    /// The program without comments and without what stands inside strings; lines stay where they are.
    fn code(&self) -> String {
        if self.is(&["rs"]) { lexer::rust(&self.text) } else { lexer::javascript(&self.text) }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All text files that belong to the project: nothing that was built or installed.
fn project() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root(), &root(), &mut sources);
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let name = relative.rsplit('/').next().unwrap_or_default();
        if ["target", "dist", "node_modules", ".git"].contains(&name) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, sources);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            sources.push(Source { path: relative, text });
        }
    }
}

/// Two tests for one rule: the project keeps it, and each of the bad files is refused.
macro_rules! rule {
    ($name:ident, $check:path, [$(($path:expr, $text:expr)),+ $(,)?]) => {
        mod $name {
            #[test]
            fn is_kept() {
                let problems = $check(&crate::tidy::project());
                assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
            }

            #[test]
            fn can_fail() {
                $(
                    let bad = crate::tidy::Source::new($path, $text);
                    assert!(!$check(&[bad]).is_empty(), "accepted: {}: {}", $path, $text);
                )+
            }
        }
    };
}
use rule;
