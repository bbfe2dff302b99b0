//! The selected or visited study, whole. What it says is laid out once for a study and a width; a frame draws
//! the rows on the screen.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Hint, Pane, View};
use crate::session::Session;
use crate::store::{Store, StudyIdx, Vocab};
use crate::study::{Document, Entry, FieldValue, Section, Study, document};
use crate::text::{self, Line, Row, Span, Tone};
use crate::ui::action::Action;
use crate::ui::widget::input::{Caret, LineInput};
use crate::ui::widget::paint::{self, Frame};
use crate::ui::widget::scroll::Scroll;

#[derive(Default)]
pub(super) struct DetailPane {
    page: Page,
    extent: Extent,
    scroll: Scroll,
    finding: Option<Finding>,
    /// The row at which a study begins when it is laid out again.
    resume: Option<(StudyIdx, usize)>,
    /// Rows on the screen in the last frame, for what moves the text without a key of its own.
    height: usize,
}

/// Which study is laid out, of which store, how wide, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Of {
    store: usize,
    study: StudyIdx,
    width: usize,
    extent: Extent,
}

/// How much of a record is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Extent {
    /// What has its place, and how much has none.
    #[default]
    Designed,
    /// Every leaf.
    Whole,
}

/// How many leaves without a place are shown without being asked for.
const FEW: usize = 20;

/// A study laid out.
#[derive(Default)]
struct Page {
    /// What is laid out; `None` before the first time.
    of: Option<Of>,
    rows: Vec<Row>,
    /// Title and first row of each section.
    sections: Vec<(String, usize)>,
}

/// A text looked for in the study.
struct Finding {
    input: LineInput,
    state: Typing,
    /// Rows that have it.
    places: Vec<usize>,
    current: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    Going,
    Done,
}

impl DetailPane {
    pub(super) fn sections(&self) -> (Vec<(String, usize)>, usize) {
        let begun = self.page.sections.iter().filter(|&&(_, row)| row <= self.scroll.top).count();
        (self.page.sections.clone(), begun.saturating_sub(1))
    }

    pub(super) fn show_row(&mut self, row: usize) {
        self.scroll.top = row;
        self.scroll.clamp(self.page.rows.len(), self.height);
    }

    /// The first row on the screen.
    pub(super) fn top(&self) -> usize {
        self.scroll.top
    }

    /// Lets `study` begin at `row`, where it was left.
    pub(super) fn resume(&mut self, study: StudyIdx, row: usize) {
        self.resume = Some((study, row));
    }

    /// Lays the study out, unless it is already.
    fn lay_out(&mut self, session: &Session, width: usize) {
        let store = Arc::as_ptr(&session.store) as usize;
        let of = session.study().map(|study| Of { store, study, width, extent: self.extent });
        if self.page.of == of {
            return;
        }
        let subject = |of: Option<Of>| of.map(|of| (of.store, of.study));
        let same_study = subject(self.page.of) == subject(of);
        let same_rows = same_study && self.page.of.map(|of| of.width) == Some(width);
        let share = self.scroll.top * 100 / self.page.rows.len().max(1);
        self.page = of.map(|of| Page::new(&session.store, of)).unwrap_or_default();
        // A resize keeps the place, another study begins at its top or where it was left.
        if !same_rows {
            let left =
                self.resume.take().filter(|&(study, _)| of.is_some_and(|of| of.study == study));
            let begin = left.map_or(0, |(_, row)| row);
            self.scroll.top = if same_study { share * self.page.rows.len() / 100 } else { begin };
        }
        self.find();
    }

    /// Looks the text up in every row.
    fn find(&mut self) {
        let Some(finding) = &mut self.finding else { return };
        let needle = text::fold(finding.input.value());
        let found = |row: &Row| !needle.is_empty() && text::fold(&text_of(row)).contains(&needle);
        let rows = self.page.rows.iter().enumerate();
        finding.places = rows.filter(|(_, row)| found(row)).map(|(index, _)| index).collect();
        let first = finding.places.iter().position(|&row| row >= self.scroll.top);
        finding.current = first.unwrap_or(0);
    }

