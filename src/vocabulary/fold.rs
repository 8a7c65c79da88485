//! Texts without regard to the case of letters.

/// Capitals with the distance to their small letters; 1 stands for pairs, in which every other one is a capital. These are the
/// letters of Latin, Greek, Cyrillic and Armenian. The library knows the rest too, in a table larger than all of this program's
/// words.
#[rustfmt::skip]
const CAPITALS: [(char, char, u32); 31] = [
    ('A', 'Z', 32), ('À', 'Ö', 32), ('Ø', 'Þ', 32),
    ('Ā', 'į', 1), ('Ĳ', 'ķ', 1), ('Ĺ', 'ň', 1), ('Ŋ', 'ŷ', 1), ('Ź', 'ž', 1),
    ('Ǎ', 'ǜ', 1), ('Ǟ', 'ǯ', 1), ('Ǹ', 'ȟ', 1), ('Ȣ', 'ȳ', 1),
    ('Ά', 'Ά', 38), ('Έ', 'Ί', 37), ('Ό', 'Ό', 64), ('Ύ', 'Ώ', 63), ('Α', 'Ρ', 32), ('Σ', 'Ϋ', 32), ('Ϙ', 'ϯ', 1),
    ('Ѐ', 'Џ', 80), ('А', 'Я', 32), ('Ѡ', 'ҁ', 1), ('Ҋ', 'ҿ', 1), ('Ӂ', 'ӎ', 1), ('Ӑ', 'ԯ', 1),
    ('Ա', 'Ֆ', 48),
    ('Ḁ', 'ẕ', 1), ('Ạ', 'ỿ', 1),
    ('Ａ', 'Ｚ', 32), ('Ⓐ', 'Ⓩ', 26), ('Ⅰ', 'Ⅿ', 16),
];

/// The small letter of a capital; every other character as it is.
pub fn small(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let shift = CAPITALS.iter().find(|(first, last, _)| (*first..=*last).contains(&c)).map_or(
        0,
        |(first, _, shift)| match shift {
            1 => (u32::from(c) - u32::from(*first) + 1) % 2,
            shift => *shift,
        },
    );
    char::from_u32(u32::from(c) + shift).unwrap_or(c)
}

/// A text in small letters.
pub fn folded(text: &str) -> String {
    text.chars().map(small).collect()
}

/// Whether two names are the same but for the case of letters.
pub fn same(one: &str, other: &str) -> bool {
    // A capital takes as many bytes as its small letter.
    one.len() == other.len() && one.chars().map(small).eq(other.chars().map(small))
}

/// Whether a character is part of a word. Beyond ASCII all are taken to be.
pub const fn is_letter(c: char) -> bool {
    !c.is_ascii() || c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::{folded, same, small};

    #[test]
    fn letters_of_the_great_alphabets_are_folded_as_the_library_does() {
        // U+0130 has two small letters, and the others are in no living orthography.
        let odd = |c: char| matches!(c, '\u{130}' | 'ſ'..='ǌ' | 'Ǳ'..='Ƿ' | 'Ƞ' | 'Ⱥ'..='ɏ' | 'ϴ'..='Ͽ' | 'Ͱ'..='Ϳ' | 'Ϗ' | 'Ÿ' | 'Ӏ' | 'ẞ');
        for c in ('\0'..='\u{58f}').chain('\u{1e00}'..='\u{1eff}').chain('\u{ff00}'..='\u{ff5f}').filter(|c| !odd(*c)) {
            assert_eq!(c.len_utf8(), small(c).len_utf8());
            assert!(c.to_lowercase().eq([small(c)]), "{c} U+{:04X}: {}", u32::from(c), small(c));
        }
    }

    #[test]
    fn names_are_the_same_in_any_case() {
        for (one, other) in
            [("ÄÖß", "äöß"), ("ŁUKASZ", "łukasz"), ("ЮЛИЯ Ёж", "юлия ёЖ"), ("ΣΊΣΥΦΟΣ", "σίσυφοσ"), ("", "")]
        {
            assert!(same(one, other), "{one} {other}");
            assert_eq!(folded(one), folded(other));
        }
        assert!(!same("a", "ab") && !same("ab", "a") && !same("é", "e") && !same("", "a"));
    }
}
