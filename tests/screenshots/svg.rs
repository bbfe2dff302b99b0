//! A screen as SVG. Every character stands in its own cell, whatever fonts are installed.
//!
//! No emoji font may be in the list of fonts, because Pango would draw every digit from it.

use std::fmt::Write;

use vt100::{Cell, Color, Screen};

const FONTS: &str = "JetBrains Mono, DejaVu Sans Mono, Noto Sans Mono CJK JP, monospace";
/// Pixels.
const CELL_WIDTH: u16 = 9;
const CELL_HEIGHT: u16 = 19;
const FONT_SIZE: u16 = 15;
const BASELINE: u16 = 14;
const MARGIN: u16 = 10;

/// The colours of a terminal.
pub(crate) struct Palette {
    background: &'static str,
    foreground: &'static str,
    colours: [&'static str; 16],
}

impl Palette {
    pub(crate) const DARK: Self = Self {
        background: "#14161b",
        foreground: "#d6d9df",
        colours: [
            "#2a2e36", "#ef7a7a", "#86cf8a", "#e2c06a", "#78aef0", "#c797ea", "#6fcfca", "#bfc4cc",
            "#7c8390", "#ff9a94", "#a5e5a3", "#f5d98b", "#9cc6ff", "#dcb5f7", "#96e6e0", "#ffffff",
        ],
    };
    pub(crate) const LIGHT: Self = Self {
        background: "#fcfcfa",
        foreground: "#24292f",
        colours: [
            "#24292f", "#b3261e", "#1f7a33", "#8a6100", "#1a56c4", "#8b3fa8", "#0b7285", "#c8ccd2",
            "#6a727d", "#cf4038", "#2c9244", "#a67800", "#3572e0", "#a55cc4", "#158ca0", "#ffffff",
        ],
    };

    fn colour(&self, colour: Color, default: &str) -> String {
        match colour {
            Color::Default => default.to_owned(),
            Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
            Color::Idx(index @ 0..16) => self.colours[usize::from(index)].to_owned(),
            Color::Idx(index @ 16..232) => {
                let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
                let [red, green, blue] =
                    [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level);
                format!("#{red:02x}{green:02x}{blue:02x}")
            }
            Color::Idx(index) => {
                let grey = 8 + 10 * (index - 232);
                format!("#{grey:02x}{grey:02x}{grey:02x}")
            }
        }
    }

    /// Foreground and background of `cell` as they are seen.
    fn colours(&self, cell: &Cell) -> (String, String) {
        let foreground = self.colour(cell.fgcolor(), self.foreground);
        let background = self.colour(cell.bgcolor(), self.background);
        if cell.inverse() { (background, foreground) } else { (foreground, background) }
    }
}

/// A run of text in one style, beginning at a column.
struct Run {
    column: u16,
    style: String,
    text: String,
    /// Whether text may be added: letters and digits of the main font advance by exactly one cell.
    open: bool,
}

pub(crate) fn draw(screen: &Screen, palette: &Palette) -> String {
    let (rows, columns) = screen.size();
    let width = columns.get() * CELL_WIDTH + 2 * MARGIN;
    let height = rows.get() * CELL_HEIGHT + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\" \
         font-variant-ligatures=\"none\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        palette.background
    );
    // All backgrounds come first, so that no glyph is cut off by its neighbour's.
    let rows: Vec<_> = (0..rows.get()).map(|row| cells(screen, row)).collect();
    for (row, cells) in (0..).zip(&rows) {
        draw_backgrounds(&mut svg, top(row), cells, palette);
    }
    for (row, cells) in (0..).zip(&rows) {
        draw_text(&mut svg, top(row), cells, palette);
    }
    svg.push_str("</svg>\n");
    svg
}

fn top(row: u16) -> u16 {
    MARGIN + row * CELL_HEIGHT
}

fn left(column: u16) -> u16 {
    MARGIN + column * CELL_WIDTH
}

/// The cells of a row by their first column, without the second halves of wide ones.
fn cells(screen: &Screen, row: u16) -> Vec<(u16, &Cell)> {
    let columns = 0..screen.size().1.get();
    let cells = columns.filter_map(|column| Some((column, screen.cell(row, column)?)));
    cells.filter(|(_, cell)| !cell.is_wide_continuation()).collect()
}

fn draw_backgrounds(svg: &mut String, y: u16, cells: &[(u16, &Cell)], palette: &Palette) {
    let mut runs: Vec<(u16, u16, String)> = vec![];
    for (column, cell) in cells {
        let end = column + if cell.is_wide() { 2 } else { 1 };
        let (_, background) = palette.colours(cell);
        match runs.last_mut() {
            Some((_, last, colour)) if last == column && *colour == background => *last = end,
            _ => runs.push((*column, end, background)),
        }
    }
    for (column, end, colour) in runs.iter().filter(|run| run.2 != palette.background) {
        let (x, width) = (left(*column), (end - column) * CELL_WIDTH);
        rect(svg, (x, y), (width, CELL_HEIGHT), colour);
    }
}

fn rect(svg: &mut String, (x, y): (u16, u16), (width, height): (u16, u16), colour: &str) {
    writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\" \
         shape-rendering=\"crispEdges\"/>"
    )
    .expect("a string takes all text");
}

fn draw_text(svg: &mut String, y: u16, cells: &[(u16, &Cell)], palette: &Palette) {
    let mut runs: Vec<Run> = vec![];
    for &(column, cell) in cells {
        let (foreground, _) = palette.colours(cell);
        if cell.underline() {
            rect(svg, (left(column), y + CELL_HEIGHT - 3), (CELL_WIDTH, 1), &foreground);
        }
        let text = cell.contents();
        if text.trim().is_empty() {
            if let Some(run) = runs.last_mut() {
                run.open = false;
            }
            continue;
        }
        let style = style(cell, &foreground);
        let open = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match runs.last_mut() {
            Some(run) if run.open && open && run.style == style => run.text.push_str(text),
            _ => runs.push(Run { column, style, text: text.to_owned(), open }),
        }
    }
    for run in runs {
        let text = run.text.replace('&', "&amp;").replace('<', "&lt;");
        let (x, y) = (left(run.column), y + BASELINE);
        writeln!(svg, "<text x=\"{x}\" y=\"{y}\" {}>{text}</text>", run.style)
            .expect("a string takes all text");
    }
}

fn style(cell: &Cell, foreground: &str) -> String {
    let mut style = format!("fill=\"{foreground}\"");
    for (set, attribute) in [
        (cell.bold(), " font-weight=\"700\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.dim(), " opacity=\".6\""),
    ] {
        if set {
            style.push_str(attribute);
        }
    }
    style
}
