//! The orders in which results can stand. A new order is one entry here.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::str::FromStr;

use crate::store::{Store, StudyIdx, Vocab};
use crate::text;

/// An order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub order: Order,
    pub direction: Direction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As the table says: newest first, most first, A to Z.
    Natural,
    Reversed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Updated,
    Start,
    Enrollment,
    Title,
    Sponsor,
    Status,
    Phase,
    Id,
}

/// What the table says of one order.
pub struct Entry {
    pub order: Order,
    /// What queries and `--sort` call it.
    pub name: &'static str,
    /// What the screen says: by …
    pub label: &'static str,
    /// What stands first, naturally and reversed.
    pub first: [&'static str; 2],
}

/// Every order, in the order of [`Order`].
pub const ORDERS: &[Entry] = &[
    Entry {
        order: Order::Updated,
        name: "updated",
        label: "last update",
        first: ["newest first", "oldest first"],
    },
    Entry {
        order: Order::Start,
        name: "start",
        label: "start",
        first: ["newest first", "oldest first"],
    },
    Entry {
        order: Order::Enrollment,
        name: "enrollment",
        label: "enrollment",
        first: ["most first", "fewest first"],
    },
    Entry { order: Order::Title, name: "title", label: "title", first: ["A to Z", "Z to A"] },
    Entry { order: Order::Sponsor, name: "sponsor", label: "sponsor", first: ["A to Z", "Z to A"] },
    Entry {
        order: Order::Status,
        name: "status",
        label: "status",
        first: ["recruiting first", "recruiting last"],
    },
    Entry {
        order: Order::Phase,
        name: "phase",
        label: "phase",
        first: ["earliest first", "latest first"],
    },
    Entry { order: Order::Id, name: "id", label: "id", first: ["lowest first", "highest first"] },
];

/// Says that no order has this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no order “{name}”; orders are {}, each also as reverse-…", names())]
pub struct UnknownOrder {
    name: String,
}

fn names() -> String {
    ORDERS.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ")
}

impl Order {
    pub fn entry(self) -> &'static Entry {
        &ORDERS[self as usize]
    }
}

impl Sort {
    /// What stands first: `newest first`.
    pub fn first(self) -> &'static str {
        self.order.entry().first[self.direction as usize]
    }

    #[must_use]
    pub fn reversed(self) -> Self {
        let direction = match self.direction {
            Direction::Natural => Direction::Reversed,
            Direction::Reversed => Direction::Natural,
        };
        Self { direction, ..self }
    }

    /// Puts `rows` in this order. Studies that state nothing come last in either direction, equal
    /// ones in the order of their ids.
    pub fn apply(self, store: &Store, rows: &mut [StudyIdx]) {
        let rows = (store, rows);
        match self.order {
            Order::Updated => self.by(rows, |study| store.updated(study).map(Reverse)),
            Order::Start => self.by(rows, |study| store.started(study).map(Reverse)),
            Order::Enrollment => self.by(rows, |study| store.enrollment(study).map(Reverse)),
            Order::Title => self.by(rows, |study| Some(text::fold(store.title(study)))),
            Order::Sponsor => {
                self.by(rows, |study| store.vocabulary(Vocab::Sponsor).values(study).next());
            }
            Order::Status => self.by(rows, |study| rank(store, study, Vocab::Status)),
            Order::Phase => self.by(rows, |study| rank(store, study, Vocab::Phase)),
            Order::Id => self.by(rows, |study| Some(store.id(study))),
        }
    }

    fn by<K: Ord>(
        self,
        (store, rows): (&Store, &mut [StudyIdx]),
        key: impl Fn(StudyIdx) -> Option<K>,
    ) {
        rows.sort_by_cached_key(|&study| (Stated(key(study), self.direction), store.id(study)));
    }
}

/// The place of a study's first value among the terms of a closed vocabulary.
fn rank(store: &Store, study: StudyIdx, vocab: Vocab) -> Option<usize> {
    let label = store.labels(study, vocab).next()?;
    Some(vocab.terms().iter().position(|term| term.label == label).unwrap_or(usize::MAX))
}

/// A key that may be missing: last in either direction.
struct Stated<K>(Option<K>, Direction);

impl<K: Ord> Ord for Stated<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0, self.1) {
            (Some(a), Some(b), Direction::Natural) => a.cmp(b),
            (Some(a), Some(b), Direction::Reversed) => b.cmp(a),
            (a, b, _) => a.is_none().cmp(&b.is_none()),
        }
    }
}

impl<K: Ord> PartialOrd for Stated<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K: Ord> PartialEq for Stated<K> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<K: Ord> Eq for Stated<K> {}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reverse = match self.direction {
            Direction::Natural => "",
            Direction::Reversed => "reverse-",
        };
        write!(f, "{reverse}{}", self.order.entry().name)
    }
}

impl FromStr for Sort {
    type Err = UnknownOrder;

    fn from_str(text: &str) -> Result<Self, UnknownOrder> {
        let lower = text.to_ascii_lowercase();
        let (name, direction) = match lower.strip_prefix("reverse-") {
            Some(name) => (name, Direction::Reversed),
            None => (lower.as_str(), Direction::Natural),
        };
        let found = ORDERS.iter().find(|entry| entry.name == name);
        found
            .map(|entry| Self { order: entry.order, direction })
            .ok_or_else(|| UnknownOrder { name: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_names_read_back() {
        for (index, entry) in ORDERS.iter().enumerate() {
            assert_eq!(entry.order as usize, index);
            let sort: Sort = entry.name.parse().unwrap();
            assert_eq!(sort.order, entry.order);
            assert_eq!(sort.reversed().to_string().parse::<Sort>().unwrap(), sort.reversed());
        }
    }
}
