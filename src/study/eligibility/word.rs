//! The words of a line of criteria, and which of them headings are made of, slips of the fingers allowed.
//! Does not know what makes a line a heading.

use strsim::osa_distance;

use crate::text::{fold, letters};

/// What a word can mean in a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Term {
    #[default]
    None,
    Inclusion,
    Exclusion,
    /// As near to "inclusion" as to "exclusion".
    Unclear,
    Criteria,
    /// One word for "inclusion criteria", as in German.
    InclusionCriteria,
    ExclusionCriteria,
    /// "included", "eligible": inclusion in a sentence.
    Included,
    /// "excluded", "ineligible".
    Excluded,
}

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
    // Words that name a role only beside "criteria".
    for at in 1..words.len() {
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
        let letters: String = words[at..at + run].iter().map(Word::text).collect();
        let kind = ["inclusion", "exclusion"].iter().find_map(|kind| letters.find(kind));
        let Some(from) = kind.filter(|_| run > 8) else {
            at += run.max(1);
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

/// Words of this many bytes are looked at for slips.
const SLIPS: std::ops::RangeInclusive<usize> = 6..=13;

/// Words that are near to those of headings and are others.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "occlusion", "conclusion", "seclusion", "infusion", "illusion", "invasion", "incision", "intrusion",
    "explosion", "extrusion", "excision", "excursion", "expulsion", "expansion", "extension", "intension",
    "intention", "induction", "inclination", "exclusive", "inclusive", "exhaustion", "extraction", "delusion",
    "effusion", "reclusion", "preclusion", "inclusively", "exclusively", "ellusion", "elusion", "invitation",
    "inhalation", "including", "critical", "crisis",
];

fn term(word: &str) -> Term {
    let exact = exact(word);
    if exact != Term::None || !SLIPS.contains(&word.len()) || !word.is_ascii() {
        return exact;
    }
    let letters = letters(word);
    let near = |other: u32| (letters ^ other).count_ones() <= 4;
    if near(CRITERIA) && !OTHERS.contains(&word) && is_criteria(word) {
        return Term::Criteria;
    }
    if (near(INCLUSION) || near(EXCLUSION)) && !OTHERS.contains(&word) {
        let slips =
            |kind| osa_distance(word, kind).min(osa_distance(word.trim_end_matches('s'), kind));
        let (inclusion, exclusion) = (slips("inclusion"), slips("exclusion"));
        return match inclusion.min(exclusion) {
            0..=2 if inclusion < exclusion => Term::Inclusion,
            0..=2 if exclusion < inclusion => Term::Exclusion,
            0..=1 => Term::Unclear,
            _ => verb(word),
        };
    }
    verb(word)
}

/// The letters of "criteria", "inclusion" and "exclusion", as [`letters`] gives them.
const CRITERIA: u32 = bits("criteria");
const INCLUSION: u32 = bits("inclusion");
const EXCLUSION: u32 = bits("exclusion");
const EXCLUDED: u32 = bits("excluded");
const INELIGIBLE: u32 = bits("ineligible");

const fn bits(word: &str) -> u32 {
    let (word, mut at, mut bits) = (word.as_bytes(), 0, 0);
    while at < word.len() {
        bits |= 1 << (word[at] - b'a');
        at += 1;
    }
    bits
}

fn is_criteria(word: &str) -> bool {
    let word = word.trim_end_matches('s');
    let begins = word.starts_with(['c', 'k']);
    let slips = osa_distance(word, "criteria").min(osa_distance(word, "criterion"));
    slips <= if begins { 2 } else { 1 }
}

/// Verbs with one slip; `negligible` and the like are two away.
fn verb(word: &str) -> Term {
    let letters = letters(word);
    let near = |other: u32| (letters ^ other).count_ones() <= 2;
    if near(EXCLUDED) && osa_distance(word, "excluded") <= 1 {
        let is_clear = osa_distance(word, "included") > 1;
        return if is_clear { Term::Excluded } else { Term::Unclear };
    }
    if near(INELIGIBLE) && osa_distance(word, "ineligible") <= 1 && word != "eligible" {
        return Term::Excluded;
    }
    Term::None
}

#[rustfmt::skip]
fn exact(word: &str) -> Term {
    match word {
        "inclusion" | "inclusions" | "inclusionary" | "incl" | "inclusie" | "inklusion" | "inklusjon" | "inclusione"
        | "inclusao" | "inclusoes" | "inclusiones" | "inclusioni" | "einschluss" | "einschlu" | "wlaczenia" | "включения" | "включение"
            => Term::Inclusion,
        "exclusion" | "exclusions" | "exclusionary" | "excl" | "exclusie" | "exklusion" | "eksklusjon" | "eksklusion" | "esclusione"
        | "exclusao" | "exclusoes" | "exclusiones" | "esclusioni" | "ausschluss" | "ausschlu" | "nichteinschluss" | "wylaczenia" | "wykluczenia"
        | "ineligibility" | "noninclusion" | "noneligibility" | "исключения" | "исключение" | "невключения"
            => Term::Exclusion,
        "criteria" | "criterion" | "criterias" | "criterions" | "criterium" | "crit" | "critere" | "criteres" | "criterio" | "criterios" | "criteri"
        | "criterii" | "kriterien" | "kriterium" | "kriterier" | "kriteria" | "kryteria" | "kriterleri" | "критерии" | "критерий"
            => Term::Criteria,
        "einschlusskriterien" | "einschlusskriterium" | "inclusiecriteria" | "inklusionskriterier" | "inklusjonskriterier" | "inklusionskriterien"
            => Term::InclusionCriteria,
        "ausschlusskriterien" | "ausschlusskriterium" | "nichteinschlusskriterien" | "exclusiecriteria" | "exklusionskriterier"
        | "eksklusjonskriterier" | "eksklusionskriterier" | "exklusionskriterien"
            => Term::ExclusionCriteria,
        "included" | "include" | "includes" | "eligible" | "eligibles" => Term::Included,
        "excluded" | "exclude" | "excludes" | "excluding" | "ineligible" | "noneligible" | "exclus" | "excluidos" | "excluido" | "esclusi" | "ausgeschlossen"
            => Term::Excluded,
        _ if word.is_ascii() => Term::None,
        _ => unspaced(word),
    }
}

/// Headings in scripts without spaces, as a word has them at its end: `主要入选标准`.
fn unspaced(word: &str) -> Term {
    const SCRIPTS: [(&str, Term); 10] = [
        ("入选标准", Term::InclusionCriteria),
        ("纳入标准", Term::InclusionCriteria),
        ("入组标准", Term::InclusionCriteria),
        ("納入標準", Term::InclusionCriteria),
        ("選択基準", Term::InclusionCriteria),
        ("선정기준", Term::InclusionCriteria),
        ("排除标准", Term::ExclusionCriteria),
        ("排除標準", Term::ExclusionCriteria),
        ("除外基準", Term::ExclusionCriteria),
        ("제외기준", Term::ExclusionCriteria),
    ];
    let found = SCRIPTS.iter().find(|(heading, _)| word.ends_with(&*fold(heading)));
    found.map_or(Term::None, |&(_, term)| term)
}
