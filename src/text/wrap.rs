//! Where a paragraph is broken into rows: between words as Unicode says, and inside a word only if the word is longer
//! than a row.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;

use super::address::addresses as addresses_in;
use super::effort;
use super::width::{grapheme_width, plain};

/// A word and the spaces behind it, as the wrapping algorithm sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    start: usize,
    /// Where the word ends and its spaces begin.
    text_end: usize,
    end: usize,
    width: usize,
    space: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        columns(self.width)
    }

    fn whitespace_width(&self) -> f64 {
        columns(self.space)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Columns as the wrapping algorithm counts; no text is so long that the count is not exact.
fn columns(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What becomes of an address for which there is too little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// It is broken like any word that is too long: on a screen nothing may be wider than the screen.
    Broken,
    /// It makes its row longer, so that it can be followed and copied: in a file, or in a pipe.
    Whole,
}

/// The byte ranges of the rows of one paragraph, spaces at their ends left out. At least one range.
pub(super) fn wrap(text: &str, width: usize, addresses: Addresses) -> Vec<Range<usize>> {
    if text.len() <= width && plain(text) {
        return std::iter::once(0..text.trim_end_matches(' ').len()).collect();
    }
    effort::look(text.len());
    let whole = match addresses {
        Addresses::Broken => Vec::new(),
        Addresses::Whole => addresses_in(text),
    };
    let mut pieces = Vec::new();
    if plain(text) && whole.is_empty() {
        plain_pieces(text, width, &mut pieces);
    } else {
        pieces_between_graphemes(text, width, &whole, &mut pieces);
    }
    let rows = wrap_first_fit(&pieces, &[columns(width)]);
    let ranges = rows.into_iter().filter_map(|row| {
        let (first, last) = (row.first()?, row.last()?);
        Some(first.start..last.text_end)
    });
    let mut kept: Vec<_> =
        ranges.filter(|range| !text[range.clone()].trim_end_matches(' ').is_empty()).collect();
    if kept.is_empty() {
        kept.push(0..0);
    }
    kept
}

/// Where a break may be: the ends of the words that the Unicode rules find.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    // Scripts that need a dictionary have none here, and asking for it writes to standard error.
    let separator = if text.chars().any(needs_dictionary) {
        WordSeparator::AsciiSpace
    } else {
        WordSeparator::UnicodeBreakProperties
    };
    separator.find_words(text).scan(0, |end, word| {
        *end += word.word.len() + word.whitespace.len();
        Some(*end)
    })
}

/// Thai, Lao, Burmese and Khmer, which write words without spaces.
fn needs_dictionary(char: char) -> bool {
    matches!(char, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}')
}

/// The pieces of printable ASCII, where a byte is a column.
fn plain_pieces(text: &str, width: usize, pieces: &mut Vec<Piece>) {
    let mut start = 0;
    for end in breaks(text) {
        let text_end = start + text[start..end].trim_end_matches(' ').len();
        while text_end - start > width {
            let cut = start + width;
            pieces.push(Piece { start, text_end: cut, end: cut, width, space: 0 });
            start = cut;
        }
        pieces.push(Piece { start, text_end, end, width: text_end - start, space: end - text_end });
        start = end;
    }
}

/// The pieces of any text: a break inside a grapheme is none.
/// Nor is one inside what has to stay whole.
fn pieces_between_graphemes(
    text: &str,
    width: usize,
    whole: &[Range<usize>],
    pieces: &mut Vec<Piece>,
) {
    let mut breaks = breaks(text).peekable();
    let mut whole = whole.iter().peekable();
    let (mut piece, mut room) = (Piece::default(), width);
    for (start, grapheme) in text.grapheme_indices(true) {
        let mut may_break = false;
        while breaks.next_if(|end| *end <= start).is_some_and(|end| end <= start) {
            may_break = true;
        }
        while whole.next_if(|range| range.end <= start).is_some() {}
        if whole.peek().is_some_and(|range| range.start < start) {
            (may_break, room) = (false, usize::MAX);
        }
        if may_break && start > piece.start {
            pieces.push(std::mem::replace(&mut piece, Piece::at(start)));
            room = width;
        }
        if grapheme == " " {
            piece.space += 1;
            piece.end = start + 1;
            continue;
        }
        if grapheme_width(grapheme) <= width {
            piece.take(grapheme, grapheme_width(grapheme), room, pieces);
            continue;
        }
        for (at, char) in grapheme.char_indices() {
            let end = at + char.len_utf8();
            // What makes the one before it wider has a width only behind it.
            let more =
                grapheme_width(&grapheme[..end]).saturating_sub(grapheme_width(&grapheme[..at]));
            piece.take(&grapheme[at..end], more, width, pieces);
        }
    }
    pieces.push(piece);
}

impl Piece {
    fn at(start: usize) -> Self {
        Self { start, text_end: start, end: start, width: 0, space: 0 }
    }

    /// Takes one more grapheme; where the room is used up, what was taken so far is a piece.
    fn take(&mut self, grapheme: &str, columns: usize, room: usize, pieces: &mut Vec<Self>) {
        let full = self.width + self.space + columns > room;
        if full && self.end > self.start {
            pieces.push(std::mem::replace(self, Self::at(self.end)));
        }
        // Spaces before a grapheme of the same word are part of the word.
        self.width += self.space + columns;
        self.space = 0;
        self.end += grapheme.len();
        self.text_end = self.end;
    }
}
