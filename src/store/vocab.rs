//! The table of vocabularies: which fields of a study can be searched and filtered, and where they
//! stand in its record. A new searchable field is one entry here.

use crate::study::summary::Summary;
use crate::study::terms::{self, Term};

/// A field whose distinct values are indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vocab {
    Id,
    Acronym,
    Title,
    Condition,
    Keyword,
    Intervention,
    Sponsor,
    Collaborator,
    Status,
    Phase,
    StudyType,
    SponsorClass,
    Sex,
    Results,
    InterventionType,
    Country,
    City,
    Mesh,
    Mention,
}

/// What the values of a vocabulary are like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One of few codes, shown by their words.
    Closed(&'static [Term]),
    /// Names and terms that registrants wrote.
    Open,
    /// The single words of a text; the text itself is kept elsewhere.
    Words,
}

/// Whether a word without a prefix looks here too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Any word.
    Everywhere,
    /// Only a word with this vocabulary's prefix.
    ByPrefix,
}

/// Gives each value of one field of a record to a function.
pub(super) type Read = fn(&Summary, &mut dyn FnMut(&str));

/// What the table says of one vocabulary.
#[derive(Debug)]
pub struct Entry {
    pub vocab: Vocab,
    /// What stands before the colon in a query; the first is the canonical one.
    pub prefixes: &'static [&'static str],
    /// What the screen calls it.
    pub label: &'static str,
    pub kind: Kind,
    pub reach: Reach,
    /// Gives each value that the record states, as it states it.
    pub read: Read,
}

/// `hasResults`, in the manner of the registry's vocabularies.
const RESULTS: &[Term] =
    &[Term { code: "YES", label: "Posted" }, Term { code: "NO", label: "Not posted" }];

macro_rules! vocabularies {
    ($($vocab:ident [$($prefix:literal)+] $label:literal $kind:expr, $reach:ident, $read:expr;)*) => {
        /// Every vocabulary, in the order of [`Vocab`].
        pub const VOCABULARIES: &[Entry] = &[$(Entry {
            vocab: Vocab::$vocab,
            prefixes: &[$($prefix),+],
            label: $label,
            kind: $kind,
            reach: Reach::$reach,
            read: $read,
        }),*];
    };
}

