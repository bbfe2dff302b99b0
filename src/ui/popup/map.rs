//! Where studies take place: a map of their sites, and a table of them.

mod chart;

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use tui_input::InputRequest;

use super::Outcome;
use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::place::{self, Coordinates};
use crate::text::{self, Line};
use crate::ui::action::{Action, Scope};
use crate::ui::pane::{Hint, View};
use crate::ui::theme::Theme;
use crate::ui::widget::grid::{Column, Grid};
use crate::ui::widget::paint::{self, Frame};
use crate::ui::widget::world::{Place, Size, Window};
use chart::{Aim, Chart, Seen};

/// From so many rows on the table stands below the map.
const TALL: u16 = 26;
/// From so many columns on it stands beside the map.
const WIDE: u16 = 100;
/// How much one step goes, in columns and rows, and how much nearer one key comes.
const STEP: (f64, f64) = (6.0, 3.0);
const NEARER: f64 = 1.6;

/// A map of the sites of one study, or of several.
pub struct MapPage {
    trials: Vec<Trial>,
    sites: Vec<Site>,
    grid: Grid,
    chart: Chart,
    focus: Focus,
}

/// A study on the map.
struct Trial {
    id: String,
    sites: usize,
}

/// A site, and of which of the studies it is.
struct Site {
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

impl Site {
    fn place(&self) -> Option<Place> {
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
            trials.push(Trial { id: session.store.id(study).to_string(), sites: found.len() });
            sites.extend(found.into_iter().map(|site| Site { trial, site }));
        }
        let grid = table(&trials, &sites);
        Ok(Self { trials, sites, grid, chart: Chart::default(), focus: Focus::default() })
    }

    pub(super) fn act(&mut self, action: Action, area: Rect) -> Outcome {
        let parts = self.parts(area);
        match action {
            Action::NextPane | Action::PreviousPane => self.turn_to(self.focus.other(), area),
            Action::Nearer => self.look(parts, |window| window.nearer(NEARER)),
            Action::Further => self.look(parts, |window| window.nearer(1.0 / NEARER)),
            Action::FitSites => self.chart.aim = Aim::Sites,
            Action::WholeWorld => self.chart.aim = Aim::World,
            Action::Map | Action::Quit => return Outcome::Close,
            Action::Search | Action::Sort | Action::Reverse => {
                self.turn_to(Focus::Table, area);
                self.grid.act(action, paint::inside(self.parts(area).table));
            }
            _ if self.focus == Focus::Map => return self.act_on_map(action, parts),
            Action::Read if !self.typing() => self.show_country(area),
            _ => {
                let known = self.grid.act(action, paint::inside(parts.table));
                if !known && action == Action::Back {
                    return Outcome::Close;
                }
                self.follow(parts);
            }
        }
        Outcome::Stay
    }

    fn act_on_map(&mut self, action: Action, parts: Parts) -> Outcome {
        let page = f64::from(parts.map.height) / 2.0;
        let (columns, rows) = match action {
            Action::Back => return Outcome::Close,
            Action::West | Action::Left => (-STEP.0, 0.0),
            Action::East | Action::Right => (STEP.0, 0.0),
            Action::Up => (0.0, STEP.1),
            Action::Down => (0.0, -STEP.1),
            Action::PageUp | Action::HalfUp => (0.0, page),
            Action::PageDown | Action::HalfDown => (0.0, -page),
            _ => return Outcome::Stay,
        };
        self.look(parts, |window| window.moved(columns, rows));
        Outcome::Stay
    }

    pub(super) fn click(&mut self, at: Position, area: Rect) {
        let parts = self.parts(area);
        if parts.table.contains(at) {
            self.focus = Focus::Table;
            self.grid.click(at, paint::inside(parts.table));
            self.follow(parts);
        } else if let Some(map) = Some(self.inside(parts.map)).filter(|map| map.contains(at)) {
            self.focus = Focus::Map;
            let cell = (at.x - map.x, at.y - map.y);
            let seen = seen(&self.sites, &self.grid);
            if let Some(site) = self.chart.site_at(cell, (map.width, map.height), &seen) {
                self.grid.select(site);
            }
        }
    }

