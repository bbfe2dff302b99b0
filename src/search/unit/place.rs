//! Names of places among words: `in new york`, `asthma france`, `breast cancer houston texas`, `boston, ma`.

use std::cmp::Reverse;
use std::ops::Range;

use roaring::RoaringBitmap;

use super::region;
use crate::search::hits::Word;
use crate::search::meant::{self, everyday};
use crate::search::query::{Ask, Term};
use crate::search::{Cancel, matching, phrase};
use crate::store::Store;
use crate::study::Concept;

/// The longest name of a place, in words.
const LONGEST: usize = 3;

/// Shorter names, such as `tx`, are places only right behind another one.
const SHORTEST: usize = 4;

/// What a place may be, and how much its trials count where one name is of several: who says `new york` means the city,
/// unless far more trials are in the state.
const PLACES: [(Concept, u64); 3] =
    [(Concept::Country, 4), (Concept::City, 4), (Concept::State, 1)];

/// So many times as many trials have to take place somewhere as a sponsor has that is called so.
const RATHER: u64 = 4;

/// What people add to the name of a city.
const CITY: &str = "city";

/// Fields in which a word that is also a city says what a trial is about.
const SUBJECTS: [Concept; 4] =
    [Concept::Title, Concept::Condition, Concept::Keyword, Concept::Intervention];

/// The name of a place among words.
pub(in crate::search) struct Place {
    pub(in crate::search) words: Range<usize>,
    /// What it is, under each of its names: `city:munich`, `city:munchen`.
    pub(in crate::search) terms: Vec<Term>,
    /// What the countries are together, of a part of the world.
    pub(in crate::search) region: Option<String>,
    /// Whether a word before it says that it is a place.
    is_behind: bool,
}

impl Place {
    /// Whether it may be another word with a slip: `brest` is a city, and in `brest cancer` it is none.
    pub(in crate::search) fn may_be_slip(&self) -> bool {
        let is_city = self.terms.iter().all(|term| term.concept == Some(Concept::City));
        is_city && !self.is_behind && self.words.len() == 1
    }
}

/// The place that words name from `at` on: any behind `in`, and beside other words what is hardly anything else.
/// `is_behind_place` says whether a place stands before it.
pub(super) fn at(store: &Store, words: &[Word], at: usize, is_behind_place: bool) -> Option<Place> {
    let is = |word: &Word, test: fn(&str) -> bool| word.parts.iter().all(|part| test(part));
    let mut start = at;
    let is_behind = is(&words[at], everyday::is_before_place);
    if is_behind {
        start += 1;
        let is_article = |word: &Word| word.parts == ["the"];
        start += usize::from(words.get(start).is_some_and(is_article));
    }
    let named = words.get(start..)?;
    // A place by itself is words, and the line says that it is a place.
    let most = if is_behind { named.len() } else { named.len().min(words.len() - 1) };
    (1..=most.min(LONGEST)).rev().find_map(|count| {
        let place = start..start + count;
        if let Some(region) = region(store, words, place.clone()) {
            return Some(region);
        }
        let (terms, studies) = most_studied(store, &name(&words[place.clone()]))?;
        let is_country = terms[0].concept == Some(Concept::Country);
        let is_place = is_behind
            || is_country
            || is_behind_place && is_written_as_place(&words[place.clone()])
            || is_hardly_else(store, &words[place.clone()], studies);
        let is_place = is_place && (is_behind || !is_in_name(words, &place));
        is_place.then_some(Place { words: place, terms, region: None, is_behind })
    })
}

/// A part of the world, if words name one.
fn region(store: &Store, words: &[Word], place: Range<usize>) -> Option<Place> {
    let name = name(&words[place.clone()]);
    let countries = region::countries(&name)?.iter();
    let here = countries.filter(|country| matching::is_value(store, Concept::Country, country));
    let terms: Vec<Term> = here.map(|country| term(Concept::Country, country)).collect();
    let region = Some(format!("countries of {name}"));
    (!terms.is_empty()).then_some(Place { words: place, terms, region, is_behind: true })
}

/// The words of a name, folded, without the signs beside them.
fn name(words: &[Word]) -> String {
    let parts: Vec<&str> = words.iter().flat_map(|word| &word.parts).map(String::as_str).collect();
    parts.join(" ")
}

