//! Finds the studies that have one site of which all holds that is asked of it.

use roaring::RoaringBitmap;

use super::Matcher;
use crate::search::hits::Hits;
use crate::search::matched::Matched;
use crate::search::matching;
use crate::search::place::near::{Near, Where};
use crate::search::place::nearest::Nearby;
use crate::search::place::test::{SiteTest, WithoutPoint};
use crate::search::place::{Located, locate};
use crate::search::query::{Ask, Expr, Term};
use crate::study::Concept;
use crate::study::concept::CONCEPTS;

impl Matcher<'_> {
    /// The studies with a site near a place. Beside a status the site has to have that status too: of what is recruiting
    /// near a place, the site there recruits.
    pub(super) fn near_site(
        &mut self,
        near: &Near,
        beside: &[Expr],
        hits: &mut Hits,
    ) -> Option<RoaringBitmap> {
        // That a study states no place is no matter of one of its sites.
        if matches!(near.place, Where::NotStated) {
            return Some(self.store.sites().without_point().clone());
        }
        let statuses = beside.iter().filter(|part| is_status(part)).cloned();
        let parts: Vec<Expr> = std::iter::once(Expr::Near(near.clone())).chain(statuses).collect();
        // What the statuses were taken for is told where they stand.
        let mut own = Hits::default();
        let found = self.one_site(&Expr::and(parts), &mut own);
        hits.near.nearby.extend(own.near.nearby);
        let mut found = found?;
        if self.without_point == WithoutPoint::TakenIn {
            found |= self.store.sites().without_point();
        }
        Some(found)
    }

    /// The studies with one site that meets `expr`.
    pub(super) fn one_site(&mut self, expr: &Expr, hits: &mut Hits) -> Option<RoaringBitmap> {
        let mut circles = Vec::new();
        let test = match self.test(expr, hits, &mut circles)? {
            SiteTest::All(mut tests) if tests.len() == 1 => tests.remove(0),
            test => test,
        };
        for Circle { near, located, around } in circles {
            let (term, distance) = (near.to_string(), near.distance());
            hits.near.nearby.push(Nearby::new(term, distance, located, test.clone(), around));
        }
        test.studies(self.store, self.without_point, self.cancel)
    }

    /// Adds what somebody should know of the places that a query asks for. With a place that is none nothing is found.
    pub(super) fn tell_of_places(
        &mut self,
        expr: &Expr,
        studies: &mut RoaringBitmap,
        hits: &mut Hits,
    ) -> Option<()> {
        if let Some(unknown) = self.unknown_place.take() {
            studies.clear();
            hits.near.unknown = Some(unknown);
        } else if asks_near(expr) {
            self.without_point = WithoutPoint::TakenIn;
            let otherwise = self.evaluate(expr, &mut Hits::default());
            self.without_point = WithoutPoint::LeftOut;
            let otherwise = otherwise?;
            hits.near.no_place = otherwise.difference_len(studies);
            hits.near.found_without_place = studies.difference_len(&otherwise);
        }
        Some(())
    }

    fn test(
        &mut self,
        expr: &Expr,
        hits: &mut Hits,
        circles: &mut Vec<Circle>,
    ) -> Option<SiteTest> {
        let mut tests = |parts: &[Expr], hits: &mut Hits| -> Option<Vec<SiteTest>> {
            parts.iter().map(|part| self.test(part, hits, circles)).collect()
        };
        Some(match expr {
            // What is marked, or asked of an area, is no site's, so the parser refuses it here.
            Expr::Everything | Expr::NotMeant(_) | Expr::Marked(_) | Expr::Area(_) => {
                SiteTest::All(Vec::new())
            }
            Expr::And(parts) => SiteTest::All(tests(parts, hits)?),
            Expr::Or(parts) => SiteTest::Any(tests(parts, hits)?),
            Expr::Not(inner) => {
                SiteTest::Not(Box::new(self.test(inner, &mut Hits::default(), &mut Vec::new())?))
            }
            Expr::Near(near) => self.near_test(near, circles),
            Expr::Site(inner) => self.test(inner, hits, circles)?,
            Expr::Term(term) => self.term_test(term, hits)?,
        })
    }

    fn near_test(&mut self, near: &Near, circles: &mut Vec<Circle>) -> SiteTest {
        let located = match &near.place {
            Where::NotStated => return SiteTest::Nowhere,
            Where::At(coordinates) => Ok(Located::at(*coordinates)),
            Where::Named(name) => locate(self.store, name, self.cancel),
        };
        match located {
            Ok(located) => {
                let kilometres = near.distance().kilometres();
                let around = self.store.sites().around(located.point, kilometres);
                circles.push(Circle { near: near.clone(), located, around: around.clone() });
                SiteTest::Near(around)
            }
            Err(unknown) => {
                self.unknown_place.get_or_insert(unknown);
                SiteTest::Any(Vec::new())
            }
        }
    }

    fn term_test(&mut self, term: &Term, hits: &mut Hits) -> Option<SiteTest> {
        let Some(concept) = term.concept else {
            let names = CONCEPTS.iter().map(|it| it.concept).filter(|it| it.is_of_sites());
            let any = names.map(|concept| {
                let term = Term { concept: Some(concept), ask: term.ask.clone() };
                self.stating(&term, concept, &mut Hits::default())
            });
            let any: Vec<SiteTest> = any.collect::<Option<_>>()?;
            let is_lost = |test: &SiteTest| matches!(test, SiteTest::Named { values, .. } if values.is_empty());
            if any.iter().all(is_lost) {
                hits.terms.push((term.clone(), Matched::default().into()));
            }
            return Some(SiteTest::Any(any));
        };
        Some(match (&term.ask, concept) {
            (Ask::NotStated, Concept::Status) => {
                let studies = self.store.vocabulary(Concept::Status).not_stated().clone();
                SiteTest::NoStatus { studies }
            }
            (Ask::NotStated, _) => SiteTest::Unnamed(concept),
            (ask, Concept::Status) => {
                let codes = matching::codes(self.store, Concept::Status, ask);
                let studies = self.matched(term).map(|matched| matched.studies.clone());
                if codes.is_empty() {
                    hits.terms.push((term.clone(), Matched::default().into()));
                }
                SiteTest::Status { codes, studies: studies.unwrap_or_default() }
            }
            _ => self.stating(term, concept, hits)?,
        })
    }

    /// A site that states a value that is meant.
    fn stating(&mut self, term: &Term, concept: Concept, hits: &mut Hits) -> Option<SiteTest> {
        let expr = [Expr::Term(term.clone())];
        let mut run = self.run(&expr);
        let found = if run.is_empty() {
            let mut found = Hits::default();
            found.terms.extend(self.matched(term).map(|matched| (term.clone(), matched)));
            found
        } else {
            self.words(&mut run)?.hits
        };
        if self.cancel.is_cancelled() {
            return None;
        }
        let own = found.terms.iter().map(|(_, matched)| &**matched);
        let added = found.additions.iter().map(|added| &*added.addition.matched);
        let values = |matched: &Matched| -> RoaringBitmap {
            let own = matched.matches.iter().filter(|found| found.concept == concept);
            own.flat_map(|found| found.values(self.store)).map(|value| value.0).collect()
        };
        // Each part of a mended word has to be there; else everything is another way to say the same.
        let is_mended = found.terms.is_empty() && found.additions.len() > 1;
        let each = own.chain(added).map(values);
        let values = if is_mended {
            each.reduce(|all, own| all & own)
        } else {
            each.reduce(|any, own| any | own)
        };
        let values = values.unwrap_or_default();
        let vocabulary = self.store.vocabulary(concept);
        let mut studies = crate::store::Union::default();
        for value in &values {
            studies.add_list(vocabulary.studies(crate::store::ValueIdx(value)));
        }
        let studies = studies.finish();
        hits.terms.extend(found.terms);
        hits.additions.extend(found.additions);
        Some(SiteTest::Named { concept, values, studies })
    }
}

