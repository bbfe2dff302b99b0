//! What one study states for one concept, as a value. Lists, tables and exports write it in their own way.

use serde::{Serialize, Serializer};

use super::{Store, StudyIdx};
use crate::study::concept::{Concept, Kind, Values};
use crate::study::{Age, NctId, StatedCount, StatedDate, phases_in_words, terms};
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
    Count(StatedCount),
    Age(Age),
    /// The limits of an age, of which one is stated at least.
    Ages {
        minimum: Option<Age>,
        maximum: Option<Age>,
    },
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
            (_, Kind::Count(_)) => self.count(study, concept).map(Stated::Count),
            (_, Kind::Age(_)) => self.age(study, concept).map(Stated::Age),
            (_, Kind::AgeLimits) => {
                let minimum = self.age(study, Concept::MinimumAge);
                let maximum = self.age(study, Concept::MaximumAge);
                minimum.or(maximum).map(|_| Stated::Ages { minimum, maximum })
            }
            (_, Kind::Words(_) | Kind::Passages(_) | Kind::Prose) => None,
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
            Self::Count(stated) => text::grouped(u64::from(stated.count)),
            Self::Age(age) => age.to_string(),
            Self::Ages { minimum, maximum } => match (minimum, maximum) {
                (Some(minimum), Some(maximum)) => format!("{minimum} to {maximum}"),
                (Some(minimum), None) => format!("from {minimum}"),
                (None, Some(maximum)) => format!("up to {maximum}"),
                (None, None) => return None,
            },
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
            Self::Count(stated) => stated.count.to_string(),
            Self::Age(age) => age.as_registered(),
            Self::Ages { .. } => self.in_words().unwrap_or_default(),
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
            (Self::Count(stated), _) => serializer.serialize_u32(stated.count),
            (Self::Id(_) | Self::Text(_) | Self::Date(_) | Self::Age(_) | Self::Ages { .. }, _) => {
                serializer.serialize_str(&self.in_cell())
            }
        }
    }
}
