//! Words as they are meant against words to the letter: what is added is told, to the study.

use std::collections::BTreeSet;

use trialdex::search::{Cancel, How, Memory, Reading, answer, answer_next, parse};
use trialdex::store::Store;
use trialdex::text;

use super::{answer_as, ids_of};
use crate::real;

/// Whatever is found beside the letter is counted among what was added, and nothing is lost.
fn check(store: &Store, typed: &str) {
    let [typed_so, meant] =
        [Reading::AsTyped, Reading::AsMeant].map(|it| answer_as(store, typed, it));
    let [literal, all]: [BTreeSet<String>; 2] =
        [&typed_so, &meant].map(|results| ids_of(store, results).into_iter().collect());
    let was_guessed = typed_so.taken.iter().flat_map(|it| &it.places).any(|it| it.how == How::Near);
    if was_guessed {
        return;
    }
    // A short name, or an abbreviation in capitals, is read as a whole word, and that is told.
    if let [code] = &meant.codes[..] {
        let whole = answer_as(store, &code.term, Reading::AsTyped);
        let whole: BTreeSet<String> = ids_of(store, &whole).into_iter().collect();
        let told: u64 = meant.added.iter().map(|added| added.studies).sum();
        assert!(whole.is_subset(&all) && whole.is_subset(&literal), "{typed}: {code:?}");
        assert_eq!(told, (all.len() - whole.len()) as u64, "{typed}: {:?}", meant.added);
        return;
    }
    assert!(literal.is_subset(&all), "{typed}: something is lost");
    let told: u64 = meant.added.iter().map(|added| added.studies).sum();
    assert_eq!(told, (all.len() - literal.len()) as u64, "{typed}: {:?}", meant.added);
}

#[test]
fn what_is_added_to_a_word_is_told_to_the_study() {
    let Some(store) = real::store() else { return };
    let mut words = BTreeSet::new();
    for study in store.studies() {
        words.extend(text::words(&text::fold(store.title(study))).map(str::to_owned));
    }
    // Every so many words are enough to meet every rule.
    for word in words.iter().step_by(7) {
        // A word that is a code is a filter, not a word.
        let is_word = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_code = ["recruiting", "completed", "terminated", "withdrawn", "suspended"];
        if is_word
            && !is_code.contains(&word.as_str())
            && !["and", "or", "not"].contains(&word.as_str())
        {
            check(&store, word);
        }
    }
}

/// The studies that words find as they are meant, and what was said of them.
fn meant(store: &Store, typed: &str) -> (BTreeSet<String>, trialdex::search::Results) {
    let results = answer_as(store, typed, Reading::AsMeant);
    (ids_of(store, &results).into_iter().collect(), results)
}

#[test]
fn every_addition_to_several_words_is_told() {
    let Some(store) = real::store() else { return };
    for typed in [
        "high blood pressure",
        "cancer of the prostate",
        "herniated disk",
        "heart failure women",
        "depression elderly",
        "kidney failure",
        "brain tumour",
        "lung cancer in france",
    ] {
        let (all, results) = meant(&store, typed);
        let literal = ids_of(&store, &answer_as(&store, typed, Reading::AsTyped));
        let literal: BTreeSet<String> = literal.into_iter().collect();
        assert!(literal.is_subset(&all), "{typed}");
        // Little words between others are not looked for, so more may be found to the letter.
        let most = (all.len() - literal.len()) as u64;
        assert!(results.added.iter().all(|it| it.studies <= most), "{typed}: {:?}", results.added);
        assert!(!results.added.is_empty(), "{typed}");
    }
}

