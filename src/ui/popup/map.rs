//! Where studies take place: a map of their sites, and a table of them.

mod chart;
mod circle;
mod words;

use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::{Page, Response};
use crate::search::Nearby;
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::place;
use crate::text::{self, Line};
use crate::ui::action::{Action, Scope};
use crate::ui::canvas::{self, Border, Canvas};
use crate::ui::pane::{Hint, View};
use crate::ui::widget::grid::{Column, Grid};
use crate::ui::widget::world::{LonLat, Size, Window};
use chart::{Aim, Chart, Seen};
use circle::Circle;

/// From so many rows on the table stands below the map.
const TALL: u16 = 26;
/// From so many columns on it stands beside the map.
const WIDE: u16 = 100;
/// The rows of a table that are not its own: its border and its titles, and some for long cells.
const FRAMED: u16 = 8;
/// How much one step goes, in columns and rows, and how much nearer one key comes.
const STEP: (f64, f64) = (6.0, 3.0);
const NEARER: f64 = 1.6;

/// A map of the sites of one study, or of several.
pub(super) struct MapPage {
    trials: Vec<MappedStudy>,
    sites: Vec<MappedSite>,
    grid: Grid,
    chart: Chart,
    focus: Focus,
    title: String,
    /// What is not on the map.
    unplaced: String,
}

/// A study on the map.
struct MappedStudy {
    id: String,
    sites: usize,
}

/// A site, and of which of the studies it is.
struct MappedSite {
    trial: usize,
    site: place::Site,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    Map,
    Table,
}

/// Where map and table are; what is not on the screen has no rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    map: Rect,
    table: Rect,
}

impl MappedSite {
    fn place(&self) -> Option<LonLat> {
        self.site.point().map(|point| (point.lon, point.lat))
    }
}

impl MapPage {
    /// The sites of `studies`; one line that says why when a record cannot be read.
    pub(super) fn new(session: &Session, studies: &[StudyIdx]) -> Result<Self, String> {
        let (mut trials, mut sites) = (Vec::new(), Vec::new());
        for (trial, &study) in studies.iter().enumerate() {
            let record = super::record(session, study)?;
            let found = place::sites(&record);
            trials
                .push(MappedStudy { id: session.store.id(study).to_string(), sites: found.len() });
            sites.extend(found.into_iter().map(|site| MappedSite { trial, site }));
        }
        let grid = table(&trials, &sites);
        Ok(Self {
            title: title(session, words::title(&trials, &sites)),
            unplaced: words::unplaced(&sites),
            chart: Chart::new(Circle::all(&session.results.near)),
            focus: Focus::default(),
            trials,
            sites,
            grid,
        })
    }

    fn act_on_map(&mut self, action: Action, parts: Parts) -> Response {
        let page = f64::from(parts.map.height) / 2.0;
        let (columns, rows) = match action {
            Action::Back => return Response::Close,
            Action::West | Action::Left => (-STEP.0, 0.0),
            Action::East | Action::Right => (STEP.0, 0.0),
            Action::Up => (0.0, STEP.1),
            Action::Down => (0.0, -STEP.1),
            Action::PageUp | Action::HalfUp => (0.0, page),
            Action::PageDown | Action::HalfDown => (0.0, -page),
            _ => return Response::Stay,
        };
        self.look(parts, |window| window.moved(columns, rows));
        Response::Stay
    }

    /// Draws which sign is which trial's, and what is known of the site at the cursor.
    fn draw_words(&self, frame: Rect, map: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let inner = canvas::inside(frame);
        words::draw_legend(Rect { height: map.y - inner.y, ..inner }, canvas, &self.trials);
        let Some(site) = self.grid.selected().map(|site| &self.sites[site]) else { return };
        let below = Rect { y: map.bottom(), height: inner.bottom() - map.bottom(), ..inner };
        let words =
            format!("{} {}", theme.signs.here, words::caption(&self.trials, (site, &self.sites)));
        // More than there is room for is not worth wrapping.
        let most = usize::from(below.width) * usize::from(below.height);
        let line = Line::plain(text::cut(&words, most));
        for (row, words) in below.rows().zip(text::flow(&[line], usize::from(below.width))) {
            canvas.row(row, &words, Style::new());
        }
    }

