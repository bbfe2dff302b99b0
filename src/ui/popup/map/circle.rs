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
        for cell in self.points().filter_map(|place| window.cell(place, size)) {
            let is_free = |symbol: &str| {
                symbol.chars().all(|c| matches!(c, ' ' | '.' | '\u{2800}'..='\u{28ff}'))
            };
            if is_free(buf[cell].symbol()) {
                buf[cell].set_symbol(sign).set_style(theme.key);
            }
        }
    }
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
}
