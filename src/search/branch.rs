//! Branches of places: the cities of a country and the facilities of a city, with the number of studies that have a site
//! there. A branch is counted when it is unfolded, by a look at the sites of the studies of its country.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::query::{Ask, Expr, Query, Term};
use super::rows::Rows;
use crate::store::{SiteIdx, Store, StudyIdx, ValueIdx};
use crate::study::Concept;
use crate::text;

/// A country, a city of it, or a facility of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch {
    country: ValueIdx,
    city: Option<Part>,
    facility: Option<Part>,
}

/// What sites state of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Called(ValueIdx),
    NotStated,
}

impl Branch {
    /// A whole country.
    pub fn of(country: ValueIdx) -> Self {
        Self { country, city: None, facility: None }
    }

    /// How many levels stand above it.
    pub fn depth(self) -> u16 {
        u16::from(self.city.is_some()) + u16::from(self.facility.is_some())
    }

    /// Whether anything stands below it.
    pub fn has_below(self) -> bool {
        self.facility.is_none()
    }

    /// What it is called; `None` if that is what sites do not state.
    pub fn label(self, store: &Store) -> Option<&str> {
        let (concept, part) = self.parts().last()?;
        match part {
            Part::Called(value) => Some(store.vocabulary(concept).label(value)),
            Part::NotStated => None,
        }
    }

    /// What it is called, with what it lies in: `Paris, France`.
    pub fn whole_label(self, store: &Store) -> String {
        let above = self.above().map(|above| above.whole_label(store));
        let names = [Some(self.label(store).unwrap_or("not stated").to_owned()), above];
        names.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What finds its studies: one site that is there.
    pub fn ask(self, store: &Store) -> Expr {
        let term = |(concept, part): (Concept, Part)| {
            let ask = match part {
                Part::Called(value) => {
                    Ask::Quoted(store.vocabulary(concept).label(value).to_owned())
                }
                Part::NotStated => Ask::NotStated,
            };
            Expr::Term(Term { concept: Some(concept), ask })
        };
        Expr::Site(Box::new(Expr::and(self.parts().map(term).collect())))
    }

    /// What stands below it, with the number of the studies of an answer that have a site there: most first, what is not
    /// stated last.
    pub fn below(self, store: &Store, rows: &Rows) -> Vec<(Self, u32)> {
        let level = if self.city.is_none() { Concept::City } else { Concept::Facility };
        let (studies, sites) = (rows.studies(), store.sites());
        let is_here = |site: SiteIdx| {
            self.parts().all(|(concept, part)| Part::of(sites.value(site, concept)) == part)
        };
        let mut counts: HashMap<Part, u32> = HashMap::new();
        let mut there = Vec::new();
        let country = store.vocabulary(Concept::Country).studies(self.country);
        for study in country.iter().copied().filter(|&study| studies.contains(study)) {
            there.clear();
            let here = sites.of(StudyIdx(study)).filter(|&site| is_here(site));
            there.extend(here.map(|site| Part::of(sites.value(site, level))));
            there.sort_unstable();
            there.dedup();
            for &part in &there {
                *counts.entry(part).or_default() += 1;
            }
        }
        let mut counts: Vec<(Part, u32)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|&(part, n)| (part == Part::NotStated, Reverse(n), part));
        counts.into_iter().map(|(part, n)| (self.with(part), n)).collect()
    }

    /// The cities whose folded names are a text, begin with it or have it within, those first that most studies of the
    /// whole store have, each with the number of the studies of an answer that have a site there. No more than `most` names
    /// are looked at; a name stands once for each of its countries.
    pub fn cities(store: &Store, rows: &Rows, text: &str, most: usize) -> Vec<(Self, u32)> {
        let (vocabulary, studies) = (store.vocabulary(Concept::City), rows.studies());
        let rank = |city: ValueIdx| {
            let (name, place) = (vocabulary.folded(city), vocabulary.folded(city).find(text)?);
            Some((name != text, place > 0, Reverse(vocabulary.studies(city).len()), city))
        };
        let mut named: Vec<_> = vocabulary.iter().filter_map(rank).collect();
        named.sort_unstable();
        let mut counts: HashMap<Self, u32> = HashMap::new();
        for (.., city) in named.into_iter().take(most) {
            let having = vocabulary.studies(city).iter().copied();
            for study in having.filter(|&study| studies.contains(study)) {
                let sites = store.sites().of(StudyIdx(study));
                let there =
                    sites.filter(|&site| store.sites().value(site, Concept::City) == Some(city));
                let countries = there.filter_map(|it| store.sites().value(it, Concept::Country));
                let countries: BTreeSet<ValueIdx> = countries.collect();
                for country in countries {
                    *counts.entry(Self::of(country).with(Part::Called(city))).or_default() += 1;
                }
            }
        }
        let mut counts: Vec<(Self, u32)> = counts.into_iter().collect();
        counts.sort_unstable_by_key(|&(branch, count)| (Reverse(count), branch));
        counts
    }

