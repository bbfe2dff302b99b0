//! Everything that a study says that others may say too: the clues by which related studies are found.

use std::collections::HashMap;

use super::boilerplate::is_empty_word;
use super::clue::{Clue, Kind, Name, Place, words_of};
use super::subject::subjects;
use crate::store::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::text;

/// Everything that the study says.
pub(super) struct Clues {
    /// The folded words of each text that [`Kind::Word`]s are taken from.
    pub(super) texts: Vec<Vec<String>>,
    /// The heaviest first.
    pub(super) all: Vec<Clue>,
    /// Which clue and which of its names a value is a place of.
    by_value: HashMap<Place, Vec<(usize, usize)>>,
    /// Which clue a word of a title is.
    by_word: HashMap<String, usize>,
}

/// A clue that another study has too.
#[derive(Clone, Debug)]
pub(super) struct Common<'a> {
    pub(super) clue: &'a Clue,
    /// The first name that both have.
    pub(super) name: &'a Name,
    /// Where the other study says it.
    pub(super) there: Vec<Concept>,
    /// That of the rarest name that both have.
    pub(super) weight: f64,
}

/// The concepts whose values are clues, but for the words of titles.
const LOOKED_AT: &[Concept] = &[
    Concept::Id,
    Concept::Acronym,
    Concept::Condition,
    Concept::Keyword,
    Concept::Intervention,
    Concept::Lead,
    Concept::Collaborator,
    Concept::Mesh,
    Concept::Mention,
];

impl Clues {
    /// Reads what `study` says. A record that cannot be read says no terms of the thesaurus, and no other names.
    pub(super) fn of(store: &Store, study: StudyIdx) -> Self {
        let subjects = subjects(store, study);
        let about = subjects.iter().filter(|subject| subject.is_in(&SUBJECTS));
        let texts = about.flat_map(|subject| &subject.names).map(|name| words_of(name));
        let texts: Vec<Vec<String>> =
            titles(store, study).iter().map(|title| words_of(title)).chain(texts).collect();
        let mut all: Vec<Clue> =
            subjects.into_iter().filter_map(|subject| subject.clue(store)).collect();
        all.extend(mentions(store, study));
        all.extend(ids(store, study));
        all.extend(parties(store, study));
        for value in store.vocabulary(Concept::Acronym).values(study) {
            all.push(Clue::new(store, Kind::Acronym, vec![(Concept::Acronym, value)]));
        }
        all.extend(words(store, &texts));
        all.retain(|clue| clue.kind != Kind::Word || clue.frequency() <= common(store));
        let mut by_value: HashMap<_, Vec<(usize, usize)>> = HashMap::new();
        let mut by_word = HashMap::new();
        for (index, clue) in all.iter().enumerate() {
            for (name, at) in clue.names.iter().zip(0..) {
                for &place in &name.places {
                    by_value.entry(place).or_default().push((index, at));
                }
            }
            if clue.kind == Kind::Word {
                by_word.insert(clue.names[0].label.clone(), index);
            }
        }
        Self { texts, all, by_value, by_word }
    }

    /// Those that `candidate` has too, the heaviest first.
    pub(super) fn shared_with(&self, store: &Store, candidate: StudyIdx) -> Vec<Common<'_>> {
        let mut shared: Vec<(usize, usize, Concept)> = Vec::new();
        for &concept in LOOKED_AT {
            for value in store.vocabulary(concept).values(candidate) {
                let names = self.by_value.get(&(concept, value)).into_iter().flatten();
                shared.extend(names.map(|&(clue, name)| (clue, name, concept)));
            }
        }
        for title in titles(store, candidate) {
            let clues = text::words(&title).filter_map(|word| self.by_word.get(word));
            shared.extend(clues.map(|&clue| (clue, 0, Concept::Title)));
        }
        shared.sort_unstable();
        shared.dedup();
        let common = shared.chunk_by(|(a, ..), (b, ..)| a == b).map(|shared| {
            let (clue, first, _) = shared[0];
            let clue = &self.all[clue];
            let weights = shared.iter();
            let weights = weights.map(|&(_, name, there)| clue.names[name].weight_in(store, there));
            Common {
                clue,
                name: &clue.names[first],
                there: shared
                    .iter()
                    .filter(|shared| shared.1 == first)
                    .map(|shared| shared.2)
                    .collect(),
                weight: weights.fold(0.0, f64::max),
            }
        });
        let mut common: Vec<Common> = common.collect();
        common.sort_by(|a, b| {
            let longer = b.name.words.len().cmp(&a.name.words.len());
            let by_name = || a.name.label.cmp(&b.name.label);
            b.weight.total_cmp(&a.weight).then(longer).then_with(by_name)
        });
        common
    }
}

/// How many studies may have a word of a title without its being a common one.
fn common(store: &Store) -> u32 {
    20 + store.len() as u32 / 100
}

/// The id of the study in other records, and other ids in its own.
fn mentions(store: &Store, study: StudyIdx) -> Vec<Clue> {
    let mentions = store.vocabulary(Concept::Mention);
    let own = mentions.exactly(&text::fold(&store.id(study).to_string()));
    let own = own.map(|value| Clue::new(store, Kind::Mentions, vec![(Concept::Mention, value)]));
    let others = mentions.values(study).filter_map(|value| {
        let id = store.vocabulary(Concept::Id).exactly(mentions.folded(value))?;
        Some(Clue::new(store, Kind::Mentioned, vec![(Concept::Id, id)]))
    });
    own.into_iter().chain(others).collect()
}

