//! What else can be asked: if a query finds nothing, which clause is to blame, and what its words are in other fields.
//! Nothing is suggested that finds nothing.

use super::hits::{Doubt, Hits};
use super::matcher::Matcher;
use super::matching;
use super::meant::everyday;
use super::query::{Ask, Expr, Query, Term};
use super::taken::Added;
use crate::store::Store;
use crate::study::Concept;
use crate::study::concept::Kind;
use crate::text;

/// A clause of a query that finds nothing. All clauses must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// As the query has it.
    pub text: String,
    /// How many studies it finds by itself.
    pub alone: u64,
    /// The query without it.
    pub rest: String,
    /// How many studies that finds.
    pub without: u64,
}

/// What words of a query may have been meant to be: in another field, `boston` is a city, or another word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The words, as the query has them.
    pub typed: String,
    /// The other field; `None` of another word.
    pub concept: Option<Concept>,
    /// What stands in their place: `city:boston`.
    pub term: String,
    /// The whole query with it.
    pub query: String,
    /// How many studies that finds, never none.
    pub studies: u64,
}

impl Instead {
    /// What the words are, or are not: `boston is a city`.
    pub fn in_words(&self) -> String {
        let (typed, Some(concept)) = (&self.typed, self.concept) else {
            return format!("in place of {}", self.typed);
        };
        let label = concept.label();
        if typed.ends_with(NOT_STATED) {
            return format!("{typed} finds where no {label} is stated");
        }
        if typed.contains(':') {
            return format!("{typed} is no whole {label}");
        }
        let article = if label.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{typed} is {article} {label}")
    }
}

/// What stands behind the prefix where a query asks for what states nothing.
const NOT_STATED: &str = ":none";

/// The codes of the registry that say none as an answer, as of masking and of results.
const NONE: [&str; 2] = ["NONE", "NO"];

/// How a query was understood that hints are looked for.
#[derive(Clone, Debug)]
pub struct Understood {
    /// How many studies it finds.
    pub(super) found: u64,
    /// What was added to its words.
    pub(super) added: Vec<Added>,
    /// Rare words that may be slips.
    pub(super) doubts: Vec<Doubt>,
}

/// A query of more clauses is not taken apart: to look at each one takes its time.
const MOST_CLAUSES: usize = 8;

/// So many suggestions are of use.
const MOST_SUGGESTIONS: usize = 3;

/// The longest name of a place that is looked for, in words.
const LONGEST_PLACE: usize = 3;

/// Where words are looked for that are something else than what they found.
const PLACES: [Concept; 2] = [Concept::Country, Concept::City];

/// Fields whose whole words are what was meant.
const SUBJECTS: [Concept; 4] =
    [Concept::Title, Concept::Condition, Concept::Keyword, Concept::Intervention];

/// The clauses of a query that finds nothing; none if there is only one, or if they are too many.
pub(super) fn clauses(finder: &mut Matcher, query: &Query) -> Option<Vec<Clause>> {
    let parts = query.conjuncts();
    if !(2..=MOST_CLAUSES).contains(&parts.len()) {
        return Some(Vec::new());
    }
    let clause = |place: usize| {
        let alone = finder.evaluate(&parts[place], &mut Hits::default())?.len();
        let mut rest = parts.to_vec();
        let text = rest.remove(place).to_string();
        let rest = Query { expr: Expr::and(rest), ..query.clone() };
        let without = finder.evaluate(&rest.expr, &mut Hits::default())?.len();
        Some(Clause { text, alone, rest: rest.to_string(), without })
    };
    let is_asked = |place: &usize| !says_nothing(&parts[*place]);
    (0..parts.len()).filter(is_asked).map(clause).collect()
}

/// Whether nothing is looked for by a part, so that it cannot be to blame.
fn says_nothing(part: &Expr) -> bool {
    match part {
        Expr::NotMeant(_) => true,
        Expr::Term(Term { concept: None, ask: Ask::Word(word) }) => {
            let folded = text::fold(word);
            everyday::is_empty(&folded) || everyday::is_of_question(&folded)
        }
        _ => false,
    }
}

