//! What two studies share, in words.

use std::fmt;

use crate::study::Concept;

/// Something that two studies share. "Here" is the study that relatives were asked for, "there" the relative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The record there has the id of the study here.
    Mentions,
    /// The record here has the id of the study there.
    Mentioned,
    /// A number of the sponsor or of another register.
    Id(String),
    /// The number here, which is where the one there begins, or the reverse; of one sponsor.
    Number(String),
    Acronym(String),
    /// Conditions, interventions or keywords of both, the rarest first, and how many more.
    Same {
        field: Concept,
        names: Vec<String>,
        more: usize,
    },
    /// Conditions, interventions, keywords or terms of the registry's thesaurus that are another of these there; a
    /// sponsor that is a collaborator there, or the reverse.
    Across {
        names: Vec<String>,
        here: Concept,
        there: Concept,
    },
    /// Terms of the registry's thesaurus, of both or above one that there is, and how many more.
    Mesh(Vec<String>, usize),
    Sponsor,
    Collaborators(Vec<String>),
    /// Words of the titles, conditions and interventions of both that no term says; those that stand side by side in
    /// both stand so here.
    Words(Vec<String>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = |more: usize| if more > 0 { format!(" and {more} more") } else { String::new() };
        match self {
            Self::Mentions => f.write_str("its record mentions this trial"),
            Self::Mentioned => f.write_str("this trial's record mentions it"),
            Self::Id(id) => write!(f, "same id: {id}"),
            Self::Number(id) => write!(f, "an id that begins as {id} does"),
            Self::Acronym(acronym) => write!(f, "same acronym: {acronym}"),
            Self::Same { field, names, more: rest } => {
                let field = label(*field, names.len() + rest);
                write!(f, "same {field}: {}{}", names.join(", "), more(*rest))
            }
            // The store does not tell terms of the thesaurus from those above them.
            Self::Across { names, here, there: Concept::Mesh } => {
                let here = label(*here, names.len());
                write!(f, "under MeSH there, {here} here: {}", names.join(", "))
            }
            Self::Across { names, here, there } => {
                let [here, there] = [here, there].map(|field| label(*field, names.len()));
                write!(f, "{here} here, {there} there: {}", names.join(", "))
            }
            Self::Mesh(terms, rest) => {
                write!(f, "both under MeSH: {}{}", terms.join("; "), more(*rest))
            }
            Self::Sponsor => f.write_str("same sponsor"),
            Self::Collaborators(names) => {
                let field = label(Concept::Collaborator, names.len());
                write!(f, "same {field}: {}", names.join(", "))
            }
            Self::Words(words) => write!(f, "both say: {}", words.join(", ")),
        }
    }
}

/// What so many values of a concept are called.
fn label(concept: Concept, count: usize) -> String {
    format!("{}{}", concept.label(), if count == 1 { "" } else { "s" })
}

/// `words` in their order, those that stand side by side in a text of both together, with what stands
/// between them: `acute on chronic liver failure`.
pub(super) fn phrases(here: &[Vec<String>], there: &[Vec<String>], words: &[&str]) -> Vec<String> {
    let is_word = |word: Option<&String>| word.is_some_and(|word| words.contains(&word.as_str()));
    let is_there = |span: &[String]| {
        there.iter().any(|text| text.windows(span.len()).any(|window| window == span))
    };
    let spans = here.iter().flat_map(|text| {
        (0..text.len())
            .flat_map(move |start| (start + 1..=text.len()).map(move |end| &text[start..end]))
    });
    let ends = |span: &&[String]| is_word(span.first()) && is_word(span.last());
    let spans: Vec<&[String]> = spans.filter(|span| ends(span) && is_there(span)).collect();
    let mut phrases: Vec<String> = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    for &word in words {
        if !said.contains(&word) {
            let with_word = spans.iter().filter(|span| span.iter().any(|other| other == word));
            let longest = with_word.max_by_key(|span| span.len());
            said.extend(longest.into_iter().copied().flatten().map(String::as_str));
            phrases.push(longest.map_or_else(|| word.to_owned(), |span| span.join(" ")));
        }
    }
    phrases
}
