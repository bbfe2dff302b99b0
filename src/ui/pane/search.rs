//! The search line: the query as text, what it can be completed to, and how it was understood.

mod list;
mod understood;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::search::{Completion, Reading};
use crate::session::{Completeness, Session, Wish};
use crate::study::Link;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{Border, Canvas};
use crate::ui::theme::Theme;
use crate::ui::widget::input::{Caret, LONGEST, LineInput};
use list::{Kind, List, Offer};
use understood::understood;

/// What can be typed, in the words of those who type it.
const EXAMPLES: &[&str] = &[
    "lung cancer",
    "phase 3 recruiting",
    "sponsor:pfizer",
    "country:France",
    "-status:withdrawn",
    "NCT04280705",
];

/// What is no beginning of a word, so that it goes on with the one before.
const CONTINUING: &[char] = &['.', ',', ';', ':', '/', '*', '~', '<', '>', '=', '|', ')', '\''];

#[derive(Default)]
pub(super) struct SearchPane {
    input: LineInput,
    /// The list below the line, if it is open.
    list: Option<List>,
    /// Whether the line ends with a blank that nobody has typed.
    has_own_blank: bool,
}

impl SearchPane {
    /// Asks what can stand at the cursor.
    fn complete(&self, wish: Wish, session: &mut Session) {
        session.complete(self.input.value(), self.input.cursor(), wish);
    }

    /// Lists how the words were read.
    fn show_readings(&mut self, session: &mut Session) {
        self.list = List::readings(session);
        if self.list.is_none() {
            session.say("the words were found as they stand: there is nothing to take back");
        }
    }

    /// Does what the entry at the cursor of the list is for.
    fn take(&mut self, session: &mut Session) {
        let Some(list) = self.list.take() else { return };
        match list.current() {
            Some(Offer::Complete(item)) => self.put(item, session),
            Some(Offer::Ask(text)) => session.change_text(text),
            Some(Offer::TakeBack(added)) => {
                session.change_query(session.query().taken_back(added));
            }
            Some(Offer::ToTheLetter(typed)) => {
                session.change_query(session.query().to_the_letter(typed));
            }
            None => (),
        }
        self.follow(session);
    }

    /// Puts what was chosen in the place of what was begun. Behind a field the list goes on with its values.
    fn put(&mut self, item: &Completion, session: &mut Session) {
        let is_last = item.place.end == self.input.value().len();
        let blank = if is_last && !item.is_begun() { " " } else { "" };
        if self.input.replace(item.place.clone(), &format!("{}{blank}", item.text)) {
            session.type_query(self.input.value());
        }
        if item.is_begun() {
            self.complete(Wish::Follow, session);
        }
    }

    /// Takes over a text that was changed elsewhere. Blanks at the end are for what will be typed.
    fn follow(&mut self, session: &Session) {
        if self.input.value().trim_end() != session.text().trim_end() {
            self.input.set(session.text());
        }
    }
}