    fn turn_to(&mut self, focus: Focus, area: Rect) {
        self.focus = focus;
        self.follow(self.parts(area));
    }

    /// Looks at the map from elsewhere.
    fn look(&mut self, parts: Parts, change: impl Fn(Window) -> Window) {
        let window = self.chart.window(self.size(parts), &self.seen());
        self.chart.aim = Aim::Window(change(window));
    }

    /// Brings the site at the cursor of the table into sight on the map.
    fn follow(&mut self, parts: Parts) {
        if !parts.map.is_empty() {
            let size = self.size(parts);
            let seen = seen(&self.trials, &self.sites, &self.grid);
            self.chart.follow(size, &seen);
        }
    }

    /// Shows all sites of the country of the one at the cursor.
    fn show_country(&mut self, area: Rect) {
        let site = self.grid.selected().map(|site| &self.sites[site]);
        if let Some(site) = site.filter(|site| site.place().is_some()) {
            self.chart.aim = Aim::Country(site.site.country.clone());
            if self.parts(area).map.is_empty() {
                self.focus = Focus::Map;
            }
        }
    }

    fn seen(&self) -> Seen<'_> {
        seen(&self.trials, &self.sites, &self.grid)
    }

    fn parts(&self, area: Rect) -> Parts {
        let [first, second] = if area.height >= TALL {
            // A few sites need but a few rows; a map of the world is about a quarter as high as it is wide.
            let rows = u16::try_from(self.sites.len()).unwrap_or(u16::MAX).saturating_add(FRAMED);
            let table =
                rows.min(area.height * 2 / 5).max(area.height.saturating_sub(area.width / 3));
            area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(table)]))
        } else if area.width >= WIDE {
            area.layout(&Layout::horizontal([Constraint::Fill(1); 2]))
        } else {
            match self.focus {
                Focus::Map => [area, Rect::ZERO],
                Focus::Table => [Rect::ZERO, area],
            }
        };
        Parts { map: first, table: second }
    }

    /// The map itself, between the signs of several trials and the site at the cursor.
    fn inside(&self, frame: Rect) -> Rect {
        let inner = canvas::inside(frame);
        let above = words::legend_rows(&self.trials, inner.width).min(inner.height / 4);
        let below = match inner.height {
            0..6 => 0,
            6..14 => 1,
            14.. => 2,
        };
        Rect { y: inner.y + above, height: inner.height - above - below, ..inner }
    }

    fn size(&self, parts: Parts) -> Size {
        let map = self.inside(parts.map);
        (map.width, map.height)
    }
}

impl Page for MapPage {
    fn act(&mut self, action: Action, area: Rect) -> Response {
        let parts = self.parts(area);
        match action {
            Action::NextPane | Action::PreviousPane => self.turn_to(self.focus.other(), area),
            Action::Nearer => self.look(parts, |window| window.nearer(NEARER)),
            Action::Further => self.look(parts, |window| window.nearer(1.0 / NEARER)),
            Action::FitSites => self.chart.aim = Aim::Sites,
            Action::WholeWorld => self.chart.aim = Aim::World,
            Action::Map | Action::Quit => return Response::Close,
            Action::Search | Action::Sort | Action::Reverse => {
                self.turn_to(Focus::Table, area);
                self.grid.act(action, canvas::inside(self.parts(area).table));
            }
            _ if self.focus == Focus::Map => return self.act_on_map(action, parts),
            Action::Read if !self.typing() => self.show_country(area),
            _ => {
                let known = self.grid.act(action, canvas::inside(parts.table));
                if !known && action == Action::Back {
                    return Response::Close;
                }
                self.follow(parts);
            }
        }
        Response::Stay
    }

    fn click(&mut self, at: Position, area: Rect) -> Response {
        let parts = self.parts(area);
        if parts.table.contains(at) {
            self.focus = Focus::Table;
            self.grid.click(at, canvas::inside(parts.table));
            self.follow(parts);
        } else if let Some(map) = Some(self.inside(parts.map)).filter(|map| map.contains(at)) {
            self.focus = Focus::Map;
            let cell = (at.x - map.x, at.y - map.y);
            let seen = self.seen();
            if let Some(site) = self.chart.site_at(cell, (map.width, map.height), &seen) {
                self.grid.select(site);
            }
        }
        Response::Stay
    }

