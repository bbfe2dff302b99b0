//! What is asked of prose: single words are looked up in the index; of words side by side, or near each other, it gives
//! candidates, whose records are read.

pub(super) mod passage;

use std::collections::BTreeSet;
use std::thread;

use roaring::RoaringBitmap;

use super::Cancel;
use super::query::{Ask, Expr, Reading, Term};
use super::sought::{self, Fits, Sought};
use crate::cores;
use crate::store::prose::ProseWord;
use crate::store::{Prose, Store, StudyIdx};
use crate::study::prose::{Parts, passages};
use passage::{Words, placed};

/// How far reading the candidates of a phrase has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub done: u64,
    pub of: u64,
}

/// How what was asked of prose could be answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProseState {
    /// Wholly, or nothing was asked.
    #[default]
    Complete,
    /// So far only the newest candidates were read.
    Partial(Looked),
    /// Not at all: there is no index yet.
    Awaited,
}

/// Whether records have to be read to know what an expression finds.
pub(super) fn reads_records(expr: &Expr) -> bool {
    match expr {
        Expr::Term(term) => term.is_of_prose() && sought::in_prose(&term.ask).len() > 1,
        Expr::Area(term) => reads_records(&term.expanded()),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(reads_records),
        Expr::Not(inner) => reads_records(inner),
        Expr::Everything | Expr::NotMeant(_) | Expr::Marked(_) | Expr::Near(_) | Expr::Site(_) => {
            false
        }
    }
}

/// So many spellings are named.
const MOST_NAMES: usize = 5;

/// What is asked of prose.
pub(super) struct Passages<'a> {
    prose: &'a Prose,
    parts: Parts,
    reading: Reading,
    words: Vec<Sought>,
    /// For each word its other spellings.
    spelled: Vec<Vec<ProseWord>>,
    /// How many other words may stand among these; `None` if they stand side by side.
    apart: Option<usize>,
}

/// What a single word finds.
pub(super) struct WordHits {
    /// Those that have the word itself.
    pub(super) whole: RoaringBitmap,
    /// Those that have a word that begins so.
    pub(super) begun: RoaringBitmap,
    /// Those that have it in another spelling, and which ones.
    pub(super) spelled: RoaringBitmap,
    pub(super) names: Vec<String>,
}

/// What is known of the studies that have all words.
#[derive(Clone, Debug, Default)]
pub(super) struct Proof {
    pub(super) candidates: RoaringBitmap,
    /// Those of which the record was read.
    looked: RoaringBitmap,
    /// Those in which the words stand as they were asked.
    pub(super) literal: RoaringBitmap,
    /// Those in which they do so in other spellings, and which ones.
    pub(super) spelled: RoaringBitmap,
    pub(super) names: BTreeSet<String>,
}

/// How words stand in a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stand {
    Literally,
    /// The words as they stand there.
    Spelled(String),
}

impl<'a> Passages<'a> {
    /// `None` if the term asks nothing.
    pub(super) fn new(
        prose: &'a Prose,
        term: &Term,
        parts: Parts,
        reading: Reading,
    ) -> Option<Self> {
        let words = sought::in_prose(&term.ask);
        let apart = match term.ask {
            Ask::Apart(_, others) => Some(others as usize),
            _ => None,
        };
        // A single word in quotes, or with `*`, is meant as it stands.
        let typed = if let Ask::Word(typed) = &term.ask { Some(typed) } else { None };
        let is_as_it_stands = words.len() == 1 && typed.is_none_or(|typed| typed.contains('*'));
        let spelled = words.iter().map(|sought| {
            let is_spelled = reading == Reading::AsMeant && !is_as_it_stands;
            // With `*` among others.
            let is_cut = typed.is_none() && sought.fits == Fits::Beginning;
            if is_spelled && !is_cut { prose.spellings(&sought.word) } else { Vec::new() }
        });
        let spelled = spelled.collect();
        (!words.is_empty()).then_some(Self { prose, parts, reading, words, spelled, apart })
    }

