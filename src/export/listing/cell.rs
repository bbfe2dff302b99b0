//! What stands in a cell of a list: a value, written in the way of each form.

use serde::{Serialize, Serializer};

use crate::search::{Nearest, NearestSite, Nearness};
use crate::store::{Stated, Store, StudyIdx};
use crate::study::Study;
use crate::study::concept::{Concept, Kind, ReadValues, Values};
use crate::study::prose::{Parts, passages};
use crate::study::summary::Summary;
use crate::text::unescaped;

/// What stands between several values in a cell of CSV and TSV.
const BETWEEN: &str = "|";

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Stated(Stated<'a>, Values),
    Texts(Vec<String>, Values),
    Site(Option<Site<'a>>),
}

/// The nearest site of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct Site<'a> {
    site: NearestSite<'a>,
    /// In the unit that was asked for.
    words: String,
}

impl Cell<'_> {
    /// One text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Texts(vec![text.into()], Values::One)
    }

    /// Any number of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Texts(texts.into_iter().map(Into::into).collect(), Values::Several)
    }

    /// As people read it; empty if nothing is stated.
    pub fn in_words(&self) -> String {
        match self {
            Self::Stated(stated, _) => stated.in_words().unwrap_or_default(),
            Self::Texts(texts, _) => texts.join(", "),
            Self::Site(None) => "none there".to_owned(),
            Self::Site(Some(site)) => site.words.clone(),
        }
    }

    /// As a table for programs has it; of a site the kilometres, the city and the facility.
    pub fn in_table(&self) -> String {
        match self {
            Self::Stated(stated, _) => stated.in_cell(),
            Self::Texts(texts, _) => texts.join(BETWEEN),
            Self::Site(None) => String::new(),
            Self::Site(Some(Site { site, .. })) => {
                let [city, facility] = [site.city, site.facility].map(Option::unwrap_or_default);
                [&*site.kilometres.to_string(), city, facility].join(BETWEEN)
            }
        }
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Stated(stated, values) => stated.serialize(*values, serializer),
            Self::Texts(texts, Values::One) => texts.first().serialize(serializer),
            Self::Texts(texts, Values::Several) => texts.serialize(serializer),
            Self::Site(site) => site.as_ref().map(|site| site.site).serialize(serializer),
        }
    }
}

impl<'a> Cell<'a> {
    /// The nearest site, if there is one.
    pub fn site(store: &'a Store, near: &Nearness, nearest: Option<Nearest>) -> Self {
        Self::Site(nearest.map(|nearest| {
            let words = nearest.in_words(store, near);
            Site { site: NearestSite::new(store, nearest), words }
        }))
    }
}

/// Which texts of a study are read from its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Names as the record spells them, and what only the record has. The store has one spelling for all studies.
    OfRecord,
    /// Only what the store does not have.
    OfStore,
}

impl Spelling {
    fn is_read(self, concept: Concept) -> bool {
        match concept.definition().kind {
            // A study has one id; its other ids are words to find it by.
            Kind::Names(_) => self == Self::OfRecord && concept != Concept::Id,
            kind => matches!(kind, Kind::Passages(_) | Kind::Prose),
        }
    }

    /// The texts of these concepts as far as they are read. Of a record that cannot be read there are none.
    pub(super) fn read(
        self,
        store: &Store,
        study: StudyIdx,
        concepts: impl Iterator<Item = Concept>,
    ) -> Vec<(Concept, Vec<String>)> {
        let wanted: Vec<Concept> = concepts.filter(|&concept| self.is_read(concept)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let Ok(record) = store.record(study) else { return Vec::new() };
        let summary = Summary::parse(&record).ok();
        let has_prose = wanted.iter().any(|it| matches!(it.definition().kind, Kind::Prose));
        let whole = has_prose.then(|| Study::parse(&record).ok()).flatten();
        let texts = |concept: Concept| {
            let texts = match concept.definition().kind {
                Kind::Names(read) => names(read, summary.as_ref()?),
                Kind::Passages(parts) => passages_of(&record, parts),
                _ => prose(concept, whole.as_ref()?),
            };
            (!texts.is_empty()).then_some((concept, texts))
        };
        wanted.into_iter().filter_map(texts).collect()
    }
}

/// The names that a record gives, each once and in its order.
fn names(read: ReadValues, summary: &Summary) -> Vec<String> {
    let mut names = Vec::new();
    read(summary, &mut |name| {
        let name = unescaped(name).trim().to_owned();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    });
    names
}

/// The passages of some parts of a record.
fn passages_of(record: &str, parts: Parts) -> Vec<String> {
    let mut texts = Vec::new();
    // A record that is none has no passages.
    _ = passages(record, parts, |_, text| texts.push(text.to_owned()));
    texts
}

/// The texts that stand at the paths of a concept.
fn prose(concept: Concept, study: &Study) -> Vec<String> {
    concept.definition().paths.iter().flat_map(|path| study.texts(path)).collect()
}
