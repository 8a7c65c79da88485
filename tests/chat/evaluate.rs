//! Runs JQL over made issues, so that two queries can be compared by what they find. The tree comes from the product's parser;
//! what it means is decided here alone, for whatever fields the site's file has.
//!
//! Where Atlassian's documentation is silent: only `is EMPTY` and lists with EMPTY match EMPTY; `NOT clause` is the clause with the
//! opposite operator; relative dates count from now; days and weeks are those of the site's time zone; weeks begin on Monday.
//! What is not supported is refused, never answered wrongly. (The simulator's evaluator is bound to the fields and the names of its
//! own sample data.)

mod functions;
mod history;
mod moments;
pub(crate) mod order;
mod text;

use crate::issues::Issue;
use chat_for_jira::jql::ast::{Clause, Operand, Operator, Query, Terminal};
use chat_for_jira::jql::fields::Type;
use chat_for_jira::vocabulary::{Entry, Kind as Names, State, Vocabulary, file};
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Why a query cannot be run.
pub(crate) type Checked<T> = Result<T, String>;
type Test<'s> = Box<dyn Fn(&Issue) -> bool + 's>;

/// A site with its issues at a moment.
pub(crate) struct World {
    pub(crate) site: Value,
    pub(crate) names: Vocabulary,
    pub(crate) issues: Vec<Issue>,
    pub(crate) me: String,
    /// Of each status, in small letters.
    categories: HashMap<String, &'static str>,
    /// Milliseconds since 1970.
    pub(crate) now: i64,
    /// How far the site's clock is ahead of UTC, in milliseconds.
    pub(crate) ahead: i64,
}

/// What a field holds and where.
#[derive(Clone, Debug, PartialEq)]
enum Held {
    Key,
    /// Names under a field's id, of things of this kind; texts that are no known names are refused if there is a list.
    Names(String, Option<Names>),
    /// Of an administrator's options.
    Option(String),
    Person(String),
    Text(String),
    AllText,
    Comment,
    Moment(String),
    Day(String),
    Number(String),
    Duration(String),
    StatusCategory,
    LinkType,
    WorklogAuthor,
    WorklogDate,
    Attachments,
    /// Labels: any text is one.
    Labels(String),
}

impl World {
    pub(crate) fn new(site: Value, seed: u64) -> Self {
        let (now, ahead) = moments::stamp(site["now"].as_str().unwrap()).unwrap();
        let issues = crate::issues::make(&site, seed, now);
        let me = site["currentUser"].as_str().unwrap().to_owned();
        let names = file::read(&site);
        let category = |status: &Entry| match status.state {
            State::ToDo => "to do",
            State::InProgress => "in progress",
            _ => "done",
        };
        let categories =
            names.entries(Names::Status).iter().map(|one| (one.name.to_lowercase(), category(one))).collect();
        Self { names, site, issues, me, categories, now, ahead }
    }

