//! How a study is done: its design, its arms and what they get, what is measured, who may take part.

use super::chance::Chance;
use super::draft::{Draft, Kind};
use super::json::Json;
use super::phrases;
use super::prose::Style;
use super::vocabulary;

/// Phases of interventional studies, combined ones counted once; of all studies that have a list.
const PHASES: &[(&[&str], f64)] = &[
    (&["NA"], 51.3),
    (&["PHASE2"], 14.3),
    (&["PHASE1"], 10.6),
    (&["PHASE3"], 9.2),
    (&["PHASE4"], 7.8),
    (&["PHASE1", "PHASE2"], 3.7),
    (&["PHASE2", "PHASE3"], 1.6),
    (&["EARLY_PHASE1"], 1.4),
];

const AGES: &[(&str, f64)] = &[
    ("18 Years", 83.0),
    ("12 Years", 4.0),
    ("6 Years", 3.0),
    ("65 Years", 4.0),
    ("6 Months", 2.0),
    ("1 Year", 1.0),
    ("2 Days", 0.5),
    ("36 Weeks", 0.5),
    ("18 Minutes", 0.005),
    ("21 Years", 2.0),
];
const OLDEST: &[(&str, f64)] = &[
    ("65 Years", 30.0),
    ("75 Years", 20.0),
    ("80 Years", 15.0),
    ("17 Years", 8.0),
    ("45 Years", 10.0),
    ("85 Years", 7.0),
    ("28 Days", 1.0),
    ("50 Years", 9.0),
];

impl Draft<'_> {
    pub(crate) fn design(&mut self, json: &mut Json) {
        let (chance, kind) = (&mut self.chance, self.kind);
        json.nested("designModule", |json| {
            json.pair(
                "studyType",
                match kind {
                    Kind::Interventional => "INTERVENTIONAL",
                    Kind::Observational => "OBSERVATIONAL",
                    Kind::ExpandedAccess | Kind::Withheld => "EXPANDED_ACCESS",
                },
            );
            match kind {
                Kind::Interventional => {
                    json.strings("phases", chance.weighted(PHASES));
                    interventional(chance, json);
                }
                Kind::Observational => observational(chance, json),
                Kind::ExpandedAccess | Kind::Withheld => {
                    json.nested("expandedAccessTypes", |json| json.flag("individual", true));
                }
            }
            if kind != Kind::ExpandedAccess && !chance.share(0.0022) {
                json.nested("enrollmentInfo", |json| {
                    if chance.share(0.0003) {
                        return;
                    }
                    let none = self.status == "WITHDRAWN" || chance.share(0.003);
                    let many = if chance.share(0.00001) {
                        3_239_950
                    } else {
                        chance.about(64.0, 1.4).max(1)
                    };
                    json.number("count", if none { 0 } else { many });
                    json.pair(
                        "type",
                        if self.status == "COMPLETED" { "ACTUAL" } else { "ESTIMATED" },
                    );
                });
            }
        });
    }

    pub(crate) fn arms(&mut self, json: &mut Json) {
        let (chance, subject, length) = (&mut self.chance, &self.subject, self.length);
        if subject.interventions.is_empty() && chance.share(0.6) {
            return;
        }
        let arms: u32 =
            chance.tail(1.7, 30).clamp(1, 2) + u32::from(chance.share(0.5)) + chance.tail(1.9, 30)
                - 1;
        let label = |arm: u32| match arm {
            0 => subject
                .interventions
                .first()
                .map_or_else(|| "Cohort".to_owned(), |given| given.name.clone()),
            1 => "Control".to_owned(),
            _ => format!("Arm {}", arm + 1),
        };
        let labels: Vec<String> = (0..arms).map(label).collect();
        json.nested("armsInterventionsModule", |json| {
            if chance.share(0.91) {
                json.list("armGroups", |json| {
                    for (arm, label) in labels.iter().enumerate() {
                        json.object(|json| {
                            json.pair("label", label);
                            if self.kind == Kind::Interventional {
                                json.pair(
                                    "type",
                                    if arm == 1 {
                                        chance.one(&[
                                            "PLACEBO_COMPARATOR",
                                            "ACTIVE_COMPARATOR",
                                            "NO_INTERVENTION",
                                        ])
                                    } else {
                                        "EXPERIMENTAL"
                                    },
                                );
                            }
                            if chance.share(0.85) {
                                let detail = chance.about(85.0 * length, 0.8);
                                json.written("description", |text| {
                                    subject.details(detail, chance, text);
                                });
                            }
                            if let Some(given) =
                                subject.interventions.get(arm % subject.interventions.len().max(1))
                            {
                                json.list("interventionNames", |json| {
                                    json.string(&format!(
                                        "{}: {}",
                                        kind_label(given.kind),
                                        given.name
                                    ));
                                });
                            }
                        });
                    }
                });
            }
            if subject.interventions.is_empty() {
                return;
            }
            let has_others = chance.share(0.31);
            json.list("interventions", |json| {
                for (index, given) in subject.interventions.iter().enumerate() {
                    json.object(|json| {
                        json.pair("type", given.kind);
                        json.pair("name", &given.name);
                        if chance.share(0.96) {
                            let detail = chance.about(80.0 * length, 0.8);
                            json.written("description", |text| {
                                subject.details(detail, chance, text);
                            });
                        }
                        json.list("armGroupLabels", |json| {
                            json.string(&labels[index % labels.len()]);
                        });
                        if has_others && (index == 0 || chance.share(0.4)) {
                            let names = vocabulary::other_names(given.value, subject.treatments);
                            // Most records have the usual ones.
                            let first = if chance.share(0.7) {
                                0
                            } else {
                                chance.below(names.len() as u32)
                            };
                            let count = chance.tail(1.5, 12) as usize;
                            json.list("otherNames", |json| {
                                for name in names.iter().skip(first as usize).take(count) {
                                    json.string(name);
                                }
                            });
                        }
                    });
                }
            });
        });
    }

    pub(crate) fn eligibility(&mut self, json: &mut Json) {
        let (chance, subject, length) = (&mut self.chance, &self.subject, self.length);
        json.nested("eligibilityModule", |json| {
            let criteria = chance.about(870.0 * length, 0.7);
            json.written("eligibilityCriteria", |text| subject.criteria(criteria, chance, text));
            if chance.share(0.975) {
                json.flag("healthyVolunteers", chance.share(0.25));
            }
            json.pair("sex", chance.weighted(&[("ALL", 0.85), ("FEMALE", 0.11), ("MALE", 0.04)]));
            if chance.share(0.93) {
                json.pair("minimumAge", chance.weighted(AGES));
            }
            if chance.share(0.52) {
                json.pair("maximumAge", chance.weighted(OLDEST));
            }
            json.strings(
                "stdAges",
                chance.one(&[
                    &["ADULT", "OLDER_ADULT"][..],
                    &["CHILD", "ADULT", "OLDER_ADULT"],
                    &["ADULT"],
                    &["CHILD"],
                ]),
            );
            if self.kind == Kind::Observational {
                json.written("studyPopulation", |text| {
                    subject.one(phrases::SENTENCES, Style::Running, chance, text);
                });
                json.pair(
                    "samplingMethod",
                    chance.one(&["PROBABILITY_SAMPLE", "NON_PROBABILITY_SAMPLE"]),
                );
            }
        });
    }
}

