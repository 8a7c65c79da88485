use super::*;

#[test]
fn a_moment_survives_writing_and_reading() {
    for moment in [0, 951_782_400_000, 1_794_998_400_123, 4_102_444_799_999, -1] {
        assert_eq!(parse(&stamp(moment)), Some(moment), "{}", stamp(moment));
        assert_eq!(parse(&zulu(moment)), Some(moment));
    }
}

#[test]
fn known_days_have_their_known_numbers() {
    assert_eq!(Date::new(2026, 11, 18).map(Date::weekday), Some(2));
    assert_eq!(http(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(http(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(Date::of(951_825_600_000).iso(), "2000-02-29");
}

#[test]
fn every_day_of_four_centuries_is_the_day_after_the_one_before() {
    let start = Date::new(1900, 1, 1).unwrap().start();
    let mut before = Date::of(start - DAY);
    for number in 0..146_097 {
        let date = Date::of(start + number * DAY);
        assert_eq!(date.start(), start + number * DAY);
        assert!(date > before);
        assert_eq!(Date::new(date.year, date.month, date.day), Some(date));
        before = date;
    }
}

#[test]
fn a_month_later_ends_with_the_month() {
    let last = Date::new(2027, 1, 31).unwrap();
    assert_eq!(last.plus_months(1).iso(), "2027-02-28");
    assert_eq!(last.plus_months(-11).iso(), "2026-02-28");
    assert_eq!(last.plus_months(13).iso(), "2028-02-29");
}

#[test]
fn what_is_no_date_is_not_read() {
    for text in ["", "2026", "2026-13-01", "2026-02-30", "2026-11-18T25:00", "2026-11-18T10:00:00+02:00", "today"] {
        assert_eq!(parse(text), None, "{text}");
    }
}
