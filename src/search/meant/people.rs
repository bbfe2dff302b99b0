//! Words for people, such as `kids` and `elderly`: they mean the trials that such people may take part in, whatever
//! words those use. A limit that a record does not state is open, as in the registry's own age groups.

use std::ops::Bound;

use roaring::RoaringBitmap;

use crate::search::matched::{Found, How, Match};
use crate::search::range::{self, Ends, Range};
use crate::store::Store;
use crate::study::calendar::Day;
use crate::study::{Age, AgeUnit, Concept};
use crate::text;

/// Who may take part in a trial.
#[derive(Clone, Copy)]
enum People {
    /// Of an age that lies between these.
    Aged(Bound<Age>, Bound<Age>),
    /// Of the sex with this label, or of any.
    Sex(&'static str),
}

const BIRTH: Bound<Age> = Bound::Included(Age { number: 0, unit: AgeUnit::Days });
const NEWBORN: People =
    People::Aged(BIRTH, Bound::Excluded(Age { number: 28, unit: AgeUnit::Days }));
const INFANT: People = People::Aged(BIRTH, Bound::Excluded(years(2)));
const CHILD: People = People::Aged(BIRTH, Bound::Excluded(years(18)));
const TEENAGER: People = People::Aged(Bound::Included(years(13)), Bound::Excluded(years(18)));
const OLDER: People = People::Aged(Bound::Included(years(65)), Bound::Unbounded);
const ADULT: People = People::Aged(Bound::Included(years(18)), Bound::Unbounded);
const WOMAN: People = People::Sex("Female");
const MAN: People = People::Sex("Male");

/// By the key of a word, who is meant and how it is said.
const PEOPLE: &[(&str, People, &str)] = &[
    ("newborn", NEWBORN, "newborns may take part"),
    ("neonate", NEWBORN, "newborns may take part"),
    ("infant", INFANT, "infants may take part"),
    ("baby", INFANT, "infants may take part"),
    ("toddler", INFANT, "infants may take part"),
    ("kid", CHILD, "children may take part"),
    ("child", CHILD, "children may take part"),
    ("childhood", CHILD, "children may take part"),
    ("pediatric", CHILD, "children may take part"),
    ("juvenile", CHILD, "children may take part"),
    ("teen", TEENAGER, "teenagers may take part"),
    ("teenager", TEENAGER, "teenagers may take part"),
    ("teenage", TEENAGER, "teenagers may take part"),
    ("adolescent", TEENAGER, "teenagers may take part"),
    ("adult", ADULT, "adults may take part"),
    ("old", OLDER, "people of 65 years and more may take part"),
    ("older", OLDER, "people of 65 years and more may take part"),
    ("elderly", OLDER, "people of 65 years and more may take part"),
    ("senior", OLDER, "people of 65 years and more may take part"),
    ("pensioner", OLDER, "people of 65 years and more may take part"),
    ("geriatric", OLDER, "people of 65 years and more may take part"),
    ("woman", WOMAN, "women may take part"),
    ("female", WOMAN, "women may take part"),
    ("girl", WOMAN, "women may take part"),
    ("man", MAN, "men may take part"),
    ("male", MAN, "men may take part"),
    ("boy", MAN, "men may take part"),
];

/// The trials that the people of a word may take part in, and how that is said.
pub(super) fn of(store: &Store, word: &str) -> Option<(&'static str, Match)> {
    let key = text::key(word);
    let (_, people, said) = PEOPLE.iter().find(|(known, ..)| text::key(known) == key)?;
    let (concept, studies) = match *people {
        People::Aged(from, to) => {
            let ages = Range::Ages(Ends { from, to });
            // Ages do not depend on the day.
            (Concept::MinimumAge, range::within(store, Concept::AgeLimits, &ages, Day(0)))
        }
        People::Sex(label) => (Concept::Sex, of_sex(store, label)),
    };
    Some((*said, Match { concept, how: How::Name, found: Found::Studies(studies) }))
}

const fn years(number: u32) -> Age {
    Age { number, unit: AgeUnit::Years }
}

/// A trial that states no sex is left out: of it nothing is known.
fn of_sex(store: &Store, label: &str) -> RoaringBitmap {
    let vocabulary = store.vocabulary(Concept::Sex);
    let values =
        [label, "All"].into_iter().filter_map(|label| vocabulary.exactly(&text::fold(label)));
    values.flat_map(|value| vocabulary.studies(value).iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::made::made;

    #[test]
    fn people_are_found_whose_age_lies_within_the_limits() {
        let limits = [
            (1, Some("13 Years"), Some("17 Years")),
            (2, Some("18 Years"), None),
            (3, None, Some("3 Months")),
            (4, Some("45 Years"), Some("64 Years")),
            (5, Some("6 Months"), Some("4 Years")),
            (6, Some("65 Years"), None),
            (7, None, None),
        ];
        let store = Store::of(limits.map(|(id, minimum, maximum)| {
            let mut made = made(id);
            for (key, limit) in [("minimumAge", minimum), ("maximumAge", maximum)] {
                if let Some(limit) = limit {
                    made = made.at(&format!("eligibilityModule.{key}"), limit);
                }
            }
            made
        }));
        for (word, expected) in [
            ("kids", &[1, 3, 5, 7][..]),
            ("teenagers", &[1, 7]),
            ("infants", &[3, 5, 7]),
            ("newborn", &[3, 7]),
            ("elderly", &[2, 6, 7]),
        ] {
            let (_, found) = of(&store, word).unwrap();
            let Found::Studies(studies) = found.found else { panic!() };
            let mut ids: Vec<u32> = studies
                .iter()
                .map(|study| store.id(crate::store::StudyIdx(study)).number())
                .collect();
            ids.sort_unstable();
            assert_eq!(ids, expected, "{word}");
        }
    }
}
