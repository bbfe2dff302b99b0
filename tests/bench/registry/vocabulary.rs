//! The distinct values of a registry: how many there are for how many studies, what each is called, and how often it
//! is used.
//!
//! A value is a number below the size of its vocabulary, and its name follows from that number alone. Every value is
//! introduced by one study; all other uses fall mostly on the first values.

use std::ops::Range;

use super::chance::{Chance, shuffled, whole};
use super::known;
use super::words::{
    COMPANY_ENDS, COMPANY_MIDDLES, COMPANY_STARTS, DISORDERS, DRUG_ENDS, DRUG_FORMS, DRUG_MIDDLES,
    DRUG_STARTS, FORMATS, INSTITUTIONS, MANNERS, PROCEDURES, QUALIFIERS, SITES, TARGETS, THERAPIES,
    WORD_ENDS, WORD_MIDDLES, WORD_STARTS,
};
use super::{FULL, place};

/// How many values a registry has, and how many of them a study brings in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) values: u32,
    studies: u32,
}

impl Size {
    /// The size for `studies` studies of a vocabulary that has `full` values in the whole registry and grows with
    /// this power of the number of studies.
    pub(crate) fn of(studies: u32, full: u32, growth: f64) -> Self {
        let share = (f64::from(studies) / f64::from(FULL)).powf(growth);
        Self { values: whole(f64::from(full) * share).max(100), studies: studies.max(1) }
    }

    /// The values that the study at `index` is the one to introduce.
    pub(crate) fn introduced(self, index: u32) -> impl Iterator<Item = u32> {
        let before = |index: u64| (index * u64::from(self.values) / u64::from(self.studies)) as u32;
        let range: Range<u32> = before(u64::from(index))..before(u64::from(index) + 1);
        range.map(move |value| shuffled(value, self.values))
    }
}

/// Takes a number apart: one choice from each of several lists.
struct Digits(u32);

impl Digits {
    /// The combination at `index`, neighbours of which have little in common.
    fn at(index: u32, combinations: u32) -> Self {
        Self(shuffled(index % combinations, combinations))
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let chosen = of[self.0 as usize % of.len()];
        self.0 /= of.len() as u32;
        chosen
    }
}

