//! What a study measures, and when.

use super::chance::Chance;
use super::draft::{Draft, Kind};
use super::json::Json;
use super::phrases;
use super::prose::{Style, Subject};

impl Draft<'_> {
    pub(crate) fn outcomes(&mut self, json: &mut Json) {
        if self.kind == Kind::ExpandedAccess {
            return;
        }
        let (chance, subject, length) = (&mut self.chance, &self.subject, self.length);
        json.nested("outcomesModule", |json| {
            let primary = chance.tail(1.75, 44);
            outcomes("primaryOutcomes", primary, length, (subject, &mut *chance), json);
            if chance.share(0.765) {
                let secondary = chance.about(3.2 * length, 0.85).max(1);
                outcomes("secondaryOutcomes", secondary, length, (subject, &mut *chance), json);
            }
            if chance.share(0.08) {
                outcomes(
                    "otherOutcomes",
                    chance.tail(1.2, 20),
                    length,
                    (subject, &mut *chance),
                    json,
                );
            }
        });
    }
}

fn outcomes(
    key: &str,
    count: u32,
    length: f64,
    (subject, chance): (&Subject, &mut Chance),
    json: &mut Json,
) {
    json.list(key, |json| {
        for _ in 0..count {
            json.object(|json| {
                json.written("measure", |text| {
                    subject.one(phrases::OUTCOMES, Style::Title, chance, text);
                });
                if chance.share(0.85) {
                    let detail = chance.about(90.0 * length, 0.8);
                    json.written("description", |text| subject.details(detail, chance, text));
                }
                json.written("timeFrame", |text| {
                    subject.one(phrases::TIME_FRAMES, Style::Running, chance, text);
                });
            });
        }
    });
}
