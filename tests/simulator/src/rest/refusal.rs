//! How Jira says no.

use crate::html;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

/// Jira's own shape: sentences, and texts by field.
pub(crate) fn of(status: StatusCode, sentences: &[String]) -> Response {
    (status, Json(json!({"errorMessages": sentences, "errors": {}}))).into_response()
}

/// Fields that are wrong, each with its sentence.
pub(crate) fn by_field(problems: serde_json::Map<String, serde_json::Value>) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"errorMessages": [], "errors": problems}))).into_response()
}

/// A request that is not understood.
pub(crate) fn bad(sentence: &str) -> Response {
    of(StatusCode::BAD_REQUEST, &[sentence.to_owned()])
}

/// A POST body that does not follow its schema.
pub(crate) fn payload() -> Response {
    bad("Invalid request payload. Refer to the REST API documentation and try again.")
}

/// An issue that is not there, or hidden: Jira does not say which.
pub(crate) fn no_issue(product: super::Product) -> Response {
    let sentence = match product {
        super::Product::Cloud => "Issue does not exist or you do not have permission to see it.",
        super::Product::DataCenter => "Issue Does Not Exist",
    };
    of(StatusCode::NOT_FOUND, &[sentence.to_owned()])
}

/// The search that was removed.
pub(crate) fn removed() -> Response {
    let sentence = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration \
                    guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046";
    of(StatusCode::GONE, &[sentence.to_owned()])
}

/// The gateway's shape.
pub(crate) fn gateway(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({"code": status.as_u16(), "message": message}))).into_response()
}

/// Data Center's answer to a caller it does not know. A token that is not good ends in a page for people, as it really does.
pub(crate) fn not_signed_in(with_token: bool) -> Response {
    let challenge = (WWW_AUTHENTICATE, "OAuth realm=\"jira\"");
    if with_token {
        let page =
            html::message("Unauthorized (401)", "Encountered a \"401 - Unauthorized\" error while loading this page.");
        let reason = ("x-seraph-loginreason", "AUTHENTICATED_FAILED");
        return (StatusCode::UNAUTHORIZED, [challenge], [reason], page).into_response();
    }
    let body = json!({"message": "Client must be authenticated to access this resource.", "status-code": 401});
    (StatusCode::UNAUTHORIZED, [challenge], Json(body)).into_response()
}

/// An address that the simulator does not know.
pub(crate) async fn nothing_here() -> Response {
    gateway(StatusCode::NOT_FOUND, "Not Found")
}
