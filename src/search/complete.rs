//! What can stand at the cursor in a query: fields, values of a field, words. Each with the number of studies that have
//! it.
//!
//! The cost follows the vocabularies. No study is looked at. It knows no screen.

mod areas;
mod marked;
mod places;
mod ranges;
mod saved;
mod spot;
mod values;
mod words;

use std::ops::Range;

use spot::{Field, Spot};

use super::Cancel;
use super::area::AREAS;
use super::query::{Ask, Term};
use super::saved::SavedSearches;
use super::sort::{By, Direction, Sort};
use super::{matching, parse, range};
use crate::store::{Store, ValueIdx};
use crate::study::Concept;
use crate::text;

/// So many values or words are offered.
const MOST: usize = 20;

/// What can stand in a text in place of what was typed at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The best first.
    pub items: Vec<Completion>,
}

/// One thing that can stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the text whose place it takes.
    pub place: Range<usize>,
    /// What stands there then, in the language of queries.
    pub text: String,
    /// What it is, in a word or two.
    pub what: String,
    /// How many studies have it; `None` of a field or an order.
    pub studies: Option<u64>,
}

impl Completion {
    /// Whether a value has to follow, as behind `cond:`.
    pub fn is_begun(&self) -> bool {
        self.text.ends_with(':')
    }
}

/// What can stand at the byte `cursor` of `text`.
pub fn completions(store: &Store, text: &str, cursor: usize, cancel: &Cancel) -> Completions {
    completions_with(store, &SavedSearches::default(), (text, cursor), cancel)
}

/// The same where searches are saved.
pub fn completions_with(
    store: &Store,
    saved: &SavedSearches,
    (text, cursor): (&str, usize),
    cancel: &Cancel,
) -> Completions {
    let spot = spot::at(text, cursor);
    let items = match spot.field {
        Some(Field::Values(concept)) => values_of(store, concept, &spot, cancel),
        Some(Field::Area(area)) => areas::values(store, area, &spot, cancel),
        Some(Field::Saved) => saved::names(saved, &spot),
        Some(Field::Places) => places::of(store, &spot, cancel),
        Some(Field::Orders) => orders(&spot),
        Some(Field::Marks(field)) => marked::values(field, &spot),
        None => anything(store, saved, &spot),
    };
    let is_new = |item: &Completion| text[item.place.clone()] != item.text;
    Completions { items: items.into_iter().filter(is_new).collect() }
}

/// The term that means just this value of a field, in the shortest way: `phase:1`, `status:not_yet_recruiting`,
/// `country:France`, `cond:"Lung Cancer"`.
pub fn term_of(store: &Store, concept: Concept, value: ValueIdx) -> Term {
    let vocabulary = store.vocabulary(concept);
    let (label, folded) = (vocabulary.label(value), vocabulary.folded(value));
    let word = if concept.has_codes() {
        let short = folded.strip_prefix(concept.name()).unwrap_or(folded).trim();
        text::words(short).collect::<Vec<_>>().join("_")
    } else {
        label.to_owned()
    };
    let is_one_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    let word = Term { concept: Some(concept), ask: Ask::Word(word) };
    let means = |term: &Term| matching::values(store, concept, &term.ask);
    let is_clear = is_one_word
        && parse(&word.to_string()).is_ok_and(|query| query.to_string() == word.to_string())
        && means(&word).is_some_and(|values| values == [value]);
    if is_clear {
        word
    } else {
        Term { concept: Some(concept), ask: Ask::Quoted(label.to_owned()) }
    }
}

/// The values of a field that fit what was typed.
fn values_of(store: &Store, concept: Concept, spot: &Spot, cancel: &Cancel) -> Vec<Completion> {
    let item = |text: String, studies| Completion {
        place: spot.place.clone(),
        text,
        what: concept.label().to_owned(),
        studies: Some(studies),
    };
    let found = values::fitting(store, concept, spot.typed, cancel);
    let mut items: Vec<Completion> = found
        .into_iter()
        .map(|(value, studies)| item(without_field(&term_of(store, concept, value)), studies))
        .collect();
    let forms = ranges::beginning_with(store, concept, spot.typed);
    items.extend(forms.into_iter().map(|form| Completion {
        place: spot.place.clone(),
        text: form.text,
        what: form.what.to_owned(),
        studies: None,
    }));
    let silent = range::silent(store, concept).len();
    if !spot.is_quoted && "none".starts_with(&text::fold(spot.typed)) && silent > 0 {
        items.push(Completion { what: "not stated".to_owned(), ..item("none".to_owned(), silent) });
    }
    items
}

/// What stands behind the colon of a term.
fn without_field(term: &Term) -> String {
    Term { concept: None, ask: term.ask.clone() }.to_string()
}

