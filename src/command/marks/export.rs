//! `trialdex marks export`: the marked trials in a form that others read.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::cli::{ExportFormat, ExportMarks};
use crate::command::{self, Ending};
use crate::dataset;
use crate::export::{Notes, Origin, Preset, StudiesFormat, TablesForm, Writing, write_studies};
use crate::marks::Mark;
use crate::study::calendar;
use crate::text::grouped;

pub(super) fn run(export: &ExportMarks, out: &mut dyn Write) -> Result<Ending> {
    let output = export.tables.output.as_deref();
    command::tables::check(export.format == ExportFormat::Aact, output)?;
    let collection = super::open(&export.collection)?;
    let is_wanted = |mark: &Mark| {
        export.decision.is_empty()
            || export.decision.iter().any(|wanted| wanted.get() == mark.decision())
    };
    let wanted = collection.marks().iter().filter(|(_, mark)| is_wanted(mark));
    let ids: Vec<_> = wanted.map(|(id, _)| id).collect();
    if export.format == ExportFormat::Collection {
        if collection.marks().is_empty() {
            return Ok(Ending::Nothing);
        }
        let path = collection.path();
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        out.write_all(&bytes)?;
        return Ok(Ending::Found);
    }
    let store = command::open(&export.data)?.store;
    let studies: Vec<_> = ids.iter().filter_map(|&id| store.find(id)).collect();
    if studies.len() < ids.len() {
        let gone = grouped((ids.len() - studies.len()) as u64);
        command::remark(&format!(
            "{gone} of the marked trials are not in the dataset, so not written"
        ));
    }
    let mut query = vec![format!("collection {}", collection.name)];
    query.extend(export.decision.iter().map(|wanted| {
        format!("decision:{}", wanted.get().map_or("none", crate::marks::Decision::name))
    }));
    let origin = Origin {
        dataset: dataset::name(&export.data.paths),
        query: query.join(" "),
        today: Some(calendar::today()),
    };
    let ending = if studies.is_empty() { Ending::Nothing } else { Ending::Found };
    let Some(format) = format(export.format, export.notes) else {
        let studies = studies.iter().copied();
        command::tables::write((TablesForm::Csv, output), &store, studies, &origin, out)?;
        return Ok(ending);
    };
    let writing = Writing {
        format,
        origin,
        marks: Some(Arc::new(collection.marks().clone())),
        style: command::style(&export.style),
    };
    write_studies(out, &store, studies.iter().copied(), &writing)?;
    Ok(ending)
}

/// The form as one text; `None` for tables.
fn format(format: ExportFormat, notes: bool) -> Option<StudiesFormat> {
    Some(match format {
        ExportFormat::Ris => StudiesFormat::Ris,
        ExportFormat::Bibtex => StudiesFormat::Bibtex,
        ExportFormat::Csl => StudiesFormat::Csl,
        ExportFormat::Csv => StudiesFormat::Csv,
        ExportFormat::Tsv => StudiesFormat::Tsv,
        ExportFormat::Asreview => StudiesFormat::For(Preset::Asreview),
        ExportFormat::Rayyan => StudiesFormat::For(Preset::Rayyan),
        ExportFormat::Covidence => StudiesFormat::For(Preset::Covidence),
        ExportFormat::Ndjson => StudiesFormat::Ndjson,
        ExportFormat::Markdown => StudiesFormat::Markdown,
        ExportFormat::Html if notes => StudiesFormat::Page(Notes::Written),
        ExportFormat::Html => StudiesFormat::Page(Notes::LeftOut),
        ExportFormat::Ids | ExportFormat::Collection => StudiesFormat::Ids,
        ExportFormat::Aact => return None,
    })
}
