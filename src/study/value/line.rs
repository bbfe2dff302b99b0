//! Values as lines of text. Knows no width.

use super::{Detail, FieldValue, Item};
use crate::text::{Line, Span, Tone, markup};

impl FieldValue {
    /// The value as lines; none when it is not stated.
    pub fn lines(&self) -> Vec<Line> {
        match self {
            Self::NotStated => Vec::new(),
            Self::Line(words) | Self::Fact { words, .. } | Self::Posted { words, .. } => {
                vec![Line::plain(words.as_str())]
            }
            Self::Prose(text) => markup(text),
            Self::List(lines) => lines.iter().map(|line| bullet(line, Tone::Plain)).collect(),
            Self::Items(items) => items.iter().flat_map(Item::lines).collect(),
            Self::Criteria(criteria) => criteria.lines(),
        }
    }

    /// The whole value in one line; `None` when it is not stated.
    pub fn in_line(&self) -> Option<String> {
        let line = match self {
            Self::NotStated => return None,
            Self::Line(words) | Self::Fact { words, .. } | Self::Posted { words, .. } => {
                words.clone()
            }
            Self::List(lines) => lines.join("; "),
            Self::Items(items) => items.iter().map(Item::in_line).collect::<Vec<_>>().join("; "),
            Self::Prose(_) | Self::Criteria(_) => {
                let lines = self.lines();
                let parts = lines.iter().map(|line| format!("{}{}", line.marker, line.text()));
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
        };
        Some(line)
    }
}

impl Item {
    /// The title, then the details indented.
    pub fn lines(&self) -> Vec<Line> {
        let details = self.details.iter().flat_map(Detail::lines);
        let mut lines = vec![bullet(&self.title(), Tone::Strong)];
        lines.extend(details.map(|line| line.indented(2)));
        lines
    }

    /// The title and all details in one line: `Jun Zheng · Phone: 123`.
    pub fn in_line(&self) -> String {
        let title = Some(self.title()).filter(|title| !title.is_empty());
        let shown = |detail: &Detail| match detail.label.as_str() {
            "" => detail.value.in_line(),
            label => Some(format!("{label}: {}", detail.value.in_line()?)),
        };
        let parts = title.into_iter().chain(self.details.iter().filter_map(shown));
        parts.collect::<Vec<_>>().join(" · ")
    }
}

/// Prose of one line is set beside its label up to this many bytes, and under it beyond.
const SHORT: usize = 100;

impl Detail {
    /// A short value beside its label, a long one indented under it.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.value.lines();
        if let (FieldValue::List(_), [only]) = (&self.value, lines.as_mut_slice()) {
            only.marker.clear();
        }
        if self.label.is_empty() || lines.is_empty() {
            return lines;
        }
        if self.is_short(&lines) {
            let label = Span { text: format!("{}: ", self.label), tone: Tone::Label };
            lines[0].spans.insert(0, label);
            return lines;
        }
        let label = Line::toned(format!("{}:", self.label), Tone::Label);
        std::iter::once(label).chain(lines.into_iter().map(|line| line.indented(2))).collect()
    }

    fn is_short(&self, lines: &[Line]) -> bool {
        match (&self.value, lines) {
            (
                FieldValue::Line(_)
                | FieldValue::Fact { .. }
                | FieldValue::List(_)
                | FieldValue::Posted { .. },
                [_],
            ) => true,
            (FieldValue::Prose(_), [line]) => {
                line.marker.is_empty() && line.indent == 0 && line.text().len() <= SHORT
            }
            _ => false,
        }
    }
}

fn bullet(text: &str, tone: Tone) -> Line {
    Line { marker: "• ".to_owned(), ..Line::toned(text, tone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(detail: &Detail) -> Vec<String> {
        let row = |line: &Line| format!("{:1$}{2}{3}", "", line.indent, line.marker, line.text());
        detail.lines().iter().map(row).collect()
    }

    fn entry(label: &str, value: FieldValue) -> Detail {
        Detail::new(label, value)
    }

    #[test]
    fn short_values_stand_beside_their_label_and_long_ones_under_it() {
        let item = Item {
            kind: None,
            name: "Arm A".to_owned(),
            details: vec![
                entry("Type", FieldValue::Line("Other".to_owned())),
                entry("", FieldValue::Prose("Text".to_owned())),
                entry("Names", FieldValue::List(vec!["x".to_owned(), "y".to_owned()])),
            ],
        };
        let list = FieldValue::List(vec!["only".to_owned()]);
        let long = "word ".repeat(30).trim().to_owned();
        let cases: [(Detail, &[&str]); 6] = [
            (entry("Phase", FieldValue::Line("Phase 1".to_owned())), &["Phase: Phase 1"]),
            (entry("", FieldValue::Line("Phase 1".to_owned())), &["Phase 1"]),
            (entry("Phase", FieldValue::NotStated), &[]),
            (entry("Keywords", list), &["Keywords: only"]),
            (
                entry("Summary", FieldValue::Prose(long.clone())),
                &["Summary:", &format!("  {long}")],
            ),
            (
                entry("Arms", FieldValue::Items(vec![item])),
                &[
                    "Arms:",
                    "  • Arm A",
                    "    Type: Other",
                    "    Text",
                    "    Names:",
                    "      • x",
                    "      • y",
                ],
            ),
        ];
        for (entry, lines) in cases {
            assert_eq!(shown(&entry), lines);
        }
    }

    #[test]
    fn items_in_one_line_name_their_details() {
        let phone = entry("Phone", FieldValue::Line("1".to_owned()));
        let nameless = Item { details: vec![phone.clone()], ..Item::default() };
        let named = Item { details: vec![phone], ..Item::named("Jun") };
        let value = FieldValue::Items(vec![nameless, named]);
        assert_eq!(value.in_line().as_deref(), Some("Phone: 1; Jun · Phone: 1"));
    }
}