/// A circle that is asked for.
struct Circle {
    near: Near,
    located: Located,
    around: crate::store::Around,
}

/// Whether a site near a place is asked for, or left out.
fn asks_near(expr: &Expr) -> bool {
    match expr {
        Expr::Near(near) => near.place != Where::NotStated,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(asks_near),
        Expr::Not(inner) | Expr::Site(inner) => asks_near(inner),
        Expr::Everything | Expr::Term(_) | Expr::Area(_) | Expr::NotMeant(_) | Expr::Marked(_) => {
            false
        }
    }
}

/// Whether studies of a status are asked for, or of any of several.
fn is_status(expr: &Expr) -> bool {
    match expr {
        Expr::Term(term) => term.concept == Some(Concept::Status),
        Expr::Or(parts) => parts.iter().all(is_status),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::search::{Cancel, Results, answer, parse};
    use crate::store::Store;
    use crate::study::made::made;

    const LYON: [f64; 2] = [45.75, 4.85];
    const PARIS: [f64; 2] = [48.85, 2.35];

    fn site(city: &str, [lat, lon]: [f64; 2], status: &str) -> Value {
        let mut site =
            json!({"city": city, "country": "France", "geoPoint": {"lat": lat, "lon": lon}});
        if !status.is_empty() {
            site["status"] = json!(status);
        }
        site
    }

    fn store() -> Store {
        let path = "contactsLocationsModule.locations";
        Store::of([
            // It recruits, but not in Lyon.
            made(1).status("RECRUITING").at(
                path,
                json!([site("Lyon", LYON, "COMPLETED"), site("Paris", PARIS, "RECRUITING")]),
            ),
            made(2).status("RECRUITING").at(path, json!([site("Lyon", LYON, "")])),
            made(3).status("COMPLETED").at(path, json!([site("Lyon", LYON, "RECRUITING")])),
            made(4).status("RECRUITING").at(path, json!([site("Villeurbanne", [45.77, 4.88], "")])),
            made(5).status("RECRUITING").at(path, json!([{"city": "Lyon"}])),
            made(6).at(
                path,
                json!([site("Lyon", LYON, ""), site("Lyons", [41.8, -87.8], "SUSPENDED")]),
            ),
            made(7).status("RECRUITING"),
        ])
    }

    fn asked(text: &str) -> Results {
        answer(&store(), &parse(text).unwrap(), &Cancel::default()).unwrap()
    }

    fn found(text: &str) -> Vec<u32> {
        let store = store();
        let mut ids: Vec<u32> = asked(text).rows.iter().map(|it| store.id(it).number()).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn one_site_has_all_of_it() {
        for (query, ids) in [
            ("near:Lyon", &[1, 2, 3, 4, 6][..]),
            ("near:Lyon~1km", &[1, 2, 3, 6]),
            ("near:45.75,4.85~1mi", &[1, 2, 3, 6]),
            ("-near:Lyon", &[5, 7]),
            ("near:none", &[5, 7]),
            ("near:none near:Lyon", &[]),
            ("near:Lyon | near:none", &[1, 2, 3, 4, 5, 6, 7]),
            ("near:Lyon near:Paris", &[1]),
            // Of what recruits near a place the site there recruits.
            ("near:Lyon status:recruiting", &[2, 4]),
            ("near:Lyon (status:recruiting | status:completed)", &[1, 2, 3, 4]),
            ("near:Paris status:recruiting", &[1]),
            ("(near:Lyon) status:recruiting", &[2, 4]),
            ("near:Lyon -status:recruiting", &[3, 6]),
            ("near:Lyon status:none", &[6]),
            // Of a site alone its own status is asked, else that of its study.
            ("site:(city:Lyon status:recruiting)", &[2, 3, 5]),
            ("site:(near:Lyon status:recruiting)", &[2, 3, 4]),
            ("site:(city:Paris status:recruiting)", &[1]),
            ("site:(city:Lyon status:suspended)", &[6]),
            ("site:(city:\"Lyon\" status:suspended)", &[]),
            ("site:(status:none)", &[6]),
            ("site:(city:Lyon -status:recruiting)", &[1, 6]),
            ("-site:(city:Lyon)", &[4, 7]),
            ("site:(country:none)", &[5]),
            ("site:(city:(Lyon|Paris) country:France)", &[1, 2, 3, 6]),
            ("site:Lyon", &[1, 2, 3, 5, 6]),
            ("site:(lyno)", &[]),
            ("site:(city:villeurbane)", &[4]),
            ("site:(phase | city:Paris)", &[1]),
        ] {
            assert_eq!(found(query), ids, "{query}");
        }
    }

    #[test]
    fn what_states_no_place_is_counted() {
        for (query, left_out, found) in [
            ("near:Lyon", 2, 0),
            ("near:Lyon status:recruiting", 2, 0),
            ("near:Lyon status:completed", 0, 0),
            ("site:(near:Lyon city:Lyon)", 1, 0),
            ("near:Lyon | near:none", 0, 0),
            ("-near:Lyon", 0, 2),
            ("-near:Lyon -near:none", 0, 0),
            ("-site:(near:Lyon city:Lyon)", 0, 1),
            ("-near:none", 0, 0),
            ("status:recruiting", 0, 0),
        ] {
            let near = asked(query).near;
            assert_eq!((near.no_place, near.found_without_place), (left_out, found), "{query}");
        }
        assert_eq!(asked("-near:Lyon").near.remarks(), ["2 of these state no place"]);
        let remarks = asked("near:Lyon").near.remarks();
        assert_eq!(remarks, ["within 50 km of Lyon, France", "2 state no place"]);
    }

    #[test]
    fn the_nearest_site_is_one_that_is_asked_for() {
        let store = store();
        let results = asked("near:Lyon~500km status:recruiting sort:nearest");
        let told: Vec<_> = results
            .rows
            .iter()
            .map(|study| (store.id(study).number(), results.near.in_words(&store, study).unwrap()))
            .collect();
        let told: Vec<_> = told.iter().map(|(id, words)| (*id, words.as_str())).collect();
        assert_eq!(told, [(2, "0.0 km, Lyon"), (4, "3.2 km, Villeurbanne"), (1, "393 km, Paris")]);
        let results = asked("near:Lyon~500km status:recruiting sort:reverse-nearest");
        assert_eq!(results.rows.get(0).map(|study| store.id(study).number()), Some(1));
    }

    #[test]
    fn a_place_that_is_none_finds_nothing_and_is_told() {
        for query in ["near:Lyno", "-near:Lyno", "site:(near:Lyno)", "near:Paris | near:Lyno"] {
            let results = asked(query);
            assert!(results.rows.is_empty(), "{query}");
            let unknown = results.near.unknown.unwrap();
            assert!(unknown.reason.contains("near:\"Lyon, France\""), "{query}: {unknown}");
        }
    }
}
