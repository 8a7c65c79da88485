//! Texts that want to take long or to break something.