    /// The places of the issues that a query finds, in its order.
    pub(crate) fn run(&self, query: &Query) -> Checked<Vec<usize>> {
        let test: Test<'_> = match &query.where_clause {
            Some(clause) => self.compile(clause, false)?,
            None => Box::new(|_| true),
        };
        let mut found: Vec<usize> = (0..self.issues.len()).filter(|at| test(&self.issues[*at])).collect();
        order::sort(self, query, &mut found)?;
        Ok(found)
    }

    fn compile<'s>(&'s self, clause: &Clause, negated: bool) -> Checked<Test<'s>> {
        let parts =
            |parts: &[Clause]| parts.iter().map(|part| self.compile(part, negated)).collect::<Checked<Vec<_>>>();
        Ok(match (clause, negated) {
            (Clause::Not(part, _), _) => self.compile(part, !negated)?,
            (Clause::And(all, _), false) | (Clause::Or(all, _), true) => {
                let tests = parts(all)?;
                Box::new(move |issue| tests.iter().all(|test| test(issue)))
            }
            (Clause::And(any, _) | Clause::Or(any, _), _) => {
                let tests = parts(any)?;
                Box::new(move |issue| tests.iter().any(|test| test(issue)))
            }
            (Clause::Terminal(one), _) => self.terminal(one, negated)?,
        })
    }

    fn terminal<'s>(&'s self, one: &Terminal, negated: bool) -> Checked<Test<'s>> {
        let held = self.field(&one.field.name)?;
        if one.operator.is_history() {
            return history::test(self, &held, one, negated);
        }
        let operator = if negated { opposite(one.operator) } else { one.operator };
        let operand = one.operand.as_ref().ok_or("compared with nothing")?;
        if let Operand::Empty(_) = operand {
            let wanted = match operator {
                Operator::Is | Operator::Equals => true,
                Operator::IsNot | Operator::NotEquals => false,
                _ => return Err("EMPTY does not go with this operator".into()),
            };
            return Ok(Box::new(move |issue| self.is_empty(&held, issue) == wanted));
        }
        if matches!(operator, Operator::Is | Operator::IsNot) {
            return Err("IS wants EMPTY".into());
        }
        if matches!(operator, Operator::Like | Operator::NotLike) {
            return text::test(&held, operator == Operator::NotLike, operand, &self.me);
        }
        match held {
            Held::Moment(_) | Held::Day(_) | Held::WorklogDate => moments::test(self, held, operator, operand),
            Held::Number(_) | Held::Duration(_) => numbers(held, operator, operand),
            _ if rank_of(operator, Ordering::Less).is_some() => self.ranks(&held, operator, operand),
            _ => self.membership(held, operator, operand),
        }
    }

    /// The field that queries call so.
    fn field(&self, name: &str) -> Checked<Held> {
        let lower = name.to_lowercase();
        let special = match lower.as_str() {
            "key" | "issuekey" | "issue" | "id" => Held::Key,
            "text" => Held::AllText,
            "comment" => Held::Comment,
            "statuscategory" => Held::StatusCategory,
            "issuelinktype" => Held::LinkType,
            "worklogauthor" => Held::WorklogAuthor,
            "worklogdate" => Held::WorklogDate,
            "attachments" => Held::Attachments,
            "parent" => Held::Names("parent".into(), None),
            "watcher" | "voter" => Held::Person(lower),
            "timespent" => Held::Duration(lower),
            "originalestimate" | "timeoriginalestimate" => Held::Duration("timeoriginalestimate".into()),
            "remainingestimate" | "timeestimate" => Held::Duration("timeestimate".into()),
            "votes" => Held::Number(lower),
            "watchers" => Held::Number("watches".into()),
            _ => {
                return self.listed(
                    name.rsplit_once('[').filter(|_| !lower.starts_with("cf[")).map_or(name, |(name, _)| name),
                );
            }
        };
        Ok(special)
    }

    /// A field of the site's list.
    fn listed(&self, name: &str) -> Checked<Held> {
        let field = self.names.fields(name).next().ok_or_else(|| format!("no field '{name}'"))?;
        let id = field.id.clone();
        let kind = field.facts.as_ref().unwrap().kind;
        Ok(match kind {
            Type::Text => Held::Text(id),
            Type::Number => Held::Number(id),
            Type::Moment => Held::Moment(id),
            Type::Day => Held::Day(id),
            Type::Person => Held::Person(id),
            Type::Label => Held::Labels(id),
            Type::Option => Held::Option(id),
            _ => Held::Names(id, Some(Names::of_type(kind).ok_or_else(|| format!("'{name}' cannot be searched"))?)),
        })
    }

    /// What the issue holds, in small letters.
    fn values<'i>(&self, held: &Held, issue: &'i Issue) -> Cow<'i, [String]> {
        match held {
            Held::Names(id, _) | Held::Option(id) | Held::Person(id) | Held::Labels(id) => {
                Cow::Borrowed(issue.small.get(id).map_or(&[], Vec::as_slice))
            }
            Held::Key => Cow::Owned(vec![issue.key.to_lowercase()]),
            Held::StatusCategory => Cow::Owned(vec![self.category(&issue.small["status"][0]).into()]),
            Held::LinkType => Cow::Owned(issue.links.iter().map(|(words, _)| words.to_lowercase()).collect()),
            Held::WorklogAuthor => Cow::Owned(issue.worklogs.iter().map(|(who, _)| who.to_lowercase()).collect()),
            _ => Cow::Owned(Vec::new()),
        }
    }

    fn category(&self, status: &str) -> &'static str {
        self.categories.get(status).copied().unwrap_or("done")
    }

    fn is_empty(&self, held: &Held, issue: &Issue) -> bool {
        match held {
            Held::Moment(id) => !issue.moments.contains_key(id),
            Held::Day(id) => !issue.days.contains_key(id),
            Held::Number(id) | Held::Duration(id) => !issue.numbers.contains_key(id),
            Held::Text(id) => issue.texts.get(id).is_none_or(String::is_empty),
            Held::Attachments => issue.attachments == 0,
            Held::WorklogDate => issue.worklogs.is_empty(),
            Held::Comment => issue.comments.is_empty(),
            _ => self.values(held, issue).is_empty(),
        }
    }

    fn membership<'s>(&'s self, held: Held, operator: Operator, operand: &Operand) -> Checked<Test<'s>> {
        let mut wanted = Vec::new();
        let empty = self.wanted(&held, operand, &mut wanted)?;
        Ok(match operator {
            Operator::Equals | Operator::In => Box::new(move |issue| {
                let has = self.values(&held, issue);
                has.iter().any(|value| wanted.contains(value)) || empty && has.is_empty()
            }),
            Operator::NotEquals | Operator::NotIn => Box::new(move |issue| {
                let has = self.values(&held, issue);
                (held == Held::LinkType || !has.is_empty()) && !has.iter().any(|value| wanted.contains(value))
            }),
            _ => return Err("the field does not take this operator".into()),
        })
    }

    /// Adds what an operand means for the field, in small letters; whether EMPTY is among it.
    fn wanted(&self, held: &Held, operand: &Operand, wanted: &mut Vec<String>) -> Checked<bool> {
        match operand {
            Operand::Empty(_) => return Ok(true),
            Operand::List(all, _) => {
                let mut empty = false;
                for one in all {
                    empty |= self.wanted(held, one, wanted)?;
                }
                return Ok(empty);
            }
            Operand::Function(function) => {
                wanted.extend(functions::values(self, held, function)?.into_iter().map(|one| one.to_lowercase()))
            }
            Operand::Value(value) => {
                let resolution = matches!(held, Held::Names(id, _) if id == "resolution");
                if resolution && value.text.eq_ignore_ascii_case("unresolved") {
                    return Ok(true);
                }
                wanted.extend(self.meant(held, &value.text)?.into_iter().map(|one| one.to_lowercase()));
            }
        }
        Ok(false)
    }

    /// The stored forms of a value; an error if the site has no such thing.
    fn meant(&self, held: &Held, text: &str) -> Checked<Vec<String>> {
        let unknown = || format!("'{text}' does not exist");
        Ok(match held {
            Held::Person(_) | Held::WorklogAuthor => vec![self.person(text)?],
            Held::Names(_, Some(kind)) => {
                let called = self.names.entries(*kind).iter().filter(|entry| entry.is_called(text));
                let stored = |entry: &Entry| match kind {
                    Names::Project => entry.also[0].clone(),
                    Names::Sprint => entry.id.clone(),
                    _ => entry.name.clone(),
                };
                let found: Vec<String> = called.map(stored).collect();
                if found.is_empty() { return Err(unknown()) } else { found }
            }
            Held::Option(id) => {
                let field = self.names.find(Names::Field, id).and_then(|field| field.facts.as_ref()?.options.as_ref());
                let option = field.and_then(|options| options.iter().find(|option| option.is_called(text)));
                vec![option.ok_or_else(unknown)?.name.clone()]
            }
            Held::StatusCategory => match text.to_lowercase().as_str() {
                "to do" | "new" | "2" => vec!["to do".into()],
                "in progress" | "indeterminate" | "4" => vec!["in progress".into()],
                "done" | "3" => vec!["done".into()],
                _ => return Err(unknown()),
            },
            Held::LinkType => {
                let all = self.names.entries(Names::LinkType);
                let words: Vec<String> = all
                    .iter()
                    .filter(|link| link.is_called(text))
                    .flat_map(|link| {
                        if link.name.eq_ignore_ascii_case(text) { link.also.clone() } else { vec![text.to_owned()] }
                    })
                    .collect();
                if words.is_empty() { return Err(unknown()) } else { words }
            }
            Held::Key => {
                let known = self.issues.iter().any(|issue| issue.key.eq_ignore_ascii_case(text));
                if known { vec![text.to_owned()] } else { return Err(unknown()) }
            }
            Held::Names(..) | Held::Labels(_) => vec![text.to_owned()],
            _ => return Err("the field takes no names".into()),
        })
    }

    /// The account id of a person given by it, by the full name, or by the mail address.
    fn person(&self, text: &str) -> Checked<String> {
        let found: Vec<&str> = self
            .names
            .entries(Names::Person)
            .iter()
            .filter(|one| one.is_called(text))
            .map(|one| one.id.as_str())
            .collect();
        match found[..] {
            [one] => Ok(one.to_owned()),
            _ => Err(format!("the user '{text}' does not exist")),
        }
    }

    /// `priority >= P2`, `fixVersion < 5.3`, `key > PUMP-10`.
    fn ranks<'s>(&'s self, held: &Held, operator: Operator, operand: &Operand) -> Checked<Test<'s>> {
        let Operand::Value(value) = operand else { return Err("one value is wanted here".into()) };
        let wrong = || "the field does not take this operator".to_owned();
        let (id, kind) = match held {
            Held::Names(id, Some(kind @ (Names::Priority | Names::Version))) => (id.clone(), *kind),
            _ => return Err(wrong()),
        };
        let text = self.meant(held, &value.text)?.swap_remove(0);
        // The highest priority comes first, the newest version last.
        let direction = if kind == Names::Priority { -1 } else { 1 };
        let place = move |name: &str| {
            self.names
                .entries(kind)
                .iter()
                .position(|one| one.name == name)
                .map(|at| i64::try_from(at).unwrap() * direction)
        };
        let of =
            move |name: &str| self.names.entries(kind).iter().find(|one| one.name == name).map(|one| one.of.clone());
        let (limit, project) = (place(&text), of(&text));
        Ok(Box::new(move |issue| {
            issue
                .held(&id)
                .iter()
                .any(|name| of(name) == project && rank_of(operator, place(name).cmp(&limit)).unwrap_or(false))
        }))
    }
}

