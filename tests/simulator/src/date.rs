//! The calendar: moments as milliseconds since 1970-01-01 UTC, and the few sums that JQL and HTTP need. All in UTC.

/// Milliseconds of one second.
pub(crate) const SECOND: i64 = 1000;
/// Milliseconds of one minute.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// Milliseconds of one hour.
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of one day.
pub(crate) const DAY: i64 = 24 * HOUR;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
}

impl Date {
    /// The day that holds a moment (after Howard Hinnant's description of the proleptic Gregorian calendar).
    pub(crate) fn of(moment: i64) -> Self {
        let days = moment.div_euclid(DAY) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }

    /// A day by its numbers; `None` if the calendar has no such day.
    pub(crate) fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let fits = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        fits.then_some(Self { year, month, day })
    }

    /// The moment at which the day begins.
    pub(crate) fn start(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_year = (153 * shifted + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        (era * 146_097 + day_of_era - 719_468) * DAY
    }

    /// 0 for Monday to 6 for Sunday.
    pub(crate) fn weekday(self) -> i64 {
        (self.start().div_euclid(DAY) + 3).rem_euclid(7)
    }

    /// The same day `months` later, or the last day of that month if it is shorter.
    pub(crate) fn plus_months(self, months: i64) -> Self {
        let count = self.year * 12 + self.month - 1 + months;
        let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }

    /// `2026-11-18`
    pub(crate) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Reads `2026-11-18`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<i64> = text.split('-').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [year, month, day] = numbers[..] else { return None };
        Self::new(year, month, day)
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Hours, minutes, seconds and milliseconds of a moment.
fn clock(moment: i64) -> (i64, i64, i64, i64) {
    let within = moment.rem_euclid(DAY);
    (within / HOUR, within / MINUTE % 60, within / SECOND % 60, within % SECOND)
}

/// As Jira writes moments: `2026-11-18T14:30:00.000+0000`
pub(crate) fn stamp(moment: i64) -> String {
    let (hours, minutes, seconds, millis) = clock(moment);
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}+0000", Date::of(moment).iso())
}

/// As Jira's agile part writes moments: `2026-11-18T14:30:00.000Z`
pub(crate) fn zulu(moment: i64) -> String {
    let (hours, minutes, seconds, millis) = clock(moment);
    format!("{}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z", Date::of(moment).iso())
}

/// As HTTP writes moments: `Wed, 18 Nov 2026 14:30:00 GMT`
pub(crate) fn http(moment: i64) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = Date::of(moment);
    let pick = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
    };
    let (hours, minutes, seconds, _) = clock(moment);
    let (weekday, month) = (pick(&DAYS, date.weekday()), pick(&MONTHS, date.month - 1));
    format!("{weekday}, {:02} {month} {:04} {hours:02}:{minutes:02}:{seconds:02} GMT", date.day, date.year)
}

/// Reads `2026-11-18T14:30:00Z` (seconds, fraction and zone may be missing; the zone, if any, must be UTC) or a plain day.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let Some((day, rest)) = text.split_once(['T', ' ']) else { return Date::parse(text).map(Date::start) };
    let rest = rest.trim_end_matches("+0000").trim_end_matches("+00:00").trim_end_matches('Z');
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let numbers: Vec<i64> = whole.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let (hours, minutes, seconds) = match numbers[..] {
        [hours, minutes] => (hours, minutes, 0),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let fits = (0..24).contains(&hours) && (0..60).contains(&minutes) && (0..60).contains(&seconds);
    let millis: i64 = format!("{fraction:0<3}").chars().take(3).collect::<String>().parse().ok()?;
    fits.then_some(Date::parse(day)?.start() + hours * HOUR + minutes * MINUTE + seconds * SECOND + millis)
}

#[cfg(test)]
mod tests;
