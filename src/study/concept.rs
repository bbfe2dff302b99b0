//! Concepts: what the program knows of every study, so that it can be asked, counted, ordered, listed,
//! compared and exported. One row of [`CONCEPTS`] says all of it for one concept.
//!
//! It knows where a value stands in a record and how it is read. It does not know how values are kept or drawn.

mod table;

pub use table::{CONCEPTS, Concept};

use super::age::{Age, NotAnAge};
use super::calendar::Length;
use super::count::StatedCount;
use super::date::StatedDate;
use super::prose::Parts;
use super::summary::Summary;
use super::terms::Term;
use crate::text;

/// Everything that the program knows of one concept.
#[derive(Debug)]
pub struct Definition {
    pub concept: Concept,
    /// What stands before the colon in a query. The first one is canonical; it also names the order and the column.
    pub prefixes: &'static [&'static str],
    /// What the screen calls it, in lower case.
    pub label: &'static str,
    /// Where its values stand in a record. A list on the way means each of its elements.
    pub paths: &'static [&'static str],
    pub kind: Kind,
    pub whose: Whose,
    pub reach: Reach,
    /// Of counts: where each of the bands begins by which studies are counted, the first at 0.
    pub bands: &'static [u32],
    /// Of dates: the times until today by which the filters count it in place of years, the shortest first.
    pub recent: &'static [Length],
    /// How the filters count it; `None` if it is no filter.
    pub facet: Option<Facet>,
    /// What stands first in the two directions of its order; `None` if studies cannot be ordered by it.
    pub order: Option<Order>,
    /// Its column in lists; `None` if it has too much text for one.
    pub column: Option<Column>,
    /// How a difference between two studies is said; `None` if no words fit.
    pub difference: Option<Difference>,
    /// What studies can share of it; `None` if that is not looked at.
    pub share: Option<Share>,
}

/// What the values of a concept are, and how they are read from a record.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One or more of the registry's codes.
    Codes(&'static [Term], ReadValues),
    /// Names and terms that registrants wrote.
    Names(ReadValues),
    /// Short texts whose single words are indexed.
    Words(ReadValues),
    Date(fn(&Summary) -> Option<StatedDate>),
    /// How many: participants, sites.
    Count(fn(&Summary) -> Option<StatedCount>),
    /// An error where something is stated that is no age.
    Age(fn(&Summary) -> Option<Result<Age, NotAnAge>>),
    /// Whose age lies between the limits that two other concepts state; the store has nothing of it beside those.
    AgeLimits,
    /// Words of passages, of which the store has an index apart from everything else.
    Passages(Parts),
    /// Texts that stay in the record; the store has nothing of them.
    Prose,
}

/// Whose the values of a concept are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Study,
    /// Each of its sites states one value or none.
    Site,
}

/// Gives each value that a record states, as it states it, to a function. Of a concept of sites it gives one value for
/// each site, empty where the site states none.
pub type ReadValues = fn(&Summary, &mut dyn FnMut(&str));

/// How a query can ask for a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By any word, and by its prefix.
    ByWord,
    /// Only by its prefix.
    ByPrefix,
    /// Not at all.
    NotAsked,
}

/// How studies are counted by the values of a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Few combinations of its values occur.
    FewTogether,
    /// Its values occur in many combinations, so they are counted apart from those of other concepts.
    ManyTogether,
    /// It is asked less: counted while its values are on the screen.
    WhenShown,
}

impl Facet {
    /// Whether it is counted with every answer.
    pub const fn is_always_counted(self) -> bool {
        matches!(self, Self::FewTogether | Self::ManyTogether)
    }
}

/// An order of studies by a concept.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// What stands first: `newest first`, and the other way round `oldest first`.
    pub first: [&'static str; 2],
}

/// How a concept stands in a list.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in CSV and JSON.
    pub key: &'static str,
    /// How many columns of a terminal most of its values need.
    pub width: usize,
    pub values: Values,
}

/// How many values one study can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    One,
    Several,
}

/// The words for how the values of two studies differ.
#[derive(Clone, Copy, Debug)]
pub enum Difference {
    /// What the later one of two dates does: `starts` 2 months later.
    Later(&'static str),
    /// What one has more of: one and several.
    More([&'static str; 2]),
    /// What is higher: `minimum age`.
    Higher(&'static str),
}

/// What studies can have in common: each value at the concept's first path.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    /// The heading. Concepts with the same heading are looked at together.
    pub label: &'static str,
    /// Keys beside the value that tell two values of one name apart: the country of a city.
    pub beside: &'static [&'static str],
}

/// In which form the store keeps a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Distinct values, and which studies have them.
    Vocabulary,
    /// A number for each study.
    Number,
    /// Not by itself.
    Record,
}

impl Kind {
    /// In which form the store keeps values of this kind.
    pub const fn form(self) -> Form {
        match self {
            Self::Codes(..) | Self::Names(_) | Self::Words(_) => Form::Vocabulary,
            Self::Date(_) | Self::Count(_) | Self::Age(_) => Form::Number,
            Self::AgeLimits | Self::Passages(_) | Self::Prose => Form::Record,
        }
    }

    /// Reads the values that the store keeps in a vocabulary; `None` for the other kinds.
    pub fn values(self) -> Option<ReadValues> {
        match self {
            Self::Codes(_, read) | Self::Names(read) | Self::Words(read) => Some(read),
            Self::Date(_)
            | Self::Count(_)
            | Self::Age(_)
            | Self::AgeLimits
            | Self::Passages(_)
            | Self::Prose => None,
        }
    }
}

/// The place of each concept among those that the store keeps in the same form.
const PLACES: [usize; CONCEPTS.len()] = {
    let mut places = [0; CONCEPTS.len()];
    let (mut vocabularies, mut numbers, mut records) = (0, 0, 0);
    let mut concept = 0;
    while concept < CONCEPTS.len() {
        let next = match CONCEPTS[concept].kind.form() {
            Form::Vocabulary => &mut vocabularies,
            Form::Number => &mut numbers,
            Form::Record => &mut records,
        };
        places[concept] = *next;
        *next += 1;
        concept += 1;
    }
    places
};

impl Concept {
    /// What the table says of this concept.
    pub const fn definition(self) -> &'static Definition {
        &CONCEPTS[self as usize]
    }

