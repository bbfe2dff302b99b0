//! Where the quarters of numbers lie. Between two numbers it is the share of the way from one to the other, as most
//! spreadsheets have it.

use std::fmt;

use crate::study::StatedCount;
use crate::text;

/// The least and the greatest of some numbers, and what divides them into quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quartiles {
    /// How many studies state a number.
    pub studies: u32,
    pub least: u32,
    pub lower: Quarters,
    pub median: Quarters,
    pub upper: Quarters,
    pub greatest: u32,
}

/// A number in quarters of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarters(u64);

impl Quartiles {
    /// Of the codes of counts; `None` if there is none.
    pub(super) fn of(codes: &[u32]) -> Option<Self> {
        let counts = codes.iter().filter_map(|&code| StatedCount::from_code(code));
        Self::among(counts.map(|stated| stated.count).collect())
    }

    fn among(mut numbers: Vec<u32>) -> Option<Self> {
        let end = numbers.len().checked_sub(1)?;
        let mut at = |place: usize| *numbers.select_nth_unstable(place).1;
        let mut quarter = |quarters: usize| {
            let (place, beyond) = (end * quarters / 4, (end * quarters % 4) as u64);
            let [this, next] = [place, (place + 1).min(end)].map(|place| u64::from(at(place)));
            Quarters(this * (4 - beyond) + next * beyond)
        };
        let [lower, median, upper] = [1, 2, 3].map(&mut quarter);
        let [least, greatest] = [at(0), at(end)];
        Some(Self { studies: numbers.len() as u32, least, lower, median, upper, greatest })
    }
}

impl Quarters {
    /// The number, if it has no fraction.
    pub fn whole(self) -> Option<u64> {
        self.0.is_multiple_of(4).then_some(self.0 / 4)
    }

    /// The number, with a fraction if it has one.
    pub fn value(self) -> f64 {
        let whole = u32::try_from(self.0 / 4).unwrap_or(u32::MAX);
        let quarters = u8::try_from(self.0 % 4).unwrap_or_default();
        f64::from(whole) + f64::from(quarters) / 4.0
    }
}

impl fmt::Display for Quarters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::grouped(self.0 / 4))?;
        f.write_str(["", ".25", ".5", ".75"][(self.0 % 4) as usize])
    }
}

impl fmt::Display for Quartiles {
    /// `median 60, quartiles 30 and 140, from 0 to 3,000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { least, lower, median, upper, greatest, .. } = self;
        let [least, greatest] = [*least, *greatest].map(|count| text::grouped(u64::from(count)));
        write!(f, "median {median}, quartiles {lower} and {upper}, from {least} to {greatest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_lie_where_spreadsheets_have_them() {
        for (numbers, said) in [
            (&[7][..], "median 7, quartiles 7 and 7, from 7 to 7"),
            (&[4, 1], "median 2.5, quartiles 1.75 and 3.25, from 1 to 4"),
            (&[3, 1, 2], "median 2, quartiles 1.5 and 2.5, from 1 to 3"),
            (&[40, 10, 30, 20], "median 25, quartiles 17.5 and 32.5, from 10 to 40"),
            (&[0, 0, 0, 4000, 1], "median 0, quartiles 0 and 1, from 0 to 4,000"),
        ] {
            assert_eq!(Quartiles::among(numbers.to_vec()).unwrap().to_string(), said);
        }
        assert_eq!(Quartiles::among(Vec::new()), None);
        assert_eq!(Quarters(7).value().to_string(), "1.75");
    }
}
