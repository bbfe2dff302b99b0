//! `trialdex show`: studies in full.

use std::io::Write;

use anyhow::Result;

use super::Ending;
use crate::cli::{Show, ShowFormat};
use crate::export;
use crate::text;
use crate::worker::terminal;

pub(super) fn run(show: &Show, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&show.data)?.store;
    let mut ending = Ending::Found;
    let columns = terminal::columns();
    let mut between = "";
    for id in &show.ids {
        let Some(study) = super::find(&store, id)? else {
            ending = Ending::Nothing;
            continue;
        };
        let text = match show.format {
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
        };
        writeln!(out, "{between}{}", text.trim_end())?;
        if show.format != ShowFormat::Json {
            between = "\n";
        }
    }
    Ok(ending)
}