    /// Every concept, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        CONCEPTS.iter().map(|definition| definition.concept)
    }

    /// The concepts that the store keeps in `form`.
    pub fn kept_as(form: Form) -> impl Iterator<Item = Self> + Clone {
        Self::all().filter(move |concept| concept.definition().kind.form() == form)
    }

    /// The concepts with a vocabulary.
    pub fn vocabularies() -> impl Iterator<Item = Self> + Clone {
        Self::kept_as(Form::Vocabulary)
    }

    /// The concepts that are filters, in the order of the screen: first those that are always counted.
    pub fn facets() -> impl Iterator<Item = Self> + Clone {
        let asked_less = |concept: &Self| concept.definition().facet == Some(Facet::WhenShown);
        Self::always_counted().chain(Self::all().filter(asked_less))
    }

    /// The filters that are counted with every answer.
    pub fn always_counted() -> impl Iterator<Item = Self> + Clone {
        Self::all()
            .filter(|concept| concept.definition().facet.is_some_and(Facet::is_always_counted))
    }

    /// The concepts by which studies can be ordered, each with its order.
    pub fn orders() -> impl Iterator<Item = (Self, Order)> + Clone {
        CONCEPTS.iter().filter_map(|definition| Some((definition.concept, definition.order?)))
    }

    /// The concepts that a query can ask for: those that have words, then dates, counts and ages.
    pub fn asked() -> impl Iterator<Item = Self> + Clone {
        let asked = |has_words: bool| {
            Self::all().filter(move |concept| {
                let definition = concept.definition();
                let is_wanted = (definition.kind.form() == Form::Vocabulary) == has_words;
                is_wanted && definition.reach != Reach::NotAsked
            })
        };
        asked(true).chain(asked(false))
    }

    /// Whether each site of a study states one value or none.
    pub fn is_of_sites(self) -> bool {
        self.definition().whose == Whose::Site
    }

    /// The place among the concepts that the store keeps in the same form.
    pub fn place(self) -> usize {
        PLACES[self as usize]
    }

    /// The concept that `prefix` (in any case) stands for in a query.
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        let is_named = |concept: &Self| {
            let mut prefixes = concept.definition().prefixes.iter();
            prefixes.any(|name| name.eq_ignore_ascii_case(prefix))
        };
        Self::asked().find(is_named)
    }

    /// The concept that somebody calls `name`, in any case: by one of its prefixes, else by its name in CSV.
    pub fn called(name: &str) -> Option<Self> {
        let is_name = |known: &str| known.eq_ignore_ascii_case(name);
        let by_prefix = CONCEPTS.iter().find(|it| it.prefixes.iter().any(|prefix| is_name(prefix)));
        let by_key = || CONCEPTS.iter().find(|it| it.column.is_some_and(|it| is_name(it.key)));
        by_prefix.or_else(by_key).map(|definition| definition.concept)
    }

    /// The concept whose values stand at a registry path.
    pub fn at(path: &str) -> Option<Self> {
        let stands_at = |definition: &&Definition| definition.paths.contains(&path);
        CONCEPTS.iter().find(stands_at).map(|definition| definition.concept)
    }

    /// The canonical name: `cond`.
    pub fn name(self) -> &'static str {
        self.definition().prefixes[0]
    }

    /// What the screen calls it.
    pub fn label(self) -> &'static str {
        self.definition().label
    }

    /// The first registry path at which its values stand.
    pub const fn path(self) -> &'static str {
        self.definition().paths[0]
    }

    /// The registry's code for a label of a concept of codes; the label itself for any other.
    pub fn code(self, label: &str) -> &str {
        let known = self.terms().iter().find(|term| term.label == label);
        known.map_or(label, |term| term.code)
    }

    /// The registry's code that is meant by a word, as the registry or as people write it: `PHASE2`, `2`, `recruiting`; where
    /// the codes are yes and no, `true` and `false` too.
    pub fn code_meant(self, word: &str) -> Option<&'static str> {
        let bare = |text: &str| -> String {
            text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let wanted = bare(word);
        let known = self.terms().iter().find(|term| {
            [bare(term.label), bare(term.code)].contains(&wanted)
                || bare(term.label) == bare(self.name()) + &wanted
                || [("true", "YES"), ("false", "NO")].contains(&(&wanted, term.code))
        });
        known.map(|term| term.code)
    }

    /// The registry's codes; empty if its values are no codes.
    pub fn terms(self) -> &'static [Term] {
        match self.definition().kind {
            Kind::Codes(terms, _) => terms,
            _ => &[],
        }
    }

    /// The parts of the prose whose words it asks for.
    pub fn passages(self) -> Option<Parts> {
        match self.definition().kind {
            Kind::Passages(parts) => Some(parts),
            _ => None,
        }
    }

    /// Whether it asks for criteria of which it has to be certain on which side they stand.
    pub fn is_side_of_criteria(self) -> bool {
        matches!(self, Self::Inclusion | Self::Exclusion)
    }

    /// Whether its values are the registry's codes.
    pub fn has_codes(self) -> bool {
        matches!(self.definition().kind, Kind::Codes(..))
    }
}

#[cfg(test)]
mod tests;