fn interventional(chance: &mut Chance, json: &mut Json) {
    json.nested("designInfo", |json| {
        json.pair(
            "allocation",
            chance.weighted(&[("RANDOMIZED", 0.67), ("NON_RANDOMIZED", 0.1), ("NA", 0.23)]),
        );
        json.pair(
            "interventionModel",
            chance.weighted(&[
                ("PARALLEL", 0.6),
                ("SINGLE_GROUP", 0.27),
                ("CROSSOVER", 0.09),
                ("FACTORIAL", 0.02),
                ("SEQUENTIAL", 0.02),
            ]),
        );
        json.pair(
            "primaryPurpose",
            chance.weighted(&[
                ("TREATMENT", 0.65),
                ("PREVENTION", 0.11),
                ("SUPPORTIVE_CARE", 0.06),
                ("DIAGNOSTIC", 0.04),
                ("OTHER", 0.07),
                ("BASIC_SCIENCE", 0.04),
                ("HEALTH_SERVICES_RESEARCH", 0.03),
            ]),
        );
        json.nested("maskingInfo", |json| {
            let masking = chance.weighted(&[
                ("NONE", 0.52),
                ("SINGLE", 0.15),
                ("DOUBLE", 0.13),
                ("TRIPLE", 0.09),
                ("QUADRUPLE", 0.11),
            ]);
            json.pair("masking", masking);
            match masking {
                "NONE" => (),
                "SINGLE" => json.strings("whoMasked", &["OUTCOMES_ASSESSOR"]),
                "DOUBLE" => json.strings("whoMasked", &["PARTICIPANT", "INVESTIGATOR"]),
                _ => json.strings(
                    "whoMasked",
                    &["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"],
                ),
            }
        });
    });
}

fn observational(chance: &mut Chance, json: &mut Json) {
    json.flag("patientRegistry", chance.share(0.17));
    json.nested("designInfo", |json| {
        json.pair(
            "observationalModel",
            chance.weighted(&[
                ("COHORT", 0.65),
                ("CASE_CONTROL", 0.13),
                ("CASE_ONLY", 0.12),
                ("OTHER", 0.1),
            ]),
        );
        json.pair(
            "timePerspective",
            chance.weighted(&[
                ("PROSPECTIVE", 0.65),
                ("RETROSPECTIVE", 0.2),
                ("CROSS_SECTIONAL", 0.12),
                ("OTHER", 0.03),
            ]),
        );
    });
}

/// `DIETARY_SUPPLEMENT` as `Dietary Supplement`.
fn kind_label(kind: &str) -> String {
    let words = kind.split('_').map(|word| format!("{}{}", &word[..1], word[1..].to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}