/// Whatever stands beside a word, what is added to it is what is found without its letters, and the order of the words
/// changes nothing.
#[test]
fn what_is_added_to_a_word_does_not_depend_on_the_order_of_words() {
    let Some(store) = real::store() else { return };
    for [one, other] in [
        ["diabetes", "kids"],
        ["tumour", "women"],
        ["renal", "elderly"],
        ["headaches", "adults"],
        ["leukaemia", "children"],
        ["pain", "men"],
    ] {
        let told = |typed: &str| {
            let (all, results) = meant(&store, typed);
            let added: BTreeSet<(String, String, u64)> =
                results.added.into_iter().map(|it| (it.typed, it.name, it.studies)).collect();
            (all, added)
        };
        let (all, added) = told(&format!("{one} {other}"));
        assert_eq!(
            (&all, &added),
            (&told(&format!("{other} {one}")).0, &told(&format!("{other} {one}")).1)
        );
        for word in [one, other] {
            let literal = ids_of(&store, &answer_as(&store, word, Reading::AsTyped));
            let literal: BTreeSet<String> = literal.into_iter().collect();
            let sum: u64 = added.iter().filter(|it| it.0 == word).map(|it| it.2).sum();
            assert_eq!(sum, all.difference(&literal).count() as u64, "{one} {other}: {added:?}");
        }
    }
}

#[test]
fn what_words_were_read_as_is_told_and_finds_the_same() {
    let Some(store) = real::store() else { return };
    for (typed, query) in [
        ("lung not recruiting", "lung -status:recruiting"),
        ("lung with results", "lung results:yes"),
        ("what trials are there for lung", "lung"),
        ("observational studies lung", "lung type:observational"),
        ("lung over 65", "lung age:>=65"),
        ("lung in a 70 year old", "lung age:70"),
        ("lung since 2020", "lung start:>=2020"),
        ("lung trials between 2015 and 2018", "lung start:2015..2018"),
        ("phase 2/3 lung", "phase:2/3 lung"),
        ("lung ph 3", "lung phase:3"),
        ("enrolling lung", "lung status:recruiting|status:enrolling_by_invitation"),
        ("healthy volunteers pain", "pain healthy:yes"),
        ("lung trials near me", "lung"),
        ("drugs for pain", "pain"),
        ("pain of my father", "pain"),
    ] {
        let ((one, said), (other, _)) = (meant(&store, typed), meant(&store, query));
        assert_eq!(one, other, "{typed}");
        assert!(!said.codes.is_empty() || !said.passed_over.is_empty(), "{typed}");
    }
}

#[test]
fn another_spelling_of_a_word_finds_the_same_studies() {
    let Some(store) = real::store() else { return };
    for [one, other] in [
        ["tumour", "tumors"],
        ["leukaemia", "leukemia"],
        ["randomised", "randomized"],
        ["headaches", "headache"],
        ["alzheimer's", "alzheimers"],
        ["women", "woman"],
    ] {
        let [one, other] = [one, other].map(|word| {
            let results = answer_as(&store, word, Reading::AsMeant);
            ids_of(&store, &results).into_iter().collect::<BTreeSet<_>>()
        });
        // A spelling that begins another one also finds what goes on from there.
        let [fewer, more] = if one.len() < other.len() { [one, other] } else { [other, one] };
        assert!(fewer.is_subset(&more) && 10 * fewer.len() >= 8 * more.len());
    }
}

/// What was looked up for earlier queries is used again, and is not taken for something else.
#[test]
fn what_was_asked_before_changes_no_answer() {
    let Some(store) = real::store() else { return };
    let asked = [
        "kids",
        "kids diabetes",
        "diabetes",
        "diabetes kids",
        "non-small",
        "non-small cell",
        "non small",
        "non-small women",
        "women",
        "heart attack",
        "heart",
        "breast-cancer elderly",
        "elderly",
    ];
    let (cancel, mut memory) = (Cancel::default(), Memory::default());
    for typed in asked.iter().chain(asked.iter().rev()) {
        let query = parse(typed).unwrap();
        let next = answer_next(&store, &query, &cancel, &mut memory);
        assert_eq!(next, answer(&store, &query, &cancel), "{typed}");
    }
}
