//! How grave the values of a site's own lists are: `severity at least major`, `major or worse`.

use crate::chat::index::{Name, index};
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Item, Scan};
use crate::jql::ast::Operator;
use crate::vocabulary::folded;

/// Words for grades, the gravest first. Only they tell which end of a list is the grave one.
const GRADES: [&[&str]; 5] = [
    &["catastrophic", "blocker", "critical", "fatal", "extreme", "emergency", "highest", "very high"],
    &["severe", "serious", "major", "high", "significant"],
    &["medium", "moderate", "normal", "average"],
    &["minor", "low", "small", "marginal"],
    &["trivial", "negligible", "cosmetic", "lowest", "very low", "none"],
];

impl Scan<'_> {
    /// The values of a field that are as grave as the one at a token, or graver; or less. With the token behind.
    pub(super) fn grades(&self, field: usize, at: usize) -> Option<(Vec<Item>, usize)> {
        let one = |at: usize| {
            let fits = |item: &&Item| item.slot == Slot::Option && item.whole;
            self.items(at).iter().find(fits).cloned()
        };
        let (operator, item, end) = if let Some((operator, next)) = self.compared(at, "cmp") {
            let item = one(self.sentence.past_articles(next))?;
            (operator, item.clone(), item.end)
        } else {
            let item = one(at)?;
            let (operator, end) = self.compared(item.end, "post")?;
            (operator, item, end)
        };
        let of_field = |name: &&u32| self.index.name(**name).is_some_and(|name| index(name.at) == field);
        let place = index(self.index.name(*item.names.iter().find(of_field)?)?.option);
        let rising = self.is_rising(field)?;
        let chosen = |option: usize| match (operator, rising) {
            (Operator::GreaterOrEqual, true) | (Operator::LessOrEqual, false) => option >= place,
            (Operator::GreaterOrEqual, false) | (Operator::LessOrEqual, true) => option <= place,
            (Operator::Greater, true) | (Operator::Less, false) => option > place,
            (Operator::Greater, false) | (Operator::Less, true) => option < place,
            _ => option == place,
        };
        let is_chosen = |name: &Name| {
            name.slot == Slot::Option && !name.alias && index(name.at) == field && chosen(index(name.option))
        };
        let names = (0..).zip(&self.index.names).filter(|(_, name)| is_chosen(name));
        let items: Vec<Item> =
            names.map(|(name, _)| Item { names: vec![name], start: at, end, ..item.clone() }).collect();
        (!items.is_empty()).then_some((items, end))
    }

    /// Whether the values of a field go from the least grave to the gravest. `None` where their names do not tell.
    fn is_rising(&self, field: usize) -> Option<bool> {
        let grade = |name: &str| GRADES.iter().position(|words| words.contains(&&*folded(name)));
        let options = self.index.options(field, self.vocabulary);
        let known: Vec<usize> = options.iter().filter_map(|option| grade(&option.name)).collect();
        match (known.first()?, known.last()?) {
            (first, last) if first < last && known.is_sorted() => Some(false),
            (first, last) if first > last && known.is_sorted_by(|one, other| one >= other) => Some(true),
            _ => None,
        }
    }
}
