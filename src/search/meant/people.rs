//! Words for people, such as `kids` and `elderly`: they mean the trials that such people may take part in, whatever
//! words those use. A limit that a record does not state is open, as in the registry's own age groups.

use roaring::RoaringBitmap;

use crate::search::matched::{Found, How, Match};
use crate::store::{Store, StudyIdx};
use crate::study::Concept;
use crate::text;

/// Who may take part in a trial.
#[derive(Clone, Copy)]
enum People {
    /// Of these ages, in days: older than the first, younger than the second.
    Aged(u32, u32),
    /// Of the sex with this label, or of any.
    Sex(&'static str),
}

const YEAR: u32 = 365;
const NEWBORN: People = People::Aged(0, YEAR / 12);
const INFANT: People = People::Aged(0, 2 * YEAR);
const CHILD: People = People::Aged(0, 18 * YEAR);
const TEENAGER: People = People::Aged(13 * YEAR, 18 * YEAR);
const OLDER: People = People::Aged(65 * YEAR, u32::MAX);
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
    ("elderly", OLDER, "people over 65 may take part"),
    ("senior", OLDER, "people over 65 may take part"),
    ("pensioner", OLDER, "people over 65 may take part"),
    ("geriatric", OLDER, "people over 65 may take part"),
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
        People::Aged(older, younger) => (Concept::MinimumAge, aged(store, older, younger)),
        People::Sex(label) => (Concept::Sex, of_sex(store, label)),
    };
    Some((*said, Match { concept, how: How::Name, found: Found::Studies(studies) }))
}

fn aged(store: &Store, older: u32, younger: u32) -> RoaringBitmap {
    let limit = |study, concept| store.number(study, concept);
    let fits = |&study: &StudyIdx| {
        limit(study, Concept::MinimumAge).is_none_or(|least| least < younger)
            && limit(study, Concept::MaximumAge).is_none_or(|most| most >= older)
    };
    store.studies().filter(fits).map(|study| study.0).collect()
}

/// A trial that states no sex is left out: of it nothing is known.
fn of_sex(store: &Store, label: &str) -> RoaringBitmap {
    let vocabulary = store.vocabulary(Concept::Sex);
    let values =
        [label, "All"].into_iter().filter_map(|label| vocabulary.exactly(&text::fold(label)));
    values.flat_map(|value| vocabulary.studies(value).iter().copied()).collect()
}
