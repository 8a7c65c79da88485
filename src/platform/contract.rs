//! Checks that an implementation of a port keeps its guarantees.
