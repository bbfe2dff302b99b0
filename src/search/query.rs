//! A parsed query, and its canonical text.

mod area;

pub use area::AreaTerm;
pub(super) use area::of_field;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use super::by_mark::MarkTerm;
use super::place::near::Near;
use super::profile::Profile;
use super::range::Range;
use super::sort::{By, Sorts};
use super::step::Step;
use crate::study::{Concept, PartialDate};

/// What the user asks for. Its [`Display`](fmt::Display) is the canonical text, which parses back to
/// the same query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub expr: Expr,
    /// None orders by how well a study matches, then by the newest update.
    pub sort: Sorts,
    pub reading: Reading,
    /// Whom the studies are to suit; not written.
    pub profile: Option<Profile>,
    /// What the studies are grouped by; not written.
    pub group: Option<Concept>,
    /// The day from which `today` and `last-30d` are counted; where nobody says, the day of the newest update.
    pub today: Option<PartialDate>,
}

/// How the words of a query are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// With their other spellings and names, and mended where they are written wrong.
    #[default]
    AsMeant,
    /// To the letter.
    AsTyped,
}

/// A condition that a study meets or does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Expr {
    #[default]
    Everything,
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    Term(Term),
    /// Something asked of an area of the registry.
    Area(AreaTerm),
    /// Something that the words of the query do not mean: it is not added to them. Stands among the last of the parts
    /// that all have to hold, and every study meets it.
    NotMeant(String),
    /// Something asked of what a person has marked.
    Marked(MarkTerm),
    /// A site is near a place.
    Near(Near),
    /// One site has all of it.
    Site(Box<Self>),
}

/// One thing asked, of one field or of all that a bare word reaches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub concept: Option<Concept>,
    pub ask: Ask,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    /// A word, or the beginning of one.
    Word(String),
    /// Quoted: with a prefix exactly that value, without one that phrase.
    Quoted(String),
    /// `~"heart failure"` behind the prefix of names: a phrase in one of them.
    Phrase(String),
    /// `none`: the study states nothing here.
    NotStated,
    /// Words of one passage, in any order, with so many others among them at most: `"a b"~3`.
    Apart(String, u32),
    /// Dates, counts or ages.
    Range(Range),
}

/// Whether studies with a value are wanted or unwanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Include,
    Exclude,
}

impl Query {
    /// Whether the answer depends on what is marked.
    pub fn asks_marks(&self) -> bool {
        self.expr.asks_marks() || self.sort.iter().any(|sort| matches!(sort.by, By::Marked(_)))
    }

    /// Whether the answer depends on the index of the prose.
    pub fn asks_prose(&self) -> bool {
        self.expr.asks_prose()
    }

    /// The parts that all have to hold.
    pub fn conjuncts(&self) -> &[Expr] {
        match &self.expr {
            Expr::And(parts) => parts,
            Expr::Everything => &[],
            single => std::slice::from_ref(single),
        }
    }

    /// The terms that choose or refuse values of `concept` for the whole query: what its facet shows
    /// as chosen. A word of a name, such as `cond:asthma`, chooses no value: it is typed, and stays.
    pub fn choices(&self, concept: Concept) -> Vec<(&Ask, Choice)> {
        let mut choices = Vec::new();
        for part in self.conjuncts() {
            let (alternatives, choice) = match part {
                Expr::Not(inner) => (asks(inner, concept), Choice::Exclude),
                other => (asks(other, concept), Choice::Include),
            };
            choices.extend(alternatives.into_iter().flatten().map(|ask| (ask, choice)));
        }
        choices
    }

    /// The query with the place of the person that it is asked for.
    pub(super) fn placed(&self) -> Cow<'_, Self> {
        let Some(near) = self.profile.as_ref().and_then(|profile| profile.near.clone()) else {
            return Cow::Borrowed(self);
        };
        let mut parts = self.conjuncts().to_vec();
        parts.push(Expr::Near(near));
        Cow::Owned(Self { expr: Expr::and(parts), ..self.clone() })
    }

    /// The query without what [`choices`](Self::choices) finds.
    #[must_use]
    pub fn without(&self, concept: Concept) -> Self {
        let is_choice = |part: &&Expr| match part {
            Expr::Not(inner) => asks(inner, concept).is_some(),
            other => asks(other, concept).is_some(),
        };
        let parts = self.conjuncts().iter().filter(|part| !is_choice(part)).cloned();
        Self { expr: Expr::and(parts.collect()), ..self.clone() }
    }

    /// The query with exactly these choices for `concept`, at its end.
    #[must_use]
    pub fn with_choices(&self, concept: Concept, choices: &[(Ask, Choice)]) -> Self {
        let rest = self.without(concept);
        let mut parts = rest.conjuncts().to_vec();
        for wanted in [Choice::Include, Choice::Exclude] {
            let terms = choices.iter().filter(|(_, choice)| *choice == wanted);
            let terms =
                terms.map(|(ask, _)| Expr::Term(Term { concept: Some(concept), ask: ask.clone() }));
            let any = Expr::or(terms.collect());
            match (any, wanted) {
                (Expr::Everything, _) => (),
                (any, Choice::Include) => parts.push(any),
                (any, Choice::Exclude) => parts.push(Expr::Not(Box::new(any))),
            }
        }
        Self { expr: Expr::and(parts), ..self.clone() }
    }
}

/// The asks of `concept` of which any will do, when `expr` is nothing else.
fn asks(expr: &Expr, concept: Concept) -> Option<Vec<&Ask>> {
    alternatives(expr, |part| chosen_by(part, concept))
}

