//! Any other OAuth 2.0 or OpenID server: the standard, nothing else.

use super::{Encoding, Manners};

pub(super) const MANNERS: Manners = Manners {
    authorize_extra: &[],
    encoding: Encoding::Form,
    refresh_sends_redirect_uri: false,
    manage_url: None,
    revocation_is_proof: true,
    name: "the server",
    is_jira: false,
};
