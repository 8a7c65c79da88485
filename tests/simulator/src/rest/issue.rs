//! One issue.

use super::call::{Answer, Call};
use super::fields::{Choice, Writer};
use super::refusal;
use super::{field_list, history, transitions};
use axum::Json;
use axum::response::IntoResponse as _;
use serde_json::{Map, Value};

/// `GET issue/{key}`: all fields unless `fields` says which; `expand` knows `changelog`, `transitions`, `names`, `schema`.
pub(crate) async fn show(call: Call) -> Answer {
    whole(&call, call.at(1))
}

/// An issue as it is now.
pub(crate) fn whole(call: &Call, key: &str) -> Answer {
    call.find(key)?;
    let site = call.fresh();
    let issue = site.issue(key).ok_or_else(|| refusal::no_issue(call.place.product))?;
    let writer = Writer { site: &site, ..call.writer() };
    let words: Vec<String> = call.words("fields");
    let choice = if words.is_empty() {
        Choice::of(std::iter::once("*all"))
    } else {
        Choice::of(words.iter().map(String::as_str))
    };
    let mut value = writer.issue(issue, &choice);
    for word in call.words("expand") {
        match word.as_str() {
            "changelog" => value["changelog"] = history::expanded(&writer, issue),
            "transitions" => {
                let steps = transitions::open(call, issue);
                value["transitions"] = steps.map(|step| transitions::described(&writer, step, false)).collect();
            }
            "names" => value["names"] = of_fields(|field| field.name.into()),
            "schema" => value["schema"] = of_fields(field_list::Field::schema),
            _ => {}
        }
    }
    Ok(Json(value).into_response())
}

fn of_fields(what: impl Fn(&field_list::Field) -> Value) -> Value {
    let all: Map<String, Value> = field_list::FIELDS.iter().map(|field| (field.id.to_owned(), what(field))).collect();
    all.into()
}
