//! The studies of a list that one goes through while one of them is read.

use crate::store::StudyIdx;

/// A list of studies, and which of them is read. There is always one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    studies: Vec<StudyIdx>,
    at: usize,
}

impl Trail {
    /// The study at `at` among `studies`; `None` when there is none.
    pub fn new(studies: Vec<StudyIdx>, at: usize) -> Option<Self> {
        (at < studies.len()).then_some(Self { studies, at })
    }

    /// The study that is read.
    pub fn study(&self) -> StudyIdx {
        self.studies[self.at]
    }

    /// Whether there is no other study to go to.
    pub fn is_alone(&self) -> bool {
        self.studies.len() == 1
    }

    /// Goes to the study `by` places further on, as far as there are any.
    pub fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.studies.len() - 1);
    }
}

impl From<StudyIdx> for Trail {
    fn from(study: StudyIdx) -> Self {
        Self { studies: vec![study], at: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_at_both_ends_of_the_list() {
        let studies: Vec<StudyIdx> = [2, 3, 1].map(StudyIdx).into();
        assert_eq!(Trail::new(studies.clone(), 3), None);
        let mut trail = Trail::new(studies, 1).unwrap();
        let mut read = vec![trail.study().0];
        for by in [1, 1, -2, -1] {
            trail.step(by);
            read.push(trail.study().0);
        }
        assert_eq!(read, [3, 1, 1, 2, 2]);
        assert!(!trail.is_alone() && Trail::from(StudyIdx(7)).is_alone());
    }
}
