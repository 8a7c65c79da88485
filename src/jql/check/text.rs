//! What texts look like that fields take: dates, amounts of time, numbers, keys of issues.

use crate::vocabulary::is_letter;

const LONGEST: usize = 40;

/// The start of a text, for a sentence.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Whether a text is a number: `5`, `-2.5`.
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let fits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    !digits.is_empty() && digits != "." && fits(whole) && fits(rest)
}

/// Whether a text is an amount of time, with a sign before it or not: `-7d`, `1w 2d`, `4h30m`. `bare`: a number without a letter
/// is one as well.
pub(super) fn is_amount(text: &str, bare: bool) -> bool {
    let rest = text.trim().strip_prefix(['-', '+']).unwrap_or(text.trim());
    let mut digits = false;
    let mut units = 0;
    for c in rest.chars() {
        match c {
            '0'..='9' | '.' => digits = true,
            'm' | 'h' | 'd' | 'w' | 'M' | 'y' if digits => {
                digits = false;
                units += 1;
            }
            ' ' if !digits => {}
            _ => return false,
        }
    }
    if digits { bare && units == 0 } else { units > 0 }
}

/// Whether a text is a date, with a time of day or not: `2026-01-31`, `2026/1/31 14:00`.
pub(super) fn is_date(text: &str) -> bool {
    let (date, time) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), "0:00"));
    let separator = if date.contains('/') { '/' } else { '-' };
    is_date_of(&parts(date, separator)) && is_time(&parts(time, ':'))
}

fn is_date_of(parts: &[Option<u32>]) -> bool {
    matches!(parts, [Some(1000..=9999), Some(1..=12), Some(1..=31)])
}

fn is_time(parts: &[Option<u32>]) -> bool {
    matches!(parts, [Some(0..=24), Some(0..=59)] | [Some(0..=24), Some(0..=59), Some(0..=59)])
}

fn parts(text: &str, separator: char) -> Vec<Option<u32>> {
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    text.split(separator).take(4).map(number).collect()
}

/// Whether a text has the shape of an issue's key: `ABC-123`.
pub fn is_key(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        digits && project.starts_with(is_letter) && !project.contains(' ')
    })
}
