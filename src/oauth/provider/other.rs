//! Any other OAuth 2.0 or OpenID server: the standard, nothing else.

use super::{Manners, STANDARD};

pub(super) const MANNERS: Manners = Manners { revocation_is_proof: true, ..STANDARD };
