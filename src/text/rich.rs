//! Lines made of spans, each with a tone, and how such lines are wrapped to a width. It does not know colours, panes
//! or what the text is about.

use std::ops::Range;

use super::width::width;
use super::wrap::{Addresses, wrap};

/// What a stretch of text means; the theme gives it a style.
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

/// A stretch of text in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub tone: Tone,
}

/// One logical line: `marker` stands at `indent` columns, wrapped text hangs under the text behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub indent: usize,
    /// `• `, `1. ` or nothing.
    pub marker: String,
    pub spans: Vec<Span>,
}

/// One row of the screen, indentation and marker included: at most as wide as was asked for.
pub type Row = Vec<Span>;

impl Span {
    /// A stretch of text in a tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl Line {
    /// A line of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// A line of one tone.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { spans: vec![Span::new(text, tone)], ..Self::default() }
    }

    /// A blank line.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The line, moved to the right by so many columns.
    #[must_use]
    pub fn indented(mut self, by: usize) -> Self {
        self.indent += by;
        self
    }

    /// The spans joined, without the marker.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// Wraps lines into rows of at most `width` columns; 0 is treated as 1. Breaks where Unicode allows
/// it, long words anywhere between graphemes. Only a grapheme that is wider itself exceeds the width.
/// Where the room is too narrow for indentation or marker, they shrink to leave room for the text.
pub fn flow(lines: &[Line], width: usize) -> Vec<Row> {
    flow_with(lines, width, Addresses::Broken)
}

/// Does the same with lines that may hold addresses.
pub fn flow_with(lines: &[Line], width: usize, addresses: Addresses) -> Vec<Row> {
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        flow_line(line, width.max(1), addresses, &mut rows);
    }
    rows
}

/// How texts stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// What begins on one row in one column has its counterpart begin on the same row in the others.
    LineByLine,
    /// Each flows for itself.
    Free,
}

/// Wraps texts that stand side by side, each in columns of its own: rows of as many parts as there are texts.
pub fn flow_beside(
    texts: &[&[Line]],
    width: usize,
    pairing: Pairing,
    addresses: Addresses,
) -> Vec<Vec<Row>> {
    let longest = texts.iter().map(|lines| lines.len()).max().unwrap_or(0);
    let mut rows = Vec::with_capacity(longest);
    let step = match pairing {
        Pairing::LineByLine => 1,
        Pairing::Free => longest.max(1),
    };
    for start in (0..longest).step_by(step) {
        let flown = texts.iter().map(|lines| {
            let part = start.min(lines.len())..(start + step).min(lines.len());
            flow_with(&lines[part], width, addresses).into_iter()
        });
        let mut flown: Vec<_> = flown.collect();
        let height = flown.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        for _ in 0..height {
            rows.push(flown.iter_mut().map(|rows| rows.next().unwrap_or_default()).collect());
        }
    }
    rows
}

fn flow_line(line: &Line, columns: usize, addresses: Addresses, rows: &mut Vec<Row>) {
    // Half of the columns, and two at least, stay for the text.
    let room = (columns / 2).min(columns.saturating_sub(2));
    let marker_width = width(&line.marker);
    let hanging = marker_width <= room;
    let indent = line.indent.min(room - if hanging { marker_width } else { 0 });
    let hang = if hanging { indent + marker_width } else { indent };

    let mut spans: Vec<(&str, Tone)> = Vec::with_capacity(line.spans.len() + 1);
    if !hanging {
        spans.push((&line.marker, Tone::Plain));
    }
    spans.extend(line.spans.iter().map(|span| (span.text.as_str(), span.tone)));
    let joined = match spans.as_slice() {
        [] => String::new(),
        [(text, _)] => (*text).to_owned(),
        many => many.iter().map(|(text, _)| *text).collect(),
    };

    let mut slicer = Slicer { spans: &spans, index: 0, start: 0 };
    let mut lead = " ".repeat(indent);
    if hanging {
        lead.push_str(&line.marker);
    }
    let mut start = 0;
    for part in joined.split('\n') {
        for range in wrap(part, columns - hang, addresses) {
            let mut row = Row::new();
            if !lead.is_empty() && (!range.is_empty() || hang > indent) {
                row.push(Span::new(lead.as_str(), Tone::Plain));
            }
            slicer.slice(start + range.start..start + range.end, &mut row);
            rows.push(row);
            lead = " ".repeat(hang);
        }
        start += part.len() + 1;
    }
}

