//! JQL asked about, not run as a search: is it right, and which issues does it match?

use super::call::{Answer, Call, object};
use super::refusal;
use crate::evaluate::{self, Context};
use axum::Json;
use axum::body::Bytes;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

mod structure;

/// More queries, or issues, are refused.
const MOST_QUERIES: usize = 100;
const MOST_ISSUES: usize = 1000;

fn texts(value: &Value, name: &str) -> Option<Vec<String>> {
    let list = value.get(name)?.as_array()?;
    list.iter().map(|one| one.as_str().map(str::to_owned)).collect()
}

impl Call {
    /// What queries of this call are run over.
    pub(crate) fn context(&self) -> Context<'_> {
        Context { site: &self.site, me: &self.caller.user, now: self.now(), product: self.place.product }
    }
}

/// `GET jql/autocompletedata`
pub(crate) async fn reference(_call: Call) -> Answer {
    let reserved = ["and", "or", "not", "in", "is", "was", "changed", "empty", "null", "order", "by", "asc", "desc"];
    Ok(Json(json!({
        "jqlReservedWords": reserved,
        "visibleFieldNames": evaluate::reference::fields(),
        "visibleFunctionNames": evaluate::reference::functions(),
    }))
    .into_response())
}

/// `POST jql/parse`: `validation` is `strict` (names are looked up), `warn` (what is wrong with them are warnings) or `none`.
pub(crate) async fn parse(call: Call, body: Bytes) -> Answer {
    let queries = texts(&object(&body)?, "queries").filter(|list| !list.is_empty() && list.len() <= MOST_QUERIES);
    let queries = queries.ok_or_else(refusal::payload)?;
    let validation = call.query.get("validation").unwrap_or("strict");
    if !["strict", "warn", "none"].contains(&validation) {
        return Err(refusal::bad(&format!("Invalid value for validation: {validation}")).into());
    }
    let context = call.context();
    let one = |text: &String| {
        let mut answer = json!({"query": text});
        match evaluate::read(text) {
            Err(errors) => answer["errors"] = json!(errors),
            Ok(query) => {
                let problems = evaluate::run(&context, &query).err().filter(|_| validation != "none");
                if validation != "strict" || problems.is_none() {
                    answer["structure"] = structure::of(&query, text);
                }
                if let Some(problems) = problems {
                    answer[if validation == "strict" { "errors" } else { "warnings" }] = json!(problems);
                }
            }
        }
        answer
    };
    Ok(Json(json!({"queries": queries.iter().map(one).collect::<Vec<_>>()})).into_response())
}

/// `POST jql/match`: which of the issues each query finds.
pub(crate) async fn matches(call: Call, body: Bytes) -> Answer {
    let body = object(&body)?;
    let jqls = texts(&body, "jqls").filter(|list| list.len() <= MOST_QUERIES);
    let ids: Option<Vec<u64>> =
        body.get("issueIds").and_then(Value::as_array).and_then(|list| list.iter().map(Value::as_u64).collect());
    let (Some(jqls), Some(ids)) = (jqls, ids.filter(|ids| ids.len() <= MOST_ISSUES)) else {
        return Err(refusal::payload().into());
    };
    let context = call.context();
    let one = |jql: &String| match evaluate::read(jql).and_then(|query| evaluate::run(&context, &query)) {
        Ok(found) => {
            let matched: Vec<u64> =
                ids.iter().copied().filter(|id| found.iter().any(|issue| issue.id == *id)).collect();
            json!({"matchedIssues": matched, "errors": []})
        }
        Err(errors) => json!({"matchedIssues": [], "errors": errors}),
    };
    Ok(Json(json!({"matches": jqls.iter().map(one).collect::<Vec<_>>()})).into_response())
}

#[cfg(test)]
mod tests;
