//! `trialdex related`: lists the studies that share most with one study, and what they share.

use std::io::Write;

use anyhow::{Result, bail};

use super::{Ending, listing};
use crate::cli::{Related, RelatedFormat};
use crate::export::listing::{Cell, Columns, Entry, List, ListForm};
use crate::marks::Marks;
use crate::search::{self, Column, Nearness};

pub(super) fn run(related: &Related, out: &mut dyn Write) -> Result<Ending> {
    let own = &crate::cli::OF_RELATED;
    let columns = related.columns.as_deref().map(|names| Columns::read(names, own)).transpose()?;
    if columns.is_some() && related.format == RelatedFormat::Ids {
        bail!("--columns is for --format table, csv, tsv and json");
    }
    if columns.as_ref().is_some_and(|columns| columns.has(Column::Nearest)) {
        bail!("related trials have no column nearest: no place is asked for");
    }
    let store = super::open(&related.data)?.store;
    let Some(study) = super::find(&store, &related.id)? else { return Ok(Ending::Nothing) };
    let all = search::related(&store, study);
    let found = &all[..all.len().min(related.limit)];
    let form = match related.format {
        RelatedFormat::Table => Some(listing::table(all.len())),
        RelatedFormat::Json => Some(ListForm::Json),
        RelatedFormat::Csv => Some(ListForm::Csv),
        RelatedFormat::Tsv => Some(ListForm::Tsv),
        RelatedFormat::Ids => None,
    };
    if let Some(form) = form {
        let is_table = matches!(form, ListForm::Table(_));
        // What both share is in a table to read below each, unless columns are named.
        let has_below = is_table && columns.is_none();
        let usual = if is_table { "id,status,phase,title" } else { "nctId,title,reasons" };
        let columns = columns.map_or_else(|| Columns::read(usual, own), Ok)?;
        let marks = if columns.have_marks() {
            super::collection::open(&related.collection)?.marks().clone()
        } else {
            Marks::default()
        };
        let near = &Nearness::default();
        let list = List { store: &store, near, marks: &marks, columns: &columns };
        let entries = found.iter().map(|found| Entry {
            study: found.study,
            own: vec![Cell::texts(found.reasons.iter().map(ToString::to_string))],
            below: has_below.then(|| found.in_words()),
        });
        list.write(out, entries, form)?;
    } else {
        for found in found {
            writeln!(out, "{}", store.id(found.study))?;
        }
    }
    if found.is_empty() {
        let why = search::unrelated(&store, study);
        super::remark(&format!("{} is related to no trial here: {why}", store.id(study)));
        return Ok(Ending::Nothing);
    }
    Ok(Ending::Found)
}