/// Hands out slices of the spans, from front to back.
struct Slicer<'a> {
    spans: &'a [(&'a str, Tone)],
    index: usize,
    /// Where the span at `index` begins in the joined text.
    start: usize,
}

impl Slicer<'_> {
    fn slice(&mut self, range: Range<usize>, row: &mut Row) {
        while let Some((text, tone)) = self.spans.get(self.index) {
            let from = range.start.clamp(self.start, self.start + text.len());
            let to = range.end.clamp(self.start, self.start + text.len());
            if from < to {
                row.push(Span::new(&text[from - self.start..to - self.start], *tone));
            }
            if range.end < self.start + text.len() {
                return;
            }
            self.start += text.len();
            self.index += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    #[test]
    fn texts_stand_side_by_side() {
        let lines =
            |texts: &[&str]| texts.iter().map(|&text| Line::plain(text)).collect::<Vec<_>>();
        let (left, right) = (lines(&["one two", "three"]), lines(&["a", "b", "c"]));
        for (pairing, expected) in [
            (
                Pairing::LineByLine,
                [["one", "a"], ["two", ""], ["thre", "b"], ["e", ""], ["", "c"]].as_slice(),
            ),
            (Pairing::Free, &[["one", "a"], ["two", "b"], ["thre", "c"], ["e", ""]]),
        ] {
            let rows = flow_beside(&[&left, &right], 4, pairing, Addresses::Broken);
            assert_eq!(rows.iter().map(|row| texts(row)).collect::<Vec<_>>(), expected);
        }
    }

    fn texts(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.iter().map(|span| span.text.as_str()).collect()).collect()
    }

    fn item(indent: usize, marker: &str, text: &str) -> Line {
        Line { indent, marker: marker.into(), ..Line::plain(text) }
    }

    #[test]
    fn lines_flow_into_rows() {
        for (line, width, rows) in [
            (Line::empty(), 10, vec![""]),
            (Line::plain("one two three"), 20, vec!["one two three"]),
            (Line::plain("one two three"), 7, vec!["one two", "three"]),
            (Line::plain("one  two   "), 8, vec!["one  two"]),
            (Line::plain("non-small-cell lung"), 10, vec!["non-small-", "cell lung"]),
            (Line::plain("abcdefghij k"), 4, vec!["abcd", "efgh", "ij k"]),
            (Line::plain("日本語の文"), 5, vec!["日本", "語の", "文"]),
            (Line::plain("one\ntwo"), 9, vec!["one", "two"]),
            (Line::plain("a ≥ 18"), 0, vec!["a", "≥", "1", "8"]),
            (Line::plain("one two").indented(2), 7, vec!["  one", "  two"]),
            (item(2, "• ", "one two three"), 9, vec!["  • one", "    two", "    three"]),
            (item(0, "10. ", "one two"), 8, vec!["10. one", "    two"]),
            (item(8, "10. ", "one"), 6, vec!["   10.", "   one"]),
            (item(6, "• ", "one two"), 6, vec![" • one", "   two"]),
            (Line::plain("  a   b   c  d"), 20, vec!["  a   b   c  d"]),
            (Line::plain("      a"), 4, vec!["a"]),
        ] {
            assert_eq!(texts(&flow(std::slice::from_ref(&line), width)), rows, "{line:?}");
        }
    }

    #[test]
    fn an_address_is_whole_where_it_may_be_long() {
        let address = "https://a.example/a-long-path/with_parts?and=more&x=(1)";
        let rows = |line: &Line, columns: usize| {
            let broken = texts(&flow(std::slice::from_ref(line), columns));
            assert!(broken.iter().all(|row| width(row) <= columns), "{line:?}");
            texts(&flow_with(std::slice::from_ref(line), columns, Addresses::Whole))
        };
        for (line, columns, before, behind) in [
            (Line::plain(address), 10, &[][..], &[][..]),
            (Line::plain(format!("see {address}, or not")), 12, &["see"], &["or not"]),
            (Line::plain(format!("é a {address}")), 4, &["é a"], &[]),
            (item(2, "• ", address), 6, &[], &[]),
        ] {
            let rows = rows(&line, columns);
            let place = before.len();
            assert_eq!(&rows[..place], before, "{line:?}");
            assert_eq!(&rows[place + 1..], behind, "{line:?}");
            assert!(rows[place].contains(address), "{rows:?}");
        }
        assert_eq!(rows(&Line::plain("abcdefghij http"), 4), ["abcd", "efgh", "ij", "http"]);
        let two = rows(&Line::plain(format!("{address} {address}")), 8);
        assert_eq!(two, [address, address]);
    }

    #[test]
    fn spans_keep_their_tones() {
        let spans = vec![
            Span::new("one t", Tone::Plain),
            Span::new("wo th", Tone::Strong),
            Span::new("", Tone::Dim),
            Span::new("ree", Tone::Link),
        ];
        let line = Line { marker: "• ".into(), spans, ..Line::default() };
        let rows = flow(&[line], 9);
        assert_eq!(
            rows[0],
            [
                Span::new("• ", Tone::Plain),
                Span::new("one t", Tone::Plain),
                Span::new("wo", Tone::Strong)
            ]
        );
        assert_eq!(
            rows[1],
            [
                Span::new("  ", Tone::Plain),
                Span::new("th", Tone::Strong),
                Span::new("ree", Tone::Link)
            ]
        );
    }

    #[test]
    fn a_grapheme_that_is_wider_than_a_row_is_broken_by_what_it_is_wide_together() {
        for row in flow(&[Line::plain("a❤\u{fe0f}\u{ff9e}")], 2) {
            let text: String = row.iter().map(|span| span.text.as_str()).collect();
            assert!(width(&text) <= 2, "{text:?}");
        }
    }

    fn line() -> impl Strategy<Value = Line> {
        let text = prop_oneof![
            "[a-z ,.()-]{0,40}",
            "[a-z 日ก≥\u{301}👩\u{200d}\u{fe0f}❤ᄀﾞक\u{94d}\u{a0}\u{3000}/-]{0,40}",
            "\\PC{0,20}",
        ];
        let tone = proptest::sample::select(vec![Tone::Plain, Tone::Strong, Tone::Link]);
        let span = (text, tone).prop_map(|(text, tone)| Span { text, tone });
        let marker = proptest::sample::select(vec!["", "• ", "12. "]);
        (0usize..12, marker, proptest::collection::vec(span, 0..4))
            .prop_map(|(indent, marker, spans)| Line { indent, marker: marker.into(), spans })
    }

    proptest! {
        #[test]
        fn rows_fit_and_nothing_is_lost(line in line(), columns in 2usize..40) {
            let rows = flow(std::slice::from_ref(&line), columns);
            let solid = |text: &str| text.chars().filter(|char| *char != ' ').collect::<String>();
            prop_assert_eq!(solid(&texts(&rows).concat()), solid(&format!("{}{}", line.marker, line.text())));
            for row in &rows {
                let text: String = row.iter().map(|span| span.text.as_str()).collect();
                let lone = text.trim().graphemes(true).count() == 1;
                prop_assert!(width(&text) <= columns || lone, "{:?}", row);
            }
        }
    }
}
