//! The first and the last line of the screen: what is open, and which keys can be pressed. Both can be clicked.

use ratatui::layout::{Position, Rect};
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

/// Some words on a line, and what a click on them does.
struct Part {
    place: Rect,
    words: String,
    action: Option<Action>,
}

/// What the first line of the screen speaks of.
pub struct Titled<'a> {
    pub session: &'a Session,
    pub keymap: &'a Keymap,
    /// How far the dataset has been read, while only a part of it is open.
    pub loading: Option<&'a Loading>,
}

/// The name of the program, the dataset, its size and its age, and at the right the way to the help.
fn title_parts(area: Rect, titled: &Titled, separator: &str) -> Vec<Part> {
    let &Titled { session, keymap, .. } = titled;
    let mut parts = Vec::new();
    let mut rest = area;
    // Before there is a dataset they do nothing.
    if !session.store.is_empty() {
        for (action, words) in [(Action::Palette, "commands"), (Action::Help, "help")] {
            let words = format!("{} {words}", keymap.key(action));
            let width = (text::width(&words) as u16).min(rest.width);
            let place = Rect { x: rest.right() - width, width, ..rest };
            parts.push(Part { place, words, action: Some(action) });
            rest.width = rest.width.saturating_sub(width + 2);
        }
    }
    rest.width += u16::from(rest.width < area.width);
    let mut put = |words: String, action: Option<Action>| {
        let width = (text::width(&words) as u16).min(rest.width);
        parts.push(Part { place: Rect { width, ..rest }, words, action });
        rest = Rect { x: rest.x + width, width: rest.width - width, ..rest };
        rest.width
    };
    let mut room = put(" trialdex".to_owned(), None);
    for (index, (words, action)) in said_in_title(titled, separator, room).into_iter().enumerate() {
        // Whole parts or none, but for the first.
        let width = text::width(&words) + text::width(separator);
        if index > 0 && width > usize::from(room) {
            break;
        }
        put(separator.to_owned(), None);
        room = put(words, action);
    }
    parts
}

/// What the title says of the session, and where that leads.
fn said_in_title(titled: &Titled, separator: &str, room: u16) -> Vec<(String, Option<Action>)> {
    let &Titled { session, keymap, loading } = titled;
    let mut said = Vec::new();
    let room = usize::from(room).saturating_sub(text::width(separator));
    said.extend(loading.map(|loading| (reading(session, loading, room), None)));
    if let Some(screened) = &session.screening {
        said.push((screened.in_words(separator.trim()), Some(Action::Screen)));
    }
    said.push((session.dataset.clone(), Some(Action::Open)));
    if !session.store.is_empty() && loading.is_none() {
        said.push((trials(session.store.len() as u64), None));
    }
    if session.skipped > 0 {
        let skipped = text::grouped(session.skipped);
        let words = format!("{skipped} skipped: {}", keymap.key(Action::Problems));
        said.push((words, Some(Action::Problems)));
    }
    if !session.pins.is_empty() {
        said.push((format!("{} pinned", session.pins.len()), Some(Action::Compare)));
    }
    if !session.collection.is_empty() && session.collection != DEFAULT {
        said.push((format!("marks in {}", session.collection), Some(Action::Collection)));
    }
    if !session.ticked.is_empty() {
        let ticked = text::grouped(session.ticked.len() as u64);
        said.push((format!("{ticked} ticked"), Some(Action::Ticks)));
    }
    let newest = session.store.newest();
    said.extend(newest.map(|date| (format!("data of {}", date.in_words()), None)));
    said
}

/// How far the dataset has been read, and how much of it is open, as far as there is room:
/// `reading 43 %: 120,000 of about 600,000 trials`.
fn reading(session: &Session, loading: &Loading, room: usize) -> String {
    let open = session.store.len() as u64;
    let percent = Share { done: loading.bytes, of: loading.total }.percent();
    let forms = match loading.all_studies() {
        Some(all) => [
            format!("reading {percent} %: {} of about {}", text::grouped(open), trials(all)),
            format!("reading {percent} %"),
            format!("{percent} %"),
        ],
        None => [
            format!("reading: the first {}", trials(open)),
            "reading".to_owned(),
            "part".to_owned(),
        ],
    };
    let [.., shortest] = &forms;
    forms.iter().find(|form| text::width(form) <= room).unwrap_or(shortest).clone()
}

