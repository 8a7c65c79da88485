//! Checks that an implementation of the ports keeps what [`platform`](super) promises.
//!
//! Each check is one guarantee. The same list runs natively on the in-memory twins and, inside the worker of a real
//! browser, on the adapters. A check leaves nothing behind that another would trip over, with one exception: the first one
//! of the cipher wants a profile that has no key yet, so it stands first.

mod cipher;
mod edge;
mod extras;
mod http;
mod lock;
mod records;
mod time;

use super::{Clock, Platform};
use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;

/// `Ok`, or a sentence about what was promised and what came instead.
pub type Check = Result<(), String>;

/// What the checks run on.
pub struct Ground<P> {
    /// One context of the extension.
    pub here: P,
    /// Another one over the same stored state.
    pub there: P,
    /// The address of a server that answers as [`Ground`]'s server is described, without a slash at the end.
    ///
    /// - `/echo`: status 207, header `X-Echo: yes`, a JSON object with `method`, `body` and `headers` of the request, these
    ///   with names in lower case;
    /// - `/bytes`: the bytes 0 to 255; `/status/<code>`: that status and the text `status`;
    /// - `/redirect`: 302 to `/reached`; `/cookie`: sets a cookie; `/cached`: a new number each time, cacheable for an hour;
    /// - `/hang`: never answers; `/half`: sends its headers and a part of the body, then nothing more;
    /// - `/aborted`: how many requests to `/hang` were broken off, as text; `/broken`: closes the connection unanswered;
    /// - `/consent?to=<address>`: redirects there; `/question`: a page; `/closing`: a page whose window the person closes.
    pub server: String,
}

macro_rules! checks {
    ($($module:ident: $($name:ident),+;)+) => {
        /// The names of all checks, in the order they want to run in.
        pub const NAMES: &[&str] = &[$($(concat!(stringify!($module), "::", stringify!($name))),+),+];

        /// Runs the check called `name`.
        ///
        /// # Errors
        /// What was promised and what came instead; also that there is no such check.
        pub async fn run<P: Platform>(name: &str, ground: &Ground<P>) -> Check {
            match name {
                $($(concat!(stringify!($module), "::", stringify!($name)) => $module::$name(ground).await,)+)+
                _ => Err(format!("there is no check {name}")),
            }
        }
    };
}

checks! {
    cipher: a_profile_without_a_key_says_so, what_is_sealed_opens_in_every_context, the_same_text_is_never_sealed_alike,
        a_changed_byte_is_refused, a_cut_one_is_refused, another_record_is_refused, the_text_is_not_to_be_seen,
        a_key_of_known_bytes_opens_only_its_own, a_passphrase_gives_the_key_of_the_standard,
        unlocking_takes_less_than_a_second;
    store: a_new_record_has_revision_one_and_each_write_one_more, a_stale_writer_conflicts,
        exactly_one_of_twenty_writers_wins, a_deleted_record_is_gone, keys_are_sorted_and_by_prefix,
        any_text_comes_back_as_it_was, many_are_read_in_their_order;
    archive: a_new_record_has_revision_one_and_each_write_one_more, a_stale_writer_conflicts,
        exactly_one_of_twenty_writers_wins, a_deleted_record_is_gone, keys_are_sorted_and_by_prefix,
        any_text_comes_back_as_it_was, many_are_read_in_their_order;
    session: a_value_is_replaced_and_removed, session_store_and_archive_do_not_meet;
    http: an_answer_comes_whole, a_request_goes_whole, bytes_come_as_they_are, every_status_is_an_answer,
        a_redirect_is_not_followed, no_cookie_is_kept, nothing_is_cached, no_referrer_is_sent, a_silent_server_times_out,
        bytes_go_as_they_are, an_answer_without_an_end_is_cut_off, a_body_that_stops_times_out, a_dropped_request_is_aborted, a_broken_connection_is_a_network_error,
        a_closed_port_is_a_network_error, what_is_no_address_is_told,
        what_is_no_header_is_told;
    clock: time_passes, a_sleep_waits_as_long_as_asked, sleeps_overlap, no_sleep_is_too_long;
    random: bytes_differ, every_length_is_filled;
    lock: one_holder_at_a_time, the_guard_frees_it, names_are_apart, one_who_stops_waiting_is_forgotten,
        it_is_freed_after_the_bound;
    alarm: it_keeps_the_last_setting, none_clears_it;
    push: a_page_that_is_gone_is_no_error;
    consent: the_redirect_address_is_ours, the_whole_address_comes_back, a_silent_one_that_would_ask_says_so,
        a_page_that_fails_is_told, a_closed_window_is_told;
    permissions: what_is_granted_is_told, one_missing_host_is_enough_to_refuse,
        a_missing_permission_is_enough_to_refuse;
    badge: it_shows_and_clears;
    notify: one_is_shown_replaced_and_taken_away;
    policy: it_is_an_object;
    rules: they_change_the_headers_of_our_requests, the_last_setting_holds;
    build: it_knows_itself;
}

use edge::{alarm, badge, build, consent, notify, permissions, push};
use extras::{policy, rules};
use records::{archive, session, store};
use time::{clock, random};

/// `Ok` if it holds.
fn ensure(holds: bool, otherwise: &str) -> Check {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// `Ok` if both are equal; else what came and what was expected.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, came: T, expected: T) -> Check {
    if came == expected { Ok(()) } else { Err(format!("{what}: came {came:?}, expected {expected:?}")) }
}

/// The result, or its error as a sentence.
fn done<T, E: std::fmt::Debug>(what: &str, result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| format!("{what}: {error:?}"))
}

/// What the future gives within `span`, or `None`; then it is dropped.
async fn within<T>(clock: &impl Clock, span: Duration, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(clock.sleep(span))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}
