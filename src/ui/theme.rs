//! Colours and signs, named by what they mean. A new theme is one entry here.
//!
//! Only the sixteen colours of the terminal are used, on its own background. Nothing is said by colour alone.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::text::Tone;

/// How meanings look.
#[derive(Clone, Debug)]
pub struct Theme {
    pub name: &'static str,
    pub border: Style,
    /// The border of the pane that keys go to.
    pub focus: Style,
    pub heading: Style,
    pub label: Style,
    pub dim: Style,
    pub link: Style,
    pub added: Style,
    pub removed: Style,
    /// What was looked for in a text, where it stands.
    pub found: Style,
    /// What the query found, where it stands.
    pub matched: Style,
    pub selected: Style,
    pub key: Style,
    pub error: Style,
    /// Open to participants; going on; over; stopped; unknown.
    pub open: Style,
    pub going: Style,
    pub over: Style,
    pub stopped: Style,
    /// The first, second … of the trials that are looked at together.
    pub trials: [Style; 5],
    pub signs: Signs,
}

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
    /// A place where several of them are.
    pub shared: &'static str,
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

const UNICODE: Signs = Signs {
    selection: "▸",
    pin: "◆",
    included: "✓",
    excluded: "✗",
    more: "…",
    separator: "·",
    status: ["●", "○", "◉", "◐", "■", "◌", "✕", "?"],
    trials: [["●", "○"], ["▲", "△"], ["■", "□"], ["◆", "◇"], ["★", "☆"]],
    shared: "✱",
    here: "◎",
    stretch: "─",
    bar: "█",
    several: "*",
    today: "┊",
    border: border::PLAIN,
};

