//! The tokens that lead from one page of a search to the next: opaque, bound to their query, good for seven days.

use crate::date::DAY;
use crate::random;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The token for the page that begins at `start`.
pub(crate) fn write(jql: &str, start: usize, now: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{start}:{}", random::fingerprint(jql), now + 7 * DAY))
}

/// Where the page of this token begins; `None` if it is no token of this query or too old.
pub(crate) fn read(token: &str, jql: &str, now: i64) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let mut parts = text.split(':');
    let (query, start, expires) = (parts.next()?, parts.next()?, parts.next()?);
    let good = query == random::fingerprint(jql) && now < expires.parse::<i64>().ok()?;
    if good { start.parse().ok() } else { None }
}
