//! Tables with a heading: our own, ASReview's and Rayyan's, with commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::{Form, ImportError, Opinion, Record, asreview, ids, json, line, names, note, rayyan};
use crate::marks::event::Decision;

/// The columns for ids and addresses.
const IDS: [&str; 14] = [
    "nct_id",
    "nctid",
    "nct id",
    "nct number",
    "id",
    "an",
    "accession_number",
    "accession number",
    "record_id",
    "key",
    "url",
    "urls",
    "ref",
    "link",
];

/// The columns in which Rayyan keeps what people said.
const NOTES: [&str; 2] = ["notes", "note"];

/// The columns of a table by their names in lower case.
struct Heading(Vec<String>);

impl Heading {
    fn position(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|known| known == name))
    }

    fn cell<'a>(&self, row: &'a StringRecord, names: &[&str]) -> &'a str {
        self.position(names).and_then(|at| row.get(at)).unwrap_or_default()
    }

    /// The first cell of some columns that is not empty.
    fn filled<'a>(&self, row: &'a StringRecord, names: &[&str]) -> &'a str {
        let cells = names.iter().map(|name| self.cell(row, &[name]));
        cells.into_iter().find(|cell| !cell.trim().is_empty()).unwrap_or_default()
    }

    fn ids(&self, row: &StringRecord) -> Vec<crate::study::NctId> {
        ids(IDS.iter().map(|name| self.cell(row, &[name])))
    }

    /// Why a row does not go with the heading.
    fn misfit(&self, row: &StringRecord) -> Option<String> {
        let beyond = row.iter().skip(self.0.len()).any(|cell| !cell.trim().is_empty());
        (row.len() < self.0.len() || beyond)
            .then(|| format!("it has {} cells under {} headings", row.len(), self.0.len()))
    }
}

/// The records, and whose table it is. A table without decisions is read if `any`.
pub(super) fn records(text: &str, any: bool) -> Result<(Form, Vec<Record>), ImportError> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    let delimiter = [',', '\t', ';'].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(',');
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|_| ImportError::Unknown)?;
    if heading.len() < 2 {
        return Err(ImportError::Unknown);
    }
    let heading = Heading(heading.iter().map(|name| name.trim().to_lowercase()).collect());
    let rows: Vec<StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|_| ImportError::Unknown)?;
    let is_note = |row: &StringRecord| rayyan::is_note(heading.cell(row, &NOTES));
    let form = if heading.position(&["asreview_label"]).is_some() {
        Form::AsreviewCsv
    } else if heading.position(&["decision"]).is_some() {
        Form::Csv
    } else if heading.position(&rayyan::COLUMNS).is_some() || rows.iter().any(is_note) {
        Form::RayyanCsv
    } else if heading.position(&asreview::LABELS).is_some() {
        Form::AsreviewCsv
    } else if any {
        Form::Csv
    } else {
        return Err(ImportError::NoDecisions);
    };
    let record = |row: &StringRecord| {
        let mut unreadable: Vec<String> = heading.misfit(row).into_iter().collect();
        let opinions = match form {
            Form::RayyanCsv => rayyan::opinions(&noted(&heading, row), &mut unreadable),
            Form::AsreviewCsv => labelled(&heading, row, &mut unreadable),
            _ => own(&heading, row, &mut unreadable),
        };
        let line = row.position().map_or(0, csv::Position::line);
        Record { line, ids: heading.ids(row), opinions, unreadable }
    };
    let mut records: Vec<Record> = rows.iter().map(record).collect();
    let is_open = rows.last().is_some_and(|row| ends_open(text, row));
    if let Some(last) = records.last_mut().filter(|_| is_open) {
        let reason = "a quote in it has no end, so that rows below may stand within it";
        last.unreadable.push(reason.to_owned());
    }
    Ok((form, records))
}

/// Whether the last row goes to the end of the text because a quote has no end.
fn ends_open(text: &str, last: &StringRecord) -> bool {
    let has_rows = last.iter().any(|cell| cell.trim_end().contains('\n'));
    let at = last.position().map_or(0, csv::Position::byte);
    let quotes = text.get(at as usize..).unwrap_or_default().matches('"').count();
    has_rows && quotes % 2 == 1
}

/// What Rayyan has noted, in its notes or in a column for each part.
fn noted(heading: &Heading, row: &StringRecord) -> String {
    let mut noted = heading.cell(row, &NOTES).to_owned();
    for (name, title) in rayyan::COLUMNS.into_iter().zip(rayyan::TITLES) {
        let cell = heading.cell(row, &[name]);
        if !cell.trim().is_empty() {
            for part in [" | ", title, " ", cell] {
                noted.push_str(part);
            }
        }
    }
    noted
}

/// A row of our own: the list, or the table of a preset.
fn own(heading: &Heading, row: &StringRecord, unreadable: &mut Vec<String>) -> Vec<Opinion> {
    let cell = |name: &str| without_apostrophe(heading.cell(row, &[name]));
    let label = asreview::decision(heading.cell(row, &asreview::LABELS)).unwrap_or_else(|error| {
        unreadable.push(error);
        None
    });
    let decision = match cell("decision").trim() {
        "" | "none" => label,
        // Nobody in particular decides what people disagree on.
        "disputed" => None,
        text => match text.parse::<Decision>() {
            Ok(decision) if is_otherwise(decision, label) => {
                unreadable.push(format!("its decision is {decision}, its label says otherwise"));
                None
            }
            Ok(decision) => Some(decision),
            Err(error) => {
                unreadable.push(error.to_string());
                None
            }
        },
    };
    let passages = match cell("passages").trim() {
        "" => Vec::new(),
        text => serde_json::from_str(text).unwrap_or_else(|error| {
            unreadable.push(format!("its passages are no list in JSON: {error}"));
            Vec::new()
        }),
    };
    let by = line(cell("by"));
    let passages = json::on_passages(passages, by.as_deref());
    let own = stated(Opinion {
        by,
        decision,
        reason: line(cell("reason")).filter(|_| decision.is_some()),
        tags: names(cell("tags"), '|'),
        note: note(cell("note")),
        ..Opinion::default()
    });
    own.into_iter().chain(passages).collect()
}

/// Whether a label of ASReview goes against a decision. It has no word for maybe.
fn is_otherwise(decision: Decision, label: Option<Decision>) -> bool {
    label.is_some_and(|label| label != decision)
}

/// A cell without the apostrophe that our own tables put before what a spreadsheet could run.
fn without_apostrophe(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest)
            if rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) =>
        {
            rest
        }
        _ => cell,
    }
}

/// A row that ASReview has labelled.
fn labelled(heading: &Heading, row: &StringRecord, unreadable: &mut Vec<String>) -> Vec<Opinion> {
    let mut opinion = Opinion::default();
    for (name, value) in heading.0.iter().zip(row) {
        asreview::take(&mut opinion, name, value);
    }
    let label = if heading.position(&["asreview_label"]).is_some() {
        heading.cell(row, &["asreview_label"])
    } else {
        heading.filled(row, &asreview::LABELS)
    };
    match asreview::decision(label) {
        Ok(decision) => opinion.decision = decision,
        Err(error) => unreadable.push(error),
    }
    stated(opinion)
}

/// The opinion, if it says anything.
fn stated(opinion: Opinion) -> Vec<Opinion> {
    let by = opinion.by.clone();
    if opinion == (Opinion { by, ..Opinion::default() }) { Vec::new() } else { vec![opinion] }
}
