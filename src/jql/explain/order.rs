//! What is said of the order.

use super::subject;
use crate::jql::ast::{Direction, OrderField};

/// All sort fields: `newest first, then by key ascending`.
pub(super) fn phrase(fields: &[OrderField]) -> String {
    let mut out = String::new();
    for field in fields {
        out.push_str(if out.is_empty() { "" } else { ", then " });
        out.push_str(&one(field));
    }
    out
}

fn one(order: &OrderField) -> String {
    let name = order.field.name.to_ascii_lowercase();
    let known = match (name.as_str(), order.direction) {
        ("created" | "createddate", Some(Direction::Desc)) => "newest first",
        ("created" | "createddate", Some(Direction::Asc)) => "oldest first",
        ("updated" | "updateddate", Some(Direction::Desc)) => "most recently updated first",
        ("updated" | "updateddate", Some(Direction::Asc)) => "least recently updated first",
        ("resolved" | "resolutiondate", Some(Direction::Desc)) => "most recently resolved first",
        ("due" | "duedate", Some(Direction::Asc)) => "earliest due date first",
        ("due" | "duedate", Some(Direction::Desc)) => "latest due date first",
        ("priority", Some(Direction::Desc)) => "highest priority first",
        ("priority", Some(Direction::Asc)) => "lowest priority first",
        ("rank", Some(Direction::Asc) | None) => "in the order of the board",
        _ => "",
    };
    if !known.is_empty() && order.field.properties.is_empty() {
        return known.to_owned();
    }
    let direction = match order.direction {
        Some(Direction::Asc) => " ascending",
        Some(Direction::Desc) => " descending",
        None => "",
    };
    format!("by {}{direction}", subject::of(&order.field).noun())
}
