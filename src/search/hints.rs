//! What else can be asked, looked for behind the answer: it takes longer than the answer itself, and no key waits for it.

use super::instead::{self, Clause, Instead, Understood};
use super::matcher::Matcher;
use super::{Query, Results};

/// What else can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// If nothing is found: each clause, with what it finds and what is found without it.
    pub clauses: Vec<Clause>,
    /// What words are in other fields, or may have been meant to be.
    pub instead: Vec<Instead>,
}

impl Results {
    /// How the query was understood; `None` if the hints for it are known.
    pub fn understood(&self) -> Option<Understood> {
        let found = self.rows.len() as u64;
        let (added, doubts) = (self.added.clone(), self.doubts.clone());
        self.hints.is_none().then_some(Understood { found, added, doubts })
    }

    /// The clauses of a query that finds nothing, as far as they are known.
    pub fn clauses(&self) -> &[Clause] {
        self.hints.as_ref().map_or(&[], |hints| &hints.clauses)
    }

    /// What words may have been meant to be, as far as that is known.
    pub fn instead(&self) -> &[Instead] {
        self.hints.as_ref().map_or(&[], |hints| &hints.instead)
    }
}

impl Hints {
    /// Those for a query that was understood so; `None` when cancelled.
    pub(super) fn of(finder: &mut Matcher, query: &Query, understood: &Understood) -> Option<Self> {
        let is_lost = understood.found == 0;
        let clauses = if is_lost { instead::clauses(finder, query)? } else { Vec::new() };
        let instead = instead::instead(finder, query, understood)?;
        Some(Self { clauses, instead })
    }
}

#[cfg(test)]
mod tests {
    use crate::search::fuzzy::scans;
    use crate::search::{Cancel, Memory, answer, answer_until, hints, parse};
    use crate::store::Store;
    use crate::study::Concept;
    use crate::study::concept::Reach;
    use crate::study::made::made;

    fn store() -> Store {
        let frequent = (1..=40).map(|id| made(id).title("Blue Dysfunction of Breast Tissue"));
        let site = serde_json::json!([{"city": "Lyon", "country": "France"}]);
        let others = [
            made(41).title("Status of Brest").at("contactsLocationsModule.locations", site),
            made(42).title("Sponsored Houses"),
        ];
        Store::of(frequent.chain(others))
    }

    /// How often a word of a question may be looked for in one vocabulary: what is near to it, what is near to the nearest
    /// of those, and the values that come near.
    const MOST_SCANS: usize = 3;

    #[test]
    fn a_question_looks_for_what_is_near_to_a_word_once() {
        let (store, cancel) = (store(), Cancel::default());
        let vocabularies = Concept::vocabularies()
            .filter(|concept| concept.definition().reach == Reach::ByWord)
            .count();
        for typed in [
            "blue breast sponso",
            "blue breast sponsro",
            "breast brest status class:industry",
            "blue blau grun rotes gelbes brest",
            "disfuntion of breasst tisue nowhere",
            "lyon nothing here wrogn",
        ] {
            let (query, mut memory) = (parse(typed).unwrap(), Memory::default());
            scans::taken();
            let results = answer_until(&store, &query, &cancel, (&mut memory, None)).unwrap();
            let for_answer = scans::taken();
            let most = typed.split(' ').count() * vocabularies * MOST_SCANS;
            assert!(for_answer <= most, "{typed}: {for_answer}");
            let understood = results.understood().unwrap();
            let hints = hints(&store, &query, &understood, &cancel, &mut memory).unwrap();
            let for_hints = scans::taken();
            assert!(for_hints <= most, "{typed}: {for_hints} for hints");
            let whole = answer(&store, &query, &cancel).unwrap();
            assert_eq!(whole.hints.as_ref(), Some(&hints), "{typed}");
            scans::taken();
            // Asked once more, it is all known.
            let again = answer_until(&store, &query, &cancel, (&mut memory, None)).unwrap();
            assert_eq!((again, scans::taken()), (whole, 0), "{typed}");
        }
    }

    #[test]
    fn hints_that_are_cancelled_are_none_and_not_remembered() {
        let (store, cancel) = (store(), Cancel::default());
        let (query, mut memory) = (parse("lyon").unwrap(), Memory::default());
        let results = answer_until(&store, &query, &cancel, (&mut memory, None)).unwrap();
        let understood = results.understood().unwrap();
        let given_up = Cancel::default();
        given_up.cancel();
        assert_eq!(hints(&store, &query, &understood, &given_up, &mut memory), None);
        let hints = hints(&store, &query, &understood, &cancel, &mut memory).unwrap();
        assert_eq!(hints.instead[0].term, "city:lyon");
    }
}
