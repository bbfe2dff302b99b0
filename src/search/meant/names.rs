//! The table of other names: what people call conditions, interventions and sponsors, and what records call them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::everyday::is_empty;
use crate::search::fuzzy::distance;
use crate::study::Concept;
use crate::text;

/// One kind a line, then a sign, then names with `;` between them. Of `=` each name means all others, and of `+` too if
/// it stands beside other words; of `>` the first one means the others; of `!` the first one is not meant inside the
/// others; of `~` the others are the first one in other languages.
const TABLE: &str = include_str!("../../../data/names.tsv");

/// Another name, and where it is looked for if no field was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) concepts: &'static [Concept],
    /// Whether the words have this name only beside others: a `brain tumor` is a brain neoplasm.
    pub(super) beside_others: bool,
}

const OF_CONDITIONS: &[Concept] =
    &[Concept::Title, Concept::Condition, Concept::Keyword, Concept::Mesh];
const OF_INTERVENTIONS: &[Concept] =
    &[Concept::Title, Concept::Intervention, Concept::Keyword, Concept::Mesh];
const OF_SPONSORS: &[Concept] = &[Concept::Sponsor, Concept::Lead, Concept::Collaborator];

const OF_ALL: &[Concept] =
    &[Concept::Title, Concept::Condition, Concept::Intervention, Concept::Keyword, Concept::Mesh];

/// The kinds of the table: what they are called, where they are looked for, and of which fields they may be asked.
const KINDS: [(&str, &[Concept]); 6] = [
    ("condition", OF_CONDITIONS),
    ("intervention", OF_INTERVENTIONS),
    ("sponsor", OF_SPONSORS),
    ("word", OF_ALL),
    ("place", OF_SPONSORS),
    ("foreign", OF_ALL),
];

/// What the table says.
#[derive(Default)]
struct Names {
    /// By the keys of the words of a name, its other names.
    others: HashMap<String, Vec<Name>>,
    /// By the letters of a name without blanks, the keys of its words.
    joined: HashMap<String, (String, Name)>,
    /// By the keys of the words of a name, it as it is written.
    written: HashMap<String, Name>,
    /// By the keys of a name, the longer names in which it is not meant.
    not_in: HashMap<String, Vec<String>>,
    /// Names of one word that are no other form of a word: `ra`, `flu`.
    single: HashSet<String>,
    /// By the keys of a name in another language, it in English.
    translated: HashMap<String, String>,
    /// The names of sponsors, each with its letters without blanks before it.
    sponsors: Vec<(String, String)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| read(TABLE));

/// The keys of all words of the names.
static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NAMES.others.keys().flat_map(|name| name.split(' ')).collect());

/// The keys of words that stand side by side in a name.
static PAIRS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let names = NAMES.others.keys();
    names.flat_map(|name| name.split(' ').zip(name.split(' ').skip(1))).collect()
});

/// Whether two words stand side by side in a name.
pub(super) fn has_pair(one: &str, next: &str) -> bool {
    PAIRS.contains(&(&*text::key(one), &*text::key(next)))
}

/// Shorter names are not looked up without their blanks.
const SHORTEST_JOINED: usize = 5;

/// Whether a word stands in a name, so that it is right as it stands even if no record has it.
pub(super) fn has_word(word: &str) -> bool {
    WORDS.contains(&*text::key(word))
}

fn read(table: &str) -> Names {
    let mut names = Names::default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.splitn(3, '\t');
        let (Some(kind), Some(sign), Some(list)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some((_, concepts)) = KINDS.iter().find(|(name, _)| *name == kind) else { continue };
        let list: Vec<&str> =
            list.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        if let ("~", [english, foreign @ ..]) = (sign, &list[..]) {
            for name in foreign {
                let folded = text::fold(name);
                let words: Vec<&str> = text::words(&folded).collect();
                let key = keys(&words);
                // What differs only as spellings do is read anyway.
                if key != keys(&text::words(english).collect::<Vec<_>>()) {
                    names.translated.insert(key, (*english).to_owned());
                }
            }
            continue;
        }
        if kind == "sponsor" {
            names.sponsors.extend(list.iter().map(|name| {
                let folded = text::fold(name);
                (text::words(&folded).collect(), folded)
            }));
        }
        let meaning =
            if [">", "!"].contains(&sign) { &list[..list.len().min(1)] } else { &list[..] };
        for name in meaning {
            let others = list.iter().filter(|other| other != &name).map(|other| text::fold(other));
            let folded = text::fold(name);
            let words: Vec<&str> = text::words(&folded).collect();
            let key = keys(&words);
            if sign == "!" {
                names.not_in.entry(key).or_default().extend(others);
                continue;
            }
            let meaningful: Vec<&&str> = words.iter().filter(|word| !is_empty(word)).collect();
            if let ("condition" | "intervention" | "sponsor", [word]) = (kind, &meaningful[..]) {
                names.single.insert((**word).to_owned());
            }
            let own = Name { text: folded.clone(), concepts, beside_others: false };
            names.written.entry(key.clone()).or_insert_with(|| own.clone());
            let joined = words.concat();
            if joined.len() >= SHORTEST_JOINED {
                names.joined.entry(joined).or_insert_with(|| (key.clone(), own));
            }
            let beside_others = sign == "+";
            let others = others.map(|text| Name { text, concepts, beside_others });
            names.others.entry(key).or_default().extend(others);
        }
    }
    names
}

/// The keys of words, with blanks between them; without the words that need not be there.
fn keys(words: &[&str]) -> String {
    let meaningful = words.iter().filter(|word| !is_empty(word));
    meaningful.map(|word| text::key(word)).collect::<Vec<_>>().join(" ")
}

