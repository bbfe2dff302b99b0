//! What is asked of prose, told by reading every passage of every record. It takes from the program only which criteria
//! are inclusion and which exclusion, and what the key of a word is.

mod expressions;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::Value;
use trialdex::dataset::{Cache, index_prose};
use trialdex::search::Reading;
use trialdex::store::Store;
use trialdex::store::prose::Making;
use trialdex::study::eligibility::{Role, criteria};
use trialdex::text::key;
use unicode_segmentation::UnicodeSegmentation;

use super::places::Random;
use super::{answer_as, ids_of, scan};
use crate::made::{Made, made};
use crate::real;

/// A word and its key, each as a number.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Word {
    word: usize,
    key: usize,
}

/// Every word, with its numbers.
#[derive(Default)]
struct Lexicon {
    numbers: HashMap<String, Word>,
    keys: HashMap<String, usize>,
    words: Vec<String>,
}

impl Lexicon {
    fn word(&mut self, text: &str) -> Word {
        if let Some(&word) = self.numbers.get(text) {
            return word;
        }
        let bare = key(&text.replace('-', "")).into_owned();
        let number = self.words.len();
        self.words.push(text.to_owned());
        let next = self.keys.len();
        let key = *self.keys.entry(bare).or_insert(next);
        let word = Word { word: number, key };
        self.numbers.insert(text.to_owned(), word);
        word
    }

    fn text(&self, word: Word) -> &str {
        &self.words[word.word]
    }
}

/// The words of a passage, and those that hyphens join.
struct Passage {
    part: &'static str,
    words: Vec<Word>,
    joined: Vec<Word>,
}

fn passage(lexicon: &mut Lexicon, part: &'static str, text: &str) -> Passage {
    let folded = scan::fold(text).replace(['‐', '\u{2011}'], "-").replace(['’', '‘'], "'");
    let places: Vec<(usize, &str)> = folded.unicode_word_indices().collect();
    let mut joined = Vec::new();
    let mut start = 0;
    for at in 1..=places.len() {
        let end = places[at - 1].0 + places[at - 1].1.len();
        let goes_on = places.get(at).is_some_and(|&(next, _)| &folded[end..next] == "-");
        if !goes_on {
            if at - start > 1 {
                joined.push(lexicon.word(&folded[places[start].0..end]));
            }
            start = at;
        }
    }
    let words = places.iter().map(|(_, word)| lexicon.word(word.trim_matches('_'))).collect();
    Passage { part, words, joined }
}

/// Every passage of a record.
fn passages(lexicon: &mut Lexicon, study: &Value) -> Vec<Passage> {
    let protocol = &study["protocolSection"];
    let mut all = Vec::new();
    let mut paragraphs = |part: &'static str, value: &Value| {
        let text = value.as_str().unwrap_or_default().replace('\r', "");
        let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
        for lines in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
            all.push(passage(lexicon, part, &scan::plain(&lines.join(" "))));
        }
    };
    let description = &protocol["descriptionModule"];
    paragraphs("summary", &description["briefSummary"]);
    paragraphs("description", &description["detailedDescription"]);
    for list in ["primaryOutcomes", "secondaryOutcomes", "otherOutcomes"] {
        for outcome in protocol["outcomesModule"][list].as_array().into_iter().flatten() {
            for name in ["measure", "description", "timeFrame"] {
                paragraphs("outcome", &outcome[name]);
            }
        }
    }
    let text = protocol["eligibilityModule"]["eligibilityCriteria"].as_str().unwrap_or_default();
    for part in criteria(text).parts {
        all.push(passage(lexicon, "heading", &part.heading));
        let name = match part.role {
            Role::Inclusion => "incl",
            Role::Exclusion => "excl",
            Role::AsRegistered => "unsplit",
        };
        all.extend(part.criteria.iter().map(|line| passage(lexicon, name, &line.text)));
    }
    all
}

const FIELDS: [(&str, &[&str]); 7] = [
    ("incl", &["incl"]),
    ("excl", &["excl"]),
    ("crit", &["incl", "excl", "unsplit", "heading"]),
    ("outcome", &["outcome"]),
    ("summary", &["summary", "description"]),
    ("brief-summary", &["summary"]),
    ("text", &["incl", "excl", "unsplit", "heading", "outcome", "summary", "description"]),
];

