//! The studies that share most with one study, and what they share.
//!
//! A study says things that others may say too: its clues. A clue counts more the fewer studies have it. The rarest
//! clues give candidates, until a fixed number of studies has been looked at; so a large registry takes no longer than
//! a small one. The best candidates are then weighed by every clue. The weights are not shown.

mod boilerplate;
mod clue;
mod clues;
mod reason;
mod subject;
#[cfg(test)]
mod tests;

use std::fmt;

use clue::{Kind, Name};
use clues::{Clues, Common};
pub use reason::Reason;
use reason::phrases;

use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text;

/// How many related studies are named at most.
pub const MOST: usize = 50;

/// How many times a study is met at most on the way to candidates.
const MEETINGS: usize = 40_000;

/// How many candidates are weighed by every clue.
const CANDIDATES: usize = 200;

/// How many shared terms, and how many words, are named.
const NAMED: usize = 4;

/// How many shared words count.
const WORDS: usize = 6;

/// How many studies a sponsor has at most for it alone to relate them.
const FEW: u32 = 5;

/// A study that shares something with another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub study: StudyIdx,
    /// What they share; never empty.
    pub reasons: Vec<Reason>,
}

impl Related {
    /// What they share, in one line.
    pub fn in_words(&self) -> String {
        self.reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }
}

/// Why a study is related to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unrelated {
    /// There is no other study.
    Alone,
    /// It does not say what it is about.
    Silent,
    /// None of so many others shares what it says.
    AmongOthers(usize),
}

impl fmt::Display for Unrelated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alone => f.write_str("there is no other trial"),
            Self::Silent => f.write_str("its record does not say what it is about"),
            Self::AmongOthers(1) => f.write_str("the other trial shares nothing with it"),
            Self::AmongOthers(others) => write!(
                f,
                "none of the {} others shares a condition, an intervention or telling words with it",
                text::grouped(*others as u64)
            ),
        }
    }
}

/// Says why [`related`] finds nothing for `study`.
pub fn unrelated(store: &Store, study: StudyIdx) -> Unrelated {
    let subjects = [Kind::Term, Kind::Mesh, Kind::Word];
    let has_subject =
        || Clues::of(store, study).all.iter().any(|clue| subjects.contains(&clue.kind));
    match store.len() {
        0 | 1 => Unrelated::Alone,
        _ if !has_subject() => Unrelated::Silent,
        studies => Unrelated::AmongOthers(studies - 1),
    }
}

/// The studies that share most with `study`, the closest first.
pub fn related(store: &Store, study: StudyIdx) -> Vec<Related> {
    let clues = Clues::of(store, study);
    let candidates = candidates(store, &clues, study).into_iter();
    let shared = candidates.map(|candidate| Shared::new(store, &clues, candidate));
    let mut weighed: Vec<(f64, Shared)> = shared
        .filter(|shared| !shared.is_chance())
        .map(|shared| (shared.weight(), shared))
        .collect();
    weighed.sort_by(|(a_weight, a), (b_weight, b)| {
        let by_update = || store.updated(b.candidate).cmp(&store.updated(a.candidate));
        b_weight.total_cmp(a_weight).then_with(by_update).then(a.candidate.cmp(&b.candidate))
    });
    weighed.truncate(MOST);
    let related = weighed.into_iter();
    related
        .map(|(_, shared)| Related { study: shared.candidate, reasons: shared.reasons() })
        .collect()
}

/// The studies with the most weight of names, the rarest of which are looked at first. A name that too many studies have
/// is passed over, unless there are few candidates without it; then the newest of those that have it count.
fn candidates(store: &Store, clues: &Clues, study: StudyIdx) -> Vec<StudyIdx> {
    let names = clues.all.iter().flat_map(|clue| &clue.names);
    let mut rarest: Vec<&Name> = names.collect();
    rarest.sort_by_key(|name| name.frequency);
    let mut weights = vec![0.0_f64; store.len()];
    let mut candidates: Vec<u32> = Vec::new();
    let mut left = MEETINGS;
    for name in rarest {
        for &(concept, value) in &name.places {
            let studies = store.vocabulary(concept).studies(value);
            let met = match studies.len() {
                met if met <= left => met,
                _ if candidates.len() < CANDIDATES => left,
                _ => 0,
            };
            left -= met;
            for &other in studies[studies.len() - met..].iter().filter(|&&other| other != study.0) {
                let weight = &mut weights[other as usize];
                if *weight == 0.0 {
                    candidates.push(other);
                }
                *weight += name.weight;
            }
        }
    }
    let weight = |study: u32| weights[study as usize];
    let updated = |study: u32| store.updated(StudyIdx(study));
    let first = |a: &u32, b: &u32| {
        let newer = || updated(*b).cmp(&updated(*a));
        weight(*b).total_cmp(&weight(*a)).then_with(newer).then(a.cmp(b))
    };
    if candidates.len() > CANDIDATES {
        candidates.select_nth_unstable_by(CANDIDATES, first);
        candidates.truncate(CANDIDATES);
    }
    candidates.into_iter().map(StudyIdx).collect()
}

