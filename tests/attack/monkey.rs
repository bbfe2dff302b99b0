//! Somebody who presses anything: keys, words, clicks, pastes, changes of size, with marks being made. Nothing panics, nothing
//! stalls, memory does not grow.

use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fmt, fs};

use crossterm::event::{
    Event as Terminal, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use fastrand::Rng;
use trialdex::app::App;
use trialdex::dataset;
use trialdex::event::Event;

use super::journey::Journey;

/// What may stand in a search line, and on the line of commands.
const WORDS: [&str; 14] = [
    "liver",
    "cond:cancer",
    "phase:2",
    "-recruiting",
    "\"stem cells\"",
    "start:>=2020",
    "near:Lyon",
    "sort:title",
    "age:54 sex:f",
    "tag:x",
    "decision:include",
    "xyzzy",
    "(a | b",
    "漢字 \u{301}\u{202e}",
];

const NAMED: [KeyCode; 16] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(1),
    KeyCode::Insert,
];

/// Stalls are counted in milliseconds, the last count being all that took longer.
const LONGEST: usize = 5000;
/// So many of the longest are told.
const TOLD: usize = 3;
/// How a run went.
pub(crate) struct Outcome {
    pub(crate) events: u64,
    /// By the clock.
    pub(crate) took: Scale,
    /// By the time that a core worked at it. The rest it waited, for a disk or because others were served.
    pub(crate) worked: Scale,
    /// Resident kilobytes when a tenth of it was over, when the half was, and at the end.
    memory: [u64; 3],
}

/// How long things took, by one kind of time.
pub(crate) struct Scale {
    counts: Vec<u64>,
    /// The longest first.
    longest: Vec<Long>,
}

/// Something that took long.
struct Long {
    time: Duration,
    number: u64,
    happened: String,
    /// The screen as it was after it.
    screen: String,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [tenth, half, end] = self.memory.map(|kilobytes| kilobytes >> 10);
        writeln!(
            f,
            "{} events; memory {tenth} MiB after a tenth, {half} MiB after the half, {end} MiB at the end",
            self.events
        )?;
        write!(f, "by the clock: {}by the work of a core: {}", self.took, self.worked)
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "p99 {} ms, p99.9 {} ms", self.quantile(990), self.quantile(999))?;
        for Long { time, number, happened, screen } in &self.longest {
            writeln!(f, "  {} ms: event {number}, {happened}, which led to", time.as_millis())?;
            screen.lines().take(12).try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        Ok(())
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self { counts: vec![0; LONGEST + 1], longest: Vec::new() }
    }
}

impl Scale {
    /// So many milliseconds or fewer took that many of a thousand things that were done.
    pub(crate) fn quantile(&self, of_thousand: u64) -> usize {
        let wanted = self.counts.iter().sum::<u64>() * of_thousand / 1000;
        let mut seen = 0;
        let found = self.counts.iter().position(|&count| {
            seen += count;
            seen >= wanted
        });
        found.unwrap_or(LONGEST)
    }

    /// Counts a time, and keeps what it was if few took longer.
    fn count(&mut self, time: Duration, (number, event): (u64, &Terminal), journey: &mut Journey) {
        self.counts[(time.as_millis() as usize).min(LONGEST)] += 1;
        if self.longest.len() < TOLD || self.longest.last().is_some_and(|it| it.time < time) {
            let (happened, screen) = (format!("{event:?}"), journey.screen());
            self.longest.push(Long { time, number, happened, screen });
            self.longest.sort_by_key(|it| Reverse(it.time));
            self.longest.truncate(TOLD);
        }
    }
}

/// Presses over a dataset, or over the sample, until `share` says of the number of events that all of it is over. A panic
/// ends it.
pub(crate) fn press(paths: &[PathBuf], seed: u64, share: impl Fn(u64) -> f64) -> Outcome {
    let dataset = dataset::open(paths, &Arc::default()).unwrap();
    let mut journey = Journey::starting(App::default()).loaded(dataset);
    let mut rng = Rng::with_seed(seed);
    let (took, worked) = (Scale::default(), Scale::default());
    let mut outcome = Outcome { events: 0, took, worked, memory: [0; 3] };
    loop {
        let share = share(outcome.events);
        let passed = [0.1, 0.5, 1.0].map(|part| share >= part);
        for (memory, _) in outcome.memory.iter_mut().zip(passed).filter(|it| it.1 && *it.0 == 0) {
            *memory = resident();
        }
        if share >= 1.0 {
            return outcome;
        }
        for event in happening(&mut rng) {
            // What other threads do is done between: only what the interface does is a stall.
            let (start, before) = (Instant::now(), on_core());
            journey.app.handle(Event::Terminal(event.clone()));
            journey.buffer();
            let (took, worked) = (start.elapsed(), on_core().saturating_sub(before));
            outcome.events += 1;
            let this = (outcome.events, &event);
            outcome.took.count(took, this, &mut journey);
            outcome.worked.count(worked, this, &mut journey);
            journey = journey.told(Event::Terminal(Terminal::FocusGained));
            if let Terminal::Resize(width, height) = event {
                journey = journey.sized((width, height));
            }
        }
        journey.effects.clear();
        journey.tasks.clear();
        journey.started.clear();
    }
}

/// One thing that somebody does: mostly a single event.
fn happening(rng: &mut Rng) -> Vec<Terminal> {
    let key = |code, modifiers| Terminal::Key(KeyEvent::new(code, modifiers));
    let none = KeyModifiers::NONE;
    match rng.u8(0..100) {
        0..45 => {
            let letter = char::from(rng.u8(b' '..=b'~'));
            let shift = if letter.is_uppercase() { KeyModifiers::SHIFT } else { none };
            vec![key(KeyCode::Char(letter), shift)]
        }
        45..70 => vec![key(NAMED[rng.usize(..NAMED.len())], none)],
        70..75 => vec![key(KeyCode::Char(char::from(rng.u8(b'a'..=b'z'))), KeyModifiers::CONTROL)],
        75..80 => {
            let word = WORDS[rng.usize(..WORDS.len())];
            let mut typed = vec![key(KeyCode::Esc, none), key(KeyCode::Char('/'), none)];
            typed.extend(word.chars().map(|letter| key(KeyCode::Char(letter), none)));
            typed.push(key(KeyCode::Enter, none));
            typed
        }
        // Marks of every kind.
        80..86 => {
            let letter = ['i', 'x', 'p', 'a', 'A', 'u'][rng.usize(..6)];
            vec![key(KeyCode::Char(letter), none), key(KeyCode::Enter, none)]
        }
        86..96 => {
            let kinds = [
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::Down(MouseButton::Right),
                MouseEventKind::Drag(MouseButton::Left),
                MouseEventKind::Up(MouseButton::Left),
                MouseEventKind::ScrollDown,
                MouseEventKind::ScrollUp,
            ];
            let kind = kinds[rng.usize(..kinds.len())];
            let (column, row) = (rng.u16(..220), rng.u16(..70));
            vec![Terminal::Mouse(MouseEvent { kind, column, row, modifiers: none })]
        }
        96 => vec![Terminal::Paste(WORDS[rng.usize(..WORDS.len())].repeat(rng.usize(..50)))],
        _ => vec![Terminal::Resize(rng.u16(..210), rng.u16(..70))],
    }
}

/// How many kilobytes of memory the process has; 0 where that cannot be told.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok())
        .unwrap_or_default()
}

/// How long cores have worked for this thread; nothing where that cannot be told.
fn on_core() -> Duration {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}
