//! The last day of a token, as a person types it.

use crate::platform::Timestamp;

/// The end of the day `2027-01-31`, by universal time; `None` if the text is no day after 1970.
pub fn read(text: &str) -> Option<Timestamp> {
    let days = crate::day::read(text.trim()).filter(|days| *days >= 0)?;
    Some(Timestamp((days + 1) * 86_400_000))
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
