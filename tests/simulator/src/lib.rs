#![doc = include_str!("../README.md")]

mod broker;
mod cloud;
mod control;
mod data;
mod date;
mod evaluate;
mod faults;
mod generic;
mod html;
mod log;
mod oauth;
mod params;
mod pipeline;
mod random;
mod rest;
mod serve;
mod settings;
mod site_page;
mod state;
#[cfg(test)]
mod testing;

pub use serve::{Running, start};
pub use settings::{ConsentMode, DeadGrant, SecretIn, Settings};
pub use state::Options;

use state::Sim;

/// Reads a moment such as `2026-11-18T14:30:00Z` (UTC) or a day: milliseconds since 1970, or `None`.
pub fn moment(text: &str) -> Option<i64> {
    date::parse(text)
}

/// All addresses.
fn router(sim: &Sim) -> axum::Router {
    axum::Router::new()
        .merge(control::router())
        .merge(oauth::router())
        .merge(cloud::router())
        .merge(rest::router())
        .merge(generic::router())
        .merge(broker::router(sim))
        .merge(site_page::router())
        .with_state(std::sync::Arc::clone(sim))
}
