//! Typing queries key by key and taking them back again, as people do: first against the search alone, then in the
//! whole program on a screen of 160 × 50. Every key counts once, because no two are typed in
//! the same state.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use crossterm::event::{Event as TerminalEvent, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use trialdex::app::App;
use trialdex::event::Event;
use trialdex::search::{Cancel, Memory, Query, answer_until, completions, hints, parse};
use trialdex::session::{Effect, Task};

use crate::dataset::STORE;

const QUERIES: &str = include_str!("queries.txt");

/// How large the screen is, in columns and rows.
const SCREEN: (u16, u16) = (160, 50);

/// How many of the slowest keys are named.
const SLOWEST: usize = 8;

/// Queries of one kind.
struct Kind {
    name: &'static str,
    queries: Vec<&'static str>,
}

/// What one key took, and the text it left.
struct Key {
    text: String,
    took: Duration,
    /// Whether it typed a letter, or took one back.
    way: Way,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
}

/// The queries of the file, thinned out when `TRIALDEX_BENCH_QUERIES` asks for fewer.
fn kinds() -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for line in QUERIES.lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("# "), kinds.last_mut()) {
            (Some(name), _) => kinds.push(Kind { name, queries: Vec::new() }),
            (None, Some(kind)) => kind.queries.push(line),
            (None, None) => unreachable!("the file begins with a kind"),
        }
    }
    let all: usize = kinds.iter().map(|kind| kind.queries.len()).sum();
    let wanted = number("TRIALDEX_BENCH_QUERIES");
    let step = all.div_ceil(wanted.unwrap_or(all).clamp(1, all));
    for kind in &mut kinds {
        kind.queries = kind.queries.iter().copied().step_by(step).collect();
    }
    kinds
}

fn number(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What each key takes at least in so many passes, so that what else the machine does counts less.
fn least(passes: usize, typed: impl Fn() -> Vec<Key>) -> Vec<Key> {
    let mut keys = typed();
    for _ in 1..passes {
        for (key, again) in keys.iter_mut().zip(typed()) {
            key.took = key.took.min(again.took);
        }
    }
    keys
}

/// The texts that the line holds while `query` is typed and then taken back letter by letter, and which way each was
/// reached.
fn texts(query: &str) -> impl Iterator<Item = (&str, Way)> {
    let ends: Vec<usize> =
        query.char_indices().map(|(start, _)| start).chain([query.len()]).collect();
    let back: Vec<usize> = ends[..ends.len() - 1].iter().rev().copied().collect();
    let forward = ends.into_iter().skip(1).map(|end| (end, Way::Forward));
    forward
        .chain(back.into_iter().map(|end| (end, Way::Back)))
        .map(|(end, way)| (&query[..end], way))
}

/// Types everything and writes what it took.
pub(crate) fn report(out: &mut impl Write) -> io::Result<()> {
    let kinds = kinds();
    let passes = number("TRIALDEX_BENCH_PASSES").unwrap_or(1);
    for (what, typed) in [
        ("typing, key → results", answers as fn(&str) -> Vec<Key>),
        ("typing, results → what else can be asked, which no key waits for", hinted),
        ("typing, key → results → frame drawn", frames),
        ("typing, key → what the query can be completed to", completed),
    ] {
        let mut all = Vec::new();
        let mut rows = Vec::new();
        for kind in &kinds {
            let keys: Vec<Key> =
                kind.queries.iter().flat_map(|query| least(passes, || typed(query))).collect();
            rows.push(row(kind.name, &keys));
            all.extend(keys);
        }
        writeln!(
            out,
            "\n{what}\n{:<48}{:>6}{:>10}{:>10}{:>10}{:>10}",
            "ms", "keys", "median", "p90", "p99", "worst"
        )?;
        rows.push(row("all that type a letter", all.iter().filter(|key| key.way == Way::Forward)));
        rows.push(row("all that take one back", all.iter().filter(|key| key.way == Way::Back)));
        rows.push(row("all", &all));
        rows.iter().try_for_each(|row| writeln!(out, "{row}"))?;
        all.sort_by_key(|key| std::cmp::Reverse(key.took));
        let slowest = all.iter().take(SLOWEST);
        let slowest = slowest.map(|key| format!("`{}` {:.1}", key.text, milliseconds(key.took)));
        writeln!(out, "slowest: {}", slowest.collect::<Vec<_>>().join(", "))?;
    }
    writeln!(out)
}

fn row<'a>(name: &str, keys: impl IntoIterator<Item = &'a Key>) -> String {
    let mut times: Vec<Duration> = keys.into_iter().map(|key| key.took).collect();
    times.sort_unstable();
    let at = |thousandths: usize| {
        let index = (times.len() * thousandths / 1000).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |&took| milliseconds(took))
    };
    let name: String = name.split(':').next().unwrap_or_default().chars().take(47).collect();
    let [median, p90, p99, worst] = [500, 900, 990, 1000].map(at);
    format!("{name:<48}{:>6}{median:>10.3}{p90:>10.2}{p99:>10.2}{worst:>10.2}", times.len())
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1e3
}

