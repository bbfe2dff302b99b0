//! `trialdex related`: lists the studies that share most with one study, and what they share.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::Ending;
use crate::cli::{Related, RelatedFormat};
use crate::export::study_line;
use crate::search;
use crate::store::Store;
use crate::study::Concept;
use crate::text;
use crate::worker::terminal;

/// One line of `--format json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    nct_id: String,
    title: &'a str,
    reasons: Vec<String>,
}

pub(super) fn run(related: &Related, out: &mut dyn Write) -> Result<Ending> {
    let store = super::open(&related.data)?.store;
    let Some(study) = super::find(&store, &related.id)? else { return Ok(Ending::Nothing) };
    let mut found = search::related(&store, study);
    found.truncate(related.limit);
    for found in &found {
        match related.format {
            RelatedFormat::Ids => writeln!(out, "{}", store.id(found.study))?,
            RelatedFormat::Json => {
                let found = Found {
                    nct_id: store.id(found.study).to_string(),
                    title: store.brief_title(found.study),
                    reasons: found.reasons.iter().map(ToString::to_string).collect(),
                };
                writeln!(out, "{}", serde_json::to_string(&found)?)?;
            }
            RelatedFormat::Text => {
                for line in lines(&store, found) {
                    let line = match terminal::columns() {
                        Some(columns) => text::cut(&line, columns).into_owned(),
                        None => line,
                    };
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    if found.is_empty() {
        let why = search::unrelated(&store, study);
        super::remark(&format!("{} is related to no trial here: {why}", store.id(study)));
        return Ok(Ending::Nothing);
    }
    Ok(Ending::Found)
}

fn lines(store: &Store, found: &search::Related) -> [String; 2] {
    let study = found.study;
    let columns = [Concept::Id, Concept::Status, Concept::Phase, Concept::Title];
    let first = study_line(store, study, &columns);
    [first, format!("             {}", found.in_words())]
}