    pub(super) fn edit(&mut self, request: InputRequest) {
        self.grid.edit(request);
    }

    pub(super) fn typing(&self) -> bool {
        self.grid.typing()
    }

    pub(super) fn scope(&self) -> Scope {
        match self.focus {
            Focus::Map => Scope::Map,
            Focus::Table => Scope::Page,
        }
    }

    pub(super) fn hints(&self) -> &'static [Hint] {
        match self.focus {
            _ if self.typing() => &[(Action::Read, "narrow"), (Action::Back, "cancel")],
            Focus::Map => &[
                (Action::NextPane, "table"),
                (Action::Nearer, "nearer"),
                (Action::Further, "further"),
                (Action::FitSites, "all sites"),
                (Action::WholeWorld, "world"),
                (Action::West, "west"),
                (Action::Search, "narrow"),
                (Action::Back, "close"),
            ],
            Focus::Table => &[
                (Action::NextPane, "map"),
                (Action::Read, "its country"),
                (Action::Search, "narrow"),
                (Action::Sort, "sort by column"),
                (Action::FitSites, "all sites"),
                (Action::Nearer, "nearer"),
                (Action::Further, "further"),
                (Action::Back, "close"),
            ],
        }
    }

    pub(super) fn draw(&mut self, area: Rect, buf: &mut Buffer, view: &View) {
        let parts = self.parts(area);
        let theme = view.theme;
        let border = |here| if here { theme.focus } else { theme.border };
        if !parts.map.is_empty() {
            let style = border(self.focus == Focus::Map);
            let frame = Frame { title: &self.title(), note: &self.unplaced(), style };
            frame.draw(parts.map, buf, theme);
            let map = self.inside(parts.map);
            let seen = seen(&self.sites, &self.grid);
            self.chart.draw(map, buf, (theme, &seen));
            self.draw_words(parts.map, map, (buf, theme));
        }
        if !parts.table.is_empty() {
            let note = self.grid.note(paint::inside(parts.table));
            let style = border(self.focus == Focus::Table);
            let title = if parts.map.is_empty() { self.title() } else { "Sites".to_owned() };
            let inner = Frame { title: &title, note: &note, style }.draw(parts.table, buf, theme);
            self.grid.draw(inner, buf, theme);
        }
    }

    /// Draws which sign is which trial's, and what is known of the site at the cursor.
    fn draw_words(&self, frame: Rect, map: Rect, (buf, theme): (&mut Buffer, &Theme)) {
        let inner = paint::inside(frame);
        if map.y > inner.y {
            self.draw_legend(Rect { height: 1, ..inner }, buf, theme);
        }
        let Some(site) = self.grid.selected().map(|site| &self.sites[site]) else { return };
        let below = Rect { y: map.bottom(), height: inner.bottom() - map.bottom(), ..inner };
        let lacking = match site.site.coordinates {
            Coordinates::Stated(_) => "",
            Coordinates::Unstated => " · no coordinates stated",
            Coordinates::Impossible => " · the coordinates stated are no place on Earth",
        };
        let words = format!("{} {}{lacking}", theme.signs.here, site.site.in_words());
        // More than there is room for is not worth wrapping.
        let most = usize::from(below.width) * usize::from(below.height);
        let line = Line::plain(text::cut(&words, most));
        for (row, words) in below.rows().zip(text::flow(&[line], usize::from(below.width))) {
            paint::row(row, buf, &words, (theme, Style::new()));
        }
    }

    fn draw_legend(&self, row: Rect, buf: &mut Buffer, theme: &Theme) {
        let signs = theme.signs.trials.iter().map(|signs| signs[0]).zip(theme.trials);
        let mut parts: Vec<(&str, Style, String)> = self
            .trials
            .iter()
            .zip(signs)
            .map(|(trial, (sign, style))| (sign, style, format!("{} {}", trial.id, trial.sites)))
            .collect();
        parts.push((theme.signs.shared, theme.found, "several".to_owned()));
        let mut rest = row;
        for (sign, style, words) in parts {
            paint::line(rest, buf, sign, style);
            let width = (text::width(&words) as u16 + 5).min(rest.width);
            let beside =
                Rect { x: rest.x + 2.min(rest.width), width: width.saturating_sub(2), ..rest };
            paint::line(beside, buf, &words, Style::new());
            rest = Rect { x: rest.x + width, width: rest.width - width, ..rest };
        }
    }

    /// How many sites there are in how many countries.
    fn title(&self) -> String {
        let countries: HashSet<&str> = self
            .sites
            .iter()
            .map(|it| it.site.country.as_str())
            .filter(|it| !it.is_empty())
            .collect();
        let of = match self.trials.as_slice() {
            [trial] => trial.id.clone(),
            trials => format!("{} trials", trials.len()),
        };
        let sites = match self.sites.len() {
            0 => return format!("{of}: no sites are stated"),
            1 => "1 site".to_owned(),
            count => format!("{} sites", text::grouped(count as u64)),
        };
        match countries.len() {
            0 => format!("{of}: {sites}"),
            1 => format!("{of}: {sites} in 1 country"),
            count => format!("{of}: {sites} in {count} countries"),
        }
    }

    /// How many sites are not on the map, and why.
    fn unplaced(&self) -> String {
        let count = |wanted: Coordinates| {
            self.sites.iter().filter(|it| it.site.coordinates == wanted).count()
        };
        let all = text::grouped(self.sites.len() as u64);
        let mut parts = Vec::new();
        match count(Coordinates::Unstated) {
            0 => (),
            1 => parts.push(format!("1 of {all} sites states no coordinates")),
            none => parts.push(format!(
                "{} of {all} sites state no coordinates",
                text::grouped(none as u64)
            )),
        }
        match count(Coordinates::Impossible) {
            0 => (),
            odd => {
                parts.push(format!("{} stated to be no place on Earth", text::grouped(odd as u64)))
            }
        }
        parts.join(" · ")
    }

    fn turn_to(&mut self, focus: Focus, area: Rect) {
        self.focus = focus;
        self.follow(self.parts(area));
    }

    /// Looks at the map from elsewhere.
    fn look(&mut self, parts: Parts, change: impl Fn(Window) -> Window) {
        let window = self.chart.window(self.size(parts), &seen(&self.sites, &self.grid));
        self.chart.aim = Aim::Window(change(window));
    }

    /// Brings the site at the cursor of the table into sight on the map.
    fn follow(&mut self, parts: Parts) {
        if !parts.map.is_empty() {
            let size = self.size(parts);
            self.chart.follow(size, &seen(&self.sites, &self.grid));
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

    fn parts(&self, area: Rect) -> Parts {
        let [first, second] = if area.height >= TALL {
            let map = (area.height * 3 / 5).min(area.width / 4 + 5);
            area.layout(&Layout::vertical([Constraint::Length(map), Constraint::Fill(1)]))
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
        let inner = paint::inside(frame);
        let above = u16::from(self.trials.len() > 1 && inner.height > 3);
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

impl Focus {
    fn other(self) -> Self {
        match self {
            Self::Map => Self::Table,
            Self::Table => Self::Map,
        }
    }
}

fn seen<'a>(sites: &'a [Site], grid: &'a Grid) -> Seen<'a> {
    Seen { sites, shown: grid.shown(), here: grid.selected() }
}

/// The sites as a table; which trial's they are, where there are several.
fn table(trials: &[Trial], sites: &[Site]) -> Grid {
    let titles = ["Country", "City", "Facility", "State", "Zip", "Status", "Contacts"];
    let mut columns: Vec<Column> = titles.into_iter().map(Column::text).collect();
    if trials.len() > 1 {
        columns.insert(0, Column::text("Trial"));
    }
    let rows = sites.iter().map(|Site { trial, site }| {
        let site = site.clone();
        let contacts = site.contacts.join("; ");
        let cells =
            [site.country, site.city, site.facility, site.state, site.zip, site.status, contacts];
        let trial = (trials.len() > 1).then(|| trials[*trial].id.clone());
        trial.into_iter().chain(cells).collect()
    });
    Grid::new(columns, rows.collect())
}
