//! Adverse events: the longest lists of a record.

use super::chance::Chance;
use super::draft::{Draft, Reported};
use super::json::Json;
use super::phrases;
use super::words::{DISORDERS, SITES};

/// How the events of one study are reported.
struct Report {
    groups: u32,
    at_risk: u32,
    /// Whether events are counted beside the people affected.
    counted: bool,
    vocabulary: &'static str,
}

impl Draft<'_> {
    /// `groups` arms of `at_risk` people each.
    pub(crate) fn adverse_events(&mut self, (groups, at_risk): (u32, u32), json: &mut Json) {
        let (chance, subject) = (&mut self.chance, &self.subject);
        let report = Report {
            groups,
            at_risk,
            counted: chance.share(0.45),
            vocabulary: chance.one(&["MedDRA 16.0", "MedDRA (21.1)", "CTCAE 4.0"]),
        };
        json.nested("adverseEventsModule", |json| {
            json.pair("frequencyThreshold", chance.one(&["5", "0", "2", "1"]));
            json.written("timeFrame", |text| {
                subject.one(phrases::TIME_FRAMES, super::prose::Style::Running, chance, text);
            });
            json.list("eventGroups", |json| {
                for group in 0..groups {
                    json.object(|json| {
                        json.pair("id", &format!("EG{group:03}"));
                        json.written("title", |text| {
                            subject.fill("{i}", super::prose::Style::Title, chance, text);
                        });
                        json.written("description", |text| subject.details(60, chance, text));
                        json.number("seriousNumAffected", chance.below(at_risk / 2 + 1));
                        json.number("seriousNumAtRisk", at_risk);
                        json.number("otherNumAffected", chance.below(at_risk + 1));
                        json.number("otherNumAtRisk", at_risk);
                    });
                }
            });
            let [serious, other] = if self.reported == Reported::Longest {
                [3300, 2500]
            } else {
                [chance.about(15.0, 1.1), chance.about(24.0, 1.0)].map(|count| count.min(1200))
            };
            for (key, count) in [("seriousEvents", serious), ("otherEvents", other)] {
                if count > 0 {
                    json.list(key, |json| (0..count).for_each(|_| event(&report, chance, json)));
                }
            }
        });
    }
}

fn event(report: &Report, chance: &mut Chance, json: &mut Json) {
    json.object(|json| {
        json.written("term", |text| {
            if chance.share(0.6) {
                text.push_str(chance.one(phrases::EVENTS));
            } else {
                text.push_str(chance.one(SITES).0);
                text.push(' ');
                text.push_str(&chance.one(DISORDERS).0.to_lowercase());
            }
        });
        json.pair("organSystem", chance.one(phrases::SYSTEMS));
        json.pair("sourceVocabulary", report.vocabulary);
        json.pair("assessmentType", "SYSTEMATIC_ASSESSMENT");
        json.list("stats", |json| {
            for group in 0..report.groups {
                json.object(|json| {
                    json.pair("groupId", &group_id("EG", group));
                    let affected = chance.rank(report.at_risk + 1, 1.0);
                    if report.counted {
                        json.number("numEvents", affected + affected / 4);
                    }
                    json.number("numAffected", affected);
                    json.number("numAtRisk", report.at_risk);
                });
            }
        });
    });
}

/// `EG000`
pub(crate) fn group_id(letters: &str, group: u32) -> String {
    let digits = [group / 100 % 10, group / 10 % 10, group % 10];
    let mut id = String::with_capacity(5);
    id.push_str(letters);
    id.extend(digits.iter().map(|&digit| char::from(b'0' + digit as u8)));
    id
}
