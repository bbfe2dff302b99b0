//! A screen as SVG, and a recording as SVG that moves by itself. Words begin in their own cell, whatever fonts are
//! installed.
//!
//! No emoji font may be in the list of fonts, because Pango would draw every digit from it.

use std::collections::HashMap;
use std::fmt::Write;

use vt100::{Cell, Color, Screen};

use crate::film::Film;
use crate::shapes::{HEIGHT as CELL_HEIGHT, Rects, WIDTH as CELL_WIDTH};

const FONTS: &str = "JetBrains Mono, DejaVu Sans Mono, Noto Sans Mono CJK JP, monospace";
/// Pixels.
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
    /// The column behind it.
    end: u16,
    style: String,
    text: String,
    /// Whether text may be added: letters and digits of the main font advance by exactly one cell.
    open: bool,
}

pub(crate) fn draw(screen: &Screen, palette: &Palette) -> String {
    let (rows, columns) = screen.size();
    let mut svg = begin(width(columns.get()), top(rows.get()) + MARGIN, palette, "");
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

/// The film as a strip of screens side by side, which jumps from one to the next. Rows that look the same are drawn once.
pub(crate) fn film(film: &Film, palette: &Palette) -> String {
    let Some(first) = film.frames.first() else {
        return String::new();
    };
    let (rows, columns) = first.screen.size();
    let (width, caption) = (width(columns.get()), top(rows.get()) + CELL_HEIGHT + 4);
    let mut jumps = String::new();
    let (mut strip, mut drawn) = (String::new(), String::new());
    let mut names: HashMap<String, usize> = HashMap::new();
    for (index, frame) in film.frames.iter().enumerate() {
        let x = index * usize::from(width);
        let at = 100.0 * frame.at / film.length;
        write!(jumps, "{at:.3}%{{transform:translateX(-{x}px)}}").expect(TAKES_ALL);
        write!(strip, "<g transform=\"translate({x})\">").expect(TAKES_ALL);
        for row in 0..rows.get() {
            let mut line = String::new();
            let cells = cells(&frame.screen, row);
            draw_backgrounds(&mut line, 0, &cells, palette);
            draw_text(&mut line, 0, &cells, palette);
            if line.is_empty() {
                continue;
            }
            let next = names.len();
            let name = *names.entry(line).or_insert_with_key(|line| {
                write!(drawn, "<g id=\"r{next}\">{line}</g>").expect(TAKES_ALL);
                next
            });
            write!(strip, "<use href=\"#r{name}\" y=\"{}\"/>", top(row)).expect(TAKES_ALL);
        }
        let style = format!("fill=\"{}\"", palette.foreground);
        writeln!(
            strip,
            "<text x=\"{MARGIN}\" y=\"{caption}\" {style}>{}</text></g>",
            frame.caption
        )
        .expect(TAKES_ALL);
    }
    let style = format!(
        "<style>.strip{{animation:strip {:.2}s steps(1,end) infinite}}\
         @keyframes strip{{{jumps}}}\
         @media (prefers-reduced-motion:reduce){{.strip{{animation-play-state:paused}}}}</style>\n",
        film.length
    );
    let mut svg = begin(width, caption + MARGIN, palette, &style);
    write!(svg, "<defs>{drawn}</defs>\n<g class=\"strip\">\n{strip}</g>\n</svg>\n")
        .expect(TAKES_ALL);
    svg
}

const TAKES_ALL: &str = "a string takes all text";

/// The beginning of a picture, up to its background.
fn begin(width: u16, height: u16, palette: &Palette, style: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" font-size=\"{FONT_SIZE}\" \
         font-variant-ligatures=\"none\">\n{style}\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        palette.background
    )
}

fn width(columns: u16) -> u16 {
    columns * CELL_WIDTH + 2 * MARGIN
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
    let mut rects = Rects::default();
    for &(column, cell) in cells {
        let (_, background) = palette.colours(cell);
        if background != palette.background {
            let width = if cell.is_wide() { 2 * CELL_WIDTH } else { CELL_WIDTH };
            let paint = format!("fill=\"{background}\"");
            rects.add((left(column), y), (width, CELL_HEIGHT), &paint);
        }
    }
    rects.write(svg);
}

fn draw_text(svg: &mut String, y: u16, cells: &[(u16, &Cell)], palette: &Palette) {
    let mut runs: Vec<Run> = vec![];
    let (mut underlines, mut shapes) = (Rects::default(), Rects::default());
    for &(column, cell) in cells {
        let (x, text) = (left(column), cell.contents());
        let paint = paint(cell, palette);
        if cell.underline() {
            underlines.add((x, y + CELL_HEIGHT - 3), (CELL_WIDTH, 1), &paint);
        }
        if text.trim().is_empty() || shapes.add_character(text, (x, y), &paint) {
            continue;
        }
        let style = style(cell, paint);
        let open = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let end = column + if cell.is_wide() { 2 } else { 1 };
        match runs.last_mut() {
            // Words with one blank between them are one run.
            Some(run) if run.open && open && run.style == style && column <= run.end + 1 => {
                run.text.push_str(if column == run.end { "" } else { " " });
                run.text.push_str(text);
                run.end = end;
            }
            _ => runs.push(Run { column, end, style, text: text.to_owned(), open }),
        }
    }
    underlines.write(svg);
    shapes.write(svg);
    for run in runs {
        let text = run.text.replace('&', "&amp;").replace('<', "&lt;");
        let (x, y) = (left(run.column), y + BASELINE);
        writeln!(svg, "<text x=\"{x}\" y=\"{y}\" {}>{text}</text>", run.style).expect(TAKES_ALL);
    }
}

/// The attributes of a cell's foreground.
fn paint(cell: &Cell, palette: &Palette) -> String {
    let dimmed = if cell.dim() { " opacity=\".6\"" } else { "" };
    format!("fill=\"{}\"{dimmed}", palette.colours(cell).0)
}

fn style(cell: &Cell, mut paint: String) -> String {
    if cell.bold() {
        paint.push_str(" font-weight=\"700\"");
    }
    if cell.italic() {
        paint.push_str(" font-style=\"italic\"");
    }
    paint
}