/// What a candidate shares.
struct Shared<'a> {
    store: &'a Store,
    candidate: StudyIdx,
    clues: &'a Clues,
    /// The heaviest first.
    both: Vec<Common<'a>>,
}

impl<'a> Shared<'a> {
    /// Leaves out a term that a heavier one of its field says already: diabetes beside type 1 diabetes.
    fn new(store: &'a Store, clues: &'a Clues, candidate: StudyIdx) -> Self {
        let mut both: Vec<Common> = Vec::new();
        for common in clues.shared_with(store, candidate) {
            let says = |other: &Common| {
                let is_of_field = other.clue.fields[0] == common.clue.fields[0]
                    || common.clue.fields[0] == Concept::Keyword;
                is_of_field
                    && other.clue.kind == common.clue.kind
                    && other.clue.has_words_of(common.name)
            };
            let is_term = matches!(common.clue.kind, Kind::Term | Kind::Mesh);
            if !(is_term
                && both.iter().filter(|other| other.clue.kind == common.clue.kind).any(says))
            {
                both.push(common);
            }
        }
        Self { store, candidate, clues, both }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Common<'a>> {
        self.both.iter().filter(move |common| common.clue.kind == kind)
    }

    fn has(&self, kind: Kind) -> bool {
        self.of(kind).next().is_some()
    }

    /// How much is shared.
    fn weight(&self) -> f64 {
        const BESIDE: [Kind; 6] =
            [Kind::Mentions, Kind::Mentioned, Kind::Id, Kind::Acronym, Kind::Sponsor, Kind::Party];
        let [terms, mesh] = [Kind::Term, Kind::Mesh].map(|kind| self.weight_of(kind));
        // Two ways of saying one thing: what registrants wrote, and what the registry made of it.
        let subject = terms.max(mesh) + terms.min(mesh) / 4.0;
        let beside: f64 = BESIDE.into_iter().map(|kind| self.weight_of(kind)).sum();
        let words = self.words().take(WORDS).chain(self.number());
        subject + beside + words.map(|common| common.weight).sum::<f64>()
    }

    fn weight_of(&self, kind: Kind) -> f64 {
        self.of(kind).map(|common| common.weight).sum()
    }

    /// Whether what is shared can be chance: a sponsor of many trials, a word or two, the beginning of a number.
    fn is_chance(&self) -> bool {
        let alone = |common: &Common| match common.clue.kind {
            Kind::Word | Kind::Number => false,
            Kind::Sponsor | Kind::Party => common.clue.frequency() <= FEW,
            _ => true,
        };
        let are_words_enough = || {
            let phrases = self.phrases();
            phrases.len() > 2 || phrases.iter().any(|phrase| phrase.contains(' '))
        };
        !self.both.iter().any(alone) && !are_words_enough()
    }

