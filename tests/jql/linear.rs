//! Long texts of every kind: 100 kB take time in proportion and little of the stack, whatever is repeated in them.

use crate::clock;
use chat_for_jira::jql::{MAX_DEPTH, explain, parse, printer};
use std::time::Duration;

/// How long the long text is, in bytes, and how much shorter the other one.
const LONG: usize = 100_000;
const TIMES: usize = 8;
/// So many short texts take as long as the long one where time is in proportion, an eighth where it grows with the square.
const MOST: u32 = 4;
/// How often both times are taken again before one counts as too long: the machine has other things to do too.
const TRIES: usize = 6;
/// What is shorter is no measure.
const LEAST: Duration = Duration::from_millis(20);
/// What a worker has. (The unoptimised code of a test needs several times as much as the worker's own.)
const STACK: usize = 1024 * 1024;

/// A text made of repetitions: what comes before, what is repeated, what comes behind.
type Shape = (&'static str, &'static str, &'static str);

/// Queries.
const VALID: [Shape; 38] = [
    ("a = b", " or a = b", ""),
    ("a = b", " and a = b", ""),
    ("a = b", " and (a = b or c = d)", ""),
    ("a = b", " or not (a = b and c = d)", ""),
    ("a = b", " and ((a = b and c = d) and not not e = f)", ""),
    ("a in (b", ", b", ")"),
    ("a not in (b", ", \"b c\"", ")"),
    ("a in (b", ", f(x, \"y z\")", ")"),
    ("a in (b", ", (b, (c, (d)))", ")"),
    ("a in (b", ", empty", ")"),
    ("a = f(b", ", b", ")"),
    ("a ~ \"", "word ", "\""),
    ("a ~ \"", "\\\"", "\""),
    ("a ~ '", "\\'\"", "'"),
    ("a ~ \"", "\\u0041", "\""),
    ("a ~ \"", "\\ud83d\\ude00", "\""),
    ("a ~ \"", "\\ud83d", "\""),
    ("a ~ \"", "\\\\", "\""),
    ("a ~ \"", "😀é", "\""),
    ("a = b", "b", ""),
    ("a = b", "\\ ", ""),
    ("a = b", "\\u0041", ""),
    ("a = 1", "1", ""),
    ("a", "a", " = b"),
    ("cf[1", "1", "] = b"),
    ("a", "[b]", " = c"),
    ("a[b]", " .c", " = d"),
    ("a changed", " by b", ""),
    ("a was b", " before -1d", ""),
    ("a changed", " from (b, c) to d", ""),
    ("a = b", "  \t\r\n", ""),
    ("order by a", ", b desc", ""),
    ("assignee != currentUser()", " and created >= startOfDay(-1d) and due < \"2026-11-18\"", ""),
    ("status changed to Done after -1w", " and status was in (Open, \"In Progress\") by currentUser()", ""),
    ("project = A", " and labels not in (b, empty) and sprint in openSprints()", ""),
    ("text ~ a", " or priority > High or \"Story points[Number]\" is not empty", ""),
    ("key in linkedIssues(A-1)", " and not issue in watchedIssues()", ""),
    ("resolution = Unresolved", " and fixVersion in unreleasedVersions(A) and votes > 3", ""),
];

/// Texts that are none.
const INVALID: [Shape; 32] = [
    ("", "(", ""),
    ("", ")", ""),
    ("", "((", "a = b))"),
    ("", "not ", "a = b"),
    ("", "!", "a = b"),
    ("", "! (not ", "a = b"),
    ("a in ", "(", "b"),
    ("a in (b", ",(c", ""),
    ("a in (b", ",b", ""),
    ("a = f(b", ",b", ""),
    ("a = b", " c", ""),
    ("a = b", " or a = b", " or"),
    ("", "\\", ""),
    ("", "\"", "\""),
    ("", "'", "'"),
    ("a = \"", "b ", ""),
    ("a = '", "\\\"", ""),
    ("a = \"", "\\u00", ""),
    ("a = \"", "\\ud83d", ""),
    ("a = \"", "\\q", "\""),
    ("a = \"", "é\0", "\""),
    ("a = b", "^", ""),
    ("", "[", ""),
    ("", "cf[", ""),
    ("a", "[", ""),
    ("a = ", "date ", ""),
    ("", "order by ", ""),
    ("order by a", ", b asc desc", ""),
    ("a ", "was not in ", ""),
    ("a changed", " by", ""),
    ("", "\u{ffff}", ""),
    ("a = b and ", " ", ""),
];

/// The shape as a text of about so many bytes. (An odd number of quotes: one in front would close what the next one opens.)
fn text((before, repeated, behind): Shape, bytes: usize) -> String {
    let times = (bytes / repeated.len()) & !1;
    [before, &repeated.repeat(times), behind].concat()
}

/// Everything that is done with a text; whether it is a query.
fn work(text: &str) -> bool {
    let query = match parse(text) {
        Ok(query) => query,
        Err(error) => {
            assert!(text.get(error.start..error.end).is_some() && error.message.len() < LONG + 1_000, "{error:?}");
            return false;
        }
    };
    let printed = printer::print(&query);
    assert_eq!(parse(&printed).as_ref(), Ok(&query));
    assert!(explain::clauses(&query).iter().all(|part| text.get(part.start..part.end).is_some()));
    true
}

/// How long the work takes, done so many times.
fn time_of(times: usize, work: impl Fn()) -> Duration {
    let started = clock::busy();
    (0..times).for_each(|_| work());
    clock::busy() - started
}

/// On a small stack, so that whoever goes deep falls here and not in somebody's browser.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Whether the long text takes at most [`MOST`] times as long as short ones of the same length together. The best times count.
fn in_proportion(work: impl Fn(&str), shape: Shape) -> Result<(), String> {
    let (short, long) = (text(shape, LONG / TIMES), text(shape, LONG));
    let (mut best_short, mut best_long) = (Duration::from_secs(60), Duration::MAX);
    for _ in 0..TRIES {
        best_long = best_long.min(time_of(1, || work(&long)));
        best_short = best_short.min(time_of(TIMES, || work(&short)));
        if best_long < best_short.max(LEAST) * MOST {
            return Ok(());
        }
    }
    Err(format!("{shape:?}: {best_long:?} for {} bytes, {best_short:?} for the same in {TIMES} parts", long.len()))
}

/// Whether each shape is judged as it should be, at full length, and in time.
fn hold(shapes: &'static [Shape], valid: bool) {
    on_a_small_stack(move || {
        let check = |shape: &Shape| in_proportion(|text| assert_eq!(work(text), valid, "{shape:?}"), *shape).err();
        let slow: Vec<_> = shapes.iter().filter_map(check).collect();
        assert!(slow.is_empty(), "{}", slow.join("\n"));
    });
}

#[test]
fn long_queries_take_time_in_proportion() {
    hold(&VALID, true);
}

#[test]
fn long_texts_that_are_no_queries_take_time_in_proportion() {
    hold(&INVALID, false);
}

#[test]
fn the_deepest_groups_one_after_the_other_take_time_in_proportion() {
    let deep = [
        format!("{}a = b{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH)),
        format!("{}a = b", "not ".repeat(MAX_DEPTH)),
        format!("a in {}b{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH)),
        format!("{}a = b{}", "not (c = d or ".repeat(MAX_DEPTH / 2), ")".repeat(MAX_DEPTH / 2)),
        format!("{}a = b{}", "(c = d and (e = f or ".repeat(MAX_DEPTH / 2), "))".repeat(MAX_DEPTH / 2)),
    ];
    let shapes: Vec<Shape> = deep.map(|group| ("a = b", &*format!(" and {group}").leak(), "")).to_vec();
    hold(shapes.leak(), true);
}

/// The measure is worth something: work that grows with the square is found out.
#[test]
fn the_square_is_more_than_allowed() {
    let again_and_again = |text: &str| {
        let rest_of = |(at, _)| text.bytes().skip(at).filter(|byte| *byte == b'b').count();
        assert!(text.char_indices().step_by(100).map(rest_of).sum::<usize>() > 0);
    };
    assert!(in_proportion(again_and_again, ("a = b", " or a = b", "")).is_err());
    assert!(in_proportion(|text| assert!(work(text)), ("a = b", " or a = b", "")).is_ok());
}
