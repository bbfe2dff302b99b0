//! The index of the prose compared with a look at every passage.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::store::Store;
use crate::store::snapshot::{Draft, SnapshotError};
use crate::study::made::{Made, made};
use crate::study::prose::passages;
use crate::text::{Token, each_word};

fn record(id: u32, inclusion: &str, exclusion: &str) -> Made {
    let criteria =
        format!("Inclusion Criteria:\n\n* {inclusion}\n\nExclusion Criteria:\n\n* {exclusion}");
    made(id)
        .updated(&format!("20{:02}-01-01", 10 + id * 7 % 13))
        .at("eligibilityModule.eligibilityCriteria", criteria)
        .at("descriptionModule.briefSummary", format!("About {inclusion}"))
}

/// The studies that have each word in each part, by their place in the store.
fn looked_up(store: &Store) -> BTreeMap<(String, Part), BTreeSet<u32>> {
    let mut all: BTreeMap<(String, Part), BTreeSet<u32>> = BTreeMap::new();
    for study in store.studies() {
        let json = store.record(study).unwrap();
        passages(&json, Parts::ALL, |part, text| {
            each_word(text, |token| {
                let (Token::Word(word) | Token::Joined(word)) = token;
                all.entry((word.to_owned(), part)).or_default().insert(study.0);
            });
        })
        .unwrap();
    }
    all
}

fn check(store: &Store, prose: &Prose) {
    let expected = looked_up(store);
    for ((word, part), studies) in &expected {
        let found = prose.with_any(prose.find(word), Parts::of(&[*part]));
        assert_eq!(found.iter().collect::<BTreeSet<_>>(), *studies, "{word} {part:?}");
    }
    let words: BTreeSet<&str> = expected.keys().map(|(word, _)| word.as_str()).collect();
    let all: Vec<ProseWord> = prose.beginning_with("").skip(1).collect();
    assert_eq!(all.iter().map(ProseWord::text).collect::<BTreeSet<_>>(), words);
    assert!(all.is_sorted_by(|one, other| one.text() < other.text()));
    for word in words.iter().step_by(7) {
        let spelled: BTreeSet<String> =
            prose.spellings(word).iter().map(|it| it.text().to_owned()).collect();
        let others = words.iter().filter(|other| *other != word && Prose::is_same(word, other));
        assert_eq!(spelled, others.map(|&it| it.to_owned()).collect(), "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_word_leads_to_its_studies(
        texts in proptest::collection::vec(("[a-e]{1,3}( [a-e]{1,3}s?){0,5}", "[a-c-]{1,9}( tumou?rs?){0,2}"), 1..60)
    ) {
        let records = (1..).zip(&texts).map(|(id, (one, other))| record(id, one, other));
        let store = Store::of(records);
        check(&store, &make(&store, &Making::default()).unwrap().prose);
    }
}

/// More studies than one core reads at once.
fn many() -> Store {
    Store::of((1..700).map(|id| record(id, &format!("adults w{} w{}", id % 7, id), "COVID-19")))
}

#[test]
fn a_file_says_what_memory_says_and_is_refused_when_it_is_another() {
    let store = many();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.prose");
    let draft = Draft::begin(folder.path()).unwrap();
    let made = make_in(&store, draft, (Some(&path), b"one"), &Making::default()).unwrap();
    assert_eq!(made.unread, 0);
    check(&store, &made.prose);
    let kept = open(&path, b"one", store.len()).unwrap();
    check(&store, &kept);
    assert_eq!(kept.with_any(kept.spellings("covid19"), Parts::ALL).len(), 699);
    assert_eq!(kept.stating(Parts::of(&[Part::Outcome])).len(), 0);
    assert!(kept.bytes() > 1000);
    assert!(matches!(open(&path, b"other", store.len()), Err(SnapshotError::OtherDataset)));
    assert!(open(&path, b"one", store.len() + 1).is_err(), "it is of fewer studies");
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 97) {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        std::fs::write(&path, &damaged).unwrap();
        // Between arrays stand bytes that nobody reads.
        if let Ok(prose) = open(&path, b"one", store.len()) {
            check(&store, &prose);
        }
        std::fs::write(&path, &whole[..at]).unwrap();
        assert!(open(&path, b"one", store.len()).is_err(), "cut at {at}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_key_of_a_word_is_not_always_a_spelling_of_it() {
    let store = Store::of([record(1, "group", "groups")]);
    let prose = make(&store, &Making::default()).unwrap().prose;
    // The key of these letters is a word that has another key itself.
    assert_eq!(crate::text::key("groupsae"), "groups");
    assert_eq!(prose.spellings("groupsae"), []);
    let spellings = prose.spellings("groups");
    assert_eq!(spellings.iter().map(ProseWord::text).collect::<Vec<_>>(), ["group"]);
}

#[test]
fn making_can_be_cancelled() {
    let making = Making::default();
    making.cancelled.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(matches!(make(&many(), &making), Err(ProseError::Cancelled)));
}