/// The place of a name that most trials take place in, and how many.
fn most_studied(store: &Store, name: &str) -> Option<(Vec<Term>, u64)> {
    let bare = name.strip_suffix(CITY).map(str::trim_end).filter(|bare| !bare.is_empty());
    let found = PLACES.iter().enumerate().filter_map(|(place, (concept, weight))| {
        let is_value = |name: &&str| matching::is_value(store, *concept, name);
        let bare = bare.filter(|_| *concept == Concept::City);
        let name = [Some(name), bare].into_iter().flatten().find(is_value)?;
        let others = meant::other_places(name);
        let names = std::iter::once(name).chain(others.iter().map(String::as_str).filter(is_value));
        let terms: Vec<Term> = names.map(|name| term(*concept, name)).collect();
        let literal = |term| matching::literal(store, term, &Cancel::default());
        let studies =
            terms.iter().filter_map(literal).map(|it| it.studies).reduce(|all, it| all | it);
        let studies = studies?.len();
        Some((studies * weight, Reverse(place), terms, studies))
    });
    let (.., terms, studies) = found.max_by_key(|(weighed, place, ..)| (*weighed, *place))?;
    Some((terms, studies))
}

fn term(concept: Concept, name: &str) -> Term {
    let name = name.to_owned();
    let ask = if name.contains(' ') { Ask::Quoted(name) } else { Ask::Word(name) };
    Term { concept: Some(concept), ask }
}

/// Whether the table has a longer name of which the place is a part: `chu brest`.
fn is_in_name(words: &[Word], place: &Range<usize>) -> bool {
    let starts = place.end.saturating_sub(meant::LONGEST_NAME)..=place.start;
    starts.into_iter().any(|start| {
        let ends = place.end..=words.len().min(start + meant::LONGEST_NAME);
        ends.into_iter().filter(|end| end - start > place.len()).any(|end| {
            let parts = words[start..end].iter().flat_map(|word| &word.parts);
            meant::is_name(&parts.map(String::as_str).collect::<Vec<_>>())
        })
    })
}

/// Whether a short name behind a place is no word of everyday English, or is written in capitals: `TX`, `tx`, `OR`.
fn is_written_as_place(words: &[Word]) -> bool {
    words.iter().all(|word| {
        let typed = word.typed.trim_end_matches(',');
        let is_common = word.parts.iter().all(|part| everyday::is_common(part));
        !is_common && typed != "or" || meant::is_abbreviation(typed)
    })
}

/// Whether words that name a city or a state are hardly ever anything else: they are no name of another thing, no
/// words of everyday English, and fewer trials are about them than take place there.
fn is_hardly_else(store: &Store, words: &[Word], studies: u64) -> bool {
    let [word] = words else { return true };
    let [part] = &word.parts[..] else { return true };
    if part.chars().count() < SHORTEST || everyday::is_common(part) || meant::is_single(part) {
        return false;
    }
    meant::frequency(store, &SUBJECTS, part).len() < studies
}

/// The words around a place that are a name with it, as sponsors are called: `university of chicago`, `shanghai chest
/// hospital`. They may begin before the place.
pub(super) fn house(store: &Store, words: &[Word], place: &Place) -> Option<Range<usize>> {
    if place.is_behind {
        return None;
    }
    let says_something = |at: &usize| !words[*at].parts.iter().all(|it| everyday::is_empty(it));
    let mut house = place.words.clone();
    loop {
        let before = (0..house.start).rev().find(says_something);
        let after = (house.end..words.len()).find(says_something);
        let longer = [before.map(|at| at..house.end), after.map(|at| house.start..at + 1)];
        let mut longer = longer.into_iter().flatten();
        let Some(longer) = longer.find(|it| is_of_sponsor(store, &words[it.clone()])) else {
            break;
        };
        house = longer;
    }
    let is_longer = house != place.words;
    (is_longer && !is_place_rather(store, words, &house, place)).then_some(house)
}

/// Whether a sponsor has the words in its name side by side, or, if one of them says what kind of house it is, in any
/// order.
fn is_of_sponsor(store: &Store, words: &[Word]) -> bool {
    let parts = words.iter().flat_map(|word| &word.parts);
    let parts: Vec<String> = parts.map(|part| in_full(part)).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let sponsors = store.vocabulary(Concept::Sponsor);
    phrase::spelled_in_values(sponsors, &parts, &[]).is_some()
        || parts.iter().any(|part| everyday::is_of_house(part))
            && phrase::have_words(sponsors, &parts)
}