vocabularies! {
    Id ["id" "nct"] "id" Kind::Open, Everywhere, |study, give| {
        let identification = &study.protocol.identification;
        let secondary = identification.secondary_ids.0.iter().map(|info| &info.id);
        let ids = [&identification.nct_id, &identification.org_study_id.id].into_iter();
        ids.chain(&identification.aliases.0).chain(secondary).filter_map(|id| id.get()).for_each(give);
    };
    Acronym ["acronym"] "acronym" Kind::Open, Everywhere, |study, give| {
        study.protocol.identification.acronym.get().into_iter().for_each(give);
    };
    Title ["title"] "title" Kind::Words, Everywhere, |study, give| {
        let identification = &study.protocol.identification;
        // A title is found by what is shown of it.
        let titles = [identification.brief_title.plain(), identification.official_title.plain()];
        titles.into_iter().filter(|title| !title.is_empty()).for_each(give);
    };
    Condition ["cond" "condition"] "condition" Kind::Open, Everywhere, |study, give| {
        study.protocol.conditions.conditions.texts().for_each(give);
    };
    Keyword ["kw" "keyword"] "keyword" Kind::Open, Everywhere, |study, give| {
        study.protocol.conditions.keywords.texts().for_each(give);
    };
    Intervention ["drug" "intervention" "treatment"] "intervention" Kind::Open, Everywhere, |study, give| {
        for intervention in &study.protocol.arms.interventions.0 {
            intervention.name.get().into_iter().chain(intervention.other_names.texts()).for_each(&mut *give);
        }
    };
    Sponsor ["sponsor"] "sponsor" Kind::Open, Everywhere, |study, give| {
        study.protocol.sponsors.lead.name.get().into_iter().for_each(give);
    };
    Collaborator ["collab" "collaborator"] "collaborator" Kind::Open, ByPrefix, |study, give| {
        let collaborators = &study.protocol.sponsors.collaborators.0;
        collaborators.iter().filter_map(|agency| agency.name.get()).for_each(give);
    };
    Status ["status"] "status" Kind::Closed(terms::STATUS), ByPrefix, |study, give| {
        study.protocol.status.overall.get().into_iter().for_each(give);
    };
    Phase ["phase"] "phase" Kind::Closed(terms::PHASE), ByPrefix, |study, give| {
        study.protocol.design.phases.texts().for_each(give);
    };
    StudyType ["type"] "study type" Kind::Closed(terms::STUDY_TYPE), ByPrefix, |study, give| {
        study.protocol.design.study_type.get().into_iter().for_each(give);
    };
    SponsorClass ["class"] "sponsor class" Kind::Closed(terms::AGENCY_CLASS), ByPrefix, |study, give| {
        study.protocol.sponsors.lead.class.get().into_iter().for_each(give);
    };
    Sex ["sex"] "sex" Kind::Closed(terms::SEX), ByPrefix, |study, give| {
        study.protocol.eligibility.sex.get().into_iter().for_each(give);
    };
    Results ["results"] "results" Kind::Closed(RESULTS), ByPrefix, |study, give| {
        study.has_results.0.map(|has| if has { "YES" } else { "NO" }).into_iter().for_each(give);
    };
    InterventionType ["kind"] "intervention type" Kind::Closed(terms::INTERVENTION_TYPE), ByPrefix, |study, give| {
        let interventions = &study.protocol.arms.interventions.0;
        interventions.iter().filter_map(|intervention| intervention.kind.get()).for_each(give);
    };
    Country ["country"] "country" Kind::Open, ByPrefix, |study, give| {
        let locations = &study.protocol.contacts.locations.0;
        locations.iter().filter_map(|location| location.country.get()).for_each(give);
    };
    City ["city"] "city" Kind::Open, ByPrefix, |study, give| {
        let locations = &study.protocol.contacts.locations.0;
        locations.iter().filter_map(|location| location.city.get()).for_each(give);
    };
    // Those above a term too, so that `mesh:neoplasms` is every kind of them.
    Mesh ["mesh"] "MeSH term" Kind::Open, ByPrefix, |study, give| {
        study.mesh_terms().chain(study.mesh_ancestors()).for_each(give);
    };
    Mention ["mentions"] "id of another trial in the record" Kind::Open, ByPrefix, |study, give| {
        study.mentions().for_each(|id| give(&id.to_string()));
    };
}

impl Vocab {
    /// What the table says of this vocabulary.
    pub fn entry(self) -> &'static Entry {
        &VOCABULARIES[self as usize]
    }

    /// The vocabulary that `prefix` (in any case) stands for in a query.
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        let named =
            |entry: &&Entry| entry.prefixes.iter().any(|name| name.eq_ignore_ascii_case(prefix));
        VOCABULARIES.iter().find(named).map(|entry| entry.vocab)
    }

    /// The canonical prefix: `cond`.
    pub fn prefix(self) -> &'static str {
        self.entry().prefixes[0]
    }

    /// The registry's code for a value of a closed vocabulary; the value itself for any other.
    pub fn code(self, label: &str) -> &str {
        let known = self.terms().iter().find(|term| term.label == label);
        known.map_or(label, |term| term.code)
    }

    /// The registry's codes of a closed vocabulary; empty for the others.
    pub fn terms(self) -> &'static [Term] {
        match self.entry().kind {
            Kind::Closed(terms) => terms,
            Kind::Open | Kind::Words => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_table_is_in_order_and_no_prefix_is_used_twice() {
        let mut prefixes = HashSet::new();
        for (index, entry) in VOCABULARIES.iter().enumerate() {
            assert_eq!(entry.vocab as usize, index);
            assert!(
                entry.prefixes.iter().all(|prefix| prefixes.insert(*prefix)),
                "{:?}",
                entry.prefixes
            );
        }
    }
}
