//! One test of one field.

use super::{Check, ProblemKind, SUGGESTIONS, text};
use crate::jql::ast::{Function, Operand, Operator, Predicate, PredicateKind, Span, Terminal};
use crate::jql::fields::{self, Shape, Type};
use crate::jql::resolve::{self, Subject};
use crate::vocabulary::{Kind, near};

/// Where an operand stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The field's name, as the query writes it.
    pub(super) name: &'a str,
    /// What the operand is held against.
    pub(super) subject: Subject<'a>,
    /// The operator before it, where a function has to fit one.
    pub(super) operator: Option<(Operator, Span)>,
    /// Whether the past is asked about, in which names may occur that are gone.
    pub(super) past: bool,
}

impl Check<'_> {
    pub(super) fn terminal(&mut self, terminal: &Terminal) {
        if self.is_full() {
            return;
        }
        let known = self.field(&terminal.field);
        let name = terminal.field.name.as_str();
        let subject = known.unwrap_or(Subject::ANY);
        if !subject.searchable {
            let said = format!("Jira cannot search by “{name}”.");
            self.add(ProblemKind::NotSearchable, terminal.field.span, said);
            return;
        }
        let fits = self.operator(terminal, subject);
        let past = terminal.operator.is_history();
        let place = Place { name, subject, operator: Some((terminal.operator, terminal.operator_span)), past };
        if let Some(operand) = terminal.operand.as_ref().filter(|_| fits) {
            self.operand(operand, place);
        }
        for predicate in &terminal.predicates {
            self.predicate(predicate, place);
        }
    }

    fn operator(&mut self, terminal: &Terminal, subject: Subject<'_>) -> bool {
        let fits = subject.operators.has(terminal.operator);
        if !fits {
            let said = format!(
                "“{}” does not take {}; it takes {}.",
                text::shortened(&terminal.field.name),
                terminal.operator.text(),
                subject.operators.sentence()
            );
            self.add(ProblemKind::WrongOperator, terminal.operator_span, said);
            let empty = matches!(terminal.operand, Some(Operand::Empty(_)));
            let instead = alternative(terminal.operator, empty)
                .filter(|operator| subject.operators.has(*operator) && terminal.predicates.is_empty());
            self.instead(instead);
        }
        fits
    }

    fn predicate(&mut self, predicate: &Predicate, place: Place<'_>) {
        let subject = match predicate.kind {
            PredicateKind::By => Subject::of(Type::Person),
            PredicateKind::From | PredicateKind::To => place.subject,
            _ => Subject::of(Type::Moment),
        };
        self.operand(&predicate.operand, Place { subject, operator: None, ..place });
    }

    fn operand(&mut self, operand: &Operand, place: Place<'_>) {
        match operand {
            _ if self.is_full() => {}
            Operand::Empty(span) => {
                // What changed can have changed from nothing, whatever the field holds now.
                if !place.past && !place.subject.operators.has(Operator::Is) {
                    let said = format!("“{}” cannot be compared with EMPTY.", text::shortened(place.name));
                    self.add(ProblemKind::WrongValue, *span, said);
                }
            }
            Operand::Value(value) => self.value(value, place),
            Operand::List(items, _) => {
                for item in items {
                    self.operand(item, Place { operator: None, ..place });
                }
            }
            Operand::Function(function) => self.function(function, place),
        }
    }

    fn function(&mut self, function: &Function, place: Place<'_>) {
        let Some(called) = resolve::function(&function.name, self.vocabulary) else {
            self.unknown_function(function);
            return;
        };
        if !fields::same_family(place.subject.kind, called.kind) {
            let (held, given) = (place.subject.kind.noun(), called.kind.noun());
            let said =
                format!("{}() stands for {}, not for {}.", function.name, with_article(given), with_article(held));
            self.add(ProblemKind::WrongValue, function.span, said);
            return;
        }
        if let Some((operator, span)) = place.operator {
            self.shape(function, called.shape, operator, span);
        }
        if let Some(known) = called.known {
            self.arguments(function, known);
        }
    }

    fn unknown_function(&mut self, function: &Function) {
        if !self.vocabulary.is_whole(Kind::Function) {
            return;
        }
        let mut all: Vec<&str> = fields::functions().iter().flat_map(fields::Function::names).collect();
        all.extend(self.vocabulary.entries(Kind::Function).iter().map(|entry| entry.name.as_str()));
        let names = near(&function.name, &mut all.into_iter(), SUGGESTIONS);
        let said = format!("There is no function “{}”.", text::shortened(&function.name));
        self.suggest(ProblemKind::UnknownFunction, function.name_span, said, names);
    }

    fn shape(&mut self, function: &Function, shape: Shape, operator: Operator, span: Span) {
        let list = matches!(operator, Operator::In | Operator::NotIn | Operator::WasIn | Operator::WasNotIn);
        let (said, instead) = match (shape, list) {
            (Shape::One, true) => {
                (format!("{}() is one value, and {} takes several.", function.name, operator.text()), one(operator))
            }
            (Shape::Many, false) => (
                format!("{}() stands for several values, and {} takes one.", function.name, operator.text()),
                many(operator),
            ),
            _ => return,
        };
        self.add(ProblemKind::WrongOperator, span, said);
        self.instead(instead);
    }

    /// Suggests an operator in place of the one that the last problem is about.
    fn instead(&mut self, operator: Option<Operator>) {
        if let Some(problem) = self.problems.last_mut() {
            problem.suggestions = operator.into_iter().map(|operator| operator.text().to_owned()).collect();
        }
    }

    fn arguments(&mut self, function: &Function, known: &fields::Function) {
        let count = function.arguments.len();
        if count < known.least || count > known.most {
            let said = match (known.least, known.most) {
                (0, 0) => format!("{}() takes no arguments.", function.name),
                (least, most) if least == most => format!("{}() takes {}.", function.name, counted(most)),
                (least, _) if count < least => format!("{}() needs at least {}.", function.name, counted(least)),
                (_, most) => format!("{}() takes at most {}.", function.name, counted(most)),
            };
            self.add(ProblemKind::WrongArguments, function.span, said);
            return;
        }
        let Some(first) = function.arguments.first() else { return };
        if known.argument == Type::Duration {
            if !text::is_amount(&first.text, true) {
                let said =
                    format!("“{}” is no shift in time, such as -1, \"+2d\" or \"-1M\".", text::shortened(&first.text));
                self.add(ProblemKind::WrongValue, first.span, said);
            }
            return;
        }
        let subject = Subject::of(known.argument);
        self.value(first, Place { name: &function.name, subject, operator: None, past: false });
    }
}

