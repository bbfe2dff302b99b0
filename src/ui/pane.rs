//! The panes, one a file: its own state, what its keys do, and how it is drawn. A pane may change the session, but no
//! other pane.

mod comparison;
mod detail;
mod filters;
mod list;
mod search;

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::action::{Action, Scope};
use super::keymap::Keymap;
use super::theme::Theme;
use crate::export::Report;
use crate::marks::Passage;
use crate::session::Session;
use crate::study::Link;
use crate::ui::canvas::Canvas;

/// One rectangle of the screen.
pub trait Pane {
    /// Does what `action` means here, in the `area` that the pane has on the screen; false hands it
    /// on to the application.
    fn act(&mut self, action: Action, area: Rect, session: &mut Session) -> bool;

    /// Changes the line being typed; only a pane that is [`typing`](Self::typing) is asked.
    fn edit(&mut self, _request: InputRequest, _session: &mut Session) {}

    /// Types a whole line at once; only a pane that is [`typing`](Self::typing) is asked.
    fn paste(&mut self, line: &str, session: &mut Session) {
        line.chars().for_each(|c| self.edit(InputRequest::InsertChar(c), session));
    }

    /// Takes in what can stand at the cursor.
    fn completed(&mut self, _session: &mut Session) {}

    /// The user came here by a key, to type something.
    fn entered(&mut self, _session: &Session) {}

    /// Whether characters are text here, not commands.
    fn typing(&self) -> bool {
        false
    }

    /// Whether it has opened something at a place beside its `area`, above the other panes on `body`.
    fn covers(&self, _at: Position, _area: Rect, _body: Rect) -> bool {
        false
    }

    /// Takes a click at a place inside `area`; gives the link that was clicked on.
    fn click(&mut self, _at: Position, _area: Rect, _session: &mut Session) -> Option<Link> {
        None
    }

    /// The four to eight actions that matter most here, each with what it does here in a word or two.
    fn hints(&self) -> &'static [Hint];

    /// Whether an action of the hints has something to show of the study here.
    fn offers(&self, _action: Action) -> bool {
        true
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, view: &View);
}

/// An action on the hint line, and what it does there.
pub type Hint = (Action, &'static str);

/// What a pane sees while it is drawn.
pub struct View<'a> {
    pub session: &'a Session,
    pub keymap: &'a Keymap,
    pub focused: bool,
}

impl View<'_> {
    /// The key of an action, as the screen names it.
    pub fn key(&self, action: Action) -> String {
        self.keymap.key(action)
    }

    /// The style of the border.
    pub fn border(&self, theme: &Theme) -> Style {
        if self.focused { theme.focus } else { theme.border }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaneId {
    Search,
    Filters,
    #[default]
    List,
    Detail,
    Comparison,
}

impl PaneId {
    /// Every pane, in the order of Tab.
    pub const ALL: &[Self] =
        &[Self::Search, Self::Filters, Self::List, Self::Detail, Self::Comparison];

    /// Where the pane's own keys are looked up.
    pub fn scope(self) -> Scope {
        match self {
            Self::Search => Scope::Line,
            Self::List => Scope::List,
            Self::Filters => Scope::Filters,
            Self::Detail => Scope::Detail,
            Self::Comparison => Scope::Comparison,
        }
    }
}

/// Every pane there is.
#[derive(Default)]
pub struct Panes {
    search: search::SearchPane,
    filters: filters::FiltersPane,
    list: list::ListPane,
    detail: detail::DetailPane,
    comparison: comparison::ComparisonPane,
}

impl Panes {
    /// The only place that knows which type stands behind which name.
    pub fn get(&mut self, pane: PaneId) -> &mut dyn Pane {
        match pane {
            PaneId::Search => &mut self.search,
            PaneId::Filters => &mut self.filters,
            PaneId::List => &mut self.list,
            PaneId::Detail => &mut self.detail,
            PaneId::Comparison => &mut self.comparison,
        }
    }

    /// Everything that is said of the studies side by side; `None` while there are none.
    pub fn report(&mut self, session: &Session) -> Option<Result<Report, String>> {
        self.comparison.report(session)
    }

    /// The sections of the study on the screen, with the row where each begins, and which of them is
    /// being read.
    pub fn sections(&self) -> (Vec<(String, usize)>, usize) {
        self.detail.sections()
    }

    /// The words that are chosen in the study on the screen; where none are, begins to choose some.
    pub fn passage(&mut self) -> Result<Option<Passage>, String> {
        self.detail.passage()
    }

    /// Chooses no words any more.
    pub fn leave_passage(&mut self) {
        self.detail.leave_passage();
    }

    /// What is folded or unfolded against its beginning: `filter status`, `section Summary`.
    pub fn folds(&self) -> Vec<String> {
        let filters = self.filters.folds().into_iter().map(|name| format!("filter {name}"));
        let sections = self.detail.folds().into_iter().map(|title| format!("section {title}"));
        filters.chain(sections).collect()
    }

    /// Folds as [`folds`](Self::folds) says. What is called otherwise by now stays as it begins.
    pub fn fold_as(&mut self, folds: &[String]) {
        for fold in folds {
            match fold.split_once(' ') {
                Some(("filter", name)) => self.filters.fold_as(name),
                Some(("section", title)) => self.detail.fold_as(title),
                _ => (),
            }
        }
    }

    /// Brings a row of the study on the screen to the top.
    pub fn show_row(&mut self, row: usize) {
        self.detail.show_row(row);
    }
}
