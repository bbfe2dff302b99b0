//! The key facts of a study as labels and values: in two columns where there is room, long ones below them over the
//! whole width. Knows no section but that of the key facts.

use crate::study::{Detail, FIELDS, FieldValue, Section};
use crate::text::{self, Line, Row, Span, Tone};

/// From this width on the facts stand in two columns.
const TWO_COLUMNS: usize = 72;
/// From this width on the values stand below each other, apart from their labels.
const ALIGNED: usize = 48;
/// Between the columns.
const GAP: usize = 2;
/// A fact with more rows than these does not stand in half of the width.
const MOST: usize = 2;

/// A key fact: its label, and its value in one line.
struct Fact {
    label: &'static str,
    value: Line,
}

/// The key facts as rows of at most `width` columns. What a reader expects and the study does not state is said to be
/// not stated. `mark` gives values their links.
pub(super) fn rows(details: &[Detail], width: usize, mark: impl Fn(&mut Line)) -> Vec<Row> {
    let mut facts = facts(details);
    for fact in &mut facts {
        mark(&mut fact.value);
    }
    let longest = facts.iter().map(|fact| text::width(fact.label)).max().unwrap_or(0);
    if width < ALIGNED {
        return facts.into_iter().flat_map(|fact| below_each_other(fact, width)).collect();
    }
    let set = |fact: &Fact, width| beside_label(fact, longest + GAP, width);
    if width < TWO_COLUMNS {
        return facts.iter().flat_map(|fact| set(fact, width)).collect();
    }
    let half = (width - GAP) / 2;
    let (short, long): (Vec<_>, Vec<_>) =
        facts.iter().partition(|fact| set(fact, half).len() <= MOST);
    let pairs = short.chunks(2).flat_map(|pair| {
        let columns: Vec<Vec<Row>> = pair.iter().map(|fact| set(fact, half)).collect();
        beside_each_other(&columns, half + GAP)
    });
    pairs.chain(long.into_iter().flat_map(|fact| set(fact, width))).collect()
}

fn facts(details: &[Detail]) -> Vec<Fact> {
    let fields = FIELDS.iter().filter(|field| field.section == Section::KeyFacts);
    let facts = fields.filter_map(|field| {
        let detail = details.iter().find(|detail| detail.label == field.label);
        let value = match detail.map(|detail| &detail.value) {
            Some(FieldValue::Prose(text)) => prose(text),
            Some(value) => Line::plain(value.in_line()?),
            None if field.is_expected() => Line::toned("not stated", Tone::Dim),
            None => return None,
        };
        Some(Fact { label: field.label, value })
    });
    facts.collect()
}

/// Prose in one line, its emphasis kept.
fn prose(text: &str) -> Line {
    let mut spans: Vec<Span> = Vec::new();
    for line in text::markup(text) {
        let space = (!spans.is_empty()).then(|| Span::new(" ", Tone::Plain));
        let marker = Some(Span::new(line.marker, Tone::Plain)).filter(|it| !it.text.is_empty());
        spans.extend(space.into_iter().chain(marker).chain(line.spans));
    }
    Line { spans, ..Line::default() }
}

/// The label and the value behind it, as running text.
fn below_each_other(Fact { label, mut value }: Fact, width: usize) -> Vec<Row> {
    value.spans.insert(0, Span::new(format!("{label}: "), Tone::Label));
    text::flow(&[value], width)
}

/// The value behind `column` columns, the label in front of its first row.
fn beside_label(fact: &Fact, column: usize, width: usize) -> Vec<Row> {
    let mut rows = text::flow(std::slice::from_ref(&fact.value), width.saturating_sub(column));
    for (number, row) in rows.iter_mut().enumerate() {
        let label = if number == 0 { fact.label } else { "" };
        row.insert(0, Span::new(text::pad(label, column), Tone::Label));
    }
    rows
}

/// Columns that begin so many columns apart.
fn beside_each_other(columns: &[Vec<Row>], apart: usize) -> Vec<Row> {
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let row = |number: usize| {
        let mut joined = Row::new();
        for (place, column) in columns.iter().enumerate() {
            let Some(row) = column.get(number) else { continue };
            let used: usize = joined.iter().map(|span| text::width(&span.text)).sum();
            let space = (place * apart).saturating_sub(used);
            joined.extend((space > 0).then(|| Span::new(" ".repeat(space), Tone::Plain)));
            joined.extend(row.iter().cloned());
        }
        joined
    };
    (0..height).map(row).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::study::{Study, document};

    fn shown(width: usize) -> Vec<String> {
        let study = Study::from(json!({"protocolSection": {
            "statusModule": {"overallStatus": "TERMINATED", "whyStopped": "Too *few* people came, and those who came did not stay for as long as was planned; see NCT00000002"},
            "designModule": {"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": 5}},
            "conditionsModule": {"conditions": ["Liver Failure", "Jaundice"]},
        }}));
        let details = &document(&study).sections[0].details;
        let rows = rows(details, width, |_| ());
        let text = |row: &Row| row.iter().map(|span| span.text.as_str()).collect::<String>();
        rows.iter().map(|row| text(row).trim_end().to_owned()).collect()
    }

    #[test]
    fn short_facts_stand_side_by_side_and_long_ones_below() {
        assert_eq!(
            shown(90),
            [
                "Status             Terminated                 Phase              not stated",
                "Study type         Interventional             Enrollment         5 participants",
                "Lead sponsor       not stated                 Who can take part  not stated",
                "Start              not stated                 Completion         not stated",
                "Results posted     not stated                 Conditions         Liver Failure; Jaundice",
                "Number of sites    not stated",
                "Why stopped        Too few people came, and those who came did not stay for as long as was",
                "                   planned; see NCT00000002",
            ]
        );
    }

    #[test]
    fn with_little_room_each_fact_stands_for_itself() {
        assert_eq!(
            shown(60)[..3],
            [
                "Status             Terminated",
                "Why stopped        Too few people came, and those who came",
                "                   did not stay for as long as was planned;",
            ]
        );
        assert_eq!(
            shown(30)[..3],
            ["Status: Terminated", "Why stopped: Too few people", "came, and those who came did",]
        );
    }

    #[test]
    fn rows_are_as_wide_as_was_asked_for() {
        for width in 1..160 {
            for row in shown(width) {
                assert!(width < 8 || text::width(&row) <= width, "{width}: {row}");
            }
        }
    }
}
