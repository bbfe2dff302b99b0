//! `trialdex show`: writes whole studies.

use std::io::Write;

use anyhow::{Result, anyhow};

use super::Ending;
use crate::cli::{Show, ShowFormat};
use crate::export;
use crate::store::{RecordError, Store, StudyIdx};
use crate::text;
use crate::worker::terminal;

pub(super) fn run(show: &Show, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&show.data)?.store;
    let mut ending = Ending::Found;
    let columns = terminal::columns();
    let (mut between, mut unreadable) = ("", None);
    for id in &show.ids {
        let Some(study) = super::find(&store, id)? else {
            ending = Ending::Nothing;
            continue;
        };
        // One that cannot be read costs itself.
        let text = match form(&store, study, show.format, columns) {
            Ok(text) => text,
            Err(error) => {
                let error = anyhow!("{}: {error}", store.id(study));
                if let Some(before) = unreadable.replace(error) {
                    super::remark(&before.to_string());
                }
                continue;
            }
        };
        writeln!(out, "{between}{}", text.trim_end())?;
        if show.format != ShowFormat::Json {
            between = "\n";
        }
    }
    unreadable.map_or(Ok(ending), Err)
}

/// A study in a form; in text as wide as the terminal of so many `columns`, if there is one.
fn form(
    store: &Store,
    study: StudyIdx,
    format: ShowFormat,
    columns: Option<usize>,
) -> Result<String, RecordError> {
    Ok(match format {
        // In a file the record is to be what the registry published; a terminal must be spared
        // what could control it.
        ShowFormat::Json if columns.is_some() => {
            text::clean_text(&store.record(study)?).into_owned()
        }
        ShowFormat::Json => store.record(study)?,
        ShowFormat::Text => {
            export::text(&store.study(study)?, Some(columns.unwrap_or(80).min(100)))
        }
        ShowFormat::Markdown => export::markdown(&store.study(study)?),
    })
}
