//! The circle around a place that the query asks for.

use ratatui::buffer::Buffer;

use crate::search::Nearness;
use crate::study::Point;
use crate::ui::theme::Theme;
use crate::ui::widget::world::{LonLat, Size, Window};

/// So many points of a circle are looked at.
const POINTS: u32 = 720;

/// A circle on the Earth, as points along it.
#[derive(Debug)]
pub(super) struct Circle {
    points: Vec<LonLat>,
}

impl Circle {
    /// The circles that an answer was found in.
    pub(super) fn all(near: &Nearness) -> Vec<Self> {
        let circles = near.nearby.iter();
        circles.map(|nearby| Self::new(nearby.middle(), nearby.distance.kilometres())).collect()
    }

    fn new(middle: Point, kilometres: f64) -> Self {
        let direction = |place| f64::from(place) / f64::from(POINTS) * std::f64::consts::TAU;
        let points = (0..POINTS).map(|place| middle.moved(kilometres, direction(place)));
        Self { points: points.map(|point| (point.lon, point.lat)).collect() }
    }

    pub(super) fn points(&self) -> impl Iterator<Item = LonLat> {
        self.points.iter().copied()
    }

    /// Draws the circle where nothing but an outline stands.
    pub(super) fn draw(&self, buf: &mut Buffer, size: Size, window: Window, theme: &Theme) {
        let sign = if theme.is_ascii() { "*" } else { "•" };
        let steps = self.points.iter().zip(self.points.iter().cycle().skip(1));
        let line = steps.flat_map(|(&from, &to)| between(from, to, window));
        for cell in line.filter_map(|place| window.cell(place, size)) {
            let is_free = |symbol: &str| {
                symbol.chars().all(|c| matches!(c, ' ' | '.' | '\u{2800}'..='\u{28ff}'))
            };
            if is_free(buf[cell].symbol()) {
                buf[cell].set_symbol(sign).set_style(theme.key);
            }
        }
    }
}

/// So many places at most join one point to the next.
const MOST_BETWEEN: f64 = 400.0;

/// Places from one point to the next, so near to each other that no cell is left out. The shorter way is taken, over the
/// line of the date where that is there.
fn between(from: LonLat, to: LonLat, window: Window) -> impl Iterator<Item = LonLat> {
    let east = (to.0 - from.0 + 540.0).rem_euclid(360.0) - 180.0;
    let north = to.1 - from.1;
    // A row is never more degrees than two columns.
    let cells = (east.abs().max(north.abs() * 2.0) / window.scale).ceil();
    #[expect(clippy::cast_sign_loss, reason = "it is at least 1")]
    let count = cells.clamp(1.0, MOST_BETWEEN) as u32;
    (0..count).map(move |step| {
        let part = f64::from(step) / f64::from(count);
        let lon = (from.0 + east * part + 540.0).rem_euclid(360.0) - 180.0;
        (lon, from.1 + north * part)
    })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn a_circle_is_drawn_around_its_middle_and_over_nothing_else() {
        let circle = Circle::new(Point { lat: 45.75, lon: 4.85 }, 100.0);
        let size = (60, 20);
        let window = Window::around(circle.points(), size).unwrap();
        let mut buf = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let east = Point { lat: 45.75, lon: 4.85 }.moved(100.0, std::f64::consts::FRAC_PI_2);
        let taken = window.cell((east.lon, east.lat), size).unwrap();
        buf[taken].set_symbol("x");
        circle.draw(&mut buf, size, window, &Theme::default());
        let drawn = buf.content.iter().filter(|cell| cell.symbol() == "•").count();
        assert!((20..160).contains(&drawn), "{drawn}");
        assert_eq!(buf[taken].symbol(), "x");
        let middle = window.cell((4.85, 45.75), size).unwrap();
        assert_eq!(buf[middle].symbol(), " ");
    }

    /// The cells of a circle, as columns and rows.
    fn cells(circle: &Circle, size: Size, window: Window) -> Vec<(u16, u16)> {
        let mut buf = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        circle.draw(&mut buf, size, window, &Theme::default());
        let all = (0..size.0).flat_map(|x| (0..size.1).map(move |y| (x, y)));
        all.filter(|&cell| buf[cell].symbol() == "•").collect()
    }

    #[test]
    fn a_circle_has_no_gaps_however_near_one_looks() {
        let middle = Point { lat: 45.75, lon: 4.85 };
        let circle = Circle::new(middle, 4000.0);
        let size = (80, 24);
        let east = middle.moved(4000.0, std::f64::consts::FRAC_PI_2);
        let window = Window { middle: (east.lon, east.lat), scale: 0.002 };
        let rows = cells(&circle, size, window).into_iter().map(|(_, row)| row);
        let rows: std::collections::BTreeSet<u16> = rows.collect();
        assert_eq!(rows.len(), 24);
    }

    #[test]
    fn over_the_line_of_the_date_and_around_a_pole_a_circle_goes_on_at_the_other_side() {
        let (size, world) = ((120, 40), Window::world((120, 40)));
        let fiji = cells(&Circle::new(Point { lat: -18.1, lon: 178.4 }, 1000.0), size, world);
        let is_far = |&(column, _): &(u16, u16)| !(20..=100).contains(&column);
        assert!(fiji.iter().all(is_far));
        assert!(fiji.iter().any(|cell| cell.0 < 20) && fiji.iter().any(|cell| cell.0 > 100));
        // What has the pole in it is a line from the west to the east of the map.
        let north = Circle::new(Point { lat: 85.0, lon: 25.0 }, 2500.0);
        let (west, _) = world.cell((-179.9, 0.0), size).unwrap();
        let (east, _) = world.cell((179.9, 0.0), size).unwrap();
        let columns: std::collections::BTreeSet<u16> =
            cells(&north, size, world).into_iter().map(|(column, _)| column).collect();
        assert_eq!(columns.len(), usize::from(east - west) + 1);
    }
}
