//! Contacts, sites, publications, and whether data is shared.

use super::chance::Chance;
use super::draft::Draft;
use super::json::{Json, push_number};
use super::prose::{Style, person};
use super::{phrases, place, vocabulary};

/// The longest list of locations.
const MOST_LOCATIONS: u32 = 3511;

impl Draft<'_> {
    pub(crate) fn contacts(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        let recruiting = matches!(self.status, "RECRUITING" | "NOT_YET_RECRUITING");
        let located = chance.share(0.87);
        json.nested("contactsLocationsModule", |json| {
            if recruiting {
                json.list("centralContacts", |json| {
                    for _ in 0..chance.between(1, 2) {
                        json.object(|json| contact("CONTACT", chance, json));
                    }
                });
            }
            if chance.share(0.74) {
                json.list("overallOfficials", |json| {
                    json.object(|json| {
                        json.pair("name", &person(chance));
                        json.pair("affiliation", &self.lead.name);
                        json.pair(
                            "role",
                            chance.one(&[
                                "PRINCIPAL_INVESTIGATOR",
                                "STUDY_DIRECTOR",
                                "STUDY_CHAIR",
                            ]),
                        );
                    });
                });
            }
            if !located {
                return;
            }
            let bare = self.index.is_multiple_of(3240);
            json.list("locations", |json| {
                for number in 0..locations(chance).max(self.places.len() as u32) {
                    let introduced = self.places.get(number as usize).copied();
                    let value = introduced
                        .unwrap_or_else(|| chance.rank(self.registry.places.values, 25.0));
                    json.object(|json| {
                        if chance.share(0.97) {
                            json.written("facility", |text| facility(value, chance, text));
                        }
                        if bare {
                            return;
                        }
                        if recruiting {
                            json.pair("status", self.status);
                        }
                        location(&place::place(value), chance, json);
                        if recruiting && chance.share(0.6) {
                            json.list("contacts", |json| {
                                json.object(|json| contact("CONTACT", chance, json));
                            });
                        }
                    });
                }
            });
        });
    }

    pub(crate) fn references(&mut self, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        let (cited, linked) = (chance.share(0.27), chance.share(0.13));
        if !cited && !linked {
            return;
        }
        json.nested("referencesModule", |json| {
            if cited {
                json.list("references", |json| {
                    for _ in 0..chance.tail(0.95, 70) {
                        json.object(|json| {
                            json.pair("pmid", &chance.between(1_000_000, 41_000_000).to_string());
                            json.pair("type", chance.one(&["BACKGROUND", "DERIVED", "RESULT"]));
                            json.written("citation", |text| {
                                for _ in 0..chance.between(2, 6) {
                                    text.push_str(
                                        person(chance).split(',').next().unwrap_or_default(),
                                    );
                                    text.push_str(", ");
                                }
                                subject.one(phrases::PAPERS, Style::Running, chance, text);
                                text.push_str(" J ");
                                text.push_str(chance.one(super::words::SITES).1);
                                text.push_str(". ");
                                for (number, mark) in [
                                    (chance.between(1990, 2026), ";"),
                                    (chance.between(1, 90), ":"),
                                    (chance.between(1, 2000), "."),
                                ] {
                                    push_number(number, text);
                                    text.push_str(mark);
                                }
                            });
                        });
                    }
                });
            }
            if linked {
                json.list("seeAlsoLinks", |json| {
                    json.object(|json| {
                        json.pair("label", "More about this study");
                        let path = if chance.share(0.001) {
                            "/a_very_long_way".repeat(22)
                        } else {
                            String::new()
                        };
                        json.pair(
                            "url",
                            &format!(
                                "https://www.example.org{path}/study?id={}&amp;lang=en",
                                self.index
                            ),
                        );
                    });
                });
            }
        });
    }

    pub(crate) fn sharing(&mut self, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        if !chance.share(0.56) {
            return;
        }
        json.nested("ipdSharingStatementModule", |json| {
            let plan = chance.weighted(&[("NO", 0.7), ("YES", 0.15), ("UNDECIDED", 0.15)]);
            json.pair("ipdSharing", plan);
            if chance.share(0.3) {
                json.written("description", |text| {
                    subject.one(phrases::SENTENCES, Style::Running, chance, text);
                });
            }
            if plan == "YES" {
                json.strings("infoTypes", &["STUDY_PROTOCOL", "SAP", "CSR"]);
                json.written("timeFrame", |text| {
                    subject.one(phrases::TIME_FRAMES, Style::Running, chance, text);
                });
            }
        });
    }
}

/// How many locations: one in half of all cases, thousands in few.
fn locations(chance: &mut Chance) -> u32 {
    match chance.tail(0.98, MOST_LOCATIONS) {
        many @ 251.. if chance.share(0.8) => 100 + many % 150,
        count => count,
    }
}

fn location(place: &place::Place, chance: &mut Chance, json: &mut Json) {
    json.pair("city", &place.city);
    if !place.state.is_empty() {
        json.pair("state", place.state);
    }
    if chance.share(0.85) {
        json.pair("zip", &format!("{:05}", chance.below(100_000)));
    }
    json.pair("country", place.country);
    if chance.share(0.975) {
        json.nested("geoPoint", |json| {
            json.degrees("lat", place.latitude);
            json.degrees("lon", place.longitude);
        });
    }
}

fn facility(place: u32, chance: &mut Chance, text: &mut String) {
    match chance.below(10) {
        0..4 => text.push_str(&vocabulary::institution(place * 3 + chance.below(3))),
        4..6 => {
            text.push_str(&vocabulary::company(place));
            text.push_str(" Investigative Site ");
            push_number(chance.between(100, 9999), text);
        }
        6 => {
            text.push_str("Research Site ");
            push_number(chance.between(1, 999), text);
        }
        _ => {
            text.push_str(person(chance).split(',').next().unwrap_or_default());
            text.push_str(chance.one(&[
                " Clinic",
                " Memorial Hospital",
                " Medical Research Center",
                " Practice",
                " Oncology Center",
            ]));
        }
    }
}

fn contact(role: &str, chance: &mut Chance, json: &mut Json) {
    let name = person(chance);
    json.pair("name", &name);
    json.pair("role", role);
    json.pair(
        "phone",
        &format!(
            "+{} {} {}",
            chance.between(1, 99),
            chance.between(100, 999),
            chance.between(1_000_000, 9_999_999)
        ),
    );
    let address: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    json.pair("email", &format!("{}@example.org", address.to_lowercase()));
}
