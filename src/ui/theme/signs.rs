//! The signs of the screen: in Unicode, and in ASCII for terminals that have nothing else. Colours are not known here.

use ratatui::symbols::border;

/// The signs of the screen, which a terminal without Unicode gets in ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    pub selection: &'static str,
    pub pin: &'static str,
    pub included: &'static str,
    pub excluded: &'static str,
    pub more: &'static str,
    pub separator: &'static str,
    /// Recruiting, not yet, by invitation, active, completed, suspended, stopped, unknown.
    pub status: [&'static str; 8],
    /// The first, second … of the trials that are looked at together: full, and hollow.
    pub trials: [[&'static str; 2]; 5],
    /// The place at the cursor.
    pub here: &'static str,
    /// A piece of a bar that says how many.
    pub bar: &'static str,
    /// Behind the name of a filter of which one trial can have several values.
    pub several: &'static str,
    /// A stretch of time, and the line of today.
    pub stretch: &'static str,
    pub today: &'static str,
    pub border: border::Set<'static>,
}

pub(super) const UNICODE: Signs = Signs {
    selection: "▸",
    pin: "◆",
    included: "✓",
    excluded: "✗",
    more: "…",
    separator: "·",
    status: ["●", "○", "◉", "◐", "■", "◌", "✕", "?"],
    trials: [["●", "○"], ["▲", "△"], ["■", "□"], ["◆", "◇"], ["★", "☆"]],
    here: "◎",
    stretch: "─",
    bar: "█",
    several: "*",
    today: "┊",
    border: border::PLAIN,
};

pub(super) const ASCII: Signs = Signs {
    selection: ">",
    pin: "*",
    included: "+",
    excluded: "-",
    more: "...",
    separator: "-",
    status: ["@", "o", "O", "a", "#", "s", "x", "?"],
    trials: [["@", "o"], ["X", "x"], ["H", "h"], ["M", "m"], ["W", "w"]],
    here: "#",
    stretch: "=",
    bar: "#",
    several: "*",
    today: ":",
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

/// The signs of more trials than have a shape: full, and hollow.
pub(super) const LETTERS: [[&str; 2]; 20] = [
    ["A", "a"],
    ["B", "b"],
    ["C", "c"],
    ["D", "d"],
    ["E", "e"],
    ["F", "f"],
    ["G", "g"],
    ["H", "h"],
    ["I", "i"],
    ["J", "j"],
    ["K", "k"],
    ["L", "l"],
    ["M", "m"],
    ["N", "n"],
    ["O", "o"],
    ["P", "p"],
    ["Q", "q"],
    ["R", "r"],
    ["S", "s"],
    ["T", "t"],
];

/// So many trials at one place of a map.
pub(super) const COUNTS: [&str; 10] = ["2", "3", "4", "5", "6", "7", "8", "9", "+", "+"];

/// What is drawn in place of a sign that no set above has, where there is only ASCII.
pub(super) const IN_ASCII: &[(&str, &str)] = &[
    ("…", "~"),
    ("●", "x"),
    ("·", "-"),
    ("•", "*"),
    ("≠", "!"),
    ("∅", "-"),
    ("≈", "~"),
    ("→", ">"),
    ("←", "<"),
    ("▾", "v"),
    ("▴", "^"),
    ("↓", "v"),
    ("↑", "^"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("–", "-"),
    ("—", "-"),
];
