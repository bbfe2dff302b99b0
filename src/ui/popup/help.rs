//! The keys, from the table of actions: those of the place where the user is first.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{COLUMNS, Page, Response, in_the_middle};
use crate::study::Concept;
use crate::study::terms;
use crate::text::{self, Line, Row, Span, Tone};
use crate::ui::action::{ACTIONS, Action, Description, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::keymap::Keymap;
use crate::ui::pane::{Hint, View};
use crate::ui::theme::Theme;
use crate::ui::widget::finding::Finding;
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
    groups: Vec<Group>,
    scroll: Scroll,
    /// What is looked for; only lines that have all its words are shown.
    finding: Option<Finding>,
}

/// Lines below a heading.
struct Group {
    heading: &'static str,
    lines: Vec<Line>,
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
        let of_keys = groups.into_iter().map(|(heading, entries)| Group {
            heading,
            lines: entries.into_iter().map(|entry| key_line(entry, keymap)).collect(),
        });
        let groups = of_keys.chain([queries(), signs(theme)]).collect();
        Self { groups, scroll: Scroll::default(), finding: None }
    }

    /// The lines that have every word that is looked for, below their headings.
    fn lines(&self) -> Vec<Line> {
        let needle = self.finding.as_ref().map(Finding::needle).unwrap_or_default();
        let words: Vec<&str> = needle.split(' ').collect();
        let mut lines = Vec::new();
        for Group { heading, lines: all } in &self.groups {
            let fits = |line: &&Line| {
                let spans = line.spans.iter().map(|span| span.text.as_str());
                let folded = text::fold(&format!("{} {}", line.marker, spans.collect::<String>()));
                words.iter().all(|word| folded.contains(word))
            };
            let fitting: Vec<Line> = all.iter().filter(fits).cloned().collect();
            if !fitting.is_empty() {
                lines.push(Line::toned(*heading, Tone::Heading));
                lines.extend(fitting);
                lines.push(Line::empty());
            }
        }
        if lines.is_empty() {
            lines.push(Line::toned("nothing has these words", Tone::Dim));
        }
        lines
    }

    fn rows(&self, inner: Rect) -> Vec<Row> {
        let mut rows = Vec::new();
        for line in self.lines() {
            let first = rows.len();
            rows.extend(text::flow(std::slice::from_ref(&line), usize::from(inner.width)));
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
        if self.typing() {
            return &[(Action::Read, "keep"), (Action::Back, "show all")];
        }
        &[
            (Action::Down, "down"),
            (Action::Up, "up"),
            (Action::Search, "find"),
            (Action::Back, "close"),
        ]
    }

    fn area(&self, body: Rect) -> Rect {
        in_the_middle(body, COLUMNS, u16::MAX)
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(Finding::typing)
    }

    fn edit(&mut self, request: InputRequest, _area: Rect) {
        if let Some(finding) = &mut self.finding {
            finding.edit(request);
            self.scroll = Scroll::default();
        }
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let inner = canvas::inside(area);
        match (action, &mut self.finding) {
            (Action::Search, _) => self.finding = Some(Finding::default()),
            (Action::Read, Some(finding)) if finding.typing() => finding.typed(),
            (Action::Back, Some(_)) => {
                (self.finding, self.scroll) = (None, Scroll::default());
            }
            (Action::Back | Action::Quit | Action::Help | Action::Read, _) => {
                return Response::Close;
            }
            (action, _) => {
                let rows = self.rows(inner).len();
                self.scroll.act(action, rows, usize::from(inner.height));
            }
        }
        Response::Stay
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let note = format!("{} closes", view.key(Action::Back));
        let note = if self.finding.is_some() { "" } else { &note };
        let inner = Border { title: "Help", note, style: canvas.theme.focus }.draw(area, canvas);
        let rows = self.rows(inner);
        self.scroll.clamp(rows.len(), usize::from(inner.height));
        for (line, row) in inner.rows().zip(rows.iter().skip(self.scroll.top)) {
            canvas.row(line, row, Style::new());
        }
        if let Some(finding) = &self.finding {
            finding.draw(area, canvas);
        }
    }
}

/// What the search line understands.
fn queries() -> Group {
    let prefixes: Vec<&str> = Concept::asked().map(Concept::name).collect();
    let fields = line("fields", &prefixes.join(" "), 20);
    let queries = QUERIES.iter().map(|(query, meaning)| line(query, meaning, 20));
    Group { heading: "The search line", lines: queries.chain([fields]).collect() }
}

/// What the signs of the screen mean.
fn signs(theme: &Theme) -> Group {
    let signs = theme.signs;
    let statuses = terms::STATUS.iter().map(|term| line(theme.status(term.code).0, term.label, 4));
    let several = "behind the name of a filter: one trial can have several of its values, \
                   so the counts can add up to more than there are trials";
    let trials: Vec<&str> = signs.trials.iter().map(|signs| signs[0]).collect();
    let decided = format!("{} {} ?", signs.included, signs.excluded);
    let seen = format!("+ {}", signs.separator);
    let others = [
        line(signs.selection, "the row or the value at the cursor", 4),
        line(signs.pin, "pinned for comparison", 4),
        line("#", "ticked, so that marks are for it too", 4),
        line(&decided, "included, excluded, maybe; of a filter: chosen, and excluded", 12),
        line("!", "people disagree on the trial", 4),
        line(&seen, "it has a note or a tag; it was read", 12),
        line("*", "its record has changed since it was marked", 4),
        line(signs.several, several, 4),
        line("=", "equal in the trials compared", 4),
        line("≠", "differs", 4),
        line("∅", "not stated by all of them", 4),
        line("≈", "taken for a word that nothing has", 4),
        line("●", "named by the trial above", 4),
        line(&trials.join(" "), "the first, second … trial on a map or a line of time", 12),
        line("A a B b", "the same of more than five; a small letter: estimated", 12),
        line(signs.here, "on a map: the place at the cursor", 12),
        line("2 3 +", "on a map: a place of two trials, of three, of ten and more", 12),
        line(signs.today, "on a line of time: today", 12),
    ];
    Group { heading: "The signs", lines: statuses.chain(others).collect() }
}

fn key_line(entry: &Description, keymap: &Keymap) -> Line {
    let keys: Vec<String> = keymap.keys(entry.action).iter().map(ToString::to_string).collect();
    line(&keys.join(" "), entry.help, KEYS)
}

fn line(left: &str, right: &str, columns: usize) -> Line {
    let gap = " ".repeat(columns.saturating_sub(text::width(left)).max(1));
    Line { indent: 2, marker: format!("{left}{gap}"), spans: vec![Span::new(right, Tone::Plain)] }
}
