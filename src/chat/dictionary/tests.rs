use super::{Dictionary, NONE};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn of(words: &[&str]) -> Dictionary {
    let mut dictionary = Dictionary::default();
    for word in words {
        dictionary.add(word);
    }
    dictionary
}

fn near(dictionary: &Dictionary, word: &str) -> Vec<String> {
    dictionary.near(word, 6).1.into_iter().map(|word| dictionary.word(word).to_owned()).collect()
}

#[test]
fn a_word_has_one_number_however_many_there_are() {
    let mut dictionary = Dictionary::default();
    let numbers: Vec<u32> = (0..5_000).map(|number| dictionary.add(&format!("word{number}"))).collect();
    for (at, number) in numbers.iter().enumerate() {
        let word = format!("word{at}");
        assert_eq!(dictionary.find(&word), Some(*number));
        assert_eq!(dictionary.add(&word), *number);
        assert_eq!(dictionary.word(*number), word);
    }
    assert_eq!(dictionary.find("missing"), None);
    assert_eq!(dictionary.word(NONE), "");
    assert_eq!(Dictionary::default().find("any"), None);
}

#[test]
fn letters_that_are_swapped_missing_doubled_or_wrong_are_made_good() {
    let dictionary = of(&["assigned", "priority", "bugs", "open", "story"]);
    for (written, meant) in [
        ("asigned", "assigned"),
        ("assinged", "assigned"),
        ("prioritty", "priority"),
        ("prioroty", "priority"),
        ("bgus", "bugs"),
        ("opne", "open"),
        ("stroy", "story"),
    ] {
        assert_eq!(near(&dictionary, written), [meant], "{written}");
    }
}

#[test]
fn the_nearest_words_win_and_all_that_are_as_near_are_told() {
    let dictionary = of(&["stories", "storied", "sorted"]);
    assert_eq!(near(&dictionary, "storiess"), ["stories"]);
    let (distance, found) = dictionary.near("storiex", 6);
    assert_eq!((distance, found.len()), (1, 2));
    assert_eq!(dictionary.near("storiex", 1).1.len(), 1);
}

#[test]
fn what_is_too_far_too_short_or_a_number_was_not_mistyped() {
    let dictionary = of(&["login", "high", "due", "2026", "q3x", "payment"]);
    for written in ["lgnoi", "sigh", "dew", "du", "2025", "q4x", "treatment", "", "ł", &"a".repeat(60)] {
        assert!(near(&dictionary, written).is_empty(), "{written}: {:?}", near(&dictionary, written));
    }
}
