//! What a study says, as values: the words that people read and, beside them, what a comparison has to
//! know about their meaning. Knows neither records nor widths.

mod line;

use super::age::Age;
use super::eligibility::Criteria;
use super::{Certainty, PartialDate};

/// What a field says of one study.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FieldValue {
    #[default]
    NotStated,
    /// One line, cleaned.
    Line(String),
    /// One cleaned line whose meaning is known.
    Fact {
        words: String,
        fact: Fact,
    },
    /// The registry's markdown as it stands in the record, neither cleaned nor unescaped.
    Prose(String),
    /// One cleaned line each.
    List(Vec<String>),
    Items(Vec<Item>),
    Criteria(Criteria),
    /// Tables of results, which are made when they are read; the words say how much there is.
    Posted {
        module: Module,
        words: String,
    },
}

/// What a line means.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    Date {
        date: PartialDate,
        certainty: Certainty,
    },
    /// A number of participants.
    Count {
        number: u64,
        certainty: Certainty,
    },
    /// Between which ages people can take part.
    Ages {
        minimum: Option<Age>,
        maximum: Option<Age>,
    },
}

/// One of several things that have a name and properties: an arm, an outcome, a location.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// What kind of thing it is, where people say that before its name: `Drug`.
    pub kind: Option<String>,
    pub name: String,
    pub details: Vec<Detail>,
}

/// A value under its label. The label may be empty where the value speaks for itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    pub label: String,
    pub role: Role,
    pub value: FieldValue,
}

/// What a detail tells about its item, where that decides which items of two studies belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    Other,
    /// The type of an arm.
    Type,
    /// When an outcome is measured.
    TimeFrame,
    /// What an arm gets: `Drug: Cells`.
    Interventions,
}

/// A part of the posted results that consists of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Module {
    Flow,
    Baseline,
    Outcomes,
    Events,
}

impl FieldValue {
    /// Whether the study says anything here.
    pub fn is_stated(&self) -> bool {
        *self != Self::NotStated
    }
}

impl Item {
    /// An item that has nothing but a name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// What it is called: `Drug: Cells`.
    pub fn title(&self) -> String {
        match &self.kind {
            Some(kind) if self.name.is_empty() => kind.clone(),
            Some(kind) => format!("{kind}: {}", self.name),
            None => self.name.clone(),
        }
    }

    /// What the item says in the detail of this role.
    pub fn detail(&self, role: Role) -> Option<&FieldValue> {
        self.details.iter().find(|detail| detail.role == role).map(|detail| &detail.value)
    }
}

impl Detail {
    /// A value under a label, which decides nothing.
    pub fn new(label: impl Into<String>, value: FieldValue) -> Self {
        Self { label: label.into(), role: Role::Other, value }
    }

    /// A line under a label.
    pub fn line(label: impl Into<String>, words: impl Into<String>) -> Self {
        Self::new(label, FieldValue::Line(words.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_called_by_kind_and_name() {
        for (kind, name, title) in [
            (None, "Cells", "Cells"),
            (Some("Drug"), "Cells", "Drug: Cells"),
            (Some("Drug"), "", "Drug"),
            (None, "", ""),
        ] {
            let item = Item { kind: kind.map(str::to_owned), ..Item::named(name) };
            assert_eq!(item.title(), title);
        }
    }
}