    /// The branches that a query chooses or leaves out and that stand just below this one.
    pub fn chosen_below(self, store: &Store, query: &Query) -> Vec<Self> {
        let asked = query.conjuncts().iter().filter_map(|part| Self::asked_by(store, part));
        asked.filter(|branch| branch.above() == Some(self)).collect()
    }

    /// The countries below which a query chooses anything or leaves it out.
    pub fn chosen_countries(store: &Store, query: &Query) -> Vec<ValueIdx> {
        let asked = query.conjuncts().iter().filter_map(|part| Self::asked_by(store, part));
        let mut countries: Vec<ValueIdx> = asked.map(|branch| branch.country).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }

    /// The branch that a part of a query asks for, or leaves out.
    fn asked_by(store: &Store, expr: &Expr) -> Option<Self> {
        let parts = match expr {
            Expr::Not(inner) => return Self::asked_by(store, inner),
            Expr::Site(inner) => match &**inner {
                Expr::And(parts) => &parts[..],
                one => std::slice::from_ref(one),
            },
            _ => return None,
        };
        let mut stated = LEVELS.into_iter().zip(parts).map(|(level, part)| {
            let Expr::Term(Term { concept, ask }) = part else { return None };
            let value = |name: &String| store.vocabulary(level).exactly(&text::fold(name));
            let part = match ask {
                Ask::Quoted(name) => Part::Called(value(name)?),
                Ask::NotStated => Part::NotStated,
                Ask::Word(_) | Ask::Phrase(_) | Ask::Apart(..) | Ask::Range(_) => return None,
            };
            (*concept == Some(level)).then_some(part)
        });
        let Part::Called(country) = stated.next()?? else { return None };
        let rest = stated.collect::<Option<Vec<Part>>>()?;
        let branch = rest.iter().fold(Self::of(country), |branch, &part| branch.with(part));
        (parts.len() == 1 + rest.len()).then_some(branch)
    }

    fn above(self) -> Option<Self> {
        match self {
            Self { facility: Some(_), .. } => Some(Self { facility: None, ..self }),
            Self { city: Some(_), .. } => Some(Self { city: None, ..self }),
            _ => None,
        }
    }

    /// Whether a part of a query is what a branch below a country asks for, or leaves out.
    pub fn is_choice(expr: &Expr) -> bool {
        let is_named = |part: &Expr| match part {
            Expr::Term(Term { concept: Some(concept), ask: Ask::Quoted(_) | Ask::NotStated }) => {
                LEVELS.contains(concept)
            }
            _ => false,
        };
        match expr {
            Expr::Not(inner) => Self::is_choice(inner),
            Expr::Site(inner) => match &**inner {
                Expr::And(parts) => parts.iter().all(is_named),
                one => is_named(one),
            },
            _ => false,
        }
    }

    fn with(self, part: Part) -> Self {
        match self.city {
            None => Self { city: Some(part), ..self },
            Some(_) => Self { facility: Some(part), ..self },
        }
    }

    fn parts(self) -> impl Iterator<Item = (Concept, Part)> {
        let parts = [Some(Part::Called(self.country)), self.city, self.facility];
        LEVELS.into_iter().zip(parts).filter_map(|(concept, part)| Some((concept, part?)))
    }
}

const LEVELS: [Concept; 3] = [Concept::Country, Concept::City, Concept::Facility];

