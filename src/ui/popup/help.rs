//! The keys, from the table of actions: those of the place where the user is first.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{COLUMNS, Page, Response, in_the_middle};
use crate::study::Concept;
use crate::study::terms;
use crate::text::{self, Line, Row, Span, Tone};
use crate::ui::action::{ACTIONS, Action, Description, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::keymap::Keymap;
use crate::ui::pane::{Hint, View};
use crate::ui::theme::Theme;
use crate::ui::widget::scroll::Scroll;

/// Columns for the keys.
const KEYS: usize = 16;

/// What the search line understands, in a few lines.
const QUERIES: &[(&str, &str)] = &[
    ("liver failure", "every word, in titles, conditions, keywords, treatments, sponsors, ids"),
    ("\"liver failure\"", "the words side by side"),
    ("cond:cirrhosis", "a word in one field; the fields are below"),
    ("cond:\"Cirrhosis\"", "exactly this value"),
    ("phase:none", "not stated"),
    ("-status:withdrawn", "not this"),
    ("sp Tab", "what was begun is completed: sponsor:, then its values with their counts"),
    ("not-meant:neoplasms", "what was added to the words is not; Shift-Tab lists and writes it"),
    ("=tumour", "the word to the letter"),
    ("a | b   (a b)", "one of them; brackets. a | b c is (a | b) c"),
];

pub(super) struct Help {
    lines: Vec<Line>,
    scroll: Scroll,
}

impl Help {
    pub(super) fn new(scope: Scope, keymap: &Keymap, theme: &Theme) -> Self {
        let mut groups: Vec<(&str, Vec<&Description>)> = Vec::new();
        for entry in ACTIONS {
            match groups.iter_mut().find(|(group, _)| *group == entry.group) {
                Some((_, entries)) => entries.push(entry),
                None => groups.push((entry.group, vec![entry])),
            }
        }
        // In the list the keys that hold everywhere come first.
        let has_own = !matches!(scope, Scope::Everywhere | Scope::List);
        let here = |entries: &[&Description]| has_own && entries[0].scope == scope;
        groups.sort_by_key(|(_, entries)| !here(entries));
        let mut lines = Vec::new();
        for (group, entries) in groups {
            lines.push(Line::toned(group, Tone::Heading));
            lines.extend(entries.into_iter().map(|entry| key_line(entry, keymap)));
            lines.push(Line::empty());
        }
        lines.push(Line::toned("The search line", Tone::Heading));
        lines.extend(QUERIES.iter().map(|(query, meaning)| line(query, meaning, 20)));
        let prefixes: Vec<&str> = Concept::asked().map(Concept::name).collect();
        lines.push(line("fields", &prefixes.join(" "), 20));
        lines.extend([Line::empty(), Line::toned("The signs", Tone::Heading)]);
        lines.extend(
            terms::STATUS.iter().map(|term| line(theme.status(term.label).0, term.label, 4)),
        );
        let signs = theme.signs;
        lines.push(line(signs.pin, "pinned for comparison", 4));
        let several = "behind the name of a filter: one trial can have several of its values, \
                       so the counts can add up to more than there are trials";
        lines.push(line(signs.several, several, 4));
        lines.push(line("=", "equal in the trials compared", 4));
        lines.push(line("≠", "differs", 4));
        lines.push(line("∅", "not stated by all of them", 4));
        lines.push(line("●", "named by the trial above", 4));
        let trials: Vec<&str> = signs.trials.iter().map(|signs| signs[0]).collect();
        let places = format!("{} {}", signs.here, signs.shared);
        lines.push(line(
            &trials.join(" "),
            "the first, second … trial on a map or a line of time",
            12,
        ));
        lines.push(line(
            &places,
            "on a map: the place at the cursor, and one of several trials",
            12,
        ));
        lines.push(line(signs.today, "on a line of time: today", 12));
        Self { lines, scroll: Scroll::default() }
    }

    fn rows(&self, inner: Rect) -> Vec<Row> {
        let mut rows = Vec::new();
        for line in &self.lines {
            let first = rows.len();
            rows.extend(text::flow(std::slice::from_ref(line), usize::from(inner.width)));
            let key = rows[first..].first_mut().and_then(|row| row.first_mut());
            if let Some(key) = key.filter(|_| !line.marker.is_empty()) {
                key.tone = Tone::Label;
            }
        }
        rows
    }
}

impl Page for Help {
    fn hints(&self) -> &'static [Hint] {
        &[(Action::Down, "down"), (Action::Up, "up"), (Action::Back, "close")]
    }

    fn area(&self, body: Rect) -> Rect {
        in_the_middle(body, COLUMNS, u16::MAX)
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let inner = canvas::inside(area);
        let rows = self.rows(inner).len();
        match action {
            Action::Back | Action::Quit | Action::Help | Action::Read => Response::Close,
            action => {
                self.scroll.act(action, rows, usize::from(inner.height));
                Response::Stay
            }
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let note = format!("{} closes", view.key(Action::Back));
        let inner =
            Border { title: "Help", note: &note, style: canvas.theme.focus }.draw(area, canvas);
        let rows = self.rows(inner);
        self.scroll.clamp(rows.len(), usize::from(inner.height));
        for (line, row) in inner.rows().zip(rows.iter().skip(self.scroll.top)) {
            canvas.row(line, row, Style::new());
        }
    }
}

fn key_line(entry: &Description, keymap: &Keymap) -> Line {
    let keys: Vec<String> = keymap.keys(entry.action).iter().map(ToString::to_string).collect();
    line(&keys.join(" "), entry.help, KEYS)
}

fn line(left: &str, right: &str, columns: usize) -> Line {
    let gap = " ".repeat(columns.saturating_sub(text::width(left)).max(1));
    Line { indent: 2, marker: format!("{left}{gap}"), spans: vec![Span::new(right, Tone::Plain)] }
}
