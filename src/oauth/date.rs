//! Moments and waits as HTTP headers write them.

use crate::platform::Timestamp;
use std::time::Duration;

/// `Retry-After` (RFC 9110 §10.2.3): seconds, or a date held against the server's own `Date`.
pub fn seconds_until(retry_after: &str, date: Option<&str>) -> Option<Duration> {
    const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
    let wait = match retry_after.trim().parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_not_a_number) => http_date(retry_after)?.since(http_date(date?)?),
    };
    Some(wait.min(LONGEST))
}

/// A date as servers write it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7, the preferred form).
pub fn http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (_, rest) = text.trim().split_once(", ")?;
    let mut parts = rest.split([' ', ':']);
    let day = i64::from(parts.next()?.parse::<u16>().ok()?);
    let name = parts.next()?;
    let month = i64::try_from(MONTHS.iter().position(|known| *known == name)?).ok()? + 1;
    // Small, so that no date overflows below.
    let mut number = || parts.next()?.parse::<u16>().ok().map(i64::from);
    let (year, hour, minute, second) = (number()?, number()?, number()?, number()?);
    // Days from the civil calendar: years begin in March, so that the leap day is the last.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 719_469;
    Some(Timestamp((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000))
}
