//! Lists as their authors typed them: markers of every kind and the nesting that they show. Does not know
//! what a criterion is.

/// Signs that begin an item behind a space.
const SPACED: &[&str] = &["*", "-", "–", "—", "−", r"\-", "+", "o"];
/// Signs that begin an item with or without a space.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    "•", "▪", "●", "◦", "‣", "∙", "■", "○", "⁃", "➢", "◆", "·", "►", "▶", "➤", "✓", "✔", "❖", "□", "☐", "★", "◇", "♦", "※", "\u{f0b7}", "\u{f0a7}",
];
/// Signs that are nothing but bullets, wherever they stand.
const PURE_SIGNS: [char; 8] = ['•', '▪', '●', '■', '➢', '❖', '\u{f0b7}', '\u{f0a7}'];
/// What stands on the screen for such a sign.
const BULLET: &str = "• ";
const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";

/// What kind of list a marker belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Sign(char),
    Counted { digits: Digits, open: bool, close: char },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// How many numbers, as two in `1.2`.
    Arabic(usize),
    Letter {
        upper: bool,
    },
    Roman {
        upper: bool,
    },
    Circled,
}

/// A reading of a marker: `i.` is a letter or a number.
type Reading = (Style, u32);

/// What stands before the text of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Marker {
    /// Columns before the line.
    pub(super) indent: usize,
    /// As it is shown, with a space behind; empty where there is none.
    pub(super) text: String,
    /// What the marker can be; several for letters that are Roman numbers as well.
    readings: Vec<Reading>,
}

/// Takes indentation and marker off a line. A number within a bullet is the marker.
pub(super) fn split_marker(line: &str) -> (Marker, &str) {
    let mut body = line.trim_start_matches([' ', '\t']);
    let mut marker = Marker { indent: line.len() - body.len(), ..Marker::default() };
    body = body.trim();
    // Converters put a bullet before the author's own.
    for _ in 0..2 {
        let Some((sign, rest)) =
            sign(body).filter(|(sign, _)| *sign != '+' || marker.text.is_empty())
        else {
            break;
        };
        marker.text = if sign == '+' { "+ ".to_owned() } else { BULLET.to_owned() };
        marker.readings = vec![(Style::Sign(sign), 1)];
        body = rest;
    }
    if let Some((text, readings, rest)) = counted(body)
        && !rest.is_empty()
        // A letter within a bullet may be a word.
        && (marker.text.is_empty() || readings.iter().any(|(style, _)| is_number(*style)))
    {
        (marker.text, marker.readings, body) = (text, readings, rest);
    }
    (marker, body)
}

fn is_number(style: Style) -> bool {
    matches!(style, Style::Counted { digits: Digits::Arabic(_) | Digits::Circled, close, .. } if !" -:".contains(close))
}

impl Marker {
    /// The sign of a bullet that is no other sign as well.
    pub(super) fn bullet(&self) -> Option<char> {
        self.readings.iter().find_map(|(style, _)| match style {
            Style::Sign(sign) if PURE_SIGNS.contains(sign) => Some(*sign),
            _ => None,
        })
    }

    /// Whether the marker is a number or a letter.
    pub(super) fn is_counted(&self) -> bool {
        self.readings.iter().any(|(style, _)| matches!(style, Style::Counted { .. }))
    }

    /// Whether the marker is the next in a list of the other.
    pub(super) fn follows(&self, other: &Self) -> bool {
        let next = |&(style, value): &Reading| self.readings.contains(&(style, value + 1));
        other.is_counted() && other.readings.iter().any(next)
    }

    /// Whether the marker can be of a list of the other.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let like = |reading: &Reading| other.readings.iter().any(|other| other.0 == reading.0);
        self.readings.iter().any(like)
    }

    /// Whether the markers count the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.is_counted() && self.readings.iter().any(|reading| other.readings.contains(reading))
    }

    /// Whether the marker is a bullet, a dash or the like.
    pub(super) fn is_sign(&self) -> bool {
        matches!(self.readings.first(), Some((Style::Sign(_), _)))
    }
}

