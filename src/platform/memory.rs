//! The in-memory twins of all ports.
