//! The studies that share most with one study, and what it is that they share.
//!
//! What a study says is a list of clues. A clue counts the more the fewer studies have it; the rarest
//! lead to candidates, until so many studies have been looked at that a large registry costs no more
//! than a small one, and the best candidates are then weighed by every clue. The weights order the
//! list; nobody is shown them.

mod clue;
#[cfg(test)]
mod tests;

use std::fmt;

use clue::{Clue, Clues, Kind};

use crate::store::{Store, StudyIdx};

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

/// Something that two studies share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The other one's record has the id of the first.
    Mentions,
    /// The first one's record has the id of the other.
    Mentioned,
    /// A number of the sponsor or of another register.
    Id(String),
    /// The first one's number, which is where the other's begins, or the reverse; same sponsor.
    Number(String),
    Acronym(String),
    /// Conditions, keywords and interventions, the rarest first, and how many more.
    Terms(Vec<String>, usize),
    /// The same as terms of the registry's thesaurus.
    Mesh(Vec<String>, usize),
    Sponsor,
    /// Those that are sponsor or collaborator of both, where the sponsor is not the same.
    Parties(Vec<String>),
    /// Words of the titles, conditions and interventions of both that no term says; those that stand
    /// side by side in both stand so here.
    Words(Vec<String>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |words: &[String]| words.join(", ");
        let and_more =
            |more: usize| if more > 0 { format!(" and {more} more") } else { String::new() };
        match self {
            Self::Mentions => f.write_str("its record mentions this trial"),
            Self::Mentioned => f.write_str("this trial's record mentions it"),
            Self::Id(id) => write!(f, "same id: {id}"),
            Self::Number(id) => write!(f, "an id that begins as {id} does"),
            Self::Acronym(acronym) => write!(f, "same acronym: {acronym}"),
            Self::Terms(terms, more) => write!(f, "both: {}{}", list(terms), and_more(*more)),
            Self::Mesh(terms, more) => write!(f, "both MeSH: {}{}", list(terms), and_more(*more)),
            Self::Sponsor => f.write_str("same sponsor"),
            Self::Parties(names) => write!(f, "both with {}", list(names)),
            Self::Words(words) => write!(f, "both say: {}", list(words)),
        }
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

/// The studies with the most weight of rare clues.
fn candidates(store: &Store, clues: &Clues, study: StudyIdx) -> Vec<StudyIdx> {
    let mut rarest: Vec<&Clue> = clues.all.iter().collect();
    rarest.sort_by_key(|clue| clue.frequency);
    let mut weights = vec![0.0_f64; store.len()];
    let mut candidates: Vec<u32> = Vec::new();
    let mut left = MEETINGS;
    for clue in rarest {
        for &(concept, value) in &clue.places {
            let studies = store.vocabulary(concept).studies(value);
            let met = studies.len().min(left);
            left -= met;
            for &other in studies[..met].iter().filter(|&&other| other != study.0) {
                let weight = &mut weights[other as usize];
                if *weight == 0.0 {
                    candidates.push(other);
                }
                *weight += clue.weight;
            }
        }
    }
    let weight = |study: u32| weights[study as usize];
    let heaviest = |a: &u32, b: &u32| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b));
    if candidates.len() > CANDIDATES {
        candidates.select_nth_unstable_by(CANDIDATES, heaviest);
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
    both: Vec<&'a Clue>,
}

impl<'a> Shared<'a> {
    /// Leaves out a term that a heavier one says already: diabetes beside type 1 diabetes.
    fn new(store: &'a Store, clues: &'a Clues, candidate: StudyIdx) -> Self {
        let mut both: Vec<&Clue> = Vec::new();
        for clue in clues.shared_with(store, candidate) {
            let says = |other: &&&Clue| {
                other.kind == clue.kind && clue.words.iter().all(|word| other.words.contains(word))
            };
            let is_term = matches!(clue.kind, Kind::Term | Kind::Mesh);
            if !(is_term && both.iter().any(|other| says(&other))) {
                both.push(clue);
            }
        }
        Self { store, candidate, clues, both }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &'a Clue> {
        self.both.iter().copied().filter(move |clue| clue.kind == kind)
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
        subject + beside + words.map(|clue| clue.weight).sum::<f64>()
    }

    fn weight_of(&self, kind: Kind) -> f64 {
        self.of(kind).map(|clue| clue.weight).sum()
    }

