//! Tries inputs, keeps those that lead somewhere new.

use crate::random::Random;
use crate::{TARGETS, changes, seeds, time};
use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::Once;
use std::time::{Duration, Instant};

/// What is done with an input. The answer is a trace: words of what the code made of it.
pub(crate) type Work<'w> = &'w dyn Fn(&[u8]) -> String;

/// How long to go on.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    Inputs(u64),
    Seconds(u64),
}

/// How many inputs are tried where nothing else is said.
const USUAL: u64 = 4_000;
/// Of so many inputs one is made long and its time is measured.
const STRETCH: u64 = 1_500;
/// A run of hours is not to end for want of memory.
const MOST_KEPT: usize = 20_000;
const MOST_SEEN: usize = 4_000_000;
/// One input alone, 4 kB at most, never takes longer, whatever else the machine does.
const LONGEST: Duration = Duration::from_secs(10);

/// One target, as a test.
pub(crate) fn run(name: &str, work: fn(&[u8]) -> String) {
    let seconds = std::env::var("SECONDS").ok().and_then(|text| text.parse::<u64>().ok());
    let until = seconds.map_or(Until::Inputs(USUAL), |seconds| Until::Seconds(seconds / u64::from(TARGETS)));
    match search(name, &work, until) {
        Ok(found) => eprintln!("{name}: {found}"),
        Err(fault) => panic!("{name}: {fault}"),
    }
}

/// Tries inputs until it is time; what it has done, or the first input that goes wrong, made as short as it can be.
pub(crate) fn search(name: &str, work: Work<'_>, until: Until) -> Result<String, String> {
    let started = Instant::now();
    let mut search = Search::new(name, work);
    for seed in seeds::of(name) {
        search.try_one(seed)?;
    }
    let seeds = search.tried;
    while match until {
        Until::Inputs(count) => search.tried < count.max(seeds + count / 2),
        Until::Seconds(seconds) => started.elapsed() < Duration::from_secs(seconds),
    } {
        let input = search.next_input();
        search.try_one(input)?;
        if (search.tried - seeds) % STRETCH == 1 {
            search.stretch_one()?;
        }
    }
    let Search { tried, stretched, kept, seen, .. } = search;
    if let Ok(folder) = std::env::var("FUZZ_KEEP") {
        keep(&Path::new(&folder).join(name), &kept);
    }
    Ok(format!(
        "{tried} inputs ({seeds} from tests), {} kept for {} kinds of answers, {stretched} stretched to 100 kB, {:?}",
        kept.len(),
        seen.len(),
        started.elapsed()
    ))
}

/// Leaves the inputs for other programs that look for faults.
fn keep(folder: &Path, inputs: &[Vec<u8>]) {
    std::fs::create_dir_all(folder).expect("a folder");
    for (number, input) in inputs.iter().enumerate() {
        std::fs::write(folder.join(number.to_string()), input).expect("a file");
    }
}

struct Search<'w> {
    work: Work<'w>,
    random: Random,
    /// Inputs that led somewhere new.
    kept: Vec<Vec<u8>>,
    /// Where inputs led.
    seen: HashSet<u64>,
    tried: u64,
    stretched: u64,
}

impl<'w> Search<'w> {
    fn new(name: &str, work: Work<'w>) -> Self {
        let number = name.bytes().fold(0, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let random = Random::of_test(number);
        Self { work, random, kept: vec![Vec::new()], seen: HashSet::new(), tried: 0, stretched: 0 }
    }

    /// One that was kept, changed.
    fn next_input(&mut self) -> Vec<u8> {
        let [one, other] = [(); 2].map(|()| self.random.below(self.kept.len()));
        let (one, other) = (&self.kept[one], &self.kept[other]);
        let data = if self.random.once_in(2) { None } else { changes::changed_data(&mut self.random, one) };
        data.unwrap_or_else(|| changes::changed(&mut self.random, one, other))
    }

    fn try_one(&mut self, input: Vec<u8>) -> Result<(), String> {
        self.tried += 1;
        let started = Instant::now();
        let trace = match attempt(self.work, &input) {
            Ok(trace) => trace,
            Err(why) => {
                let least = changes::reduced(input, |input| attempt(self.work, input).is_err());
                let why = attempt(self.work, &least).err().unwrap_or(why);
                return Err(format!(
                    "{why}\n  with {:?}\n  after {} inputs",
                    String::from_utf8_lossy(&least),
                    self.tried
                ));
            }
        };
        if started.elapsed() > LONGEST {
            return Err(format!("{:?} for {:?}", started.elapsed(), String::from_utf8_lossy(&input)));
        }
        let before = self.seen.len();
        if before < MOST_SEEN {
            self.seen.extend(steps(&trace));
        }
        if self.seen.len() > before {
            self.keep(input);
        }
        Ok(())
    }

    /// Where there are enough, in the place of another.
    fn keep(&mut self, input: Vec<u8>) {
        if self.kept.len() < MOST_KEPT {
            self.kept.push(input);
        } else {
            let place = self.random.below(self.kept.len());
            self.kept[place] = input;
        }
    }

    fn stretch_one(&mut self) -> Result<(), String> {
        self.stretched += 1;
        // The first one is empty.
        let input = self.random.below(self.kept.len().max(2) - 1) + 1;
        let share = self.random.below(100_000);
        let (work, Some(input)) = (self.work, self.kept.get(input)) else { return Ok(()) };
        quietly(|| time::in_proportion(work, input, share)).unwrap_or_else(|why| {
            Err(format!("{why}\n  with a long input from {:?}, share {share}", String::from_utf8_lossy(input)))
        })
    }
}

/// The trace, or what the code says as it ends in panic.
fn attempt(work: Work<'_>, input: &[u8]) -> Result<String, String> {
    quietly(|| work(input))
}

thread_local! {
    /// Whether a panic on this thread is one of those that are looked for.
    static LOOKING: Cell<bool> = const { Cell::new(false) };
}

/// What the code answers, or what it says as it ends in panic; nothing of that is printed.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !LOOKING.get() {
                usual(panic);
            }
        }));
    });
    LOOKING.set(true);
    let answer = catch_unwind(AssertUnwindSafe(work));
    LOOKING.set(false);
    answer.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        format!("panic: {}", text.unwrap_or_default())
    })
}

/// Each three neighbours of a trace, as a number.
fn steps(trace: &str) -> Vec<u64> {
    let classes: Vec<u64> = classes(trace);
    classes
        .windows(3.min(classes.len().max(1)))
        .map(|three| three.iter().fold(7, |sum, class| mixed(sum ^ class)))
        .collect()
}

fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number ^ (number >> 32)
}

/// Words in capitals as they are; other words, numbers, and each sign as one class.
fn classes(trace: &str) -> Vec<u64> {
    let mut classes = Vec::new();
    let mut letters = trace.chars().peekable();
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            classes.push(u64::from(u32::from(letter)));
            continue;
        }
        let mut word = String::from(letter);
        while let Some(next) = letters.next_if(|next| next.is_alphanumeric()) {
            word.push(next);
        }
        let kind = if word.chars().all(|letter| letter.is_ascii_digit()) {
            1
        } else if word.chars().all(|letter| letter.is_ascii_uppercase()) && word.chars().count() < 20 {
            word.bytes().fold(3, |sum, byte| mixed(sum ^ u64::from(byte)))
        } else {
            2
        };
        classes.push(kind);
    }
    classes
}
