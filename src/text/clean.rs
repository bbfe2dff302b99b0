//! Which characters of a text may reach a terminal, a file or a clipboard. Nothing else decides this.
//!
//! Control characters and characters that reverse text become U+FFFD, so that one sees that something was there.
//! Invisible characters without a use are removed. Marks and joiners on one character are limited, since thousands of
//! them can hang a terminal. It does not know how wide a text is or where it is drawn.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

/// Marks kept on one base character.
const MARKS: usize = 8;
/// Joiners kept in one chain of letters or emoji.
const JOINERS: usize = 8;
/// Columns between two stops of TAB.
const TAB: usize = 4;
const REPLACEMENT: char = '\u{FFFD}';

/// What becomes of line ends and of TAB.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Line,
    Text,
}

/// Cleans a text for one line: every line end and TAB becomes a space.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    clean(text, Form::Line)
}

/// Cleans a text of many lines: every line end becomes `\n`, TAB goes to the next stop of four.
pub fn clean_text(text: &str) -> Cow<'_, str> {
    clean(text, Form::Text)
}

fn clean(text: &str, form: Form) -> Cow<'_, str> {
    let newline = if form == Form::Text { b'\n' } else { b' ' };
    // Looked at a few bytes at a time, which is quicker than one by one.
    let is_plain = |byte: u8| matches!(byte, 0x20..0x7F) || byte == newline;
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |plain, &byte| plain & is_plain(byte));
    if text.as_bytes().chunks(64).all(are_plain) {
        return Cow::Borrowed(text);
    }
    if !text.chars().any(|char| suspicious(char) && char != newline as char) {
        return Cow::Borrowed(text);
    }
    let cleaned = Cleaner::default().run(text, form);
    if cleaned == text { Cow::Borrowed(text) } else { Cow::Owned(cleaned) }
}

/// Whether the character can need a change, alone or by its neighbours.
fn suspicious(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{2028}' | '\u{2029}')
        || bidirectional(char)
        || invisible(char)
        || attaches(char)
}

