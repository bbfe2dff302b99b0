//! Tables with a heading: our own list, ASReview's and Rayyan's, with commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::{Form, ImportError, Opinion, Place, Record, ids, line, names, note, rayyan};
use crate::marks::event::Decision;

/// The columns in which an id is looked for, the strongest first.
const IDS: [(&str, Place); 20] = [
    ("nct_id", Place::Anywhere),
    ("nctid", Place::Anywhere),
    ("nct id", Place::Anywhere),
    ("nct number", Place::Anywhere),
    ("id", Place::Anywhere),
    ("an", Place::Anywhere),
    ("accession_number", Place::Anywhere),
    ("accession number", Place::Anywhere),
    ("record_id", Place::Anywhere),
    ("key", Place::Anywhere),
    ("url", Place::Anywhere),
    ("urls", Place::Anywhere),
    ("u1", Place::Anywhere),
    ("keywords", Place::Anywhere),
    ("keyword", Place::Anywhere),
    ("title", Place::Begins),
    ("primary_title", Place::Begins),
    ("notes", Place::Begins),
    ("notes_abstract", Place::Begins),
    ("note", Place::Begins),
];

/// The columns in which ASReview and its users keep 1, 0 or nothing.
const LABELS: [&str; 10] = [
    // What ASReview adds counts before what it was given.
    "asreview_label",
    "included",
    "label",
    "label_included",
    "included_label",
    "final_included",
    "included_final",
    "included_flag",
    "include",
    "asreview_included",
];

/// The columns of a table by their names in lower case.
struct Heading(Vec<String>);

impl Heading {
    fn position(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|known| known == name))
    }

    fn ids(&self, row: &StringRecord) -> Vec<crate::study::NctId> {
        let fields = IDS
            .iter()
            .filter_map(|(name, place)| Some((*place, row.get(self.position(&[name])?)?)));
        ids(fields)
    }
}

/// The records, and whose table it is. A table without decisions is read if `any`.
pub(super) fn records(text: &str, any: bool) -> Result<(Form, Vec<Record>), ImportError> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(',');
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(text.as_bytes());
    let malformed = |error: &csv::Error| ImportError::Malformed {
        line: error.position().map_or(1, csv::Position::line),
        reason: "the table cannot be read here".to_owned(),
    };
    let heading = reader.headers().map_err(|error| malformed(&error))?;
    if heading.len() < 2 {
        return Err(ImportError::Unknown);
    }
    let heading = Heading(heading.iter().map(|name| name.trim().to_lowercase()).collect());
    let rows: Vec<StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|error| malformed(&error))?;
    let notes = heading.position(&["notes"]);
    let is_rayyan =
        notes.is_some_and(|at| rows.iter().any(|row| row.get(at).is_some_and(rayyan::is_note)));
    let form = if is_rayyan {
        Form::RayyanCsv
    } else if heading.position(&LABELS).is_some() {
        Form::AsreviewCsv
    } else if any || heading.position(&["decision"]).is_some() {
        Form::Csv
    } else {
        return Err(ImportError::NoDecisions);
    };
    if form == Form::Csv {
        rows.iter().try_for_each(|row| check_decision(&heading, row))?;
    }
    let record = |row: &StringRecord| Record {
        line: row.position().map_or(0, csv::Position::line),
        ids: heading.ids(row),
        opinions: match form {
            Form::RayyanCsv => rayyan::opinions(cell(row, notes)),
            Form::AsreviewCsv => asreview(&heading, row),
            _ => own(&heading, row),
        },
    };
    Ok((form, rows.iter().map(record).collect()))
}

fn cell(row: &StringRecord, at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).unwrap_or_default()
}

/// A decision that is none is no silence.
fn check_decision(heading: &Heading, row: &StringRecord) -> Result<(), ImportError> {
    let text = cell(row, heading.position(&["decision"])).trim();
    if matches!(text, "" | "none") {
        return Ok(());
    }
    let line = row.position().map_or(0, csv::Position::line);
    let malformed = |reason: String| ImportError::Malformed { line, reason };
    text.parse::<Decision>().map(|_| ()).map_err(|error| malformed(error.to_string()))
}

fn own(heading: &Heading, row: &StringRecord) -> Vec<Opinion> {
    let cell = |name: &str| cell(row, heading.position(&[name]));
    let own = Opinion {
        by: line(cell("by")),
        decision: cell("decision").parse().ok(),
        reason: line(cell("reason")),
        tags: names(cell("tags"), '|'),
        note: note(cell("note")),
        passage: None,
    };
    stated(own)
}

/// The opinion, if it says anything.
fn stated(opinion: Opinion) -> Vec<Opinion> {
    let by = opinion.by.clone();
    if opinion == (Opinion { by, ..Opinion::default() }) { Vec::new() } else { vec![opinion] }
}

fn asreview(heading: &Heading, row: &StringRecord) -> Vec<Opinion> {
    let decision = match cell(row, heading.position(&LABELS)).trim() {
        "1" | "1.0" => Some(Decision::Include),
        "0" | "0.0" => Some(Decision::Exclude),
        _ => None,
    };
    let note = note(cell(row, heading.position(&["asreview_note", "exported_notes_1"])));
    let tags = names(cell(row, heading.position(&["asreview_tags"])), ',');
    stated(Opinion { decision, tags, note, ..Opinion::default() })
}
