//! The outlines of the world's countries, and the window through which they are seen.
//!
//! The outlines in `data/outlines.txt` are those of Natural Earth (public domain), 1:50,000,000, by way of the
//! topology of `world-atlas` 2.0.2, made simpler: to a sixteenth of a degree, without islands of less than a
//! fifth. Each line is one: what it is, where it begins, and the way from each point to the next, in hundredths
//! of a degree east and north. Borders are as drawn there; they state nothing about whose land it is.

use std::sync::LazyLock;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget as _;
use ratatui::widgets::canvas::{Canvas, Line};

/// A place: degrees east and north.
pub type LonLat = (f64, f64);

/// How many columns and rows a map has.
pub type Size = (u16, u16);

/// How many degrees of longitude a column is: so far one may zoom in and out.
const SCALES: (f64, f64) = (0.002, 12.0);
/// Degrees from west to east that are seen around a lone place, so that one knows where it is.
const LEAST: f64 = 14.0;
/// Degrees from dot to dot from which on borders are left out, which would only be clutter.
const BORDERS: f64 = 0.6;
/// The south and the north of what is called the whole world: without Antarctica, where there are no outlines
/// worth the room.
const INHABITED: (f64, f64) = (-56.0, 84.0);

/// The part of the world that is seen: its middle, and how near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    pub middle: LonLat,
    /// Degrees of longitude per column.
    pub scale: f64,
}

/// One outline.
struct Outline {
    kind: OutlineKind,
    points: Vec<LonLat>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OutlineKind {
    Coast,
    Border,
}

static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/outlines.txt").lines();
    lines.filter_map(outline).collect()
});

fn outline(line: &str) -> Option<Outline> {
    let (kind, rest) = line.split_once(' ')?;
    let mut at = (0, 0);
    let points = rest.split(' ').filter_map(|step| {
        let (east, north) = step.split_once(',')?;
        at = (at.0 + east.parse::<i32>().ok()?, at.1 + north.parse::<i32>().ok()?);
        Some((f64::from(at.0) / 100.0, f64::from(at.1) / 100.0))
    });
    let kind = if kind == "border" { OutlineKind::Border } else { OutlineKind::Coast };
    Some(Outline { kind, points: points.collect() })
}

impl Window {
    /// All of the inhabited world on a map of this size.
    pub fn world(size: Size) -> Self {
        let (south, north) = INHABITED;
        Self::over((-180.0, south), (180.0, north), size).within()
    }

    /// As near as all of the places can be seen, with a margin; `None` without places.
    pub fn around(places: impl Iterator<Item = LonLat>, size: Size) -> Option<Self> {
        // What lies on both sides of the line of the date is near to each other when it is counted from there.
        let places: Vec<LonLat> = places.collect();
        let beyond = places.iter().map(|&(lon, lat)| (lon.rem_euclid(360.0), lat));
        let ways = [Self::over_all(places.iter().copied(), size), Self::over_all(beyond, size)];
        let nearer = |one: Self, other: Self| if other.scale < one.scale { other } else { one };
        ways.into_iter().flatten().reduce(nearer).map(Self::within)
    }

    fn over_all(places: impl Iterator<Item = LonLat>, size: Size) -> Option<Self> {
        let corners = places.map(|place| (place, place)).reduce(|(least, most), (place, _)| {
            let least = (least.0.min(place.0), least.1.min(place.1));
            (least, (most.0.max(place.0), most.1.max(place.1)))
        });
        let (least, most) = corners?;
        let grown = |least: f64, most: f64, wanted: f64| {
            let margin = ((wanted - (most - least)) / 2.0).max((most - least) * 0.08);
            (least - margin, most + margin)
        };
        let (west, east) = grown(least.0, most.0, LEAST);
        let (south, north) = grown(least.1, most.1, LEAST / 3.0);
        let near = Self::over((west, south), (east, north), size);
        let world = Self::world(size);
        Some(if near.scale < world.scale { near } else { world })
    }

    fn over((west, south): LonLat, (east, north): LonLat, (columns, rows): Size) -> Self {
        let middle = (f64::midpoint(west, east), f64::midpoint(south, north));
        let flat = Self { middle, scale: 1.0 };
        let wide = (east - west) / f64::from(columns.max(1));
        let high = (north - south) / (f64::from(rows.max(1)) * flat.row());
        Self { middle, scale: wide.max(high) }
    }

    /// How many degrees of latitude a row is: a row is as high as two columns are wide, and degrees of longitude
    /// are narrower away from the equator.
    fn row(self) -> f64 {
        self.scale * 2.0 * self.middle.1.clamp(-65.0, 65.0).to_radians().cos()
    }

    fn within(self) -> Self {
        let (lon, lat) = self.middle;
        Self {
            middle: (on_earth(lon), lat.clamp(-85.0, 85.0)),
            scale: self.scale.clamp(SCALES.0, SCALES.1),
        }
    }

