//! Somebody who would take part, and where: what a form or the arguments of a command say of them.
//!
//! It is never written into the text of a query, so that nothing of a person is kept where queries are.

use std::fmt;

use super::place::near::Near;
use crate::study::person::{Health, Person, Sex};

/// Whom studies are to suit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub person: Person,
    /// Only studies with a site there.
    pub near: Option<Near>,
}

impl Profile {
    pub fn is_empty(&self) -> bool {
        self.person.is_anybody() && self.near.is_none()
    }
}

impl fmt::Display for Profile {
    /// `54 years, female, near Lyon~100km`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Person { age, sex, health } = self.person;
        let sex = sex.map(|sex| match sex {
            Sex::Female => "female".to_owned(),
            Sex::Male => "male".to_owned(),
        });
        let health = health.map(|health| match health {
            Health::Healthy => "healthy volunteer".to_owned(),
            Health::Patient => "no healthy volunteer".to_owned(),
        });
        let near = self.near.as_ref().map(|near| near.to_string().replacen(':', " ", 1));
        let parts = [age.map(|age| age.to_string()), sex, health, near];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}