/// The other names of `words`; `concept` is the field they were asked of.
pub(super) fn others(concept: Option<Concept>, words: &[&str]) -> Vec<Name> {
    let is_asked = |name: &&Name| concept.is_none_or(|concept| name.concepts.contains(&concept));
    if let Some(others) = NAMES.others.get(&keys(words)) {
        return others.iter().filter(is_asked).cloned().collect();
    }
    // The name itself is written in another way.
    let Some((key, own)) = NAMES.joined.get(&words.concat()) else { return Vec::new() };
    let others = NAMES.others.get(key).into_iter().flatten();
    std::iter::once(own).chain(others).filter(is_asked).cloned().collect()
}

/// The longest abbreviation, in letters.
const LONGEST_ABBREVIATION: usize = 6;
/// A long form has so many letters more.
const LONGER: usize = 3;

/// The long form of an abbreviation, which is the first of its names that is long.
pub(in crate::search) fn in_full(concept: Option<Concept>, short: &str) -> Option<String> {
    let length = short.chars().count();
    if length > LONGEST_ABBREVIATION || !is_single(short) {
        return None;
    }
    let is_long = |name: &Name| !name.beside_others && name.text.chars().count() >= length + LONGER;
    others(concept, &[short]).into_iter().find(is_long).map(|name| name.text)
}

/// How many slips a name of so many letters may have at most that was written in several words.
const SLIPS: &[(usize, usize)] = &[(15, 3), (9, 2), (6, 1)];

/// The name of a sponsor that is nearest to these letters, a slip or two away: `astrazenica`.
pub(in crate::search) fn near_sponsor(
    concept: Option<Concept>,
    letters: &str,
) -> Option<&'static str> {
    let length = letters.chars().count();
    let (_, most) = SLIPS.iter().find(|(shortest, _)| length >= *shortest)?;
    if concept.is_some_and(|concept| !OF_SPONSORS.contains(&concept)) {
        return None;
    }
    let near = NAMES.sponsors.iter().filter_map(|(name, text)| {
        let may_be_near = name.len().abs_diff(letters.len()) <= *most
            && name.chars().next() == letters.chars().next();
        let slips = may_be_near.then(|| distance(letters, name))?;
        (slips <= *most).then(|| (slips, text.split(' ').count(), text.as_str()))
    });
    near.min().map(|(.., text)| text)
}

/// The name that `words` are in any spelling, as the table has it, if other letters stand there.
pub(super) fn written(concept: Option<Concept>, words: &[&str]) -> Option<&'static str> {
    let own = NAMES.written.get(&keys(words))?;
    let is_asked = concept.is_none_or(|concept| own.concepts.contains(&concept));
    (is_asked && text::words(&own.text).ne(words.iter().copied())).then_some(own.text.as_str())
}

/// What `words` of another language are in English.
pub(super) fn translated(words: &[&str]) -> Option<&'static str> {
    NAMES.translated.get(&keys(words)).map(String::as_str)
}

/// The longer names in which `words` do not mean what they mean by themselves: `hypertension` in `portal hypertension`.
pub(super) fn not_in(words: &[&str]) -> &'static [String] {
    NAMES.not_in.get(&keys(words)).map_or(&[], Vec::as_slice)
}

/// Whether a word is a whole name by itself, and no other form of a word.
pub(in crate::search) fn is_single(word: &str) -> bool {
    NAMES.single.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: &str, words: &[&str]) -> Vec<String> {
        let names = read(table);
        let found = names.others.get(&keys(words)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|name| name.text.clone()).collect()
    }

    #[test]
    fn equal_names_lead_to_each_other_and_broader_ones_do_not_lead_back() {
        let table =
            "# note\ncondition\t=\tone thing; other thing\ncondition\t>\tlay; first; second\n";
        assert_eq!(of(table, &["one", "things"]), ["other thing"]);
        assert_eq!(of(table, &["other", "thing"]), ["one thing"]);
        assert_eq!(of(table, &["lay"]), ["first", "second"]);
        assert_eq!(of(table, &["first"]), Vec::<String>::new());
    }

    #[test]
    fn sponsors_are_known_by_their_letters_with_a_slip() {
        for (letters, name) in [
            ("astrazenica", Some("astrazeneca")),
            ("glaxosmithklein", Some("glaxosmithkline")),
            ("ellylilly", Some("eli lilly")),
            ("lungcancer", None),
        ] {
            assert_eq!(near_sponsor(None, letters), name);
        }
        assert_eq!(near_sponsor(Some(Concept::Condition), "astrazenica"), None);
    }

    #[test]
    fn the_table_is_well_formed() {
        for (number, line) in (1..).zip(TABLE.lines()).filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "line {number}");
            assert!(KINDS.iter().any(|(kind, _)| *kind == cells[0]), "line {number}");
            assert!(["=", ">", "+", "!", "~"].contains(&cells[1]), "line {number}");
            let names: Vec<&str> = cells[2].split("; ").collect();
            assert!(names.len() > 1, "line {number}: one name");
            for name in names {
                assert_eq!(text::fold(name), name, "line {number}");
                let words = text::words(name).count();
                assert!(words > 0, "line {number}: {name}");
            }
        }
        assert!(NAMES.others.len() > 1000 && NAMES.translated.len() > 500);
        // What is English is not read as another language, nor is any part of it, so that it is read once.
        for (name, english) in &NAMES.translated {
            assert!(!NAMES.others.contains_key(name), "{name}");
            let words: Vec<&str> = text::words(english).collect();
            for start in 0..words.len() {
                for end in start + 1..=words.len() {
                    assert_eq!(translated(&words[start..end]), None, "{name}: {english}");
                }
            }
        }
    }
}
