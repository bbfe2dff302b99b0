//! What studies share: every condition, intervention, place, outcome, term and sponsor that they name, and
//! which of them name it. Names that differ in nothing but their spelling are one.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::Value;

use super::headings;
use super::pair::key;
use crate::study::concept::{Concept, Share};
use crate::study::{Study, words};

/// What studies name, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// What the columns are called: the NCT numbers.
    pub ids: Vec<String>,
    /// The kinds of which at least one study names something.
    pub parts: Vec<OverlapPart>,
}

/// Everything of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapPart {
    pub label: &'static str,
    /// What more studies name comes first; otherwise in the order in which they name it.
    pub rows: Vec<OverlapRow>,
}

/// One name, and which of the studies have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapRow {
    /// How the studies spell it, each spelling once.
    pub spellings: Vec<String>,
    pub named: Vec<bool>,
}

/// The names that a study gives at the first path of `concept`, each with what tells it apart from others.
fn names(study: &Study, concept: Concept, share: Share) -> Vec<String> {
    let path = concept.path();
    let (list, key) = path.rsplit_once('.').unwrap_or((path, ""));
    // The path leads to a list of texts, or to a key of each object of a list.
    let whole = study.list(path);
    if !whole.is_empty() {
        return whole.iter().filter_map(words).collect();
    }
    let one = |value: &Value| {
        let part = |key: &str| value.get(key).and_then(words);
        let beside = share.beside.iter().filter_map(|key| part(key));
        Some(std::iter::once(part(key)?).chain(beside).collect::<Vec<_>>().join(", "))
    };
    study.list(list).iter().filter_map(one).collect()
}

/// The headings of what can be shared, each with its concepts, in the order of the table.
fn kinds() -> Vec<(&'static str, Vec<(Concept, Share)>)> {
    let mut kinds: Vec<(&'static str, Vec<(Concept, Share)>)> = Vec::new();
    let shares = Concept::all().filter_map(|it| Some((it, it.definition().share?)));
    for (concept, share) in shares {
        match kinds.iter_mut().find(|(label, _)| *label == share.label) {
            Some((_, concepts)) => concepts.push((concept, share)),
            None => kinds.push((share.label, vec![(concept, share)])),
        }
    }
    kinds
}

/// What the studies name, and which of them.
pub fn overlap(studies: &[&Study]) -> Overlap {
    let part = |(label, concepts): (&'static str, Vec<(Concept, Share)>)| {
        let of = |study: &&Study| {
            let names = concepts.iter().flat_map(|&(concept, share)| names(study, concept, share));
            names.collect()
        };
        OverlapPart { label, rows: rows(&studies.iter().map(of).collect::<Vec<_>>()) }
    };
    let parts = kinds().into_iter().map(part).filter(|part| !part.rows.is_empty());
    Overlap { ids: headings(studies), parts: parts.collect() }
}

fn rows(names: &[Vec<String>]) -> Vec<OverlapRow> {
    let mut rows: Vec<OverlapRow> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (study, names_of_study) in names.iter().enumerate() {
        for value in names_of_study {
            let place = *places.entry(key(value)).or_insert_with(|| {
                rows.push(OverlapRow { spellings: Vec::new(), named: vec![false; names.len()] });
                rows.len() - 1
            });
            let row = &mut rows[place];
            row.named[study] = true;
            if !row.spellings.contains(value) {
                row.spellings.push(value.clone());
            }
        }
    }
    rows.sort_by_key(|row| Reverse(row.count()));
    rows
}

impl OverlapRow {
    /// The name in every spelling: `Sjögren / sjogren`.
    pub fn name(&self) -> String {
        self.spellings.join(" / ")
    }

    /// How many of the studies name it.
    pub fn count(&self) -> usize {
        self.named.iter().filter(|named| **named).count()
    }

    pub fn is_shared(&self) -> bool {
        self.count() > 1
    }
}

impl OverlapPart {
    /// How many names more than one study has.
    pub fn shared(&self) -> usize {
        self.rows.iter().filter(|row| row.is_shared()).count()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn study(conditions: &Value, locations: &Value, sponsor: &str) -> Study {
        Study::from(json!({"protocolSection": {
            "identificationModule": {"nctId": sponsor},
            "conditionsModule": {"conditions": conditions},
            "contactsLocationsModule": {"locations": locations},
            "sponsorCollaboratorsModule": {
                "leadSponsor": {"name": sponsor},
                "collaborators": [{"name": "Both"}, {"class": "OTHER"}],
            },
        }}))
    }

    #[test]
    fn what_is_shared_comes_first() {
        let site = |facility: &str, city: &str| json!({"facility": facility, "city": city, "country": "Italy"});
        let left = study(
            &json!(["Pain", "Sjögren", "Pain"]),
            &json!([site("A", "Rome"), {"city": "Bern"}]),
            "One",
        );
        let right =
            study(&json!(["sjogren"]), &json!([site("A", "Milan"), site("B", "Rome")]), "Two");
        let overlap = overlap(&[&left, &right]);
        assert_eq!(overlap.ids, ["One", "Two"]);
        let shown = |part: &OverlapPart| {
            let row = |row: &OverlapRow| {
                let signs: String =
                    row.named.iter().map(|named| if *named { 'x' } else { '.' }).collect();
                format!("{signs} {}", row.name())
            };
            (part.label, part.shared(), part.rows.iter().map(row).collect::<Vec<_>>().join("|"))
        };
        let parts: Vec<_> = overlap.parts.iter().map(shown).collect();
        let expected = [
            ("Conditions", 1, "xx Sjögren / sjogren|x. Pain"),
            ("Sponsors and collaborators", 1, "xx Both|x. One|.x Two"),
            ("Countries", 1, "xx Italy"),
            ("Cities", 1, "xx Rome, Italy|x. Bern|.x Milan, Italy"),
            ("Facilities", 0, "x. A, Rome, Italy|.x A, Milan, Italy|.x B, Rome, Italy"),
        ];
        assert_eq!(parts, expected.map(|(label, shared, rows)| (label, shared, rows.to_owned())));
    }

    #[test]
    fn any_form_of_a_record_is_taken() {
        for conditions in
            [json!(null), json!("Pain"), json!({"a": ["Pain"]}), json!([[["Pain"]], 7])]
        {
            let study = study(&conditions, &conditions, "One");
            overlap(&[&study, &study]);
        }
        assert_eq!(overlap(&[]).parts, []);
    }
}
