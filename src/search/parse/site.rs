//! What is asked of a site: `near:Lyon~50km`, and `site:(…)`, of which one site has all.

use super::{NEGATIONS, Parser, QUOTES, QueryError};
use crate::search::place::near::Near;
use crate::search::query::{Ask, Expr};
use crate::study::Concept;
use crate::study::concept::CONCEPTS;

/// Whether a prefix is no field, and asks of sites.
pub(super) fn is_prefix(prefix: &str) -> bool {
    ["near", "site"].iter().any(|name| name.eq_ignore_ascii_case(prefix))
}

/// Whether brackets ask of one site.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Study,
    Site,
}

impl Parser<'_> {
    /// Reads what stands behind a prefix that asks of sites.
    pub(super) fn sited(
        &mut self,
        prefix: &str,
        start: usize,
        depth: usize,
    ) -> Result<Expr, QueryError> {
        let rest = self.rest();
        let is_number = rest.starts_with(['-', '−'])
            && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit() || c == '.');
        let is_left_out = !is_number && NEGATIONS.iter().any(|&sign| self.takes(sign));
        let found = match prefix.to_ascii_lowercase().as_str() {
            "near" => {
                let mut places = vec![self.near(start)?];
                // As with the values of a field: near:Lyon|Paris, but not near:Lyon|near:Paris.
                let goes_on = |rest: &str| {
                    let word = |rest: &str| {
                        let end = rest.find(|c: char| c.is_whitespace() || "|()".contains(c));
                        let word = &rest[..end.unwrap_or(rest.len())];
                        !word.is_empty() && (word.starts_with(QUOTES) || !word.contains(':'))
                    };
                    rest.strip_prefix('|').is_some_and(word)
                };
                while goes_on(self.rest()) {
                    self.takes('|');
                    places.push(self.near(start)?);
                }
                Expr::or(places)
            }
            _ => self.site(start, depth)?,
        };
        Ok(if is_left_out { found.left_out() } else { found })
    }

    fn near(&mut self, start: usize) -> Result<Expr, QueryError> {
        let (place, within) = match self.ask() {
            Some(Ask::Quoted(place)) => {
                let rest = self.rest();
                let is_far = rest.trim_start().starts_with('~');
                if is_far {
                    self.skip_space();
                    self.takes('~');
                }
                let within = if is_far { self.word() } else { None };
                (place, is_far.then(|| within.unwrap_or_default()))
            }
            Some(Ask::Word(word)) => match word.split_once('~') {
                Some((place, within)) => (place.to_owned(), Some(within.to_owned())),
                None => (word, None),
            },
            _ => {
                let reason = "a place comes after near: — near:Lyon, near:\"New York\"~50km, near:48.85,2.35~30mi";
                return Err(self.error(start..self.at, reason));
            }
        };
        let within = within.map(|within| self.with_unit(within));
        let near = Near::read(&place.replace('−', "-"), within.as_deref());
        near.map(Expr::Near).map_err(|reason| self.error(start..self.at, reason))
    }

    /// A word to the next blank or bracket.
    fn word(&mut self) -> Option<String> {
        match self.ask() {
            Some(Ask::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// A distance with the unit that stands behind a blank: `50 km`.
    fn with_unit(&mut self, within: String) -> String {
        let is_bare =
            !within.is_empty() && within.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let rest = self.rest().trim_start();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let unit = &rest[..end];
        let is_unit = ["km", "mi", "miles"].iter().any(|known| unit.eq_ignore_ascii_case(known));
        if !is_bare || !is_unit {
            return within;
        }
        let with_unit = format!("{within}{unit}");
        self.skip_space();
        self.at += end;
        with_unit
    }

    fn site(&mut self, start: usize, depth: usize) -> Result<Expr, QueryError> {
        if self.within == Within::Site {
            return Err(self.error(start..self.at, "site: stands in site: already; one is enough"));
        }
        if self.rest().is_empty()
            || self.rest().starts_with(|c: char| c.is_whitespace() || c == ')')
        {
            let reason = "brackets come after site: — site:(city:Lyon status:recruiting)";
            return Err(self.error(start..self.at, reason));
        }
        self.within = Within::Site;
        let outer = (self.field.take(), self.area.take());
        let inner = if self.takes('(') {
            let inner = self.all(depth + 1);
            self.takes(')');
            inner
        } else {
            self.unit(depth + 1)
        };
        self.within = Within::Study;
        (self.field, self.area) = outer;
        match inner? {
            Expr::Everything => {
                let reason =
                    "nothing is asked of the site; as in site:(city:Lyon status:recruiting)";
                Err(self.error(start..self.at, reason))
            }
            inner => Ok(Expr::Site(Box::new(inner))),
        }
    }

    /// Whether a site can be asked for `concept`, where it is asked of one.
    pub(super) fn is_asked_of_site(
        &self,
        concept: Concept,
        start: usize,
    ) -> Result<(), QueryError> {
        if self.within == Within::Study || concept.is_of_sites() || concept == Concept::Status {
            return Ok(());
        }
        let names = CONCEPTS.iter().map(|it| it.concept).filter(|it| it.is_of_sites());
        let names: Vec<&str> = names.map(Concept::name).collect();
        let reason = format!(
            "a site states no {}; in site:(…) stand {}, status, near",
            concept.label(),
            names.join(", ")
        );
        Err(self.error(start..self.at, reason))
    }
}

#[cfg(test)]
mod tests {
    use crate::search::parse;

    #[test]
    fn what_is_asked_of_sites_is_written_back() {
        for (typed, canonical) in [
            ("near:Lyon", "near:Lyon"),
            ("near:lyon~30MI", "near:lyon~30mi"),
            ("NEAR:\"New York\"~50km", "near:\"New York\"~50km"),
            ("near:\"New York\" ~50 km liver", "near:\"New York\"~50km liver"),
            ("near:Lyon~50 km", "near:Lyon~50km"),
            ("near:48.85,2.35~100km", "near:48.85,2.35~100km"),
            ("near:-33.86,151.2", "near:-33.86,151.2"),
            ("near:−33.86,151.2", "near:-33.86,151.2"),
            ("near:\"-33.86, 151.2\"", "near:-33.86,151.2"),
            ("near:-Lyon", "-near:Lyon"),
            ("-near:Lyon", "-near:Lyon"),
            ("near:none", "near:none"),
            ("(near:Lyon|near:none) liver", "(near:Lyon | near:none) liver"),
            ("site:(city:Lyon status:recruiting)", "site:(city:Lyon status:recruiting)"),
            (
                "site:( city:(Lyon|Paris) -status:completed )",
                "site:((city:Lyon | city:Paris) -status:completed)",
            ),
            ("site:(near:Lyon~5km status:recruiting", "site:(near:Lyon~5km status:recruiting)"),
            ("near:Lyon|Paris~5km|none x", "(near:Lyon | near:Paris~5km | near:none) x"),
            ("near:Lyon | Paris", "near:Lyon | Paris"),
            ("-near:Lyon|Paris", "-(near:Lyon | near:Paris)"),
            ("site:Lyon liver", "site:(Lyon) liver"),
            ("-site:(zip:69001 | state:none)", "-site:(zip:69001 | state:none)"),
            ("site:(city:Lyon) phase:2", "site:(city:Lyon) phase:2"),
        ] {
            let query = parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(query.to_string(), canonical, "{typed}");
            assert_eq!(parse(canonical).unwrap(), query, "{typed}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_said_with_its_place() {
        for (typed, words, place) in [
            ("liver near:", "a place comes after near:", 6..11),
            ("near:Lyon~50 liver", "a number with km or mi", 0..12),
            ("near:Lyon~", "a number with km or mi", 0..10),
            ("near:Lyon~-5km", "a number with km or mi", 0..14),
            ("near:Lyon~0km", "more than 0", 0..13),
            ("near:Lyon~99999km", "at most 20000km", 0..17),
            ("near:91,0 x", "not on Earth", 0..9),
            ("near:&", "names no place", 0..6),
            ("near:none~5km", "no distance", 0..13),
            ("site:", "brackets come after site:", 0..5),
            ("x site:() y", "nothing is asked of the site", 2..9),
            ("site:( - ", "nothing is asked of the site", 0..9),
            ("-site:(())", "nothing is asked of the site", 1..10),
            ("x site:(phase:2)", "a site states no phase", 8..14),
            ("site:(site:(city:Lyon))", "one is enough", 6..11),
        ] {
            let error = parse(typed).unwrap_err();
            assert!(error.reason.contains(words), "{typed}: {error}");
            assert_eq!(error.place, place, "{typed}");
        }
    }
}
