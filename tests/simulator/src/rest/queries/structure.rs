//! A query as `jql/parse` tells it: a tree of clauses. What is called encoded stands as it was written.

use chat_for_jira::jql::Query;
use chat_for_jira::jql::ast::{
    Clause, Direction, Field, Function, Operand, OrderField, Predicate, Property, Terminal, Value as Word,
};
use serde_json::{Value, json};

/// The tree of a query that was parsed from `source`.
pub(super) fn of(query: &Query, source: &str) -> Value {
    let mut tree = json!({});
    if let Some(found) = &query.where_clause {
        tree["where"] = clause(found, source);
    }
    if !query.order_by.is_empty() {
        let one = |order: &OrderField| {
            let mut value = json!({"field": field(&order.field, source)});
            if let Some(direction) = order.direction {
                value["direction"] = if direction == Direction::Asc { "asc" } else { "desc" }.into();
            }
            value
        };
        tree["orderBy"] = json!({"fields": query.order_by.iter().map(one).collect::<Vec<_>>()});
    }
    tree
}

fn clause(found: &Clause, source: &str) -> Value {
    let all = |parts: &[Clause]| -> Value { parts.iter().map(|part| clause(part, source)).collect() };
    match found {
        Clause::And(parts, _) => json!({"operator": "and", "clauses": all(parts)}),
        Clause::Or(parts, _) => json!({"operator": "or", "clauses": all(parts)}),
        Clause::Not(part, _) => json!({"operator": "not", "clauses": [clause(part, source)]}),
        Clause::Terminal(terminal) => test(terminal, source),
    }
}

fn test(terminal: &Terminal, source: &str) -> Value {
    let mut value =
        json!({"field": field(&terminal.field, source), "operator": terminal.operator.text().to_lowercase()});
    if let Some(found) = &terminal.operand {
        value["operand"] = operand(found, source);
    }
    if terminal.operator.is_history() {
        let one = |predicate: &Predicate| json!({"operator": predicate.kind.text().to_lowercase(), "operand": operand(&predicate.operand, source)});
        value["predicates"] = terminal.predicates.iter().map(one).collect();
    }
    value
}

fn field(found: &Field, source: &str) -> Value {
    let mut value = json!({"name": found.name, "encodedName": found.span.of(source)});
    if !found.properties.is_empty() {
        let one = |property: &Property| {
            let path: String = property.path.iter().map(|word| word.text.as_str()).collect();
            json!({"entity": found.name.split('.').next(), "key": property.key.text, "path": path.trim_start_matches('.')})
        };
        value["property"] = found.properties.iter().map(one).collect();
    }
    value
}

fn operand(found: &Operand, source: &str) -> Value {
    match found {
        Operand::Value(Word { text, span, .. }) => json!({"value": text, "encodedValue": span.of(source)}),
        Operand::Empty(_) => json!({"keyword": "empty", "encodedOperand": "EMPTY"}),
        Operand::Function(Function { name, arguments, span, .. }) => {
            let arguments: Vec<&str> = arguments.iter().map(|argument| argument.text.as_str()).collect();
            json!({"function": name, "arguments": arguments, "encodedOperand": span.of(source)})
        }
        Operand::List(all, span) => {
            let values: Vec<Value> = all.iter().map(|one| operand(one, source)).collect();
            json!({"values": values, "encodedOperand": span.of(source)})
        }
    }
}
