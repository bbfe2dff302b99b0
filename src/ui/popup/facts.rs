//! The key facts of all pinned trials in one table: a row for each fact, a column for each trial. It scrolls sideways.
//! Two of the trials are in focus: the one that is held, and the one at the cursor.

use ratatui::layout::{Position, Rect};
use tui_input::InputRequest;

use super::{Command, Page, Response, record};
use crate::compare::key_facts;
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::Study;
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::grid::{Column, Grid};

pub(super) struct FactsPage {
    studies: Vec<StudyIdx>,
    ids: Vec<String>,
    grid: Grid,
    /// The place of the trial that is held.
    held: usize,
}

impl FactsPage {
    pub(super) fn new(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        let records = studies.iter().map(|&study| record(session, study));
        let records = records.collect::<Result<Vec<Study>, _>>()?;
        let facts = key_facts(&records.iter().collect::<Vec<_>>());
        let rows = facts.iter().map(|fact| {
            let label = format!("{} {}", fact.verdict.sign(), fact.label);
            let said =
                |value: &Option<String>| value.clone().unwrap_or_else(|| "not stated".to_owned());
            std::iter::once(label).chain(fact.values.iter().map(said)).collect()
        });
        let ids: Vec<String> =
            studies.iter().map(|&study| session.store.id(study).to_string()).collect();
        let titles = std::iter::once("Fact").chain(ids.iter().map(String::as_str));
        let grid = Grid::new(titles.map(Column::text).collect(), rows.collect());
        let mut page = Self { studies: studies.to_vec(), ids, grid, held: 0 };
        page.grid.go_to_column(1);
        Ok(page)
    }

    /// The places of the two in focus. Where the held one is at the cursor, the next one is the other.
    fn pair(&self) -> [usize; 2] {
        let here = self.grid.column().saturating_sub(1);
        let next = if self.held + 1 < self.studies.len() { self.held + 1 } else { 0 };
        [self.held, if here == self.held { next } else { here }]
    }

    /// Holds the trial at the cursor.
    fn hold(&mut self) -> Response {
        self.held = self.grid.column().saturating_sub(1);
        let id = self.ids.get(self.held).map_or("", String::as_str);
        Response::Do(Command::Say(format!(
            "{id} is held; the trial at the cursor is the other one"
        )))
    }
}

impl Page for FactsPage {
    fn scope(&self) -> Option<Scope> {
        Some(Scope::Page)
    }

    fn hints(&self) -> &'static [Hint] {
        if self.typing() {
            return &[(Action::Read, "keep"), (Action::Back, "show all")];
        }
        &[
            (Action::Right, "next trial"),
            (Action::Left, "trial before"),
            (Action::Pin, "hold it"),
            (Action::Read, "the two in focus"),
            (Action::Search, "narrow"),
            (Action::Copy, "copy table"),
            (Action::Back, "back"),
        ]
    }

    fn act(&mut self, action: Action, area: Rect) -> Response {
        match action {
            Action::Read if !self.typing() => {
                let pair = self.pair().map(|place| self.studies[place]);
                return Response::Choose(Command::CompareTwo(pair));
            }
            Action::Pin => return self.hold(),
            Action::Copy => {
                let table = self.grid.with_tabs();
                return Response::Do(Command::Copy("the key facts".to_owned(), table));
            }
            // The key that opens it closes it. Among pages it has another meaning.
            Action::Matrix | Action::WholeWorld | Action::Quit => return Response::Close,
            Action::NextStudy => _ = self.grid.act(Action::Right, canvas::inside(area)),
            Action::PreviousStudy => _ = self.grid.act(Action::Left, canvas::inside(area)),
            action => {
                let known = self.grid.act(action, canvas::inside(area));
                if !known && action == Action::Back {
                    return Response::Close;
                }
            }
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        self.grid.click(at, canvas::inside(area));
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        self.grid.edit(request);
    }

    fn typing(&self) -> bool {
        self.grid.typing()
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let theme = canvas.theme;
        let [held, here] = self.pair().map(|place| &self.ids[place]);
        let title = format!(
            "Key facts of {} trials {} in focus: {held} and {here}",
            self.studies.len(),
            theme.signs.separator
        );
        let note = self.grid.note(canvas::inside(area));
        let inner = Border { title: &title, note: &note, style: theme.focus }.draw(area, canvas);
        self.grid.draw(inner, canvas);
    }
}
