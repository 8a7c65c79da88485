//! Spans of working time: `1w 2d 3h 30m`, with weeks of five days and days of eight hours.

use serde_json::Value;

/// The seconds of a span in Jira's words, or of a number of minutes; `None` if it is neither.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    if let Some(minutes) = value.as_i64() {
        return (minutes >= 0).then_some(minutes * 60);
    }
    let text = value.as_str()?;
    let parts: Vec<Option<i64>> = text.split_whitespace().map(part).collect();
    if parts.is_empty() { None } else { parts.into_iter().sum() }
}

fn part(word: &str) -> Option<i64> {
    let number = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = word.strip_prefix(number)?;
    let minutes = match unit {
        "w" => 5 * 8 * 60,
        "d" => 8 * 60,
        "h" => 60,
        "m" | "" => 1,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let tenths: i64 = fraction.chars().next()?.to_digit(10)?.into();
    let count: i64 = whole.parse().ok()?;
    (count >= 0).then_some((count * 10 + tenths) * minutes * 6)
}

#[cfg(test)]
mod tests {
    use super::seconds;
    use serde_json::json;

    #[test]
    fn spans_are_read_as_jira_reads_them() {
        for (text, hours) in [("1w", 40.0), ("1w 2d 3h 30m", 59.5), ("90m", 1.5), ("1.5h", 1.5), ("30", 0.5)] {
            let minutes = seconds(&json!(text)).unwrap() / 60;
            assert_eq!(minutes.to_string(), format!("{}", hours * 60.0), "{text}");
        }
        for wrong in ["", "soon", "3y", "-1h", "h"] {
            assert_eq!(seconds(&json!(wrong)), None, "{wrong}");
        }
    }
}
