//! Which words headings are made of, slips of the fingers allowed, in the languages that records are written in.
//! Does not know lines.

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

/// The letters of a word, as [`letters`] gives them, and how many of them may be missing.
#[derive(Clone, Copy)]
struct Letters {
    all: u32,
    missing: u32,
}

const CRITERIA: Letters = Letters::of("criteria", 2);
const INCLUSION: Letters = Letters::of("inclusion", 2);
const EXCLUSION: Letters = Letters::of("exclusion", 2);
const EXCLUDED: Letters = Letters::of("excluded", 1);
const INELIGIBLE: Letters = Letters::of("ineligible", 1);
/// The middle of "criteria"; a slip there is further than most.
const RIT: u32 = Letters::of("rit", 0).all;
/// What every word has that names a role, glued to others or not, but for those with two slips that lose two
/// letters.
const NAMES: [Letters; 6] = [
    Letters::of("inclusion", 1),
    Letters::of("exclusion", 1),
    Letters::of("esclusi", 0),
    Letters::of("kluson", 0),
    Letters::of("auschl", 0),
    Letters::of("wlaczeni", 0),
];

impl Letters {
    const fn of(word: &str, missing: u32) -> Self {
        let (word, mut at, mut all) = (word.as_bytes(), 0, 0);
        while at < word.len() {
            all |= 1 << (word[at] - b'a');
            at += 1;
        }
        Self { all, missing }
    }

    /// Whether a word of these letters can have the word in it, slips aside.
    fn within(self, letters: u32) -> bool {
        (self.all & !letters).count_ones() <= self.missing
    }

    /// Whether a word of these letters can be the word, slips aside.
    fn near(self, letters: u32) -> bool {
        self.within(letters) && (letters & !self.all).count_ones() <= self.missing
    }
}

/// Whether a text can have a word that names a role. Quick: looks only at which letters stand together.
pub(super) fn may_name(text: &str) -> bool {
    const EXCL: u32 = Letters::of("excl", 0).all;
    const INCL: u32 = Letters::of("incl", 0).all;
    has_word(text, |letters, count| {
        NAMES.iter().any(|name| name.within(letters))
            || [EXCLUDED, INELIGIBLE].iter().any(|verb| verb.near(letters))
            || letters & EXCL == EXCL && count < 12
            || letters == INCL
            // `ineligibility`
            || INELIGIBLE.all & !letters == 0 && count < 16
    })
}

/// Whether a text can have a word that is part of a heading.
pub(super) fn may_head(text: &str) -> bool {
    const WORD: Letters = Letters::of("criteria", 1);
    has_word(text, |letters, _| WORD.near(letters)) || may_name(text)
}

/// Whether a run of letters is of interest; where letters beyond ASCII are, they may be.
fn has_word(text: &str, is_word: impl Fn(u32, usize) -> bool) -> bool {
    let (mut letters, mut count) = (0_u32, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                letters |= 1 << (byte.to_ascii_lowercase() - b'a');
                count += 1;
            }
            0..0x80 => {
                if count >= 4 && is_word(letters, count) {
                    return true;
                }
                (letters, count) = (0, 0);
            }
            // Only the first byte of a character begins one.
            0xC0.. if text[at..].starts_with(char::is_alphabetic) => return true,
            _ => {}
        }
    }
    count >= 4 && is_word(letters, count)
}

/// What a folded word means.
pub(super) fn term(word: &str) -> Term {
    if !word.is_ascii() {
        return exact(word);
    }
    let letters = letters(word);
    let is_near = [CRITERIA, INCLUSION, EXCLUSION].iter().any(|it| it.within(letters));
    if word.len() < 4 || !(is_near || may_name(word) || word.starts_with(['c', 'd', 'k'])) {
        return Term::None;
    }
    let exact = exact(word);
    if exact != Term::None || !SLIPS.contains(&word.len()) || OTHERS.contains(&word) {
        return exact;
    }
    if CRITERIA.near(letters)
        && (letters & RIT == RIT || word.starts_with(['c', 'k']))
        && is_criteria(word)
    {
        return Term::Criteria;
    }
    if INCLUSION.near(letters) || EXCLUSION.near(letters) {
        let singular = word.trim_end_matches('s');
        let slips = |kind| osa_distance(word, kind).min(osa_distance(singular, kind));
        let (inclusion, exclusion) = (slips("inclusion"), slips("exclusion"));
        match inclusion.min(exclusion) {
            0..=2 if inclusion < exclusion => return Term::Inclusion,
            0..=2 if exclusion < inclusion => return Term::Exclusion,
            0..=1 => return Term::Unclear,
            _ => {}
        }
    }
    verb(word, letters)
}

fn is_criteria(word: &str) -> bool {
    let word = word.trim_end_matches('s');
    let begins = word.starts_with(['c', 'k']);
    let slips = osa_distance(word, "criteria").min(osa_distance(word, "criterion"));
    slips <= if begins { 2 } else { 1 }
}

/// Verbs with one slip; `negligible` and the like are two away.
fn verb(word: &str, letters: u32) -> Term {
    if EXCLUDED.near(letters) && osa_distance(word, "excluded") <= 1 {
        let is_clear = osa_distance(word, "included") > 1;
        return if is_clear { Term::Excluded } else { Term::Unclear };
    }
    if INELIGIBLE.near(letters) && osa_distance(word, "ineligible") <= 1 && word != "eligible" {
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
        | "ineligibility" | "disqualifier" | "disqualifiers" | "disqualification" | "disqualifications" | "disqualifying" | "noninclusion" | "noneligibility" | "исключения" | "исключение" | "невключения"
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
