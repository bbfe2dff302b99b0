//! Many studies: their records or ids. Each study is written before the next one is read, so that a whole registry needs
//! no memory.

use std::io::{self, Write};

use super::format::StudiesFormat;
use crate::store::{Store, StudyIdx};

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
    fn one_study_is_no_list_and_none_is_an_empty_one() {
        let one = store(1);
        let record = one.record(one.studies().next().unwrap()).unwrap();
        assert_eq!(written(&one, StudiesFormat::Json), format!("{record}\n"));
        assert_eq!(written(&store(0), StudiesFormat::Json), "[]\n");
        assert_eq!(written(&store(0), StudiesFormat::Ids), "");
    }
}
