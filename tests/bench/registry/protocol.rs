//! The beginning of a record: titles, status, sponsors, description and conditions.

use super::chance::Chance;
use super::draft::{Draft, Kind, Reported};
use super::json::Json;
use super::prose::{Style, person};
use super::vocabulary::{self, Class};
use super::{date, nct_id, phrases};

/// What stands in place of what is withheld.
const REDACTED: &str = "[Redacted]";
const WITHHELD_TITLE: &str = "[Trial of device that is not approved or cleared by the U.S. FDA]";

/// Before this day the registry was given months more often than days, and no kinds of dates.
const EXACT_SINCE: u32 = 17_180;

impl Draft<'_> {
    pub(crate) fn identification(&mut self, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        json.nested("identificationModule", |json| {
            json.pair("nctId", &nct_id(self.registry.number(self.index)));
            if chance.share(0.0076) {
                json.strings("nctIdAliases", &[nct_id(self.registry.alias(self.index))]);
            }
            json.nested("orgStudyIdInfo", |json| json.pair("id", &own_id(chance)));
            if chance.share(0.22) {
                json.list("secondaryIdInfos", |json| {
                    for _ in 0..chance.tail(1.6, 16) {
                        json.object(|json| secondary_id(chance, json));
                    }
                });
            }
            if self.kind == Kind::Withheld {
                json.nested("organization", |json| json.pair("fullName", REDACTED));
                json.pair("briefTitle", WITHHELD_TITLE);
                json.pair("officialTitle", WITHHELD_TITLE);
                return;
            }
            json.nested("organization", |json| {
                json.pair("fullName", &self.lead.name);
                json.pair("class", self.lead.class.code());
            });
            json.written("briefTitle", |text| {
                subject.one(phrases::BRIEF_TITLES, Style::Title, chance, text);
                if chance.share(0.0003) {
                    text.insert_str(0, "**");
                    text.push_str("**");
                }
            });
            if chance.share(0.979) {
                json.written("officialTitle", |text| {
                    subject.one(phrases::OFFICIAL_TITLES, Style::Title, chance, text);
                });
            }
            if chance.share(0.27) {
                json.pair("acronym", &acronym(chance));
            }
        });
    }

    pub(crate) fn status(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        let exact = self.submitted >= EXACT_SINCE;
        let posted = |json: &mut Json, key: &str, day: u32| {
            json.nested(key, |json| {
                json.pair("date", &date::whole(day));
                json.pair("type", if exact { "ACTUAL" } else { "ESTIMATED" });
            });
        };
        let mut event = |json: &mut Json, key: &str, day: u32, odd: &str| {
            json.nested(key, |json| {
                let text = match chance.unit() {
                    unit if unit < 0.00002 => odd.to_owned(),
                    unit if unit < if exact { 0.97 } else { 0.35 } => date::whole(day),
                    _ => date::month(day),
                };
                json.pair("date", &text);
                if exact || chance.share(0.3) {
                    json.pair("type", if day < date::LAST { "ACTUAL" } else { "ESTIMATED" });
                }
            });
            chance.unit()
        };
        json.nested("statusModule", |json| {
            if self.kind != Kind::Withheld {
                json.pair("statusVerifiedDate", &date::month(self.updated));
            }
            json.pair("overallStatus", self.status);
            if self.status == "UNKNOWN" {
                json.pair(
                    "lastKnownStatus",
                    if self.index.is_multiple_of(3) { "NOT_YET_RECRUITING" } else { "RECRUITING" },
                );
            }
            if self.kind == Kind::Withheld {
                json.flag("delayedPosting", true);
            }
            if matches!(self.status, "TERMINATED" | "WITHDRAWN" | "SUSPENDED") {
                let mut chance = Chance::new(self.registry.seed ^ 1, u64::from(self.index));
                json.written("whyStopped", |text| {
                    self.subject.one(phrases::REASONS, Style::Running, &mut chance, text);
                });
            }
            json.nested("expandedAccessInfo", |json| {
                json.flag("hasExpandedAccess", self.index.is_multiple_of(230));
            });
            let mut luck = 0.5;
            if self.kind != Kind::Withheld {
                // The chances of what is missing are those of the real registry.
                if !self.index.is_multiple_of(450) {
                    luck = event(json, "startDateStruct", self.start, "1014-01-24");
                }
                if luck < 0.968 {
                    luck = event(json, "primaryCompletionDateStruct", self.completion, "2100-12");
                }
                if luck < 0.99 {
                    event(json, "completionDateStruct", self.completion + 60, "2100-12");
                }
            }
            json.pair("studyFirstSubmitDate", &date::whole(self.submitted));
            json.pair("studyFirstSubmitQcDate", &date::whole(self.submitted + 3));
            posted(json, "studyFirstPostDateStruct", self.submitted + 6);
            if self.reported != Reported::Nothing {
                json.pair("resultsFirstSubmitDate", &date::whole(self.completion + 360));
                json.pair("resultsFirstSubmitQcDate", &date::whole(self.completion + 360));
                posted(json, "resultsFirstPostDateStruct", self.completion + 400);
            }
            json.pair("lastUpdateSubmitDate", &date::whole(self.updated));
            posted(json, "lastUpdatePostDateStruct", self.updated + 4);
        });
    }

    pub(crate) fn sponsors(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        json.nested("sponsorCollaboratorsModule", |json| {
            if self.kind == Kind::Withheld {
                json.nested("responsibleParty", |json| {
                    json.pair("oldNameTitle", REDACTED);
                    json.pair("oldOrganization", REDACTED);
                });
                json.nested("leadSponsor", |json| json.pair("name", REDACTED));
                return;
            }
            json.nested("responsibleParty", |json| {
                if self.lead.class == Class::Industry || chance.share(0.5) {
                    json.pair("type", "SPONSOR");
                } else {
                    json.pair(
                        "type",
                        chance.one(&["PRINCIPAL_INVESTIGATOR", "SPONSOR_INVESTIGATOR"]),
                    );
                    json.pair("investigatorFullName", &person(chance));
                    json.pair(
                        "investigatorTitle",
                        chance.one(&[
                            "Professor",
                            "Assistant Professor",
                            "Principal Investigator",
                            "Director",
                        ]),
                    );
                    json.pair("investigatorAffiliation", &self.lead.name);
                }
            });
            json.nested("leadSponsor", |json| {
                json.pair("name", &self.lead.name);
                json.pair("class", self.lead.class.code());
            });
            if chance.share(0.305) {
                json.list("collaborators", |json| {
                    for _ in 0..chance.tail(1.7, 40) {
                        let organisation =
                            vocabulary::any_organisation(self.registry.sponsors, chance);
                        json.object(|json| {
                            json.pair("name", &organisation.name);
                            json.pair("class", organisation.class.code());
                        });
                    }
                });
            }
        });
    }

    pub(crate) fn oversight(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        json.nested("oversightModule", |json| {
            if chance.share(0.82) {
                json.flag("oversightHasDmc", chance.share(0.35));
            }
            if self.submitted >= EXACT_SINCE {
                json.flag("isFdaRegulatedDrug", chance.share(0.3));
                json.flag("isFdaRegulatedDevice", chance.share(0.1));
            }
        });
    }

    pub(crate) fn description(&mut self, json: &mut Json) {
        let (chance, subject, length) = (&mut self.chance, &self.subject, self.length);
        json.nested("descriptionModule", |json| {
            let summary = chance.about(430.0 * length, 0.65);
            json.written("briefSummary", |text| subject.paragraphs(summary, chance, text));
            if chance.share(0.665) {
                let detail = chance.about(1150.0 * length, 0.8);
                json.written("detailedDescription", |text| {
                    subject.paragraphs(detail, chance, text);
                });
            }
        });
    }

    pub(crate) fn conditions(&mut self, json: &mut Json) {
        let (chance, registry) = (&mut self.chance, self.registry);
        let names: Vec<&str> =
            self.subject.conditions.iter().map(|condition| condition.name.as_str()).collect();
        let introduced = registry.keywords.introduced(self.index);
        json.nested("conditionsModule", |json| {
            json.strings("conditions", &names);
            if chance.share(0.645) {
                let mut keywords: Vec<u32> = introduced.collect();
                let wanted = chance.about(3.6, 0.6).max(1) as usize;
                while keywords.len() < wanted {
                    keywords.push(chance.rank(registry.keywords.values, 30.0));
                }
                let keywords: Vec<String> = keywords
                    .into_iter()
                    .map(|value| vocabulary::keyword(value, registry.conditions))
                    .collect();
                json.strings("keywords", &keywords);
            }
        });
    }
}