/// Numbers of the sponsor and of other registers. An extension often has the number of the trial that
/// it continues with something behind it.
fn ids(store: &Store, study: StudyIdx) -> Vec<Clue> {
    let vocabulary = store.vocabulary(Concept::Id);
    let mut clues = Vec::new();
    for value in vocabulary.values(study) {
        let folded = vocabulary.folded(value);
        if !is_telling(folded) {
            continue;
        }
        clues.push(Clue::new(store, Kind::Id, vec![(Concept::Id, value)]));
        let longer = vocabulary.words_with_prefix(folded).take(EXTENSIONS);
        let longer = longer.flat_map(|word| vocabulary.values_with_word(word).take(EXTENSIONS));
        let longer = longer.filter(|&longer| vocabulary.folded(longer).starts_with(folded));
        let shorter = (1..=EXTENSION).filter_map(|by| {
            let shorter = folded.get(..folded.len().checked_sub(by)?)?;
            vocabulary.exactly(shorter).filter(|_| is_telling(shorter))
        });
        let near = longer.chain(shorter).filter(|&near| near != value);
        let near: Vec<_> = near.map(|near| (Concept::Id, near)).collect();
        if !near.is_empty() {
            let label = vocabulary.label(value).to_owned();
            let mut clue = Clue::new(store, Kind::Number, near);
            clue.names[0].label = label;
            clues.push(clue);
        }
    }
    clues
}

/// How many ids that begin alike are looked at.
const EXTENSIONS: usize = 8;

/// How many letters an extension's id is longer at most.
const EXTENSION: usize = 4;

/// Whether an id is long enough not to be another study's by chance, and no NCT number.
fn is_telling(folded: &str) -> bool {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let signs = folded.chars().filter(|c| c.is_alphanumeric()).count();
    digits >= 3 && signs >= 6 && folded.parse::<crate::study::NctId>().is_err()
}

/// The sponsor, and whoever takes part in whatever role.
fn parties(store: &Store, study: StudyIdx) -> Vec<Clue> {
    const ROLES: [Concept; 2] = [Concept::Lead, Concept::Collaborator];
    let mut clues = Vec::new();
    for role in ROLES {
        let vocabulary = store.vocabulary(role);
        for value in vocabulary.values(study) {
            if role == Concept::Lead {
                clues.push(Clue::new(store, Kind::Sponsor, vec![(role, value)]));
            }
            let name = vocabulary.folded(value);
            let places = ROLES
                .iter()
                .filter_map(|&role| Some((role, store.vocabulary(role).exactly(name)?)));
            let clue = Clue::new(store, Kind::Party, places.collect());
            clues.push(Clue { fields: vec![role], ..clue });
        }
    }
    clues
}

/// The titles, folded.
fn titles(store: &Store, study: StudyIdx) -> [String; 2] {
    [store.brief_title(study), store.official_title(study)].map(text::fold)
}

/// The titles, the conditions and the interventions, word by word.
pub(super) fn texts(store: &Store, study: StudyIdx) -> Vec<Vec<String>> {
    let terms = SUBJECTS.iter().flat_map(|&concept| {
        let vocabulary = store.vocabulary(concept);
        vocabulary.values(study).map(move |value| words_of(vocabulary.folded(value)))
    });
    titles(store, study).iter().map(|title| words_of(title)).chain(terms).collect()
}

const SUBJECTS: [Concept; 2] = [Concept::Condition, Concept::Intervention];

/// The words of `texts`, in whichever of such texts the other study has them.
fn words(store: &Store, texts: &[Vec<String>]) -> Vec<Clue> {
    let titles = store.vocabulary(Concept::Title);
    let mut words: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !is_empty_word(word));
    let clues = words.into_iter().filter_map(|word| {
        let mut places: Vec<(Concept, ValueIdx)> = Vec::new();
        places.extend(titles.exactly(word).map(|value| (Concept::Title, value)));
        for concept in SUBJECTS {
            let vocabulary = store.vocabulary(concept);
            let first = vocabulary.words_with_prefix(word).next();
            let known = first.filter(|&first| vocabulary.word(first) == word);
            let values = known.into_iter().flat_map(|word| vocabulary.values_with_word(word));
            // One more than are taken, so as not to walk through all that have a common word.
            let values: Vec<ValueIdx> = values.take(TERMS_OF_A_WORD + 1).collect();
            if values.len() <= TERMS_OF_A_WORD {
                places.extend(values.into_iter().map(|value| (concept, value)));
            }
        }
        let mut clue = (!places.is_empty()).then(|| Clue::new(store, Kind::Word, places))?;
        word.clone_into(&mut clue.names[0].label);
        clue.names[0].words = vec![word.to_owned()];
        Some(clue)
    });
    clues.collect()
}

/// How many conditions, or interventions, a word leads to; others have it by the way.
const TERMS_OF_A_WORD: usize = 16;
