//! Starts the simulator: `simulator [--port N] [--seed N] [--lifetime SECONDS] [--now ISO] [--extension-id ID]
//! [--until-stdin-closes]`.

use serde_json::json;
use simulator::Options;
use std::io::Write as _;
use std::process::ExitCode;
use tokio::io::AsyncReadExt as _;

const USAGE: &str = "simulator [--port N] [--seed N] [--lifetime SECONDS] [--now ISO] [--extension-id ID] \
                     [--until-stdin-closes]";

/// What was asked for on the command line.
#[derive(Default)]
struct Wish {
    options: Options,
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let wish = match wish(std::env::args().skip(1)) {
        Ok(wish) => wish,
        Err(text) => {
            eprintln!("{text}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(wish).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the simulator cannot listen: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(wish: Wish) -> std::io::Result<()> {
    let running = simulator::start(wish.options).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", json!({"listening": running.base()}))?;
    out.flush()?;
    if !wish.until_stdin_closes {
        return std::future::pending().await;
    }
    // The tests hold the other end; when they die, however they die, it closes.
    let mut ignored = [0_u8; 256];
    let mut input = tokio::io::stdin();
    while input.read(&mut ignored).await.is_ok_and(|count| count > 0) {}
    Ok(())
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish::default();
    while let Some(word) = words.next() {
        if word == "--until-stdin-closes" {
            wish.until_stdin_closes = true;
            continue;
        }
        let value = words.next().ok_or_else(|| format!("{word} is unknown or lacks its value"))?;
        let wrong = || format!("{value} does not fit {word}");
        match word.as_str() {
            "--port" => wish.options.port = value.parse().map_err(|_| wrong())?,
            "--seed" => wish.options.seed = value.parse().map_err(|_| wrong())?,
            "--lifetime" => wish.options.lifetime = Some(value.parse().map_err(|_| wrong())?),
            "--now" => wish.options.now = Some(simulator::moment(&value).ok_or_else(wrong)?),
            "--extension-id" => wish.options.extension_id = value,
            _ => return Err(format!("{word} is unknown")),
        }
    }
    Ok(wish)
}
