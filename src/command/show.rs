//! `trialdex show`: writes whole studies.

use std::io::Write;

use anyhow::{Result, anyhow};

use super::Ending;
use crate::cli::{Show, ShowFormat};
use crate::export;
use crate::store::RecordError;
use crate::study::Study;
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
        let versions = if show.all_versions { store.versions(study) } else { 1 };
        for newer in 0..versions {
            // One that cannot be read costs itself.
            let json = store.version(study, newer);
            let text = match json.and_then(|json| form(json, show.format, columns)) {
                Ok(text) => text,
                Err(error) => {
                    let error = anyhow!("{}: {error}", store.id(study));
                    if let Some(before) = unreadable.replace(error) {
                        super::remark(&before.to_string());
                    }
                    continue;
                }
            };
            write!(out, "{between}")?;
            if show.all_versions && show.format != ShowFormat::Json {
                writeln!(out, "Version {} of {versions}\n", versions - newer)?;
            }
            writeln!(out, "{}", text.trim_end())?;
            if show.format != ShowFormat::Json {
                between = "\n";
            }
        }
    }
    unreadable.map_or(Ok(ending), Err)
}

/// A record in a form; in text as wide as the terminal of so many `columns`, if there is one.
fn form(json: String, format: ShowFormat, columns: Option<usize>) -> Result<String, RecordError> {
    Ok(match format {
        // In a file the record is to be what the registry published; a terminal must be spared
        // what could control it.
        ShowFormat::Json if columns.is_some() => text::clean_text(&json).into_owned(),
        ShowFormat::Json => json,
        ShowFormat::Text => {
            export::text(&Study::parse(&json)?, Some(columns.unwrap_or(80).min(100)))
        }
        ShowFormat::Markdown => export::markdown(&Study::parse(&json)?),
    })
}
