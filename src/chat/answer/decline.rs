//! What is said to a text that is no question about Jira: with examples that work on this very site.

use crate::chat::answer::asking::Asking;
use crate::chat::answer::card::Card;
use crate::platform::Platform;
use crate::vocabulary::{Entry, Kind, State, Vocabulary};

/// One sentence, and three questions that would work. Nothing is asked for it: Jira has nothing to do with it.
pub(super) fn decline<P: Platform>(ask: &Asking<'_, P>, message: &str) {
    ask.tell.card(&Card::Notice { message: message.to_owned(), examples: examples(&ask.names) });
}

/// Three questions in the site's own names, as far as these are known.
pub fn examples(names: &Vocabulary) -> Vec<String> {
    let project = names.entries(Kind::Project).first().and_then(|project| project.also.first());
    let place = project.map(|key| format!(" in {key}")).unwrap_or_default();
    let plain = |entry: &&Entry| entry.state != State::Subtask && !entry.name.contains(['"', '\'']);
    let types = names.entries(Kind::IssueType);
    let kind = types.iter().find(|entry| entry.name.eq_ignore_ascii_case("bug"));
    let kind = kind.or_else(|| types.iter().find(plain)).map_or("issue", |entry| &entry.name);
    vec![
        "my open issues".to_owned(),
        format!("open {}{place} created this week", plural(kind)),
        format!("how many open issues per assignee{place}"),
    ]
}

fn plural(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if lower.ends_with('s') => lower,
        _ => format!("{lower}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Part;

    #[test]
    fn examples_are_made_of_the_site_s_own_names() {
        let part = |name: &str, also: &str| {
            let entry = Entry { name: name.into(), also: vec![also.into()], ..Entry::default() };
            Part { fetched_at: 1, whole: true, entries: vec![entry] }
        };
        let mut names = Vocabulary::default();
        names.put(Kind::Project, part("Orchard", "ORC"));
        names.put(Kind::IssueType, part("Story", ""));
        let made = examples(&names);
        assert_eq!(
            made,
            ["my open issues", "open stories in ORC created this week", "how many open issues per assignee in ORC"]
        );
        assert_eq!(examples(&Vocabulary::default())[1], "open issues created this week");
    }
}
