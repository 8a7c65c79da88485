use super::*;
use crate::oauth::token_endpoint::Grant;
use crate::secret::Secret;

const NOON: Timestamp = Timestamp(1_790_000_000_000);

fn pace() -> Pace {
    Pace { threshold: Duration::from_secs(600), check_interval: Duration::from_secs(300), retries: 3 }
}

#[test]
fn a_token_is_due_whose_last_attempt_nobody_lived_to_end() {
    let grant = Grant {
        refresh_token: Some(Secret::new("refresh")),
        expires_in: Some(Duration::from_secs(3600)),
        ..Grant::of_token(Secret::new("access"))
    };
    let fresh = Tokens::first(grant, &[], NOON);
    let caught_up = NOON.after(Duration::from_secs(1200));
    assert!(!pace().is_due(&fresh, caught_up));
    for (tried, due) in [(NOON.before(Duration::from_secs(6 * 3600)), true), (NOON, false), (caught_up, true)] {
        let tokens = Tokens { attempted_at: Some(tried), ..fresh.clone() };
        assert_eq!(pace().is_due(&tokens, caught_up), due, "{tried:?}");
    }
}
