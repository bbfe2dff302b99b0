//! Records that say that a trial looks for participants, and have not been touched for years.

use crate::session::Session;
use crate::store::StudyIdx;
use crate::study::Concept;

/// The statuses of trials that look for participants, now or soon.
const OPEN: [&str; 4] =
    ["RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"];

/// From so many months on the age of such a record is told.
const OLD: u32 = 24;

/// How long ago the record of an open trial was last updated, if that is long: `2 years`.
pub(super) fn of_open(session: &Session, study: StudyIdx) -> Option<String> {
    let store = &session.store;
    let is_open = store.code(study, Concept::Status).is_some_and(|code| OPEN.contains(&code));
    let updated = store.date(study, Concept::Updated).filter(|_| is_open)?;
    let months = updated.date.until(session.today?)?.months;
    (months >= OLD).then(|| format!("{} years", months / 12))
}
