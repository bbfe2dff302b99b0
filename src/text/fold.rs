//! Folding: the form in which texts are compared, without case, accents and kinds of spaces. A folded text is never
//! shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::clean::invisible;

/// What no normalization takes apart or puts straight, in lower case.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ı', "i"),
    ('þ', "th"),
    ('’', "'"),
    ('‘', "'"),
];

/// Folds case, accents, compatibility forms and white space; what shows nothing is dropped.
pub fn fold(text: &str) -> String {
    let is_ascii = text.is_ascii();
    if is_ascii && is_single_spaced(text.as_bytes()) {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    if is_ascii {
        text.chars().for_each(|char| push(&mut folded, char.to_ascii_lowercase()));
    } else {
        text.nfkd().for_each(|char| push_lower(&mut folded, char));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Whether the white space of an ASCII text is single spaces between other characters.
fn is_single_spaced(text: &[u8]) -> bool {
    let is_odd =
        |pair: &[u8]| matches!(pair, [b'\t'..=b'\r', _] | [b' ', b' '] | [_, b'\t'..=b'\r']);
    !matches!(text, [b' ', ..] | [.., b' '] | [b'\t'..=b'\r']) && !text.windows(2).any(is_odd)
}

/// The words of a folded text, after the Unicode rules: `covid`, `19`, `3.5`, `don't`.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.unicode_words()
}

/// The words of a text that is not folded, with their places in bytes.
pub fn word_places(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    text.unicode_word_indices().map(|(start, word)| (start..start + word.len(), word))
}

/// Which letters a folded text has, one bit each; letters beyond a to z share the rest. A text that lacks
/// a letter of another is told from it without reading either again.
pub fn letters(folded: impl AsRef<[u8]>) -> u32 {
    folded.as_ref().iter().fold(0, |letters, &byte| match byte {
        b'a'..=b'z' => letters | 1 << (byte - b'a'),
        b' ' => letters,
        other => letters | 1 << (26 + other % 6),
    })
}

/// Appends a decomposed character in lower case. It goes by way of upper case, so that the forms of
/// one letter (`σ` and `ς`) meet.
fn push_lower(folded: &mut String, char: char) {
    if char.is_ascii() {
        return push(folded, char.to_ascii_lowercase());
    }
    if is_combining_mark(char) || invisible(char) {
        return;
    }
    for lower in char.to_uppercase().flat_map(char::to_lowercase) {
        match LETTERS.iter().find(|(letter, _)| *letter == lower) {
            Some((_, plain)) => folded.push_str(plain),
            None if is_combining_mark(lower) => {}
            None => push(folded, lower),
        }
    }
}

/// Appends a character; white space only once, and never first.
fn push(folded: &mut String, char: char) {
    if !char.is_whitespace() {
        folded.push(char);
    } else if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_fold() {
        for (text, folded) in [
            ("", ""),
            ("  Liver\t FAILURE \n", "liver failure"),
            ("Sjögren’s", "sjogren's"),
            ("SJO\u{308}GREN", "sjogren"),
            ("Straße STRASSE ẞ", "strasse strasse ss"),
            ("Øre Łódź Đà Æon Œuvre Iıİ Þórð", "ore lodz da aeon oeuvre iii thord"),
            ("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
            ("10\u{a0}mg\u{202f}/\u{2007}㎡ ½ ﬁ", "10 mg / m2 1⁄2 fi"),
            ("tre\u{ad}at\u{200b}ment", "treatment"),
            ("\u{3000}ＡＢＣ１", "abc1"),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn words_are_those_of_unicode() {
        let folded = fold("COVID-19 (3.5 mg), don't");
        assert_eq!(words(&folded).collect::<Vec<_>>(), ["covid", "19", "3.5", "mg", "don't"]);
    }

    #[test]
    fn every_character_folds_alike_in_either_case_and_only_once() {
        for char in '\0'..=char::MAX {
            let folded = fold(&char.to_string());
            assert_eq!(fold(&folded), folded, "{char:?} {:x}", char as u32);
            // The Greek iota below a letter is a mark, but its upper case is a letter.
            if !char.to_string().nfkd().any(|part| part == '\u{345}') {
                assert_eq!(fold(&char.to_uppercase().to_string()), folded, "{char:?}");
                assert_eq!(fold(&char.to_lowercase().to_string()), folded, "{char:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}|[ A-Zßéσς\u{301}\u{a0}\t日한]{0,30}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn ascii_is_single_spaced_and_lower(text in "[ -~\t\r\n\u{b}]{0,12}|[a-zA-Z ]{0,12}") {
            let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
            prop_assert_eq!(fold(&text), words.join(" "));
        }

        #[test]
        fn accents_and_case_never_matter(text in "[A-Za-z ]{0,20}", marks in "[\u{300}-\u{36f}]{0,3}") {
            let accented = text.chars().flat_map(|char| [char.to_string(), if char == ' ' { String::new() } else { marks.clone() }]).collect::<String>();
            prop_assert_eq!(fold(&accented), fold(&text));
            prop_assert_eq!(fold(&accented.nfc().collect::<String>()), fold(&text));
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_lowercase()));
        }
    }
}
