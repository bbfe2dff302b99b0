//! Many studies at once: records as they are, or one line or chapter for each. Written as they come, so
//! that a whole registry takes no memory.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::Table;
use super::markdown;
use crate::store::{Store, StudyIdx, Vocab};

/// The forms in which studies can leave the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StudiesFormat {
    /// The registry's own bytes; of several studies an array.
    Json,
    /// The registry's own bytes, a study a line.
    Ndjson,
    Markdown,
    /// What the list shows, a study a row.
    Csv,
    Ids,
}

impl StudiesFormat {
    pub const ALL: &[Self] = &[Self::Json, Self::Ndjson, Self::Markdown, Self::Csv, Self::Ids];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON, as the registry published it",
            Self::Ndjson => "JSON, a trial a line",
            Self::Markdown => "Markdown, to read",
            Self::Csv => "CSV, for a spreadsheet",
            Self::Ids => "ids, one a line",
        }
    }

    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Ids => "txt",
        }
    }
}

/// What the list says of a study: codes and dates as the registry writes them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed<'a> {
    nct_id: String,
    title: &'a str,
    status: Option<&'a str>,
    phases: Vec<&'a str>,
    study_type: Option<&'a str>,
    sponsor: Option<&'a str>,
    conditions: Vec<&'a str>,
    enrollment: Option<u32>,
    start: Option<String>,
    updated: Option<String>,
}

impl<'a> Listed<'a> {
    pub fn new(store: &'a Store, study: StudyIdx) -> Self {
        let code = |vocab: Vocab| store.labels(study, vocab).map(move |label| vocab.code(label));
        Self {
            nct_id: store.id(study).to_string(),
            title: store.brief_title(study),
            status: code(Vocab::Status).next(),
            phases: code(Vocab::Phase).collect(),
            study_type: code(Vocab::StudyType).next(),
            sponsor: store.labels(study, Vocab::Sponsor).next(),
            conditions: store.labels(study, Vocab::Condition).collect(),
            enrollment: store.enrollment(study),
            start: store.started(study).map(|date| date.to_string()),
            updated: store.updated(study).map(|date| date.to_string()),
        }
    }

    const COLUMNS: [&'static str; 10] = [
        "nctId",
        "title",
        "status",
        "phases",
        "studyType",
        "sponsor",
        "conditions",
        "enrollment",
        "start",
        "updated",
    ];

    /// The values in the order of the columns; several of one kind with `|` between them.
    fn cells(&self) -> [String; 10] {
        let one = |value: Option<&str>| value.unwrap_or_default().to_owned();
        [
            self.nct_id.clone(),
            self.title.to_owned(),
            one(self.status),
            self.phases.join("|"),
            one(self.study_type),
            one(self.sponsor),
            self.conditions.join("|"),
            self.enrollment.map(|count| count.to_string()).unwrap_or_default(),
            one(self.start.as_deref()),
            one(self.updated.as_deref()),
        ]
    }
}

/// Writes studies one after the other. A record that cannot be read is an error.
pub fn write_studies(
    out: &mut dyn Write,
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    format: StudiesFormat,
) -> io::Result<()> {
    let mut studies = studies.peekable();
    let first = studies.next();
    let several = first.is_none() || studies.peek().is_some();
    let mut table = Table::new(Listed::COLUMNS.into_iter());
    if format == StudiesFormat::Csv {
        out.write_all(&table.take())?;
    }
    let mut between = if several && format == StudiesFormat::Json { "[\n" } else { "" };
    for study in first.into_iter().chain(studies) {
        out.write_all(between.as_bytes())?;
        let record = || store.record(study).map_err(io::Error::other);
        let text = match format {
            StudiesFormat::Json => record()?,
            StudiesFormat::Ndjson => one_line(record()?),
            StudiesFormat::Markdown => markdown(&store.study(study).map_err(io::Error::other)?),
            StudiesFormat::Ids => store.id(study).to_string(),
            StudiesFormat::Csv => {
                table.push(Listed::new(store, study).cells().iter().map(String::as_str));
                out.write_all(&table.take())?;
                continue;
            }
        };
        out.write_all(text.trim_end().as_bytes())?;
        between = match format {
            StudiesFormat::Json => ",\n",
            StudiesFormat::Markdown => "\n\n",
            _ => "\n",
        };
    }
    let end = match format {
        StudiesFormat::Json if several && between == "[\n" => "[]\n",
        StudiesFormat::Json if several => "\n]\n",
        StudiesFormat::Csv => "",
        _ if between.is_empty() => "",
        _ => "\n",
    };
    out.write_all(end.as_bytes())
}

/// A record on one line. Between its values a line can break, within them it cannot.
fn one_line(record: String) -> String {
    if record.contains(['\n', '\r']) { record.replace(['\n', '\r'], " ") } else { record }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::StoreBuilder;
    use crate::study::made::made;

    /// Studies whose records have a line break.
    fn store(count: u32) -> Store {
        let mut builder = StoreBuilder::default();
        for number in 1..=count {
            let title = format!("=Title, {number}");
            let record = made(number).title(&title).conditions(["A", "B"]).value();
            builder.push(&format!("{record:#}")).unwrap();
        }
        builder.finish().unwrap()
    }

    fn written(store: &Store, format: StudiesFormat) -> String {
        let mut out = Vec::new();
        let studies: Vec<_> = store.studies().collect();
        write_studies(&mut out, store, studies.into_iter(), format).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn studies_are_written_one_after_the_other() {
        let two = store(2);
        let records: Vec<_> = two.studies().map(|study| two.record(study).unwrap()).collect();
        assert_eq!(
            written(&two, StudiesFormat::Json),
            format!("[\n{},\n{}\n]\n", records[0], records[1])
        );
        let lines = written(&two, StudiesFormat::Ndjson);
        assert_eq!(lines.lines().count(), 2);
        for (line, record) in lines.lines().zip(&records) {
            let [line, record] =
                [line, record].map(|json| serde_json::from_str::<serde_json::Value>(json).unwrap());
            assert_eq!(line, record);
        }
        assert_eq!(written(&two, StudiesFormat::Ids), "NCT00000001\nNCT00000002\n");
        let csv = written(&two, StudiesFormat::Csv);
        let rows: Vec<_> = csv.lines().collect();
        assert_eq!(
            rows[0],
            "nctId,title,status,phases,studyType,sponsor,conditions,enrollment,start,updated"
        );
        assert_eq!(rows[2], "NCT00000002,\"'=Title, 2\",,,,,A|B,,,");
        let chapters = written(&two, StudiesFormat::Markdown);
        assert_eq!(chapters.matches("# NCT0000000").count(), 2, "{chapters}");
    }

    #[test]
    fn one_study_is_no_list_and_none_is_an_empty_one() {
        let one = store(1);
        let record = one.record(one.studies().next().unwrap()).unwrap();
        assert_eq!(written(&one, StudiesFormat::Json), format!("{record}\n"));
        assert_eq!(written(&store(0), StudiesFormat::Json), "[]\n");
        assert_eq!(written(&store(0), StudiesFormat::Ids), "");
    }
}