/// Draws the name of the program, the dataset, its size and its age.
pub fn title(area: Rect, canvas: &mut Canvas, titled: &Titled) {
    let theme = canvas.theme;
    let separator = format!(" {} ", theme.signs.separator);
    // How far it has been read is said first.
    let mut is_reading = titled.loading.is_some();
    for part in title_parts(area, titled, &separator) {
        let style = match part.action {
            Some(Action::Help | Action::Palette) => theme.dim,
            _ if part.words == " trialdex" => Style::new().add_modifier(Modifier::BOLD),
            None if part.words != separator && std::mem::take(&mut is_reading) => theme.key,
            _ => Style::new(),
        };
        canvas.line(part.place, &part.words, style);
    }
}

/// What a click on the title does.
pub fn title_at(at: Position, area: Rect, titled: &Titled) -> Option<Action> {
    let parts = title_parts(area, titled, " - ");
    parts.into_iter().find(|part| part.place.contains(at))?.action
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

impl Here<'_> {
    /// The hints that have room in `area`. Where one has none, shorter ones behind it may have some.
    fn parts(&self, area: Rect) -> Vec<(Part, usize)> {
        let mut parts = Vec::new();
        let mut x = area.x + 1;
        for &(action, words) in self.hints {
            let usable = |key: &Key| !self.typing || key.typed().is_none();
            let Some(key) = self.keymap.keys(action).into_iter().find(usable) else { continue };
            let key = key.to_string();
            let words = format!("{key} {words}");
            let width = text::width(&words) as u16;
            if x + width <= area.right() {
                let place = Rect { x, width, ..area };
                parts.push((Part { place, words, action: Some(action) }, text::width(&key)));
                x += width + 2;
            }
        }
        parts
    }
}

/// Draws what was just said, else the actions that matter here.
pub fn hints(area: Rect, canvas: &mut Canvas, session: &Session, here: &Here) {
    let theme = canvas.theme;
    let area = match session.job() {
        Some(job) => canvas.line_right(area, &job_line(area, job, here), theme.key),
        None => area,
    };
    match (&session.notice, here.unsaid) {
        (Some(Notice::Said(text)), _) => canvas.line(area, &format!(" {text}"), theme.key),
        (Some(Notice::Failed(text)), _) => canvas.line(area, &format!(" {text}"), theme.error),
        (None, Some(error)) => canvas.line(area, &format!(" {error}"), theme.error),
        (None, None) => {
            for (Part { place, words, .. }, key) in here.parts(area) {
                canvas.line(place, &words, theme.dim);
                canvas.style(Rect { width: key as u16, ..place }, theme.key);
            }
        }
    }
}

/// What a click on the last line does.
pub fn hint_at(at: Position, area: Rect, session: &Session, here: &Here) -> Option<Action> {
    let is_said = session.notice.is_some() || here.unsaid.is_some();
    let job = session.job().map_or(0, |job| text::width(&job_line(area, job, here)) as u16 + 1);
    let left = Rect { width: area.width.saturating_sub(job), ..area };
    if !left.contains(at) {
        return area.contains(at).then_some(Action::Cancel);
    }
    let parts = if is_said { Vec::new() } else { here.parts(left) };
    parts.into_iter().find(|(part, _)| part.place.contains(at))?.0.action
}

/// `saving 600,000 trials: 43 %, Ctrl-g cancels`, as far as there is room.
fn job_line(area: Rect, job: &Job, here: &Here) -> String {
    let percent = job.share.map_or(0, Share::percent);
    let mut words = format!("{}: {percent} %", job.what);
    let how = format!(", {} cancels", here.keymap.key(Action::Cancel));
    if text::width(&words) + text::width(&how) <= usize::from(area.width) {
        words.push_str(&how);
    }
    words
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