    fn show_found(&mut self, step: isize) {
        let Some(finding) = &mut self.finding else { return };
        let count = finding.places.len();
        if count > 0 {
            finding.current = (finding.current + count).saturating_add_signed(step) % count;
            let row = finding.places[finding.current];
            self.scroll.show(row, self.page.rows.len(), self.height);
        }
    }

    fn section_after(&self, top: usize) -> Option<usize> {
        self.page.sections.iter().map(|&(_, row)| row).find(|&row| row > top)
    }

    fn section_before(&self, top: usize) -> Option<usize> {
        self.page.sections.iter().map(|&(_, row)| row).rev().find(|&row| row < top)
    }

    fn note(&self) -> String {
        if let Some(finding) = &self.finding {
            return match finding.places.len() {
                0 => "not found".to_owned(),
                count => format!("{} of {count} found", finding.current + 1),
            };
        }
        let end = (self.scroll.top + self.height).min(self.page.rows.len());
        let share = (end * 100).checked_div(self.page.rows.len()).unwrap_or(100);
        let section = self.page.sections.iter().rev().find(|&&(_, row)| row <= self.scroll.top);
        section.map_or_else(|| format!("{share} %"), |(title, _)| format!("{title} · {share} %"))
    }
}

impl Pane for DetailPane {
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool {
        let inner = paint::inside(area);
        self.lay_out(session, usize::from(inner.width));
        self.height = usize::from(inner.height);
        match action {
            Action::Search => {
                self.finding = Some(Finding {
                    input: LineInput::default(),
                    state: Typing::Going,
                    places: Vec::new(),
                    current: 0,
                });
            }
            Action::Read if self.typing() => {
                if let Some(finding) = &mut self.finding {
                    finding.state = Typing::Done;
                }
                self.show_found(0);
            }
            Action::Back if self.finding.is_some() => self.finding = None,
            Action::Everything => {
                self.extent = match self.extent {
                    Extent::Designed => Extent::Whole,
                    Extent::Whole => Extent::Designed,
                };
            }
            Action::NextMatch => self.show_found(1),
            Action::PreviousMatch => self.show_found(-1),
            Action::NextSection => {
                if let Some(row) = self.section_after(self.scroll.top) {
                    self.show_row(row);
                }
            }
            Action::PreviousSection => {
                let row = self.section_before(self.scroll.top).unwrap_or(0);
                self.show_row(row);
            }
            _ => return self.scroll.act(action, self.page.rows.len(), self.height),
        }
        true
    }

    fn edit(&mut self, request: InputRequest, _session: &mut Session) {
        if let Some(finding) = &mut self.finding {
            finding.input.edit(request);
            self.find();
            self.show_found(0);
        }
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(|finding| finding.state == Typing::Going)
    }

    fn hints(&self) -> &'static [Hint] {
        match &self.finding {
            Some(finding) if finding.state == Typing::Going => {
                &[(Action::Read, "find"), (Action::Back, "cancel")]
            }
            Some(_) => &[
                (Action::NextMatch, "next"),
                (Action::PreviousMatch, "previous"),
                (Action::Back, "done"),
            ],
            None => &[
                (Action::NextSection, "next section"),
                (Action::Outline, "sections"),
                (Action::Search, "find"),
                (Action::Everything, "all values"),
                (Action::NextStudy, "next trial"),
                (Action::Pin, "pin"),
                (Action::Related, "related"),
                (Action::Copy, "copy"),
                (Action::OpenPage, "open page"),
                (Action::Back, "back"),
            ],
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let theme = view.theme;
        self.lay_out(view.session, usize::from(paint::inside(area).width));
        self.height = usize::from(paint::inside(area).height);
        self.scroll.clamp(self.page.rows.len(), self.height);
        let title = title(view);
        let inner = Frame { title: &title, note: &self.note(), style: view.border() }
            .draw(area, buf, theme);
        let needle = self.finding.as_ref().map(|finding| text::fold(finding.input.value()));
        for (line, row) in inner.rows().zip(self.page.rows.iter().skip(self.scroll.top)) {
            paint::row(line, buf, row, (theme, Style::new()));
            if let Some(needle) = &needle {
                paint::mark(line, buf, needle, theme.found);
            }
        }
        if let Some(finding) = &self.finding {
            let below = Rect {
                x: area.x + 1,
                y: area.bottom().saturating_sub(1),
                width: area.width / 2,
                height: 1,
            };
            paint::line(below, buf, "/", theme.key);
            let caret = if self.typing() { Caret::Shown } else { Caret::Hidden };
            let line = Rect { x: below.x + 1, width: below.width.saturating_sub(1), ..below };
            finding.input.draw(line, buf, Style::new(), caret);
        }
    }
}

