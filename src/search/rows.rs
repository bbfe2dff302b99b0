//! The studies of an answer in their order. Where they stand in groups, no list of all of them is made.

use std::ops::Range;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::store::StudyIdx;

/// Studies in an order. Cloning it copies none of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows(Arc<Order>);

#[derive(Clone, Debug, PartialEq)]
enum Order {
    /// Classes one after the other, none of them empty, with the number of studies up to the end of each;
    /// within one, studies stand in the order of the store.
    Classes(Vec<(usize, RoaringBitmap)>),
    Listed(Vec<StudyIdx>),
}

impl Default for Order {
    fn default() -> Self {
        Self::Classes(Vec::new())
    }
}

impl Rows {
    /// Studies of which those of a class stand before those of the next; no study is in two.
    pub fn in_classes(classes: impl IntoIterator<Item = RoaringBitmap>) -> Self {
        let mut end = 0;
        let classes = classes.into_iter().filter(|studies| !studies.is_empty());
        let ended = classes.map(|studies| {
            end += studies.len() as usize;
            (end, studies)
        });
        Self(Arc::new(Order::Classes(ended.collect())))
    }

    pub fn listed(studies: Vec<StudyIdx>) -> Self {
        Self(Arc::new(Order::Listed(studies)))
    }

    /// The studies, whatever their order.
    pub(super) fn studies(&self) -> RoaringBitmap {
        match &*self.0 {
            Order::Classes(classes) => {
                classes.iter().fold(RoaringBitmap::new(), |all, (_, studies)| all | studies)
            }
            Order::Listed(studies) => {
                let last = studies.iter().max().map_or(0, |last| last.0 as usize);
                let mut marks = vec![0_u8; last / 8 + 1];
                for study in studies {
                    marks[study.0 as usize / 8] |= 1 << (study.0 % 8);
                }
                RoaringBitmap::from_lsb0_bytes(0, &marks)
            }
        }
    }

    pub fn len(&self) -> usize {
        match &*self.0 {
            Order::Classes(classes) => classes.last().map_or(0, |(end, _)| *end),
            Order::Listed(studies) => studies.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, row: usize) -> Option<StudyIdx> {
        match &*self.0 {
            Order::Classes(classes) => {
                let class = classes.partition_point(|(end, _)| *end <= row);
                let (end, studies) = classes.get(class)?;
                studies.select((row - (end - studies.len() as usize)) as u32).map(StudyIdx)
            }
            Order::Listed(studies) => studies.get(row).copied(),
        }
    }

    /// The row of `study`.
    pub fn position(&self, study: StudyIdx) -> Option<usize> {
        match &*self.0 {
            Order::Classes(classes) => {
                let (end, studies) =
                    classes.iter().find(|(_, studies)| studies.contains(study.0))?;
                Some(end - studies.len() as usize + studies.rank(study.0) as usize - 1)
            }
            Order::Listed(studies) => studies.iter().position(|&listed| listed == study),
        }
    }

    pub fn iter(&self) -> RowsIter<'_> {
        let studies: Box<dyn Iterator<Item = StudyIdx>> = match &*self.0 {
            Order::Classes(classes) => {
                Box::new(classes.iter().flat_map(|(_, studies)| studies.iter()).map(StudyIdx))
            }
            Order::Listed(studies) => Box::new(studies.iter().copied()),
        };
        RowsIter { studies, left: self.len() }
    }

    /// Those of the rows whose studies are among these, in their order.
    pub(super) fn only(&self, studies: &RoaringBitmap) -> Self {
        match &*self.0 {
            Order::Classes(classes) => {
                Self::in_classes(classes.iter().map(|(_, class)| class & studies))
            }
            Order::Listed(listed) => {
                let listed = listed.iter().copied();
                Self::listed(listed.filter(|study| studies.contains(study.0)).collect())
            }
        }
    }

    /// The row of each study, by its place in the store, where no classes say it; 0 for a study that is in no row.
    pub(super) fn ranks(&self) -> Option<Vec<u32>> {
        let Order::Listed(listed) = &*self.0 else { return None };
        let last = listed.iter().max().map_or(0, |last| last.0 as usize);
        let mut ranks = vec![0; last + 1];
        for (row, study) in (0..).zip(listed) {
            ranks[study.0 as usize] = row;
        }
        Some(ranks)
    }

    /// The studies of the rows in `range`, as far as there are any.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = StudyIdx> {
        range.map_while(|row| self.get(row))
    }
}

/// Walks over the rows.
pub struct RowsIter<'a> {
    studies: Box<dyn Iterator<Item = StudyIdx> + 'a>,
    left: usize,
}

impl Iterator for RowsIter<'_> {
    type Item = StudyIdx;

    fn next(&mut self) -> Option<StudyIdx> {
        self.left = self.left.saturating_sub(1);
        self.studies.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for RowsIter<'_> {}

impl<'a> IntoIterator for &'a Rows {
    type Item = StudyIdx;
    type IntoIter = RowsIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_in_classes_are_those_of_a_list(classes in prop::collection::vec(0..4_usize, 0..300)) {
            let class = |wanted: usize| -> RoaringBitmap {
                let studies = classes.iter().zip((0..).step_by(997));
                studies.filter(|(class, _)| **class == wanted).map(|(_, study)| study).collect()
            };
            let rows = Rows::in_classes((0..4).map(class));
            let list: Vec<StudyIdx> = (0..4).flat_map(class).map(StudyIdx).collect();
            let listed = Rows::listed(list.clone());
            for rows in [&rows, &listed] {
                prop_assert_eq!(rows.studies(), list.iter().map(|study| study.0).collect());
                prop_assert_eq!(rows.iter().collect::<Vec<_>>(), &list[..]);
                prop_assert_eq!((rows.len(), rows.is_empty()), (list.len(), list.is_empty()));
                prop_assert_eq!(rows.get(list.len()), None);
                prop_assert_eq!(rows.position(StudyIdx(1)), None);
                for (row, &study) in list.iter().enumerate() {
                    prop_assert_eq!(rows.get(row), Some(study));
                    prop_assert_eq!(rows.position(study), Some(row));
                }
                let some: RoaringBitmap = list.iter().map(|it| it.0).filter(|it| it % 2 == 0).collect();
                let only: Vec<_> = list.iter().copied().filter(|it| it.0 % 2 == 0).collect();
                prop_assert_eq!(rows.only(&some).iter().collect::<Vec<_>>(), only);
                let ranks = rows.ranks();
                let is_its_row = |ranks: &[u32]| {
                    list.iter().enumerate().all(|(row, it)| ranks[it.0 as usize] as usize == row)
                };
                prop_assert!(ranks.is_none_or(|ranks| is_its_row(&ranks)));
                let middle: Vec<_> = rows.range(10..20).collect();
                prop_assert_eq!(middle, list.iter().skip(10).take(10).copied().collect::<Vec<_>>());
            }
        }
    }
}
