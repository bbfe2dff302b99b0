//! Stand-in for the text module.

use std::borrow::Cow;

pub fn clean_line(text: &str) -> Cow<'_, str> {
    Cow::Owned(clean_text(text).split_whitespace().collect::<Vec<_>>().join(" "))
}

pub fn clean_text(text: &str) -> Cow<'_, str> {
    let clean = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    Cow::Owned(text.chars().map(clean).collect())
}

pub fn fold(text: &str) -> String {
    clean_line(text).to_lowercase()
}

pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    unicode_segmentation::UnicodeSegmentation::unicode_words(folded)
}

pub fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    Cow::Owned(text.chars().take(width).collect())
}

pub fn pad(text: &str, width: usize) -> String {
    format!("{:<width$}", cut(text, width))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Strong,
    Emphasis,
    Code,
    Heading,
    Label,
    Dim,
    Link,
    Added,
    Removed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub indent: usize,
    pub marker: String,
    pub spans: Vec<Span>,
}

impl Line {
    pub fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { spans: vec![Span { text: text.into(), tone }], ..Self::default() }
    }

    pub fn empty() -> Self {
        Self::default()
    }

    pub fn indented(mut self, by: usize) -> Self {
        self.indent += by;
        self
    }

    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

pub type Row = Vec<Span>;

pub fn flow(lines: &[Line], width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in lines {
        let hang = line.indent + self::width(&line.marker);
        let room = width.saturating_sub(hang).max(1);
        for (number, part) in textwrap::wrap(&line.text(), room).iter().enumerate() {
            let marker = if number == 0 { line.marker.as_str() } else { "" };
            let text = format!(
                "{:indent$}{marker:<1$}{part}",
                "",
                hang - line.indent,
                indent = line.indent
            );
            rows.push(vec![Span { text, tone: Tone::Plain }]);
        }
    }
    rows
}

pub fn markup(text: &str) -> Vec<Line> {
    let unescaped = clean_text(text).replace('\\', "");
    unescaped
        .lines()
        .map(|line| {
            let text = line.trim();
            match text.strip_prefix("* ") {
                Some(rest) => Line { marker: "• ".into(), ..Line::plain(rest) },
                None if text.is_empty() => Line::empty(),
                None => Line::plain(text),
            }
        })
        .collect()
}
