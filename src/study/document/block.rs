//! A study as blocks of lines and tables. Knows no width.

use super::{Document, Part};
use crate::study::Study;
use crate::study::results::{Module, ResultsTable, Source};
use crate::study::value::{Detail, FieldValue};
use crate::text::{Block, Line, Tone, grouped};

/// How much of the posted results is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The first rows of every table; not what the groups are.
    #[default]
    Designed,
    /// Everything.
    Whole,
}

/// How many rows of a table are set where not all are.
const FIRST: usize = 12;

impl Document {
    /// The document as blocks: headings with [`Tone::Heading`], labels with [`Tone::Label`]; what is
    /// longer than a line stands free.
    pub fn blocks(&self, study: &Study, extent: Extent) -> Vec<Block> {
        let mut blocks = Vec::new();
        for part in &self.sections {
            let heading = Line::toned(part.section.title(), Tone::Heading);
            let before = (!blocks.is_empty()).then(Line::empty);
            blocks.push(Block::Lines(before.into_iter().chain([heading]).collect()));
            blocks.extend(part.blocks(study, extent).into_iter().map(|(_, block)| block));
        }
        blocks
    }
}

impl Part {
    /// The details as blocks, each with the number of the detail that it belongs to.
    pub fn blocks(&self, study: &Study, extent: Extent) -> Vec<(usize, Block)> {
        let mut blocks = Vec::new();
        let mut free = false;
        for (place, detail) in self.details.iter().enumerate() {
            let set = match &detail.value {
                FieldValue::Posted { module, .. } => posted(detail, *module, study, extent),
                _ => vec![Block::Lines(detail.lines())],
            };
            let long = !matches!(set.as_slice(), [Block::Lines(lines)] if lines.len() <= 1);
            if place > 0 && (long || free) {
                blocks.push((place, Block::Lines(vec![Line::empty()])));
            }
            free = long;
            blocks.extend(set.into_iter().map(|block| (place, block)));
        }
        blocks
    }
}

/// The tables of a module, under what is said of all of them.
fn posted(detail: &Detail, module: Module, study: &Study, extent: Extent) -> Vec<Block> {
    let mut lines = detail.lines();
    lines.extend(module.notes(study).iter().flat_map(Detail::lines));
    if extent == Extent::Whole {
        lines.extend(module.groups(study).iter().flat_map(Detail::lines));
    }
    let mut blocks = vec![Block::Lines(lines)];
    for source in module.sources(study) {
        blocks.extend(source.blocks(extent));
    }
    blocks
}

impl Source<'_> {
    /// The table under its title and its notes, a blank line in front.
    fn blocks(self, extent: Extent) -> Vec<Block> {
        let most = match extent {
            Extent::Designed => FIRST,
            Extent::Whole => usize::MAX,
        };
        let ResultsTable { title, notes, details, table, more, remarks } = self.table(most);
        let mut lines = vec![Line::empty(), Line::toned(title, Tone::Strong)];
        lines.extend(notes.iter().flat_map(Detail::lines));
        if extent == Extent::Whole {
            lines.extend(details.iter().flat_map(Detail::lines));
        }
        let mut below = Vec::new();
        if more > 0 {
            let noun = if more == 1 { "row" } else { "rows" };
            let words = format!(
                "{} more {noun}; “results tables” shows the table whole",
                grouped(more as u64)
            );
            below.push(Line::toned(words, Tone::Dim));
        }
        below.extend(remarks.iter().flat_map(Detail::lines));
        let mut blocks = vec![Block::Lines(lines)];
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
        if !below.is_empty() {
            blocks.push(Block::Lines(below));
        }
        blocks
    }
}