impl Pane for SearchPane {
    /// The list of trials can be walked without leaving the line.
    fn act(&mut self, action: Action, _area: Rect, session: &mut Session) -> bool {
        self.follow(session);
        if let Some(list) = &mut self.list {
            match action {
                Action::Complete | Action::LaterQuery | Action::Down => list.choices.step(1),
                Action::Readings | Action::EarlierQuery | Action::Up => list.choices.step(-1),
                Action::Read => self.take(session),
                Action::Back => self.list = None,
                _ => return false,
            }
            return true;
        }
        match action {
            Action::Complete => self.complete(Wish::Complete, session),
            Action::Readings => self.show_readings(session),
            Action::EarlierQuery => session.earlier_query(),
            Action::LaterQuery => session.later_query(),
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
        if std::mem::take(&mut self.has_own_blank)
            && let InputRequest::InsertChar(c) = request
            && (c == ' ' || CONTINUING.contains(&c))
        {
            self.input.edit(InputRequest::DeletePrevChar);
        }
        if !self.input.edit(request) {
            return session.say(full());
        }
        session.type_query(self.input.value());
        // What was read of another text is no longer true.
        let is_completing = self.list.take().is_some_and(|list| list.kind == Kind::Completions);
        if is_completing {
            self.complete(Wish::Follow, session);
        }
    }

    /// Lists what can stand at the cursor; where only one thing fits, takes it. If nothing does, lists how the words were
    /// read.
    fn completed(&mut self, session: &mut Session) {
        let Some((begun, found)) = session.take_completions() else { return };
        self.follow(session);
        if (self.input.value(), self.input.cursor()) != (begun.text.as_str(), begun.cursor) {
            return;
        }
        self.list = List::completions(session, found);
        match (&self.list, begun.wish) {
            (Some(list), Wish::Complete) if list.is_single() => self.take(session),
            (None, Wish::Complete) => {
                self.list = List::readings(session);
                if self.list.is_none() {
                    session.say("there is nothing to complete here");
                }
            }
            _ => (),
        }
    }

    /// What is typed now is a new word; to go on with the last one, its blank is taken away.
    fn entered(&mut self, session: &Session) {
        self.follow(session);
        let text = self.input.value();
        let is_open = text.is_empty() || text.ends_with([' ', ':', '(', '|', '-', '"']);
        if !is_open {
            let text = format!("{text} ");
            self.input.set(&text);
            self.has_own_blank = true;
        }
    }

    fn paste(&mut self, line: &str, session: &mut Session) {
        self.follow(session);
        let cursor = self.input.cursor();
        if self.input.replace(cursor..cursor, line) {
            session.type_query(self.input.value());
        } else {
            session.say(full());
        }
        self.list = None;
    }

    fn covers(&self, at: Position, area: Rect, body: Rect) -> bool {
        self.list.as_ref().is_some_and(|list| list.choices.area(area, body.bottom()).contains(at))
    }

    fn click(&mut self, at: Position, area: Rect, session: &mut Session) -> Option<Link> {
        if let Some(list) = &mut self.list {
            // Whatever is below the last row was cut off when it was drawn.
            if let Some(row) = list.choices.at(at, list.choices.area(area, u16::MAX)) {
                list.choices.go_to(row);
                self.take(session);
            }
        }
        None
    }

    fn typing(&self) -> bool {
        true
    }

    fn hints(&self) -> &'static [Hint] {
        if self.list.is_some() {
            return &[
                (Action::Read, "take"),
                (Action::Complete, "next"),
                (Action::Readings, "previous"),
                (Action::Back, "close"),
            ];
        }
        &[
            (Action::Read, "to the list"),
            (Action::Complete, "complete"),
            (Action::EarlierQuery, "earlier"),
            (Action::Back, "done"),
            (Action::Readings, "as read"),
            (Action::Exact, "to the letter"),
            (Action::LaterQuery, "later"),
            (Action::Down, "next trial"),
            (Action::Up, "previous"),
        ]
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        self.follow(view.session);
        let inner = if area.height >= 3 {
            let (note, style) = understood(view, canvas.theme);
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
            // While a value is chosen, that it is missing goes without saying.
            let is_begun = self.list.is_some() && view.session.error().is_some();
            if !note.is_empty() && !is_begun {
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
        let counts = match view.session.completeness {
            Completeness::Part => format!("{found} of {all} so far"),
            Completeness::Whole => format!("{found} of {all}"),
        };
        let rest = canvas.line_right(inner, &counts, canvas.theme.dim);
        let caret = if view.focused { Caret::Shown } else { Caret::Hidden };
        if self.input.value().is_empty() {
            let words = if view.focused {
                examples(usize::from(rest.width), canvas.theme)
            } else {
                let key = view.key(Action::Search);
                format!("type {key} and words: a condition, a drug, a sponsor, an id")
            };
            canvas.line(rest, &words, canvas.theme.dim);
        }
        self.input.draw(rest, canvas, Style::new(), caret);
        if let Some(error) = view.session.error()
            && view.focused
        {
            self.input.mark(rest, canvas, error.place.start, canvas.theme.error);
        }
        // The list closes when the line is left.
        self.list.take_if(|_| !view.focused);
        if let Some(list) = &mut self.list {
            let bottom = canvas.buf.area.bottom().saturating_sub(1);
            list.choices.draw(list.choices.area(area, bottom), canvas, list.title());
        }
    }
}

/// As many examples of queries as there is room for.
fn examples(width: usize, theme: &Theme) -> String {
    let separator = format!(" {} ", theme.signs.separator);
    // The cursor stands on the first sign.
    let mut words = " for example".to_owned();
    for example in EXAMPLES {
        let more = format!("{words}{separator}{example}");
        if text::width(&more) > width {
            break;
        }
        words = more;
    }
    words
}

/// What is said if a line takes no more.
fn full() -> String {
    format!(
        "the search line takes {} characters, so nothing was added",
        text::grouped(LONGEST as u64)
    )
}
