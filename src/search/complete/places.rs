//! The places that `near:` can mean: cities of the dataset, each with what it lies in where several have its name.

use super::values::fitting;
use super::{Completion, MOST, Spot};
use crate::search::Cancel;
use crate::search::place::{near::quoted, places_called};
use crate::store::Store;
use crate::study::Concept;

/// The places that fit what was typed of one.
pub(super) fn of(store: &Store, spot: &Spot, cancel: &Cancel) -> Vec<Completion> {
    // Behind the sign a distance is typed.
    if spot.typed.contains('~') {
        return Vec::new();
    }
    let cities = fitting(store, Concept::City, spot.typed, cancel).into_iter();
    let items = cities.flat_map(|(city, _)| {
        let label = store.vocabulary(Concept::City).label(city);
        let places = places_called(store, city);
        let is_one = places.len() == 1;
        places.into_iter().map(move |place| {
            let name = if is_one { label.to_owned() } else { place.name };
            Completion {
                place: spot.place.clone(),
                text: quoted(&name),
                what: if place.sites == 1 {
                    "1 site".into()
                } else {
                    format!("{} sites", place.sites)
                },
                studies: None,
            }
        })
    });
    items.take(MOST).collect()
}
