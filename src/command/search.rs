//! `trialdex search`: writes the studies that a query finds, one a line.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::{Ending, asked, listing};
use crate::cli::{Search, SearchFormat};
use crate::dataset;
use crate::export::listing::{Columns, Entry, List, ListForm};
use crate::export::{Origin, StudiesFormat, Writing, write_studies};
use crate::search::{Column, Found, Nearness, Query};
use crate::store::Store;
use crate::study::calendar;

pub(super) fn run(search: &Search, out: &mut dyn Write) -> Result<Ending> {
    let query = asked::query(&search.asked)?;
    let query = Query { sort: search.sort.unwrap_or(query.sort), ..query };
    let columns = search.columns.as_deref().map(|names| Columns::read(names, &[])).transpose()?;
    if columns.is_some() && matches!(form(search.format, 0), Form::References(_)) {
        bail!("--columns is for --format table, csv, tsv and json");
    }
    for word in search.asked.words().filter(|word| Path::new(word).is_file()) {
        super::remark(&format!("{word} is a file; -d {word} looks into it"));
    }
    let store = super::open(&search.data)?.store;
    let found = asked::found(&store, &query, &search.asked.collection)?;
    if let Some(columns) = &columns {
        listing::check_place(columns, found.near(), "near:Lyon in the query")?;
    }
    asked::tell(&store, &found);
    if search.count {
        writeln!(out, "{}", found.rows.len())?;
    } else {
        match form(search.format, found.rows.len()) {
            Form::List(form) => {
                let columns = columns.unwrap_or_else(|| usual(form, found.near()));
                let list = List { store: &store, near: found.near(), columns: &columns };
                if search.style.bom && matches!(form, ListForm::Csv | ListForm::Tsv) {
                    listing::write_mark(out)?;
                }
                let limit = search.limit.unwrap_or(usize::MAX);
                list.write(out, found.rows.iter().take(limit).map(Entry::from), form)?;
            }
            Form::References(format) => write(search, (&store, &query, &found), format, out)?,
        }
    }
    Ok(if found.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// How what was found is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    List(ListForm),
    References(StudiesFormat),
}

/// The form of a list of some of so many studies.
fn form(format: SearchFormat, of: usize) -> Form {
    match format {
        SearchFormat::Table => Form::List(listing::table(of)),
        SearchFormat::Json => Form::List(ListForm::Json),
        SearchFormat::Csv => Form::List(ListForm::Csv),
        SearchFormat::Tsv => Form::List(ListForm::Tsv),
        SearchFormat::Ris => Form::References(StudiesFormat::Ris),
        SearchFormat::Bibtex => Form::References(StudiesFormat::Bibtex),
        SearchFormat::Csl => Form::References(StudiesFormat::Csl),
        SearchFormat::Ids => Form::References(StudiesFormat::Ids),
    }
}

/// The columns where nobody names any. To read and in JSON, the nearest site is one where a place is asked for.
fn usual(form: ListForm, near: &Nearness) -> Columns {
    let is_near = !near.nearby.is_empty();
    match form {
        ListForm::Table(_) if is_near => {
            listing::named(&["id", "status", "phase", "updated", "nearest", "title"], &[])
        }
        ListForm::Table(_) => listing::named(&["id", "status", "phase", "updated", "title"], &[]),
        ListForm::Json if is_near => Columns::usual().and(Column::Nearest),
        ListForm::Json | ListForm::Csv | ListForm::Tsv => Columns::usual(),
    }
}

/// Writes what was found as references or ids.
fn write(
    search: &Search,
    (store, query, found): (&Store, &Query, &Found),
    format: StudiesFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let origin = Origin {
        dataset: dataset::name(&search.data.paths),
        query: query.to_string(),
        today: Some(calendar::today()),
    };
    let writing = Writing { origin, style: super::style(&search.style), ..Writing::from(format) };
    let studies = found.rows.iter().take(search.limit.unwrap_or(usize::MAX));
    Ok(write_studies(out, store, studies, &writing)?)
}
