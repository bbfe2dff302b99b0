//! Counts as records state them: how many participants, sites or arms.

use super::Certainty;

/// A count with what its record says of its certainty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedCount {
    pub count: u32,
    pub certainty: Certainty,
}

impl StatedCount {
    /// The greatest count that a code has room for.
    pub const GREATEST: u32 = (1 << Certainty::SHIFT) - 2;

    /// A count of which no certainty is stated.
    pub fn new(count: u32) -> Self {
        Self { count, certainty: Certainty::Unstated }
    }

    /// The count and its certainty in 32 bits. `None` for a count beyond [`StatedCount::GREATEST`].
    pub fn to_code(self) -> Option<u32> {
        (self.count <= Self::GREATEST).then(|| self.count | self.certainty.bits())
    }

    /// What [`to_code`](Self::to_code) gave; `None` for any other number.
    pub fn from_code(code: u32) -> Option<Self> {
        let count = code & !Certainty::MASK;
        let certainty = Certainty::of_code(code)?;
        (count <= Self::GREATEST).then_some(Self { count, certainty })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_the_certainty() {
        for count in [0, 1, 3_239_950, StatedCount::GREATEST] {
            for certainty in [Certainty::Unstated, Certainty::Actual, Certainty::Estimated] {
                let stated = StatedCount { count, certainty };
                assert_eq!(StatedCount::from_code(stated.to_code().unwrap()), Some(stated));
            }
        }
        assert_eq!(StatedCount::new(StatedCount::GREATEST + 1).to_code(), None);
        assert_eq!(StatedCount::from_code(u32::MAX), None);
    }
}