/// Words side by side; empty ones leave no gap.
fn joined(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

pub(crate) struct Condition {
    pub(crate) name: String,
    /// The thesaurus's term; empty when it has none.
    pub(crate) term: String,
    pub(crate) ancestors: Vec<&'static str>,
}

pub(crate) fn condition(value: u32) -> Condition {
    if let Some(known) = known::CONDITIONS.get(value as usize) {
        return Condition {
            name: known.0.to_owned(),
            term: known.1.to_owned(),
            ancestors: known.2.to_vec(),
        };
    }
    let combinations = QUALIFIERS.len() * SITES.len() * DISORDERS.len();
    let mut digits = Digits::at(value, combinations as u32);
    let site = &SITES[digits.0 as usize % SITES.len()];
    digits.0 /= SITES.len() as u32;
    let disorder = &DISORDERS[digits.0 as usize % DISORDERS.len()];
    digits.0 /= DISORDERS.len() as u32;
    let qualifier = digits.one(QUALIFIERS);
    let mut ancestors = vec![disorder.2, site.1, site.2];
    ancestors.dedup();
    // About one name in eight is nothing that the thesaurus knows.
    let term = if value.is_multiple_of(8) { String::new() } else { joined(&[site.0, disorder.1]) };
    Condition { name: joined(&[qualifier, site.0, disorder.0]), term, ancestors }
}

pub(crate) struct Intervention {
    /// Its number in the vocabulary.
    pub(crate) value: u32,
    /// The registry's code of what it is.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    /// Its branch of the thesaurus; empty when it has none.
    pub(crate) branch: &'static str,
}

pub(crate) fn intervention(value: u32) -> Intervention {
    let of = |kind, name, branch| Intervention { value, kind, name, branch };
    if let Some(&(name, branch)) = known::DRUGS.get(value as usize) {
        return of("DRUG", name.to_owned(), branch);
    }
    // Twentieths of the vocabulary by family; `rank` counts within the family.
    let (family, rank) = (value % 20, value / 20);
    match family {
        0..9 => {
            let index = rank * 9 + family;
            let branch = DISORDERS[index as usize % DISORDERS.len()].2;
            let branch = if index.is_multiple_of(3) { "" } else { branch };
            // A name that comes round again comes in another form.
            let round = index as usize / (DRUG_STARTS.len() * DRUG_MIDDLES.len() * DRUG_ENDS.len());
            let form = DRUG_FORMS[(index as usize + round) % DRUG_FORMS.len()];
            of("DRUG", drug(index) + form, branch)
        }
        9..11 => of("DRUG", code(rank * 2 + family - 9), ""),
        11..14 => {
            let combinations = THERAPIES.len() * TARGETS.len() * FORMATS.len();
            let mut digits = Digits::at(rank * 3 + family - 11, combinations as u32);
            let (therapy, target, format) =
                (digits.one(THERAPIES), digits.one(TARGETS), digits.one(FORMATS));
            let kind = if family == 11 { "OTHER" } else { "BEHAVIORAL" };
            of(kind, joined(&[format, therapy, "for", target]), "")
        }
        14..18 => {
            let combinations = PROCEDURES.len() * SITES.len() * MANNERS.len();
            let mut digits = Digits::at(rank * 4 + family - 14, combinations as u32);
            let (procedure, manner) = (digits.one(PROCEDURES), digits.one(MANNERS));
            let site = SITES[digits.0 as usize % SITES.len()].0;
            let kind = ["PROCEDURE", "DEVICE", "PROCEDURE", "RADIATION"][family as usize - 14];
            of(kind, joined(&[manner, site, procedure]), "")
        }
        18 => of("BIOLOGICAL", drug(rank) + " Vaccine", ""),
        _ => {
            let kind = ["DIETARY_SUPPLEMENT", "DIAGNOSTIC_TEST", "COMBINATION_PRODUCT", "GENETIC"];
            of(kind[rank as usize % kind.len()], drug(rank) + " Extract", "")
        }
    }
}

/// What an intervention is called beside its name, the usual names first. They follow from its number alone, so that
/// whoever reads many studies learns them; now and then one is that of another intervention.
pub(crate) fn other_names(value: u32, values: u32) -> Vec<String> {
    let mut chance = Chance::new(u64::from(value), 78);
    let given = intervention(value);
    let is_drug = ["DRUG", "BIOLOGICAL"].contains(&given.kind);
    let names = (0..chance.tail(1.3, 7)).map(|place| match (is_drug, place) {
        _ if chance.share(0.05) => intervention(chance.below(values)).name,
        (true, 1) => code(value),
        (true, 2) => code(value).replace('-', ""),
        (true, 3) => format!("{} {}", given.name, chance.one(SALTS)),
        (true, 4) => given.name.to_uppercase(),
        (true, _) => brand(&mut chance),
        (false, 0) => given
            .name
            .split(' ')
            .filter_map(|word| word.chars().next())
            .collect::<String>()
            .to_uppercase(),
        (false, 1) => given.name.to_lowercase(),
        (false, _) => joined(&[chance.one(MANNERS), &given.name]),
    });
    let mut names: Vec<String> = names.collect();
    names.dedup();
    names
}

/// What salts of a drug are called.
const SALTS: &[&str] = &["hydrochloride", "sodium", "mesylate", "acetate", "tartrate", "citrate"];

/// The name under which a drug is sold.
fn brand(chance: &mut Chance) -> String {
    let stem: String = drug(chance.below(1 << 20)).chars().take(5).collect();
    let mut letters = stem.chars();
    let first = letters.next().map(char::to_uppercase);
    let rest = letters.as_str().to_lowercase();
    format!("{}{rest}{}", first.into_iter().flatten().collect::<String>(), chance.one(BRAND_ENDS))
}

const BRAND_ENDS: &[&str] = &["a", "era", "ix", "on", "yva", "za", "o", "ent"];

/// A generic name made of syllables.
pub(crate) fn drug(index: u32) -> String {
    let combinations = DRUG_STARTS.len() * DRUG_MIDDLES.len() * DRUG_ENDS.len();
    let mut digits = Digits::at(index, combinations as u32);
    let (end, middle, start) =
        (digits.one(DRUG_ENDS), digits.one(DRUG_MIDDLES), digits.one(DRUG_STARTS));
    [start, middle, end].concat()
}

/// A learned word, as titles have many that hardly any other title has.
pub(crate) fn learned(index: u32) -> String {
    let combinations = WORD_STARTS.len() * WORD_MIDDLES.len() * WORD_ENDS.len();
    let mut digits = Digits::at(index, combinations as u32);
    let (end, middle, start) =
        (digits.one(WORD_ENDS), digits.one(WORD_MIDDLES), digits.one(WORD_STARTS));
    let mut word = [start, middle, end].concat();
    word[..1].make_ascii_uppercase();
    word
}

/// What a maker calls a drug before it has a name.
pub(crate) fn code(index: u32) -> String {
    let mut chance = Chance::new(u64::from(index), 77);
    let letters: String = (0..3).map(|_| char::from(b'A' + chance.below(26) as u8)).collect();
    format!("{letters}-{}", 100 + index)
}

/// The class of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Other,
    Industry,
    OtherGov,
    Nih,
    Network,
    Fed,
}

