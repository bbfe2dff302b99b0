//! Where in a query the cursor stands: which field is asked there, and what was typed of its value.
//!
//! It reads the text only up to the cursor, so it reads texts that are not finished. It knows no store.

use std::ops::Range;

use super::super::area::Area;
use super::super::by_mark::MarkField;
use crate::study::Concept;

/// What quotes a text, as for the parser.
const QUOTES: &[char] = &['"', '“', '”', '„'];

/// What leaves out the word that follows, or asks for it to the letter.
const SIGNS: &[char] = &['-', '–', '−', '!', '='];

/// So many bare words beside each other are tried as one name.
const LONGEST_NAME: usize = 4;

/// What stands before a colon. A field that is no concept is a name in [`Field::named`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Values(Concept),
    /// `near:`.
    Places,
    /// `sort:`.
    Orders,
    Marks(MarkField),
    /// An area of the registry.
    Area(Area),
    /// `saved:`.
    Saved,
}

impl Field {
    fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("sort") {
            return Some(Self::Orders);
        }
        if name.eq_ignore_ascii_case("near") {
            return Some(Self::Places);
        }
        if name.eq_ignore_ascii_case("saved") {
            return Some(Self::Saved);
        }
        let of_marks = || MarkField::from_prefix(name).map(Self::Marks);
        let area = || Area::from_prefix(name).map(Self::Area);
        Concept::from_prefix(name).map(Self::Values).or_else(of_marks).or_else(area)
    }

    /// Whether its values can be listed with commas and bars.
    fn has_codes(self) -> bool {
        matches!(self, Self::Values(concept) if concept.has_codes())
    }
}

/// Where the cursor stands.
#[derive(Debug)]
pub(super) struct Spot<'a> {
    /// What a completion takes the place of: the value, with its quotes.
    pub(super) place: Range<usize>,
    pub(super) field: Option<Field>,
    /// What stands between the beginning of the value and the cursor.
    pub(super) typed: &'a str,
    pub(super) is_quoted: bool,
    /// If it is a bare word: the word with as many bare words in front of it as may be one name, the most first.
    pub(super) runs: Vec<Run<'a>>,
}

/// Words beside each other, up to the cursor.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) place: Range<usize>,
    pub(super) typed: &'a str,
}

/// Where the byte `cursor` of `text` stands.
pub(super) fn at(text: &str, cursor: usize) -> Spot<'_> {
    let mut scan = Scan { head: &text[..cursor], at: 0, field: None, outer: Vec::new() };
    // Where the bare words in front of the cursor begin.
    let mut bare: Vec<usize> = Vec::new();
    // The field whose codes go on behind a bar.
    let mut listed: Option<Field> = None;
    loop {
        if scan.skip_signs() {
            bare.clear();
        }
        let begin = scan.at;
        let own = scan.prefix();
        if own.is_some() {
            bare.clear();
            if scan.opens(own) {
                continue;
            }
            scan.skip(SIGNS);
        }
        let field = own.or(listed.take()).or(scan.field);
        let value = scan.at;
        match scan.quote() {
            Quote::None => (),
            Quote::Open(typed) => {
                let place = value..quoted_end(text, cursor);
                return Spot { place, field, typed, is_quoted: true, runs: Vec::new() };
            }
            Quote::Closed => {
                bare.clear();
                continue;
            }
        }
        let word = scan.word();
        if scan.at == cursor {
            let parts = field.filter(|field| field.has_codes());
            let last = parts.and_then(|_| word.rfind([',', ';'])).map_or(0, |comma| comma + 1);
            let end = word_end(text, cursor, own.is_none() && field.is_none());
            let typed = &word[last..];
            let is_bare = field.is_none() && begin == value && !typed.is_empty();
            bare.push(begin);
            let first = bare.len().saturating_sub(LONGEST_NAME);
            let run = |&start: &usize| Run { place: start..end, typed: &text[start..cursor] };
            let runs = if is_bare { bare[first..].iter().map(run).collect() } else { Vec::new() };
            return Spot { place: value + last..end, field, typed, is_quoted: false, runs };
        }
        if field.is_none() && !["AND", "OR", "NOT"].contains(&word) {
            bare.push(begin);
        } else {
            bare.clear();
        }
        listed = field.filter(|field| field.has_codes() && scan.takes_bar());
    }
}

/// Whether a quoted text stands somewhere.
enum Quote<'a> {
    None,
    /// What stands between the quote and the cursor.
    Open(&'a str),
    Closed,
}

/// The text up to the cursor, and how far it was read.
struct Scan<'a> {
    head: &'a str,
    at: usize,
    /// What a word without a prefix is asked of here.
    field: Option<Field>,
    /// The same outside of the brackets that are open.
    outer: Vec<Option<Field>>,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.head[self.at..]
    }

    fn skip(&mut self, signs: &[char]) {
        self.at = self.head.len() - self.rest().trim_start_matches(signs).len();
    }

    /// Skips blanks, brackets and signs; tells whether there was anything but blanks.
    fn skip_signs(&mut self) -> bool {
        let mut any = false;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '(' => self.outer.push(self.field),
                ')' => self.field = self.outer.pop().flatten(),
                '|' => (),
                c if SIGNS.contains(&c) => (),
                c if c.is_whitespace() => {
                    self.at += c.len_utf8();
                    continue;
                }
                _ => break,
            }
            any = true;
            self.at += c.len_utf8();
        }
        any
    }

    /// Takes the name of a field and its colon.
    fn prefix(&mut self) -> Option<Field> {
        let (name, _) = self.rest().split_once(':')?;
        let field = Field::named(name)?;
        self.at += name.len() + 1;
        Some(field)
    }

    /// Takes the bracket that holds for all in it.
    fn opens(&mut self, field: Option<Field>) -> bool {
        let opens = self.rest().starts_with('(');
        if opens {
            self.at += 1;
            self.outer.push(self.field);
            self.field = field;
        }
        opens
    }

    /// Takes a quoted text, if one stands here.
    fn quote(&mut self) -> Quote<'a> {
        let Some(inside) = self.rest().strip_prefix(QUOTES) else { return Quote::None };
        let Some(end) = closing(inside) else { return Quote::Open(inside) };
        self.at = self.head.len() - inside[end..].len();
        Quote::Closed
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    /// Takes a bar that stands between two codes.
    fn takes_bar(&mut self) -> bool {
        let follows = self.rest().strip_prefix('|');
        let is_list = follows.is_some_and(|rest| !rest.starts_with(char::is_whitespace));
        self.at += usize::from(is_list);
        is_list
    }
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || "()|".contains(c) || QUOTES.contains(&c)
}