    /// Nearer by `factor`; from further away when it is less than 1.
    #[must_use]
    pub fn nearer(self, factor: f64) -> Self {
        Self { scale: self.scale / factor, ..self }.within()
    }

    /// The same, so many columns to the east and rows to the north.
    #[must_use]
    pub fn moved(self, columns: f64, rows: f64) -> Self {
        let (lon, lat) = self.middle;
        let middle = (lon + columns * self.scale, lat + rows * self.row());
        Self { middle, ..self }.within()
    }

    /// As near as now, with `place` in the middle.
    #[must_use]
    pub fn at(self, place: LonLat) -> Self {
        Self { middle: place, ..self }.within()
    }

    /// How many degrees of longitude are seen.
    pub fn breadth(self, (columns, _): Size) -> f64 {
        self.scale * f64::from(columns)
    }

    /// The column and the row where a place is seen; `None` when it is out of sight.
    pub fn cell(self, (lon, lat): LonLat, (columns, rows): Size) -> Option<(u16, u16)> {
        let ([west, _], [_, north]) = self.bounds((columns, rows));
        let column = |turn: f64| ((lon + turn - west) / self.scale).floor();
        let is_seen = |column: &f64| (0.0..f64::from(columns)).contains(column);
        let column = TURNS.into_iter().map(column).find(is_seen)?;
        let row = ((north - lat) / self.row()).floor();
        let inside = |at: f64, most: u16| {
            // Of what is no number nothing is seen.
            (at >= 0.0 && at < f64::from(most)).then_some(at as i64)
        };
        let cell = (inside(column, columns)?, inside(row, rows)?);
        Some((u16::try_from(cell.0).ok()?, u16::try_from(cell.1).ok()?))
    }

    /// West and east, south and north.
    fn bounds(self, (columns, rows): Size) -> ([f64; 2], [f64; 2]) {
        let (lon, lat) = self.middle;
        let wide = self.scale * f64::from(columns) / 2.0;
        let high = self.row() * f64::from(rows) / 2.0;
        ([lon - wide, lon + wide], [lat - high, lat + high])
    }

    /// Draws the outlines that are seen, each dot of which is drawn by `marker`.
    pub fn draw(self, area: Rect, buf: &mut Buffer, (marker, style): (Marker, Style)) {
        if area.is_empty() {
            return;
        }
        let (x, y) = self.bounds((area.width, area.height));
        let dots = if marker == Marker::Braille { 2.0 } else { 1.0 };
        let has_borders = self.scale / dots < BORDERS;
        let outlines = OUTLINES.iter().flat_map(|it| TURNS.map(|turn| (it, turn)));
        let outlines = outlines.filter(|&(outline, turn)| {
            let wanted = outline.kind == OutlineKind::Coast || has_borders;
            wanted && outline.is_within(x.map(|edge| edge - turn), y)
        });
        Canvas::default()
            .x_bounds(x)
            .y_bounds(y)
            .marker(marker)
            .paint(|canvas| {
                for (outline, turn) in outlines.clone() {
                    for pair in outline.points.windows(2) {
                        let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
                        let [x1, x2] = [x1 + turn, x2 + turn];
                        canvas.draw(&Line { x1, y1, x2, y2, color: Color::Reset });
                    }
                }
            })
            .render(area, buf);
        buf.set_style(area, style);
    }
}

/// The same place once around the Earth: as it is, and seen from the other side of the line of the date.
const TURNS: [f64; 3] = [0.0, 360.0, -360.0];

/// The same longitude between the lines of the date.
fn on_earth(lon: f64) -> f64 {
    if lon.abs() <= 180.0 { lon } else { (lon + 180.0).rem_euclid(360.0) - 180.0 }
}