    /// What it finds if it is a single word.
    pub(super) fn word(&self) -> Option<WordHits> {
        let [sought] = &self.words[..] else { return None };
        let whole = self.prose.with_any(self.prose.find(&sought.word), self.parts);
        let begun = match sought.fits {
            Fits::Beginning => {
                let begun = self.prose.beginning_with(&sought.word);
                self.prose.with_any(begun, self.parts) - &whole
            }
            Fits::Same | Fits::Spelling => RoaringBitmap::new(),
        };
        let others = self.spelled[0].iter().filter(|word| !sought.fits(word.text()));
        let spelled = self.prose.with_any(others.clone().cloned(), self.parts) - &whole - &begun;
        let names = others.map(|word| word.text().to_owned()).take(MOST_NAMES).collect();
        Some(WordHits { whole, begun, spelled, names })
    }

    /// Nothing proved yet. Words that hyphens join need no proof: they are in the index.
    pub(super) fn unproved(&self) -> Proof {
        let having = self.words.iter().zip(&self.spelled).map(|(sought, spelled)| {
            let own: Box<dyn Iterator<Item = ProseWord>> = match sought.fits {
                Fits::Beginning => Box::new(self.prose.beginning_with(&sought.word)),
                Fits::Same | Fits::Spelling => Box::new(self.prose.find(&sought.word).into_iter()),
            };
            self.prose.with_any(own.chain(spelled.iter().cloned()), self.parts)
        });
        let candidates = having.reduce(|all, having| all & having).unwrap_or_default();
        let mut proof = Proof { candidates, ..Proof::default() };
        if self.apart.is_none() {
            let words: Vec<&str> = self.words.iter().map(|sought| sought.word.as_str()).collect();
            let joined = words.join("-");
            proof.literal = self.prose.with_any(self.prose.find(&joined), self.parts);
            if self.reading == Reading::AsMeant {
                for word in self.prose.spellings(&joined) {
                    proof.spelled |= self.prose.with_any([word.clone()], self.parts);
                    proof.name(word.text().to_owned());
                }
                proof.spelled -= &proof.literal;
            }
            proof.looked = &proof.literal | &proof.spelled;
            proof.candidates |= &proof.looked;
        }
        proof
    }

    /// Reads the candidates among `within` that were not read yet, the newest first; stops when it is cancelled, or when
    /// `goes_on` says so.
    pub(super) fn prove(
        &self,
        (store, proof): (&Store, &mut Proof),
        within: Option<&RoaringBitmap>,
        goes_on: &(dyn Fn() -> bool + Sync),
        cancel: &Cancel,
    ) -> Looked {
        let wanted = match within {
            Some(within) => &proof.candidates & within,
            None => proof.candidates.clone(),
        };
        let unread: Vec<u32> = (&wanted - &proof.looked).iter().collect();
        let mut looked = Looked { done: wanted.len() - unread.len() as u64, of: wanted.len() };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for batch in unread.chunks(BATCH * cores) {
            if cancel.is_cancelled() || !goes_on() {
                break;
            }
            let shares: Vec<Vec<Read>> = thread::scope(|scope| {
                let shares = batch.chunks(batch.len().div_ceil(cores)).map(|studies| {
                    let read = move || self.read(store, studies, cancel);
                    cores::spawn(scope, read).ok_or(read)
                });
                let threads: Vec<_> = shares.collect();
                let join = threads.into_iter().map(|thread| match thread {
                    Ok(thread) => thread.join().unwrap_or_default(),
                    Err(read) => read(),
                });
                join.collect()
            });
            for (study, stand) in shares.into_iter().flatten() {
                proof.take(study, stand);
                looked.done += 1;
            }
        }
        looked
    }

    /// How the words stand in each of some studies. A record that cannot be read has none.
    fn read(&self, store: &Store, studies: &[u32], cancel: &Cancel) -> Vec<Read> {
        let studies = studies.iter().take_while(|_| !cancel.is_cancelled());
        let read = studies.map(|&study| {
            let json = store.record(StudyIdx(study)).unwrap_or_default();
            (study, self.stand_in(&json))
        });
        read.collect()
    }

    /// How the words stand in a record, in the best of its passages.
    fn stand_in(&self, json: &str) -> Option<Stand> {
        let mut best = None;
        let mut words = Words::default();
        // A record that is none has no passages.
        let _ = passages(json, self.parts, |_, text| {
            if best != Some(Stand::Literally) {
                words.read(text);
                best = self.stand(&words).or(best.take());
            }
        });
        best
    }

