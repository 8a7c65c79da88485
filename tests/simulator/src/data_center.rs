//! Jira Data Center under `/dc`. (Its authorization server is in `oauth`.)

use crate::state::Sim;
use axum::Router;

/// Everything under `/dc` but the OAuth endpoints and the pages.
pub(crate) fn router() -> Router<Sim> {
    crate::rest::data_center::router()
}
