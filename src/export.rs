//! Studies and comparisons as text that leaves the program: one file a format. Everything that goes
//! out has been cleaned. Knows nothing of files and terminals.

mod json;
mod markdown;
mod text;

pub use json::comparison_json;
pub use markdown::{comparison_markdown, markdown};
pub use text::{comparison_text, text};

use crate::compare::{ComparedPart, ComparedRow, Comparison, Verdict};

/// Which rows of a comparison are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    #[default]
    All,
    /// Only the fields in which the studies are not equal.
    Differences,
}

impl Rows {
    /// The parts that have such rows, with these rows.
    fn of(
        self,
        comparison: &Comparison,
    ) -> impl Iterator<Item = (&ComparedPart, Vec<&ComparedRow>)> {
        let chosen = move |row: &&ComparedRow| self.include(row);
        let parts = comparison.parts.iter();
        let parts = parts.map(move |part| (part, part.rows.iter().filter(chosen).collect()));
        parts.filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty())
    }

    fn include(self, row: &ComparedRow) -> bool {
        match self {
            Self::All => true,
            Self::Differences => row.verdict != Verdict::Equal,
        }
    }
}

/// What is said where no row is left.
const SAME: &str = "No field differs.";

/// What stands where a study does not state a field.
const NOT_STATED: &str = "not stated";
