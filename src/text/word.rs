//! The words of a long text, found quickly: the same that [`words`](super::words) finds in the folded text. ASCII is read
//! byte by byte; the rest goes the way of Unicode.

use unicode_segmentation::UnicodeSegmentation;

use super::fold;

/// What is found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    Word(&'a str),
    /// Words with hyphens between them and nothing else: `covid-19`. Comes behind the last of them.
    Joined(&'a str),
}

/// Gives the words of a text, folded, and behind words that hyphens join the whole of them.
pub fn each_word(text: &str, mut give: impl FnMut(Token)) {
    if text.is_ascii() {
        return ascii(&text.to_ascii_lowercase(), &mut give);
    }
    let mut plain = String::with_capacity(text.len());
    // A space ends every word, so what stands between two of them can be read by itself.
    for piece in text.split(' ') {
        if piece.is_ascii() {
            plain.extend(piece.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            plain.push(' ');
        } else {
            ascii(&plain, &mut give);
            plain.clear();
            any(&fold(piece).replace('\u{2010}', "-"), &mut give);
        }
    }
    ascii(&plain, &mut give);
}

/// Words that may be joined to the next one by a hyphen.
struct Joining<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    words: usize,
}

impl<'t> Joining<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, start: 0, end: 0, words: 0 }
    }

    fn word(&mut self, start: usize, end: usize, give: &mut impl FnMut(Token)) {
        if self.words > 0 && &self.text[self.end..start] != "-" {
            self.finish(give);
        }
        give(Token::Word(&self.text[start..end]));
        if self.words == 0 {
            self.start = start;
        }
        (self.end, self.words) = (end, self.words + 1);
    }

    fn finish(&mut self, give: &mut impl FnMut(Token)) {
        if self.words > 1 {
            give(Token::Joined(&self.text[self.start..self.end]));
        }
        self.words = 0;
    }
}

fn any(folded: &str, give: &mut impl FnMut(Token)) {
    let mut joining = Joining::new(folded);
    for (start, word) in folded.unicode_word_indices() {
        joining.word(start, start + word.len(), give);
    }
    joining.finish(give);
}

const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const UNDERSCORE: u8 = 4;

/// What each byte is in a word.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let char = byte as u8;
        kinds[byte] = match char {
            b'_' => UNDERSCORE,
            _ if char.is_ascii_alphabetic() => LETTER,
            _ if char.is_ascii_digit() => DIGIT,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The words of an ASCII text after UAX 29.
fn ascii(folded: &str, give: &mut impl FnMut(Token)) {
    let bytes = folded.as_bytes();
    let kind = |at: usize| bytes.get(at).map_or(0, |&byte| KINDS[usize::from(byte)]);
    let mut joining = Joining::new(folded);
    let mut at = 0;
    while at < bytes.len() {
        if kind(at) == 0 {
            at += 1;
            continue;
        }
        let start = at;
        let mut seen = 0;
        loop {
            while kind(at) != 0 {
                seen |= kind(at);
                at += 1;
            }
            let Some(&sign) = bytes.get(at) else { break };
            // `3.5` and `don't` are one word each.
            let both = kind(at - 1) & kind(at + 1);
            let goes_on = match sign {
                b'.' | b'\'' => both & (LETTER | DIGIT) != 0,
                b':' => both & LETTER != 0,
                b',' | b';' => both & DIGIT != 0,
                _ => false,
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        if seen & (LETTER | DIGIT) != 0 {
            joining.word(start, at, give);
        }
    }
    joining.finish(give);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let (mut single, mut joined) = (Vec::new(), Vec::new());
        each_word(text, |token| match token {
            Token::Word(word) => single.push(word.to_owned()),
            Token::Joined(words) => joined.push(words.to_owned()),
        });
        (single, joined)
    }

    #[test]
    fn hyphens_join_words() {
        for (text, expected) in [
            ("COVID-19, SARS-CoV-2 (a - b)", &["covid-19", "sars-cov-2"][..]),
            ("post\u{2010}natal –x", &["post-natal"]),
            ("naïve-cell 3.5-mg- -x", &["naive-cell", "3.5-mg"]),
            ("a--b a/b", &[]),
        ] {
            assert_eq!(found(text).1, expected, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn words_are_those_of_the_folded_text(
            text in "([a-zA-Z0-9_.,:;' \"-]|é|ß|’|日|µ|\u{301}|\u{a0}| |\n){0,24}|\\PC{0,12}|[ -~]{0,30}"
        ) {
            let folded = fold(&text);
            let expected: Vec<&str> = words(&folded).collect();
            prop_assert_eq!(found(&text).0, expected, "{:?}", text);
        }
    }
}
