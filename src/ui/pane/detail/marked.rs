//! What is marked on a trial, as lines for the top of its text.

mod changed;

use crate::marks::{Decided, Mark, Note, Passage, Standing};
use crate::store::{Store, StudyIdx};
use crate::study::Study;
use crate::study::passage::field_with;
use crate::text::{self, Line, Span, Tone};

/// The decision, the tags and the notes, and first what has changed in the record since somebody looked at it. `record` is
/// `None` where it cannot be read.
pub(super) fn lines(
    mark: &Mark,
    (store, study): (&Store, StudyIdx),
    record: Option<&Study>,
) -> Vec<Line> {
    let mut lines = changed::lines(mark, (store, study), record);
    lines.extend(decision(mark));
    let tags: Vec<&str> = mark.tags.iter().map(|tag| tag.name.as_str()).collect();
    if !tags.is_empty() {
        lines.push(labelled("Tags", &tags.join(", ")));
    }
    let is_shared = mark.people().len() > 1;
    lines.extend(mark.notes.iter().flat_map(|note| of_note(note, record, is_shared)));
    lines
}

/// What was decided; by whom, where several people did.
fn decision(mark: &Mark) -> Option<Line> {
    if let Some(settled) = &mark.settled {
        let words = format!("{}, settled by {}", in_words(settled), settled.by);
        return Some(labelled("Decision", &words));
    }
    let words: Vec<String> = match mark.decisions.as_slice() {
        [] => return None,
        [only] => vec![in_words(only)],
        many => many.iter().map(|it| format!("{} ({})", in_words(it), it.by)).collect(),
    };
    let label = match mark.standing() {
        Standing::Disputed => "Decisions, which differ",
        Standing::Undecided | Standing::Decided(_) => "Decision",
    };
    Some(labelled(label, &words.join("; ")))
}

/// `exclude, wrong population`.
fn in_words(Decided { decision, reason, .. }: &Decided) -> String {
    reason.as_ref().map_or_else(|| decision.to_string(), |reason| format!("{decision}, {reason}"))
}

/// What became of the words of a note, if they do not stand where they stood.
fn fate(passage: &Passage, record: &Study) -> String {
    match field_with(record, &passage.words, &passage.field) {
        Some(field) if field.label == passage.field || passage.field.is_empty() => String::new(),
        Some(field) => format!(", which stands under {} now", field.label),
        None => ", words that are not in the record any more".to_owned(),
    }
}

/// A note with the words that it is on, and what became of them; by whom, where several people marked the trial.
fn of_note(note: &Note, record: Option<&Study>, is_shared: bool) -> Vec<Line> {
    let mut label = "Note".to_owned();
    if is_shared {
        label = format!("{label} by {}", note.by);
    }
    if let Some(passage) = &note.passage {
        let fate = record.map(|record| fate(passage, record)).unwrap_or_default();
        label = format!("{label} on “{}”{fate}", passage.words);
    }
    let mut texts = note.text.lines();
    let first = labelled(&label, texts.next().unwrap_or_default());
    let others = texts.map(|text| Line::plain(text::clean_line(text)).indented(2));
    std::iter::once(first).chain(others).collect()
}

fn labelled(label: &str, text: &str) -> Line {
    let label = Span::new(format!("{}: ", text::clean_line(label)), Tone::Label);
    let text = Span::new(text::clean_line(text), Tone::Plain);
    Line { spans: vec![label, text], ..Line::default() }
}
