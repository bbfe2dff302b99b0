//! The search line: the query as text, what it can be completed to, and how it was understood.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::search::{self, Added, Cancel, Completion, How, Reading, Taken};
use crate::session::Session;
use crate::study::Link;
use crate::text;
use crate::ui::action::Action;
use crate::ui::canvas::{Border, Canvas};
use crate::ui::theme::Theme;
use crate::ui::widget::choices::{Choice, Choices};
use crate::ui::widget::input::{Caret, LONGEST, LineInput};

/// What can be typed, in the words of those who type it.
const EXAMPLES: &[&str] = &[
    "lung cancer",
    "phase 3 recruiting",
    "sponsor:pfizer",
    "country:France",
    "-status:withdrawn",
    "NCT04280705",
];

#[derive(Default)]
pub(super) struct SearchPane {
    input: LineInput,
    /// The list below the line, if it is open.
    list: Option<List>,
}

/// What can stand at the cursor.
struct List {
    items: Vec<Completion>,
    choices: Choices,
}

impl List {
    /// `None` if there is nothing to choose.
    fn new(session: &Session, input: &LineInput) -> Option<Self> {
        let (text, cursor) = (input.value(), input.cursor());
        let found = search::completions(&session.store, text, cursor, &Cancel::default());
        let choice = |item: &Completion| Choice {
            label: text::clean_line(&item.text).into_owned(),
            what: item.what.clone(),
            count: item.studies.map_or_else(String::new, text::grouped),
        };
        let choices = Choices::new(found.items.iter().map(choice).collect());
        (!found.items.is_empty()).then_some(Self { items: found.items, choices })
    }
}

impl SearchPane {
    /// Opens the list; where only one thing fits, takes it.
    fn complete(&mut self, session: &mut Session) {
        self.list = List::new(session, &self.input);
        match &self.list {
            None => session.say("there is nothing to complete here"),
            Some(list) if list.items.len() == 1 => self.take(session),
            Some(_) => (),
        }
    }

    /// Takes the item at the cursor of the list. Behind a field the list goes on with its values.
    fn take(&mut self, session: &mut Session) {
        let Some(list) = self.list.take() else { return };
        let Some(item) = list.items.get(list.choices.current()) else { return };
        let is_last = item.place.end == self.input.value().len();
        let blank = if is_last && !item.is_begun() { " " } else { "" };
        if self.input.replace(item.place.clone(), &format!("{}{blank}", item.text)) {
            session.type_query(self.input.value());
        }
        if item.is_begun() {
            self.list = List::new(session, &self.input);
        }
    }

    /// Takes over a text that was changed elsewhere.
    fn follow(&mut self, session: &Session) {
        if self.input.value() != session.text() {
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
                Action::PreviousPane | Action::EarlierQuery | Action::Up => list.choices.step(-1),
                Action::Read => self.take(session),
                Action::Back => self.list = None,
                _ => return false,
            }
            return true;
        }
        match action {
            Action::Complete => self.complete(session),
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
        if !self.input.edit(request) {
            return session.say(full());
        }
        session.type_query(self.input.value());
        if self.list.is_some() {
            self.list = List::new(session, &self.input);
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
                (Action::PreviousPane, "previous"),
                (Action::Back, "close"),
            ];
        }
        &[
            (Action::Read, "to the list"),
            (Action::Complete, "complete"),
            (Action::EarlierQuery, "earlier"),
            (Action::Back, "done"),
            (Action::Exact, "to the letter"),
            (Action::LaterQuery, "later"),
            (Action::Down, "next trial"),
            (Action::Up, "previous"),
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
        let counts = format!("{found} of {all}");
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
            list.choices.draw(list.choices.area(area, bottom), canvas, "Complete");
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

/// What is wrong with the text; else what was not found, what was mended and what was added. Nothing if the words were
/// found as they stand.
fn understood(session: &Session, theme: &Theme) -> (String, Style) {
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
