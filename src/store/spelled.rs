//! Words of a vocabulary by their keys, so that every spelling of a word is found by any other.

use std::borrow::Cow;

use super::pool::{Lists, Strings};
use super::snapshot::{Below, Bounds, Damage, Sections, Stored, Writer};
use crate::text;

/// The keys that are not the word itself, ascending, each with its words. Costs about 16 bytes for each such word.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelled {
    keys: Strings,
    words: Lists,
}

impl Spelled {
    /// Takes the words of a vocabulary, ascending.
    pub(super) fn new(words: &Strings) -> Self {
        let keyed = words.iter().zip(0..).map(|(word, place)| (text::key(word), word, place));
        let keyed = keyed.filter(|(key, word, _)| key != word);
        let mut keyed: Vec<(Cow<str>, u32)> = keyed.map(|(key, _, place)| (key, place)).collect();
        keyed.sort_unstable();
        let mut spelled = Self::default();
        for alike in keyed.chunk_by(|(one, _), (other, _)| one == other) {
            spelled.keys.push(&alike[0].0);
            spelled.words.push(alike.iter().map(|&(_, word)| word));
        }
        spelled
    }

    /// Says what the arrays of what was read keep to.
    pub(super) fn bind(&self, bounds: &mut Bounds, words: usize) {
        bounds.strings(&self.keys, self.words.len());
        bounds.lists(&self.words, self.keys.len(), Below::limit(words));
    }

    /// The words whose key is `key` without being it.
    pub(super) fn words(&self, key: &str) -> &[u32] {
        let place = self.keys.lower_bound(key);
        let is_known = place < self.keys.len() && self.keys.get(place) == key;
        if is_known { self.words.get(place) } else { &[] }
    }
}

impl Stored for Spelled {
    fn write(&self, out: &mut Writer) -> std::io::Result<()> {
        self.keys.write(out)?;
        self.words.write(out)
    }

    fn read(from: &mut Sections) -> Result<Self, Damage> {
        Ok(Self { keys: Stored::read(from)?, words: Stored::read(from)? })
    }
}
