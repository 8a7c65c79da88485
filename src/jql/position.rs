//! Between bytes, in which this module counts, and UTF-16 code units, in which browsers do.

/// The number of UTF-16 code units before this byte. A byte inside a character counts as the character's start.
pub fn utf16(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, c)| at + c.len_utf8() <= byte).map(|(_, c)| c.len_utf16()).sum()
}

/// The byte behind so many UTF-16 code units; the text's length if there are not so many. Half a character counts as none.
pub fn byte(text: &str, utf16: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > utf16 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{byte, utf16};

    #[test]
    fn a_place_is_counted_both_ways() {
        let text = "a€😀b";
        for (bytes, units) in [(0, 0), (1, 1), (4, 2), (8, 4), (9, 5)] {
            assert_eq!(utf16(text, bytes), units);
            assert_eq!(byte(text, units), bytes);
        }
    }

    #[test]
    fn a_place_inside_a_character_is_its_start_and_one_behind_the_text_its_end() {
        assert_eq!(utf16("€", 2), 0);
        assert_eq!(byte("😀", 1), 0);
        assert_eq!(utf16("€", 99), 1);
        assert_eq!(byte("€", 99), 3);
    }
}
