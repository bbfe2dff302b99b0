//! Many studies: their records or ids, and what the list says of each. Each study is written before the next one is
//! read, so that a whole registry needs no memory.

use std::io::{self, Write};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::format::StudiesFormat;
use crate::store::{Stated, Store, StudyIdx};
use crate::study::concept::{Column, Concept, Kind, ReadValues, Values};
use crate::study::summary::Summary;
use crate::text::unescaped;

/// The columns of CSV and JSON.
const LISTED: [Concept; 10] = [
    Concept::Id,
    Concept::Title,
    Concept::Status,
    Concept::Phase,
    Concept::StudyType,
    Concept::Lead,
    Concept::Condition,
    Concept::Enrollment,
    Concept::Start,
    Concept::Updated,
];

pub(super) fn columns() -> impl Iterator<Item = (Concept, Column)> {
    LISTED.into_iter().filter_map(|concept| Some((concept, concept.definition().column?)))
}

/// What the list says of a study, as an object: codes and dates as the registry writes them, names as the
/// record spells them.
pub struct Listed<'a> {
    store: &'a Store,
    study: StudyIdx,
    /// The names of each concept that has some.
    names: Vec<(Concept, Vec<String>)>,
}

impl<'a> Listed<'a> {
    /// Reads the record for its spelling of names: the store has one for all studies. Of a record that cannot
    /// be read the store's spelling is taken.
    pub fn new(store: &'a Store, study: StudyIdx) -> Self {
        let record = store.record(study).ok();
        let summary = record.as_deref().and_then(|record| Summary::parse(record).ok());
        let spelled = |(concept, _): (Concept, Column)| match concept.definition().kind {
            // A study has one id; its other ids are words to find it by.
            Kind::Names(_) if concept == Concept::Id => None,
            Kind::Names(read) => Some((concept, names(read, summary.as_ref()?))),
            _ => None,
        };
        Self { store, study, names: columns().filter_map(spelled).collect() }
    }

    fn stated(&self, concept: Concept) -> Stated<'_> {
        match self.names.iter().find(|(known, _)| *known == concept) {
            Some((_, names)) if !names.is_empty() => {
                Stated::Names(names.iter().map(String::as_str).collect())
            }
            _ => self.store.stated(self.study, concept),
        }
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = String> {
        columns().map(|(concept, _)| self.stated(concept).in_cell())
    }
}

/// The names that a record gives, each once and in its order.
fn names(read: ReadValues, summary: &Summary) -> Vec<String> {
    let mut names = Vec::new();
    read(summary, &mut |name| {
        let name = unescaped(name).trim().to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    });
    names
}

impl Serialize for Listed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(LISTED.len()))?;
        for (concept, column) in columns() {
            let stated = self.stated(concept);
            object.serialize_entry(column.key, &Value { stated, values: column.values })?;
        }
        object.end()
    }
}

/// A value of a column.
struct Value<'a> {
    stated: Stated<'a>,
    values: Values,
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.stated.serialize(self.values, serializer)
    }
}

/// Writes records or ids one after the other. A record that cannot be read is an error.
pub(super) fn write(
    out: &mut dyn Write,
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    format: StudiesFormat,
) -> io::Result<()> {
    let mut studies = studies.peekable();
    let first = studies.next();
    let several = first.is_none() || studies.peek().is_some();
    let mut between = if several && format == StudiesFormat::Json { "[\n" } else { "" };
    for study in first.into_iter().chain(studies) {
        out.write_all(between.as_bytes())?;
        let record = || store.record(study).map_err(io::Error::other);
        let text = match format {
            StudiesFormat::Json => record()?,
            StudiesFormat::Ndjson => one_line(record()?),
            _ => store.id(study).to_string(),
        };
        out.write_all(text.trim_end().as_bytes())?;
        between = if format == StudiesFormat::Json { ",\n" } else { "\n" };
    }
    let end = match format {
        StudiesFormat::Json if several && between == "[\n" => "[]\n",
        StudiesFormat::Json if several => "\n]\n",
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
        crate::export::write_studies(&mut out, store, studies.into_iter(), &format.into()).unwrap();
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
    fn names_are_spelled_as_in_the_record() {
        let mut builder = StoreBuilder::default();
        let spellings = [["Lung Cancer", "Gout"], ["LUNG CANCER", "Survival &gt;6 Months"]];
        for (id, conditions) in (1..).zip(spellings) {
            builder.push(&made(id).conditions(conditions).json()).unwrap();
        }
        let store = builder.finish().unwrap();
        let csv = written(&store, StudiesFormat::Csv);
        let rows: Vec<_> = csv.lines().collect();
        assert!(rows[1].contains("Lung Cancer|Gout"), "{csv}");
        assert!(rows[2].contains("LUNG CANCER|Survival >6 Months"), "{csv}");
        let listed = store.studies().map(|study| Listed::new(&store, study));
        let conditions: Vec<_> = listed
            .map(|listed| serde_json::to_value(&listed).unwrap()["conditions"].clone())
            .collect();
        assert_eq!(conditions[0], serde_json::json!(["Lung Cancer", "Gout"]));
        assert_eq!(conditions[1], serde_json::json!(["LUNG CANCER", "Survival >6 Months"]));
    }

    #[test]
    fn other_ids_do_not_stand_beside_the_id() {
        let study = made(1).at("identificationModule.orgStudyIdInfo.id", "ABC-1");
        let store = Store::of([study]);
        let csv = written(&store, StudiesFormat::Csv);
        assert!(csv.contains("\nNCT00000001,"), "{csv}");
        let listed = store.studies().map(|study| Listed::new(&store, study)).next().unwrap();
        assert_eq!(serde_json::to_value(&listed).unwrap()["nctId"], "NCT00000001");
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
