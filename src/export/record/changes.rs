//! What differs between a search that was recorded and the same one today.

use std::collections::BTreeMap;

use super::{RecordedStudy, SearchRecord};

/// A study of either search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub id: String,
    /// When its record was updated, then and now.
    pub updated: [Option<String>; 2],
}

/// The studies in which two searches differ, each in the order of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub new: Vec<Listed>,
    pub gone: Vec<Listed>,
    pub changed: Vec<Listed>,
}

impl Changes {
    pub fn between(then: &SearchRecord, now: &SearchRecord) -> Self {
        let by_id = |record: &SearchRecord| -> BTreeMap<String, RecordedStudy> {
            record.studies.iter().map(|study| (study.id.clone(), study.clone())).collect()
        };
        let (then, now) = (by_id(then), by_id(now));
        let mut changes = Self::default();
        for (id, study) in &now {
            let before = then.get(id);
            let updated = [before.and_then(|it| it.updated.clone()), study.updated.clone()];
            let listed = Listed { id: id.clone(), updated };
            match before {
                None => changes.new.push(listed),
                Some(before) if before != study => changes.changed.push(listed),
                Some(_) => (),
            }
        }
        let gone = then.iter().filter(|(id, _)| !now.contains_key(*id));
        changes.gone.extend(
            gone.map(|(id, study)| Listed {
                id: id.clone(),
                updated: [study.updated.clone(), None],
            }),
        );
        changes
    }

    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty()
    }
}