    fn edit(&mut self, request: InputRequest, _: Rect) {
        self.grid.edit(request);
    }

    fn typing(&self) -> bool {
        self.grid.typing()
    }

    fn scope(&self) -> Option<Scope> {
        Some(match self.focus {
            Focus::Map => Scope::Map,
            Focus::Table => Scope::Page,
        })
    }

    fn hints(&self) -> &'static [Hint] {
        match self.focus {
            _ if self.typing() => &[(Action::Read, "narrow"), (Action::Back, "cancel")],
            Focus::Map => &[
                (Action::NextPane, "table"),
                (Action::Back, "close"),
                (Action::Nearer, "nearer"),
                (Action::Further, "further"),
                (Action::FitSites, "all sites"),
                (Action::WholeWorld, "world"),
                (Action::West, "west"),
                (Action::Search, "narrow"),
            ],
            Focus::Table => &[
                (Action::NextPane, "map"),
                (Action::Back, "close"),
                (Action::Read, "its country"),
                (Action::Search, "narrow"),
                (Action::Sort, "sort by column"),
                (Action::FitSites, "all sites"),
                (Action::Nearer, "nearer"),
                (Action::Further, "further"),
            ],
        }
    }

    fn draw(&mut self, area: Rect, canvas: &mut Canvas, _: &View) {
        let parts = self.parts(area);
        let theme = canvas.theme;
        let border = |here| if here { theme.focus } else { theme.border };
        if !parts.map.is_empty() {
            let style = border(self.focus == Focus::Map);
            let frame = Border { title: &self.title, note: &self.unplaced, style };
            frame.draw(parts.map, canvas);
            let map = self.inside(parts.map);
            let seen = seen(&self.trials, &self.sites, &self.grid);
            self.chart.draw(map, canvas, &seen);
            self.draw_words(parts.map, map, canvas);
        }
        if !parts.table.is_empty() {
            let note = self.grid.note(canvas::inside(parts.table));
            let style = border(self.focus == Focus::Table);
            let title = if parts.map.is_empty() { &self.title } else { "Sites" };
            let inner = Border { title, note: &note, style }.draw(parts.table, canvas);
            self.grid.draw(inner, canvas);
        }
    }
}

impl Focus {
    fn other(self) -> Self {
        match self {
            Self::Map => Self::Table,
            Self::Table => Self::Map,
        }
    }
}

/// The title, with the circle that is drawn.
fn title(session: &Session, sites: String) -> String {
    let circles = session.results.near.nearby.iter().map(Nearby::circle);
    std::iter::once(sites).chain(circles).collect::<Vec<_>>().join(" · ")
}

fn seen<'a>(trials: &[MappedStudy], sites: &'a [MappedSite], grid: &'a Grid) -> Seen<'a> {
    Seen { trials: trials.len(), sites, shown: grid.shown(), here: grid.selected() }
}

/// What is known of a site, by column of their table.
const TITLES: [&str; 8] =
    ["Trial", "Country", "City", "Facility", "Status", "Contacts", "State", "Zip"];

/// The sites as a table; which trial's they are, where there are several. Columns in which nothing stands are left out.
fn table(trials: &[MappedStudy], sites: &[MappedSite]) -> Grid {
    let rows = sites.iter().map(|MappedSite { trial, site }| {
        let place::Site { country, city, facility, status, contacts, state, zip, .. } =
            site.clone();
        let trial = if trials.len() > 1 { trials[*trial].id.clone() } else { String::new() };
        [trial, country, city, facility, status, contacts.join("; "), state, zip]
    });
    let rows: Vec<[String; TITLES.len()]> = rows.collect();
    let is_stated = |column: &usize| {
        rows.iter().any(|row| !row[*column].is_empty()) || (rows.is_empty() && *column > 0)
    };
    let stated: Vec<usize> = (0..TITLES.len()).filter(is_stated).collect();
    let columns = stated.iter().map(|&column| Column::text(TITLES[column])).collect();
    let cells =
        |row: &[String; TITLES.len()]| stated.iter().map(|&column| row[column].clone()).collect();
    Grid::new(columns, rows.iter().map(cells).collect())
}