/// Asks the search after each key, as the searching thread does.
fn answers(query: &str) -> Vec<Key> {
    asked(query).into_iter().map(|(answered, _)| answered).collect()
}

/// What else can be asked, found behind each answer.
fn hinted(query: &str) -> Vec<Key> {
    asked(query).into_iter().map(|(_, hinted)| hinted).collect()
}

/// What the answer after each key took, and what the hints did that follow it. What is remembered begins with the query.
/// A text that makes no sense, or the same sense as before, asks nothing.
fn asked(query: &str) -> Vec<(Key, Key)> {
    let (mut keys, mut asked, mut memory) = (Vec::new(), Query::default(), Memory::default());
    let cancel = Cancel::default();
    for (text, way) in texts(query) {
        let key = |started: Instant| Key { text: text.to_owned(), took: started.elapsed(), way };
        let started = Instant::now();
        if let Ok(query) = parse(text)
            && query != asked
        {
            let results = answer_until(&STORE, &query, &cancel, (&mut memory, None));
            let answered = key(started);
            let results = results.expect("nobody cancels");
            let started = Instant::now();
            if let Some(understood) = results.understood() {
                drop(hints(&STORE, &query, &understood, &cancel, &mut memory));
            }
            keys.push((answered, key(started)));
            asked = query;
        }
    }
    keys
}

/// Asks after each key what can stand at its end, as the open list below the search line does.
fn completed(query: &str) -> Vec<Key> {
    let key = |(text, way): (&str, Way)| {
        let started = Instant::now();
        drop(completions(&STORE, text, text.len(), &Cancel::default()));
        Key { text: text.to_owned(), took: started.elapsed(), way }
    };
    texts(query).map(key).collect()
}

/// Types into the program; every key ends with a frame that shows its results.
fn frames(query: &str) -> Vec<Key> {
    let backend = TestBackend::new(SCREEN.0, SCREEN.1);
    let mut terminal = Terminal::new(backend).expect("a screen in memory cannot fail");
    let mut app = App::default();
    app.handle(Event::Terminal(TerminalEvent::Resize(SCREEN.0, SCREEN.1)));
    app.handle(Event::Loaded(STORE.clone().into()));
    let mut memory = Memory::default();
    press(&mut app, &mut terminal, &mut memory, KeyCode::Char('/'));
    let mut keys = Vec::new();
    for (text, way) in texts(query) {
        let code = match way {
            Way::Forward => KeyCode::Char(text.chars().next_back().expect("a letter was added")),
            Way::Back => KeyCode::Backspace,
        };
        let started = Instant::now();
        press(&mut app, &mut terminal, &mut memory, code);
        keys.push(Key { text: text.to_owned(), took: started.elapsed(), way });
    }
    keys
}

/// One turn of the program's loop, with the search on this thread.
fn press(app: &mut App, terminal: &mut Terminal<TestBackend>, memory: &mut Memory, code: KeyCode) {
    app.handle(Event::Terminal(TerminalEvent::Key(KeyEvent::new(code, KeyModifiers::NONE))));
    for effect in app.effects() {
        if let Effect::Start(job, Task::Search(query)) = effect
            && let Some(results) =
                answer_until(&STORE, &query, &Cancel::default(), (&mut *memory, None))
        {
            app.handle(Event::Answered(job, Box::new(results)));
        }
    }
    terminal.draw(|frame| app.draw(frame)).expect("a screen in memory cannot fail");
}
