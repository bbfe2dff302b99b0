//! `trialdex marks export`: the marked trials in a form that others read.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::cli::{ExportFormat, ExportMarks};
use crate::command::{self, Ending};
use crate::dataset;
use crate::export::{
    Notes, Origin, Preset, StudiesFormat, TablesForm, Writing, is_formula, write_studies,
};
use crate::marks::Mark;
use crate::store::{Store, StudyIdx};
use crate::study::calendar;
use crate::text::{self, grouped};

pub(super) fn run(export: &ExportMarks, out: &mut dyn Write) -> Result<Ending> {
    let output = export.tables.output.as_deref();
    let format = format(export.format, export.notes);
    let tables = match format {
        Form::Tables(form) => Some(form),
        Form::Text(_) => None,
    };
    command::tables::check(tables, output)?;
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
    let format = match format {
        Form::Text(format) => format,
        Form::Tables(form) => {
            let studies = studies.iter().copied();
            command::tables::write((form, output), &store, studies, &origin, out)?;
            return Ok(ending);
        }
    };
    warn(format, &store, &studies);
    let writing = Writing {
        format,
        origin,
        marks: Some(Arc::new(collection.marks().clone())),
        style: command::style(&export.style),
    };
    write_studies(out, &store, studies.iter().copied(), &writing)?;
    Ok(ending)
}

/// Says what somebody should know of a form before it is opened elsewhere.
fn warn(format: StudiesFormat, store: &Store, studies: &[StudyIdx]) {
    let is_exact = matches!(format, StudiesFormat::For(_) | StudiesFormat::Tsv);
    let is_odd = |study: &&StudyIdx| {
        is_formula(store.title(**study)) || is_formula(store.official_title(**study))
    };
    let odd = studies.iter().filter(is_odd).count() as u64;
    if is_exact && odd > 0 {
        let titles = text::counted(odd, "title");
        command::remark(&format!(
            "{titles} could be run as a formula: open this file in its tool and not in a spreadsheet"
        ));
    }
    let is_for_covidence =
        matches!(format, StudiesFormat::Ris | StudiesFormat::For(Preset::Covidence));
    if is_for_covidence && studies.len() > COVIDENCE {
        let most = grouped(COVIDENCE as u64);
        command::remark(&format!("Covidence reads at most {most} references of one file"));
    }
}

/// So many references Covidence reads of one file.
const COVIDENCE: usize = 15_000;

/// How trials are written: as one text, or as a folder of tables.
#[derive(Clone, Copy, Debug)]
enum Form {
    Text(StudiesFormat),
    Tables(TablesForm),
}

fn format(format: ExportFormat, notes: bool) -> Form {
    Form::Text(match format {
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
        ExportFormat::Aact => return Form::Tables(TablesForm::Csv),
        ExportFormat::Parquet => return Form::Tables(TablesForm::Parquet),
    })
}
