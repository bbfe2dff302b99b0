//! The first and the last line of the screen: what is open, and which keys can be pressed.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::action::Action;
use super::key::Key;
use super::keymap::Keymap;
use super::pane::Hint;
use crate::event::Loading;
use crate::marks::DEFAULT;
use crate::search::QueryError;
use crate::session::{Job, Notice, Session, Share};
use crate::text;
use crate::ui::canvas::Canvas;

/// Draws the name of the program, the dataset, its size and its age.
pub fn title(area: Rect, canvas: &mut Canvas, session: &Session, keymap: &Keymap) {
    let theme = canvas.theme;
    // Before there is a dataset they do nothing.
    let here = if session.store.is_empty() { 0 } else { 2 };
    let keys = &[(Action::Help, "help"), (Action::Palette, "commands")][..here];
    let keys: Vec<String> =
        keys.iter().map(|&(action, words)| format!("{} {words}", keymap.key(action))).collect();
    let rest = canvas.line_right(area, &keys.join("  "), theme.dim);
    let separator = format!(" {} ", theme.signs.separator);
    let mut parts = vec![session.dataset.clone()];
    if !session.store.is_empty() {
        parts.push(trials(session.store.len() as u64));
    }
    if session.skipped > 0 {
        let skipped = text::grouped(session.skipped);
        parts.push(format!("{skipped} skipped: {}", keymap.key(Action::Problems)));
    }
    if !session.pins.is_empty() {
        parts.push(format!("{} pinned", session.pins.len()));
    }
    if !session.collection.is_empty() && session.collection != DEFAULT {
        parts.push(format!("marks in {}", session.collection));
    }
    if let Some(screened) = &session.screening {
        parts.insert(0, screened.in_words(theme.signs.separator));
    }
    if !session.ticked.is_empty() {
        parts.push(format!("{} ticked", text::grouped(session.ticked.len() as u64)));
    }
    parts.extend(session.store.newest().map(|date| format!("data of {}", date.in_words())));
    canvas.line(rest, " trialdex", Style::new().add_modifier(Modifier::BOLD));
    let beside =
        Rect { x: rest.x + 9.min(rest.width), width: rest.width.saturating_sub(9), ..rest };
    let mut words = String::new();
    for part in parts {
        // Whole parts or none, but for the first.
        let longer = format!("{words}{separator}{part}");
        if !words.is_empty() && text::width(&longer) > usize::from(beside.width) {
            break;
        }
        words = longer;
    }
    canvas.line(beside, &words, Style::new());
}

/// What the last line of the screen speaks of.
pub struct Here<'a> {
    pub keymap: &'a Keymap,
    pub hints: &'a [Hint],
    /// Characters are text here, so only other keys are worth naming.
    pub typing: bool,
    /// What is wrong with the query, when nothing else on the screen says so.
    pub unsaid: Option<&'a QueryError>,
}

/// Draws what was just said, else the actions that matter here.
pub fn hints(area: Rect, canvas: &mut Canvas, session: &Session, here: &Here) {
    let theme = canvas.theme;
    let area = match session.job() {
        Some(job) => draw_job(area, canvas, job, here),
        None => area,
    };
    match &session.notice {
        Some(Notice::Said(text)) => return canvas.line(area, &format!(" {text}"), theme.key),
        Some(Notice::Failed(text)) => {
            return canvas.line(area, &format!(" {text}"), theme.error);
        }
        None => (),
    }
    if let Some(error) = here.unsaid {
        return canvas.line(area, &format!(" {error}"), theme.error);
    }
    let mut x = area.x + 1;
    for &(action, words) in here.hints {
        let usable = |key: &Key| !here.typing || key.typed().is_none();
        let Some(key) = here.keymap.keys(action).into_iter().find(usable) else { continue };
        let key = key.to_string();
        let hint = format!("{key} {words}");
        let width = text::width(&hint) as u16;
        if x + width > area.right() {
            break;
        }
        let place = Rect { x, width, ..area };
        canvas.line(place, &hint, theme.dim);
        canvas.style(Rect { width: text::width(&key) as u16, ..place }, theme.key);
        x += width + 2;
    }
}

/// Draws `saving 600,000 trials: 43 %, Ctrl-g cancels` at the right, as far as there is room; gives what is left.
fn draw_job(area: Rect, canvas: &mut Canvas, job: &Job, here: &Here) -> Rect {
    let percent = job.share.map_or(0, Share::percent);
    let mut words = format!("{}: {percent} %", job.what);
    let how = format!(", {} cancels", here.keymap.key(Action::Cancel));
    if text::width(&words) + text::width(&how) <= usize::from(area.width) {
        words.push_str(&how);
    }
    canvas.line_right(area, &words, canvas.theme.key)
}

/// Draws how far the load has come, in the middle of the screen.
pub fn loading(area: Rect, canvas: &mut Canvas, loading: &Loading) {
    let bytes = if loading.total > 0 {
        format!("{} of {}", bytes(loading.bytes), bytes(loading.total))
    } else {
        bytes(loading.bytes)
    };
    let skipped = if loading.bad > 0 {
        format!(", {} skipped", text::grouped(loading.bad))
    } else {
        String::new()
    };
    let bar = u64::from(area.width.saturating_sub(2).min(40));
    let done = (loading.bytes.min(loading.total) * bar).checked_div(loading.total).unwrap_or(0);
    let of = |sign: &str, count: u64| sign.repeat(count as usize);
    let lines = [
        format!("Loading: {}{skipped}", trials(loading.studies)),
        format!("[{}{}]", of("#", done), of("-", bar - done)),
        bytes,
        pace(loading),
    ];
    let top = area.y + area.height.saturating_sub(lines.len() as u16) / 2;
    for (row, line) in (top..area.bottom()).zip(lines) {
        let left = area.width.saturating_sub(text::width(&line) as u16) / 2;
        let row = Rect { x: area.x + left, y: row, width: area.width - left, height: 1 };
        canvas.line(row, &line, canvas.theme.dim);
    }
}

/// How fast it goes and how long it will take, as far as that is known.
fn pace(loading: &Loading) -> String {
    let pace = loading.pace().map(|pace| format!("{} a second", trials(pace)));
    let left = loading.left().map(|left| match left.as_secs() {
        seconds @ 0..120 => format!("about {seconds} s left"),
        seconds => format!("about {} min left", seconds / 60),
    });
    let is_read = loading.total > 0 && loading.bytes >= loading.total;
    let rest = left.or_else(|| is_read.then(|| "all read, finishing".to_owned()));
    [pace, rest].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `51.3 MB`, `10.4 GB`.
fn bytes(number: u64) -> String {
    let (unit, name) =
        if number < 1_000_000_000 { (1_000_000, "MB") } else { (1_000_000_000, "GB") };
    format!("{}.{} {name}", number / unit, number / (unit / 10) % 10)
}

/// Draws why there is no dataset, whole.
pub fn failed(area: Rect, canvas: &mut Canvas, reason: &str) {
    let rows = text::flow(&[text::Line::plain(reason)], usize::from(area.width));
    for (line, row) in area.rows().zip(&rows) {
        canvas.row(line, row, canvas.theme.error);
    }
}

/// `1 trial`, `1,058 trials`.
fn trials(number: u64) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} trial{plural}", text::grouped(number))
}
