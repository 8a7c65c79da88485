//! Links between issues.

use crate::data::catalog::LINKS;
use crate::data::dice::Dice;
use crate::data::model::{Issue, Link};

/// Links duplicates, what blocks what, and what is related.
pub(super) fn add(issues: &mut [Issue], dice: &mut Dice) {
    for at in 0..issues.len() {
        if issues[at].resolution == Some("Duplicate")
            && let Some(older) =
                near(issues, at, dice, |other, this| other.created < this.created && other.kind == this.kind)
        {
            link(issues, at, older, "Duplicate");
        }
        if (issues[at].status == "Blocked" || issues[at].resolution.is_none() && dice.chance(6))
            && let Some(other) = near(issues, at, dice, |other, _| other.kind != "Epic")
        {
            link(issues, other, at, "Blocks");
        }
        if dice.chance(7)
            && let Some(other) = near(issues, at, dice, |other, this| other.kind == this.kind)
        {
            link(issues, at, other, if dice.chance(15) { "Cloners" } else { "Relates" });
        }
    }
}

/// Another issue of the same project that fits, not too far away in time.
fn near(issues: &[Issue], at: usize, dice: &mut Dice, fits: impl Fn(&Issue, &Issue) -> bool) -> Option<usize> {
    let this = &issues[at];
    let (low, high) = (at.saturating_sub(150), (at + 150).min(issues.len()));
    let range: Vec<usize> = (low..high)
        .filter(|place| *place != at && issues[*place].project == this.project && fits(&issues[*place], this))
        .collect();
    if range.is_empty() { None } else { Some(*dice.pick(&range)) }
}

fn link(issues: &mut [Issue], from: usize, to: usize, kind: &str) {
    let Some(kind) = LINKS.iter().find(|known| known.name == kind) else { return };
    let (from_key, to_key) = (issues[from].key.clone(), issues[to].key.clone());
    if from_key == to_key || issues[from].links.iter().any(|link| link.key == to_key) {
        return;
    }
    issues[from].links.push(Link { id: 0, words: kind.outward, kind: kind.name, outward: true, key: to_key });
    issues[to].links.push(Link { id: 0, words: kind.inward, kind: kind.name, outward: false, key: from_key });
}
