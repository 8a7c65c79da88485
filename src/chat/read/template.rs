//! Conditions out of the templates of the table and what fills their slots.

mod negated;

use crate::chat::epic;
use crate::chat::lexicon::Slot;
use crate::chat::read::scan::{Bound, Item, Scan};
use crate::chat::read::test::Test;
use crate::chat::time;
use crate::chat::when::When;
use crate::jql::ast::{Clause, Function, Operand, Operator, Span, Terminal, Value};
use crate::jql::build::{Subject, and, empty, field, function};
use crate::jql::check::check;
use crate::jql::fields::Type;
use crate::jql::{Query, parse};
use crate::vocabulary::{Kind, State};
pub(super) use negated::negated;

const NOWHERE: Span = Span::new(0, 0);

impl Scan<'_> {
    /// The conditions of a template, of which several may stand side by side: the first that this site can run. `None` if there is
    /// none.
    pub(super) fn template(&self, text: &str, bound: &[(Slot, Bound)]) -> Option<Clause> {
        text.split(" || ").find_map(|text| {
            let clause = self.one_template(text, bound)?;
            let query = Query::matching(clause);
            let runs = epic::is_named(&query) || !check(&query, self.vocabulary).iter().any(|problem| problem.refused);
            runs.then_some(query.where_clause).flatten()
        })
    }

    fn one_template(&self, text: &str, bound: &[(Slot, Bound)]) -> Option<Clause> {
        // Functions take no other functions, so that a slot among their arguments is written as a name.
        let written = text
            .replace("({key}", "(slot_key")
            .replace("({project}", "(slot_project")
            .replace('{', "slot_")
            .replace('}', "()");
        self.filled(parse(&written).ok()?.where_clause?, bound)
    }

    fn filled(&self, clause: Clause, bound: &[(Slot, Bound)]) -> Option<Clause> {
        Some(match clause {
            Clause::And(parts, span) => {
                Clause::And(parts.into_iter().map(|part| self.filled(part, bound)).collect::<Option<_>>()?, span)
            }
            Clause::Or(parts, span) => {
                Clause::Or(parts.into_iter().map(|part| self.filled(part, bound)).collect::<Option<_>>()?, span)
            }
            Clause::Not(inner, span) => Clause::Not(Box::new(self.filled(*inner, bound)?), span),
            Clause::Terminal(terminal) => self.filled_terminal(terminal, bound)?,
        })
    }

    fn filled_terminal(&self, mut terminal: Terminal, bound: &[(Slot, Bound)]) -> Option<Clause> {
        if let Some(operand) = terminal.operand.take() {
            let (values, each) = self.operands(operand, bound)?;
            if each && values.len() > 1 && terminal.field.name == "labels" {
                return and(values.into_iter().map(|value| field(&*terminal.field.name).eq(value)).collect());
            }
            terminal.operand = Some(joined(values, &mut terminal.operator)?);
        }
        for predicate in &mut terminal.predicates {
            let operand = std::mem::replace(&mut predicate.operand, empty());
            let (mut values, _) = self.operands(operand, bound)?;
            predicate.operand = if values.len() == 1 { values.pop()? } else { Operand::List(values, NOWHERE) };
        }
        Some(Clause::Terminal(terminal))
    }

    /// What stands for an operand, and whether each of the values is meant.
    fn operands(&self, operand: Operand, bound: &[(Slot, Bound)]) -> Option<(Vec<Operand>, bool)> {
        match operand {
            Operand::Function(function) if function.name.starts_with("slot_") => self.slot(&function.name, bound),
            Operand::Function(mut function) => {
                let arguments = std::mem::take(&mut function.arguments).into_iter();
                function.arguments = arguments.map(|argument| self.argument(argument, bound)).collect::<Option<_>>()?;
                Some((vec![function.into()], false))
            }
            Operand::List(inner, _) => {
                let mut values = Vec::new();
                for one in inner {
                    values.extend(self.operands(one, bound)?.0);
                }
                Some((values, false))
            }
            other => Some((vec![other], false)),
        }
    }

    /// What stands for the argument of a function.
    fn argument(&self, argument: Value, bound: &[(Slot, Bound)]) -> Option<Value> {
        if !argument.text.starts_with("slot_") {
            return Some(argument);
        }
        let (values, _) = self.slot(&argument.text, bound)?;
        let Operand::Value(value) = values.into_iter().next()? else { return None };
        Some(Value { text: value.text, ..argument })
    }

    fn slot(&self, name: &str, bound: &[(Slot, Bound)]) -> Option<(Vec<Operand>, bool)> {
        let name = name.strip_prefix("slot_")?;
        match name {
            "finished" | "done" | "undone" | "progress" | "dropped" | "givenup" => {
                return Some((self.statuses(name), false)).filter(|(names, _)| !names.is_empty());
            }
            _ => {}
        }
        let wanted = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let nth = usize::from(wanted.len() < name.len());
        let slot = Slot::named(wanted)?;
        let (_, filled) = bound.iter().filter(|(known, _)| *known == slot).nth(nth)?;
        Some(match filled {
            Bound::Items(items, and) => (items.iter().map(|item| self.operand(item)).collect::<Option<_>>()?, *and),
            Bound::Text(text) => (vec![words(text)], false),
            Bound::Keys(keys) => (keys.iter().map(|key| key.as_str().into()).collect(), false),
            Bound::Number(number) => (vec![number.as_str().into()], false),
        })
    }

    /// The site's statuses that mean done, and of these those that are no giving up; or those that mean something else.
    fn statuses(&self, which: &str) -> Vec<Operand> {
        const GIVEN_UP: [&str; 11] = [
            "cancel",
            "reject",
            "declin",
            "won't",
            "wont",
            "duplicate",
            "abandon",
            "withdrawn",
            "obsolete",
            "invalid",
            "scrapped",
        ];
        let given_up = |name: &str| GIVEN_UP.iter().any(|word| crate::vocabulary::folded(name).contains(word));
        let kind = if which == "givenup" { Kind::Resolution } else { Kind::Status };
        let entries = self.vocabulary.entries(kind).iter();
        let fits = entries.filter(|entry| match which {
            "finished" => entry.state == State::Done && !given_up(&entry.name),
            "done" => entry.state == State::Done,
            "dropped" => entry.state == State::Done && given_up(&entry.name),
            "givenup" => given_up(&entry.name) && !crate::vocabulary::folded(&entry.name).contains("duplicate"),
            "progress" => entry.state == State::InProgress,
            _ => entry.state != State::Done,
        });
        let mut names: Vec<&str> = fits.map(|entry| entry.name.as_str()).collect();
        names.dedup();
        if names.is_empty() && !matches!(which, "dropped" | "givenup") {
            names.push(if which == "progress" { "In Progress" } else { "Done" });
        }
        names.into_iter().map(Operand::from).collect()
    }

    /// A name as queries write it. `None` where several are meant: the person is asked.
    pub(super) fn operand(&self, item: &Item) -> Option<Operand> {
        if item.me {
            return Some(function("currentUser").into());
        }
        let name = self.index.name(*item.names.first()?)?;
        let entry = self.index.entry(name, self.vocabulary)?;
        Some(match name.slot {
            Slot::Category => entry.of.as_str().into(),
            Slot::Project => entry.also.first().unwrap_or(&entry.name).as_str().into(),
            Slot::Person => {
                let unique =
                    self.vocabulary.is_whole(Kind::Person) && self.vocabulary.count(Kind::Person, &entry.name) == 1;
                if unique { entry.name.as_str().into() } else { entry.id.as_str().into() }
            }
            Slot::Group => function("membersOf").with(entry.name.as_str()).into(),
            Slot::Sprint if self.vocabulary.count(Kind::Sprint, &entry.name) > 1 => {
                Operand::Value(Value { text: entry.id.clone(), number: true, span: NOWHERE })
            }
            _ => entry.name.as_str().into(),
        })
    }

    /// The condition that names make by themselves.
    pub(super) fn of_items(&self, items: &[Item], each: bool) -> Option<Clause> {
        let first = items.first()?;
        let name = match first.names.first() {
            Some(name) => self.index.field_of(self.index.name(*name)?).to_owned(),
            None => "assignee".to_owned(),
        };
        self.of_values(&name, items, each)
    }

    /// The condition that a field holds one of the names, or each of them.
    pub(super) fn of_values(&self, name: &str, items: &[Item], each: bool) -> Option<Clause> {
        let mut values: Vec<Operand> = items.iter().map(|item| self.operand(item)).collect::<Option<_>>()?;
        if each && name == "labels" {
            return and(values.into_iter().map(|value| field(name).eq(value)).collect());
        }
        let group = matches!(values.as_slice(), [Operand::Function(function)] if function.name == "membersOf");
        match values.pop()? {
            Operand::Function(function) if group => Some(field(name).within(function)),
            only if values.is_empty() => Some(field(name).eq(only)),
            last => {
                values.push(last);
                field(name).one_of(values)
            }
        }
    }

    /// The condition of a test. `None` where it cannot be told.
    pub(super) fn of_test(&self, at: usize, test: &Test) -> Option<Clause> {
        let known = self.index.fields.get(at)?;
        let (name, kind) = (known.name.as_str(), known.kind);
        Some(match test {
            Test::Items(items, each) => self.of_values(name, items, *each)?,
            Test::Amount(operator, text) => compared(name, *operator, text),
            Test::Rank(operator, item) => with_operator(field(name), *operator, self.operand(item)?),
            Test::Range(low, high) => {
                and(vec![compared(name, Operator::GreaterOrEqual, low), compared(name, Operator::LessOrEqual, high)])?
            }
            Test::When(when) => time::clause(name, kind, when)?,
            Test::Text(text) => field(name).like(words(text)),
            Test::Keys(keys) => {
                let mut keys: Vec<Operand> = keys.iter().map(|key| key.as_str().into()).collect();
                if keys.len() == 1 { field(name).eq(keys.pop()?) } else { field(name).one_of(keys)? }
            }
            Test::Categories(categories) => match categories.as_slice() {
                [only] => field(name).eq(*only),
                several => field(name).one_of(several.iter().map(|category| (*category).into()).collect())?,
            },
            Test::Empty(true) if matches!(name, "votes" | "watchers") => compared(name, Operator::Equals, "0"),
            Test::Empty(false) if matches!(name, "votes" | "watchers") => compared(name, Operator::Greater, "0"),
            Test::Empty(true) => field(name).is_empty(),
            Test::Empty(false) => field(name).is_not_empty(),
            Test::Changed => field(name).changed(None, None).into(),
            Test::Not(inner) => negated(self.of_test(at, inner)?, kind != Type::Text),
        })
    }
}

