//! Tables of studies in a folder of their own, for the commands that write studies.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::export::{Origin, TablesForm, TablesWritten, write_tables};
use crate::store::{Store, StudyIdx};
use crate::text::{clean_line, grouped};
use crate::worker::folder;

/// Says before anything is read what is wrong with a form of tables or with `--output`, which other forms have no use for.
pub(super) fn check(form: Option<TablesForm>, output: Option<&Path>) -> Result<()> {
    if form.is_some_and(|form| !form.is_built()) {
        bail!("this trialdex was built without Parquet: cargo install trialdex --features parquet");
    }
    let is_tables = form.is_some();
    match output {
        None if is_tables => bail!("tables are a folder of files: name it with --output DIR"),
        Some(path) if is_tables && path.symlink_metadata().is_ok() => {
            let name = clean_line(&path.display().to_string()).into_owned();
            bail!("{name}: it is there already; name a folder that is not there")
        }
        Some(_) if !is_tables => {
            bail!("--output names the folder of tables; this form goes to standard output: > FILE")
        }
        _ => Ok(()),
    }
}

/// Writes the tables, and says what was written.
pub(super) fn write(
    (form, output): (TablesForm, Option<&Path>),
    store: &Store,
    studies: impl Iterator<Item = StudyIdx>,
    origin: &Origin,
    out: &mut dyn Write,
) -> Result<()> {
    let path = output.context("tables need a folder")?;
    let name = clean_line(&path.display().to_string()).into_owned();
    let written = folder::write(path, |open| write_tables(form, store, studies, origin, open));
    let TablesWritten { tables, studies, rows } = written.with_context(|| name.clone())?;
    let (studies, rows) = (grouped(studies), grouped(rows));
    writeln!(out, "wrote {tables} tables of {studies} trials, {rows} rows, in {name}")?;
    Ok(())
}
