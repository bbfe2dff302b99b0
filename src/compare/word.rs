//! The words by which two texts differ. Works on lines that have their form already; list marks are
//! no words.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::align::align;
use crate::text::{Line, Span, Tone};

/// Tones the words that only one side has: `Removed` on the left, `Added` on the right.
///
/// Does nothing when less than a third of the words are shared: then the texts say different things.
pub(super) fn mark(left: &mut [Line], right: &mut [Line]) {
    let Some([kept_left, kept_right]) = kept(&words(left), &words(right)) else { return };
    repaint(left, &kept_left, Tone::Removed);
    repaint(right, &kept_right, Tone::Added);
}

fn words(lines: &[Line]) -> Vec<&str> {
    let spans = lines.iter().flat_map(|line| &line.spans);
    spans.flat_map(|span| span.text.split_word_bounds()).filter(|word| !is_space(word)).collect()
}

fn is_space(word: &str) -> bool {
    word.chars().all(char::is_whitespace)
}

/// Which words of each side the other one has too; `None` when these are less than a third.
fn kept(left: &[&str], right: &[&str]) -> Option<[Vec<bool>; 2]> {
    let enough = |shared: usize| shared * 6 >= left.len() + right.len();
    if left == right || !enough(in_common(left, right)) {
        return None;
    }
    // The alignment must not depend on which study stands on the left.
    let mirrored = left > right;
    let (old, new) = if mirrored { (right, left) } else { (left, right) };
    let mut kept = align(old, new);
    let shared = kept[0].iter().filter(|&&kept| kept).count();
    if mirrored {
        kept.reverse();
    }
    enough(shared).then_some(kept)
}

/// How many words both sides have, wherever they stand.
fn in_common(left: &[&str], right: &[&str]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in left {
        *counts.entry(word).or_default() += 1;
    }
    let mut take = |word: &&&str| {
        let count = counts.get_mut(**word).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    };
    right.iter().filter(|word| take(word)).count()
}

/// Gives every word that is not kept the tone, and the space between two such words.
fn repaint(lines: &mut [Line], kept: &[bool], tone: Tone) {
    let mut next = 0;
    for line in lines {
        let mut spans: Vec<Span> = Vec::new();
        for span in &line.spans {
            for word in span.text.split_word_bounds() {
                let lone = if is_space(word) {
                    let before = spans.last().is_some_and(|span| span.tone == tone);
                    before && kept.get(next) == Some(&false)
                } else {
                    next += 1;
                    !kept[next - 1]
                };
                add(&mut spans, word, if lone { tone } else { span.tone });
            }
        }
        line.spans = spans;
    }
}

fn add(spans: &mut Vec<Span>, text: &str, tone: Tone) {
    match spans.last_mut() {
        Some(last) if last.tone == tone => last.text.push_str(text),
        _ => spans.push(Span { text: text.to_owned(), tone }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text with `[` `]` around what is toned.
    fn shown(lines: &[Line]) -> String {
        let span = |span: &Span| match span.tone {
            Tone::Added | Tone::Removed => format!("[{}]", span.text),
            _ => span.text.clone(),
        };
        lines.iter().flat_map(|line| &line.spans).map(span).collect()
    }

    fn marked(left: &str, right: &str) -> [String; 2] {
        let mut lines = [vec![Line::plain(left)], vec![Line::plain(right)]];
        let [left, right] = &mut lines;
        mark(left, right);
        lines.map(|lines| shown(&lines))
    }

    #[test]
    fn words_of_one_side_are_marked() {
        for (left, right, shown_left, shown_right) in [
            ("18 to 70 years", "18 to 65 years", "18 to [70] years", "18 to [65] years"),
            ("a b c d", "a x y d", "a [b c] d", "a [x y] d"),
            ("a b c", "a b c", "a b c", "a b c"),
            ("a b", "a  b", "a b", "a  b"),
            ("Recruiting", "Completed", "Recruiting", "Completed"),
            ("a b c d e f", "a u v w x y", "a b c d e f", "a u v w x y"),
            ("liver failure.", "liver failure", "liver failure[.]", "liver failure"),
            ("", "a", "", "a"),
        ] {
            assert_eq!(marked(left, right), [shown_left, shown_right]);
        }
    }

    #[test]
    fn tones_and_marks_of_the_lines_stay() {
        let item = |tone, text: &str| Line { marker: "1. ".to_owned(), ..Line::toned(text, tone) };
        let mut left = vec![item(Tone::Strong, "one two three"), Line::plain("end")];
        let mut right = vec![item(Tone::Strong, "one three"), Line::plain("end")];
        mark(&mut left, &mut right);
        let tones: Vec<_> =
            left[0].spans.iter().map(|span| (span.text.as_str(), span.tone)).collect();
        let expected = [("one ", Tone::Strong), ("two", Tone::Removed), (" three", Tone::Strong)];
        assert_eq!(tones, expected);
        assert_eq!(left[0].marker, "1. ");
        assert_eq!(right, [item(Tone::Strong, "one three"), Line::plain("end")]);
    }

    proptest! {
        #[test]
        fn texts_stay_and_sides_can_be_swapped(left in "[abc ,]{0,20}", right in "[abc ,]{0,20}") {
            let [one, other] = marked(&left, &right);
            prop_assert_eq!(one.replace(['[', ']'], ""), left.clone());
            prop_assert_eq!([other, one], marked(&right, &left));
        }
    }
}
