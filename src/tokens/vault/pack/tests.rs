use super::*;

/// Numbers that look random and are the same each time.
fn dice(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    }
}

fn comes_back(record: &[u8]) -> usize {
    let packed = pack(record);
    assert_eq!(unpack(&packed).as_deref(), Some(record), "{:?}", String::from_utf8_lossy(record));
    packed.len()
}

#[test]
fn whatever_is_packed_comes_back() {
    let mut roll = dice(7);
    let words = ["\"", "secret_post", "é🦀", "https://auth.atlassian.com/", "AbC-_9", ":null,", "\u{0}", "4"];
    for _ in 0..500 {
        let mut record = Vec::new();
        for _ in 0..roll(40) {
            match roll(4) {
                0 => record.extend((0..roll(200)).map(|_| ALPHABET[roll(64)])),
                1 => record.extend((0..roll(200)).map(|_| u8::try_from(roll(256)).unwrap())),
                2 => record.extend(words[roll(words.len())].bytes()),
                _ => {
                    let (from, count) = (roll(KNOWN.len()), roll(400));
                    record.extend(KNOWN.iter().skip(from).take(count));
                }
            }
        }
        comes_back(&record);
    }
}

#[test]
fn every_length_at_an_edge_comes_back() {
    for length in [0, 1, 3, 4, 5, 7, 8, 9, 10, 11, 95, 96, 97, 193, 265, 266, 267, 533] {
        comes_back(&vec![b'"'; length]);
        comes_back(&vec![0xFF; length]);
        comes_back(&KNOWN[200..200 + length]);
    }
    for length in [MOST_TEXT - 1, MOST_TEXT, MOST_TEXT + 1, 2 * MOST_TEXT + LEAST_TEXT] {
        let mut roll = dice(9);
        let text: Vec<u8> = (0..length).map(|_| ALPHABET[roll(64)]).collect();
        assert!(comes_back(&text) <= length * 3 / 4 + 16);
    }
}

#[test]
fn what_cannot_be_made_smaller_hardly_grows() {
    let mut roll = dice(3);
    let noise: Vec<u8> = (0..5000).map(|_| u8::try_from(128 + roll(128)).unwrap()).collect();
    assert!(comes_back(&noise) <= 5000 + 5000 / MOST_PLAIN + 1);
}

#[test]
fn what_was_not_packed_by_us_is_refused_or_small() {
    let mut roll = dice(11);
    for _ in 0..20_000 {
        let noise: Vec<u8> = (0..roll(60)).map(|_| u8::try_from(roll(256)).unwrap()).collect();
        // The longest copy takes three bytes.
        assert!(unpack(&noise).is_none_or(|record| record.len() <= noise.len() * MOST_COPY / 3));
    }
    let packed = pack(b"{\"access_token\":\"abcdefghijklmnopqrstuvwxyz0123456789\",\"scopes\":[\"one\"]}");
    for length in 0..packed.len() {
        let _no_panic = unpack(&packed[..length]);
    }
    // A place that is not there yet.
    assert_eq!(unpack(&[0xFF, 0xFF, 0xFF]), None);
}

#[test]
fn the_words_that_all_know_are_those_of_the_first_record_ever_packed() {
    // They are a part of the stored form.
    let sum = KNOWN.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(1_099_511_628_211) ^ u64::from(*byte));
    assert_eq!((KNOWN.len(), sum), (1874, 4_503_815_721_460_179_605));
    assert!(KNOWN.len() < PLACES);
}
