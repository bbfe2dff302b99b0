//! Words by their keys, so that every spelling of a word is found by any other.

use super::dictionary::{Dictionary, Entry};
use crate::text;

/// The key of a word; hyphens between its parts do not tell spellings apart.
pub(super) fn key(word: &str) -> String {
    if word.contains('-') {
        text::key(&word.replace('-', "")).into_owned()
    } else {
        text::key(word).into_owned()
    }
}

fn hash(key: &str) -> u32 {
    crc32fast::hash(key.as_bytes())
}

/// The hash of the key of a word that is not its own key.
pub(super) fn hash_of_other(word: &str) -> Option<u32> {
    let key = key(word);
    (key != word).then(|| hash(&key))
}

/// The words that are another spelling of `word`; `spelled` are those that are not their own key, by its hash.
pub(super) fn others(dictionary: &Dictionary, spelled: &[u32], word: &str) -> Vec<Entry> {
    let wanted = key(word);
    let hash_at = |number: &u32| {
        let entry = dictionary.get(*number);
        entry.and_then(|entry| hash_of_other(entry.text())).unwrap_or(u32::MAX)
    };
    let first = spelled.partition_point(|number| hash_at(number) < hash(&wanted));
    let alike = spelled[first..].iter().take_while(|number| hash_at(number) == hash(&wanted));
    let alike = alike.filter_map(|&number| dictionary.get(number));
    let mut words: Vec<Entry> = alike.collect();
    words.extend(dictionary.find(&wanted));
    // The key of a word may be another word, which has another key.
    words.retain(|entry| key(entry.text()) == wanted && entry.word != word.as_bytes());
    words.sort_by_key(|entry| entry.number);
    words
}