    /// Whether all that is shared is a word, or the beginning of a number.
    fn is_chance(&self) -> bool {
        let mut more =
            self.both.iter().filter(|clue| !matches!(clue.kind, Kind::Word | Kind::Number));
        more.next().is_none() && self.words().count() < 2
    }

    /// A number that begins as one of the candidate's does. Of another sponsor's that is chance.
    fn number(&self) -> Option<&'a Clue> {
        let by_one = self.of(Kind::Sponsor).next().is_some() && self.of(Kind::Id).next().is_none();
        self.of(Kind::Number).next().filter(|_| by_one)
    }

    /// Words of both that no shared term has.
    fn words(&self) -> impl Iterator<Item = &'a Clue> {
        let said = |word: &Clue| {
            let mut terms = self.of(Kind::Term).chain(self.of(Kind::Mesh));
            terms.any(|term| term.words.contains(&word.label))
        };
        self.of(Kind::Word).filter(move |word| !said(word))
    }

    /// What is shared, in the order in which it is read.
    fn reasons(&self) -> Vec<Reason> {
        let labels = |clues: &mut dyn Iterator<Item = &Clue>, most: usize| {
            let labels: Vec<String> = clues.take(most).map(|clue| clue.label.clone()).collect();
            Some(labels).filter(|labels| !labels.is_empty())
        };
        let terms = |kind: Kind| {
            let more = self.of(kind).count().saturating_sub(NAMED);
            Some((labels(&mut self.of(kind), NAMED)?, more))
        };
        let has = |kind: Kind| self.of(kind).next().is_some();
        let mut reasons = Vec::new();
        reasons.extend(has(Kind::Mentions).then_some(Reason::Mentions));
        reasons.extend(has(Kind::Mentioned).then_some(Reason::Mentioned));
        reasons.extend(self.of(Kind::Id).next().map(|clue| Reason::Id(clue.label.clone())));
        reasons.extend(self.number().map(|clue| Reason::Number(clue.label.clone())));
        reasons.extend(self.of(Kind::Acronym).map(|clue| Reason::Acronym(clue.label.clone())));
        let written = || terms(Kind::Term).map(|(terms, more)| Reason::Terms(terms, more));
        let made = || terms(Kind::Mesh).map(|(terms, more)| Reason::Mesh(terms, more));
        let mesh_first = self.weight_of(Kind::Mesh) > self.weight_of(Kind::Term);
        reasons.extend(if mesh_first { made() } else { written().or_else(made) });
        if has(Kind::Sponsor) {
            reasons.push(Reason::Sponsor);
        } else {
            reasons.extend(labels(&mut self.of(Kind::Party), 2).map(Reason::Parties));
        }
        let words: Vec<&str> = self.words().map(|clue| clue.label.as_str()).collect();
        let there = clue::texts(self.store, self.candidate);
        let mut words = phrases(&self.clues.texts, &there, &words);
        words.truncate(NAMED);
        reasons.extend(Some(words).filter(|words| !words.is_empty()).map(Reason::Words));
        reasons
    }
}

/// `words` in their order, those that stand side by side in a text of both together, with what stands
/// between them: `acute on chronic liver failure`.
fn phrases(here: &[Vec<String>], there: &[Vec<String>], words: &[&str]) -> Vec<String> {
    let is_word = |word: Option<&String>| word.is_some_and(|word| words.contains(&word.as_str()));
    let is_there = |span: &[String]| {
        there.iter().any(|text| text.windows(span.len()).any(|window| window == span))
    };
    let spans = here.iter().flat_map(|text| {
        (0..text.len())
            .flat_map(move |start| (start + 1..=text.len()).map(move |end| &text[start..end]))
    });
    let ends = |span: &&[String]| is_word(span.first()) && is_word(span.last());
    let spans: Vec<&[String]> = spans.filter(|span| ends(span) && is_there(span)).collect();
    let mut phrases: Vec<String> = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    for &word in words {
        if !said.contains(&word) {
            let with_word = spans.iter().filter(|span| span.iter().any(|other| other == word));
            let longest = with_word.max_by_key(|span| span.len());
            said.extend(longest.into_iter().copied().flatten().map(String::as_str));
            phrases.push(longest.map_or_else(|| word.to_owned(), |span| span.join(" ")));
        }
    }
    phrases
}
