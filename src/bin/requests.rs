//! Writes one example of each request that the client can build, as JSON lines.

use chat_for_jira::jira::edition::Edition;
use chat_for_jira::jira::requests::examples;
use std::io::{self, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for edition in Edition::ALL {
        for request in examples::all(edition) {
            writeln!(out, "{}", examples::line(edition, &request))?;
        }
    }
    Ok(())
}
