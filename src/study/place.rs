//! Where a study takes place: the sites that its record lists. Knows nothing of maps.

use serde_json::Value;

use super::record::{at, entries, words};
use super::{Point, Study, terms};

/// One site of a study; a part that is not stated is empty.
///
/// Source: an entry of `protocolSection.contactsLocationsModule.locations`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Site {
    pub facility: String,
    pub city: String,
    pub state: String,
    pub zip: String,
    pub country: String,
    /// In words.
    pub status: String,
    /// Each in one line: name, role, telephone, address.
    pub contacts: Vec<String>,
    pub coordinates: Coordinates,
}

/// What a record says of where on Earth a site is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Coordinates {
    Stated(Point),
    #[default]
    Unstated,
    /// Something is stated that is no place on Earth.
    Impossible,
}

impl Site {
    /// The point, when a possible one is stated.
    pub fn point(&self) -> Option<Point> {
        match self.coordinates {
            Coordinates::Stated(point) => Some(point),
            Coordinates::Unstated | Coordinates::Impossible => None,
        }
    }

    /// Everything that is stated, in one line.
    pub fn in_words(&self) -> String {
        let place = [&self.facility, &self.city, &self.state, &self.zip, &self.country];
        let place: Vec<&str> =
            place.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let rest = std::iter::once(&self.status).chain(&self.contacts);
        let rest = rest.filter(|part| !part.is_empty()).cloned();
        std::iter::once(place.join(", ")).chain(rest).collect::<Vec<_>>().join(" · ")
    }
}

/// The sites of a study, in the order of its record.
pub fn sites(study: &Study) -> Vec<Site> {
    study.list("protocolSection.contactsLocationsModule.locations").iter().map(site).collect()
}

fn site(value: &Value) -> Site {
    let part = |path| at(value, path).and_then(words).unwrap_or_default();
    let status = part("status");
    Site {
        // What is no object is at least a name.
        facility: if value.is_object() {
            part("facility")
        } else {
            words(value).unwrap_or_default()
        },
        city: part("city"),
        state: part("state"),
        zip: part("zip"),
        country: part("country"),
        status: terms::label(terms::STATUS, &status).to_owned(),
        contacts: at(value, "contacts")
            .map_or(&[][..], entries)
            .iter()
            .filter_map(contact)
            .collect(),
        coordinates: at(value, "geoPoint").map_or(Coordinates::Unstated, coordinates),
    }
}

fn contact(value: &Value) -> Option<String> {
    if !value.is_object() {
        return words(value);
    }
    let part = |path| at(value, path).and_then(words);
    let role = part("role").map(|role| terms::label(terms::ROLE, &role).to_owned());
    let extension = part("phoneExt").map(|extension| format!("extension {extension}"));
    let parts = [part("name"), role, part("phone"), extension, part("email")];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(", ")).filter(|line| !line.is_empty())
}

fn coordinates(value: &Value) -> Coordinates {
    let degrees = |path| at(value, path).and_then(Value::as_f64);
    let point = degrees("lat").zip(degrees("lon")).and_then(|(lat, lon)| Point::on_earth(lat, lon));
    point.map_or(Coordinates::Impossible, Coordinates::Stated)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(locations: &Value) -> Vec<Site> {
        sites(&Study::from(json!({
            "protocolSection": {"contactsLocationsModule": {"locations": locations}}
        })))
    }

    #[test]
    fn a_site_says_what_its_record_says() {
        let found = of(&json!([{
            "facility": "Third Affiliated\u{1b}[2J Hospital", "city": "Guangzhou", "state": "Guangdong",
            "zip": "510630", "country": "China", "status": "NOT_YET_RECRUITING",
            "contacts": [{"name": "A. Author", "role": "CONTACT", "phone": "020", "phoneExt": "7",
                "email": "a@b.example"}, {"role": "PRINCIPAL_INVESTIGATOR", "name": "B"}, {}],
            "geoPoint": {"lat": 23.11667, "lon": 113.25},
        }, {}]));
        assert_eq!(found[0].point(), Some(Point { lat: 23.11667, lon: 113.25 }));
        assert!(!found[0].facility.contains('\u{1b}'));
        assert_eq!(
            found[0].contacts,
            ["A. Author, Contact, 020, extension 7, a@b.example", "B, Principal investigator"]
        );
        assert!(found[0].in_words().ends_with(
            "Hospital, Guangzhou, Guangdong, 510630, China · Not yet recruiting · A. Author, Contact, 020, extension 7, a@b.example · B, Principal investigator"
        ));
        assert_eq!(found[1], Site::default());
        assert_eq!(found[1].in_words(), "");
    }

    #[test]
    fn coordinates_are_on_earth_or_not_taken() {
        let stated = |lat, lon| Coordinates::Stated(Point { lat, lon });
        for (point, coordinates) in [
            (json!({"lat": -90, "lon": 180}), stated(-90.0, 180.0)),
            (json!({"lat": 0, "lon": 0}), stated(0.0, 0.0)),
            (json!({"lat": 90.1, "lon": 0}), Coordinates::Impossible),
            (json!({"lat": 0, "lon": 1e308}), Coordinates::Impossible),
            (json!({"lat": "NaN", "lon": 0}), Coordinates::Impossible),
            (json!({"lat": "51.5", "lon": "0"}), Coordinates::Impossible),
            (json!({"lat": 51.5}), Coordinates::Impossible),
            (json!({}), Coordinates::Impossible),
            (json!("51.5, 0"), Coordinates::Impossible),
            (json!(null), Coordinates::Unstated),
        ] {
            assert_eq!(of(&json!([{"geoPoint": point}]))[0].coordinates, coordinates, "{point}");
        }
    }

    #[test]
    fn other_forms_than_the_registrys_are_read_as_well_as_can_be() {
        assert_eq!(of(&json!(null)), []);
        assert_eq!(of(&json!("Paris"))[0].facility, "Paris");
        assert_eq!(of(&json!([["a", 1]]))[0].facility, "a, 1");
        assert_eq!(of(&json!({"city": ["Paris"], "contacts": "B"}))[0].contacts, ["B"]);
        assert_eq!(of(&json!([{"status": "PAUSED"}]))[0].status, "PAUSED");
    }
}
