//! Tables as they are drawn, and what keys and clicks do in them.

use proptest::prelude::*;
use ratatui::buffer::Buffer;

use super::*;
use crate::ui::theme::Theme;

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// Three columns of numbers behind one of words.
fn grid() -> Grid {
    let columns = vec![
        Column::text("Term"),
        Column::number("Placebo"),
        Column::number("Low dose, once daily"),
        Column::number("High dose"),
    ];
    let rows = vec![
        row(&["Nausea", "12 of 345", "7 of 340", "26 of 350"]),
        row(&["Headache of whatever kind", "2 of 345", "NA", "1 of 350"]),
        row(&["Anaemia", "1,012", "9 of 340"]),
    ];
    Grid::new(columns, rows)
}

fn drawn(grid: &mut Grid, (width, height): (u16, u16)) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    grid.draw(area, &mut Canvas { buf: &mut buf, theme: &Theme::default() });
    let row = |y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>();
    (0..height).map(|y| row(y).trim_end().to_owned()).collect()
}

fn act(grid: &mut Grid, actions: &[Action], (width, height): (u16, u16)) {
    for &action in actions {
        assert!(grid.act(action, Rect::new(0, 0, width, height)), "{action:?}");
    }
}

#[test]
fn a_table_that_fits_is_shown_whole() {
    let lines = [
        "                                        Low dose, once",
        "  Term                         Placebo           daily  High dose",
        "▸ Nausea                     12 of 345        7 of 340  26 of 350",
        "  Headache of whatever kind   2 of 345              NA   1 of 350",
        "  Anaemia                        1,012        9 of 340",
        "",
    ];
    assert_eq!(drawn(&mut grid(), (70, 6)), lines);
}

#[test]
fn the_first_column_stays_while_the_others_move() {
    let size = (40, 6);
    let mut grid = grid();
    assert_eq!(grid.note(Rect::new(0, 0, 40, 6)), "1 of 3 · column 2 of 4");
    act(&mut grid, &[Action::Right; 5], size);
    let lines = [
        "  Term          High dose",
        "▸ Nausea        26 of 350",
        "  Headache of…   1 of 350",
        "  Anaemia",
    ];
    assert_eq!(drawn(&mut grid, size)[1..5], lines);
    assert_eq!(grid.cell(), Some(("High dose", "26 of 350")));
}

#[test]
fn what_is_cut_stands_whole_below() {
    let mut grid = grid();
    act(&mut grid, &[Action::Down, Action::Right], (30, 14));
    let lines = drawn(&mut grid, (30, 14));
    assert_eq!(lines[11..], ["Headache of whatever kind ·", "Placebo: 2 of 345", ""]);
}

#[test]
fn sorting_and_narrowing_keep_the_row() {
    let size = (70, 8);
    let mut grid = grid();
    act(&mut grid, &[Action::Down, Action::Right, Action::Sort], size);
    assert_eq!((grid.shown(), grid.selected()), ([2, 0, 1].as_slice(), Some(2)));
    assert!(drawn(&mut grid, size)[1].contains("Placebo↓"));
    act(&mut grid, &[Action::Reverse], size);
    assert_eq!(grid.shown(), [1, 0, 2]);
    act(&mut grid, &[Action::Search], size);
    "an".chars().for_each(|char| grid.edit(InputRequest::InsertChar(char)));
    assert_eq!((grid.shown(), grid.selected()), ([2].as_slice(), Some(2)));
    assert_eq!(grid.note(Rect::new(0, 0, 70, 8)), "1 of 1, 3 in all · by Placebo ↑");
    assert_eq!(drawn(&mut grid, size)[0], "/ an");
    act(&mut grid, &[Action::Read, Action::Sort, Action::Back], size);
    assert_eq!((grid.shown(), grid.selected()), ([0, 1, 2].as_slice(), Some(2)));
    assert!(!grid.act(Action::Back, Rect::new(0, 0, 70, 8)), "there is nothing left to undo");
}

#[test]
fn clicks_choose_cells_and_titles_sort() {
    let area = Rect::new(0, 0, 70, 8);
    let mut grid = grid();
    assert!(grid.click(Position::new(35, 4), area));
    assert_eq!(grid.cell(), Some(("Placebo", "1,012")));
    assert!(grid.click(Position::new(3, 1), area));
    assert_eq!(grid.shown(), [2, 1, 0]);
    assert!(!grid.click(Position::new(3, 7), area));
}

#[test]
fn nothing_is_said_in_words() {
    let mut empty = Grid::new(vec![Column::text("Term")], Vec::new());
    assert_eq!(drawn(&mut empty, (20, 3)), ["  Term", "  nothing stated", ""]);
    let mut bare = Grid::default();
    assert_eq!(drawn(&mut bare, (20, 2))[0], "  nothing stated");
    assert_eq!((bare.cell(), bare.selected()), (None, None));
}

const KEYS: &[Action] = &[
    Action::Left,
    Action::Right,
    Action::Down,
    Action::PageUp,
    Action::Bottom,
    Action::Sort,
    Action::Reverse,
    Action::Search,
    Action::Back,
];

proptest! {
    #[test]
    fn the_cursor_is_always_on_the_screen(
        keys in prop::collection::vec(prop::sample::select(KEYS), 0..30),
        wide in prop::collection::vec(0..70_usize, 0..8),
        rows in 0..20_usize,
        width in 0..90_u16,
        height in 0..20_u16,
    ) {
        let columns = wide.iter().map(|wide| Column::number("t".repeat(*wide))).collect();
        let cells: Vec<String> = wide.iter().rev().map(|wide| "日".repeat(*wide)).collect();
        let mut grid = Grid::new(columns, vec![cells; rows]);
        let area = Rect::new(3, 2, width, height);
        let mut buf = Buffer::empty(Rect::new(0, 0, 100, 30));
        for key in keys {
            grid.act(key, area);
            if grid.typing() {
                grid.edit(InputRequest::InsertChar('t'));
            }
            grid.draw(area, &mut Canvas { buf: &mut buf, theme: &Theme::default() });
            let places = grid.places(area);
            let here = places.columns.iter().any(|place| place.index == grid.column);
            prop_assert!(here || wide.is_empty() || width < 20, "{:?}", places);
            prop_assert!(places.columns.iter().all(|place| place.x + place.width <= area.right()));
        }
    }
}
