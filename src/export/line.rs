//! A study on one line of text: some of its columns, as people read them.

use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text;

/// The columns of `study` side by side. All but the last are as wide as the table of concepts says; what is not
/// stated is left empty.
pub fn study_line(store: &Store, study: StudyIdx, columns: &[Concept]) -> String {
    let mut line = String::new();
    for (place, &concept) in columns.iter().enumerate() {
        let value = match concept {
            Concept::Title => store.title(study).to_owned(),
            _ => store.stated(study, concept).in_words().unwrap_or_default(),
        };
        let is_last = place + 1 == columns.len();
        match concept.definition().column {
            Some(column) if !is_last => {
                line.push_str(&text::pad(&value, column.width));
                line.push_str("  ");
            }
            _ => line.push_str(&value),
        }
    }
    line
}
