//! What can go wrong, and where in a refresh it can begin to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// The browser ends the worker.
    Kill,
    /// The connection breaks, and comes back after a while.
    NetworkLoss,
    /// The server is busy for a while, and says for how long.
    BusyUntil,
    /// The server is busy for a while.
    Busy,
    /// The server answers 5xx for a while; it may have acted on the request.
    ServerError,
    /// For a while answers come after the time-out, or never; the server may have acted on the request.
    SlowAnswer,
    /// The machine's clock is put forward.
    ClockForward,
    /// The machine's clock is put back.
    ClockBack,
    /// The browser is closed, and opened again after a while: session and alarm are gone.
    Restart,
    /// The machine is suspended: time passes and nothing happens.
    Night,
    /// Nothing can be written for a while.
    FullDisk,
    /// Every access to the stores takes up to a second for a while.
    SlowDisk,
    /// Another context wants a token at the same moment.
    Rival,
}

/// All faults.
pub(super) const FAULTS: [Fault; 13] = [
    Fault::Kill,
    Fault::NetworkLoss,
    Fault::BusyUntil,
    Fault::Busy,
    Fault::ServerError,
    Fault::SlowAnswer,
    Fault::ClockForward,
    Fault::ClockBack,
    Fault::Restart,
    Fault::Night,
    Fault::FullDisk,
    Fault::SlowDisk,
    Fault::Rival,
];

/// Where a worker is in a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// From its start to the lock: what is due is found out.
    Reading,
    /// It asks for the lock.
    Locking,
    /// It has the lock and reads again.
    Rereading,
    /// The request is about to leave.
    Sending,
    /// The server has the request, and has or has not acted on it.
    Acting,
    /// The answer has arrived and is about to be seen.
    Receiving,
    /// From the answer to the record of the new tokens.
    Writing,
    /// The new tokens are written: they are shown, the alarm is set.
    After,
}

/// All phases, and the most calls of ports that one is struck after.
pub(super) const PHASES: [(Phase, u64); 8] = [
    (Phase::Reading, 8),
    (Phase::Locking, 1),
    (Phase::Rereading, 4),
    (Phase::Sending, 1),
    (Phase::Acting, 2),
    (Phase::Receiving, 1),
    (Phase::Writing, 6),
    (Phase::After, 12),
];

/// A fault that is to begin at a call of a port.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) fault: Fault,
    pub(super) phase: Phase,
    /// How many calls of this phase go before.
    pub(super) calls: u64,
}

/// How often each fault began in each phase.
#[derive(Clone, Debug, Default)]
pub(super) struct Strikes(BTreeMap<(Fault, Phase), u64>);

impl Strikes {
    pub(super) fn count(&mut self, fault: Fault, phase: Phase) {
        *self.0.entry((fault, phase)).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(key, count)| *self.0.entry(*key).or_default() += count);
    }

    fn of(&self, fault: Fault, phase: Phase) -> u64 {
        self.0.get(&(fault, phase)).copied().unwrap_or_default()
    }

    /// The combinations that never happened.
    pub(super) fn missing(&self) -> Vec<(Fault, Phase)> {
        let all = FAULTS.iter().flat_map(|fault| PHASES.iter().map(|(phase, _)| (*fault, *phase)));
        all.filter(|(fault, phase)| self.of(*fault, *phase) == 0).collect()
    }

    pub(super) fn table(&self) -> String {
        let mut text = format!("{:14}", "");
        PHASES.iter().for_each(|(phase, _)| write!(text, "{:>10}", format!("{phase:?}").to_lowercase()).unwrap());
        for fault in FAULTS {
            write!(text, "\n{:14}", format!("{fault:?}")).unwrap();
            PHASES.iter().for_each(|(phase, _)| write!(text, "{:>10}", self.of(fault, *phase)).unwrap());
        }
        text
    }
}