fn sign(text: &str) -> Option<(char, &str)> {
    let char = text.trim_start_matches('\\').chars().next()?;
    let rest = match SPACED.iter().find_map(|sign| text.strip_prefix(sign)) {
        Some(rest) if rest.starts_with([' ', '\t', '\u{a0}']) => {
            let rest = rest.trim_start();
            // `o` is a word as well.
            (char != 'o' || rest.starts_with(char::is_uppercase)).then_some(rest)
        }
        // A dash before a number is a minus.
        Some(rest) if "-–—".contains(char) && rest.starts_with(char::is_alphabetic) => {
            Some(rest)
        }
        _ => SIGNS.iter().find_map(|sign| text.strip_prefix(sign)).map(str::trim_start),
    };
    rest.filter(|rest| !rest.is_empty()).map(|rest| (char, rest))
}

/// Splits `1. `, `1) `, `(1) `, `1.2. `, `1\. `, `1、`, `a. `, `(iv) ` and `①` off.
fn counted(text: &str) -> Option<(String, Vec<Reading>, &str)> {
    let first = text.chars().next()?;
    if let Some(place) = CIRCLED.chars().position(|char| char == first) {
        let style = Style::Counted { digits: Digits::Circled, open: false, close: ' ' };
        let value = u32::try_from(place).unwrap_or_default() + 1;
        return Some((
            format!("{first} "),
            vec![(style, value)],
            text[first.len_utf8()..].trim_start(),
        ));
    }
    let inner = text.strip_prefix(['(', '（', '[']).or_else(|| text.strip_prefix(r"\["));
    let (open, inner) = (inner.is_some(), inner.unwrap_or(text));
    let end = inner
        .find(|char: char| !char.is_ascii_alphanumeric() && char != '.')
        .unwrap_or(inner.len());
    let dots = inner[..end].trim_end_matches('.');
    // `1.Age`: the word is no part of the number.
    let letter = |at: usize, char: char| char.is_ascii_alphabetic() && dots[..at].ends_with('.');
    let glued = dots.char_indices().find(|&(at, char)| letter(at, char)).map(|(at, _)| at);
    let label = dots[..glued.unwrap_or(dots.len())].trim_end_matches('.');
    let tail = &inner[label.len()..];
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}']);
    let mut chars = tail.chars();
    let (close, rest) = match chars.next() {
        Some('\\') => (chars.next().filter(|char| ".)]".contains(*char))?, chars.as_str()),
        Some(close) => (close, chars.as_str()),
        None => return None,
    };
    let close = match close {
        ')' | '）' => ')',
        ']' if open => ']',
        '.' | '．'
            if !open
                && (space(rest)
                    || (is_number && !rest.starts_with(|char: char| char.is_ascii_digit()))) =>
        {
            '.'
        }
        '、' if !open => '、',
        ' ' if !open && is_number && label.contains('.') => ' ',
        '-' | ':'
            if !open
                && is_number
                && rest.starts_with(' ')
                && rest.trim_start().starts_with(char::is_alphabetic) =>
        {
            close
        }
        _ => return None,
    };
    let readings = readings(label, open, close);
    if readings.is_empty() {
        return None;
    }
    let whole = text.len() - rest.len();
    let marker: String = text[..whole].chars().filter(|char| *char != '\\').collect();
    Some((format!("{} ", marker.trim_end()), readings, rest.trim_start()))
}

fn readings(label: &str, open: bool, close: char) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut add = |digits, value| readings.push((Style::Counted { digits, open, close }, value));
    let parts = label
        .split('.')
        .map(|part| (1..=3).contains(&part.len()).then(|| part.parse::<u32>().ok())?);
    let (count, last) = parts.fold((0, Some(0)), |(count, last), part| (count + 1, last.and(part)));
    if let Some(value) = last {
        add(Digits::Arabic(count), value);
        return readings;
    }
    let upper = label.starts_with(|char: char| char.is_ascii_uppercase());
    if label.bytes().all(|byte| byte.is_ascii_alphabetic() && byte.is_ascii_uppercase() == upper) {
        let lower = label.to_ascii_lowercase();
        if let [letter] = lower.as_bytes() {
            add(Digits::Letter { upper }, u32::from(letter - b'a') + 1);
        }
        if let Some(value) = roman(&lower) {
            add(Digits::Roman { upper }, value);
        }
    }
    readings
}

/// Roman numbers up to thirty-nine.
fn roman(text: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let ones = text.trim_start_matches('x');
    let tens = u32::try_from(text.len() - ones.len()).ok().filter(|tens| *tens <= 3)?;
    // `ix` begins with no `x`.
    let value = ONES.iter().position(|one| *one == ones)?;
    Some(tens * 10 + u32::try_from(value).ok()?).filter(|value| *value > 0)
}

