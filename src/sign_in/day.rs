//! A day as a person types it.

use crate::platform::Timestamp;

/// The end of the day `2027-01-31`, by universal time; `None` if the text is no day after 1970.
pub fn read(text: &str) -> Option<Timestamp> {
    let mut parts = text.trim().split('-');
    let mut number = |digits: usize| {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<i64>().ok()
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || year < 1970 || !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day)
    {
        return None;
    }
    // Years begin in March, so that the leap day is the last.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 719_469;
    Some(Timestamp((days + 1) * 86_400_000))
}

fn length(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_its_midnight() {
        assert_eq!(read("1970-01-01"), Some(Timestamp(86_400_000)));
        assert_eq!(read(" 2027-01-31 "), Some(Timestamp(1_801_440_000_000)));
        assert_eq!(read("2028-02-29"), Some(Timestamp(1_835_481_600_000)));
        assert_eq!(read("9999-12-31"), Some(Timestamp(253_402_300_800_000)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "-",
            "2027",
            "2027-1-31",
            "2027-02-29",
            "2100-02-29",
            "2027-13-01",
            "2027-00-01",
            "2027-01-00",
            "2027-01-32",
            "1969-12-31",
            "2027-01-31-",
            "+027-01-31",
            "31-01-2027",
            "２０２７-01-31",
            "2027/01/31",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
