//! What the dialogue says: trials of a list, sections of a record, comparisons and counts, in sentences and lines.

use anyhow::{Result, bail};

use crate::compare::{ComparedRow, Verdict};
use crate::export::Report;
use crate::marks::{Mark, Marks, Standing};
use crate::search::Distribution;
use crate::store::{Store, StudyIdx};
use crate::study::{Concept, FieldValue, Section};
use crate::text;

/// A trial of the list: `3. Title. NCT00000102. Recruiting. Phase 2. A sponsor. include.`
pub(super) fn entry(
    store: &Store,
    number: usize,
    study: StudyIdx,
    marks: Option<&Marks>,
) -> String {
    let status = store.labels(study, Concept::Status).next().unwrap_or_default();
    let phases: Vec<&str> = store.labels(study, Concept::Phase).collect();
    let phase = if phases == ["Not applicable"] { String::new() } else { phases.join(" and ") };
    let sponsor = store.labels(study, Concept::Lead).next().unwrap_or_default();
    let decided = marks.and_then(|marks| marks.get(store.id(study))).and_then(decision);
    let parts = [
        store.title(study).trim_end_matches('.').to_owned(),
        store.id(study).to_string(),
        status.to_owned(),
        phase,
        sponsor.trim_end_matches('.').to_owned(),
        decided.unwrap_or_default(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{number}. {}.", parts.join(". "))
}

fn decision(mark: &Mark) -> Option<String> {
    match mark.standing() {
        Standing::Decided(decided) => Some(decided.decision.to_string()),
        Standing::Disputed => Some("people disagree".to_owned()),
        Standing::Undecided => None,
    }
}

/// The lines that head the sections of a record that is written as text, with their places.
pub(super) fn headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut before = "";
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let here = start;
        start += line.len();
        let title = line.trim_end();
        let is_title = title == "Key facts" || Section::ALL.iter().any(|it| it.title() == title);
        let is_heading = is_title && before.trim().is_empty();
        before = line;
        is_heading.then_some((here, title))
    })
}

/// The sections whose names begin so; the whole text where none is named.
pub(super) fn section(text: &str, named: &str) -> Result<String> {
    if named.is_empty() {
        return Ok(text.to_owned());
    }
    let wanted = text::fold(named);
    let starts: Vec<(usize, &str)> = headings(text).collect();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let parts =
        starts.iter().zip(ends).filter(|((_, title), _)| text::fold(title).starts_with(&wanted));
    let parts: Vec<&str> = parts.map(|((start, _), end)| &text[*start..end]).collect();
    if parts.is_empty() {
        let titles: Vec<&str> = starts.iter().map(|(_, title)| *title).collect();
        bail!("there is no section {named}; there are: {}", titles.join(", "));
    }
    Ok(parts.concat())
}

/// What studies have in common and in what they differ, field by field, each study on lines of its own.
pub(super) fn comparison(report: &Report) -> String {
    let ids = &report.comparison.ids;
    let mut lines = vec![format!("{}.", ids.join(" and "))];
    for (part, rows) in report.parts() {
        lines.push(format!("\n{}", part.section.title()));
        for row in rows {
            lines.push(compared(row, ids));
            lines.extend(report.gaps(row).into_iter().map(|gap| format!("  {gap}.")));
        }
    }
    lines.join("\n")
}

fn compared(row: &ComparedRow, ids: &[String]) -> String {
    let ComparedRow { label, verdict, values, .. } = row;
    if *verdict == Verdict::Equal {
        let value = values.first().map(value).unwrap_or_default();
        return format!("{label}, equal: {value}");
    }
    let differs = if *verdict == Verdict::Differs { "differs" } else { "not stated by all" };
    let each = ids.iter().zip(values).map(|(id, of)| {
        let said = if of.is_stated() { value(of) } else { "not stated".to_owned() };
        format!("\n  {id}: {said}")
    });
    format!("{label}, {differs}:{}", each.collect::<String>())
}

/// A value on one line.
fn value(of: &FieldValue) -> String {
    let lines = of.lines();
    let lines = lines.iter().map(|line| {
        let spans: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        let marker = line.marker.trim_matches(['•', ' ']);
        format!("{marker} {spans}").trim().to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("; ")
}

/// `Phase 2: 3 trials, 13 %`, a value a line.
pub(super) fn counts(store: &Store, distribution: &Distribution) -> String {
    let all = u64::from(distribution.studies.max(1));
    let lines = distribution.bars().map(|(group, studies)| {
        let (label, studies) = (distribution.label(store, group), u64::from(studies));
        format!("{label}: {}, {} %.\n", text::counted(studies, "trial"), studies * 100 / all)
    });
    let more = match distribution.others {
        0 => String::new(),
        others => format!("And {} more.\n", text::counted(others as u64, "value")),
    };
    let several =
        if distribution.is_of_several() { "A trial can count several times.\n" } else { "" };
    format!("{several}{}{more}", lines.collect::<String>())
}

/// Whether a form is meant by a word: the end of its files' names, or a word of what it is called.
pub(super) fn is_called(label: &str, extension: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let label = label.to_lowercase();
    let mut words = label.split(|c: char| !c.is_alphanumeric() && c != '-');
    word == extension || words.next() == Some(&*word)
}
