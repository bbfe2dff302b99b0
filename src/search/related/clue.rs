//! What a study says that another one may say too: the clues by which related studies are found.

use std::collections::HashMap;

use crate::store::{Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::study::summary::Summary;
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
    /// A condition, keyword or intervention.
    Term,
    Mesh,
    Sponsor,
    /// A sponsor or collaborator.
    Party,
    /// A word of the title, a condition or an intervention.
    Word,
}

/// Something that the study says.
#[derive(Clone, Debug)]
pub(super) struct Clue {
    pub(super) kind: Kind,
    /// As it is shown.
    pub(super) label: String,
    /// Its folded words.
    pub(super) words: Vec<String>,
    /// The values of vocabularies that say it.
    pub(super) places: Vec<(Concept, ValueIdx)>,
    /// How many studies have it, the study itself among them.
    pub(super) frequency: u32,
    pub(super) weight: f64,
}

/// Everything that the study says.
pub(super) struct Clues {
    /// The folded words of each text that [`Kind::Word`]s are taken from.
    pub(super) texts: Vec<Vec<String>>,
    /// The heaviest first.
    pub(super) all: Vec<Clue>,
    /// Which clues a value is a place of.
    by_value: HashMap<(Concept, ValueIdx), Vec<usize>>,
    /// Which clue a word of a title is.
    by_word: HashMap<String, usize>,
}

/// Where registrants write what a study is about, and how much that counts.
const TERMS: &[(Concept, f64)] =
    &[(Concept::Condition, 1.0), (Concept::Intervention, 1.0), (Concept::Keyword, 0.7)];

/// The vocabularies that clues lie in, but for the words of titles.
const LOOKED_AT: &[Concept] = &[
    Concept::Id,
    Concept::Acronym,
    Concept::Condition,
    Concept::Keyword,
    Concept::Intervention,
    Concept::Sponsor,
    Concept::Collaborator,
    Concept::Mesh,
    Concept::Mention,
];

/// Words that say nothing of a trial's subject.
const EMPTY_WORDS: &str = "\
    a about administered adult adults after age aged all alone among an and any are as assess assessment \
    associated at based be been before between blind both by can care caused clinical cohort combination \
    combined comparative compare compared comparing comparison conditions control controlled different \
    disease diseases does dose double due during early effect effective effectiveness effects efficacy \
    evaluate evaluating evaluation feasibility following for from group had has have having healthy high \
    his how human i ii iii impact in into investigate investigation is it its iv label late least level \
    levels long low management method methods multi multicenter multicentre new not observational of on \
    open or other outcome outcomes parallel participants patient patients people phase pilot placebo \
    plus previous previously prior prospective protocol quality random randomised randomized receive \
    received receiving regimen related results retrospective role routine safety selected sham short \
    single standard studies study study's subjects term than that the their therapy these this to \
    tolerability treat treated treating treatment trial trials two type under undergoing use used using \
    usual versus via volunteers vs was when which who will with within without years";

/// Whether `word` says nothing of a trial's subject.
fn is_empty(word: &str) -> bool {
    EMPTY_WORDS.split(' ').any(|empty| empty == word)
}

impl Clues {
    /// Reads what `study` says. A record that cannot be read says no terms of the thesaurus.
    pub(super) fn of(store: &Store, study: StudyIdx) -> Self {
        let mut all = terms(store, study);
        all.extend(mentions(store, study));
        all.extend(ids(store, study));
        all.extend(parties(store, study));
        for value in store.vocabulary(Concept::Acronym).values(study) {
            all.push(Clue::new(store, (Kind::Acronym, 1.0), vec![(Concept::Acronym, value)]));
        }
        let texts = texts(store, study);
        all.extend(words(store, &texts));
        all.retain(|clue| clue.tells(store));
        all.sort_by(|a, b| {
            let longer = b.words.len().cmp(&a.words.len());
            b.weight.total_cmp(&a.weight).then(longer).then_with(|| a.label.cmp(&b.label))
        });
        let mut by_value: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_word = HashMap::new();
        for (index, clue) in all.iter().enumerate() {
            for &place in &clue.places {
                by_value.entry(place).or_default().push(index);
            }
            if clue.kind == Kind::Word {
                by_word.insert(clue.label.clone(), index);
            }
        }
        Self { texts, all, by_value, by_word }
    }

    /// Those that `candidate` has too, the heaviest first.
    pub(super) fn shared_with(&self, store: &Store, candidate: StudyIdx) -> Vec<&Clue> {
        let places = LOOKED_AT.iter().flat_map(|&concept| {
            store.vocabulary(concept).values(candidate).map(move |value| (concept, value))
        });
        let mut shared: Vec<usize> =
            places.filter_map(|place| self.by_value.get(&place)).flatten().copied().collect();
        for title in titles(store, candidate) {
            shared.extend(text::words(&title).filter_map(|word| self.by_word.get(word)));
        }
        shared.sort_unstable();
        shared.dedup();
        shared.into_iter().map(|index| &self.all[index]).collect()
    }
}

impl Clue {
    /// A clue of a kind, and how much one of that kind counts, which is called as the first of its
    /// places.
    fn new(store: &Store, (kind, factor): (Kind, f64), places: Vec<(Concept, ValueIdx)>) -> Self {
        let studies = |&(concept, value): &(Concept, ValueIdx)| {
            store.vocabulary(concept).studies(value).len() as u32
        };
        let frequency = places.iter().map(studies).max().unwrap_or(0).max(1);
        let (concept, value) = places[0];
        let label = store.vocabulary(concept).label(value).to_owned();
        let words =
            text::words(store.vocabulary(concept).folded(value)).map(str::to_owned).collect();
        let rarity = (f64::from(store.len() as u32 + 1) / f64::from(frequency)).ln();
        Self { kind, label, words, places, frequency, weight: factor * rarity }
    }

