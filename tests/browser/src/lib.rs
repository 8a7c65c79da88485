//! The adapters checked in a real browser.
