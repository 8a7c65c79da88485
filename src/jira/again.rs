//! What to do when nobody knows whether a request was done: the connection broke, the answer did not come, the server failed.
//! A change is never blindly sent twice; first it is looked whether it happened.

use crate::jira::request::Request;
use crate::platform::Timestamp;
use serde_json::Value;
use std::time::Duration;

/// How a change may be repeated.
#[derive(Clone, Debug)]
pub enum Again {
    /// Twice is as good as once: the request says the whole outcome.
    Harmless,
    /// Never by itself: twice would be two, and there is no way to see whether it happened.
    Never,
    /// First look.
    Look(Box<Look>),
}

/// How to see whether it happened.
#[derive(Clone, Debug)]
pub struct Look {
    /// What to read.
    pub read: Request,
    /// What was sent, as it is compared: see each function for its shape.
    pub sent: Value,
    /// From what was read, what was sent and when, what Jira has made of it; `None` if it did not happen.
    pub found: fn(read: &Value, sent: &Value, at: Timestamp) -> Option<Value>,
    /// Whether what is not found may be sent again. Not where Jira shows new things late: the index of its search lags behind.
    pub repeat: bool,
}

/// The newest entry of the list `sent.list` with all of `sent.fields`, that began at `sent.started` (where that is told), made not
/// long before `at`: the same sentence may have been said last week.
pub fn same_entry(read: &Value, sent: &Value, at: Timestamp) -> Option<Value> {
    let list = read[sent["list"].as_str()?].as_array()?;
    // Servers write it in a zone of their own.
    let began = |entry: &Value| entry["started"].as_str().and_then(moment);
    let fits = |entry: &Value| sent["started"].is_null() || began(entry) == began(sent);
    list.iter().find(|entry| holds(entry, &sent["fields"]) && fits(entry) && is_recent(entry, at)).cloned()
}

/// Whether the issue is in the status `sent.status` (an id).
pub fn same_status(read: &Value, sent: &Value, _at: Timestamp) -> Option<Value> {
    let status = &read["fields"]["status"]["id"];
    (!status.is_null() && *status == sent["status"]).then_some(Value::Null)
}

/// The clocks of server and machine may differ by less than this.
pub(crate) const SLACK: Duration = Duration::from_secs(300);

fn is_recent(entry: &Value, at: Timestamp) -> bool {
    let created = entry["created"].as_str().or_else(|| entry["fields"]["created"].as_str());
    created.and_then(moment).is_some_and(|created| created >= at.before(SLACK))
}

/// A moment as Jira writes it: `2026-11-21T09:05:51.000+0100`.
pub fn moment(text: &str) -> Option<Timestamp> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let seconds = number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?;
    let zone = text.get(19..)?.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).replace(':', "");
    let offset = match zone.chars().next() {
        Some(sign @ ('+' | '-')) => {
            let minutes = zone.get(1..3)?.parse::<i64>().ok()? * 60 + zone.get(3..5)?.parse::<i64>().ok()?;
            if sign == '-' { -minutes } else { minutes }
        }
        _ => 0,
    };
    // Days since 1970, counted from March so that leap days come last.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(Timestamp((days * 86_400 + seconds - offset * 60) * 1000))
}

/// Whether `there` says all that `sent` says: servers add to what they are sent (ids, versions, local names), and leave nothing out.
pub fn holds(there: &Value, sent: &Value) -> bool {
    match (there, sent) {
        (Value::Object(there), Value::Object(sent)) => {
            sent.iter().all(|(name, value)| there.get(name).map_or(value.is_null(), |there| holds(there, value)))
        }
        (Value::Array(there), Value::Array(sent)) => {
            there.len() == sent.len() && there.iter().zip(sent).all(|(there, sent)| holds(there, sent))
        }
        (Value::String(there), Value::String(sent)) => there.trim() == sent.trim(),
        _ => there == sent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_moment_is_read_with_its_zone() {
        assert_eq!(moment("1970-01-01T00:00:00.000+0000"), Some(Timestamp(0)));
        assert_eq!(moment("2024-02-29T12:00:00.000+0100"), Some(Timestamp(1_709_204_400_000)));
        assert_eq!(moment("2026-11-21T09:05:51Z"), Some(Timestamp(1_795_251_951_000)));
        assert_eq!(moment("today"), None);
    }

    #[test]
    fn only_a_recent_entry_that_says_all_is_the_same() {
        let sent = json!({"list": "comments", "fields": {"body": "yes", "author": {"accountId": "mia"}}});
        let entry = |body: &str, me: &str, at: &str| json!({"comments": [{"id": "1", "body": body, "author": {"accountId": me}, "created": at}]});
        let now = Timestamp(1_795_251_951_000);
        let recent = "2026-11-21T10:05:00.000+0100";
        assert!(same_entry(&entry("yes", "mia", recent), &sent, now).is_some());
        assert!(same_entry(&entry("no", "mia", recent), &sent, now).is_none());
        assert!(same_entry(&entry("yes", "ben", recent), &sent, now).is_none());
        assert!(same_entry(&entry("yes", "mia", "2026-11-20T10:05:00.000+0100"), &sent, now).is_none());
        assert!(same_entry(&json!({}), &sent, now).is_none());
    }

    #[test]
    fn what_a_server_adds_does_no_harm_and_what_it_leaves_out_does() {
        assert!(holds(&json!({"a": {"b": 1, "id": 2}, "c": [1]}), &json!({"a": {"b": 1}, "c": [1], "d": null})));
        assert!(!holds(&json!({"a": {}}), &json!({"a": {"b": 1}})));
        assert!(!holds(&json!({"c": [1, 2]}), &json!({"c": [1]})));
    }
}
