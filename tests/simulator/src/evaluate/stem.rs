//! The stem of an English word, by Porter's algorithm (1980).

/// The stem of a word in lower case. Words of other alphabets, with digits, or shorter than three letters stay as they are.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut word = Word(word.bytes().collect());
    plural(&mut word);
    past(&mut word);
    if word.ends("y") && word.has_vowel(1) {
        word.replace(1, "i");
    }
    longest(&mut word, &SECOND, 0);
    longest(&mut word, &THIRD, 0);
    fourth(&mut word);
    fifth(&mut word);
    String::from_utf8(word.0).unwrap_or_default()
}

const SECOND: [(&str, &str); 20] = [
    ("ational", "ate"),
    ("ization", "ize"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("tional", "tion"),
    ("biliti", "ble"),
    ("entli", "ent"),
    ("ousli", "ous"),
    ("ation", "ate"),
    ("alism", "al"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("ator", "ate"),
    ("eli", "e"),
];
const THIRD: [(&str, &str); 7] =
    [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", "")];
const FOURTH: [&str; 19] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic", "ou",
];

/// A word on its way.
struct Word(Vec<u8>);

impl Word {
    fn ends(&self, tail: &str) -> bool {
        self.0.ends_with(tail.as_bytes())
    }

    /// Takes `cut` letters off the end and puts `tail` there.
    fn replace(&mut self, cut: usize, tail: &str) {
        self.0.truncate(self.0.len().saturating_sub(cut));
        self.0.extend_from_slice(tail.as_bytes());
    }

    fn consonant(&self, at: usize) -> bool {
        match self.0.get(at) {
            Some(b'a' | b'e' | b'i' | b'o' | b'u') => false,
            Some(b'y') => at == 0 || !self.consonant(at - 1),
            _ => true,
        }
    }

    /// How often a vowel is followed by a consonant, without the last `cut` letters.
    fn measure(&self, cut: usize) -> usize {
        let end = self.0.len().saturating_sub(cut);
        (1..end).filter(|at| self.consonant(*at) && !self.consonant(at - 1)).count()
    }

    /// Whether there is a vowel, without the last `cut` letters.
    fn has_vowel(&self, cut: usize) -> bool {
        (0..self.0.len().saturating_sub(cut)).any(|at| !self.consonant(at))
    }

    fn double(&self) -> bool {
        let end = self.0.len();
        end > 1 && self.0[end - 1] == self.0[end - 2] && self.consonant(end - 1)
    }

    /// Whether it ends consonant, vowel, consonant (not w, x, y), without the last `cut` letters.
    fn short(&self, cut: usize) -> bool {
        let end = self.0.len().saturating_sub(cut);
        end > 2
            && self.consonant(end - 3)
            && !self.consonant(end - 2)
            && self.consonant(end - 1)
            && !matches!(self.0[end - 1], b'w' | b'x' | b'y')
    }
}

fn plural(word: &mut Word) {
    if word.ends("sses") || word.ends("ies") {
        word.replace(2, "");
    } else if word.ends("s") && !word.ends("ss") {
        word.replace(1, "");
    }
}

fn past(word: &mut Word) {
    if word.ends("eed") {
        if word.measure(3) > 0 {
            word.replace(1, "");
        }
        return;
    }
    let cut = if word.ends("ed") && word.has_vowel(2) {
        2
    } else if word.ends("ing") && word.has_vowel(3) {
        3
    } else {
        return;
    };
    word.replace(cut, "");
    if word.ends("at") || word.ends("bl") || word.ends("iz") {
        word.replace(0, "e");
    } else if word.double() && !(word.ends("l") || word.ends("s") || word.ends("z")) {
        word.replace(1, "");
    } else if word.measure(0) == 1 && word.short(0) {
        word.replace(0, "e");
    }
}

/// Replaces the longest ending that is in the list, if what is left before it is long enough.
fn longest(word: &mut Word, endings: &[(&str, &str)], least: usize) {
    let longest = endings.iter().filter(|(ending, _)| word.ends(ending)).max_by_key(|(ending, _)| ending.len());
    if let Some((ending, tail)) = longest
        && word.measure(ending.len()) > least
    {
        word.replace(ending.len(), tail);
    }
}

fn fourth(word: &mut Word) {
    let longest = FOURTH.iter().filter(|ending| word.ends(ending)).max_by_key(|ending| ending.len());
    let Some(ending) = longest else { return };
    let after_s_or_t = matches!(word.0.iter().rev().nth(ending.len()), Some(b's' | b't'));
    if word.measure(ending.len()) > 1 && (*ending != "ion" || after_s_or_t) {
        word.replace(ending.len(), "");
    }
}

fn fifth(word: &mut Word) {
    if word.ends("e") {
        let measure = word.measure(1);
        if measure > 1 || measure == 1 && !word.short(1) {
            word.replace(1, "");
        }
    }
    if word.measure(0) > 1 && word.double() && word.ends("l") {
        word.replace(1, "");
    }
}
