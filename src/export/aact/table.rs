//! What a table is: its columns, and from which parts of a record its rows are made.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cell::{Cell, Kind};
use crate::study::Study;

/// A table of AACT.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Whether a row has a number of its own before the id of its study.
    pub(super) is_numbered: bool,
    /// The parts of a record of which each is a row.
    pub(super) entries: for<'a> fn(&'a Study) -> Vec<Entry<'a>>,
    /// The columns behind the number and the id of the study.
    pub(super) own: &'static [Column],
}

pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    read: Read,
}

/// Where a cell comes from.
enum Read {
    /// The number of the row.
    Number,
    /// The id of the study.
    Study,
    /// What stands at a path of the entry.
    At(&'static str),
    /// What stands at a path of what is so many steps above the entry.
    Above(usize, &'static str),
    /// The same as `At`, in small letters.
    Small(&'static str),
    /// What the entry is, in the words of AACT.
    What,
    /// The number of the row of another table to which the entry belongs.
    Of(&'static str),
    By(fn(&Entry) -> Cell),
    /// AACT works it out by rules of its own, so it is not stated here.
    Never,
}

/// A part of a record of which a row is made.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) value: &'a Value,
    /// What stands above it, the nearest first.
    pub(super) above: Vec<&'a Value>,
    /// What it is, in the words of AACT.
    pub(super) what: &'static str,
    /// Which of its list it is, from 0.
    pub(super) place: usize,
    /// The rows of other tables to which it belongs: the table, and which of the rows of this study.
    pub(super) of: Vec<(&'static str, usize)>,
}

/// How many rows each table has, and how many of them before the study that is being written.
#[derive(Default)]
pub(super) struct Numbers {
    all: BTreeMap<&'static str, i64>,
    before: BTreeMap<&'static str, i64>,
}

impl Numbers {
    pub(super) fn next_study(&mut self) {
        self.before.clone_from(&self.all);
    }

    fn next(&mut self, table: &'static str) -> i64 {
        let number = self.all.entry(table).or_default();
        *number += 1;
        *number
    }

    fn of(&self, table: &'static str, place: usize) -> Cell {
        let before = self.before.get(table).copied().unwrap_or(0);
        i64::try_from(place).map_or(Cell::Null, |place| Cell::Integer(before + place + 1))
    }
}

const NUMBER: Column = Column { name: "id", kind: Kind::Integer, read: Read::Number };
const STUDY: Column = Column { name: "nct_id", kind: Kind::Text, read: Read::Study };

impl Table {
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        let number = self.is_numbered.then_some(&NUMBER);
        number.into_iter().chain([&STUDY]).chain(self.own)
    }

    /// The rows of a study.
    pub(super) fn rows(&self, study: &Study, id: &str, numbers: &mut Numbers) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for entry in (self.entries)(study) {
            let number = numbers.next(self.name);
            let cell = |column: &Column| match column.read {
                Read::Number => Cell::Integer(number),
                Read::Study => Cell::text(id),
                Read::Of(table) => {
                    let of = entry.of.iter().find(|(known, _)| *known == table);
                    of.map_or(Cell::Null, |&(_, place)| numbers.of(table, place))
                }
                _ => column.cell(&entry),
            };
            rows.push(self.columns().map(cell).collect());
        }
        rows
    }
}

impl Column {
    fn cell(&self, entry: &Entry) -> Cell {
        let found = |value: Option<&Value>| value.map_or(Cell::Null, |it| Cell::of(self.kind, it));
        match self.read {
            Read::At(path) => found(at(entry.value, path)),
            Read::Above(steps, path) => {
                found(entry.above.get(steps - 1).and_then(|value| at(value, path)))
            }
            Read::Small(path) => match found(at(entry.value, path)) {
                Cell::Text(text) => Cell::Text(text.to_lowercase()),
                other => other,
            },
            Read::What => Cell::text(entry.what),
            Read::By(by) => by(entry),
            Read::Number | Read::Study | Read::Of(_) | Read::Never => Cell::Null,
        }
    }

    const fn new(name: &'static str, kind: Kind, read: Read) -> Self {
        Self { name, kind, read }
    }
}

/// A column with what stands at a path, of some kind.
pub(super) const fn text(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Text, Read::At(path))
}

pub(super) const fn integer(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Integer, Read::At(path))
}

pub(super) const fn number(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Number, Read::At(path))
}

pub(super) const fn boolean(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Boolean, Read::At(path))
}

pub(super) const fn date(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Date, Read::At(path))
}

pub(super) const fn small(name: &'static str, path: &'static str) -> Column {
    Column::new(name, Kind::Text, Read::Small(path))
}

pub(super) const fn what(name: &'static str) -> Column {
    Column::new(name, Kind::Text, Read::What)
}

pub(super) const fn above(name: &'static str, steps: usize, path: &'static str) -> Column {
    Column::new(name, Kind::Text, Read::Above(steps, path))
}

/// The number of a row of another table.
pub(super) const fn of(name: &'static str, table: &'static str) -> Column {
    Column::new(name, Kind::Integer, Read::Of(table))
}

pub(super) const fn by(name: &'static str, kind: Kind, by: fn(&Entry) -> Cell) -> Column {
    Column::new(name, kind, Read::By(by))
}

/// A column that is there for queries and stays empty.
pub(super) const fn never(name: &'static str, kind: Kind) -> Column {
    Column::new(name, kind, Read::Never)
}

/// A table with a row for each entry of a list.
pub(super) const fn table(
    name: &'static str,
    entries: for<'a> fn(&'a Study) -> Vec<Entry<'a>>,
    own: &'static [Column],
) -> Table {
    Table { name, is_numbered: true, entries, own }
}

/// The entries of a list of a record, or the one that stands there.
pub(super) fn listed<'a>(study: &'a Study, path: &str, what: &'static str) -> Vec<Entry<'a>> {
    let values = study.list(path).iter().filter(|value| !value.is_null()).enumerate();
    values
        .map(|(place, value)| Entry { value, above: Vec::new(), what, place, of: Vec::new() })
        .collect()
}

/// The whole record as the one entry.
pub(super) fn whole(study: &Study) -> Vec<Entry<'_>> {
    let value = study.value();
    vec![Entry { value, above: Vec::new(), what: "", place: 0, of: Vec::new() }]
}

impl<'a> Entry<'a> {
    /// The entries of a list below this one.
    pub(super) fn below(&self, key: &str) -> Vec<Self> {
        let values = at(self.value, key).map_or(&[][..], |value| match value {
            Value::Array(values) => values,
            one => std::slice::from_ref(one),
        });
        let above: Vec<&'a Value> =
            std::iter::once(self.value).chain(self.above.iter().copied()).collect();
        let values = values.iter().enumerate();
        values
            .map(|(place, value)| Self {
                value,
                above: above.clone(),
                place,
                of: self.of.clone(),
                ..*self
            })
            .collect()
    }

    /// The text at a path.
    pub(super) fn said(&self, path: &str) -> &'a str {
        at(self.value, path).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What stands at a path below a value; an empty path is the value itself.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let steps = path.split('.').filter(|step| !step.is_empty());
    steps.into_iter().try_fold(value, |value, step| value.as_object()?.get(step))
}
