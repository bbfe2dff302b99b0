//! The orders in which results can stand. A new order is one entry here.

use std::fmt;
use std::str::FromStr;

use roaring::RoaringBitmap;

use super::rows::Rows;
pub use crate::store::Order;
use crate::store::{Store, StudyIdx};

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

    /// `found` in this order. Studies that state nothing come last in either direction, equal ones in the
    /// order of their ids.
    pub fn rows(self, store: &Store, found: &RoaringBitmap) -> Rows {
        let ordered = store.ordered(self.order);
        match (self.order, self.direction) {
            // So they stand in the store.
            (Order::Updated, Direction::Natural) => Rows::in_classes([found.clone()]),
            (_, Direction::Natural) => picked(ordered.forwards(), found),
            (_, Direction::Reversed) => picked(ordered.backwards(), found),
        }
    }
}

/// Those of `found`, in the order of `all`, which are all that the store has.
fn picked(all: impl Iterator<Item = StudyIdx>, found: &RoaringBitmap) -> Rows {
    let last = found.max().map_or(0, |last| last as usize);
    let mut marks = vec![0_u64; last / 64 + 1];
    for study in found {
        marks[study as usize / 64] |= 1 << (study % 64);
    }
    // What is not found is written too, and then written over: quicker than to decide each time.
    let mut rows = vec![StudyIdx(0); found.len() as usize + 1];
    let mut count = 0;
    for study in all {
        rows[count] = study;
        let mark = marks.get(study.0 as usize / 64).map_or(0, |marks| marks >> (study.0 % 64) & 1);
        count += mark as usize;
    }
    rows.truncate(count);
    Rows::listed(rows)
}

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
