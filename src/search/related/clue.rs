//! A clue: something that a study says and that others may say too.

use crate::store::{Store, ValueIdx};
use crate::study::Concept;
use crate::text;

/// What kind of thing a clue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Mentions,
    Mentioned,
    Id,
    /// The beginning of an id, or an id that begins with it.
    Number,
    Acronym,
    /// A condition, intervention or keyword.
    Term,
    Mesh,
    Sponsor,
    /// A sponsor or collaborator.
    Party,
    /// A word of the title, a condition or an intervention.
    Word,
}

impl Kind {
    /// How much one of this kind counts.
    pub(super) fn factor(self) -> f64 {
        match self {
            Self::Mentions | Self::Mentioned => 3.0,
            Self::Id => 1.5,
            Self::Number | Self::Acronym | Self::Term => 1.0,
            Self::Mesh => 0.8,
            Self::Word => 0.5,
            Self::Sponsor => 0.3,
            Self::Party => 0.15,
        }
    }
}

/// A value of a concept.
pub(super) type Place = (Concept, ValueIdx);

/// Something that the study says.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub(super) kind: Kind,
    /// What it is called: an intervention often has several names. The first is the one that it goes by.
    pub(super) names: Vec<Name>,
    /// Where the study says it: a term among its conditions, interventions and keywords, a party in which role.
    pub(super) fields: Vec<Concept>,
}

/// A name of a clue.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As it is shown.
    pub(super) label: String,
    /// Its folded words.
    pub(super) words: Vec<String>,
    /// The values that say it.
    pub(super) places: Vec<Place>,
    /// How many studies have it, the study itself among them.
    pub(super) frequency: u32,
    pub(super) weight: f64,
}

impl Clue {
    /// A clue with one name.
    pub(super) fn new(store: &Store, kind: Kind, places: Vec<Place>) -> Self {
        let name = Name::new(store, places, |rarity| kind.factor() * rarity);
        Self { kind, names: vec![name], fields: Vec::new() }
    }

    /// How many studies have its rarest name.
    pub(super) fn frequency(&self) -> u32 {
        self.names.iter().map(|name| name.frequency).min().unwrap_or(0)
    }

    /// Whether it says all that `name` says: type 1 diabetes says diabetes.
    pub(super) fn has_words_of(&self, name: &Name) -> bool {
        name.words.iter().all(|word| self.has_word(word))
    }

    pub(super) fn has_word(&self, word: &String) -> bool {
        self.names.iter().any(|name| name.words.contains(word))
    }
}

impl Name {
    /// A name that is written as the first of its places.
    pub(super) fn new(store: &Store, places: Vec<Place>, weight: impl Fn(f64) -> f64) -> Self {
        let (concept, value) = places[0];
        // A term of the thesaurus is also had by whatever stands under it, so it is counted apart from what people wrote.
        let is_mesh = |concept: Concept| concept == Concept::Mesh;
        let like_the_first = places.iter().filter(|place| is_mesh(place.0) == is_mesh(concept));
        let studies = |&(concept, value): &Place| store.vocabulary(concept).studies(value).len();
        let frequency = like_the_first.map(studies).max().unwrap_or(0).max(1) as u32;
        let vocabulary = store.vocabulary(concept);
        Self {
            label: vocabulary.label(value).to_owned(),
            words: words_of(vocabulary.folded(value)),
            places,
            frequency,
            weight: weight(rarity(store, frequency)),
        }
    }

    /// How much it counts that another study says it there.
    pub(super) fn weight_in(&self, store: &Store, concept: Concept) -> f64 {
        match self.places.iter().find(|place| place.0 == concept) {
            Some(&(Concept::Mesh, value)) => {
                let studies = store.vocabulary(Concept::Mesh).studies(value).len() as u32;
                self.weight.min(Kind::Mesh.factor() * rarity(store, studies))
            }
            _ => self.weight,
        }
    }
}

/// How rare it is that so many studies have something.
fn rarity(store: &Store, frequency: u32) -> f64 {
    (f64::from(store.len() as u32 + 1) / f64::from(frequency.max(1))).ln()
}

/// The words of a folded text.
pub(super) fn words_of(folded: &str) -> Vec<String> {
    text::words(folded).map(str::to_owned).collect()
}
