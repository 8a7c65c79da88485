use super::Reader;
use crate::chat::dictionary::Dictionary;
use crate::chat::read::sentence::Sentence;
use crate::chat::time;
use crate::day;
use crate::jql::fields::Type;
use crate::jql::printer::print_clause;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The time that a text tells on a day, as a test of a field.
fn told(text: &str, (name, kind): (&str, Type), today: &str) -> String {
    let mut words = Dictionary::default();
    for word in super::words() {
        words.add(word);
    }
    let sentence = Sentence::new(text, &words);
    let reader = Reader { sentence: &sentence, today: day::read(today).unwrap() };
    let Some((when, end)) = reader.when(0) else { return "none".to_owned() };
    if end < sentence.tokens.len() {
        return format!("only {end} tokens");
    }
    let clause = time::clause(name, kind, &when).map_or("none".to_owned(), |clause| print_clause(&clause));
    if when.doubt.is_some() { format!("{clause}, in doubt") } else { clause }
}

const CREATED: (&str, Type) = ("created", Type::Moment);

#[test]
fn times_are_tests_of_moments_that_have_been() {
    for (text, jql) in [
        ("today", "created >= startOfDay()"),
        ("tonight", "created >= startOfDay()"),
        ("yesterday", "created >= startOfDay(-1) AND created < startOfDay()"),
        ("tomorrow", "created >= startOfDay(1)"),
        ("the day before yesterday", "created >= startOfDay(-2) AND created < startOfDay(-1)"),
        ("the day after tomorrow", "created >= startOfDay(2)"),
        ("now", "created >= now()"),
        ("this week", "created >= startOfWeek()"),
        ("last week", "created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("next week", "created >= startOfWeek(1)"),
        ("this month", "created >= startOfMonth()"),
        ("last month", "created >= startOfMonth(-1) AND created < startOfMonth()"),
        ("next month", "created >= startOfMonth(1)"),
        ("this year", "created >= startOfYear()"),
        ("last year", "created >= startOfYear(-1) AND created < startOfYear()"),
        ("next year", "created >= startOfYear(1)"),
        ("this quarter", "created >= 2026-10-01 AND created < 2027-01-01"),
        ("last quarter", "created >= 2026-07-01 AND created < 2026-10-01"),
        ("next quarter", "created >= 2027-01-01 AND created < 2027-04-01"),
        ("the current month", "created >= startOfMonth()"),
        ("previous month", "created >= startOfMonth(-1) AND created < startOfMonth()"),
        ("the last 7 days", "created >= -7d"),
        ("in the last two weeks", "created >= -2w"),
        ("past week", "created >= -1w"),
        ("past 24 hours", "created >= -24h"),
        ("within 24 hours", "created >= -24h"),
        ("last 3 months", "created >= startOfDay(-3M)"),
        ("the last half a year", "created >= startOfDay(-6M)"),
        ("next 3 days", "created >= startOfDay()"),
        ("in the coming two weeks", "created >= startOfDay()"),
        ("last fortnight", "created >= -2w"),
        ("a couple of days ago", "created >= startOfDay(-2) AND created < startOfDay(-1)"),
        ("3 days ago", "created >= startOfDay(-3) AND created < startOfDay(-2)"),
        ("a week ago", "created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("two months ago", "created >= startOfMonth(-2) AND created < startOfMonth(-1)"),
        ("2h ago", "created >= -2h"),
        ("1 year ago", "created >= startOfYear(-1) AND created < startOfYear()"),
        ("since yesterday", "created >= startOfDay(-1)"),
        ("since Monday", "created >= 2026-11-16"),
        ("since last week", "created >= startOfWeek(-1)"),
        ("since 3 weeks", "created >= -3w"),
        ("since 2026-11-01", "created >= 2026-11-01"),
        ("after Friday", "created >= 2026-11-14"),
        ("after 2026-11-01", "created >= 2026-11-02"),
        ("before today", "created < startOfDay()"),
        ("before 3 November", "created < 2026-11-03"),
        ("before last month", "created < startOfMonth(-1)"),
        ("until Friday", "created < 2026-11-21"),
        ("by tomorrow", "created < startOfDay(2)"),
        ("by next Monday", "created < 2026-11-24"),
        ("by end of week", "created < startOfWeek(1)"),
        ("no later than 2026-12-01", "created < 2026-12-02"),
        ("not before 2026-12-01", "created >= 2026-12-01"),
        ("on or after 2026-11-05", "created >= 2026-11-05"),
        ("on or before 2026-11-05", "created < 2026-11-06"),
        ("from March to May", "created >= 2026-03-01 AND created < 2026-06-01"),
        ("between Monday and Friday", "created >= 2026-11-16 AND created < 2026-11-21"),
        ("between 2026-01-01 and 2026-03-31", "created >= 2026-01-01 AND created < 2026-04-01"),
        ("from 1 November until 10 November", "created >= 2026-11-01 AND created < 2026-11-11"),
        ("between yesterday and tomorrow", "created >= startOfDay(-1)"),
        ("Monday", "created >= 2026-11-16 AND created < 2026-11-17"),
        ("last Friday", "created >= 2026-11-13 AND created < 2026-11-14"),
        ("this Friday", "created >= 2026-11-20 AND created < 2026-11-21"),
        ("next Tuesday", "created >= 2026-11-24 AND created < 2026-11-25"),
        ("on Wednesday", "created >= 2026-11-18 AND created < 2026-11-19"),
        ("weekend", "created >= 2026-11-14 AND created < 2026-11-16"),
        ("last weekend", "created >= 2026-11-14 AND created < 2026-11-16"),
        ("next weekend", "created >= 2026-11-28 AND created < 2026-11-30"),
        ("3 November", "created >= 2026-11-03 AND created < 2026-11-04"),
        ("November 3rd", "created >= 2026-11-03 AND created < 2026-11-04"),
        ("3rd of November 2025", "created >= 2025-11-03 AND created < 2025-11-04"),
        ("Nov 3, 2026", "created >= 2026-11-03 AND created < 2026-11-04"),
        ("the 10th", "created >= 2026-11-10 AND created < 2026-11-11"),
        ("2026-11-30", "created >= 2026-11-30 AND created < 2026-12-01"),
        ("30.11.2026", "created >= 2026-11-30 AND created < 2026-12-01"),
        ("30/11/2026", "created >= 2026-11-30 AND created < 2026-12-01"),
        ("11/30/2026", "created >= 2026-11-30 AND created < 2026-12-01"),
        ("03/04", "created >= 2026-04-03 AND created < 2026-04-04, in doubt"),
        ("03/04/2026", "created >= 2026-04-03 AND created < 2026-04-04, in doubt"),
        ("2026/11/30", "created >= 2026-11-30 AND created < 2026-12-01"),
        ("2026-02", "created >= 2026-02-01 AND created < 2026-03-01"),
        ("29 February 2028", "created >= 2028-02-29 AND created < 2028-03-01"),
        ("2026-02-29", "none"),
        ("29 February 2027", "none"),
        ("October", "created >= 2026-10-01 AND created < 2026-11-01"),
        ("last October", "created >= 2026-10-01 AND created < 2026-11-01"),
        ("in May", "created >= 2026-05-01 AND created < 2026-06-01"),
        ("November 2025", "created >= 2025-11-01 AND created < 2025-12-01"),
        ("early January", "created >= 2027-01-01 AND created < 2027-02-01"),
        ("Q1", "created >= 2026-01-01 AND created < 2026-04-01"),
        ("Q3 2025", "created >= 2025-07-01 AND created < 2025-10-01"),
        ("the third quarter", "created >= 2026-07-01 AND created < 2026-10-01"),
        ("H1 2026", "created >= 2026-01-01 AND created < 2026-07-01"),
        ("2025", "created >= 2025-01-01 AND created < 2026-01-01"),
        ("beginning of the month", "created >= startOfMonth()"),
        ("start of the week", "created >= startOfWeek()"),
        ("start of the year", "created >= startOfYear()"),
        ("end of the month", "created < startOfMonth(1)"),
        ("end of last week", "created >= startOfWeek(-1) AND created < startOfWeek()"),
        ("EOD", "created < startOfDay(1)"),
        ("EOW", "created < startOfWeek(1)"),
        ("EOM", "created < startOfMonth(1)"),
        ("EOY", "created < startOfYear(1)"),
        ("YTD", "created >= startOfYear()"),
        ("MTD", "created >= startOfMonth()"),
        ("startOfWeek(-1)", "created >= startOfWeek(-1)"),
        ("endOfMonth()", "created >= startOfDay()"),
        ("more than 3 days ago", "created < -3d"),
        ("older than a month", "created < startOfDay(-1M)"),
        ("over two weeks old", "created < -2w"),
        ("less than 2 days ago", "created >= -2d"),
        ("newer than 5 days", "created >= -5d"),
        ("for more than a week", "created >= -1w"),
        ("for 3 days", "created >= -3d"),
        ("in over a month", "created >= startOfDay(-1M)"),
        ("last week or later", "created >= startOfWeek(-1)"),
        ("2026-11-05 onwards", "created >= 2026-11-05"),
        ("30 minutes ago", "created >= -30m"),
        ("December", "created >= 2026-12-01 AND created < 2027-01-01"),
        ("may", "none"),
    ] {
        assert_eq!(told(text, CREATED, "2026-11-18"), jql, "{text}");
    }
}

#[test]
fn times_are_tests_of_days_to_come() {
    for (text, jql) in [
        ("today", "due = startOfDay()"),
        ("tomorrow", "due = startOfDay(1)"),
        ("this week", "due >= startOfWeek() AND due <= endOfWeek()"),
        ("next week", "due >= startOfWeek(1) AND due <= endOfWeek(1)"),
        ("by Friday", "due <= 2026-11-20"),
        ("in the next 3 days", "due >= startOfDay() AND due <= 3d"),
        ("within 3 days", "due >= startOfDay() AND due <= 3d"),
        ("before Friday", "due <= 2026-11-19"),
        ("end of the month", "due <= endOfMonth()"),
        ("this month", "due >= startOfMonth() AND due <= endOfMonth()"),
        ("next year", "due >= startOfYear(1) AND due <= endOfYear(1)"),
        ("on 2026-12-01", "due = 2026-12-01"),
        ("until 2026-12-01", "due <= 2026-12-01"),
        ("after 2026-12-01", "due >= 2026-12-02"),
        ("overdue since yesterday", "none"),
    ] {
        assert_eq!(told(text, ("due", Type::Day), "2026-11-18"), jql, "{text}");
    }
}

#[test]
fn the_borders_of_months_and_weeks_and_the_leap_day_are_right() {
    for (today, text, jql) in [
        ("2026-01-31", "next month", "created >= startOfMonth(1)"),
        ("2026-03-31", "last month", "created >= startOfMonth(-1) AND created < startOfMonth()"),
        ("2028-02-29", "yesterday", "created >= startOfDay(-1) AND created < startOfDay()"),
        ("2028-02-29", "last year", "created >= startOfYear(-1) AND created < startOfYear()"),
        ("2028-02-29", "last Friday", "created >= 2028-02-25 AND created < 2028-02-26"),
        ("2026-11-16", "Monday", "created >= 2026-11-16 AND created < 2026-11-17"),
        ("2026-11-16", "last Monday", "created >= 2026-11-09 AND created < 2026-11-10"),
        ("2026-11-16", "next Monday", "created >= 2026-11-23 AND created < 2026-11-24"),
        ("2026-11-22", "this weekend", "created >= 2026-11-21 AND created < 2026-11-23"),
        ("2026-11-22", "Monday", "created >= 2026-11-16 AND created < 2026-11-17"),
        ("2026-11-22", "weekend", "created >= 2026-11-21 AND created < 2026-11-23"),
        ("2026-01-15", "last quarter", "created >= 2025-10-01 AND created < 2026-01-01"),
        ("2026-12-31", "next quarter", "created >= 2027-01-01 AND created < 2027-04-01"),
        ("2026-01-10", "December", "created >= 2025-12-01 AND created < 2026-01-01"),
        ("2026-12-10", "January", "created >= 2027-01-01 AND created < 2027-02-01"),
        ("2026-01-10", "03/04", "created >= 2026-04-03 AND created < 2026-04-04, in doubt"),
        ("2026-01-10", "12/11", "created >= 2025-11-12 AND created < 2025-11-13, in doubt"),
        ("2028-02-10", "29 February", "created >= 2028-02-29 AND created < 2028-03-01"),
        ("2026-01-31", "the 30th", "created >= 2026-01-30 AND created < 2026-01-31"),
        ("2026-02-10", "the 30th", "none"),
    ] {
        assert_eq!(told(text, CREATED, today), jql, "{today}: {text}");
    }
}

/// A time is looked for only where its signs are: by chance put together, words of times and others tell none elsewhere.
#[test]
fn no_time_is_told_where_there_is_no_sign_of_one() {
    const OTHERS: &str = "between from since during to and or than not no later of the in on at least about ( ) , - – > >= < bugs open new \
         last next this full calendar business q3 h1 2026 2026-10-01 03/04 30.11. 3rd 15 24h -7d startOfWeek ( -1 ) 1 yestreday mondey \
         novmber weeek onwards old one \"2026-10-01\" \"two\" lst nxt ths as starting up recent upcoming";
    let mut dictionary = Dictionary::default();
    for word in super::words() {
        dictionary.add(word);
    }
    let all: Vec<&str> = super::words().chain(OTHERS.split_ascii_whitespace()).collect();
    let (mut state, mut told) = (7_u64, 0);
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    };
    for _ in 0..4_000 {
        let text: Vec<&str> = (0..1 + below(7)).map(|_| all[below(all.len())]).collect();
        let text = text.join(" ");
        let sentence = Sentence::new(&text, &dictionary);
        let reader = Reader { sentence: &sentence, today: day::read("2026-11-30").unwrap() };
        for at in 0..sentence.tokens.len() {
            assert_eq!(reader.when(at), reader.told(at), "{text}, at {at}");
            told += usize::from(reader.told(at).is_some());
        }
    }
    assert!(told > 2_000, "{told}");
}
