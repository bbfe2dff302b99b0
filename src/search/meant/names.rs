//! The table of other names: what people call conditions, interventions and sponsors, and what records call them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::is_empty;
use crate::study::Concept;
use crate::text;

/// One kind a line, then a sign, then names with `;` between them. Of `=` each name means all others; of `>` the first
/// one means the others.
const TABLE: &str = include_str!("../../../data/names.tsv");

/// Another name, and where it is looked for if no field was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) concepts: &'static [Concept],
}

const OF_CONDITIONS: &[Concept] =
    &[Concept::Title, Concept::Condition, Concept::Keyword, Concept::Mesh];
const OF_INTERVENTIONS: &[Concept] =
    &[Concept::Title, Concept::Intervention, Concept::Keyword, Concept::Mesh];
const OF_SPONSORS: &[Concept] = &[Concept::Sponsor, Concept::Lead, Concept::Collaborator];

/// The kinds of the table: what they are called, where they are looked for, and of which fields they may be asked.
const KINDS: [(&str, &[Concept]); 3] =
    [("condition", OF_CONDITIONS), ("intervention", OF_INTERVENTIONS), ("sponsor", OF_SPONSORS)];

/// A name by the keys of its words, and its other names.
type Names = HashMap<String, Vec<Name>>;

static NAMES: LazyLock<Names> = LazyLock::new(|| read(TABLE));

/// The keys of all words of the names.
static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NAMES.keys().flat_map(|name| name.split(' ')).collect());

/// Whether a word stands in a name, so that it is right as it stands even if no record has it.
pub(super) fn has_word(word: &str) -> bool {
    WORDS.contains(&*text::key(word))
}

fn read(table: &str) -> Names {
    let mut names = Names::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.splitn(3, '\t');
        let (Some(kind), Some(sign), Some(list)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let Some((_, concepts)) = KINDS.iter().find(|(name, _)| *name == kind) else { continue };
        let list: Vec<&str> =
            list.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
        let meaning = if sign == ">" { &list[..list.len().min(1)] } else { &list[..] };
        for name in meaning {
            let others = list.iter().filter(|other| other != &name);
            let others = others.map(|other| Name { text: text::fold(other), concepts });
            let words = text::fold(name);
            let words: Vec<&str> = text::words(&words).collect();
            names.entry(keys(&words)).or_default().extend(others);
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
    let found = NAMES.get(&keys(words)).map_or(&[][..], Vec::as_slice);
    let is_asked = |name: &&Name| concept.is_none_or(|concept| name.concepts.contains(&concept));
    found.iter().filter(is_asked).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: &str, words: &[&str]) -> Vec<String> {
        let names = read(table);
        let found = names.get(&keys(words)).map_or(&[][..], Vec::as_slice);
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
    fn the_table_is_well_formed() {
        for (number, line) in (1..).zip(TABLE.lines()).filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "line {number}");
            assert!(KINDS.iter().any(|(kind, _)| *kind == cells[0]), "line {number}");
            assert!(["=", ">"].contains(&cells[1]), "line {number}");
            let names: Vec<&str> = cells[2].split("; ").collect();
            assert!(names.len() > 1, "line {number}: one name");
            for name in names {
                assert_eq!(text::fold(name), name, "line {number}");
                let words = text::words(name).count();
                assert!(words > 0, "line {number}: {name}");
            }
        }
        assert!(NAMES.len() > 1000);
    }
}
