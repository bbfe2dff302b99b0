//! The words of one passage, and which of them stand for words that may stand in any order.

use std::ops::Range;

use crate::text::{Token, each_word};

/// The words of a passage, folded.
#[derive(Default)]
pub(super) struct Words {
    text: String,
    places: Vec<Range<usize>>,
    /// Those that are joined by hyphens.
    joined: Vec<Range<usize>>,
}

impl Words {
    pub(super) fn read(&mut self, passage: &str) {
        let Self { text, places, joined } = self;
        text.clear();
        places.clear();
        joined.clear();
        each_word(passage, |token| {
            let (Token::Word(word) | Token::Joined(word)) = token;
            let start = text.len();
            text.push_str(word);
            let list = if matches!(token, Token::Word(_)) { &mut *places } else { &mut *joined };
            list.push(start..text.len());
        });
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.places.get(at).map(|place| &self.text[place.clone()])
    }

    pub(super) fn all(&self) -> Vec<&str> {
        self.places.iter().chain(&self.joined).map(|place| &self.text[place.clone()]).collect()
    }
}

/// Which of `length` words in a row are each meant by another of `count` words, ascending; `None` if not all of these are
/// there. `fits` says whether the first number is that of a word that means the one of the second.
pub(in crate::search) fn placed(
    count: usize,
    length: usize,
    fits: &dyn Fn(usize, usize) -> bool,
) -> Option<Vec<usize>> {
    /// Finds a place for a word; who stands there has to find another one.
    fn place(
        word: usize,
        fits: &dyn Fn(usize, usize) -> bool,
        taken: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for at in 0..taken.len() {
            if seen[at] || !fits(word, at) {
                continue;
            }
            seen[at] = true;
            let is_free = match taken[at] {
                None => true,
                Some(other) => place(other, fits, taken, seen),
            };
            if is_free {
                taken[at] = Some(word);
                return true;
            }
        }
        false
    }
    let mut taken = vec![None; length];
    let is_placed = |word| place(word, fits, &mut taken, &mut vec![false; length]);
    (0..count).all(is_placed).then(|| {
        let places = taken.iter().enumerate().filter(|(_, taken)| taken.is_some());
        places.map(|(at, _)| at).collect()
    })
}
