//! What is marked, as a list for other programs: a row or an object for each study and person.

use serde::Serialize;
use serde_json::json;

use super::csv::{Cells, Table};
use crate::marks::{Mark, Marks, Note, Passage};

/// What one person marked on one study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opinion<'a> {
    pub id: String,
    pub decision: Option<&'static str>,
    pub reason: Option<&'a str>,
    pub tags: Vec<&'a str>,
    pub note: Option<&'a str>,
    pub by: &'a str,
    pub at: String,
    /// Whether the decision ended a disagreement.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub settles: bool,
    /// The notes on passages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Noted<'a>>,
}

/// A note on a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted<'a> {
    pub note: &'a str,
    pub field: &'a str,
    pub words: &'a str,
}

/// Everything that is marked, by study and then by person. A study that was only seen is not among it.
pub fn opinions(marks: &Marks) -> impl Iterator<Item = Opinion<'_>> {
    marks.iter().flat_map(|(id, mark)| {
        mark.people().into_iter().map(move |by| opinion(&id.to_string(), mark, by))
    })
}

fn opinion<'a>(id: &str, mark: &'a Mark, by: &'a str) -> Opinion<'a> {
    let settled = mark.settled.as_ref().filter(|settled| settled.by == by);
    let decided = settled.or_else(|| mark.decided_by(by));
    let tags: Vec<_> = mark.tags.iter().filter(|tag| tag.by == by).collect();
    let notes: Vec<&Note> = mark.notes.iter().filter(|note| note.by == by).collect();
    let moments = decided.map(|it| it.at).into_iter();
    let moments = moments.chain(tags.iter().map(|it| it.at)).chain(notes.iter().map(|it| it.at));
    let passages = notes.iter().filter_map(|note| {
        let Passage { field, words } = note.passage.as_ref()?;
        Some(Noted { note: &note.text, field, words })
    });
    Opinion {
        id: id.to_owned(),
        decision: decided.map(|it| it.decision.name()),
        reason: decided.and_then(|it| it.reason.as_deref()),
        tags: tags.iter().map(|tag| tag.name.as_str()).collect(),
        note: mark.note_by(by),
        by,
        at: moments.max().map(|at| at.to_string()).unwrap_or_default(),
        settles: settled.is_some(),
        passages: passages.collect(),
    }
}

/// The same as CSV, for a spreadsheet.
pub fn marks_csv(marks: &Marks) -> String {
    let heading = ["id", "decision", "reason", "tags", "note", "by", "at", "passages"];
    let mut table = Table::new(heading.into_iter(), Cells::Harmless);
    for opinion in opinions(marks) {
        let tags = opinion.tags.join("|");
        // A cell holds one text, so the notes on passages stand in it as JSON has them.
        let passages = (!opinion.passages.is_empty()).then(|| json!(opinion.passages).to_string());
        let cells = [
            &opinion.id,
            opinion.decision.unwrap_or_default(),
            opinion.reason.unwrap_or_default(),
            &tags,
            opinion.note.unwrap_or_default(),
            opinion.by,
            &opinion.at,
            passages.as_deref().unwrap_or_default(),
        ];
        table.push(cells.into_iter());
    }
    table.finish()
}