/// Whether the comparison holds for this order; `None` if the operator is none.
fn rank_of(operator: Operator, order: Ordering) -> Option<bool> {
    Some(match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        Operator::GreaterOrEqual => order.is_ge(),
        _ => return None,
    })
}

/// The operator that says the contrary.
fn opposite(operator: Operator) -> Operator {
    use Operator as O;
    let pairs = [
        (O::Equals, O::NotEquals),
        (O::Less, O::GreaterOrEqual),
        (O::Greater, O::LessOrEqual),
        (O::Like, O::NotLike),
        (O::In, O::NotIn),
        (O::Is, O::IsNot),
    ];
    let found = pairs.iter().find_map(|(one, other)| match operator {
        same if same == *one => Some(*other),
        same if same == *other => Some(*one),
        _ => None,
    });
    found.unwrap_or(operator)
}

/// Seconds of a text such as `2d` or `3h 30m`: 8 hours a day, 5 days a week.
fn seconds(text: &str) -> Checked<f64> {
    let mut sum = 0.0;
    for part in text.split_whitespace() {
        let unit = part.chars().last().unwrap_or(' ');
        let of_unit = match unit {
            'm' => 60.0,
            'h' => 3_600.0,
            'd' => 28_800.0,
            'w' => 144_000.0,
            _ => return Err(format!("'{text}' is no amount of time")),
        };
        sum +=
            part.trim_end_matches(unit).parse::<f64>().map_err(|_| format!("'{text}' is no amount of time"))? * of_unit;
    }
    Ok(sum)
}

fn numbers<'s>(held: Held, operator: Operator, operand: &Operand) -> Checked<Test<'s>> {
    let read = |operand: &Operand| match (operand, &held) {
        (Operand::Value(value), Held::Duration(_)) => seconds(&value.text),
        (Operand::Value(value), _) => value.text.parse::<f64>().map_err(|_| format!("'{}' is no number", value.text)),
        _ => Err("a number is wanted here".to_owned()),
    };
    let wanted = match operand {
        Operand::List(all, _) => all.iter().map(read).collect::<Checked<Vec<f64>>>()?,
        one => vec![read(one)?],
    };
    let (Held::Number(id) | Held::Duration(id)) = held else { return Err("no number".into()) };
    Ok(Box::new(move |issue| {
        let Some(has) = issue.numbers.get(&id) else { return false };
        let order = has.total_cmp(&wanted[0]);
        match operator {
            Operator::Equals | Operator::In => wanted.contains(has),
            Operator::NotEquals | Operator::NotIn => !wanted.contains(has),
            _ => rank_of(operator, order).unwrap_or(false),
        }
    }))
}
