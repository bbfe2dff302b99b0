//! The words of a line of criteria. Does not know what makes a line a heading.

use super::term::{Term, may_name, term};
use crate::text::{effort, fold};

/// No word of a heading is longer, in bytes.
const LONGEST: usize = 32;

/// A word of a line: where it stands, and its folded form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) term: Term,
    folded: [u8; LONGEST],
    /// Bytes of `folded`; 0 for a word that is too long.
    length: usize,
}

impl Word {
    fn new(line: &str, start: usize, end: usize) -> Self {
        Self { start, end, ..Self::of(&line[start..end]) }
    }

    fn of(word: &str) -> Self {
        let mut folded = [0; LONGEST];
        let mut length = 0;
        if word.is_ascii() {
            if word.len() <= LONGEST {
                length = word.len();
                folded[..length].copy_from_slice(word.as_bytes());
                folded.make_ascii_lowercase();
            }
        } else {
            let word = fold(word);
            if word.len() <= LONGEST {
                length = word.len();
                folded[..length].copy_from_slice(word.as_bytes());
            }
        }
        let mut word = Self { start: 0, end: 0, term: Term::None, folded, length };
        word.term = term(word.text());
        word
    }

    /// The folded word.
    pub(super) fn text(&self) -> &str {
        str::from_utf8(&self.folded[..self.length]).unwrap_or_default()
    }

    /// Whether the folded word is one of `list`.
    pub(super) fn is(&self, list: &[&str]) -> bool {
        list.contains(&self.text())
    }
}

/// The words of a line in order. A word also ends where small letters turn to capitals and where letters
/// meet digits: headings are glued to what stands before and behind them.
pub(super) fn words(line: &str, words: &mut Vec<Word>) {
    effort::look(line.len());
    words.clear();
    let mut start = None;
    let mut last = Class::Other;
    for (at, char) in line.char_indices() {
        let class = Class::of(char);
        match start {
            Some(from) if class == Class::Other => {
                push(line, from, at, words);
                start = None;
            }
            Some(from) if last.ends_before(class) => {
                push(line, from, at, words);
                start = Some(at);
            }
            // `HIVExclusion`: the last capital belongs to what follows.
            Some(from) if last == Class::Upper && class == Class::Lower => {
                let before = at - line[..at].chars().next_back().map_or(0, char::len_utf8);
                if before > from {
                    push(line, from, before, words);
                    start = Some(before);
                }
            }
            None if class != Class::Other => start = Some(at),
            _ => {}
        }
        last = class;
    }
    if let Some(from) = start {
        push(line, from, line.len(), words);
    }
    if words.len() > 8 {
        join_letters(words);
    }
    // Words that name a role only beside "criteria", and one that is part of a disease.
    for at in 1..words.len() {
        if words[at].is(&["body", "bodies", "cyst", "cysts", "conjunctivitis"])
            && words[at - 1].term == Term::Inclusion
        {
            words[at - 1].term = Term::None;
        }
        // `non-eligibility`
        if words[at].is(&["eligibility"]) && words[at - 1].is(&["non"]) {
            words[at].term = Term::Inclusion;
        }
        if words[at].term == Term::Criteria {
            let term = match words[at - 1].text() {
                "inc" | "inclusive" | "including" => Term::Inclusion,
                "exc" | "exclusive" | "excluding" => Term::Exclusion,
                _ => continue,
            };
            words[at - 1].term = term;
        }
    }
}

/// Joins letters that stand apart: `E X C L U S I O N`.
fn join_letters(words: &mut Vec<Word>) {
    let mut at = 0;
    while at < words.len() {
        let run = words[at..].iter().take_while(|word| word.length == 1).count();
        if run < "inclusion".len() {
            at += run.max(1);
            continue;
        }
        let letters: String = words[at..at + run].iter().map(Word::text).collect();
        let kind = ["inclusion", "exclusion"].iter().find_map(|kind| letters.find(kind));
        let Some(from) = kind else {
            at += run;
            continue;
        };
        let ends = [0, from, from + 9, run];
        let joined = ends.windows(2).filter(|part| part[0] < part[1]).map(|part| Word {
            start: words[at + part[0]].start,
            end: words[at + part[1] - 1].end,
            ..Word::of(&letters[part[0]..part[1]])
        });
        let joined: Vec<Word> = joined.collect();
        let count = joined.len();
        words.splice(at..at + run, joined);
        at += count;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Other,
}

impl Class {
    fn of(char: char) -> Self {
        match char {
            'a'..='z' => Self::Lower,
            'A'..='Z' => Self::Upper,
            '0'..='9' => Self::Digit,
            '\0'..='\u{7f}' => Self::Other,
            char if char.is_uppercase() => Self::Upper,
            char if char.is_alphanumeric() => Self::Lower,
            _ => Self::Other,
        }
    }

    fn ends_before(self, next: Self) -> bool {
        (self == Self::Digit) != (next == Self::Digit)
            || (self == Self::Lower && next == Self::Upper)
    }
}

/// Adds a word, taken apart where a kind is glued to it: `exclusioncriteria`, `adultsexclusion`.
fn push(line: &str, start: usize, end: usize, words: &mut Vec<Word>) {
    let word = Word::new(line, start, end);
    let glued = word.term == Term::None && word.length > 10 && word.length == end - start;
    if glued
        && may_name(&line[start..end])
        && let Some(at) = ["inclusion", "exclusion"].iter().find_map(|kind| word.text().find(kind))
    {
        let ends = [start, start + at, start + at + "inclusion".len(), end];
        let parts = ends.windows(2).filter(|part| part[0] < part[1]);
        words.extend(parts.map(|part| Word::new(line, part[0], part[1])));
        return;
    }
    // `Exclu sion`
    if let Some(last) = words
        .last_mut()
        .filter(|last| matches!(last.length + word.length, 8 | 9) && last.end + 1 == start)
    {
        let joined = [last.text(), word.text()].concat();
        if let "inclusion" | "exclusion" | "criteria" = joined.as_str() {
            *last = Word { start: last.start, end, ..Word::of(&joined) };
            return;
        }
    }
    words.push(word);
}
