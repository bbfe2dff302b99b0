//! What the pinned studies share: each name with a sign under every study that has it.

use ratatui::layout::Rect;
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Page, Response, record};
use crate::compare::{Overlap, OverlapPart, overlap};
use crate::session::Session;
use crate::store::StudyIdx;
use crate::text::{self, Line, Row, Span, Tone};
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::finding::Finding;
use crate::ui::widget::scroll::Scroll;

/// Columns for an id, and for a number that stands for one.
const ID: usize = 13;
const NUMBER: usize = 2;
/// From so many columns beside them on ids stand over the signs.
const ROOMY: usize = 40;

pub(super) struct OverlapPage {
    names: Overlap,
    shown: NamesShown,
    /// Laid out for so many columns.
    rows: (u16, Vec<Row>),
    scroll: Scroll,
    finding: Option<Finding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamesShown {
    All,
    Shared,
}

impl OverlapPage {
    pub(super) fn new(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        let studies = studies.iter().map(|&study| record(session, study));
        let studies = studies.collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            names: overlap(&studies.iter().collect::<Vec<_>>()),
            shown: NamesShown::All,
            rows: (0, Vec::new()),
            scroll: Scroll::default(),
            finding: None,
        })
    }

    /// How wide the column of each study is.
    fn column(&self, width: u16) -> usize {
        let ids = ID * self.names.ids.len();
        if usize::from(width) >= ids + ROOMY { ID } else { NUMBER }
    }

    /// What stands over the signs: the ids, or numbers and what they stand for.
    fn heading(&self, width: u16) -> Vec<Row> {
        let column = self.column(width);
        if column == ID {
            let ids = self.names.ids.iter().map(|id| text::pad(id, ID)).collect::<String>();
            return vec![vec![Span::new(ids, Tone::Heading)]];
        }
        let ids = self.names.ids.iter().enumerate();
        let legend = ids.clone().map(|(place, id)| format!("{} {id}", place + 1));
        let legend = Line::toned(legend.collect::<Vec<_>>().join("  "), Tone::Heading);
        let mut rows = text::flow(&[legend], usize::from(width));
        let numbers = ids.map(|(place, _)| text::pad(&(place + 1).to_string(), NUMBER));
        rows.push(vec![Span::new(numbers.collect::<String>(), Tone::Heading)]);
        rows
    }

    fn lay_out(&mut self, width: u16) {
        if self.rows.0 == width && !self.rows.1.is_empty() {
            return;
        }
        let column = self.column(width);
        let mut lines = Vec::new();
        for part in &self.names.parts {
            let all = self.shown == NamesShown::All;
            let rows: Vec<_> = part.rows.iter().filter(|row| all || row.is_shared()).collect();
            if rows.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line::empty());
            }
            let shared = format!("  {} of {} shared", part.shared(), part.rows.len());
            let mut heading = Line::toned(part.label, Tone::Heading);
            heading.spans.push(Span::new(shared, Tone::Dim));
            lines.push(heading);
            lines.extend(rows.into_iter().map(|row| {
                let signs =
                    row.named.iter().map(|named| text::pad(if *named { "●" } else { "·" }, column));
                let tone = if row.is_shared() { Tone::Strong } else { Tone::Plain };
                Line { marker: signs.collect(), ..Line::toned(row.name(), tone) }
            }));
        }
        if lines.is_empty() {
            lines.push(Line::toned("They share nothing that they name.", Tone::Dim));
        }
        self.rows = (width, text::flow(&lines, usize::from(width)));
        self.find();
    }

    fn height(&self, inner: Rect) -> usize {
        usize::from(inner.height).saturating_sub(self.heading(inner.width).len())
    }

    fn find(&mut self) {
        if let Some(finding) = &mut self.finding {
            let text = |row: &Row| row.iter().map(|span| span.text.as_str()).collect::<String>();
            let folded = self.rows.1.iter().map(|row| crate::text::fold(&text(row)));
            finding.look(folded, self.scroll.top);
        }
    }

    fn show_found(&mut self, step: isize, height: usize) {
        if let Some(row) = self.finding.as_mut().and_then(|finding| finding.step(step)) {
            self.scroll.show(row, self.rows.1.len(), height);
        }
    }
}

impl Page for OverlapPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Comparison)
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        let inner = canvas::inside(area);
        self.lay_out(inner.width);
        let height = self.height(inner);
        match (action, &mut self.finding) {
            (Action::Back, finding @ Some(_)) => *finding = None,
            (Action::Back | Action::Quit | Action::Overlap, _) => return Response::Close,
            (Action::Search, finding) => *finding = Some(Finding::default()),
            (Action::Read, Some(finding)) => {
                finding.typed();
                self.show_found(0, height);
            }
            (Action::NextFound, _) => self.show_found(1, height),
            (Action::PreviousFound, _) => self.show_found(-1, height),
            (Action::DifferencesOnly, _) => {
                self.shown = match self.shown {
                    NamesShown::All => NamesShown::Shared,
                    NamesShown::Shared => NamesShown::All,
                };
                self.rows.1.clear();
                self.scroll = Scroll::default();
            }
            (action, _) => {
                self.scroll.act(action, self.rows.1.len(), height);
            }
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, area: Rect) {
        if let Some(finding) = &mut self.finding {
            finding.edit(request);
            self.find();
            self.show_found(0, self.height(canvas::inside(area)));
        }
    }

    fn typing(&self) -> bool {
        self.finding.as_ref().is_some_and(Finding::typing)
    }

    fn hints(&self) -> &'static [Hint] {
        match &self.finding {
            Some(finding) if finding.typing() => {
                &[(Action::Read, "find"), (Action::Back, "cancel")]
            }
            Some(_) => &[
                (Action::NextFound, "next"),
                (Action::PreviousFound, "previous"),
                (Action::Back, "done"),
            ],
            None => &[
                (Action::DifferencesOnly, "only what is shared, or everything"),
                (Action::Search, "find"),
                (Action::Down, "down"),
                (Action::Up, "up"),
                (Action::Back, "close"),
            ],
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let shared: usize = self.names.parts.iter().map(OverlapPart::shared).sum();
        let note = match &self.finding {
            Some(finding) => finding.note(),
            None => format!("{shared} shared"),
        };
        let title = match self.shown {
            NamesShown::All => "What they share",
            NamesShown::Shared => "What they share · only that",
        };
        let inner = Border { title, note: &note, style: theme.focus }.draw(area, canvas);
        self.lay_out(inner.width);
        let heading = self.heading(inner.width);
        let height = self.height(inner);
        self.scroll.clamp(self.rows.1.len(), height);
        let needle = self.finding.as_ref().map(Finding::needle);
        let below = self.rows.1.iter().skip(self.scroll.top);
        for (line, row) in inner.rows().zip(heading.iter().chain(below)) {
            canvas.row(line, row, Style::new());
            if let Some(needle) = &needle {
                canvas.mark(line, needle, theme.found);
            }
        }
        if let Some(finding) = &self.finding {
            finding.draw(area, canvas);
        }
    }
}
