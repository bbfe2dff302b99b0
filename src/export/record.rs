//! The record of a search, as PRISMA-S asks for it: what was asked of what, how it was understood, and what was found. It
//! can be read again, so that the search is repeated and compared. The same search of the same files on the same day is
//! the same record, byte for byte.

mod changes;
mod markdown;

pub use changes::{Changes, Listed};

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::marks::Marks;
use crate::search::{Cancel, How, Query, Reading, find_marked, strategy};
use crate::store::{Store, StudyIdx};
use crate::study::summary::Summary;

/// What a record begins with.
const FORMAT: &str = "trialdex search record 1";

/// Everything that is written of a search. The order of the fields is that of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRecord {
    pub format: String,
    /// The version of the program.
    pub program: String,
    /// The day of the search, from which relative dates were counted.
    pub date: String,
    pub source: SearchedSource,
    pub query: RecordedQuery,
    /// Words that were read as a code, and which.
    pub read_as: Vec<RecordedReading>,
    /// What was found beside what the words say to the letter.
    pub added: Vec<RecordedAddition>,
    /// Words that nothing was looked for.
    pub passed_over: Vec<String>,
    pub lines: Vec<RecordedLine>,
    /// What state nothing where a range was asked.
    pub limits: Vec<String>,
    pub total: u64,
    pub studies: Vec<RecordedStudy>,
}

/// What was searched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchedSource {
    pub name: String,
    pub files: Vec<RecordedFile>,
    pub studies: u64,
    pub skipped: u64,
    /// Records that were left out because a newer one of the same study was read.
    pub replaced: u64,
    pub newest_update: Option<String>,
    /// The day on which the registry gave the newest record out.
    pub version_holder: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedFile {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedQuery {
    pub as_typed: String,
    pub canonical: String,
    /// Whether words were read to the letter.
    pub exact: bool,
    /// The collection whose marks were asked, if any were.
    pub collection: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedReading {
    pub typed: String,
    pub term: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedAddition {
    pub typed: String,
    pub name: String,
    /// Spelling, other name or slip.
    pub how: String,
    /// How many studies only this brought.
    pub studies: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedLine {
    pub number: u64,
    pub query: String,
    pub studies: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedStudy {
    pub id: String,
    pub updated: Option<String>,
    /// The beginning of the checksum of its record, whatever its form and the day on which it was given out.
    pub record: String,
}

/// What a record says of a search that the search itself does not know.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    pub typed: String,
    pub date: String,
    pub collection: String,
    pub source: SearchedSource,
    /// Gives the checksum of a text.
    pub checksum: Option<fn(&str) -> String>,
}

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordForm {
    Json,
    Markdown,
}

impl RecordForm {
    /// The form that the name of a file asks for.
    pub fn of_file(path: &Path) -> Self {
        let is_json = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"));
        if is_json { Self::Json } else { Self::Markdown }
    }
}

/// Says why a text is no record.
#[derive(Debug, thiserror::Error)]
pub enum NoRecord {
    #[error("is no search record of trialdex; `trialdex search --record FILE` writes one")]
    Other,
    #[error("was written by a newer trialdex ({0})")]
    Newer(String),
    #[error("is damaged: {0}")]
    Damaged(serde_json::Error),
}

impl SearchRecord {
    /// Searches, and writes down how; `None` when it was cancelled.
    pub fn make(
        store: &Store,
        marks: &Marks,
        query: &Query,
        recording: Recording,
        cancel: &Cancel,
    ) -> Option<Self> {
        let Recording { typed, date, collection, mut source, checksum } = recording;
        let found = find_marked(store, marks, query, cancel)?;
        let lines = strategy(store, marks, query, cancel)?;
        let checksum = checksum.unwrap_or(|_| String::new());
        let newest = store.studies().max_by_key(|&study| (store.updated(study), study.0));
        source.studies = store.len() as u64;
        source.newest_update = store.newest().map(|date| date.to_string());
        source.version_holder = newest.and_then(|study| {
            let json = store.record(study).ok()?;
            Some(Summary::parse(&json).ok()?.given_out()?.to_string())
        });
        let read_as = found.codes().into_iter();
        let added = found.added().into_iter();
        let mut studies: Vec<StudyIdx> = found.rows.iter().collect();
        // The order of the list is one of relevance; that of a record is that of the ids.
        studies.sort_by_key(|&study| store.id(study));
        let recorded = studies.into_iter().map(|study| {
            (!cancel.is_cancelled()).then(|| RecordedStudy {
                id: store.id(study).to_string(),
                updated: store.updated(study).map(|date| date.to_string()),
                record: fingerprint(&store.record(study).unwrap_or_default(), checksum),
            })
        });
        Some(Self {
            format: FORMAT.to_owned(),
            program: format!("trialdex {}", env!("CARGO_PKG_VERSION")),
            date,
            source,
            query: RecordedQuery {
                as_typed: typed,
                canonical: query.to_string(),
                exact: query.reading == Reading::AsTyped,
                collection: query.asks_marks().then_some(collection),
            },
            read_as: read_as.map(|it| RecordedReading { typed: it.typed, term: it.term }).collect(),
            added: added
                .map(|it| RecordedAddition {
                    how: words_for(it.how).to_owned(),
                    typed: it.typed,
                    name: it.name,
                    studies: it.studies,
                })
                .collect(),
            passed_over: found.passed_over().to_vec(),
            lines: (1..)
                .zip(lines)
                .map(|(number, line)| RecordedLine {
                    number,
                    query: line.text,
                    studies: line.studies,
                })
                .collect(),
            limits: found.unstated().iter().map(ToString::to_string).collect(),
            total: found.rows.len() as u64,
            studies: recorded.collect::<Option<Vec<_>>>()?,
        })
    }

    /// Writes the record.
    pub fn write(&self, out: &mut dyn io::Write, form: RecordForm) -> io::Result<()> {
        match form {
            RecordForm::Json => writeln!(out, "{}", self.json()),
            RecordForm::Markdown => markdown::write(self, out),
        }
    }

    fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("texts and numbers")
    }

    /// Reads a record in any of its forms.
    pub fn read(text: &str) -> Result<Self, NoRecord> {
        let json = markdown::json_in(text).unwrap_or(text);
        let value: serde_json::Value = serde_json::from_str(json).map_err(|_| NoRecord::Other)?;
        let format = value["format"].as_str().unwrap_or_default();
        if format != FORMAT {
            let is_ours = format.starts_with("trialdex search record ");
            return Err(if is_ours { NoRecord::Newer(format.to_owned()) } else { NoRecord::Other });
        }
        serde_json::from_value(value).map_err(NoRecord::Damaged)
    }
}

/// What something was found as that the letters do not say.
fn words_for(how: How) -> &'static str {
    match how {
        How::Value | How::Word | How::Beginning => "as it stands",
        How::Spelling => "another spelling",
        How::Name => "another name",
        How::Near => "taken for it",
    }
}

/// What tells a record of a study from a changed one. Blanks, the order of keys and the day on which it was given out do not.
fn fingerprint(json: &str, checksum: fn(&str) -> String) -> String {
    let text = match serde_json::from_str::<serde_json::Value>(json) {
        Ok(mut value) => {
            let misc = value.pointer_mut("/derivedSection/miscInfoModule");
            if let Some(misc) = misc.and_then(serde_json::Value::as_object_mut) {
                misc.remove("versionHolder");
            }
            value.sort_all_objects();
            value.to_string()
        }
        Err(_) => json.to_owned(),
    };
    let mut digits = checksum(&text);
    digits.truncate(16);
    digits
}

#[cfg(test)]
mod tests;
