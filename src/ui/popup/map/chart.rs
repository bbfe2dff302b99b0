//! The sites of studies on the outlines of the world. Laid out once for a window and a choice of sites; a frame
//! copies that and marks the site at the cursor. Knows nothing of keys.

use std::collections::{HashMap, HashSet};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::{Clear, Widget as _};

use super::MappedSite;
use super::circle::Circle;
use crate::text;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Theme;
use crate::ui::widget::world::{LonLat, Size, Window};

/// From how many degrees on, from side to side, countries have names, and not cities.
const FAR: f64 = 90.0;
/// The widest name.
const NAME: usize = 24;
/// The most names that are tried: what has less sites would hardly find room.
const NAMES: usize = 300;

/// What is to be seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Aim {
    /// The circles, where sites of the table are in them; else all of these.
    #[default]
    Near,
    /// All sites of the table.
    Sites,
    /// Those of one country.
    Country(String),
    World,
    /// What the user went to.
    Window(Window),
}

/// The sites, those of them that are in the table, and the one at the cursor.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    /// How many trials there are: at most as many as can be pinned.
    pub(super) trials: usize,
    pub(super) sites: &'a [MappedSite],
    pub(super) shown: &'a [usize],
    pub(super) here: Option<usize>,
}

/// A map and how it is looked at.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub(super) aim: Aim,
    circles: Vec<Circle>,
    drawn: Option<Drawn>,
}

/// A map as it was drawn, without the cursor.
#[derive(Debug)]
struct Drawn {
    of: (Size, Aim, Vec<usize>),
    window: Window,
    buf: Buffer,
}

impl Seen<'_> {
    /// The sites of the table that have a place, each with it.
    fn placed(&self) -> impl Iterator<Item = (&MappedSite, LonLat)> {
        let sites = self.shown.iter().map(|&site| &self.sites[site]);
        sites.filter_map(|site| Some((site, site.place()?)))
    }

    fn place_here(&self) -> Option<LonLat> {
        self.sites[self.here?].place()
    }
}

impl Chart {
    /// A map with circles on it.
    pub(super) fn new(circles: Vec<Circle>) -> Self {
        Self { circles, ..Self::default() }
    }

    /// What of the world is seen on a map of `size`.
    pub(super) fn window(&self, size: Size, seen: &Seen) -> Window {
        let circles = || self.circles.iter().flat_map(Circle::points);
        let near = Window::around(circles(), size)
            .filter(|window| seen.placed().any(|(_, place)| window.cell(place, size).is_some()));
        let around = match &self.aim {
            Aim::Near if near.is_some() => near,
            Aim::Window(window) => Some(*window),
            Aim::World => None,
            Aim::Near | Aim::Sites => {
                Window::around(seen.placed().map(|(_, place)| place).chain(circles()), size)
            }
            Aim::Country(name) => {
                let there = seen.placed().filter(|(site, _)| site.site.country == *name);
                Window::around(there.map(|(_, place)| place), size)
            }
        };
        around.unwrap_or_else(|| Window::world(size))
    }

    /// Brings the site at the cursor into sight.
    pub(super) fn follow(&mut self, size: Size, seen: &Seen) {
        let window = self.window(size, seen);
        if let Some(place) = seen.place_here()
            && window.cell(place, size).is_none()
        {
            self.aim = Aim::Window(window.at(place));
        }
    }

    /// A site of the table in a cell of the map.
    pub(super) fn site_at(&self, cell: (u16, u16), size: Size, seen: &Seen) -> Option<usize> {
        let window = self.window(size, seen);
        let there = |site: &MappedSite| site.place().and_then(|place| window.cell(place, size));
        seen.shown.iter().copied().find(|&site| there(&seen.sites[site]) == Some(cell))
    }

