//! A tree to its canonical text: words in capitals, values bare where that is safe and in double quotes elsewhere,
//! parentheses around every group inside a group.
//!
//! For every tree that [`parse`](super::parse) gives, and every one made with [`build`](super::build), parsing the text gives
//! an equal tree. No text in a tree can leave its quotes: what is not certainly a harmless word is quoted, and quotes,
//! backslashes and control characters are escaped.

use super::ast::{Clause, Direction, Field, Function, Operand, OrderField, Property, Query, Terminal, Value};
use super::lexer::{Kind, is_number, is_quoted_character};
use super::words::classify;
use std::fmt;

/// The canonical text of a query; empty for the empty query.
pub fn print(query: &Query) -> String {
    let mut out = String::new();
    if let Some(clause) = &query.where_clause {
        write_clause(&mut out, clause);
    }
    if !query.order_by.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&print_order(&query.order_by));
    }
    out
}

/// The canonical text of one condition.
pub fn print_clause(clause: &Clause) -> String {
    let mut out = String::new();
    write_clause(&mut out, clause);
    out
}

/// The canonical text of the sort fields, `ORDER BY` included; empty when there are none.
pub fn print_order(fields: &[OrderField]) -> String {
    let mut out = String::new();
    for order in fields {
        out.push_str(if out.is_empty() { "ORDER BY " } else { ", " });
        write_field(&mut out, &order.field);
        match order.direction {
            Some(Direction::Asc) => out.push_str(" ASC"),
            Some(Direction::Desc) => out.push_str(" DESC"),
            None => {}
        }
    }
    out
}

/// The canonical text of a field.
pub fn print_field(field: &Field) -> String {
    let mut out = String::new();
    write_field(&mut out, field);
    out
}

/// The canonical text of an operand.
pub fn print_operand(operand: &Operand) -> String {
    let mut out = String::new();
    write_operand(&mut out, operand);
    out
}

/// A text as a JQL value: as it is where every character is harmless and the word is free, in double quotes elsewhere.
pub fn quote(text: &str) -> String {
    let mut out = String::new();
    write_text(&mut out, text);
    out
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print(self))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print_clause(self))
    }
}

fn write_clause(out: &mut String, clause: &Clause) {
    match clause {
        Clause::And(parts, _) => write_joined(out, parts, " AND "),
        Clause::Or(parts, _) => write_joined(out, parts, " OR "),
        Clause::Not(inner, _) => {
            out.push_str("NOT ");
            write_part(out, inner);
        }
        Clause::Terminal(terminal) => write_terminal(out, terminal),
    }
}

fn write_joined(out: &mut String, parts: &[Clause], joiner: &str) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(joiner);
        }
        write_part(out, part);
    }
}

/// A clause inside another.
fn write_part(out: &mut String, part: &Clause) {
    let group = matches!(part, Clause::And(..) | Clause::Or(..));
    if group {
        out.push('(');
    }
    write_clause(out, part);
    if group {
        out.push(')');
    }
}

fn write_terminal(out: &mut String, terminal: &Terminal) {
    write_field(out, &terminal.field);
    out.push(' ');
    out.push_str(terminal.operator.text());
    if let Some(operand) = &terminal.operand {
        out.push(' ');
        write_operand(out, operand);
    }
    for predicate in &terminal.predicates {
        out.push(' ');
        out.push_str(predicate.kind.text());
        out.push(' ');
        write_operand(out, &predicate.operand);
    }
}

fn write_field(out: &mut String, field: &Field) {
    if is_custom(&field.name) {
        out.push_str(&field.name);
    } else {
        write_text(out, &field.name);
    }
    for property in &field.properties {
        write_property(out, property);
    }
}

fn write_property(out: &mut String, property: &Property) {
    out.push('[');
    write_value(out, &property.key);
    out.push(']');
    for (index, part) in property.path.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        write_value(out, part);
    }
}

fn write_operand(out: &mut String, operand: &Operand) {
    match operand {
        Operand::Value(value) => write_value(out, value),
        Operand::Empty(_) => out.push_str("EMPTY"),
        Operand::Function(function) => write_function(out, function),
        Operand::List(items, _) => {
            out.push('(');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_operand(out, item);
            }
            out.push(')');
        }
    }
}

fn write_function(out: &mut String, function: &Function) {
    write_text(out, &function.name);
    out.push('(');
    for (index, argument) in function.arguments.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_value(out, argument);
    }
    out.push(')');
}

fn write_value(out: &mut String, value: &Value) {
    if value.number && is_number(&value.text) {
        out.push_str(&value.text);
    } else {
        write_text(out, &value.text);
    }
}

fn write_text(out: &mut String, text: &str) {
    let harmless = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if harmless && !text.is_empty() && !is_number(text) && classify(text) == Kind::Word {
        out.push_str(text);
        return;
    }
    out.push('"');
    for c in text.chars() {
        write_quoted(out, c);
    }
    out.push('"');
}

fn write_quoted(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if is_quoted_character(c) => out.push(c),
        // What may not stand between quotes as itself lies below U+10000, so four digits hold it.
        c => {
            out.push_str("\\u");
            for shift in [12, 8, 4, 0] {
                out.push(char::from_digit(u32::from(c) >> shift & 0xF, 16).unwrap_or('0'));
            }
        }
    }
}

/// Whether a name is `cf[10010]`, which needs no quotes.
fn is_custom(name: &str) -> bool {
    let digits = name.strip_prefix("cf[").and_then(|rest| rest.strip_suffix(']'));
    digits.is_some_and(|digits| !digits.starts_with('-') && is_number(digits))
}

#[cfg(test)]
mod tests;