    /// Whether it tells studies apart. A term that one in twenty has, such as a placebo, does not, nor
    /// does a word that one in a hundred has.
    fn tells(&self, store: &Store) -> bool {
        let studies = store.len() as u32;
        let most = match self.kind {
            Kind::Term | Kind::Mesh => 50 + studies / 20,
            Kind::Word => 20 + studies / 100,
            _ => u32::MAX,
        };
        self.frequency <= most
    }
}

/// Conditions, keywords, interventions and terms of the thesaurus. What stands in several fields, or
/// with its words in another order, is one clue; of others it is looked for in every such field.
fn terms(store: &Store, study: StudyIdx) -> Vec<Clue> {
    /// A term by its sorted words.
    type Said = Vec<String>;
    let mut texts: Vec<(Said, Kind, f64, String)> = Vec::new();
    let mut say = |kind: Kind, factor: f64, folded: &str| {
        let mut said: Said = text::words(folded).map(str::to_owned).collect();
        if said.iter().all(|word| is_empty(word)) {
            return;
        }
        said.sort_unstable();
        texts.push((said, kind, factor, folded.to_owned()));
    };
    for &(concept, factor) in TERMS {
        let vocabulary = store.vocabulary(concept);
        vocabulary
            .values(study)
            .for_each(|value| say(Kind::Term, factor, vocabulary.folded(value)));
    }
    if let Ok(json) = store.record(study)
        && let Ok(summary) = Summary::parse(&json)
    {
        // Not those above them: what is under one of the study's own terms is about it, not the reverse.
        summary.mesh_terms().for_each(|term| say(Kind::Mesh, 0.8, &text::fold(term)));
    }
    texts.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)).then(b.2.total_cmp(&a.2)));
    let groups = texts.chunk_by(|a, b| a.0 == b.0);
    let clues = groups.filter_map(|group| {
        let (_, kind, factor, _) = group[0];
        let fields = TERMS.iter().map(|&(concept, _)| concept).chain([Concept::Mesh]);
        let mut places: Vec<(Concept, ValueIdx)> = Vec::new();
        for concept in fields {
            let values = group.iter().map(|(.., folded)| store.vocabulary(concept).exactly(folded));
            places.extend(values.flatten().map(|value| (concept, value)));
        }
        places.sort_unstable();
        places.dedup();
        (!places.is_empty()).then(|| Clue::new(store, (kind, factor), places))
    });
    clues.collect()
}

/// The id of the study in other records, and other ids in its own.
fn mentions(store: &Store, study: StudyIdx) -> Vec<Clue> {
    let mentions = store.vocabulary(Concept::Mention);
    let own = mentions.exactly(&text::fold(&store.id(study).to_string()));
    let own =
        own.map(|value| Clue::new(store, (Kind::Mentions, 3.0), vec![(Concept::Mention, value)]));
    let others = mentions.values(study).filter_map(|value| {
        let id = store.vocabulary(Concept::Id).exactly(mentions.folded(value))?;
        Some(Clue::new(store, (Kind::Mentioned, 3.0), vec![(Concept::Id, id)]))
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
        clues.push(Clue::new(store, (Kind::Id, 1.5), vec![(Concept::Id, value)]));
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
            clues.push(Clue { label, ..Clue::new(store, (Kind::Number, 1.0), near) });
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
    const ROLES: [Concept; 2] = [Concept::Sponsor, Concept::Collaborator];
    let mut clues = Vec::new();
    for role in ROLES {
        let vocabulary = store.vocabulary(role);
        for value in vocabulary.values(study) {
            if role == Concept::Sponsor {
                clues.push(Clue::new(store, (Kind::Sponsor, 0.3), vec![(role, value)]));
            }
            let name = vocabulary.folded(value);
            let places = ROLES
                .iter()
                .filter_map(|&role| Some((role, store.vocabulary(role).exactly(name)?)));
            clues.push(Clue::new(store, (Kind::Party, 0.15), places.collect()));
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
    let words = |folded: &str| text::words(folded).map(str::to_owned).collect();
    let terms = SUBJECTS.iter().flat_map(|&concept| {
        let vocabulary = store.vocabulary(concept);
        vocabulary.values(study).map(move |value| words(vocabulary.folded(value)))
    });
    titles(store, study).iter().map(|title| words(title)).chain(terms).collect()
}

const SUBJECTS: [Concept; 2] = [Concept::Condition, Concept::Intervention];

/// The words of `texts`, in whichever of such texts the other study has them.
fn words(store: &Store, texts: &[Vec<String>]) -> Vec<Clue> {
    let titles = store.vocabulary(Concept::Title);
    let mut words: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
    words.sort_unstable();
    words.dedup();
    words.retain(|word| word.chars().count() > 1 && !is_empty(word));
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
        let clue = (!places.is_empty()).then(|| Clue::new(store, (Kind::Word, 0.5), places))?;
        Some(Clue { label: word.to_owned(), words: vec![word.to_owned()], ..clue })
    });
    clues.collect()
}

/// How many conditions, or interventions, a word leads to; others have it by the way.
const TERMS_OF_A_WORD: usize = 16;