/// What was perhaps meant by an operator that the field does not take.
const fn alternative(operator: Operator, empty: bool) -> Option<Operator> {
    Some(match operator {
        Operator::Equals if empty => Operator::Is,
        Operator::NotEquals if empty => Operator::IsNot,
        Operator::Equals => Operator::Like,
        Operator::NotEquals => Operator::NotLike,
        Operator::Like | Operator::Was => Operator::Equals,
        Operator::NotLike | Operator::WasNot => Operator::NotEquals,
        Operator::WasIn => Operator::In,
        Operator::WasNotIn => Operator::NotIn,
        _ => return None,
    })
}

const fn one(operator: Operator) -> Option<Operator> {
    match operator {
        Operator::In => Some(Operator::Equals),
        Operator::NotIn => Some(Operator::NotEquals),
        Operator::WasIn => Some(Operator::Was),
        Operator::WasNotIn => Some(Operator::WasNot),
        _ => None,
    }
}

const fn many(operator: Operator) -> Option<Operator> {
    match operator {
        Operator::Equals => Some(Operator::In),
        Operator::NotEquals => Some(Operator::NotIn),
        Operator::Was => Some(Operator::WasIn),
        Operator::WasNot => Some(Operator::WasNotIn),
        _ => None,
    }
}

fn counted(arguments: usize) -> String {
    if arguments == 1 { "one argument".to_owned() } else { format!("{arguments} arguments") }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}