/// The test of a field against a number or an amount of time.
pub(super) fn compared(name: &str, operator: Operator, text: &str) -> Clause {
    let number = text.parse::<i64>().is_ok();
    let value = Operand::Value(Value { text: text.to_owned(), number, span: NOWHERE });
    with_operator(field(name), operator, value)
}

/// The test of a field with an operator that orders, or for the same value.
pub(super) fn with_operator(subject: Subject, operator: Operator, value: Operand) -> Clause {
    match operator {
        Operator::Greater => subject.greater(value),
        Operator::GreaterOrEqual => subject.at_least(value),
        Operator::Less => subject.less(value),
        Operator::LessOrEqual => subject.at_most(value),
        _ => subject.eq(value),
    }
}

/// Words to be looked for, in Jira's search syntax: what stands in quotes is looked for as it is.
pub(super) fn words(text: &str) -> Operand {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(exact) if exact.contains(' ') => format!("\"{}\"", exact.replace(['"', '\\'], " ")).into(),
        Some(exact) => crate::jql::build::literal_words(exact).into(),
        None => crate::jql::build::literal_words(text).into(),
    }
}

/// One value, or a list with the operator that takes it.
fn joined(mut values: Vec<Operand>, operator: &mut Operator) -> Option<Operand> {
    if values.len() == 1 && !matches!(operator, Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn) {
        return values.pop();
    }
    if values.len() == 1 && matches!(values.first(), Some(Operand::Function(_))) {
        return values.pop();
    }
    *operator = match *operator {
        Operator::Equals => Operator::In,
        Operator::NotEquals => Operator::NotIn,
        Operator::Was => Operator::WasIn,
        Operator::WasNot => Operator::WasNotIn,
        other => other,
    };
    match operator {
        // Text cannot be tested against a list.
        Operator::Like | Operator::NotLike => values.pop(),
        _ => (!values.is_empty()).then_some(Operand::List(values, NOWHERE)),
    }
}

/// The issues that a person changed, in a time.
pub(super) fn updated_by(person: &Operand, when: Option<&When>, scan: &Scan<'_>) -> Option<Clause> {
    let who = match person {
        Operand::Value(value) => value.text.clone(),
        // The function takes no other functions.
        Operand::Function(_) if !scan.me.is_empty() => scan.me.clone(),
        Operand::Function(function) => format!("{}()", function.name),
        _ => return None,
    };
    let mut call: Function = function("updatedBy").with(who);
    for edge in when.iter().flat_map(|when| [&when.from, &when.to]).flatten() {
        call = call.with(time::plain(edge, scan.today)?);
    }
    Some(field("issuekey").within(call))
}