/// What the words of a query may be instead; most studies first.
pub(super) fn instead(
    finder: &mut Matcher,
    query: &Query,
    Understood { found, added, doubts }: &Understood,
) -> Option<Vec<Instead>> {
    let parts = query.conjuncts();
    let mut all: Vec<Instead> = Vec::new();
    if parts.len() > MOST_CLAUSES {
        return Some(all);
    }
    // A place is part of the name of a house: `university of chicago`.
    let is_house = *found > 0 && parts.iter().any(is_of_house);
    // The words up to here are explained.
    let mut explained = if is_house { parts.len() } else { 0 };
    for start in 0..parts.len() {
        for end in (start + 1..=parts.len().min(start + LONGEST_PLACE)).rev() {
            if end <= explained {
                break;
            }
            let words = &parts[start..end];
            if are_read_as_place(words, added) {
                continue;
            }
            for term in elsewhere(finder.store, words, *found) {
                let concept = term.concept;
                let mut other = parts.to_vec();
                other.splice(start..end, [Expr::Term(term.clone())]);
                let other = Query { expr: Expr::and(other), ..query.clone() };
                let studies = finder.evaluate(&other.expr, &mut Hits::default())?.len();
                let typed: Vec<String> = words.iter().map(Expr::to_string).collect();
                // What was added is not offered again.
                let term = term.to_string();
                let is_added = added.iter().any(|added| added.name == term);
                if studies > 0 && !is_added {
                    explained = end;
                    let (typed, query) = (typed.join(" "), other.to_string());
                    all.push(Instead { typed, concept, term, query, studies });
                }
            }
        }
    }
    for doubt in doubts {
        let typed = Expr::Term(doubt.typed.clone());
        let Some(place) = parts.iter().position(|part| *part == typed) else { continue };
        let right = Term { ask: Ask::Word(doubt.right.clone()), ..doubt.typed.clone() };
        let mut other = parts.to_vec();
        other[place] = Expr::Term(right.clone());
        let other = Query { expr: Expr::and(other), ..query.clone() };
        let studies = finder.evaluate(&other.expr, &mut Hits::default())?.len();
        if studies > *found {
            let (typed, term, query) = (typed.to_string(), right.to_string(), other.to_string());
            all.push(Instead { typed, concept: None, term, query, studies });
        }
    }
    all.sort_by_key(|instead| std::cmp::Reverse(instead.studies));
    all.truncate(MOST_SUGGESTIONS);
    Some(all)
}

/// Whether words are a part of what was read as the name of a place.
fn are_read_as_place(words: &[Expr], added: &[Added]) -> bool {
    let is_place = |added: &&Added| {
        PLACES.iter().any(|place| added.name.starts_with(&format!("{}:", place.name())))
    };
    let typed: Vec<String> = words.iter().map(Expr::to_string).collect();
    added.iter().filter(is_place).any(|added| {
        let place: Vec<&str> = added.typed.split(' ').collect();
        place.len() > typed.len() && place.windows(typed.len()).any(|window| window == typed)
    })
}

/// Whether a part is a word for a house.
fn is_of_house(part: &Expr) -> bool {
    let Expr::Term(Term { concept: None, ask: Ask::Word(word) }) = part else { return false };
    everyday::is_of_house(&text::fold(word))
}