impl Class {
    /// Which share of studies has a lead sponsor of each class, and which share of the sponsors is of it.
    pub(crate) const SHARES: &[(Self, f64, f64)] = &[
        (Self::Other, 0.717, 0.70),
        (Self::Industry, 0.2205, 0.26),
        (Self::OtherGov, 0.0266, 0.03),
        (Self::Nih, 0.0194, 0.001),
        (Self::Network, 0.0084, 0.006),
        (Self::Fed, 0.0082, 0.003),
    ];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Other => "OTHER",
            Self::Industry => "INDUSTRY",
            Self::OtherGov => "OTHER_GOV",
            Self::Nih => "NIH",
            Self::Network => "NETWORK",
            Self::Fed => "FED",
        }
    }
}

pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) class: Class,
}

/// Any organisation out of a vocabulary of this size, as often as it leads studies.
pub(crate) fn any_organisation(size: Size, chance: &mut Chance) -> Organisation {
    // What introduced sponsors lead is taken off, so that all together come to the share of studies.
    let brought = f64::from(size.values) / f64::from(size.studies);
    let left = |(_, studies, sponsors): &(Class, f64, f64)| (studies - brought * sponsors).max(0.0);
    let classes: Vec<(usize, f64)> = Class::SHARES.iter().map(left).enumerate().collect();
    let (class, _, share) = Class::SHARES[chance.weighted(&classes)];
    let shift = if class == Class::Other { 12.0 } else { 5.0 };
    let values = whole(f64::from(size.values) * share).max(8);
    organisation(class, chance.rank(values, shift))
}

/// The organisation that has number `value` in a vocabulary of this size.
pub(crate) fn organisation_at(size: Size, value: u32) -> Organisation {
    let mut rank = value;
    for &(class, _, share) in Class::SHARES {
        let values = whole(f64::from(size.values) * share);
        if rank < values {
            return organisation(class, rank);
        }
        rank -= values;
    }
    organisation(Class::Other, value)
}

fn organisation(class: Class, rank: u32) -> Organisation {
    let mut known = known::ORGANISATIONS.iter().filter(|(_, its)| *its == class);
    if let Some((name, _)) = known.nth(rank as usize) {
        return Organisation { name: (*name).to_owned(), class };
    }
    let site = SITES[rank as usize % SITES.len()].0;
    let town = place::place(rank / 3).city;
    let name = match class {
        Class::Other => institution(rank),
        Class::OtherGov => institution(200_000 + rank),
        Class::Industry => company(rank),
        Class::Nih => format!("National Institute of {site} Research (NI{rank})"),
        Class::Network => format!("{town} {site} Study Group"),
        Class::Fed => format!("Federal {site} Agency, {town}"),
    };
    Organisation { name, class }
}

/// An institution and the town it is in.
pub(crate) fn institution(index: u32) -> String {
    let pattern = INSTITUTIONS[index as usize % INSTITUTIONS.len()];
    pattern.replace('@', &place::place(index / 3).city)
}

pub(crate) fn company(index: u32) -> String {
    let combinations = COMPANY_STARTS.len() * COMPANY_MIDDLES.len() * COMPANY_ENDS.len();
    let mut digits = Digits::at(index, combinations as u32);
    let (start, middle, end) =
        (digits.one(COMPANY_STARTS), digits.one(COMPANY_MIDDLES), digits.one(COMPANY_ENDS));
    format!("{start}{middle} {end}")
}

/// A keyword: a condition, a treatment, or what a study is about besides.
pub(crate) fn keyword(value: u32, conditions: Size) -> String {
    let rank = value / 4;
    match value % 4 {
        0 => condition(rank % conditions.values).name.to_lowercase(),
        1 => intervention(rank).name,
        2 => {
            let mut digits = Digits::at(rank, (TARGETS.len() * SITES.len() * MANNERS.len()) as u32);
            let (target, manner) = (digits.one(TARGETS), digits.one(MANNERS));
            joined(&[manner, SITES[digits.0 as usize % SITES.len()].0, target]).to_lowercase()
        }
        _ => {
            let mut digits =
                Digits::at(rank, (DISORDERS.len() * TARGETS.len() * QUALIFIERS.len()) as u32);
            let (target, qualifier) = (digits.one(TARGETS), digits.one(QUALIFIERS));
            joined(&[qualifier, DISORDERS[digits.0 as usize % DISORDERS.len()].0, target])
        }
    }
}
