//! Whom the studies are to suit, and places that are none.

use super::{Landing, Session};
use crate::search::{Profile, QueryError, UnknownPlace};

impl Session {
    /// Whom the studies are to suit.
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_ref()
    }

    /// Lists the studies by how they suit somebody; an empty profile lists them as before.
    pub fn suit(&mut self, profile: Profile) {
        self.profile = Some(profile).filter(|profile| !profile.is_empty());
        if self.query.profile != self.profile {
            self.query.profile = self.profile.clone();
            self.landing = Landing::First;
            self.ask();
        }
    }

    /// Leaves out the place of whom studies are to suit, where it is the one that is none, and asks again; says so. False if
    /// the query's text names it.
    pub(super) fn forgets_place(&mut self, unknown: &UnknownPlace) -> bool {
        let Some(profile) = self.profile.as_mut() else { return false };
        if profile.near.is_none() || self.text.contains(&unknown.name) {
            return false;
        }
        let profile = Profile { near: None, ..profile.clone() };
        self.suit(profile);
        self.say(format!("{unknown}; the place is left out: P asks again"));
        true
    }

    /// What is wrong with the text, where it names a place that is none. What stands on the screen stays there.
    pub(super) fn misplaced(&self, UnknownPlace { name, reason }: UnknownPlace) -> QueryError {
        let start = self.text.find(&name);
        let place = start.map_or(0..self.text.len(), |start| start..start + name.len());
        QueryError { reason, place }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::dataset::Dataset;
    use crate::session::settled::settle;
    use crate::store::Store;
    use crate::study::made::made;
    use crate::study::person::Person;

    #[test]
    fn a_place_that_is_none_is_left_out_with_a_word() {
        let mut session = session();
        let person = Person { age: "54 Years".parse().ok(), ..Person::default() };
        session.suit(Profile { person, near: "Lyom~50km".parse().ok() });
        settle(&mut session);
        settle(&mut session);
        assert_eq!(session.profile(), Some(&Profile { person, near: None }));
        assert!(session.error.is_none());
        let said =
            session.notice.as_ref().map(|message| format!("{message:?}")).unwrap_or_default();
        assert!(said.contains("Lyom") && said.contains("left out"), "{said}");
        assert_eq!(session.results.suited.map(|it| it.do_not_fit), Some(1));
    }

    fn session() -> Session {
        let site = json!([{"city": "Lyon", "geoPoint": {"lat": 45.75, "lon": 4.85}}]);
        let records = [
            made(1).at("eligibilityModule.minimumAge", "60 Years"),
            made(2).at("eligibilityModule.minimumAge", "18 Years"),
            made(3).at("contactsLocationsModule.locations", site),
        ];
        let mut session = Session::default();
        session.open(Dataset::from(Arc::new(Store::of(records))));
        settle(&mut session);
        session
    }

    fn ids(session: &Session) -> Vec<u32> {
        session.results.rows.iter().map(|study| session.store.id(study).number()).collect()
    }

    #[test]
    fn the_list_says_whom_trials_take_until_that_is_taken_back() {
        let mut session = session();
        let person = Person { age: "54 Years".parse().ok(), ..Person::default() };
        session.suit(Profile { person, near: None });
        settle(&mut session);
        assert_eq!((ids(&session), session.text()), (vec![2, 3, 1], ""));
        // It holds for the next query too, and stands in no text.
        session.type_query("id:nct");
        settle(&mut session);
        assert_eq!((ids(&session), session.text()), (vec![2, 3, 1], "id:nct"));
        session.suit(Profile::default());
        settle(&mut session);
        assert!(session.profile().is_none() && session.results.suited.is_none());
    }

    #[test]
    fn a_place_that_is_none_leaves_the_last_answer() {
        let mut session = session();
        session.type_query("near:Lyon");
        settle(&mut session);
        session.type_query("near:Lyonn");
        settle(&mut session);
        assert_eq!(ids(&session), [3]);
        let error = session.error().unwrap();
        assert_eq!(error.place, 5..10);
        assert!(error.reason.contains("near:Lyon"), "{error}");
        session.type_query("near:Lyon~5km");
        settle(&mut session);
        assert!(session.error().is_none());
    }
}