/// The terms that words are in other fields.
fn elsewhere(store: &Store, words: &[Expr], found: u64) -> Vec<Term> {
    if let [Expr::Term(Term { concept: Some(concept), ask: Ask::Quoted(quoted) })] = words {
        // A whole value was asked for; its words may stand in others.
        let term = Term { concept: Some(*concept), ask: Ask::Word(quoted.replace(' ', "-")) };
        return if found == 0 { vec![term] } else { Vec::new() };
    }
    if let [Expr::Term(Term { concept: Some(concept), ask: Ask::NotStated })] = words
        && let Kind::Codes(terms, _) = concept.definition().kind
    {
        // Who asks for `masking:none` may mean the masking that is none.
        let stated = terms.iter().find(|term| NONE.contains(&term.code));
        let term = stated.map(|term| Ask::Quoted(term.label.to_owned()));
        return term.map(|ask| Term { concept: Some(*concept), ask }).into_iter().collect();
    }
    let bare = words.iter().map(|part| match part {
        Expr::Term(Term { concept: None, ask: Ask::Word(word) }) => Some(text::fold(word)),
        _ => None,
    });
    let Some(bare) = bare.collect::<Option<Vec<String>>>() else { return Vec::new() };
    let folded = bare.join(" ");
    let is_subject = |word: &String| {
        SUBJECTS.iter().any(|&concept| store.vocabulary(concept).find_word(word).is_some())
    };
    if found > 0 && bare.iter().all(is_subject) {
        return Vec::new();
    }
    let ask = match &bare[..] {
        [word] => Ask::Word(word.clone()),
        _ => Ask::Quoted(folded.clone()),
    };
    let places: Vec<Term> = PLACES
        .into_iter()
        .filter(|&concept| matching::is_value(store, concept, &folded))
        .map(|concept| Term { concept: Some(concept), ask: ask.clone() })
        .collect();
    if !places.is_empty() || found > 0 || bare.len() > 1 {
        return places;
    }
    matching::elsewhere(store, &ask)
        .map(|concept| Term { concept: Some(concept), ask: ask.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Cancel, answer, parse};
    use crate::study::made::{Made, made};

    fn store() -> Store {
        let at = |study: Made, city: &str, country: &str| {
            let site = serde_json::json!([{"city": city, "country": country}]);
            study.at("contactsLocationsModule.locations", site)
        };
        Store::of([
            at(made(1).title("Asthma").sponsor("Boston Bay"), "Boston", "United States"),
            at(made(2).title("Severe Asthma"), "New York", "United States")
                .at("designModule.designInfo.maskingInfo.masking", "NONE")
                .at("oversightModule.isFdaRegulatedDrug", false),
            at(made(3).title("Gout"), "Lyon", "France"),
        ])
    }

    #[test]
    fn each_clause_says_what_it_finds_and_what_is_found_without_it() {
        let store = store();
        let results =
            answer(&store, &parse("trials of asthma severe gout").unwrap(), &Cancel::default())
                .unwrap();
        let told: Vec<_> = results
            .clauses()
            .iter()
            .map(|it| (&*it.text, it.alone, &*it.rest, it.without))
            .collect();
        assert_eq!(
            told,
            [
                ("asthma", 2, "trials of severe gout", 0),
                ("severe", 1, "trials of asthma gout", 0),
                ("gout", 1, "trials of asthma severe", 1)
            ]
        );
    }

    #[test]
    fn words_say_what_they_are_elsewhere_only_if_that_finds_something() {
        let store = store();
        for (query, expected) in [
            ("lyon", &["lyon → city:lyon (1): city:lyon"][..]),
            // It is read as the city already.
            ("asthma new york", &[]),
            ("asthma lyon", &[]),
            ("asthma boston", &["boston → city:boston (1): asthma city:boston"]),
            ("asthma", &[]),
            (
                "title:\"severe as\"",
                &["title:\"severe as\" → title:severe-as (1): title:severe-as"],
            ),
            (
                "masking:none",
                &[r#"masking:none → masking:"None (open label)" (1): masking:"None (open label)""#],
            ),
            (
                "fda-drug:none",
                &[r#"fda-drug:none → fda-drug:"Not regulated" (1): fda-drug:"Not regulated""#],
            ),
            ("phase:none", &[]),
            (
                "united states",
                &[r#"united states → country:"united states" (2): country:"united states""#],
            ),
        ] {
            let results = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap();
            let told: Vec<String> = results
                .instead()
                .iter()
                .map(|it| format!("{} → {} ({}): {}", it.typed, it.term, it.studies, it.query))
                .collect();
            assert_eq!(told, expected, "{query}");
        }
    }
}
