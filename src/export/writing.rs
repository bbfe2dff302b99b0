//! How studies are written: in which form, with what is said of where they come from and what is marked on them.

use std::sync::Arc;

use super::reference::Reference;
use super::{StudiesFormat, TitleChoice};
use crate::marks::{Decided, Decision, Mark, Marks, Passage, Standing};
use crate::study::PartialDate;

/// How studies are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    pub format: StudiesFormat,
    pub origin: Origin,
    /// What is marked on them, if that is written too.
    pub marks: Option<Arc<Marks>>,
    pub style: Style,
}

/// Where studies come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// What the dataset is called.
    pub dataset: String,
    /// The query that found them.
    pub query: String,
    /// The day on which they are written.
    pub today: Option<PartialDate>,
}

/// How references look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    pub title: TitleChoice,
    /// Whether the id stands before the title, for tools that keep no id.
    pub id_in_title: bool,
    /// The type of RIS records.
    pub ris_type: String,
    /// Whether the abstract has what people screen by behind the summary.
    pub with_parts: bool,
    /// Whether tables begin with a byte order mark.
    pub bom: bool,
}

impl Default for Style {
    fn default() -> Self {
        let ris_type = "DBASE".to_owned();
        Self {
            title: TitleChoice::default(),
            id_in_title: false,
            ris_type,
            with_parts: true,
            bom: false,
        }
    }
}

impl Style {
    /// The title of a reference; the id alone where there is none.
    pub(super) fn title(&self, reference: &Reference) -> String {
        let title = reference.title(self.title);
        if self.id_in_title && title != reference.id {
            format!("{}: {title}", reference.id)
        } else {
            title.to_owned()
        }
    }
}

impl From<StudiesFormat> for Writing {
    fn from(format: StudiesFormat) -> Self {
        Self { format, origin: Origin::default(), marks: None, style: Style::default() }
    }
}

impl Origin {
    /// `From ctg.json, 28 Nov 2026, query: liver`; empty if nothing is known.
    pub(super) fn in_words(&self) -> String {
        let mut parts = Vec::new();
        parts.extend((!self.dataset.is_empty()).then(|| format!("from {}", self.dataset)));
        parts.extend(self.today.map(|today| today.to_string()));
        parts.extend((!self.query.is_empty()).then(|| format!("query: {}", self.query)));
        let origin = crate::text::clean_line(&parts.join(", ")).into_owned();
        if parts.is_empty() { origin } else { format!("Exported {origin}") }
    }
}

/// What is marked on a study, a line each: `Decision by Ana: exclude (wrong population)`. `marks import` reads it.
pub(super) fn remarks(mark: &Mark) -> Vec<String> {
    let one = |text: &str| crate::text::clean_line(text).into_owned();
    let mut lines = Vec::new();
    let open = mark.decisions.iter().map(|decided| ("Decision", decided));
    let settled = mark.settled.iter().map(|decided| ("Decision settled", decided));
    for (what, Decided { by, decision, reason, .. }) in open.chain(settled) {
        let reason = reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        lines.push(format!("{what} by {by}: {decision}{reason}"));
    }
    if !mark.tags.is_empty() {
        let names: Vec<&str> = mark.tags.iter().map(|tag| tag.name.as_str()).collect();
        lines.push(format!("Tags: {}", names.join(", ")));
    }
    for note in &mark.notes {
        let on = |passage: &Passage| format!(" [on {}: “{}”]", passage.field, passage.words);
        let on = note.passage.as_ref().map(on);
        lines.push(one(&format!("Note by {}: {}{}", note.by, note.text, on.unwrap_or_default())));
    }
    lines
}

/// What ASReview takes for the decision: 1, 0, or nothing.
pub(super) fn label(mark: Option<&Mark>) -> &'static str {
    match mark.map(Mark::standing) {
        Some(Standing::Decided(decided)) if decided.decision == Decision::Include => "1",
        Some(Standing::Decided(decided)) if decided.decision == Decision::Exclude => "0",
        _ => "",
    }
}
