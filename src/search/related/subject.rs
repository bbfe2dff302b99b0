//! What a study is about, by all names that its record has for it. It does not know other studies.

use std::collections::HashMap;

use super::boilerplate::is_empty_term;
use super::clue::{Clue, Kind, Name, Place, words_of};
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::study::summary::Summary;
use crate::text;

/// Where registrants write what a study is about; how much it counts there that a name is rare, and how much the name
/// itself: in a dataset of one condition, that condition is still what the studies are about.
const TERMS: &[(Concept, f64, f64)] = &[
    (Concept::Condition, 1.0, 0.5),
    (Concept::Intervention, 1.0, 0.1),
    (Concept::Keyword, 0.7, 0.1),
];

/// A condition, intervention, keyword or term of the registry's thesaurus, by all names that the study has for it, folded.
pub(super) struct Subject {
    pub(super) names: Vec<String>,
    fields: Vec<Concept>,
}

/// What the study is about. What stands in several fields, or with its words in another order, is one clue, and so are
/// the names of one intervention.
pub(super) fn subjects(store: &Store, study: StudyIdx) -> Vec<Subject> {
    let json = store.record(study).ok();
    let summary = json.as_deref().and_then(|json| Summary::parse(json).ok());
    let values = |concept: Concept| {
        let vocabulary = store.vocabulary(concept);
        vocabulary.values(study).map(move |value| vec![vocabulary.folded(value).to_owned()])
    };
    let mut found: Vec<(Concept, Vec<String>)> = Vec::new();
    found.extend(values(Concept::Condition).map(|names| (Concept::Condition, names)));
    match &summary {
        Some(summary) => {
            for intervention in &summary.protocol.arms.interventions.0 {
                let names = intervention.name.get().into_iter();
                let names = names.chain(intervention.other_names.texts()).map(text::fold);
                found.push((Concept::Intervention, names.collect()));
            }
            // Not those above them: what is under one of the study's own terms is about it, not the reverse.
            let terms = summary.mesh_terms().map(|term| (Concept::Mesh, vec![text::fold(term)]));
            found.extend(terms);
        }
        None => {
            found.extend(values(Concept::Intervention).map(|names| (Concept::Intervention, names)));
        }
    }
    found.extend(values(Concept::Keyword).map(|names| (Concept::Keyword, names)));
    together(found)
}

/// Brings names together that say one thing, and leaves out what says nothing. A term of the thesaurus stays alone: it
/// is the registry's way of saying what registrants have said.
fn together(found: Vec<(Concept, Vec<String>)>) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    let mut by_words: HashMap<(bool, Vec<String>), usize> = HashMap::new();
    for (field, names) in found {
        // An intervention that says nothing has no name that does: the tablets of a placebo.
        if names.first().is_none_or(|name| is_empty_term(text::words(name))) {
            continue;
        }
        let names = names.into_iter().filter(|name| !is_empty_term(text::words(name)));
        let names: Vec<String> = names.collect();
        let keys: Vec<(bool, Vec<String>)> = names
            .iter()
            .map(|name| {
                let mut words = words_of(name);
                words.sort_unstable();
                (field == Concept::Mesh, words)
            })
            .collect();
        let known = keys.iter().find_map(|key| by_words.get(key).copied());
        let index = known.unwrap_or(subjects.len());
        if known.is_none() {
            subjects.push(Subject { names: Vec::new(), fields: Vec::new() });
        }
        subjects[index].names.extend(names);
        subjects[index].fields.push(field);
        by_words.extend(keys.into_iter().map(|key| (key, index)));
    }
    subjects
}

impl Subject {
    /// Whether the study says it in one of these fields.
    pub(super) fn is_in(&self, fields: &[Concept]) -> bool {
        self.fields.iter().any(|field| fields.contains(field))
    }

    /// The clue by which other studies that say the same in any of their fields are found.
    pub(super) fn clue(self, store: &Store) -> Option<Clue> {
        let own = self.fields[0];
        let elsewhere = TERMS.iter().map(|&(concept, ..)| concept).chain([Concept::Mesh]);
        let fields: Vec<Concept> = self.fields.iter().copied().chain(elsewhere).collect();
        let term = TERMS.iter().find(|(concept, ..)| *concept == own);
        let weight = |rarity: f64| match term {
            Some((_, factor, least)) => least + factor * rarity,
            None => Kind::Mesh.factor() * rarity,
        };
        let mut names: Vec<Name> = Vec::new();
        for name in &self.names {
            let mut places: Vec<Place> = Vec::new();
            for &concept in &fields {
                let value = store.vocabulary(concept).exactly(name);
                let new = value.filter(|&value| !places.contains(&(concept, value)));
                places.extend(new.map(|value| (concept, value)));
            }
            if !places.is_empty() {
                names.push(Name::new(store, places, weight));
            }
        }
        let kind = if own == Concept::Mesh { Kind::Mesh } else { Kind::Term };
        (!names.is_empty()).then_some(Clue { kind, names, fields: self.fields })
    }
}
