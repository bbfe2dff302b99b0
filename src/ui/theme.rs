//! Colours and signs, named by what they mean. A new theme is one entry here.
//!
//! The background is that of the terminal, and so are the colours of all themes but one. Nothing is said by colour alone.

mod signs;

use crate::text::Tone;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
pub use signs::Signs;
use signs::{ASCII, COUNTS, IN_ASCII, LETTERS, UNICODE};

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
    /// Open to participants, which is bright; going on; over, which is quiet; stopped.
    pub open: Style,
    pub going: Style,
    pub over: Style,
    pub stopped: Style,
    /// The first, second … of the trials that are looked at together.
    pub trials: [Style; 5],
    pub signs: Signs,
}

/// How one of several trials looks that are looked at together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialSigns {
    /// Where something has happened or is, and where it is only estimated.
    pub full: &'static str,
    pub hollow: &'static str,
    pub style: Style,
}

/// Makes a theme.
pub type Make = fn() -> Theme;

/// Every theme by name; the first is the default.
pub const THEMES: &[(&str, Make)] = &[
    ("dark", dark),
    ("light", light),
    ("mono", mono),
    ("high-contrast", high_contrast),
    ("colour-blind", colour_blind),
];

/// The colours of a theme, by what they say.
struct Palette {
    /// Headings, keys, links and the border of the pane that has the keys.
    lead: Color,
    label: Color,
    found: Color,
    added: Color,
    removed: Color,
    error: Color,
    open: Color,
    going: Color,
    stopped: Color,
    trials: [Color; 5],
}

/// On a dark background. Blue is left out because it can hardly be read on the black of many terminals.
fn dark() -> Theme {
    use Color::{Cyan, Green, Magenta, Red, Yellow};
    let palette = Palette {
        lead: Cyan,
        label: Cyan,
        found: Yellow,
        added: Green,
        removed: Yellow,
        error: Red,
        open: Green,
        going: Cyan,
        stopped: Red,
        trials: [Yellow, Magenta, Green, Cyan, Red],
    };
    coloured("dark", &palette)
}

/// On a light background. Yellow and cyan are left out because white swallows them.
fn light() -> Theme {
    use Color::{Blue, Green, Magenta, Red, Reset};
    let palette = Palette {
        lead: Blue,
        label: Magenta,
        found: Magenta,
        added: Green,
        removed: Red,
        error: Red,
        open: Green,
        going: Blue,
        stopped: Red,
        trials: [Red, Blue, Magenta, Green, Reset],
    };
    coloured("light", &palette)
}

/// For people who tell red from green badly or not at all, on dark and on light backgrounds. These colours differ in
/// lightness and between blue and yellow, and terminals show them the same whatever their own sixteen colours are.
fn colour_blind() -> Theme {
    let [blue, orange, pink, teal, tan] = [33, 172, 162, 38, 137].map(Color::Indexed);
    let palette = Palette {
        lead: blue,
        label: teal,
        found: orange,
        added: blue,
        removed: orange,
        error: pink,
        open: blue,
        going: teal,
        stopped: orange,
        trials: [blue, orange, pink, teal, tan],
    };
    coloured("colour-blind", &palette)
}

fn coloured(name: &'static str, palette: &Palette) -> Theme {
    let plain = |color| Style::new().fg(color);
    let bright = |color| BRIGHT.fg(color);
    let underlined = |color| plain(color).add_modifier(Modifier::UNDERLINED);
    Theme {
        name,
        border: DIM,
        focus: plain(palette.lead),
        heading: bright(palette.lead),
        label: plain(palette.label),
        link: underlined(palette.lead),
        added: underlined(palette.added),
        removed: underlined(palette.removed),
        found: bright(palette.found).add_modifier(Modifier::UNDERLINED),
        matched: Style { sub_modifier: Modifier::DIM, ..plain(palette.found) },
        key: bright(palette.lead),
        error: bright(palette.error),
        open: bright(palette.open),
        going: plain(palette.going),
        stopped: plain(palette.stopped),
        trials: palette.trials.map(bright),
        ..mono()
    }
}

/// No colours: for terminals that have none, and where `NO_COLOR` is set.
fn mono() -> Theme {
    let plain = Style::new();
    let underlined = plain.add_modifier(Modifier::UNDERLINED);
    Theme {
        name: "mono",
        border: plain,
        focus: BRIGHT,
        heading: BRIGHT.add_modifier(Modifier::UNDERLINED),
        label: BRIGHT,
        dim: DIM,
        link: underlined,
        added: underlined,
        removed: underlined,
        found: BRIGHT.add_modifier(Modifier::UNDERLINED),
        matched: underlined,
        // Whatever colours stand there: a reversed row is of one piece.
        selected: Style { sub_modifier: Modifier::DIM, ..plain }
            .fg(Color::Reset)
            .bg(Color::Reset)
            .add_modifier(Modifier::REVERSED),
        key: BRIGHT,
        error: BRIGHT,
        open: BRIGHT,
        going: plain,
        over: DIM,
        stopped: plain,
        trials: [BRIGHT; 5],
        signs: UNICODE,
    }
}

/// Nothing is dim and nothing has a colour: text has all the contrast that the terminal gives. What matters is reversed.
fn high_contrast() -> Theme {
    let plain = Style::new();
    let reversed = BRIGHT.add_modifier(Modifier::REVERSED);
    let underlined = BRIGHT.add_modifier(Modifier::UNDERLINED);
    Theme {
        name: "high-contrast",
        dim: plain,
        over: plain,
        found: reversed,
        matched: underlined,
        key: underlined,
        error: reversed,
        ..mono()
    }
}

/// The terminal's own colour, dimmed. The ANSI colour “bright black” is the background of some palettes.
const DIM: Style = Style::new().add_modifier(Modifier::DIM);

/// Bold, also where dim text stood.
const BRIGHT: Style = Style::new().add_modifier(Modifier::BOLD).remove_modifier(Modifier::DIM);

impl Default for Theme {
    fn default() -> Self {
        dark()
    }
}

impl Theme {
    /// The signs of the trial at a place among so many that are looked at together. Few have a shape each, more a letter:
    /// no two have the same sign, whatever their colours.
    pub fn trial(&self, at: usize, of: usize) -> TrialSigns {
        let style = self.trials[at % self.trials.len()];
        let signs = if of <= self.signs.trials.len() { &self.signs.trials[..] } else { &LETTERS };
        let [full, hollow] = signs[at % signs.len()];
        TrialSigns { full, hollow, style }
    }

    /// The sign of a place where so many trials are, which is their number: `+` for ten and more.
    pub fn together(&self, trials: u32) -> (&'static str, Style) {
        let place = (trials.max(2) as usize - 2).min(COUNTS.len() - 1);
        (COUNTS[place], self.found)
    }

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

    /// Whether anything has another colour than the default one.
    pub fn has_colours(&self) -> bool {
        self.focus.fg.is_some()
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
mod tests;
