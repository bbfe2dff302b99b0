//! Two concepts at once: how many studies are in a group of one and in a group of the other.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::{Distribution, Group, distribution};
use crate::search::step::Step;
use crate::store::{Store, StudyIdx};
use crate::study::concept::{Concept, Form};

/// The groups of one concept against those of another. `None` is "not stated".
#[derive(Clone, Debug)]
pub struct CrossTable {
    pub rows: Distribution,
    pub columns: Distribution,
    cells: HashMap<[Option<Group>; 2], u32>,
}

/// What stands for "not stated" among keys. It is no key: no vocabulary is so large, and no age is so great.
const NOT_STATED: u32 = u32::MAX;

impl CrossTable {
    /// Counts `studies`; of names the `most` frequent are listed.
    pub(super) fn new(
        store: &Store,
        [row, column]: [Concept; 2],
        studies: &RoaringBitmap,
        most: usize,
    ) -> Self {
        let [rows, columns] =
            [row, column].map(|concept| distribution(store, concept, studies, most));
        // One number for each pair, so that equal ones stand together when they are in order.
        let (mut pairs, mut of_row, mut of_column) = (Vec::new(), Vec::new(), Vec::new());
        for study in studies.iter().map(StudyIdx) {
            keys(store, row, study, &mut of_row);
            keys(store, column, study, &mut of_column);
            for &row in &of_row {
                pairs.extend(
                    of_column.iter().map(|&column| u64::from(row) << 32 | u64::from(column)),
                );
            }
        }
        pairs.sort_unstable();
        let group =
            |concept, key| if key == NOT_STATED { None } else { Group::of_key(concept, key) };
        let cells = pairs.chunk_by(|one, other| one == other).map(|equal| {
            let [row_key, column_key] = [(equal[0] >> 32) as u32, equal[0] as u32];
            ([group(row, row_key), group(column, column_key)], equal.len() as u32)
        });
        Self { rows, columns, cells: cells.collect() }
    }

    /// How many studies are in both groups.
    pub fn studies(&self, row: Option<Group>, column: Option<Group>) -> u32 {
        self.cells.get(&[row, column]).copied().unwrap_or_default()
    }
}

/// The keys of the groups of one study, or [`NOT_STATED`].
fn keys(store: &Store, concept: Concept, study: StudyIdx, keys: &mut Vec<u32>) {
    keys.clear();
    match concept.definition().kind.form() {
        Form::Vocabulary => {
            keys.extend(store.vocabulary(concept).values(study).map(|value| value.0));
        }
        Form::Number => {
            keys.extend(store.number(study, concept).map(|number| Step::key(concept, number)));
        }
        Form::Record => (),
    }
    if keys.is_empty() {
        keys.push(NOT_STATED);
    }
}
