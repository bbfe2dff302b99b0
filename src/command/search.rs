//! `trialdex search`: writes the studies that a query finds, one a line.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{Ending, asked, listing, record};
use crate::cli::{Search, SearchFormat, StyleArguments, TablesArguments};
use crate::dataset;
use crate::export::listing::{Columns, Entry, List, ListForm};
use crate::export::{Notes, Origin, StudiesFormat, TablesForm, Writing, write_studies};
use crate::marks::Marks;
use crate::search::{Column, Nearness, Query, Sorts, Translation, as_registry};
use crate::store::{Store, StudyIdx};
use crate::study::calendar;

pub(super) fn run(search: &mut Search, out: &mut dyn Write) -> Result<Ending> {
    record::check(search.recording.record.as_deref())?;
    if let Some(path) = search.recording.from_record.take() {
        return record::repeat(search, &path, out);
    }
    let search = &*search;
    check(search.format, &search.tables)?;
    let query = asked::query(&search.asked, search.data.config.as_deref())?;
    if search.sort.is_some() && query.sort != Sorts::default() {
        super::remark("--sort counts, and not the sort: of the query");
    }
    if search.count && (search.format != SearchFormat::Table || search.limit.is_some()) {
        super::remark(
            "--count writes the number of all that were found; --format and --limit do not count",
        );
    }
    let query = Query { sort: search.sort.unwrap_or(query.sort), ..query };
    if search.as_registry {
        return write_as_registry(&query, out);
    }
    let columns = columns(search.columns.as_deref(), search.format)?;
    for word in search.asked.words().filter(|word| Path::new(word).is_file()) {
        super::remark(&format!("{word} is a file; -d {word} looks into it"));
    }
    let dataset = super::open(&search.data)?;
    let store = &*dataset.store;
    asked::prepare(store, &query, &search.data.paths, search.data.keeping)?;
    let has_marks = columns.as_ref().is_some_and(Columns::have_marks);
    let marks = asked::marks(&query, &search.asked.collection, has_marks)?;
    let found = asked::found_marked(store, &marks, &query)?;
    if let Some(columns) = &columns {
        listing::check_place(columns, found.near(), "near:Lyon in the query")?;
    }
    asked::tell(store, &found);
    if let Some(path) = &search.recording.record {
        record::write(&dataset, &query, search, path)?;
    }
    if search.count {
        writeln!(out, "{}", found.rows.len())?;
    } else {
        let written = Written {
            store,
            near: found.near(),
            marks: &marks,
            query: &query,
            paths: &search.data.paths,
            format: search.format,
            columns,
            style: &search.style,
            output: search.tables.output.as_deref(),
        };
        let limit = search.limit.unwrap_or(usize::MAX);
        written.write(found.rows.iter().take(limit), found.rows.len(), out)?;
    }
    Ok(if found.rows.is_empty() { Ending::Nothing } else { Ending::Found })
}

/// Writes the query as the registry would be asked; found is one that has a counterpart as a whole.
fn write_as_registry(query: &Query, out: &mut dyn Write) -> Result<Ending> {
    let today = query.today.unwrap_or_else(calendar::today);
    let Translation { expression, left_out } = as_registry(query, today);
    for part in &left_out {
        super::remark(&format!("left out: {part}"));
    }
    if !expression.is_empty() || left_out.is_empty() {
        writeln!(out, "{expression}")?;
    }
    Ok(if left_out.is_empty() { Ending::Found } else { Ending::Nothing })
}

/// The columns that somebody names for a form that has columns.
pub(super) fn columns(names: Option<&str>, format: SearchFormat) -> Result<Option<Columns>> {
    let columns = names.map(|names| Columns::read(names, &[])).transpose()?;
    if columns.is_some() && !matches!(form(format, 0), Form::List(_)) {
        bail!("--columns is for --format table, csv, tsv and json");
    }
    Ok(columns)
}

/// Says before anything is read what is wrong with the form or its folder.
pub(super) fn check(format: SearchFormat, arguments: &TablesArguments) -> Result<()> {
    let tables = match form(format, 0) {
        Form::Tables(form) => Some(form),
        Form::List(_) | Form::References(_) => None,
    };
    super::tables::check(tables, arguments.output.as_deref())
}

/// How studies are written, and what is said of where they come from.
pub(super) struct Written<'a> {
    pub(super) store: &'a Store,
    pub(super) near: &'a Nearness,
    pub(super) marks: &'a Marks,
    pub(super) query: &'a Query,
    pub(super) paths: &'a [PathBuf],
    pub(super) format: SearchFormat,
    pub(super) columns: Option<Columns>,
    pub(super) style: &'a StyleArguments,
    /// The folder of tables.
    pub(super) output: Option<&'a Path>,
}

impl Written<'_> {
    /// Writes studies, which are all or some `of` so many.
    pub(super) fn write(
        self,
        studies: impl Iterator<Item = StudyIdx>,
        of: usize,
        out: &mut dyn Write,
    ) -> Result<()> {
        let Self { store, near, marks, query, paths, style, output, .. } = self;
        let origin = || Origin {
            dataset: dataset::name(paths),
            query: query.to_string(),
            today: Some(calendar::today()),
        };
        match form(self.format, of) {
            Form::List(form) => {
                let columns = self.columns.unwrap_or_else(|| usual(form, near));
                let list = List { store, near, marks, columns: &columns };
                if style.bom && matches!(form, ListForm::Csv | ListForm::Tsv) {
                    listing::write_mark(out)?;
                }
                list.write(out, studies.map(Entry::from), form)?;
            }
            Form::References(format) => {
                let style = super::style(style);
                let writing = Writing { origin: origin(), style, ..Writing::from(format) };
                write_studies(out, store, studies, &writing)?;
            }
            Form::Tables(form) => {
                super::tables::write((form, output), store, studies, &origin(), out)?;
            }
        }
        Ok(())
    }
}

/// How what was found is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    List(ListForm),
    References(StudiesFormat),
    Tables(TablesForm),
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
        SearchFormat::Html => Form::References(StudiesFormat::Page(Notes::LeftOut)),
        SearchFormat::Ids => Form::References(StudiesFormat::Ids),
        SearchFormat::Aact => Form::Tables(TablesForm::Csv),
        SearchFormat::Parquet => Form::Tables(TablesForm::Parquet),
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