/// What is chosen by `expr`, of which any will do, when it chooses and does nothing else.
pub(super) fn alternatives<'a, T>(
    expr: &'a Expr,
    chosen_by: impl Fn(&'a Expr) -> Option<&'a T>,
) -> Option<Vec<&'a T>> {
    match expr {
        Expr::Or(parts) => parts.iter().map(chosen_by).collect(),
        part => Some(vec![chosen_by(part)?]),
    }
}

/// The ask that chooses a value of `concept`, if `expr` is that alone.
fn chosen_by(expr: &Expr, concept: Concept) -> Option<&Ask> {
    let Expr::Term(term) = expr else { return None };
    if term.concept != Some(concept) {
        return None;
    }
    let is_choice = match &term.ask {
        Ask::Word(_) => concept.has_codes(),
        Ask::Apart(..) | Ask::Phrase(_) => false,
        Ask::Quoted(_) | Ask::NotStated => concept.passages().is_none(),
        // Any other range is typed, and stays.
        Ask::Range(range) => Step::of_filter(concept, range).is_some(),
    };
    is_choice.then_some(&term.ask)
}

impl Term {
    /// Whether it asks for words of passages.
    pub(super) fn is_of_prose(&self) -> bool {
        self.concept.is_some_and(|concept| concept.passages().is_some())
    }
}

impl Expr {
    /// What it asks of the studies themselves.
    #[must_use]
    pub(super) fn without_marks(&self) -> Self {
        let kept = |parts: &[Self]| -> Vec<Self> {
            let kept = parts.iter().filter(|part| !matches!(part, Self::Marked(_)));
            kept.map(Self::without_marks).collect()
        };
        match self {
            Self::Marked(_) => Self::Everything,
            Self::Not(inner) if inner.asks_marks() => Self::Everything,
            Self::And(parts) => Self::and(kept(parts)),
            Self::Or(parts) => Self::or(kept(parts)),
            other => other.clone(),
        }
    }

    fn asks_marks(&self) -> bool {
        match self {
            Self::Everything
            | Self::Term(_)
            | Self::Area(_)
            | Self::NotMeant(_)
            | Self::Near(_)
            | Self::Site(_) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_marks),
            Self::Not(inner) => inner.asks_marks(),
            Self::Marked(_) => true,
        }
    }

    pub(super) fn asks_prose(&self) -> bool {
        match self {
            Self::Term(term) => term.is_of_prose(),
            Self::Area(term) => term.expanded().asks_prose(),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_prose),
            Self::Not(inner) => inner.asks_prose(),
            Self::Everything
            | Self::NotMeant(_)
            | Self::Marked(_)
            | Self::Near(_)
            | Self::Site(_) => false,
        }
    }

    /// All of `parts`, flattened; everything when there are none.
    pub fn and(parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                Self::Everything => (),
                part => flat.push(part),
            }
        }
        flat.sort_by_key(|part| matches!(part, Self::NotMeant(_)));
        match flat.len() {
            0 => Self::Everything,
            1 => flat.swap_remove(0),
            _ => Self::And(flat),
        }
    }

    /// Whatever does not fit this; of nothing asked, nothing is left out.
    #[must_use]
    pub fn left_out(self) -> Self {
        match self {
            Self::Everything => Self::Everything,
            Self::Not(inner) => *inner,
            inner => Self::Not(Box::new(inner)),
        }
    }

    /// Any of `parts`, flattened; everything when there are none.
    pub fn or(parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => Self::Everything,
            1 => flat.swap_remove(0),
            _ => Self::Or(flat),
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.expr)?;
        match self.sort {
            sort if sort.first().is_none() => Ok(()),
            sort if self.expr == Expr::Everything => write!(f, "sort:{sort}"),
            sort => write!(f, " sort:{sort}"),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => Ok(()),
            Self::And(parts) => write_joined(f, parts, " "),
            Self::Or(parts) => write_joined(f, parts, " | "),
            Self::Not(inner) => {
                f.write_char('-')?;
                write_grouped(f, inner)
            }
            Self::Term(term) => write!(f, "{term}"),
            Self::Area(term) => write!(f, "{term}"),
            Self::NotMeant(name) => {
                f.write_str("not-meant:")?;
                let is_word = name.chars().all(char::is_alphanumeric);
                if is_word { f.write_str(name) } else { write_quoted(f, name) }
            }
            Self::Marked(term) => write!(f, "{term}"),
            Self::Near(near) => write!(f, "{near}"),
            Self::Site(inner) => write!(f, "site:({inner})"),
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], separator: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write_grouped(f, part)?;
    }
    Ok(())
}

/// Writes a part in brackets when it has parts itself.
fn write_grouped(f: &mut fmt::Formatter<'_>, part: &Expr) -> fmt::Result {
    match part {
        Expr::And(_) | Expr::Or(_) => write!(f, "({part})"),
        part => write!(f, "{part}"),
    }
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "\"{}\"", text.replace('\\', r"\\").replace('"', r#"\""#))
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(concept) = self.concept {
            write!(f, "{}:", concept.name())?;
        }
        match &self.ask {
            Ask::Word(word) => f.write_str(word),
            Ask::Quoted(text) => write_quoted(f, text),
            Ask::Phrase(text) => {
                f.write_char('~')?;
                write_quoted(f, text)
            }
            Ask::Apart(text, others) => {
                write_quoted(f, text)?;
                write!(f, "~{others}")
            }
            Ask::NotStated => f.write_str("none"),
            Ask::Range(range) => write!(f, "{range}"),
        }
    }
}

#[cfg(test)]
mod tests;
