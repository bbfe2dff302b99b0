//! `trialdex marks list`: what is marked, for people and for other programs.

use std::io::Write;

use anyhow::Result;

use crate::cli::{ListFormat, ListMarks};
use crate::command::Ending;
use crate::export::{marks_csv, opinions};
use crate::marks::{Mark, Standing};
use crate::study::NctId;
use crate::text;
use crate::worker::terminal;

pub(super) fn run(list: &ListMarks, out: &mut dyn Write) -> Result<Ending> {
    let collection = super::open(&list.collection)?;
    let marks = collection.marks();
    match list.format {
        ListFormat::Csv => out.write_all(marks_csv(marks).as_bytes())?,
        ListFormat::Json => {
            for opinion in opinions(marks) {
                writeln!(out, "{}", serde_json::to_string(&opinion)?)?;
            }
        }
        ListFormat::Table => {
            for (id, mark) in marks.iter() {
                let row = row(id, mark);
                match terminal::columns() {
                    Some(columns) => writeln!(out, "{}", text::cut(&row, columns))?,
                    None => writeln!(out, "{row}")?,
                }
            }
        }
    }
    Ok(if marks.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// `NCT00000102  exclude  wrong population  +liver  “a note”`.
fn row(id: NctId, mark: &Mark) -> String {
    let decision = match mark.standing() {
        Standing::Undecided => "-".to_owned(),
        Standing::Decided(decided) => decided.decision.to_string(),
        Standing::Disputed => "disputed".to_owned(),
    };
    let mut parts = vec![id.to_string(), text::pad(&decision, 8)];
    if mark.standing() == Standing::Disputed {
        let all = mark.decisions.iter().map(|it| format!("{}: {}", it.by, it.decision));
        parts.push(all.collect::<Vec<_>>().join(", "));
    }
    parts.extend(mark.reason().map(str::to_owned));
    let tags: Vec<String> = mark.tags.iter().map(|tag| format!("+{}", tag.name)).collect();
    parts.extend((!tags.is_empty()).then(|| tags.join(" ")));
    for note in &mark.notes {
        let on = note.passage.as_ref().map(|passage| format!(" on “{}”", passage.words));
        let note = format!("{}: “{}”{}", note.by, note.text, on.unwrap_or_default());
        parts.push(text::clean_line(&note).into_owned());
    }
    parts.extend((mark.seen && parts.len() == 2).then(|| "seen".to_owned()));
    parts.join("  ").trim_end().to_owned()
}
