//! Studies counted by what is marked on them: decisions, reasons, tags, and whether they were seen.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::{Dimension, Distribution, Group, nothing};
use crate::marks::Marks;
use crate::search::by_mark::MarkField;
use crate::store::{Store, StudyIdx};

/// What is marked in one field on each study.
pub(super) struct Marked {
    field: MarkField,
    /// Every value, in order.
    names: Vec<String>,
    /// The places of the values of a study among the names.
    of: HashMap<u32, Vec<u32>>,
}

impl Marked {
    pub(super) fn new(field: MarkField, store: &Store, marks: &Marks) -> Self {
        let all = || {
            let found = marks.iter().filter_map(|(id, mark)| Some((store.find(id)?, mark)));
            found.map(|(study, mark)| (study, field.values_of(mark)))
        };
        let mut names: Vec<&str> = all().flat_map(|(_, values)| values).collect();
        names.sort_by_cached_key(|name| (field.rank(name), *name));
        names.dedup();
        let places: HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (study, values) in all() {
            if !values.is_empty() {
                let places = values.into_iter().map(|value| places[value]);
                of.entry(study.0).or_default().extend(places);
            }
        }
        Self { field, names: names.into_iter().map(str::to_owned).collect(), of }
    }

    /// The places of the values of a study.
    pub(super) fn values(&self, study: StudyIdx) -> &[u32] {
        self.of.get(&study.0).map_or(&[], Vec::as_slice)
    }

    /// Decisions in their own order, other values with the `most` frequent first.
    pub(super) fn distribution(self, studies: &RoaringBitmap, most: usize) -> Distribution {
        let (mut counts, mut having) = (vec![0_u32; self.names.len()], 0);
        for (_, values) in self.of.iter().filter(|(study, _)| studies.contains(**study)) {
            having += 1;
            for &value in values {
                counts[value as usize] += 1;
            }
        }
        let mut groups: Vec<(Group, u32)> =
            (0..).map(Group::Mark).zip(counts).filter(|&(_, count)| count > 0).collect();
        let mut others = 0;
        if self.field != MarkField::Decision {
            groups.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            others = groups.len().saturating_sub(most);
            groups.truncate(most);
        }
        Distribution {
            studies: studies.len() as u32,
            groups,
            others,
            not_stated: studies.len() as u32 - having,
            names: self.names,
            ..nothing(Dimension::Mark(self.field))
        }
    }
}