/// One thing that is asked.
#[derive(Clone, Debug)]
enum Ask {
    /// A word or the beginning of one.
    Word(String),
    Exactly(String),
    Phrase(Vec<String>),
    /// Words in any order, and how many others at most stand among them.
    Near(Vec<String>, usize),
}

impl Ask {
    fn text(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Exactly(word) => format!("\"{word}\""),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Near(words, others) => format!("\"{}\"~{others}", words.join(" ")),
        }
    }

    /// The words that it asks for, and behind them all of these as one.
    fn words(&self, lexicon: &mut Lexicon) -> Vec<Word> {
        match self {
            Self::Word(word) | Self::Exactly(word) => vec![lexicon.word(word)],
            Self::Phrase(words) | Self::Near(words, _) => {
                let all = words.iter().map(String::as_str);
                let mut numbers: Vec<Word> = all.map(|word| lexicon.word(word)).collect();
                numbers.push(lexicon.word(&words.concat()));
                numbers
            }
        }
    }

    fn fits(
        &self,
        asked: &[Word],
        (passage, reading): (&Passage, Reading),
        lexicon: &Lexicon,
    ) -> bool {
        let Passage { words, joined, .. } = passage;
        let same = |one: &Word, other: &Word| {
            one.word == other.word || reading == Reading::AsMeant && one.key == other.key
        };
        let mut any = words.iter().chain(joined);
        match self {
            Self::Word(text) => any.any(|word| {
                let is_long = text.chars().count() >= 3;
                is_long && lexicon.text(*word).starts_with(text) || same(word, &asked[0])
            }),
            Self::Exactly(_) => words.contains(&asked[0]),
            Self::Phrase(_) => {
                let (together, asked) = asked.split_last().unwrap();
                words
                    .windows(asked.len())
                    .any(|window| window.iter().zip(asked).all(|(word, asked)| same(word, asked)))
                    || reading == Reading::AsMeant && any.any(|word| same(word, together))
            }
            Self::Near(_, others) => {
                let asked = &asked[..asked.len() - 1];
                (0..words.len()).any(|at| {
                    let end = words.len().min(at + asked.len() + others);
                    all(asked, &words[at..end], &mut BTreeSet::new(), &same)
                })
            }
        }
    }
}

/// Whether each word in turn finds a place that is not taken, in some way.
fn all(
    asked: &[Word],
    window: &[Word],
    taken: &mut BTreeSet<usize>,
    same: &dyn Fn(&Word, &Word) -> bool,
) -> bool {
    let Some((first, rest)) = asked.split_first() else { return true };
    (0..window.len()).any(|at| {
        let is_free = !taken.contains(&at) && same(&window[at], first);
        is_free && {
            taken.insert(at);
            let found = all(rest, window, taken, same);
            taken.remove(&at);
            found
        }
    })
}

fn random_ask(random: &mut Random, words: &[String]) -> Option<Ask> {
    let pick = |random: &mut Random| words[random.below(words.len())].clone();
    let plain = |word: &String| word.chars().all(char::is_alphanumeric);
    // Reading records takes longer than looking words up.
    Some(match random.below(15) / 2 {
        0 | 3 | 4 => Ask::Word(Some(pick(random)).filter(plain)?),
        1 => {
            let word = Some(pick(random)).filter(plain)?;
            let length = 3 + random.below(3);
            Ask::Word(word.chars().take(length).collect())
        }
        2 => Ask::Exactly(Some(pick(random)).filter(plain)?),
        kind => {
            let length = 2 + random.below(2);
            let start = random.below((words.len() + 1).checked_sub(length).filter(|&it| it > 0)?);
            let mut phrase = words[start..start + length].to_vec();
            if !phrase.iter().all(plain) {
                return None;
            }
            if kind == 7 {
                phrase.rotate_left(1);
                let others = random.below(5);
                return Some(Ask::Near(phrase, others));
            }
            Ask::Phrase(phrase)
        }
    })
}