/// The orders that begin with what was typed.
fn orders(spot: &Spot) -> Vec<Completion> {
    let typed = text::fold(spot.typed);
    let sorts = By::all().flat_map(|by| {
        [Direction::Natural, Direction::Reversed].map(|direction| Sort { by, direction })
    });
    let fitting = sorts.filter(|sort| sort.to_string().starts_with(&typed));
    let item = |sort: Sort| Completion {
        place: spot.place.clone(),
        text: sort.to_string(),
        what: format!("{}, {}", sort.by.label(), sort.first()),
        studies: None,
    };
    fitting.map(item).collect()
}

/// Fields, codes, words and whole values that begin with what was typed.
fn anything(store: &Store, saved: &SavedSearches, spot: &Spot) -> Vec<Completion> {
    let typed = text::fold(spot.typed);
    if typed.starts_with('@') && !spot.is_quoted {
        return saved::names(saved, spot);
    }
    let mut items = if spot.is_quoted { Vec::new() } else { fields(spot, &typed) };
    if !saved.is_empty() && !spot.is_quoted && "saved".starts_with(&typed) {
        items.push(saved::field(spot));
    }
    if typed.is_empty() {
        return items;
    }
    if !spot.is_quoted {
        items.extend(codes(store, spot, &typed));
    }
    let found = words::beginning_with(store, &words::searched(), &typed);
    items.extend(found.into_iter().map(|(word, studies)| Completion {
        place: spot.place.clone(),
        text: if spot.is_quoted { format!("\"{word}\"") } else { word },
        what: "word".to_owned(),
        studies: Some(studies),
    }));
    items.extend(names(store, spot));
    items
}

/// The fields whose name begins with what was typed.
fn fields(spot: &Spot, typed: &str) -> Vec<Completion> {
    let named = |name: &str, what: &str| Completion {
        place: spot.place.clone(),
        text: format!("{name}:"),
        what: what.to_owned(),
        studies: None,
    };
    let of_concept = |concept: Concept| {
        let mut prefixes = concept.definition().prefixes.iter();
        let name = prefixes.find(|prefix| prefix.starts_with(typed))?;
        Some(named(name, concept.label()))
    };
    let others = [
        ("near", "a place: near:Lyon~50km"),
        ("site", "one site: site:(city:Lyon status:recruiting)"),
        ("sort", "order of the list"),
    ];
    let areas = AREAS.iter().map(|area| (area.prefix, "as the registry asks"));
    let others = others.into_iter().chain(areas).filter(|(name, _)| name.starts_with(typed));
    let others = others.map(|(name, what)| named(name, what));
    let of_marks = marked::fields(spot, typed);
    Concept::asked().filter_map(of_concept).chain(others).chain(of_marks).collect()
}

/// A code is offered to a bare word of so many letters.
const SHORTEST_CODE: usize = 3;

/// The codes whose label begins with what was typed, each as a term.
fn codes(store: &Store, spot: &Spot, typed: &str) -> Vec<Completion> {
    if typed.chars().count() < SHORTEST_CODE {
        return Vec::new();
    }
    let concepts = Concept::vocabularies().filter(|concept| concept.has_codes());
    let item = |concept: Concept, value| Completion {
        place: spot.place.clone(),
        text: term_of(store, concept, value).to_string(),
        what: concept.label().to_owned(),
        studies: Some(store.vocabulary(concept).studies(value).len() as u64),
    };
    let fitting = concepts.flat_map(|concept| {
        let vocabulary = store.vocabulary(concept);
        let values = vocabulary.iter().filter(|&value| vocabulary.folded(value).starts_with(typed));
        values.map(move |value| (concept, value))
    });
    fitting.map(|(concept, value)| item(concept, value)).collect()
}

/// Where a bare word may be the beginning of a name.
const NAMED: [Concept; 3] = [Concept::Condition, Concept::Intervention, Concept::Sponsor];

/// So many names of each are offered to a bare word.
const NAMES: usize = 3;

/// The names that begin with the last words typed: `cond:"Lung Cancer"`.
fn names(store: &Store, spot: &Spot) -> Vec<Completion> {
    let mut items = Vec::new();
    for concept in NAMED {
        // As many words in front as still begin a name.
        let found = spot.runs.iter().map(|run| {
            let values = values::beginning_with(store.vocabulary(concept), &text::fold(run.typed));
            (run.place.clone(), values)
        });
        let Some((place, values)) = found.into_iter().find(|(_, values)| !values.is_empty()) else {
            continue;
        };
        items.extend(values.into_iter().take(NAMES).map(|(value, studies)| Completion {
            place: place.clone(),
            text: term_of(store, concept, value).to_string(),
            what: concept.label().to_owned(),
            studies: Some(studies),
        }));
    }
    items.sort_by_key(|item| std::cmp::Reverse(item.studies));
    items
}

#[cfg(test)]
mod tests;
