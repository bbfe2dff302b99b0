//! Why a trial is found: which clause of the query matched which value of which field, and in what way.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{COLUMNS, Page, Response, in_the_middle};
use crate::search::{self, How, Why};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::text::{self, Line, Row, Span, Tone};
use crate::ui::action::Action;
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::scroll::Scroll;

/// The longest name of a field stands before its value.
const FIELD: usize = 16;

pub(super) struct WhyPage {
    title: String,
    lines: Vec<Line>,
    scroll: Scroll,
}

impl WhyPage {
    /// One line that says why there is nothing to tell, if there is nothing.
    pub(super) fn new(session: &Session, study: StudyIdx) -> Result<Self, String> {
        let id = session.store.id(study);
        let reasons = search::explain(&session.store, session.query(), study);
        if reasons.is_empty() {
            return Err(if session.results.rows.position(study).is_none() {
                format!("the query does not find {id}")
            } else {
                format!("{id} is found because nothing keeps it out: no words were asked for")
            });
        }
        let mut lines: Vec<Line> = Vec::new();
        let clauses =
            reasons.chunk_by(|one, other| (&one.typed, &one.name) == (&other.typed, &other.name));
        for clause in clauses {
            if !lines.is_empty() {
                lines.push(Line::empty());
            }
            lines.push(Line::toned(heading(&clause[0]), Tone::Heading));
            lines.extend(clause.iter().map(reason));
        }
        Ok(Self { title: format!("Why {id} is found"), lines, scroll: Scroll::default() })
    }

    fn rows(&self, width: u16) -> Vec<Row> {
        text::flow(&self.lines, usize::from(width))
    }
}

impl Page for WhyPage {
    fn hints(&self) -> &'static [Hint] {
        &[(Action::Back, "close")]
    }

    fn area(&self, body: Rect) -> Rect {
        let rows = self.rows(body.width.min(COLUMNS).saturating_sub(10)).len();
        in_the_middle(body, COLUMNS, u16::try_from(rows + 2).unwrap_or(u16::MAX))
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let inner = canvas::inside(area);
        match action {
            Action::Back | Action::Quit | Action::Why | Action::Read => Response::Close,
            action => {
                let rows = self.rows(inner.width).len();
                self.scroll.act(action, rows, usize::from(inner.height));
                Response::Stay
            }
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View) {
        let note = format!("{} closes", view.key(Action::Back));
        let style = canvas.theme.focus;
        let inner = Border { title: &self.title, note: &note, style }.draw(area, canvas);
        let rows = self.rows(inner.width);
        self.scroll.clamp(rows.len(), usize::from(inner.height));
        for (line, row) in inner.rows().zip(rows.iter().skip(self.scroll.top)) {
            canvas.row(line, row, Style::new());
        }
    }
}

/// The clause, and what was looked for in its place.
fn heading(why: &Why) -> String {
    match why.how {
        _ if why.typed == why.name => why.typed.clone(),
        How::Near => format!("{} ≈ {}", why.typed, why.name),
        How::Spelling | How::Name => format!("{} + {}", why.typed, why.name),
        How::Value | How::Word | How::Beginning => format!("{} → {}", why.typed, why.name),
    }
}

/// `condition       Liver Failure, the word`, with what matched in another tone.
fn reason(why: &Why) -> Line {
    let value = text::clean_line(&why.value);
    let mut spans = Vec::new();
    let mut done = 0;
    // What was cleaned away has moved the places.
    let places = if value == why.value { &why.places[..] } else { &[] };
    for place in places {
        spans.push(Span::new(&value[done..place.start], Tone::Plain));
        spans.push(Span::new(&value[place.clone()], Tone::Strong));
        done = place.end;
    }
    spans.push(Span::new(&value[done..], Tone::Plain));
    let how = if why.value.is_empty() { "not stated" } else { in_words(why.how) };
    spans.push(Span::new(format!("  {how}"), Tone::Dim));
    let label = why.concept.label();
    let gap = " ".repeat(FIELD.saturating_sub(text::width(label)).max(1));
    Line { indent: 2, marker: format!("{label}{gap}"), spans }
}

/// How a clause was found.
fn in_words(how: How) -> &'static str {
    match how {
        How::Value => "the whole value",
        How::Word => "the word",
        How::Beginning => "the beginning of a word",
        How::Spelling => "another spelling",
        How::Name => "another name",
        How::Near => "what comes near",
    }
}