impl Outline {
    /// Whether anything of it may be seen.
    fn is_within(&self, [west, east]: [f64; 2], [south, north]: [f64; 2]) -> bool {
        let any =
            |test: fn(LonLat, f64) -> bool, edge| self.points.iter().any(|&it| test(it, edge));
        any(|it, edge| it.0 >= edge, west)
            && any(|it, edge| it.0 <= edge, east)
            && any(|it, edge| it.1 >= edge, south)
            && any(|it, edge| it.1 <= edge, north)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = (100, 30);

    #[test]
    fn the_outlines_are_those_of_the_world() {
        assert!(OUTLINES.len() > 1000);
        for outline in OUTLINES.iter() {
            assert!(outline.points.len() > 1);
            let on_earth = |&(lon, lat): &LonLat| lon.abs() <= 180.0 && lat.abs() <= 90.0;
            assert!(outline.points.iter().all(on_earth));
        }
        let data = include_str!("../../../data/outlines.txt");
        assert_eq!(data.lines().count(), OUTLINES.len());
        let steps: usize = data.lines().map(|line| line.matches(' ').count()).sum();
        assert_eq!(steps, OUTLINES.iter().map(|outline| outline.points.len()).sum::<usize>());
    }

    #[test]
    fn italy_is_a_boot() {
        let window = Window::around([(7.0, 37.0), (18.0, 46.0)].into_iter(), (60, 24)).unwrap();
        let area = Rect::new(0, 0, 60, 24);
        let mut buf = Buffer::empty(area);
        window.draw(area, &mut buf, (Marker::Custom('.'), Style::new()));
        let rows: Vec<String> = (0..24)
            .map(|y| {
                (0..60)
                    .map(|x| buf[(x, y)].symbol().to_owned())
                    .collect::<String>()
                    .trim_end()
                    .to_owned()
            })
            .collect();
        insta::assert_snapshot!(rows.join("\n"), @r"
                 .           ...     .......  .......
               ....    .......          ..  ..  ...  ..      .......
                  .....  ..            ....  . ..      ......     .
                   .                 ..  ....... . ...  ..  ..    ..
                  ..                 ..  ...... ...   ..  ....
                  ..    .....        .      . ... .         .
                    ....     ..      ...      ... ...       ..
        .....     ...         .         ..       ......    ...
             .....         .   ..         .        ...... . ........
                         ... ..  ..        .          .....   ...
                        ..  .    . .        ..             ...   ...
                        .. .        ..        .....          .  ..
                          ..          .....        ....      .   .
                       ...  .              ...         ...   .   ...
                        .   .                 ..    ..... .  .    .
        ...             .   .                   .  ..   ..    ....
                        . ...                    .   .        ...
                        ... .                     ....           ...
                                                 ...             . .
                                      .............             .. .
                                     .....    ..                 ...
                 .. ..     .... ..        ..   .
        .........  .  .....   .. .          ...
                       .       ..
        ");
    }

    #[test]
    fn a_lone_place_is_seen_with_what_is_around_it() {
        let paris = (2.35, 48.85);
        let window = Window::around([paris].into_iter(), SIZE).unwrap();
        let (column, row) = window.cell(paris, SIZE).unwrap();
        assert!(column.abs_diff(50) <= 1 && row.abs_diff(15) <= 1);
        assert!(window.breadth(SIZE) >= LEAST);
        assert_eq!(Window::around(std::iter::empty(), SIZE), None);
    }

    #[test]
    fn places_on_both_sides_of_the_line_of_the_date_are_seen_together() {
        let [fiji, samoa] = [(178.4, -18.1), (-171.8, -13.8)];
        let window = Window::around([fiji, samoa].into_iter(), SIZE).unwrap();
        assert!(window.breadth(SIZE) < 40.0, "{window:?}");
        let [(west, _), (east, _)] = [fiji, samoa].map(|place| window.cell(place, SIZE).unwrap());
        assert!(west < east);
        // What is drawn of the world goes on over that line.
        let area = Rect::new(0, 0, SIZE.0, SIZE.1);
        let mut buf = Buffer::empty(area);
        Window { middle: (180.0, 66.0), scale: 0.4 }.draw(
            area,
            &mut buf,
            (Marker::Custom('.'), Style::new()),
        );
        for side in [0..50, 50..100] {
            let cells = side.flat_map(|x| (0..30).map(move |y| (x, y)));
            assert!(cells.into_iter().any(|cell| buf[cell].symbol() == "."));
        }
    }

    fn a_place() -> impl Strategy<Value = LonLat> {
        (-180.0..=180.0, -90.0..=90.0)
    }

    proptest! {
        #[test]
        fn what_is_fitted_is_seen(
            places in prop::collection::vec((-180.0..179.9, -55.9..83.9), 1..20),
            size in (1..250_u16, 1..80_u16),
        ) {
            let window = Window::around(places.iter().copied(), size).unwrap();
            // A clamped scale or middle may show less than all.
            if window.scale < SCALES.1 && window.middle.1.abs() < 85.0 {
                for place in places {
                    prop_assert!(window.cell(place, size).is_some(), "{place:?} {window:?}");
                }
            }
        }

        #[test]
        fn no_step_leaves_the_world(
            steps in prop::collection::vec((0.1..10.0, -1e3..1e3, -1e3..1e3), 0..20),
            place in a_place(),
        ) {
            let mut window = Window::world(SIZE);
            for (factor, columns, rows) in steps {
                window = window.nearer(factor).moved(columns, rows);
                prop_assert!(window.middle.0.abs() <= 180.0 && window.middle.1.abs() <= 85.0);
                prop_assert!((SCALES.0..=SCALES.1).contains(&window.scale));
            }
            prop_assert!(window.at(place).cell((f64::NAN, 0.0), SIZE).is_none());
        }
    }
}