impl Part {
    fn of(value: Option<ValueIdx>) -> Self {
        value.map_or(Self::NotStated, Self::Called)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::search::{Cancel, answer, find, parse};
    use crate::study::made::made;

    fn site(country: &str, city: &str, facility: &str) -> Value {
        let mut site = json!({});
        for (key, value) in [("country", country), ("city", city), ("facility", facility)] {
            if !value.is_empty() {
                site[key] = json!(value);
            }
        }
        site
    }

    fn store() -> Store {
        let sites = [
            json!([
                site("France", "Lyon", "A"),
                site("France", "Lyon", "B"),
                site("Spain", "Madrid", "")
            ]),
            json!([
                site("France", "Lyon", "A"),
                site("France", "Lyon", "A"),
                site("France", "Paris", "A")
            ]),
            json!([site("France", "", "A"), site("Canada", "Paris", "C \"x\" (1) | 2")]),
            json!([site("", "Lyon", "A")]),
        ];
        Store::of(
            (1..)
                .zip(sites)
                .map(|(id, sites)| made(id).at("contactsLocationsModule.locations", sites)),
        )
    }

    /// The branches below one, as `Lyon 2`, each of which finds as many studies as it counts.
    fn below(store: &Store, branch: Branch, query: &Query) -> Vec<String> {
        let rows = answer(store, query, &Cancel::default()).unwrap().rows;
        let below = branch.below(store, &rows).into_iter().map(|(branch, count)| {
            let mut parts = query.conjuncts().to_vec();
            parts.push(branch.ask(store));
            let asked = parse(&branch.ask(store).to_string()).unwrap();
            assert_eq!(branch.above().unwrap().chosen_below(store, &asked), [branch]);
            let narrowed = Query { expr: Expr::and(parts), ..query.clone() };
            let text = narrowed.to_string();
            assert_eq!(parse(&text).unwrap().expr, narrowed.expr, "{text}");
            let found = find(store, &narrowed, &Cancel::default()).unwrap();
            assert_eq!(found.rows.len(), count as usize, "{text}");
            format!("{} {count}", branch.label(store).unwrap_or("not stated"))
        });
        below.collect()
    }

    #[test]
    fn cities_are_found_by_their_names_in_each_of_their_countries() {
        let store = store();
        let found = |query: &str, typed: &str, most: usize| {
            let rows = answer(&store, &parse(query).unwrap(), &Cancel::default()).unwrap().rows;
            let cities = Branch::cities(&store, &rows, typed, most).into_iter();
            let cities = cities.map(|(it, count)| format!("{} {count}", it.whole_label(&store)));
            cities.collect::<Vec<_>>()
        };
        assert_eq!(found("", "lyo", 9), ["Lyon, France 2"]);
        assert_eq!(found("", "ris", 9), ["Paris, Canada 1", "Paris, France 1"]);
        assert_eq!(found("country:spain", "paris", 9), [""; 0]);
        // The name with most studies, and those that begin so before the others.
        assert_eq!(found("", "o", 0), [""; 0]);
        assert_eq!(found("", "", 1), ["Lyon, France 2"]);
        assert_eq!(found("", "m", 9), ["Madrid, Spain 1"]);
    }

    #[test]
    fn what_stands_below_a_place_is_counted_by_one_site_and_found_so() {
        let store = store();
        let country =
            |name: &str| Branch::of(store.vocabulary(Concept::Country).exactly(name).unwrap());
        let (france, all) = (country("france"), parse("").unwrap());
        assert_eq!(below(&store, france, &all), ["Lyon 2", "Paris 1", "not stated 1"]);
        assert_eq!(below(&store, country("canada"), &all), ["Paris 1"]);
        let rows = answer(&store, &all, &Cancel::default()).unwrap().rows;
        let cities = france.below(&store, &rows);
        let facilities = |city: usize| below(&store, cities[city].0, &all);
        assert_eq!(facilities(0), ["A 2", "B 1"]);
        assert_eq!(facilities(1), ["A 1"]);
        assert_eq!(facilities(2), ["A 1"]);
        let (paris, _) = country("canada").below(&store, &rows)[0];
        assert_eq!(below(&store, paris, &all), ["C \"x\" (1) | 2 1"]);
        assert_eq!(below(&store, france, &parse("country:spain").unwrap()), ["Lyon 1"]);
        assert!(cities[0].0.has_below() && !cities[0].0.below(&store, &rows)[0].0.has_below());
        for (query, is_choice) in [
            ("site:(country:\"France\" city:\"Lyon\")", true),
            ("-site:(country:\"France\" city:none)", true),
            ("site:(city:lyon)", false),
            ("site:(country:\"France\" status:recruiting)", false),
            ("city:\"Lyon\"", false),
        ] {
            assert_eq!(Branch::is_choice(&parse(query).unwrap().expr), is_choice, "{query}");
        }
    }
}
