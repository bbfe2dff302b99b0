//! What has changed in a record since somebody decided on the trial or saw it. In what it differs is known where the
//! record of that time was read too.

use super::labelled;
use crate::compare::differing;
use crate::marks::Mark;
use crate::store::{Store, StudyIdx};
use crate::study::{FIELDS, Fact, Field, FieldValue, PartialDate, Study};
use crate::text::{self, Line};

/// The dates that change with every update.
const OF_EVERY_UPDATE: [&str; 4] = ["updated", "update-posted", "verified", "version"];

/// A value that is longer is not repeated.
const LONGEST: usize = 60;

/// Nothing if the record has not changed, or nobody looked at it.
pub(super) fn lines(
    mark: &Mark,
    (store, study): (&Store, StudyIdx),
    record: Option<&Study>,
) -> Vec<Line> {
    let updated = store.updated(study);
    let (Some(look), Some(updated)) = (mark.look, updated.filter(|it| mark.is_changed(Some(*it))))
    else {
        return Vec::new();
    };
    let then = look.record.map(|date| format!(", as updated {}", date.in_words()));
    let day = look.at.day().map(|day| format!(" on {}", day.in_words())).unwrap_or_default();
    let then = then.unwrap_or_default();
    let words = format!("updated {}; looked at{day}{then}", updated.in_words());
    let mut lines = vec![labelled("Changed since", &words)];
    let before = look.record.and_then(|date| version_of(store, study, date));
    if let (Some(before), Some(now)) = (before, record) {
        let fields = differing(&before, now).into_iter();
        let changes = fields.filter(|field| !OF_EVERY_UPDATE.contains(&field.name));
        let changes: Vec<String> = changes.map(|field| change(field, &before, now)).collect();
        let words = if changes.is_empty() {
            "nothing but dates of the update".to_owned()
        } else {
            changes.join("; ")
        };
        lines.push(labelled("What changed", &words));
    }
    lines
}

/// The record of a study as it was when it had been updated on that day, if it was read.
fn version_of(store: &Store, study: StudyIdx, date: PartialDate) -> Option<Study> {
    let read = |version| Study::parse(&store.version(study, version).ok()?).ok();
    (1..store.versions(study)).filter_map(read).find(|record| updated(record) == Some(date))
}

fn updated(record: &Study) -> Option<PartialDate> {
    let field = FIELDS.iter().find(|field| field.name == "update-posted")?;
    match field.value(record) {
        FieldValue::Fact { fact: Fact::Date { date, .. }, .. } => Some(date),
        _ => None,
    }
}

/// `Status: Recruiting → Completed`; of what is long only the label.
fn change(field: &Field, before: &Study, now: &Study) -> String {
    let [before, now] = [before, now].map(|record| {
        let words = field.value(record).in_line();
        words.unwrap_or_else(|| "not stated".to_owned())
    });
    let is_short = |words: &String| text::width(words) <= LONGEST;
    if is_short(&before) && is_short(&now) {
        format!("{}: {before} → {now}", field.label)
    } else {
        field.label.to_owned()
    }
}