/// The open items of a list, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Nesting(Vec<Level>);

#[derive(Clone, Copy, Debug)]
struct Level {
    indent: usize,
    depth: usize,
    style: Style,
    value: u32,
}

impl Nesting {
    /// Opens the item of a marker; returns its depth, or nothing where the marker counts no list. `announced`
    /// says that the line before ends with a colon.
    pub(super) fn enter(&mut self, marker: &Marker, announced: bool) -> Option<usize> {
        let indent = marker.indent;
        let near = |level: &Level| level.indent.abs_diff(indent) <= 1;
        let levels = &self.0;
        let open = levels
            .iter()
            .rposition(|level| near(level) && marker.next(level).is_some())
            .or_else(|| {
                levels.iter().rposition(|level| near(level) && marker.again(level).is_some())
            })
            // A count goes on at whatever columns it stands.
            .or_else(|| levels.iter().rposition(|level| marker.next(level).is_some()));
        if let Some(place) = open {
            self.0.truncate(place + 1);
            let level = &mut self.0[place];
            level.value = marker.next(level).or_else(|| marker.again(level)).unwrap_or_default();
            return Some(level.depth);
        }
        let &(style, value) = marker.readings.iter().rev().find(|reading| begins(reading))?;
        self.0.truncate(
            self.0.iter().position(|level| level.indent > indent + 1).unwrap_or(self.0.len()),
        );
        let first = self.0.iter().position(near);
        let depth = match (first, self.0.last()) {
            (None, last) => last.map_or(0, |last| last.depth + 1),
            (Some(_), Some(last)) if announced || style.is_below(last.style) && value == 1 => {
                last.depth + 1
            }
            (Some(first), _) => {
                let depth = self.0[first].depth;
                self.0.truncate(first);
                depth
            }
        };
        self.0.push(Level { indent, depth, style, value });
        Some(depth)
    }

    /// The depth of what belongs to the item open at these columns; nothing closes every item.
    pub(super) fn within(&mut self, indent: usize) -> Option<usize> {
        while self.0.last().is_some_and(|last| last.indent >= indent) {
            self.0.pop();
        }
        self.0.last().map(|last| last.depth + 1)
    }

    pub(super) fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether a list can begin so. What is often no marker does with the first; numbers may go on from elsewhere.
fn begins(&(style, value): &Reading) -> bool {
    let unsure = match style {
        Style::Sign(_) => false,
        Style::Counted { digits: Digits::Letter { .. } | Digits::Roman { .. }, .. } => true,
        Style::Counted { close, .. } => " -:".contains(close),
    };
    value == 1 || !unsure
}

impl Marker {
    /// The number of the marker if it is the next of an open list.
    fn next(&self, level: &Level) -> Option<u32> {
        let is_counted = matches!(level.style, Style::Counted { .. });
        let is_next = |&&(style, value): &&Reading| {
            is_counted && style == level.style && value == level.value + 1
        };
        self.readings.iter().find(is_next).map(|reading| reading.1)
    }

    /// The number of the marker if it is in the style of an open list.
    fn again(&self, level: &Level) -> Option<u32> {
        let is_again = |reading: &&Reading| reading.0 == level.style && begins(reading);
        self.readings.iter().find(is_again).map(|reading| reading.1)
    }
}

impl Style {
    /// Whether a list of this style, begun at the columns of one of the other, lies within it.
    fn is_below(self, other: Self) -> bool {
        let rank = |style| match style {
            Self::Sign(_) => 0,
            Self::Counted { digits: Digits::Arabic(1), open: false, .. } => 2,
            Self::Counted { digits: Digits::Arabic(1) | Digits::Circled, .. } => 3,
            Self::Counted { digits: Digits::Arabic(_), .. } => 4,
            Self::Counted {
                digits: Digits::Letter { upper: true } | Digits::Roman { upper: true },
                ..
            } => 1,
            Self::Counted { open: false, .. } => 5,
            Self::Counted { .. } => 6,
        };
        match (self, other) {
            (Self::Sign(_), _) => false,
            (_, Self::Sign(_)) => rank(self) >= 5,
            _ => rank(self) > rank(other) || (rank(self) == rank(other) && self != other),
        }
    }
}
