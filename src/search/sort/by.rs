//! What studies can be ordered by: names and words. How they are ordered it does not know.

use crate::search::mark_order::MarkOrder;
use crate::study::Concept;

/// What studies are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One of [`Concept::orders`].
    Concept(Concept),
    /// How far the nearest of the sites is that `near:` asks for.
    Nearest,
    /// What is marked.
    Marked(MarkOrder),
}

impl By {
    /// Everything by which studies can be ordered.
    pub fn all() -> impl Iterator<Item = Self> {
        let concepts = Concept::orders().map(|(concept, _)| Self::Concept(concept));
        concepts.chain([Self::Nearest]).chain(MarkOrder::ALL.map(Self::Marked))
    }

    /// What it is called in a query.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::all().find(|by| match by {
            Self::Concept(concept) => concept.definition().prefixes.contains(&name),
            Self::Nearest | Self::Marked(_) => by.name() == name,
        })
    }

    /// What `sort:` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.name(),
            Self::Nearest => "nearest",
            Self::Marked(order) => order.name(),
        }
    }

    /// What the screen calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Concept(concept) => concept.label(),
            Self::Nearest => "nearest site",
            Self::Marked(order) => order.label(),
        }
    }

    /// What stands first in its two directions.
    pub fn first(self) -> [&'static str; 2] {
        match self {
            Self::Concept(concept) => {
                concept.definition().order.map_or(["", ""], |order| order.first)
            }
            Self::Nearest => ["nearest first", "farthest first"],
            Self::Marked(order) => order.first(),
        }
    }
}
