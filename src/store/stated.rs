//! What one study states for one concept, as a value. Lists, tables and exports write it in their own way.

use serde::{Serialize, Serializer};

use super::{Store, StudyIdx};
use crate::study::concept::{Concept, Kind, Values};
use crate::study::{NctId, StatedDate, phases_in_words, terms};
use crate::text;

/// A value of the index. Texts are cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated<'a> {
    /// The study states nothing.
    Nothing,
    Id(NctId),
    Text(&'a str),
    /// Codes of the registry; the concept knows what they are called.
    Codes(Concept, Vec<&'a str>),
    Names(Vec<&'a str>),
    Date(StatedDate),
    Count(u32),
    /// In days.
    Age(u32),
}

impl Store {
    /// What `study` states for `concept`: of an id the NCT number, of a title the brief one.
    pub fn stated(&self, study: StudyIdx, concept: Concept) -> Stated<'_> {
        let labels = || self.labels(study, concept).collect::<Vec<_>>();
        let some = |texts: Vec<_>| Some(texts).filter(|texts: &Vec<&str>| !texts.is_empty());
        let stated = match (concept, concept.definition().kind) {
            (Concept::Id, _) => Some(Stated::Id(self.id(study))),
            (Concept::Title, _) => {
                Some(self.brief_title(study)).filter(|title| !title.is_empty()).map(Stated::Text)
            }
            (_, Kind::Codes(..)) => {
                some(self.codes(study, concept)).map(|codes| Stated::Codes(concept, codes))
            }
            (_, Kind::Names(_)) => some(labels()).map(Stated::Names),
            (_, Kind::Date(_)) => self.date(study, concept).map(Stated::Date),
            (_, Kind::Count(_)) => self.number(study, concept).map(Stated::Count),
            (_, Kind::Age(_)) => self.number(study, concept).map(Stated::Age),
            (_, Kind::Words(_) | Kind::Prose) => None,
        };
        stated.unwrap_or(Stated::Nothing)
    }

    /// The same in words that need no heading: `Phase not applicable`, `sponsor not stated`.
    pub fn fact(&self, study: StudyIdx, concept: Concept) -> String {
        match (concept, self.stated(study, concept)) {
            (Concept::Phase, Stated::Codes(_, codes)) if codes == [terms::NOT_APPLICABLE] => {
                "Phase not applicable".to_owned()
            }
            (_, stated) => {
                stated.in_words().unwrap_or_else(|| format!("{} not stated", concept.label()))
            }
        }
    }

    /// The registry's codes that `study` states for `concept`.
    pub fn codes(&self, study: StudyIdx, concept: Concept) -> Vec<&str> {
        self.labels(study, concept).map(|label| concept.code(label)).collect()
    }

    /// The first code that `study` states for `concept`.
    pub fn code(&self, study: StudyIdx, concept: Concept) -> Option<&str> {
        self.labels(study, concept).next().map(|label| concept.code(label))
    }
}

impl Stated<'_> {
    /// As people read it, in one line; `None` if nothing is stated.
    pub fn in_words(&self) -> Option<String> {
        Some(match self {
            Self::Nothing => return None,
            Self::Id(id) => id.to_string(),
            Self::Text(text) => (*text).to_owned(),
            Self::Codes(Concept::Phase, codes) => phases_in_words(codes),
            Self::Codes(concept, codes) => {
                let labels = codes.iter().map(|code| terms::label(concept.terms(), code));
                labels.collect::<Vec<_>>().join(", ")
            }
            Self::Names(names) => names.join(", "),
            Self::Date(stated) => stated.date.to_string(),
            Self::Count(count) => text::grouped(u64::from(*count)),
            Self::Age(days) => format!("{days} days"),
        })
    }

    /// As tables for machines have it, several values with `|` between them; empty if nothing is stated.
    pub fn in_cell(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Id(id) => id.to_string(),
            Self::Text(text) => (*text).to_owned(),
            Self::Codes(_, texts) | Self::Names(texts) => texts.join("|"),
            Self::Date(stated) => stated.date.to_string(),
            Self::Count(number) | Self::Age(number) => number.to_string(),
        }
    }

    /// As JSON has it; lists only for concepts of several values.
    pub fn serialize<S: Serializer>(
        &self,
        values: Values,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match (self, values) {
            (Self::Nothing, Values::Several) => serializer.collect_seq([(); 0]),
            (Self::Nothing, Values::One) => serializer.serialize_none(),
            (Self::Codes(_, texts) | Self::Names(texts), Values::Several) => {
                texts.serialize(serializer)
            }
            (Self::Codes(_, texts) | Self::Names(texts), Values::One) => {
                texts.first().serialize(serializer)
            }
            (Self::Count(number) | Self::Age(number), _) => serializer.serialize_u32(*number),
            (Self::Id(_) | Self::Text(_) | Self::Date(_), _) => {
                serializer.serialize_str(&self.in_cell())
            }
        }
    }
}