const ASCII: Signs = Signs {
    selection: ">",
    pin: "*",
    included: "+",
    excluded: "-",
    more: "...",
    separator: "-",
    status: ["@", "o", "O", "a", "#", "s", "x", "?"],
    trials: [["@", "o"], ["X", "x"], ["H", "h"], ["M", "m"], ["W", "w"]],
    shared: "*",
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

/// What is drawn in place of a sign that no set above has, where there is only ASCII.
const IN_ASCII: &[(&str, &str)] = &[
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

/// Makes a theme.
pub type Make = fn() -> Theme;

/// Every theme by name; the first is the default.
pub const THEMES: &[(&str, Make)] = &[("dark", dark), ("light", light), ("mono", mono)];

fn dark() -> Theme {
    let bold = Style::new().add_modifier(Modifier::BOLD);
    Theme {
        name: "dark",
        border: Style::new().fg(Color::DarkGray),
        focus: Style::new().fg(Color::Cyan),
        heading: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
        label: Style::new().fg(Color::Blue),
        dim: Style::new().fg(Color::DarkGray),
        link: Style::new().fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
        added: Style::new().fg(Color::Green).add_modifier(Modifier::UNDERLINED),
        removed: Style::new().fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
        found: Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        matched: Style::new().fg(Color::Yellow),
        key: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
        error: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        open: Style::new().fg(Color::Green),
        going: Style::new().fg(Color::Cyan),
        over: Style::new().fg(Color::Blue),
        stopped: Style::new().fg(Color::Red),
        trials: [Color::Yellow, Color::Magenta, Color::Green, Color::Cyan, Color::Red]
            .map(|color| bold.fg(color)),
        ..mono()
    }
}

fn light() -> Theme {
    Theme {
        name: "light",
        focus: Style::new().fg(Color::Blue),
        heading: Style::new().fg(Color::Blue).add_modifier(Modifier::BOLD),
        label: Style::new().fg(Color::Magenta),
        removed: Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED),
        found: Style::new().fg(Color::Magenta).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        matched: Style::new().fg(Color::Magenta),
        key: Style::new().fg(Color::Blue).add_modifier(Modifier::BOLD),
        going: Style::new().fg(Color::Magenta),
        trials: [Color::Red, Color::Blue, Color::Magenta, Color::Green, Color::Cyan]
            .map(|color| Style::new().fg(color).add_modifier(Modifier::BOLD)),
        ..dark()
    }
}

fn mono() -> Theme {
    let plain = Style::new();
    let bold = plain.add_modifier(Modifier::BOLD);
    Theme {
        name: "mono",
        border: plain,
        focus: bold,
        heading: bold.add_modifier(Modifier::UNDERLINED),
        label: bold,
        dim: plain.add_modifier(Modifier::DIM),
        link: plain.add_modifier(Modifier::UNDERLINED),
        added: plain.add_modifier(Modifier::UNDERLINED),
        removed: plain.add_modifier(Modifier::UNDERLINED),
        found: bold.add_modifier(Modifier::UNDERLINED),
        matched: plain.add_modifier(Modifier::UNDERLINED),
        // Whatever colours stand there: a reversed row is of one piece.
        selected: Style { sub_modifier: Modifier::DIM, ..plain }
            .fg(Color::Reset)
            .bg(Color::Reset)
            .add_modifier(Modifier::REVERSED),
        // On the line of hints it stands among what is dim.
        key: Style { sub_modifier: Modifier::DIM, ..bold },
        error: bold,
        open: bold,
        going: plain,
        over: plain,
        stopped: plain,
        trials: [bold; 5],
        signs: UNICODE,
    }
}

impl Default for Theme {
    fn default() -> Self {
        dark()
    }
}

impl Theme {
    /// The theme called `name`.
    pub fn named(name: &str) -> Option<Self> {
        THEMES.iter().find(|(known, _)| *known == name).map(|(_, theme)| theme())
    }

    /// The theme with signs that every terminal has.
    #[must_use]
    pub fn in_ascii(self) -> Self {
        Self { signs: ASCII, ..self }
    }

    /// Whether there are only the signs that every terminal has.
    pub fn is_ascii(&self) -> bool {
        self.signs == ASCII
    }

    /// Gives what was drawn the signs of the terminal, whoever drew it.
    pub fn finish(&self, buf: &mut Buffer) {
        if !self.is_ascii() {
            return;
        }
        for cell in &mut buf.content {
            let plain = IN_ASCII.iter().find(|(sign, _)| *sign == cell.symbol());
            if let Some((_, plain)) = plain {
                cell.set_symbol(plain);
            }
        }
    }

    /// How text of a tone looks.
    pub fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Plain => Style::new(),
            Tone::Strong => Style::new().add_modifier(Modifier::BOLD),
            Tone::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
            Tone::Code | Tone::Dim => self.dim,
            Tone::Heading => self.heading,
            Tone::Label => self.label,
            Tone::Link => self.link,
            Tone::Added => self.added,
            Tone::Removed => self.removed,
        }
    }

    /// The shape and the colour of a status, by the registry's code.
    pub fn status(&self, code: &str) -> (&'static str, Style) {
        let (sign, style) = match code {
            "RECRUITING" | "AVAILABLE" | "APPROVED_FOR_MARKETING" => (0, self.open),
            "NOT_YET_RECRUITING" | "TEMPORARILY_NOT_AVAILABLE" => (1, self.open),
            "ENROLLING_BY_INVITATION" => (2, self.open),
            "ACTIVE_NOT_RECRUITING" => (3, self.going),
            "COMPLETED" => (4, self.over),
            "SUSPENDED" => (5, self.stopped),
            "TERMINATED" | "WITHDRAWN" | "NO_LONGER_AVAILABLE" => (6, self.stopped),
            _ => (7, self.dim),
        };
        (self.signs.status[sign], style)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::terms;

    #[test]
    fn every_theme_is_found_by_its_name() {
        for (name, theme) in THEMES {
            assert_eq!(theme().name, *name);
            assert!(Theme::named(name).is_some());
        }
        assert!(Theme::named("neon").is_none());
    }

    #[test]
    fn signs_of_a_status_are_one_column_wide() {
        for theme in [Theme::default(), Theme::default().in_ascii()] {
            for term in terms::STATUS {
                assert_eq!(crate::text::width(theme.status(term.code).0), 1, "{}", term.code);
            }
        }
        for Signs { trials, shared, here, stretch, today, .. } in [UNICODE, ASCII] {
            let signs = trials.as_flattened().iter().chain([&shared, &here, &stretch, &today]);
            signs.for_each(|sign| assert_eq!(crate::text::width(sign), 1, "{sign}"));
        }
        assert_eq!(Theme::default().status("RECRUITING").0, "●");
        assert_eq!(Theme::default().status("UNKNOWN").0, "?");
    }
}