/// The word that a short one stands for in the name of a house: `univ` is university.
fn in_full(word: &str) -> String {
    let others = meant::other_places(word).into_iter();
    let mut full = others.filter(|other| other.starts_with(word) && !other.contains(' '));
    full.next().unwrap_or_else(|| word.to_owned())
}

/// Whether words that a sponsor has in its name are rather a place and what is looked for there: many more trials are about
/// that and take place there. So `japan lung` is not a society of that name.
fn is_place_rather(store: &Store, words: &[Word], house: &Range<usize>, place: &Place) -> bool {
    let parts =
        |words: &[Word]| words.iter().flat_map(|word| word.parts.clone()).collect::<Vec<_>>();
    let all = parts(&words[house.clone()]);
    if all.iter().any(|part| everyday::is_of_house(part)) {
        return false;
    }
    let literal = |term: &Term| matching::literal(store, term, &Cancel::default());
    let mut there = RoaringBitmap::new();
    place.terms.iter().filter_map(literal).for_each(|it| there |= it.studies);
    let around = [house.start..place.words.start, place.words.end..house.end];
    for part in around.into_iter().flat_map(|range| parts(&words[range])) {
        if !everyday::is_empty(&part) {
            there &= meant::frequency(store, &SUBJECTS, &part);
        }
    }
    let name = Term { concept: Some(Concept::Sponsor), ask: Ask::Phrase(all.join(" ")) };
    let of_sponsor = literal(&name).map_or(0, |it| it.studies.len());
    there.len() > RATHER * of_sponsor
}

#[cfg(test)]
mod tests {
    use crate::search::{Cancel, answer, parse};
    use crate::store::Store;
    use crate::study::made::{Made, made};

    fn at(study: Made, city: &str, state: &str, country: &str) -> Made {
        let site = serde_json::json!([{"city": city, "state": state, "country": country}]);
        study.at("contactsLocationsModule.locations", site)
    }

    #[test]
    fn places_beside_other_words_are_places_and_parts_of_names_are_not() {
        let texas = |study| at(study, "Houston", "Texas", "United States");
        let illinois = |study| at(study, "Chicago", "Illinois", "United States");
        let store = Store::of([
            texas(made(1).title("Asthma in Adults")),
            texas(made(2).title("Breast Cancer")),
            at(made(3).title("Breast Cancer"), "New York", "New York", "United States"),
            at(made(4).title("Blue"), "Boston", "Massachusetts", "United States")
                .sponsor("University of Chicago"),
            illinois(made(5).title("Blue")),
            at(made(6).title("Gout"), "Shanghai", "", "China").sponsor("Shanghai Chest Hospital"),
            made(7).title("Orange Juice"),
            made(8).title("Orange Peel"),
            at(made(9).title("Juice of Apples"), "Orange", "California", "United States"),
            at(made(10).title("Chest Drain"), "Munich", "", "Germany"),
            at(made(11).title("Chest Tube"), "Muenchen", "", "Germany"),
        ]);
        for (typed, expected) in [
            ("breast cancer houston texas", &[2][..]),
            ("breast cancer houston, tx", &[2]),
            ("breast cancer texas", &[2]),
            ("breast cancer new york city", &[3]),
            ("new york breast cancer", &[3]),
            ("asthma houston", &[1]),
            ("university of chicago blue", &[4]),
            ("chicago university", &[4]),
            ("blue chicago", &[4, 5]),
            ("shanghai chest", &[6]),
            ("orange juice", &[7]),
            ("blue boston, ma", &[4]),
            ("chest munich", &[10, 11]),
            ("chest europe", &[10, 11]),
            ("chest in asia", &[6]),
            ("houston", &[]),
            ("cancer in houston", &[2]),
        ] {
            let results = answer(&store, &parse(typed).unwrap(), &Cancel::default()).unwrap();
            let mut ids: Vec<u32> = results.rows.iter().map(|it| store.id(it).number()).collect();
            ids.sort_unstable();
            assert_eq!(ids, expected, "{typed}");
        }
    }
}
