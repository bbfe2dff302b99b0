//! Which record of each study counts, and where the older ones are.
//!
//! Of several records of one study the newest counts. The places of the others are kept too, so that versions can be
//! read and compared; no more of them than [`MOST_OLDER`], which bounds the memory.

use std::cmp::Reverse;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use crate::study::{NctId, PartialDate};

/// Orders the records of one study: by the date of the last update, then by the day on which the
/// registry gave the record out (it adds terms of its own in between), then, so that a whole record
/// counts more than a part of it, by length, and of equal ones by batch, the first one last.
pub(super) type Version = (Option<PartialDate>, Option<PartialDate>, usize, Reverse<u64>);

/// How many older records are known at most. One costs 56 bytes while the store is made, and 36 later.
const MOST_OLDER: usize = 1 << 20;

/// A record that was pushed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pushed {
    pub(super) version: Version,
    /// Its row in the columns; of an older one it means nothing.
    pub(super) row: u32,
    /// Its place among the records.
    pub(super) record: u32,
}

/// The records of all studies, the newest of each apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Newest {
    newest: HashMap<NctId, Pushed>,
    older: Vec<(NctId, Pushed)>,
}

impl Newest {
    /// How many studies there are.
    pub(super) fn len(&self) -> usize {
        self.newest.len()
    }

    /// Whether a record of this version would not be the newest.
    pub(super) fn has_newer(&self, id: NctId, version: Version) -> bool {
        self.newest.get(&id).is_some_and(|newest| newest.version >= version)
    }

    /// Whether one more older record finds room.
    pub(super) fn has_room(&self) -> bool {
        self.older.len() < MOST_OLDER
    }

    /// Takes in a record.
    pub(super) fn push(&mut self, id: NctId, pushed: Pushed) {
        match self.newest.entry(id) {
            Entry::Vacant(entry) => _ = entry.insert(pushed),
            Entry::Occupied(mut entry) => {
                let newer = entry.get().version < pushed.version;
                let older = if newer { entry.insert(pushed) } else { pushed };
                self.push_older(id, older);
            }
        }
    }

    fn push_older(&mut self, id: NctId, older: Pushed) {
        if self.has_room() {
            self.older.push((id, older));
        }
    }

    /// Takes the records of another, whose rows and places begin behind those here.
    pub(super) fn absorb(&mut self, other: &mut Self, rows: u32, records: u32) {
        let moved = |pushed: Pushed| Pushed {
            row: rows + pushed.row,
            record: records + pushed.record,
            ..pushed
        };
        for (id, pushed) in other.newest.drain() {
            self.push(id, moved(pushed));
        }
        for (id, older) in other.older.drain(..) {
            self.push_older(id, moved(older));
        }
    }

    /// The newest record of each study, in no order.
    pub(super) fn newest(&self) -> impl Iterator<Item = (NctId, Pushed)> {
        self.newest.iter().map(|(&id, &pushed)| (id, pushed))
    }

    /// The older records: those of one study together, the newest first.
    pub(super) fn into_older(mut self) -> Vec<(NctId, Pushed)> {
        let key = |&(id, pushed): &(NctId, Pushed)| (id, Reverse(pushed.version), pushed.record);
        self.older.sort_unstable_by_key(key);
        self.older
    }
}
