//! The head of a comparison, which does not scroll: the studies that are compared.

use ratatui::layout::Rect;

use crate::compare::Comparison;
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text::Tone;
use crate::ui::canvas::Canvas;

/// What stands over one column: what one wants to know first.
pub(super) struct Head {
    id: String,
    title: String,
    status: String,
    phase: String,
    sponsor: String,
}

/// Its rows in a pane of so many rows: on a short screen the ids.
pub(super) fn height(pane: u16) -> u16 {
    if pane < 10 { 1.min(pane) } else { 4 }
}

impl Head {
    pub(super) fn of_study(store: &Store, study: StudyIdx) -> Self {
        let [status, phase, sponsor] = [Concept::Status, Concept::Phase, Concept::Lead]
            .map(|concept| store.fact(study, concept));
        let (id, title) = (store.id(study).to_string(), store.title(study).to_owned());
        Self { id, title, status, phase, sponsor }
    }

    /// The same of an older record, of which the store knows nothing but its text.
    pub(super) fn of_version(comparison: &Comparison, place: usize) -> Self {
        let said = |name: &str| {
            let row = comparison.rows().find(|row| row.name == name);
            let line = row.and_then(|row| row.values[place].in_line());
            line.unwrap_or_else(|| format!("{name} not stated"))
        };
        let id = comparison.ids[place].clone();
        let [title, status, phase, sponsor] = ["title", "status", "phase", "sponsor"].map(said);
        Self { id, title, status, phase, sponsor }
    }

    pub(super) fn draw(&self, area: Rect, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let Self { id, title, status, phase, sponsor } = self;
        let (sign, style) = theme.status(Concept::Status.code(status));
        let lines = [
            (id.clone(), theme.heading),
            (title.clone(), theme.tone(Tone::Strong)),
            (format!("{sign} {status} · {phase} · {sponsor}"), style),
        ];
        for (row, (words, style)) in area.rows().zip(lines) {
            canvas.line(row, &words, style);
        }
    }
}
