//! ORDER BY. EMPTY comes last when ascending, first when descending.

use super::{Checked, Held, World};
use crate::issues::Issue;
use chat_for_jira::jql::ast::{Direction, Query};
use chat_for_jira::vocabulary::Kind as Names;

/// By what an issue is sorted: numbers before texts; none for EMPTY.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) enum Rank {
    Number(f64),
    Text(String),
    Empty,
}

#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "moments and places are far below 2^52")]
const fn number(value: i64) -> Rank {
    Rank::Number(value as f64)
}

fn rank(world: &World, held: &Held, issue: &Issue) -> Rank {
    let found = match held {
        Held::Moment(id) => issue.moments.get(id).map(|at| number(*at)),
        Held::Day(id) => issue.days.get(id).map(|day| number(*day)),
        Held::Number(id) | Held::Duration(id) => issue.numbers.get(id).map(|value| Rank::Number(*value)),
        Held::Text(id) => issue.texts.get(id).map(|text| Rank::Text(text.to_lowercase())),
        Held::Names(id, Some(kind @ (Names::Priority | Names::Status | Names::IssueType | Names::Resolution))) => {
            let place = issue
                .held(id)
                .first()
                .and_then(|name| world.names.entries(*kind).iter().position(|one| one.name == *name));
            // The lowest priority is the least.
            let sign = if *kind == Names::Priority { -1 } else { 1 };
            place.map(|place| number(i64::try_from(place).unwrap() * sign))
        }
        Held::Person(id) => {
            let name = issue.held(id).first().and_then(|id| world.names.find(Names::Person, id));
            name.map(|entry| Rank::Text(entry.name.to_lowercase()))
        }
        Held::Key => issue.key.rsplit_once('-').map(|(project, count)| Rank::Text(format!("{project} {count:0>9}"))),
        other => world.values(other, issue).first().cloned().map(Rank::Text),
    };
    found.unwrap_or(Rank::Empty)
}

/// The fields of the order with whether each goes down.
fn fields(world: &World, query: &Query) -> Checked<Vec<(Held, bool)>> {
    let falls = |held: &Held| {
        let rising = matches!(held, Held::Key | Held::Moment(_) | Held::Day(_) | Held::Names(_, Some(Names::Priority)));
        rising || matches!(held, Held::Number(id) if id == "votes" || id == "watches")
    };
    let one = |field: &chat_for_jira::jql::ast::OrderField| {
        let held = world.field(&field.field.name)?;
        let down = field.direction.map_or(falls(&held), |direction| direction == Direction::Desc);
        Ok((held, down))
    };
    query.order_by.iter().map(one).collect()
}

/// What the issue is sorted by under the order of a query.
pub(crate) fn ranks(world: &World, query: &Query, at: usize) -> Vec<Rank> {
    fields(world, query).unwrap_or_default().iter().map(|(held, _)| rank(world, held, &world.issues[at])).collect()
}

pub(super) fn sort(world: &World, query: &Query, found: &mut [usize]) -> Checked<()> {
    let fields = fields(world, query)?;
    found.sort_by(|left, right| {
        let compare = |(held, down): &(Held, bool)| {
            let [left, right] = [left, right].map(|at| rank(world, held, &world.issues[*at]));
            let order = left.partial_cmp(&right).unwrap_or(std::cmp::Ordering::Equal);
            if *down { order.reverse() } else { order }
        };
        fields.iter().map(compare).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    Ok(())
}