/// What the sponsor itself calls the study.
fn own_id(chance: &mut Chance) -> String {
    let letters: String =
        (0..chance.between(2, 4)).map(|_| char::from(b'A' + chance.below(26) as u8)).collect();
    match chance.below(4) {
        0 => format!("{letters}-{}-{:03}", chance.between(2000, 2026), chance.below(1000)),
        1 => format!("{}/{}", chance.between(1, 9999), chance.between(10, 26)),
        2 => format!("{letters}{}", chance.below(1_000_000)),
        _ => format!("{}", chance.between(10_000, 999_999)),
    }
}

fn secondary_id(chance: &mut Chance, json: &mut Json) {
    let (year, number) = (chance.between(2004, 2024), chance.below(1_000_000));
    match chance.below(4) {
        0 => {
            json.pair("id", &format!("{year}-{number:06}-{:02}", number % 90 + 10));
            json.pair("type", "EUDRACT_NUMBER");
        }
        1 => {
            let id = format!("R01HL{number:06}");
            json.pair("id", &id);
            json.pair("type", "NIH");
            json.pair("link", &format!("https://reporter.nih.gov/quickSearch/{id}"));
        }
        2 => {
            json.pair("id", &format!("U1111-{:04}-{:04}", number / 100, number % 10_000));
            json.pair("type", "REGISTRY");
            json.pair("domain", "WHO");
        }
        _ => {
            json.pair("id", &own_id(chance));
            json.pair("type", "OTHER");
            json.pair("domain", &vocabulary::company(number));
        }
    }
}

/// A word that can be pronounced, as most are, sometimes with a number.
fn acronym(chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..chance.between(2, 4) {
        text.push(char::from(chance.one(b"BCDFGHLMNPRSTV")));
        text.push(char::from(chance.one(b"AEIOU")));
    }
    match chance.below(5) {
        0 => text + &format!("-{}", chance.between(1, 9)),
        1 => text + "-HF",
        2 => text + "S",
        _ => text,
    }
}