/// Asks so many random questions of a store, and compares the answers with a look at every passage.
fn check(store: &Store, studies: &[Value], count: usize) {
    let lexicon = &mut Lexicon::default();
    let all = studies.iter().map(|study| (scan::id(study).to_owned(), passages(lexicon, study)));
    let all: Vec<(String, Vec<Passage>)> = all.collect();
    let mut random = Random(7);
    let (mut asked, mut found) = (0, 0);
    while asked < count {
        let (_, own) = &all[random.below(all.len())];
        if own.is_empty() {
            continue;
        }
        let words = own[random.below(own.len())].words.iter();
        let words: Vec<String> = words.map(|word| lexicon.text(*word).to_owned()).collect();
        if words.is_empty() {
            continue;
        }
        let Some(ask) = random_ask(&mut random, &words) else { continue };
        asked += 1;
        let (field, parts) = FIELDS[random.below(FIELDS.len())];
        let reading = if random.below(2) == 0 { Reading::AsTyped } else { Reading::AsMeant };
        let asked_words = ask.words(lexicon);
        let fits = |own: &[Passage]| {
            let fits = |it| ask.fits(&asked_words, (it, reading), lexicon);
            own.iter().any(|it| parts.contains(&it.part) && fits(it))
        };
        let is_left_out = random.below(4) == 0;
        let sign = if is_left_out { "-" } else { "" };
        let text = format!("{sign}{field}:{}", ask.text());
        let expected = all.iter().filter(|(_, own)| fits(own) != is_left_out);
        let mut expected: Vec<&str> = expected.map(|(id, _)| id.as_str()).collect();
        expected.sort_unstable();
        let mut answered = ids_of(store, &answer_as(store, &text, reading));
        answered.sort_unstable();
        assert_eq!(answered, expected, "{text} {reading:?}");
        found += answered.len();
    }
    assert!(found > count, "nearly nothing was found");
}

fn with_prose(store: Arc<Store>) -> Arc<Store> {
    index_prose(&Cache::Off, &[], &store, &Making::default()).unwrap();
    store
}

#[test]
fn five_hundred_questions_about_real_prose_are_answered_as_a_scan_answers_them() {
    let Some(studies) = real::studies() else { return };
    let store = with_prose(real::store().expect("the studies are there"));
    check(&store, &studies, 500);
}

#[test]
fn questions_about_made_up_prose_are_answered_as_a_scan_answers_them() {
    let (store, studies) = made_up();
    check(&store, &studies, 1500);
}

/// Studies whose prose has few words in many combinations.
fn made_up() -> (Arc<Store>, Vec<Value>) {
    let mut random = Random(3);
    let words = [
        "liver",
        "livers",
        "failure",
        "non",
        "small-cell",
        "tumour",
        "tumor",
        "covid19",
        "COVID-19",
        "post",
        "natal",
        "postnatal",
        "β",
        "beta",
        "3.5",
        "the",
        "with",
    ];
    let text = |random: &mut Random| {
        let words = (0..=random.below(9)).map(|_| words[random.below(words.len())]);
        words.collect::<Vec<_>>().join(if random.below(4) == 0 { "\n\n" } else { " " })
    };
    let made: Vec<Made> = (1..80)
        .map(|id| {
            let [one, two, three] = [(); 3].map(|()| text(&mut random));
            let criteria = match random.below(3) {
                0 => one.clone(),
                _ => format!("Inclusion Criteria:\n\n* {one}\n\nExclusion Criteria:\n\n* {two}"),
            };
            made(id)
                .at("eligibilityModule.eligibilityCriteria", criteria)
                .at("descriptionModule.briefSummary", three)
                .at("outcomesModule.primaryOutcomes", vec![serde_json::json!({"measure": two})])
        })
        .collect();
    let mut builder = trialdex::store::StoreBuilder::default();
    for it in &made {
        builder.push(&it.json()).unwrap();
    }
    let store = with_prose(Arc::new(builder.finish().unwrap()));
    (store, made.into_iter().map(Made::value).collect())
}
