//! Words in the letters that people type for them.

use super::is_apostrophe;
use crate::vocabulary::small;

/// A word in small letters, without accents and apostrophes, and whether it had the ending of possession.
pub(super) fn plain(written: &[char]) -> (String, bool) {
    let ending = matches!(written, [.., _, mark, 's' | 'S'] if is_apostrophe(*mark));
    let kept = if ending { written.len() - 2 } else { written.len() };
    let mut word = String::new();
    for c in written.iter().take(kept).filter(|c| !is_apostrophe(**c)) {
        bare(small(*c), &mut word);
    }
    (word, ending)
}

/// Letters with accents and the letters people type for them.
const ACCENTS: [(&str, &str); 20] = [
    ("àáâãåāăą", "a"),
    ("ä", "a"),
    ("æ", "ae"),
    ("çćčĉ", "c"),
    ("ďđð", "d"),
    ("èéêëēęě", "e"),
    ("ğģ", "g"),
    ("ìíîïīıį", "i"),
    ("ķ", "k"),
    ("łĺľļ", "l"),
    ("ñńňņ", "n"),
    ("òóôõøōő", "o"),
    ("ö", "o"),
    ("œ", "oe"),
    ("ŕřŗ", "r"),
    ("śšşș", "s"),
    ("ß", "ss"),
    ("ťțţ", "t"),
    ("ùúûüūůű", "u"),
    ("ýÿžźż", "y"),
];

fn bare(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c);
    } else if matches!(c, 'ž' | 'ź' | 'ż') {
        out.push('z');
    } else {
        match ACCENTS.iter().find(|(with, _)| with.contains(c)) {
            Some((_, without)) => out.push_str(without),
            None => out.push(c),
        }
    }
}
