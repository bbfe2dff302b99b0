//! The head of a comparison, which does not scroll: the studies that are compared.

use ratatui::layout::Rect;

use super::super::View;
use crate::store::StudyIdx;
use crate::study::Concept;
use crate::text::Tone;
use crate::ui::canvas::Canvas;

/// Its rows in a pane of so many rows: on a short screen the ids.
pub(super) fn height(pane: u16) -> u16 {
    if pane < 10 { 1.min(pane) } else { 4 }
}

/// Draws the id, the title, and what one wants to know first.
pub(super) fn draw(area: Rect, canvas: &mut Canvas, study: StudyIdx, view: &View) {
    let (store, theme) = (&view.session.store, canvas.theme);
    let (sign, style) = theme.status(store.code(study, Concept::Status).unwrap_or_default());
    let [status, phase, sponsor] =
        [Concept::Status, Concept::Phase, Concept::Lead].map(|concept| store.fact(study, concept));
    let lines = [
        (store.id(study).to_string(), theme.heading),
        (store.title(study).to_owned(), theme.tone(Tone::Strong)),
        (format!("{sign} {status} · {phase} · {sponsor}"), style),
    ];
    for (row, (words, style)) in area.rows().zip(lines) {
        canvas.line(row, &words, style);
    }
}
