//! Comparisons of real trials: their structure, without the texts of the records.

use std::fmt::Write as _;
use std::sync::Arc;

use trialdex::compare::{ComparedRow, Comparison, Standing};
use trialdex::dataset;
use trialdex::export::{Report, Rows, comparison_text};
use trialdex::store::Store;
use trialdex::study::Study;
use trialdex::text::{Line, Tone, cut};

use crate::real;

/// How much of a cell is kept.
const BEGINNING: usize = 60;

fn studies(store: &Store, ids: &[&str]) -> Option<Vec<Study>> {
    let study = |id: &&str| {
        let study = store.find(id.parse().unwrap())?;
        Some(Study::parse(&store.record(study).unwrap()).unwrap())
    };
    ids.iter().map(study).collect()
}

/// A line about each row: sign, label, the beginning of each cell with how much of it there is, and by how
/// much they differ; then what is shared of each kind.
fn shape(report: &Report) -> String {
    let comparison = &report.comparison;
    let lines = comparison_text(report, 120).lines().count();
    let (differences, rows) = (comparison.differences(), comparison.rows().count());
    let mut shape = format!("{differences} of {rows} rows differ; {lines} lines of text\n");
    for part in &comparison.parts {
        let _ = writeln!(shape, "\n{}", part.section.title());
        part.rows.iter().for_each(|row| push_row(&mut shape, comparison, row));
    }
    shape.push('\n');
    for part in &report.overlap.parts {
        let _ = writeln!(shape, "{}: {} of {} shared", part.label, part.shared(), part.rows.len());
    }
    shape
}

fn push_row(shape: &mut String, comparison: &Comparison, row: &ComparedRow) {
    let _ = writeln!(shape, "{} {}", row.verdict.sign(), row.label);
    for place in 0..row.values.len() {
        let cell: Vec<&Line> =
            row.passages.iter().flat_map(|passage| &passage.cells[place]).collect();
        let stated = cell.iter().filter(|line| !line.spans.is_empty()).count();
        let marked = cell.iter().filter(|line| is_marked(line)).count();
        let only = row.passages.iter().filter(|it| it.standing == Standing::Only(place)).count();
        let size = match (stated, marked, only) {
            (0, ..) => "not stated".to_owned(),
            (1, 0, _) => String::new(),
            (stated, 0, _) => format!("[{stated} lines] "),
            (stated, marked, 0) => format!("[{stated} lines, {marked} marked] "),
            (stated, marked, only) => {
                format!("[{stated} lines, {marked} marked, {only} without a partner] ")
            }
        };
        let first = cell.first().map(|line| line.text()).unwrap_or_default();
        let _ = writeln!(shape, "    {size}{}", cut(&first, BEGINNING));
    }
    for gap in &row.gaps {
        let _ = writeln!(shape, "    → {}", comparison.in_words(gap));
    }
}

/// Whether the line has words that the other side does not have.
fn is_marked(line: &Line) -> bool {
    line.spans.iter().any(|span| matches!(span.tone, Tone::Added | Tone::Removed))
}

/// Compares trials of a file of real records, when it is there.
#[track_caller]
fn check(name: &str, file: &str, ids: &[&str]) {
    let store = match file {
        "studies.ndjson" => real::store(),
        file => real::path(file).map(|path| dataset::open(&[path], &Arc::default()).unwrap().store),
    };
    // Where another dataset is looked into, these trials may not be in it.
    let Some(studies) = store.and_then(|store| studies(&store, ids)) else {
        return real::skip(&format!("{} of {file}", ids.join(" ")));
    };
    let report = Report::new(&studies.iter().collect::<Vec<_>>(), Rows::All);
    insta::assert_snapshot!(format!("real_{name}"), shape(&report));
}

#[test]
fn of_one_sponsor_and_drug() {
    check("sponsor_and_drug", "studies.ndjson", &["NCT03829319", "NCT04716933"]);
}

#[test]
fn of_one_condition_in_different_phases() {
    check("phases", "studies.ndjson", &["NCT00094835", "NCT00243867"]);
}

#[test]
fn observational_and_interventional() {
    check("types", "studies.ndjson", &["NCT00909233", "NCT00657033"]);
}

#[test]
fn with_results_and_without() {
    check("results", "studies.ndjson", &["NCT03049618", "NCT06480552"]);
}

#[test]
fn withheld_and_stated() {
    check("withheld", "studies.ndjson", &["NCT06473649", "NCT06482372"]);
}

#[test]
fn expanded_access_and_interventional() {
    check("expanded_access", "partial.ndjson", &["NCT04337112", "NCT04060199"]);
}

#[test]
fn the_two_longest() {
    check("longest", "studies.ndjson", &["NCT01970865", "NCT02477826"]);
}

#[test]
fn with_the_most_sites() {
    check("sites", "studies.ndjson", &["NCT00324805", "NCT03971474"]);
}

#[test]
fn twins() {
    check("twins", "studies.ndjson", &["NCT06482645", "NCT06482658"]);
}

#[test]
fn of_one_drug_in_two_cancers() {
    check("cancers", "studies.ndjson", &["NCT03594747", "NCT03663205"]);
}

#[test]
fn five_of_one_drug() {
    let ids = ["NCT03829319", "NCT04716933", "NCT05226598", "NCT06212752", "NCT03295227"];
    check("five", "studies.ndjson", &ids);
}
