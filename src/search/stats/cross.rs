//! Two dimensions at once: how many studies are in a group of one and in a group of the other.

use std::collections::HashMap;

use super::by_mark::Marked;
use super::{Dimension, Distribution, Group, Statistics};
use crate::search::step::Step;
use crate::store::{Store, StudyIdx};
use crate::study::concept::{Concept, Form};

/// The groups of one dimension against those of another. `None` is "not stated".
#[derive(Clone, Debug)]
pub struct CrossTable {
    pub rows: Distribution,
    pub columns: Distribution,
    cells: HashMap<[Option<Group>; 2], u32>,
}

/// What stands for "not stated" among keys. It is no key: no vocabulary is so large, and no age is so great.
const NOT_STATED: u32 = u32::MAX;

impl CrossTable {
    /// Counts the studies; of names the `most` frequent are listed.
    pub(super) fn new(counted: &Statistics, by: [Dimension; 2], most: usize) -> Self {
        let store = counted.store;
        let [rows, columns] = by.map(|by| counted.by(by, most));
        let [row, column] = by.map(|by| match by {
            Dimension::Concept(concept) => Side::Concept(concept),
            Dimension::Mark(field) => Side::Mark(Marked::new(field, store, counted.marks)),
        });
        // One number for each pair, so that equal ones stand together when they are in order.
        let (mut pairs, mut of_row, mut of_column) = (Vec::new(), Vec::new(), Vec::new());
        for study in counted.studies.iter().map(StudyIdx) {
            row.keys(store, study, &mut of_row);
            column.keys(store, study, &mut of_column);
            for &row in &of_row {
                pairs.extend(
                    of_column.iter().map(|&column| u64::from(row) << 32 | u64::from(column)),
                );
            }
        }
        pairs.sort_unstable();
        let cells = pairs.chunk_by(|one, other| one == other).map(|equal| {
            let [row_key, column_key] = [(equal[0] >> 32) as u32, equal[0] as u32];
            ([row.group(row_key), column.group(column_key)], equal.len() as u32)
        });
        Self { rows, columns, cells: cells.collect() }
    }

    /// How many studies are in both groups.
    pub fn studies(&self, row: Option<Group>, column: Option<Group>) -> u32 {
        self.cells.get(&[row, column]).copied().unwrap_or_default()
    }
}

/// One of the two dimensions.
enum Side {
    Concept(Concept),
    Mark(Marked),
}

impl Side {
    /// Fills `keys` with the keys of the groups of one study, or with [`NOT_STATED`].
    fn keys(&self, store: &Store, study: StudyIdx, keys: &mut Vec<u32>) {
        keys.clear();
        match self {
            Self::Mark(marked) => keys.extend(marked.values(study)),
            &Self::Concept(concept) => match concept.definition().kind.form() {
                Form::Vocabulary => {
                    keys.extend(store.vocabulary(concept).values(study).map(|value| value.0));
                }
                Form::Number => {
                    let number = store.number(study, concept);
                    keys.extend(number.map(|number| Step::key(concept, number)));
                }
                Form::Record => (),
            },
        }
        if keys.is_empty() {
            keys.push(NOT_STATED);
        }
    }

    fn group(&self, key: u32) -> Option<Group> {
        match self {
            _ if key == NOT_STATED => None,
            Self::Mark(_) => Some(Group::Mark(key)),
            Self::Concept(concept) => Group::of_key(*concept, key),
        }
    }
}
