//! The registry's Markdown as lines: lists, paragraphs, and tables made of spaces. The authors wrote plain text that
//! was converted later, so a line end inside a paragraph is kept. Only the signs of the markup are removed. It does
//! not know which field a text comes from.

use super::clean::{clean_line, clean_text};
use super::effort;
use super::inline::spans;
use super::rich::{Line, Span, Tone};

/// Columns by which a nested list stands to the right of its parent.
const STEP: usize = 2;
const BULLET: &str = "• ";
/// Begins an item as well, and may be a word: `+ temozolomide`. It stands as it is.
const PLUS: &str = "+ ";
/// Signs of an item that need a space behind them, and those that need none.
const SPACED_BULLETS: &[&str] = &["*", "-", r"\-", "–", "o"];
const BULLETS: &[&str] = &["•", "▪", "●", "◦", "‣", "∙", "■", "○", "⁃", "➢", "◆"];

/// Reads registry text. Blank lines stand only between lines, one at a time.
pub fn markup(text: &str) -> Vec<Line> {
    let text = clean_text(text);
    let mut lines = Vec::new();
    let mut nesting = Nesting::default();
    let mut blank = false;
    for raw in text.split('\n') {
        if raw.trim().is_empty() {
            blank = !lines.is_empty();
            continue;
        }
        let Marked { indent, marker, body } = split_marker(raw);
        let parent = nesting.level();
        let line = if is_table(raw) {
            nesting.clear();
            Line { spans: spans(raw.trim_end()), ..Line::default() }
        } else if !marker.is_empty() {
            let indent = nesting.enter(indent) * STEP;
            Line { indent, marker, spans: spans(&single_spaced(body)) }
        } else {
            let indent = nesting.within(indent).map_or(0, |level| (level + 1) * STEP);
            Line { indent, spans: paragraph(body), ..Line::default() }
        };
        // Converters put a blank line before every nested list.
        let nested = parent.is_some() && nesting.level() > parent;
        if blank && !nested {
            lines.push(Line::empty());
        }
        blank = false;
        lines.push(line);
    }
    lines
}

/// One line of registry text without its escapes and emphasis: a title, a criterion.
pub fn plain(text: &str) -> String {
    let line = clean_line(text);
    let line = single_spaced(line.trim());
    if !line.bytes().any(|byte| matches!(byte, b'\\' | b'&' | b'*' | b'_')) {
        // Nothing but addresses can be markup in it, and these are text as well.
        return line.into_owned();
    }
    let joined: String = spans(&line).into_iter().map(|span| span.text).collect();
    joined.trim().to_owned()
}

/// The spans of a line that is no list item; `## Title` is strong.
fn paragraph(body: &str) -> Vec<Span> {
    match heading(body) {
        Some(title) => vec![Span::new(plain(title), Tone::Strong)],
        None => spans(&single_spaced(body)),
    }
}

/// The title behind the `#` of a heading; `# of patients` is none.
fn heading(body: &str) -> Option<&str> {
    let title = body.trim_start_matches('#');
    let level = body.len() - title.len();
    let spaced = title.strip_prefix(' ')?.trim_start();
    let begins = spaced.chars().next().is_some_and(|char| !char.is_lowercase());
    ((1..=6).contains(&level) && begins).then_some(spaced)
}

/// Whether spaces line up columns in the line: three wide gaps that end no sentence.
fn is_table(line: &str) -> bool {
    let mut gaps = 0;
    let mut before = ' ';
    let mut spaces = 0;
    for char in line.trim().chars() {
        if char == ' ' {
            spaces += 1;
            continue;
        }
        if spaces > 1 && !".,;:!?".contains(before) {
            gaps += 1;
        }
        spaces = 0;
        before = char;
    }
    gaps >= 3
}

fn single_spaced(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("  ") {
        return text.into();
    }
    let mut single = String::with_capacity(text.len());
    for char in text.chars() {
        if char != ' ' || !single.ends_with(' ') {
            single.push(char);
        }
    }
    single.into()
}

/// A line apart: the columns before it, its list marker as it is shown (or nothing), and the rest.
#[derive(Debug, PartialEq, Eq)]
struct Marked<'a> {
    indent: usize,
    marker: String,
    body: &'a str,
}

/// Takes indentation and list marker off a line. A number within a bullet is the marker.
fn split_marker(line: &str) -> Marked<'_> {
    let mut body = line.trim_start_matches(' ');
    let indent = line.len() - body.len();
    body = body.trim();
    let mut marker = String::new();
    if let Some(rest) = body.strip_prefix(PLUS) {
        return Marked { indent, marker: PLUS.to_owned(), body: rest.trim_start() };
    }
    while marker.is_empty() || marker == BULLET {
        let Some((inner, rest)) = bullet(body).or_else(|| number(body)) else { break };
        if rest.is_empty() {
            break;
        }
        (marker, body) = (inner, rest);
    }
    Marked { indent, marker, body }
}

fn bullet(text: &str) -> Option<(String, &str)> {
    let spaced =
        SPACED_BULLETS.iter().filter_map(|sign| text.strip_prefix(sign)?.strip_prefix(' '));
    let bare = BULLETS.iter().filter_map(|sign| text.strip_prefix(sign));
    let rest = spaced.chain(bare).next()?;
    Some((BULLET.to_owned(), rest.trim_start()))
}

