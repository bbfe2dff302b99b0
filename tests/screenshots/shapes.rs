//! Rectangles: backgrounds, underlines, and the characters that are lines and blocks, which are drawn from cell to cell so
//! that they meet their neighbours in every font.

use std::fmt::Write;

/// Pixels of a cell.
pub(crate) const WIDTH: u16 = 9;
pub(crate) const HEIGHT: u16 = 19;
/// Where lines meet in a cell.
const MIDDLE: (u16, u16) = (WIDTH / 2, HEIGHT / 2);

/// A rectangle with the attributes of its colour.
#[derive(PartialEq, Eq)]
struct Rect {
    x: u16,
    y: u16,
    width: u16,
    height: u16,
    paint: String,
}

/// Rectangles of a row from left to right.
#[derive(Default)]
pub(crate) struct Rects(Vec<Rect>);

impl Rects {
    /// Adds one at (x, y) of this size. It becomes one with the last where it goes on.
    pub(crate) fn add(&mut self, (x, y): (u16, u16), (width, height): (u16, u16), paint: &str) {
        let goes_on =
            |last: &&mut Rect| (last.x + last.width, last.y, last.height) == (x, y, height);
        match self.0.last_mut().filter(goes_on).filter(|last| last.paint == paint) {
            Some(last) => last.width += width,
            None => self.0.push(Rect { x, y, width, height, paint: paint.to_owned() }),
        }
    }

    /// Adds the character in the cell at (x, y); false where it is neither line nor block.
    pub(crate) fn add_character(&mut self, text: &str, (x, y): (u16, u16), paint: &str) -> bool {
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return false;
        };
        if let '█'..='▏' = character {
            // From the whole cell down to its left eighth.
            let eighths = 8 - (character as u16 - '█' as u16);
            self.add((x, y), ((WIDTH * eighths).div_ceil(8), HEIGHT), paint);
            return true;
        }
        let Some([left, up, right, down]) = arms(character) else {
            return false;
        };
        let (to_left, to_top) = MIDDLE;
        if left {
            self.add((x, y + to_top), (to_left, 1), paint);
        }
        if up || down {
            let top = if up { 0 } else { to_top };
            let bottom = if down { HEIGHT } else { to_top + 1 };
            self.add((x + to_left, y + top), (1, bottom - top), paint);
        }
        if right {
            self.add((x + to_left, y + to_top), (WIDTH - to_left, 1), paint);
        }
        true
    }

    pub(crate) fn write(&self, svg: &mut String) {
        for Rect { x, y, width, height, paint } in &self.0 {
            writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint} \
                 shape-rendering=\"crispEdges\"/>"
            )
            .expect("a string takes all text");
        }
    }
}

/// Whether a line goes to the left, up, to the right and down.
fn arms(character: char) -> Option<[bool; 4]> {
    let arms = match character {
        '─' => "lr",
        '│' => "ud",
        '┌' => "rd",
        '┐' => "ld",
        '└' => "ur",
        '┘' => "lu",
        '├' => "urd",
        '┤' => "lud",
        '┬' => "lrd",
        '┴' => "lur",
        '┼' => "lurd",
        _ => return None,
    };
    Some(['l', 'u', 'r', 'd'].map(|arm| arms.contains(arm)))
}
