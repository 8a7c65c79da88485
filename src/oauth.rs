//! OAuth 2.0 with PKCE, as a protocol: every step is built and judged by pure functions, and sent by somebody else.
//!
//! Authorization code grant (RFC 6749 §4.1) with S256 challenges (RFC 7636), issuer check (RFC 9207), refresh (RFC 6749 §6),
//! client credentials (RFC 6749 §4.4) and revocation (RFC 7009). There is no implicit and no password grant anywhere.

pub mod address;
pub mod authorization;
pub mod client;
pub mod date;
pub mod discovery;
pub mod id_token;
pub mod parameters;
pub mod pkce;
pub mod provider;
pub mod revocation;
pub mod rules;
pub mod token_endpoint;
