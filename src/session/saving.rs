//! Saving to files: the comparison, a study, all that was found; with what is marked on them.

use std::path::Path;
use std::sync::Arc;

use super::{Content, FileName, Session, Task, from_home};
use crate::export::{ComparisonFormat, Origin, Report, StudiesFormat, Writing};
use crate::search::Query;
use crate::store::StudyIdx;
use crate::study::NctId;
use crate::text;

/// How wide a comparison is that is saved as plain text.
const SAVED_COLUMNS: usize = 120;

/// `trialdex-NCT00000102-NCT00000106` and how it ends.
fn file_name(parts: &[String], extension: &'static str) -> FileName {
    FileName { stem: format!("trialdex-{}", parts.join("-")), extension }
}

impl Session {
    /// Saves a comparison in a form.
    pub fn save_comparison(&mut self, report: &Report, format: ComparisonFormat) {
        // Of a version the date stands behind the id.
        let id = |column: &String| column.split(' ').next().and_then(|id| id.parse::<NctId>().ok());
        let ids = report.comparison.ids.iter().map(id);
        let ids: Vec<_> =
            ids.map(|id| id.map_or("trial".to_owned(), |id| id.to_string())).collect();
        let dataset = self.dataset.clone();
        let origin = Origin { dataset, query: String::new(), today: self.today };
        let report = Report { origin, ..report.clone() };
        self.start(Task::Save {
            name: file_name(&ids, format.extension()),
            what: format!("the comparison of {}", report.title()),
            content: Content::Text(report.in_form(format, SAVED_COLUMNS)),
        });
    }

    /// Saves studies in a form: one, or as many as are given.
    pub fn save_studies(&mut self, studies: Vec<StudyIdx>, format: StudiesFormat) {
        let (what, stem) = match studies.as_slice() {
            [only] => (self.store.id(*only).to_string(), self.store.id(*only).to_string()),
            many => {
                let count = text::grouped(many.len() as u64);
                (format!("{count} trials"), format!("{}-trials", many.len()))
            }
        };
        let name = file_name(&[stem], format.extension());
        let (dataset, query) = (self.dataset.clone(), self.query.to_string());
        let origin = Origin { dataset, query, today: self.today };
        let marks = (!self.marks.is_empty()).then(|| Arc::clone(&self.marks));
        let writing = Box::new(Writing { origin, marks, ..format.into() });
        self.start(Task::Save { name, what, content: Content::Studies(studies, writing) });
    }

    /// Writes the query and what it finds down in a new file, as a review reports a search. Whom the trials suit and how the
    /// list is grouped are not part of that.
    pub fn record_search(&mut self, path: &str) {
        if let Some(error) = &self.error {
            let reason = format!("the query makes no sense yet: {error}");
            return self.fail(reason);
        }
        if self.waits_for_the_rest("what is written down") {
            return;
        }
        if self.awaits_prose() {
            return self.fail("the prose is still being indexed; write the search down after that");
        }
        let query = Query { profile: None, group: None, ..self.query.clone() };
        let (path, typed) = (from_home(Path::new(path)), self.text.trim().to_owned());
        self.start(Task::Record { path, query: Box::new(query), typed });
    }

    /// Keeps that somebody was greeted.
    pub fn keep_greeted(&mut self) {
        self.start(Task::KeepGreeted);
    }

    /// Keeps the columns of the list for the next start.
    pub fn keep_columns(&mut self) {
        self.start(Task::KeepColumns(self.columns.clone()));
    }
}
