//! The registry's search areas: what each of its boxes asks, as fields of this program. A word of an area is one that any
//! of its fields has.

use crate::study::Concept;

/// One of the registry's search areas that is more than a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    Basic,
    Condition,
    Intervention,
    Title,
    Location,
    Patient,
}

/// What is known of an area.
#[derive(Debug)]
pub struct AreaDefinition {
    pub area: Area,
    /// What stands before the colon: the registry's name of its parameter, where it has one that is free.
    pub prefix: &'static str,
    /// The registry's name of the area.
    pub code: &'static str,
    pub fields: &'static [Concept],
    /// What the registry looks into besides.
    pub lacks: &'static str,
}

/// What the basic search looks into. That of patients looks into the same without the ids, which stand first.
const ANYWHERE: &[Concept] = &[
    Concept::Id,
    Concept::Acronym,
    Concept::Title,
    Concept::Condition,
    Concept::Keyword,
    Concept::Intervention,
    Concept::Mesh,
    Concept::Sponsor,
    Concept::Facility,
    Concept::City,
    Concept::State,
    Concept::Country,
    Concept::Outcome,
    Concept::BriefSummary,
];
const LACKED_ANYWHERE: &str = "codes, arms, descriptions of interventions, contacts and officials";

/// Every area, in the order of [`Area`].
pub const AREAS: &[AreaDefinition] = &[
    AreaDefinition {
        area: Area::Basic,
        prefix: "term",
        code: "BasicSearch",
        fields: ANYWHERE,
        lacks: LACKED_ANYWHERE,
    },
    AreaDefinition {
        area: Area::Condition,
        prefix: "condition-search",
        code: "ConditionSearch",
        fields: &[
            Concept::Condition,
            Concept::Title,
            Concept::ConditionTree,
            Concept::Keyword,
            Concept::Id,
        ],
        lacks: "",
    },
    AreaDefinition {
        area: Area::Intervention,
        prefix: "intr",
        code: "InterventionSearch",
        fields: &[
            Concept::Intervention,
            Concept::Title,
            Concept::InterventionTree,
            Concept::Keyword,
        ],
        lacks: "types of interventions and arms, arms, descriptions of both",
    },
    AreaDefinition {
        area: Area::Title,
        prefix: "titles",
        code: "TitleSearch",
        fields: &[Concept::Acronym, Concept::Title],
        lacks: "",
    },
    AreaDefinition {
        area: Area::Location,
        prefix: "locn",
        code: "LocationSearch",
        fields: &[Concept::Facility, Concept::City, Concept::State, Concept::Country, Concept::Zip],
        lacks: "",
    },
    AreaDefinition {
        area: Area::Patient,
        prefix: "patient",
        code: "PatientSearch",
        fields: ANYWHERE.split_at(1).1,
        lacks: LACKED_ANYWHERE,
    },
];

impl Area {
    pub fn definition(self) -> &'static AreaDefinition {
        &AREAS[self as usize]
    }

    pub fn all() -> impl Iterator<Item = Self> {
        AREAS.iter().map(|definition| definition.area)
    }

    /// What stands before the colon.
    pub fn name(self) -> &'static str {
        self.definition().prefix
    }

    pub fn from_prefix(prefix: &str) -> Option<Self> {
        Self::all().find(|area| area.name().eq_ignore_ascii_case(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_its_prefixes_are_free() {
        for (place, definition) in AREAS.iter().enumerate() {
            assert_eq!(definition.area as usize, place);
            assert_eq!(Concept::from_prefix(definition.prefix), None);
            let mut fields = definition.fields.to_vec();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), definition.fields.len());
        }
    }
}