/// Splits `1. `, `1) `, `(1) `, `1.2. `, `1\. ` and `1、` off.
fn number(text: &str) -> Option<(String, &str)> {
    let bracket = text.starts_with('(');
    let digits = text.strip_prefix('(').unwrap_or(text);
    let end = digits.find(|char: char| !char.is_ascii_digit() && char != '.');
    effort::look(end.unwrap_or(digits.len()));
    let end = end?;
    let number = digits[..end].trim_end_matches('.');
    let short = number.split('.').all(|part| (1..=3).contains(&part.len()));
    let dotted = number.len() < end;
    let tail = &digits[end..];
    let (sign, rest) = match tail.chars().next()? {
        ')' => (")", tail[1..].strip_prefix(' ')?),
        ' ' if dotted && !bracket => (".", &tail[1..]),
        '、' if !dotted && !bracket => (".", &tail['、'.len_utf8()..]),
        '\\' if !dotted && !bracket => match tail.strip_prefix(r"\. ") {
            Some(rest) => (".", rest),
            None => (")", tail.strip_prefix(r"\) ")?),
        },
        _ => return None,
    };
    let open = if bracket { "(" } else { "" };
    short.then(|| (format!("{open}{number}{sign} "), rest.trim_start()))
}

/// Which list items are open, by the columns at which they stand.
#[derive(Default)]
struct Nesting(Vec<usize>);

impl Nesting {
    /// Opens an item at these columns; returns its depth. One column of difference is an accident.
    fn enter(&mut self, indent: usize) -> usize {
        while self.0.last().is_some_and(|last| last + 1 >= indent) {
            self.0.pop();
        }
        self.0.push(indent);
        self.0.len() - 1
    }

    /// The depth of the item to which text at these columns belongs; none closes every item.
    fn within(&mut self, indent: usize) -> Option<usize> {
        while self.0.last().is_some_and(|last| *last >= indent) {
            self.0.pop();
        }
        self.level()
    }

    /// Closes every item.
    fn clear(&mut self) {
        self.0.clear();
    }

    /// The depth of the innermost open item.
    fn level(&self) -> Option<usize> {
        self.0.len().checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lines as they would stand, each ended by `/`.
    fn shown(text: &str) -> String {
        let lines = markup(text);
        let row =
            |line: &Line| format!("{}{}{}/", " ".repeat(line.indent), line.marker, line.text());
        lines.iter().map(row).collect()
    }

    #[test]
    fn texts_are_read() {
        for (raw, means) in [
            ("", ""),
            ("\n\n one\n\n\n\ntwo\nthree\n\n", "one//two/three/"),
            ("* a\n\n  * b\n\n    * c\n* d", "• a/  • b/    • c/• d/"),
            ("1. a\n\n   1. b\n   2. c\n2. d\n\npara", "1. a/  1. b/  2. c/2. d//para/"),
            ("* a\n  more\n\n  and more\nend", "• a/  more//  and more/end/"),
            ("- a\n+ b\n• c\n▪d\n\\- e\n* • f\n* 2\\. g", "• a/+ b/• c/• d/• e/• f/2. g/"),
            ("Radiation\n+ Temozolomide\n* + c", "Radiation/+ Temozolomide/• + c/"),
            (
                "10) a\n(2) b\n1.2. c\n3、d\n1.5 mg\n2020. e\n(see)",
                "10) a/(2) b/1.2. c/3. d/1.5 mg/2020. e/(see)/",
            ),
            ("-5 to 3\n*\n-\n*a* b\n12.", "-5 to 3/*/-/a b/12./"),
            ("a  b\n  a   b   c    d\n* a.  B.  C.  D", "a b/  a   b   c    d/• a. B. C. D/"),
            ("# Title\n### \\>2 Parts\n# of patients\n#5", "Title/>2 Parts/# of patients/#5/"),
            ("a\u{1b}b\r\n* \u{202e}c", "a\u{FFFD}b/• \u{FFFD}c/"),
            (" * a\n* b\n * c", "• a/• b/• c/"),
        ] {
            assert_eq!(shown(raw), means, "{raw:?}");
        }
        assert_eq!(markup("## Aims")[0], Line::toned("Aims", Tone::Strong));
        assert_eq!(markup("a **b**")[0].spans[1], Span::new("b", Tone::Strong));
    }

    #[test]
    fn titles_are_plain() {
        for (raw, means) in [
            ("**Virtual Reality: Solution?**", "Virtual Reality: Solution?"),
            (" A\n B \\> 2 ", "A B > 2"),
            ("1. a * b", "1. a * b"),
            ("* a", "* a"),
        ] {
            assert_eq!(plain(raw), means, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn words_stay_and_blank_lines_are_single(raw in "([ab日]{1,3}|\n| |\\* |- |1\\. |\\\\>|\\*\\*|  ){0,40}") {
            let lines = markup(&raw);
            let words = |text: &str| text.chars().filter(|char| char.is_alphabetic()).collect::<String>();
            let joined: String = lines.iter().map(Line::text).collect();
            prop_assert_eq!(words(&joined), words(&raw));
            let blank = |line: &Line| *line == Line::empty();
            prop_assert!(!lines.first().is_some_and(blank) && !lines.last().is_some_and(blank));
            prop_assert!(!lines.windows(2).any(|pair| blank(&pair[0]) && blank(&pair[1])));
        }
    }
}