    pub(super) fn draw(&mut self, area: Rect, canvas: &mut Canvas, seen: &Seen) {
        let size = (area.width, area.height);
        let same = |drawn: &Drawn| {
            (drawn.of.0, &drawn.of.1, drawn.of.2.as_slice()) == (size, &self.aim, seen.shown)
        };
        let drawn = match self.drawn.take() {
            Some(drawn) if same(&drawn) => drawn,
            _ => {
                let window = self.window(size, seen);
                let of = (size, self.aim.clone(), seen.shown.to_vec());
                let buf = lay_out((size, window), seen, &self.circles, canvas.theme);
                Drawn { of, window, buf }
            }
        };
        let cells = drawn.buf.content.chunks(usize::from(size.0).max(1));
        for (row, cells) in area.rows().zip(cells) {
            for (x, cell) in (row.left()..row.right()).zip(cells) {
                canvas.buf[(x, row.y)] = cell.clone();
            }
        }
        mark_here(area, canvas, drawn.window, seen);
        self.drawn = Some(drawn);
    }
}

/// Marks the site at the cursor, with its name.
fn mark_here(area: Rect, canvas: &mut Canvas, window: Window, seen: &Seen) {
    let theme = canvas.theme;
    let size = (area.width, area.height);
    let cell = seen.place_here().and_then(|place| window.cell(place, size));
    let Some(((x, y), here)) = cell.zip(seen.here) else { return };
    let name = text::cut(&seen.sites[here].site.city, NAME).into_owned();
    let width = text::width(&name) as u16;
    let style = Style::reset().add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
    let row = Rect { y: area.y + y, height: 1, ..area };
    // The name stands at the right; where that is too near the edge, at the left.
    let left = if x + 2 + width <= area.width { Some(x + 2) } else { x.checked_sub(width + 1) };
    if let Some(left) = left.filter(|_| width > 0) {
        let place = Rect { x: area.x + left, width, ..row };
        clear_around(place, row, canvas);
        canvas.line(place, &name, style);
    }
    let sign = Rect { x: area.x + x, width: 1, ..row };
    let style = theme.trial(seen.sites[here].trial, seen.trials).style;
    canvas.line(sign, theme.signs.here, style);
    canvas.style(sign, theme.selected);
}

/// Draws outlines, circles over them, then sites and as many names as there is room for.
fn lay_out(
    (size, window): (Size, Window),
    seen: &Seen,
    circles: &[Circle],
    theme: &Theme,
) -> Buffer {
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buf = Buffer::empty(area);
    let marker = if theme.is_ascii() { Marker::Custom('.') } else { Marker::Braille };
    window.draw(area, &mut buf, (marker, theme.dim));
    for circle in circles {
        circle.draw(&mut buf, size, window, theme);
    }
    // The trials of each cell, as bits.
    let mut cells: HashMap<(u16, u16), u32> = HashMap::new();
    for (site, place) in seen.placed() {
        if let Some(cell) = window.cell(place, size) {
            *cells.entry(cell).or_default() |= 1 << site.trial;
        }
    }
    for (&cell, &trials) in &cells {
        let (sign, style) = match trials.count_ones() {
            1 => {
                let signs = theme.trial(trials.trailing_zeros() as usize, seen.trials);
                (signs.full, signs.style)
            }
            several => theme.together(several),
        };
        buf[cell].set_symbol(sign).set_style(Style::reset().patch(style));
    }
    let mut canvas = Canvas { buf: &mut buf, theme };
    let mut room = Room { size, taken: cells.into_keys().collect() };
    for name in names(size, window, seen) {
        if let Some(place) = room.for_name(&name) {
            clear_around(place, area, &mut canvas);
            canvas.line(place, &name.words, Style::reset());
        }
    }
    buf
}

/// Clears the place of a name and a cell at both sides of it, as far as they are on the map.
fn clear_around(place: Rect, map: Rect, canvas: &mut Canvas) {
    let around = Rect { x: place.x.saturating_sub(1), width: place.width + 2, ..place };
    Clear.render(around.intersection(map), canvas.buf);
}

