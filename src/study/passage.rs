//! Words of a record: in which field they stand. It compares words alone, so that neither the numbers of lists nor line
//! breaks count. What the words are wanted for it does not know.

use super::field::{FIELDS, Field};
use super::record::Study;
use crate::text::{self, Line};

/// The field in which these words stand one after the other, with its label before them or without; the one with this
/// label, if they stand there too.
pub fn field_with(record: &Study, words: &str, label: &str) -> Option<&'static Field> {
    let folded = text::fold(words);
    let wanted: Vec<&str> = text::words(&folded).collect();
    if wanted.is_empty() {
        return None;
    }
    let has_them = |field: &&Field| {
        // The numbers of lists are not in the texts of lines.
        let lines: Vec<String> = field.value(record).lines().iter().map(Line::text).collect();
        let said = text::fold(&format!("{} {}", field.label, lines.join(" ")));
        let said: Vec<&str> = text::words(&said).collect();
        !lines.is_empty() && said.windows(wanted.len()).any(|window| window == wanted)
    };
    let mut named = FIELDS.iter().filter(|field| field.label == label);
    named.find(has_them).or_else(|| FIELDS.iter().find(has_them))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::made::made;

    #[test]
    fn words_are_found_whatever_stands_between_them() {
        let record = made(1).title("Cells for the liver");
        let record = record
            .at(
                "eligibilityModule.eligibilityCriteria",
                "Inclusion Criteria:\n\n* Adults of 18 years\n* Able to  walk",
            )
            .at("descriptionModule.briefSummary", "Adults are treated.");
        let record = Study::parse(&record.json()).unwrap();
        let label = |words: &str, label: &str| field_with(&record, words, label).map(|it| it.label);
        let criteria = label("adults OF 18 years", "").unwrap();
        assert_eq!(label("Able to walk", criteria), Some(criteria));
        let summary = label("Adults are treated", "").unwrap();
        assert_ne!(summary, criteria);
        // The same words may stand in several fields.
        assert_eq!(label("Adults", criteria), Some(criteria));
        assert_eq!(label("Adults", summary), Some(summary));
        for words in ["", "…", "walk adults", "able walk", "adults of 19 years"] {
            assert_eq!(label(words, criteria), None, "{words}");
        }
    }
}