    /// A number that begins as one of the candidate's does. Of another sponsor's that is chance.
    fn number(&self) -> Option<&Common<'a>> {
        let by_one = self.has(Kind::Sponsor) && !self.has(Kind::Id);
        self.of(Kind::Number).next().filter(|_| by_one)
    }

    /// Words of both that no shared term has.
    fn words(&self) -> impl Iterator<Item = &Common<'a>> {
        let said = |word: &Common| {
            let mut terms = self.of(Kind::Term).chain(self.of(Kind::Mesh));
            terms.any(|term| term.clue.has_word(&word.name.label))
        };
        self.of(Kind::Word).filter(move |word| !said(word))
    }

    /// The words of both, those together that stand side by side.
    fn phrases(&self) -> Vec<String> {
        let words: Vec<&str> = self.words().map(|common| common.name.label.as_str()).collect();
        phrases(&self.clues.texts, &clues::texts(self.store, self.candidate), &words)
    }

    /// What is shared, in the order in which it is read.
    fn reasons(&self) -> Vec<Reason> {
        let label = |common: &Common| common.name.label.clone();
        let mut reasons = Vec::new();
        reasons.extend(self.has(Kind::Mentions).then_some(Reason::Mentions));
        reasons.extend(self.has(Kind::Mentioned).then_some(Reason::Mentioned));
        reasons.extend(self.of(Kind::Id).next().map(|common| Reason::Id(label(common))));
        reasons.extend(self.number().map(|common| Reason::Number(label(common))));
        reasons.extend(self.of(Kind::Acronym).map(|common| Reason::Acronym(label(common))));
        reasons.extend(self.terms());
        let (names, more) = few(self.mesh_terms());
        reasons.extend((!names.is_empty()).then_some(Reason::Mesh(names, more)));
        if self.has(Kind::Sponsor) {
            reasons.push(Reason::Sponsor);
        } else {
            reasons.extend(self.parties());
        }
        let mut words = self.phrases();
        words.truncate(NAMED);
        reasons.extend(Some(words).filter(|words| !words.is_empty()).map(Reason::Words));
        reasons
    }

    /// Conditions, interventions and keywords, each in its field; then what stands in different fields.
    fn terms(&self) -> Vec<Reason> {
        let fields = [Concept::Condition, Concept::Intervention, Concept::Keyword];
        let mut reasons = Vec::new();
        for field in fields {
            let is_first = |common: &&Common| {
                let both = |field: &Concept| {
                    common.clue.fields.contains(field) && common.there.contains(field)
                };
                fields.iter().find(|field| both(field)) == Some(&field)
            };
            let (names, more) = few(self.of(Kind::Term).filter(is_first));
            if !names.is_empty() {
                reasons.push(Reason::Same { field, names, more });
            }
        }
        let is_across =
            |common: &&Common| !common.there.iter().any(|field| common.clue.fields.contains(field));
        let subjects = self.of(Kind::Term).chain(self.of(Kind::Mesh)).filter(is_across);
        // What is said in several ways is said once.
        let same = self.of(Kind::Term).filter(|term| !is_across(term));
        let mut said: Vec<&Common> = same.chain(self.mesh_terms()).collect();
        let mut across: Vec<&Common> = Vec::new();
        for common in subjects {
            if !said.iter().any(|other| other.clue.has_words_of(common.name)) {
                across.push(common);
                said.push(common);
            }
        }
        across.truncate(NAMED);
        reasons.extend(crossings(&across));
        reasons
    }

    /// Terms of the thesaurus, where they say more than what registrants wrote.
    fn mesh_terms(&self) -> impl Iterator<Item = &Common<'a>> {
        let is_more = self.weight_of(Kind::Mesh) > self.weight_of(Kind::Term);
        let is_said = |mesh: &Common| {
            let mut terms = self.of(Kind::Term).filter(|term| term.there != [Concept::Mesh]);
            terms.any(|term| term.clue.has_words_of(mesh.name))
        };
        let both = self.of(Kind::Mesh).filter(|common| common.there.contains(&Concept::Mesh));
        both.filter(move |common| is_more && !is_said(common))
    }

    /// Who takes part in both, where the sponsor is not the same.
    fn parties(&self) -> Vec<Reason> {
        let is_same = |common: &&Common| common.there.contains(&common.clue.fields[0]);
        let (same, across): (Vec<&Common>, Vec<&Common>) =
            self.of(Kind::Party).take(2).partition(is_same);
        let names: Vec<String> = same.iter().map(|common| common.name.label.clone()).collect();
        let same = Some(names).filter(|names| !names.is_empty()).map(Reason::Collaborators);
        same.into_iter().chain(crossings(&across)).collect()
    }
}

/// What stands in one field here and in another there, those of the same fields together.
fn crossings(across: &[&Common]) -> Vec<Reason> {
    let fields = |common: &Common| (common.clue.fields[0], common.there[0]);
    let mut reasons: Vec<Reason> = Vec::new();
    for common in across {
        let name = common.name.label.clone();
        let together = reasons.iter_mut().find_map(|reason| match reason {
            Reason::Across { names, here, there } => {
                (fields(common) == (*here, *there)).then_some(names)
            }
            _ => None,
        });
        if let Some(names) = together {
            names.push(name);
        } else {
            let (here, there) = fields(common);
            reasons.push(Reason::Across { names: vec![name], here, there });
        }
    }
    reasons
}

/// As many names as are shown, the rarest first, and how many more there are.
fn few<'a>(common: impl Iterator<Item = &'a Common<'a>>) -> (Vec<String>, usize) {
    let mut names: Vec<String> = common.map(|common| common.name.label.clone()).collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    (names, more)
}
