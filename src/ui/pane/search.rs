//! The search line: the query as text, and how it was understood.

use ratatui::layout::Rect;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::search::{Added, How, Reading, Taken};
use crate::session::Session;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{Border, Canvas};
use crate::ui::theme::Theme;
use crate::ui::widget::input::{Caret, LineInput};

#[derive(Default)]
pub(super) struct SearchPane {
    input: LineInput,
}

impl SearchPane {
    /// Takes over a text that was changed elsewhere.
    fn follow(&mut self, session: &Session) {
        if self.input.value() != session.text() {
            self.input.set(session.text());
        }
    }
}

impl Pane for SearchPane {
    /// The list can be walked without leaving the line.
    fn act(&mut self, action: Action, _area: Rect, session: &mut Session) -> bool {
        match action {
            Action::Down => session.move_by(1),
            Action::Up => session.move_by(-1),
            Action::PageDown => session.move_by(10),
            Action::PageUp => session.move_by(-10),
            _ => return false,
        }
        true
    }

    fn edit(&mut self, request: InputRequest, session: &mut Session) {
        self.follow(session);
        self.input.edit(request);
        session.type_query(self.input.value());
    }

    fn typing(&self) -> bool {
        true
    }

    fn hints(&self) -> &'static [Hint] {
        &[
            (Action::Read, "to the list"),
            (Action::Down, "next trial"),
            (Action::Up, "previous"),
            (Action::NextPane, "filters"),
            (Action::Back, "done"),
        ]
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        self.follow(view.session);
        let inner = if area.height >= 3 {
            let (note, style) = understood(view.session, canvas.theme);
            let key = view.key(Action::Search);
            let mut title =
                if view.focused { "Search".to_owned() } else { format!("Search  {key}") };
            if view.session.query().reading == Reading::AsTyped {
                title.push_str("  to the letter");
            }
            let inner = Border { title: &title, note: "", style: view.border(canvas.theme) }
                .draw(area, canvas);
            let below = Rect {
                y: area.bottom() - 1,
                height: 1,
                x: area.x + 2,
                width: area.width.saturating_sub(4),
            };
            if !note.is_empty() {
                canvas.line(
                    below,
                    &format!(" {} ", text::cut(&note, usize::from(below.width.saturating_sub(2)))),
                    style,
                );
            }
            Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
        } else {
            let sign = format!("{} ", view.key(Action::Search));
            let width = (text::width(&sign) as u16).min(area.width);
            canvas.line(area, &sign, canvas.theme.key);
            Rect { x: area.x + width, width: area.width - width, ..area }
        };
        let [found, all] = [view.session.results.rows.len(), view.session.store.len()]
            .map(|count| text::grouped(count as u64));
        let counts = format!("{found} of {all}");
        let rest = canvas.line_right(inner, &counts, canvas.theme.dim);
        let caret = if view.focused { Caret::Shown } else { Caret::Hidden };
        if self.input.value().is_empty() && !view.focused {
            let key = view.key(Action::Search);
            let words = format!("type {key} and words: a condition, a drug, a sponsor, an id");
            canvas.line(rest, &words, canvas.theme.dim);
        }
        self.input.draw(rest, canvas, ratatui::style::Style::new(), caret);
        if let Some(error) = view.session.error()
            && view.focused
        {
            self.input.mark(rest, canvas, error.place.start, canvas.theme.error);
        }
    }
}

/// What is wrong with the text; else what was not found, what was mended and what was added. Nothing if the words were
/// found as they stand.
fn understood(session: &Session, theme: &Theme) -> (String, ratatui::style::Style) {
    let separator = format!(" {} ", theme.signs.separator);
    if let Some(error) = session.error() {
        let shown = format!("shown is what “{}” found", session.query());
        return ([error.to_string(), shown].join(&separator), theme.error);
    }
    let results = &session.results;
    let mut words: Vec<String> = results.taken.iter().filter_map(in_words).collect();
    let style = if words.is_empty() { theme.dim } else { theme.key };
    let mended = results.added.iter().filter(|added| added.how == How::Near);
    words.extend(mended.map(|it| format!("{} ≈ {} {}", it.typed, it.name, counted(it))));
    let instead = results.instead.iter();
    words.extend(instead.map(|it| format!("try {} {}", it.term, text::grouped(it.studies))));
    words.extend(results.codes.iter().map(|code| format!("{} → {}", code.typed, code.term)));
    let others = results.added.iter().filter(|added| added.how != How::Near);
    words.extend(others.map(|it| format!("+ {} {}", it.name, counted(it))));
    (words.join(&separator), style)
}

fn counted(added: &Added) -> String {
    text::grouped(added.studies)
}

/// `livr ≈ Liver Failure (condition)`; `recruitng → nothing; try status:recruitng`. Nothing to say of a term that was
/// found as it stands.
fn in_words(taken: &Taken) -> Option<String> {
    let term = &taken.term;
    if let Some(meaning) = taken.in_capitals() {
        return Some(format!("{term} → the word; {meaning}"));
    }
    if taken.places.is_empty() {
        return Some(format!("{term} → nothing"));
    }
    let near = taken.nearest();
    (!near.is_empty()).then(|| format!("{term} ≈ {}", near.join(", ")))
}