    /// The passages of a record in which the words stand.
    pub(super) fn having(&self, json: &str) -> Vec<String> {
        let (mut having, mut words) = (Vec::new(), Words::default());
        let _ = passages(json, self.parts, |_, text| {
            words.read(text);
            if self.stand(&words).is_some() {
                having.push(text.to_owned());
            }
        });
        having
    }

    /// How the words stand among those of a passage.
    fn stand(&self, words: &Words) -> Option<Stand> {
        let mut spelled = None;
        for at in 0..words.len() {
            let found = match self.apart {
                None => self.side_by_side(words, at),
                Some(others) => self.near(words, at, others),
            };
            match found {
                Some(Stand::Literally) => return found,
                Some(stand) if spelled.is_none() => spelled = Some(stand),
                _ => (),
            }
        }
        let is_joined = self.apart.is_none() && self.reading == Reading::AsMeant;
        spelled.or_else(|| if is_joined { self.joined(words) } else { None })
    }

    /// Whether the words stand side by side from a place on.
    fn side_by_side(&self, words: &Words, at: usize) -> Option<Stand> {
        let mut is_literal = true;
        for (place, sought) in self.words.iter().enumerate() {
            let word = words.get(at + place)?;
            if !sought.fits(word) {
                self.is_spelling(place, word).then_some(())?;
                is_literal = false;
            }
        }
        let all = (at..at + self.words.len()).filter_map(|at| words.get(at));
        Some(if is_literal {
            Stand::Literally
        } else {
            Stand::Spelled(all.collect::<Vec<_>>().join(" "))
        })
    }

    /// Whether all words stand behind each other in any order, the first of them at a place and with at most so many others
    /// among them.
    fn near(&self, words: &Words, at: usize, others: usize) -> Option<Stand> {
        let end = words.len().min(at + self.words.len() + others);
        let first = words.get(at)?;
        let begins = (0..self.words.len()).any(|place| self.is_meant(place, first));
        if !begins {
            return None;
        }
        let word = |place: usize| words.get(at + place).unwrap_or_default();
        let literal = |of: usize, place: usize| self.words[of].fits(word(place));
        if placed(self.words.len(), end - at, &literal).is_some() {
            return Some(Stand::Literally);
        }
        let meant = |of: usize, place: usize| self.is_meant(of, word(place));
        let places = placed(self.words.len(), end - at, &meant)?;
        let found = places.into_iter().map(word).collect::<Vec<_>>();
        Some(Stand::Spelled(found.join(" … ")))
    }

    /// The words of a passage that are another spelling of all words joined.
    fn joined(&self, words: &Words) -> Option<Stand> {
        let joined: Vec<&str> = self.words.iter().map(|sought| sought.word.as_str()).collect();
        let key = joined.join("-");
        let all = words.all();
        let found = all.into_iter().find(|word| *word != key && Prose::is_same(word, &key))?;
        Some(Stand::Spelled(found.to_owned()))
    }

    fn is_meant(&self, place: usize, word: &str) -> bool {
        self.words[place].fits(word) || self.is_spelling(place, word)
    }

    fn is_spelling(&self, place: usize, word: &str) -> bool {
        self.spelled[place].iter().any(|spelling| spelling.text() == word)
    }
}

/// What was found in the record of a study.
type Read = (u32, Option<Stand>);

/// So many records a core reads before it looks whether it is to go on.
const BATCH: usize = 128;

impl Proof {
    fn take(&mut self, study: u32, stand: Option<Stand>) {
        self.looked.insert(study);
        match stand {
            Some(Stand::Literally) => _ = self.literal.insert(study),
            Some(Stand::Spelled(name)) => {
                self.spelled.insert(study);
                self.name(name);
            }
            None => (),
        }
    }

    fn name(&mut self, name: String) {
        if self.names.len() < MOST_NAMES {
            self.names.insert(name);
        }
    }
}

/// So many words can be asked to stand near each other.
pub(super) const MOST_NEAR: usize = 8;