/// Characters that reorder what stands around them.
fn bidirectional(char: char) -> bool {
    matches!(char, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that show nothing: soft hyphen, zero-width space and joiners, byte order mark, tags,
/// supplementary variation selectors, deprecated and interlinear formatting.
pub(super) fn invisible(char: char) -> bool {
    joiner(char)
        || matches!(char, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{FEFF}')
        || matches!(char, '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}')
        || matches!(char, '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

fn joiner(char: char) -> bool {
    matches!(char, '\u{200C}' | '\u{200D}')
}

/// Characters drawn into the cell of the one before: marks, the later parts of a Korean syllable,
/// skin tones, half-width sound marks.
fn attaches(char: char) -> bool {
    !char.is_ascii()
        && (is_combining_mark(char)
            || char.width() == Some(0)
            || matches!(char, '\u{1F3FB}'..='\u{1F3FF}' | '\u{FF9E}' | '\u{FF9F}'))
}

/// Letters and pictures: what a joiner can join.
fn joins(char: char) -> bool {
    !char.is_ascii()
        && !attaches(char)
        && (char.is_alphabetic()
            || matches!(char, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}'))
}

/// What is known of the text written so far.
#[derive(Default)]
struct Cleaner {
    out: String,
    last: Option<char>,
    marks: usize,
    joiners: usize,
    column: usize,
}

impl Cleaner {
    fn run(mut self, text: &str, form: Form) -> String {
        self.out.reserve(text.len());
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            match char {
                '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    if char == '\r' {
                        chars.next_if_eq(&'\n');
                    }
                    self.end_line(form);
                }
                '\t' if form == Form::Text => {
                    (0..TAB - self.column % TAB).for_each(|_| self.keep(' '));
                }
                '\t' => self.keep(' '),
                _ if joiner(char) => {
                    let mut ahead = chars.clone();
                    let next = ahead.find(|next| joiner(*next) || !invisible(*next));
                    self.join(char, next);
                }
                _ if invisible(char) => {}
                _ if char.is_control() || bidirectional(char) => self.keep(REPLACEMENT),
                _ => self.keep(char),
            }
        }
        self.out
    }

    fn end_line(&mut self, form: Form) {
        match form {
            Form::Line => self.keep(' '),
            Form::Text => {
                self.keep('\n');
                self.column = 0;
            }
        }
    }

    fn keep(&mut self, char: char) {
        if attaches(char) {
            self.marks += 1;
            if self.marks > MARKS {
                return;
            }
        } else {
            self.marks = 0;
            if !self.last.is_some_and(joiner) {
                self.joiners = 0;
            }
        }
        self.out.push(char);
        self.last = Some(char);
        self.column += char.width().unwrap_or(0);
    }

    fn join(&mut self, char: char, next: Option<char>) {
        let before = self.last.is_some_and(|last| joins(last) || attaches(last));
        if before && next.is_some_and(joins) && self.joiners < JOINERS {
            self.joiners += 1;
            self.out.push(char);
            self.last = Some(char);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_texts_are_cleaned() {
        for (raw, line, text) in [
            ("", "", ""),
            ("plain ~", "plain ~", "plain ~"),
            ("a\r\nb\rc\nd", "a b c d", "a\nb\nc\nd"),
            ("a\u{85}b\u{2028}c\u{2029}d", "a b c d", "a\nb\nc\nd"),
            ("\tab\tc", " ab c", "    ab  c"),
            ("x\n\ty", "x  y", "x\n    y"),
            ("日\tx", "日 x", "日  x"),
            ("\u{1b}]52;c;eA==\u{7}", "\u{FFFD}]52;c;eA==\u{FFFD}", "\u{FFFD}]52;c;eA==\u{FFFD}"),
            ("\u{9b}2J\u{7f}\0", "\u{FFFD}2J\u{FFFD}\u{FFFD}", "\u{FFFD}2J\u{FFFD}\u{FFFD}"),
            (
                "a\u{202e}b\u{2066}\u{61c}",
                "a\u{FFFD}b\u{FFFD}\u{FFFD}",
                "a\u{FFFD}b\u{FFFD}\u{FFFD}",
            ),
            ("\u{feff}so\u{ad}ft\u{200b}\u{e0041}", "soft", "soft"),
            ("a\u{a0}≥\u{202f}µ", "a\u{a0}≥\u{202f}µ", "a\u{a0}≥\u{202f}µ"),
            ("a\u{200d}b", "ab", "ab"),
            ("می\u{200c}خواهم\u{200c}", "می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}🔬 \u{200d}🔬", "👩\u{200d}🔬 🔬", "👩\u{200d}🔬 🔬"),
            ("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
        ] {
            assert_eq!(clean_line(raw), line, "{raw:?}");
            assert_eq!(clean_text(raw), text, "{raw:?}");
        }
    }

    #[test]
    fn marks_and_joiners_are_bounded() {
        let marks = format!("e{}x", "\u{301}".repeat(100_000));
        assert_eq!(clean_line(&marks), format!("e{}x", "\u{301}".repeat(MARKS)));
        let syllable = format!("\u{1112}{}", "\u{1161}".repeat(100_000));
        assert_eq!(clean_line(&syllable), format!("\u{1112}{}", "\u{1161}".repeat(MARKS)));
        let hidden = format!("e{}", "\u{301}\u{200b}".repeat(50));
        assert_eq!(clean_line(&hidden), format!("e{}", "\u{301}".repeat(MARKS)));
        let chain = ["👩"; 1000].join("\u{200d}");
        let longest = clean_line(&chain).split(|char| !joiner(char) && char != '👩').count();
        assert_eq!(longest, 1);
        assert_eq!(clean_line(&chain).matches('\u{200d}').count(), 1000 * JOINERS / (JOINERS + 1));
    }

    #[test]
    fn what_needs_no_change_is_borrowed() {
        for text in ["", "Phase 1 & 2", "≥ 18 years", "e\u{301}", "日本語", "a\u{a0}b"] {
            assert!(matches!(clean_line(text), Cow::Borrowed(_)), "{text:?}");
            assert!(matches!(clean_text(text), Cow::Borrowed(_)), "{text:?}");
        }
        assert!(matches!(clean_text("a\nb ≥"), Cow::Borrowed(_)));
    }

    /// Texts full of what needs cleaning.
    fn hostile() -> impl Strategy<Value = String> {
        let picked = proptest::sample::select(vec![
            'a',
            ' ',
            '\n',
            '\r',
            '\t',
            '\0',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{ad}',
            '\u{301}',
            '\u{61c}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{feff}',
            '\u{fe0f}',
            '\u{94d}',
            '\u{1f3fb}',
            '\u{e0041}',
            '\u{e0100}',
            '\u{ff9e}',
            'م',
            'क',
            '日',
            '👩',
            '❤',
            '≥',
        ]);
        proptest::collection::vec(prop_oneof![4 => picked, 1 => any::<char>()], 0..60)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaned_text_is_harmless(raw in hostile()) {
            for (form, cleaned) in [(Form::Line, clean_line(&raw)), (Form::Text, clean_text(&raw))] {
                let newline = |char| form == Form::Text && char == '\n';
                prop_assert!(!cleaned.chars().any(|char| char.is_control() && !newline(char)));
                prop_assert!(!cleaned.chars().any(bidirectional));
                prop_assert!(cleaned.len() <= 4 * raw.len());
                prop_assert_eq!(&clean(&cleaned, form), &cleaned);
            }
        }

        #[test]
        fn the_fast_path_equals_the_slow_one(raw in "[ -~\n\t\u{7f}≥é]{0,40}") {
            for form in [Form::Line, Form::Text] {
                prop_assert_eq!(clean(&raw, form), Cleaner::default().run(&raw, form));
            }
        }
    }
}
