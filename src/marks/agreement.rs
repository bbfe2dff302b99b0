//! How far people agree on what they both decided, as reviewers report it: counts, percentage, Cohen's kappa.

use super::event::Decision;
use super::mark::{Decided, Marks, Standing};
use crate::study::NctId;

/// How far all people of a collection agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement<'a> {
    /// Each two people who decided on something, by their names.
    pub pairs: Vec<Pair<'a>>,
    /// What is not settled yet, by id.
    pub conflicts: Vec<Conflict<'a>>,
}

/// How far two people agree on the studies that both decided on.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair<'a> {
    pub people: [&'a str; 2],
    /// How often the first person decided the row and the second one the column, in the order of [`Decision::ALL`].
    pub counts: [[u32; 3]; 3],
}

/// A study on which people disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict<'a> {
    pub id: NctId,
    pub decisions: &'a [Decided],
}

impl<'a> Agreement<'a> {
    pub fn of(marks: &'a Marks) -> Self {
        let mut people: Vec<&str> = marks
            .iter()
            .flat_map(|(_, mark)| &mark.decisions)
            .map(|decided| decided.by.as_str())
            .collect();
        people.sort_unstable();
        people.dedup();
        let mut pairs = Vec::new();
        for (place, &first) in people.iter().enumerate() {
            let others = people[place + 1..].iter();
            pairs.extend(others.map(|&second| Pair::of(marks, [first, second])));
        }
        pairs.retain(|pair| pair.both() > 0);
        let disputed = marks.iter().filter(|(_, mark)| mark.standing() == Standing::Disputed);
        let conflicts = disputed.map(|(id, mark)| Conflict { id, decisions: &mark.decisions });
        Self { pairs, conflicts: conflicts.collect() }
    }
}

impl<'a> Pair<'a> {
    fn of(marks: &Marks, people: [&'a str; 2]) -> Self {
        let mut counts = [[0; 3]; 3];
        for (_, mark) in marks.iter() {
            if let [Some(first), Some(second)] = people.map(|by| mark.decided_by(by)) {
                counts[place(first.decision)][place(second.decision)] += 1;
            }
        }
        Self { people, counts }
    }

    /// On how many studies both decided.
    pub fn both(&self) -> u32 {
        self.counts.iter().flatten().sum()
    }

    /// On how many they agree.
    pub fn agreed(&self) -> u32 {
        (0..3).map(|place| self.counts[place][place]).sum()
    }

    /// Cohen's kappa over include, exclude and maybe; `None` where it has no value, because both always decided the same one.
    pub fn kappa(&self) -> Option<f64> {
        let both = f64::from(self.both());
        let by_chance: f64 = (0..3)
            .map(|place| {
                let row: u32 = self.counts[place].iter().sum();
                let column: u32 = self.counts.iter().map(|row| row[place]).sum();
                f64::from(row) / both * f64::from(column) / both
            })
            .sum();
        let agreed = f64::from(self.agreed()) / both;
        let kappa = (agreed - by_chance) / (1.0 - by_chance);
        kappa.is_finite().then_some(kappa)
    }
}

fn place(decision: Decision) -> usize {
    Decision::ALL.iter().position(|known| *known == decision).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_cohens() {
        let pair = |counts| Pair { people: ["a", "b"], counts };
        for (counts, kappa) in [
            // Worked examples: 50 grants read by two people; 0.4. And a table of three categories.
            ([[20, 5, 0], [10, 15, 0], [0, 0, 0]], Some(0.4)),
            ([[45, 15, 0], [25, 15, 0], [0, 0, 0]], Some(0.1304)),
            ([[25, 35, 0], [5, 35, 0], [0, 0, 0]], Some(0.2593)),
            ([[10, 0, 0], [0, 10, 0], [0, 0, 5]], Some(1.0)),
            ([[9, 3, 1], [4, 8, 2], [2, 1, 6]], Some(0.4507)),
            ([[7, 0, 0], [0, 0, 0], [0, 0, 0]], None),
            ([[0; 3]; 3], None),
        ] {
            let found = pair(counts).kappa();
            let near = match (found, kappa) {
                (Some(found), Some(kappa)) => f64::abs(found - kappa) < 0.00006,
                (found, kappa) => found == kappa,
            };
            assert!(near, "{counts:?}: {found:?}");
        }
    }
}
