//! The queries with which Atlassian tests its own parser, judged by ours. They are read from the npm package and are no part
//! of this tree: `npm ci` in `tests/` brings them.

use chat_for_jira::jql;
use serde::Deserialize;
use std::path::PathBuf;

/// What `@atlaskit/jql-parser` 3.0.1 ships. Another number means another package, and the lock file should know.
const VALID: usize = 242;
const INVALID: usize = 430;

#[derive(Deserialize)]
struct Queries {
    valid: Vec<String>,
    invalid: Vec<String>,
}

/// The package's queries, all files together; `None` when the package is not installed.
fn queries() -> Option<Queries> {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.push("tests/node_modules/@atlaskit/jql-parser/test-utils/data");
    let files = std::fs::read_dir(folder).ok()?;
    let mut all = Queries { valid: Vec::new(), invalid: Vec::new() };
    for file in files {
        let text = std::fs::read_to_string(file.expect("a readable folder").path()).expect("a readable file");
        let mut queries: Queries = serde_json::from_str(&text).expect("a list of valid and of invalid queries");
        all.valid.append(&mut queries.valid);
        all.invalid.append(&mut queries.invalid);
    }
    Some(all)
}

#[test]
fn every_query_is_judged_as_atlassian_judges_it() {
    let Some(queries) = queries() else {
        eprintln!("SKIPPED: @atlaskit/jql-parser is not installed; run `npm ci` in tests/");
        return;
    };
    assert_eq!((queries.valid.len(), queries.invalid.len()), (VALID, INVALID), "the package changed");
    let refused = queries.valid.iter().filter_map(|q| jql::parse(q).err().map(|e| format!("{q}\n    {e}")));
    let accepted = queries.invalid.iter().filter(|q| jql::parse(q).is_ok()).map(|q| format!("{q}\n    accepted"));
    let wrong: Vec<_> = refused.chain(accepted).collect();
    assert!(wrong.is_empty(), "{} of {} judged otherwise:\n{}", wrong.len(), VALID + INVALID, wrong.join("\n"));
}
