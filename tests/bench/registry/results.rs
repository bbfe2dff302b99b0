//! Posted results. All numbers are strings, as in real records, and some are odd.

use super::chance::Chance;
use super::date;
use super::draft::{Draft, Reported};
use super::event::group_id;
use super::json::Json;
use super::phrases;
use super::prose::{Style, Subject};

/// The arms of a study and how many people each has.
type Groups = (u32, u32);

impl Draft<'_> {
    pub(crate) fn results(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        let count = if self.reported == Reported::Longest {
            6
        } else {
            chance.tail(1.4, 18).min(6) + u32::from(chance.share(0.55))
        };
        let groups = (count, chance.about(60.0, 1.2).max(3));
        json.nested("resultsSection", |json| {
            self.flow(groups, json);
            self.baseline(groups, json);
            self.measured(groups, json);
            self.adverse_events(groups, json);
            json.nested("moreInfoModule", |json| {
                json.nested("certainAgreement", |json| json.flag("piSponsorEmployee", false));
                json.nested("pointOfContact", |json| {
                    json.pair("title", "Medical Director");
                    json.pair("organization", &self.lead.name);
                    json.pair("email", "trials@example.org");
                });
            });
        });
    }

    fn flow(&mut self, groups: Groups, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        json.nested("participantFlowModule", |json| {
            json.written("recruitmentDetails", |text| subject.details(100, chance, text));
            group_list("FG", groups, (subject, &mut *chance), json);
            json.list("periods", |json| {
                json.object(|json| {
                    json.pair("title", "Overall Study");
                    json.list("milestones", |json| {
                        for kind in ["STARTED", "COMPLETED", "NOT COMPLETED"] {
                            json.object(|json| {
                                json.pair("type", kind);
                                counts("achievements", ("FG", "numSubjects"), groups, chance, json);
                            });
                        }
                    });
                    json.list("dropWithdraws", |json| {
                        for kind in &[
                            "Withdrawal by Subject",
                            "Adverse Event",
                            "Lost to Follow-up",
                            "Death",
                            "Protocol Violation",
                        ][..chance.between(1, 5) as usize]
                        {
                            json.object(|json| {
                                json.pair("type", kind);
                                counts("reasons", ("FG", "numSubjects"), groups, chance, json);
                            });
                        }
                    });
                });
            });
        });
    }

    fn baseline(&mut self, groups: Groups, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        json.nested("baselineCharacteristicsModule", |json| {
            group_list("BG", groups, (subject, &mut *chance), json);
            denominators("BG", groups, chance, json);
            json.list("measures", |json| {
                for (title, unit, categories) in [
                    ("Age, Continuous", "years", &[""][..]),
                    ("Sex: Female, Male", "Participants", &["Female", "Male"]),
                    (
                        "Ethnicity (NIH/OMB)",
                        "Participants",
                        &[
                            "Hispanic or Latino",
                            "Not Hispanic or Latino",
                            "Unknown or Not Reported",
                        ],
                    ),
                    (
                        "Race (NIH/OMB)",
                        "Participants",
                        &[
                            "American Indian or Alaska Native",
                            "Asian",
                            "Black or African American",
                            "White",
                            "More than one race",
                        ],
                    ),
                    ("Region of Enrollment", "participants", &["United States"]),
                ] {
                    json.object(|json| {
                        json.pair("title", title);
                        json.pair(
                            "paramType",
                            if unit == "years" { "MEAN" } else { "COUNT_OF_PARTICIPANTS" },
                        );
                        json.pair("unitOfMeasure", unit);
                        classes("BG", categories, groups, chance, json);
                    });
                }
            });
        });
    }

    fn measured(&mut self, groups: Groups, json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        let count = if self.reported == Reported::Longest {
            120
        } else {
            chance.about(5.2 * self.length, 0.8).clamp(1, 90)
        };
        json.nested("outcomeMeasuresModule", |json| {
            json.list("outcomeMeasures", |json| {
                for number in 0..count {
                    json.object(|json| measure(number, groups, (subject, &mut *chance), json));
                }
            });
        });
    }

    pub(crate) fn documents(&mut self, json: &mut Json) {
        let chance = &mut self.chance;
        if !chance.share(0.5) {
            return;
        }
        json.nested("documentSection", |json| {
            json.nested("largeDocumentModule", |json| {
                json.list("largeDocs", |json| {
                    json.object(|json| {
                        json.pair("typeAbbrev", "Prot_SAP");
                        json.flag("hasProtocol", true);
                        json.flag("hasSap", true);
                        json.flag("hasIcf", false);
                        json.pair("label", "Study Protocol and Statistical Analysis Plan");
                        json.pair("date", &date::whole(self.start));
                        json.pair(
                            "uploadDate",
                            &format!(
                                "{}T{:02}:{:02}",
                                date::whole(self.completion + 350),
                                chance.below(24),
                                chance.below(60)
                            ),
                        );
                        json.pair("filename", "Prot_SAP_000.pdf");
                        json.number("size", chance.between(100_000, 9_000_000));
                    });
                });
            });
        });
    }
}