impl Page {
    fn new(store: &Store, of: Of) -> Self {
        let Of { study, width, extent, .. } = of;
        let read = store.record(study).map_err(|error| error.to_string());
        let parsed = read.and_then(|json| Study::parse(&json).map_err(|error| error.to_string()));
        let mut rows = text::flow(&heading(store, study), width);
        rows.push(Row::new());
        match parsed {
            Ok(parsed) => {
                let mut document = below_title(document(&parsed), store.brief_title(study));
                if extent == Extent::Designed {
                    fold_rest(&mut document);
                }
                let blocks = document.blocks(&parsed, crate::study::Extent::Designed);
                rows.extend(
                    blocks.iter().flat_map(|block| block.flow(width, text::Overflow::LeftOut)),
                );
            }
            Err(reason) => {
                let line =
                    Line::toned(format!("This record cannot be read: {reason}"), Tone::Strong);
                rows.extend(text::flow(&[line], width));
            }
        }
        let is_heading = |row: &Row| row.iter().any(|span| span.tone == Tone::Heading);
        let mut sections: Vec<(String, usize)> = Vec::new();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| is_heading(row)) {
            sections.push((text_of(row).trim().to_owned(), index));
        }
        Self { of: Some(of), rows, sections }
    }
}

/// Puts one line in the place of many leaves that no field shows.
fn fold_rest(document: &mut Document) {
    let rest = document.sections.iter_mut().find(|part| part.section == Section::Other);
    if let Some(rest) = rest.filter(|rest| rest.entries.len() > FEW) {
        let count = text::grouped(rest.entries.len() as u64);
        let words = format!("{count} more values, each under its path; “all values” shows them");
        rest.entries = vec![Entry { label: String::new(), value: FieldValue::Line(words) }];
    }
}

/// The title, and in one line what one wants to know first.
fn heading(store: &Store, study: StudyIdx) -> Vec<Line> {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(Some(store.phase_in_words(study)).filter(|phase| !phase.is_empty()));
    facts.extend(store.labels(study, Vocab::StudyType).map(str::to_owned));
    facts.extend(store.labels(study, Vocab::Sponsor).map(str::to_owned));
    let facts = Line { spans: vec![Span::new(facts.join(" · "), Tone::Dim)], ..Line::default() };
    let mut lines = vec![Line::toned(store.title(study), Tone::Strong)];
    lines.extend(Some(facts).filter(|facts| !facts.text().is_empty()));
    lines
}

/// The id and the status, which stay in sight while the text scrolls.
fn title(view: &View) -> String {
    let store = &view.session.store;
    let Some(study) = view.session.study() else { return "No trial".to_owned() };
    let status = store.labels(study, Vocab::Status).next().unwrap_or("status not stated");
    let signs = view.theme.signs;
    let visit = if view.session.is_visiting() {
        format!("visit {} ", signs.separator)
    } else {
        String::new()
    };
    let sign = view.theme.status(status).0;
    format!("{visit}{} {} {sign} {status}", store.id(study), signs.separator)
}

/// The document without the title, which stands above it.
fn below_title(mut document: Document, title: &str) -> Document {
    for part in &mut document.sections {
        part.entries.retain(|entry| !matches!(&entry.value, FieldValue::Line(line) if entry.label == "Title" && line == title));
    }
    document
}

fn text_of(row: &Row) -> String {
    row.iter().map(|span| span.text.as_str()).collect()
}
