//! How many columns of a terminal a text takes, and texts cut or filled to a width. It counts graphemes as the drawing
//! library does; control characters have no width.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// The columns that the text takes on a terminal.
pub fn width(text: &str) -> usize {
    if plain(text) { text.len() } else { text.graphemes(true).map(grapheme_width).sum() }
}

/// The text, or its beginning and `…`: never wider than `width`, cut between graphemes.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.len() <= width && plain(text) {
        return Cow::Borrowed(text);
    }
    let mut used = 0;
    let mut kept = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > width {
            let start = text[..kept].trim_end();
            return if width == 0 {
                Cow::Borrowed("")
            } else {
                Cow::Owned(format!("{start}{ELLIPSIS}"))
            };
        }
        if used < width {
            kept = start + grapheme.len();
        }
    }
    Cow::Borrowed(text)
}

/// The text cut, then filled with spaces to exactly `width`.
pub fn pad(text: &str, width: usize) -> String {
    let mut padded = cut(text, width).into_owned();
    padded.extend(std::iter::repeat_n(' ', width.saturating_sub(self::width(&padded))));
    padded
}

/// The columns of one grapheme.
pub(super) fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.len() == 1 && plain(grapheme) {
        return 1;
    }
    if grapheme.contains(char::is_control) {
        return 0;
    }
    // The drawing library adds a column for every half-width sound mark of kana.
    let marks = grapheme.chars().filter(|char| matches!(char, '\u{FF9E}' | '\u{FF9F}')).count();
    grapheme.width() + marks
}

/// Whether every byte is a printable ASCII character.
pub(super) fn plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, 0x20..0x7F))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn widths_are_those_of_a_terminal() {
        for (text, columns) in [
            ("", 0),
            ("Phase 1", 7),
            ("≥ 18", 4),
            ("日本", 4),
            ("e\u{301}", 1),
            ("❤\u{fe0f}", 2),
            ("👩\u{200d}🔬", 2),
            ("ｶﾞ", 3),
            ("a\tb\n", 2),
            ("ก\u{e33}", 2),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn texts_are_cut_between_graphemes() {
        for (text, columns, short) in [
            ("", 0, ""),
            ("abc", 0, ""),
            ("abc", 1, "…"),
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("ab cd", 4, "ab…"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("日本語", 6, "日本語"),
            ("e\u{301}e\u{301}e", 2, "e\u{301}…"),
        ] {
            assert_eq!(cut(text, columns), short, "{text:?} {columns}");
        }
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(pad("ab", 4), "ab  ");
    }

    proptest! {
        #[test]
        fn cut_text_is_never_wider_and_padded_text_is_exact(text in ".{0,30}|[a日👩\u{200d}\u{fe0f}\u{301} ﾞ]{0,30}", columns in 0usize..20) {
            let short = cut(&text, columns);
            prop_assert!(width(&short) <= columns);
            prop_assert!(width(&text) > columns || short == text);
            prop_assert_eq!(width(&pad(&text, columns)), columns);
        }
    }
}