/// A name that belongs beside a cell, or around it.
struct Name {
    cell: (u16, u16),
    words: String,
    of: Level,
    sites: usize,
    /// How many rows away from the cell it still stands at what it names.
    reach: u16,
}

/// The sites of one name: how many, where in sum, and in which rows.
struct Named {
    sites: u32,
    sum: LonLat,
    rows: (u16, u16),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Country,
    City,
}

/// The names of what is seen, those with most sites first.
fn names(size: Size, window: Window, seen: &Seen) -> Vec<Name> {
    let of = if window.breadth(size) > FAR { Level::Country } else { Level::City };
    let mut groups: HashMap<(&str, (u16, u16)), Named> = HashMap::new();
    for (site, place) in seen.placed() {
        let Some(cell) = window.cell(place, size) else { continue };
        let key = match of {
            // A country is named once, whatever part of it is seen.
            Level::Country => (site.site.country.as_str(), (0, 0)),
            Level::City => (site.site.city.as_str(), cell),
        };
        let fresh = Named { sites: 0, sum: (0.0, 0.0), rows: (cell.1, cell.1) };
        let named = groups.entry(key).or_insert(fresh);
        named.sites = named.sites.saturating_add(1);
        named.sum = (named.sum.0 + place.0, named.sum.1 + place.1);
        named.rows = (named.rows.0.min(cell.1), named.rows.1.max(cell.1));
    }
    let groups = groups.into_iter().filter(|((name, _), _)| !name.is_empty());
    let mut names: Vec<Name> = groups
        .filter_map(|((name, cell), Named { sites, sum, rows })| {
            let count = f64::from(sites);
            let cell = match of {
                Level::Country => window.cell((sum.0 / count, sum.1 / count), size)?,
                Level::City => cell,
            };
            let name = text::cut(name, NAME);
            let words = match sites {
                1 => name.into_owned(),
                _ => format!("{name} {}", text::grouped(sites.into())),
            };
            Some(Name { cell, words, of, sites: sites as usize, reach: (rows.1 - rows.0) / 2 + 1 })
        })
        .collect();
    names.sort_by(|a, b| {
        b.sites.cmp(&a.sites).then_with(|| (&a.words, a.cell).cmp(&(&b.words, b.cell)))
    });
    names.truncate(NAMES);
    names
}

/// Which cells are free for names.
struct Room {
    size: Size,
    taken: HashSet<(u16, u16)>,
}

impl Room {
    /// A free place for the name, which is then taken.
    fn for_name(&mut self, name: &Name) -> Option<Rect> {
        let (x, y) = (i32::from(name.cell.0), i32::from(name.cell.1));
        let columns = text::width(&name.words) as u16;
        let width = i32::from(columns);
        let middle = x - width / 2;
        let beside = [(x + 2, y), (x - 1 - width, y), (middle, y + 1), (middle, y - 1)];
        let places = match name.of {
            Level::City => beside.to_vec(),
            // Where there are many sites, the name of their country stands next to all of them.
            Level::Country => (0..=i32::from(name.reach))
                .flat_map(|far| [(middle, y + far), (middle, y - far)])
                .collect(),
        };
        places.into_iter().find_map(|place| self.take(place, columns))
    }

    /// Takes a place, with a blank at both sides, if it is on the map and free.
    fn take(&mut self, (x, y): (i32, i32), width: u16) -> Option<Rect> {
        let place = Rect::new(u16::try_from(x).ok()?, u16::try_from(y).ok()?, width, 1);
        let whole = Rect::new(0, 0, self.size.0, self.size.1);
        let around = place.x.saturating_sub(1)..=place.right();
        let free = place.intersection(whole) == place
            && !around.clone().any(|x| self.taken.contains(&(x, place.y)));
        free.then(|| self.taken.extend(around.map(|x| (x, place.y))))?;
        Some(place)
    }
}