fn group_list(
    letters: &str,
    (groups, _): Groups,
    (subject, chance): (&Subject, &mut Chance),
    json: &mut Json,
) {
    json.list("groups", |json| {
        for group in 0..groups {
            json.object(|json| {
                json.pair("id", &group_id(letters, group));
                json.written("title", |text| subject.fill("{i}", Style::Title, chance, text));
                let detail = chance.about(80.0, 0.7);
                json.written("description", |text| subject.details(detail, chance, text));
            });
        }
    });
}

fn counts(
    key: &str,
    (letters, value): (&str, &str),
    (groups, people): Groups,
    chance: &mut Chance,
    json: &mut Json,
) {
    json.list(key, |json| {
        for group in 0..groups {
            json.object(|json| {
                json.pair("groupId", &group_id(letters, group));
                json.pair(value, &chance.below(people + 1).to_string());
            });
        }
    });
}

fn denominators(letters: &str, groups: Groups, chance: &mut Chance, json: &mut Json) {
    json.list("denoms", |json| {
        json.object(|json| {
            json.pair("units", "Participants");
            counts("counts", (letters, "value"), groups, chance, json);
        });
    });
}

/// One class with these categories; an empty name is a category without one.
fn classes(
    letters: &str,
    categories: &[&str],
    (groups, people): Groups,
    chance: &mut Chance,
    json: &mut Json,
) {
    json.list("classes", |json| {
        json.object(|json| {
            json.list("categories", |json| {
                for title in categories {
                    json.object(|json| {
                        if !title.is_empty() {
                            json.pair("title", title);
                        }
                        json.list("measurements", |json| {
                            for group in 0..groups {
                                json.object(|json| {
                                    json.pair("groupId", &group_id(letters, group));
                                    json.pair("value", &value(people, chance));
                                    if title.is_empty() {
                                        json.pair("spread", &value(people, chance));
                                    }
                                });
                            }
                        });
                    });
                }
            });
        });
    });
}

fn measure(
    number: u32,
    groups: Groups,
    (subject, chance): (&Subject, &mut Chance),
    json: &mut Json,
) {
    json.pair(
        "type",
        match number {
            0 => "PRIMARY",
            _ => "SECONDARY",
        },
    );
    json.written("title", |text| subject.one(phrases::OUTCOMES, Style::Title, chance, text));
    let detail = chance.about(220.0, 0.6);
    json.written("description", |text| subject.details(detail, chance, text));
    json.written("populationDescription", |text| subject.details(60, chance, text));
    json.pair("reportingStatus", "POSTED");
    json.pair(
        "paramType",
        chance.one(&[
            "MEAN",
            "NUMBER",
            "COUNT_OF_PARTICIPANTS",
            "MEDIAN",
            "LEAST_SQUARES_MEAN",
            "GEOMETRIC_MEAN",
        ]),
    );
    json.pair("unitOfMeasure", chance.one(phrases::UNITS));
    json.written("timeFrame", |text| {
        subject.one(phrases::TIME_FRAMES, Style::Running, chance, text);
    });
    group_list("OG", groups, (subject, &mut *chance), json);
    denominators("OG", groups, chance, json);
    let rows =
        ["Baseline", "Week 4", "Week 8", "Week 12", "Week 16", "Week 24", "Week 36", "Week 52"];
    let rows = &rows[..chance.tail(1.1, 8) as usize];
    classes("OG", if rows.len() == 1 { &[""] } else { rows }, groups, chance, json);
    if chance.share(0.25) {
        json.list("analyses", |json| {
            json.object(|json| {
                json.strings("groupIds", &["OG000", "OG001"]);
                json.pair("nonInferiorityType", "SUPERIORITY");
                json.pair("pValue", chance.one(&["<0.001", "0.04", "=0.512", ".07", "0.9"]));
                json.pair(
                    "statisticalMethod",
                    chance.one(&[
                        "ANCOVA",
                        "Log Rank",
                        "t-test, 2 sided",
                        "Fisher Exact",
                        "Mixed Models Analysis",
                    ]),
                );
                json.pair("ciPctValue", "95");
                json.pair("ciLowerLimit", &value(groups.1, chance));
                json.pair("ciUpperLimit", &value(groups.1, chance));
            });
        });
    }
}

/// A number as registrants write it.
fn value(people: u32, chance: &mut Chance) -> String {
    let whole = chance.below(people + 1);
    match chance.below(1000) {
        0..20 => "NA".to_owned(),
        20..22 => format!("-.{}", whole % 10),
        22..24 => format!("26,{whole:03}"),
        24..26 => format!("{whole}."),
        26..60 => format!("-{whole}.{}", chance.below(100)),
        60..600 => format!("{whole}.{}", chance.below(100)),
        _ => whole.to_string(),
    }
}
