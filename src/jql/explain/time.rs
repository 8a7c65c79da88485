//! Moments in words: `-7d`, `startOfWeek(-1)`, `2026-01-31`.

use crate::jql::ast::{Function, Operand, Operator};

/// A moment as a query writes it.
pub(super) enum Moment {
    /// So much before now, or after it.
    Relative { past: bool, amount: String },
    /// `now()`, `lastLogin()`, `currentLogin()`
    Named(&'static str),
    /// The start or the end of a day, week, month or year: this one, or one so much before or after.
    Boundary { end: bool, unit: &'static str, shift: Shift },
    /// A date.
    Date(String),
}

/// Which day, week, month or year is meant.
pub(super) enum Shift {
    This,
    Last,
    Next,
    By { past: bool, amount: String },
}

/// The moment an operand means. Where the field may hold something else than moments, `4w` is none: only `-4w` or `+4w` is.
pub(super) fn moment(operand: &Operand, certain: bool) -> Option<Moment> {
    match operand {
        Operand::Value(value) if is_date(&value.text) => Some(Moment::Date(value.text.clone())),
        Operand::Value(value) => {
            let (past, amount) = relative(&value.text, "")?;
            let signed = value.text.starts_with(['-', '+']);
            (certain || signed).then_some(Moment::Relative { past, amount })
        }
        Operand::Function(function) if let Some((_, name)) = named(function) => Some(Moment::Named(name)),
        Operand::Function(function) => {
            let name = function.name.to_ascii_lowercase();
            let (end, unit) = match name.strip_prefix("startof") {
                Some(unit) => (false, unit),
                None => (true, name.strip_prefix("endof")?),
            };
            let unit = ["day", "week", "month", "year"].into_iter().find(|known| *known == unit)?;
            let shift = match function.arguments.as_slice() {
                [] => Shift::This,
                [only] => shift(&only.text, unit)?,
                _ => return None,
            };
            Some(Moment::Boundary { end, unit, shift })
        }
        _ => None,
    }
}

/// The functions that stand for one moment.
const NAMED: [(&str, &str); 3] = [("now", NOW), ("currentLogin", "your login"), ("lastLogin", "your last login")];

const NOW: &str = "now";

fn named(function: &Function) -> Option<&'static (&'static str, &'static str)> {
    NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(&function.name)).filter(|_| function.arguments.is_empty())
}

fn shift(text: &str, unit: &str) -> Option<Shift> {
    let (past, amount) = relative(text, unit)?;
    let one = amount.strip_prefix("1 ").is_some_and(|of| of == unit);
    let none = amount.starts_with("0 ");
    Some(match (none, one, past) {
        (true, ..) => Shift::This,
        (_, true, true) => Shift::Last,
        (_, true, false) => Shift::Next,
        _ => Shift::By { past, amount },
    })
}

/// `-1w 2d` as (past, "1 week and 2 days"). A number without a letter counts `bare`, if that is not empty.
fn relative(text: &str, bare: &str) -> Option<(bool, String)> {
    let past = text.starts_with('-');
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut out = String::new();
    for part in rest.split(' ') {
        let count = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match part.strip_prefix(count)? {
            "" if bare.is_empty() => return None,
            "" => bare,
            "m" => "minute",
            "h" => "hour",
            "d" => "day",
            "w" => "week",
            "M" => "month",
            "y" => "year",
            _ => return None,
        };
        if count.is_empty() || !count.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let plural = if count == "1" { "" } else { "s" };
        out.push_str(if out.is_empty() { "" } else { " and " });
        out.push_str(&format!("{count} {unit}{plural}"));
    }
    Some((past, out))
}

/// `2026-01-31` or `2026/01/31`, with a time of day or not.
fn is_date(text: &str) -> bool {
    let mut bytes = text.bytes();
    let fits = |pattern: &[u8], bytes: &mut std::str::Bytes<'_>| {
        pattern.iter().all(|wanted| {
            bytes.next().is_some_and(|b| match wanted {
                b'0' => b.is_ascii_digit(),
                b'-' => matches!(b, b'-' | b'/'),
                other => b == *other,
            })
        })
    };
    fits(b"0000-00-00", &mut bytes) && (bytes.len() == 0 || (fits(b" 00:00", &mut bytes) && bytes.len() == 0))
}

impl Moment {
    /// The moment's name: `the start of last week`.
    pub(super) fn name(self) -> String {
        match self {
            Self::Named(name) => name.to_owned(),
            Self::Date(date) => date,
            Self::Relative { past, amount } => distance(past, &amount),
            Self::Boundary { end, unit, shift } => {
                let which = match (shift, unit) {
                    (Shift::This, "day") => "today".to_owned(),
                    (Shift::Last, "day") => "yesterday".to_owned(),
                    (Shift::Next, "day") => "tomorrow".to_owned(),
                    (Shift::This, _) => format!("this {unit}"),
                    (Shift::Last, _) => format!("last {unit}"),
                    (Shift::Next, _) => format!("next {unit}"),
                    (Shift::By { past, amount }, _) => format!("the {unit} {}", distance(past, &amount)),
                };
                format!("the {} of {which}", if end { "end" } else { "start" })
            }
        }
    }

    /// What a comparison with the moment says: `in the last 7 days`. `past`: what is compared never lies in the future.
    pub(super) fn phrase(self, operator: Operator, past: bool) -> String {
        let later = matches!(operator, Operator::Greater | Operator::GreaterOrEqual);
        let earlier = matches!(operator, Operator::Less | Operator::LessOrEqual);
        match self {
            Self::Relative { past: true, amount } if later && past => {
                format!("in the last {}", amount.strip_prefix("1 ").unwrap_or(&amount))
            }
            Self::Relative { past: behind, amount } if earlier || later => {
                let strict = matches!(operator, Operator::Less | Operator::Greater);
                let distance = distance(behind, &amount);
                match (behind == earlier, strict) {
                    (true, true) => format!("more than {distance}"),
                    (true, false) => format!("at least {distance}"),
                    (false, true) => format!("{} than {distance}", if earlier { "earlier" } else { "later" }),
                    (false, false) => format!("{distance} or {}", if earlier { "earlier" } else { "later" }),
                }
            }
            Self::Boundary { end: false, unit, shift: Shift::This } if later && past => match unit {
                "day" => "today".to_owned(),
                _ => format!("this {unit}"),
            },
            Self::Relative { past: behind, amount } if operator == Operator::Equals => distance(behind, &amount),
            Self::Named(NOW) if operator == Operator::Equals => NOW.to_owned(),
            moment => format!("{} {}", moment.preposition(operator, past), moment.name()),
        }
    }

    const fn preposition(&self, operator: Operator, past: bool) -> &'static str {
        let date = matches!(self, Self::Date(_));
        match operator {
            Operator::Less => "before",
            Operator::Greater => "after",
            Operator::LessOrEqual if date => "on or before",
            Operator::LessOrEqual => "by",
            Operator::GreaterOrEqual if date => "on or after",
            Operator::GreaterOrEqual if past => "since",
            Operator::GreaterOrEqual => "not before",
            Operator::NotEquals => "not on",
            _ if date => "on",
            _ => "at",
        }
    }

    /// Whether a due date so compared with the moment has passed.
    pub(super) fn is_overdue(&self, operator: Operator) -> bool {
        matches!(operator, Operator::Less)
            && matches!(self, Self::Named(NOW) | Self::Boundary { end: false, unit: "day", shift: Shift::This })
    }
}

fn distance(past: bool, amount: &str) -> String {
    if past { format!("{amount} ago") } else { format!("{amount} from now") }
}