/// The byte behind the quote that closes a text.
fn closing(inside: &str) -> Option<usize> {
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if QUOTES.contains(&c) => return Some(at + c.len_utf8()),
            '\\' if chars.as_str().starts_with(['"', '\\']) => _ = chars.next(),
            _ => (),
        }
    }
    None
}

/// Where the quoted text ends in which the cursor stands.
fn quoted_end(text: &str, cursor: usize) -> usize {
    closing(&text[cursor..]).map_or(text.len(), |end| cursor + end)
}

/// Where the word ends in which the cursor stands; a name in front of a colon is a word of its own.
fn word_end(text: &str, cursor: usize, may_be_name: bool) -> usize {
    let rest = &text[cursor..];
    let end = rest.find(ends_word).unwrap_or(rest.len());
    let colon = rest[..end].find(':').filter(|_| may_be_name);
    cursor + colon.map_or(end, |colon| colon + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What stands where `^` is the cursor: the field, what was typed, and the text that is replaced.
    fn spot(marked: &str) -> (Option<Field>, String, String) {
        let cursor = marked.find('^').unwrap();
        let text = marked.replacen('^', "", 1);
        let spot = at(&text, cursor);
        (spot.field, spot.typed.to_owned(), text[spot.place].to_owned())
    }

    #[test]
    fn the_cursor_stands_in_a_field_and_a_value() {
        let [cond, country, phase] =
            [Concept::Condition, Concept::Country, Concept::Phase].map(Field::Values).map(Some);
        for (marked, field, typed, replaced) in [
            ("^", None, "", ""),
            ("sp^", None, "sp", "sp"),
            ("liver sp^", None, "sp", "sp"),
            ("liver ^", None, "", ""),
            ("country:fr^", country, "fr", "fr"),
            ("COUNTRY:^", country, "", ""),
            ("-country:fr^", country, "fr", "fr"),
            ("country:!=fr^", country, "fr", "fr"),
            ("country:fr^ance liver", country, "fr", "france"),
            ("coun^try:france", None, "coun", "country:"),
            ("cond:\"lung ca^", cond, "lung ca", "\"lung ca"),
            ("cond:\"lung ca^ncer\" x", cond, "lung ca", "\"lung cancer\""),
            (r#"cond:"5\" a^"#, cond, r#"5\" a"#, r#""5\" a"#),
            ("cond:\"lung cancer\" x^", None, "x", "x"),
            ("cond:(asthma | co^", cond, "co", "co"),
            ("cond:(asthma country:fr^", country, "fr", "fr"),
            ("cond:((a b) co^", cond, "co", "co"),
            ("cond:(a) co^", None, "co", "co"),
            ("(liver | ki^) x", None, "ki", "ki"),
            ("phase:1,2^", phase, "2", "2"),
            ("phase:1|2^", phase, "2", "2"),
            ("phase:1 | 2^", None, "2", "2"),
            ("cond:a|b^", None, "b", "b"),
            ("sort:st^", Some(Field::Orders), "st", "st"),
            ("-saved:as^", Some(Field::Saved), "as", "as"),
            ("titles:(a li^", Some(Field::Area(Area::Title)), "li", "li"),
            ("-tag:(a li^", Some(Field::Marks(MarkField::Tag)), "li", "li"),
            ("foo:b^", None, "foo:b", "foo:b"),
            ("il-6^", None, "il-6", "il-6"),
            ("=tum^", None, "tum", "tum"),
        ] {
            assert_eq!(spot(marked), (field, typed.to_owned(), replaced.to_owned()), "{marked}");
        }
    }

    #[test]
    fn bare_words_beside_each_other_may_be_one_name() {
        for (text, runs) in [
            ("lung ca", &["lung ca", "ca"][..]),
            ("a b c d e", &["b c d e", "c d e", "d e", "e"]),
            ("cond:lung ca", &["ca"]),
            ("lung -ca", &["ca"]),
            ("lung OR ca", &["ca"]),
            ("lung ", &[]),
            ("cond:ca", &[]),
        ] {
            let found: Vec<&str> = at(text, text.len()).runs.iter().map(|run| run.typed).collect();
            assert_eq!(found, runs, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_place_of_every_text_is_a_spot(text in r#"([a-zé]|cond:|phase:\(|"|“|\\|-|=|\||\(|\)|,| ){0,16}"#) {
            for cursor in (0..=text.len()).filter(|&cursor| text.is_char_boundary(cursor)) {
                let spot = at(&text, cursor);
                prop_assert!(spot.place.start <= cursor && cursor <= spot.place.end);
                prop_assert!(text.get(spot.place.clone()).is_some());
                prop_assert!(text[spot.place.start..cursor].ends_with(spot.typed));
            }
        }
    }
}
