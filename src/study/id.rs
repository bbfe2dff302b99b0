//! The identifier of a study at ClinicalTrials.gov.

use std::fmt;
use std::str::FromStr;

/// An NCT number: `NCT` and eight digits, held as the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NctId(u32);

/// Says that a text is no NCT number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is `NCT` and eight digits, as in NCT06825572")]
pub struct NotAnId;

impl NctId {
    /// The eight digits as a number.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The id whose eight digits are `number`; `None` when there are more than eight.
    pub fn from_number(number: u32) -> Option<Self> {
        (number <= 99_999_999).then_some(Self(number))
    }

    /// The page of the study at the registry.
    pub fn url(self) -> String {
        format!("https://clinicaltrials.gov/study/{self}")
    }
}

impl FromStr for NctId {
    type Err = NotAnId;

    /// Reads an id in any case, with white space around it.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        let prefix = text.get(..3).ok_or(NotAnId)?;
        let digits = &text[3..];
        let eight = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !prefix.eq_ignore_ascii_case("NCT") || !eight {
            return Err(NotAnId);
        }
        digits.parse().map(Self).map_err(|_| NotAnId)
    }
}

impl fmt::Display for NctId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NCT{:08}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_any_case_and_written_in_one() {
        for text in ["NCT00000102", "nct00000102", " Nct00000102\n"] {
            assert_eq!(text.parse::<NctId>().unwrap().to_string(), "NCT00000102");
        }
        for text in ["", "NCT", "NCT1", "NCT000001022", "XYZ00000102", "NCT0000010x", "ÄÄ00000102"]
        {
            assert_eq!(text.parse::<NctId>(), Err(NotAnId), "{text}");
        }
    }
}
